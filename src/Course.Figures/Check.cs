namespace Course.Figures;

/// <summary>What every trace asks of its arguments.</summary>
internal static class Check
{
    /// <summary>A copy of the values, of which there is at least one.</summary>
    public static IReadOnlyList<double> Numbers(IEnumerable<double> values, string parameter)
    {
        ArgumentNullException.ThrowIfNull(values, parameter);
        double[] copy = [.. values];
        return copy.Length > 0 ? copy : throw new ArgumentException($"{parameter} is empty.", parameter);
    }

    /// <summary>A copy of the names, of which there is at least one and none twice.</summary>
    public static IReadOnlyList<string> Categories(IEnumerable<string> values, string parameter)
    {
        ArgumentNullException.ThrowIfNull(values, parameter);
        string[] copy = [.. values];
        if (copy.Length == 0) throw new ArgumentException($"{parameter} is empty.", parameter);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < copy.Length; i++)
        {
            if (copy[i] is null) throw new ArgumentException($"{parameter}[{i}] is null.", parameter);
            if (!seen.TryAdd(copy[i], i))
                throw new ArgumentException($"{parameter}[{i}] is \"{copy[i]}\", as {parameter}[{seen[copy[i]]}] is already.", parameter);
        }
        return copy;
    }

    public static void SameLength(int expected, int actual, string expectedName, string parameter)
    {
        if (expected != actual)
            throw new ArgumentException($"{parameter} has {actual} values but {expectedName} has {expected}.", parameter);
    }

    public static void Finite(double value, string parameter)
    {
        if (!double.IsFinite(value)) throw new ArgumentException($"{parameter} is {Number.Plain(value)}, not a finite number.", parameter);
    }

    public static void Finite(IReadOnlyList<double> values, string parameter)
    {
        for (var i = 0; i < values.Count; i++)
            if (!double.IsFinite(values[i]))
                throw new ArgumentException($"{parameter}[{i}] is {Number.Plain(values[i])}, not a finite number.", parameter);
    }

    public static void Ascending(IReadOnlyList<double> values, string parameter)
    {
        Finite(values, parameter);
        for (var i = 1; i < values.Count; i++)
            if (values[i] <= values[i - 1])
                throw new ArgumentException(
                    $"{parameter}[{i}] is {Number.Plain(values[i])}, not above {parameter}[{i - 1}] = {Number.Plain(values[i - 1])}.", parameter);
    }
}
