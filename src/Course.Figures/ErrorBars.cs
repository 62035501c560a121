namespace Course.Figures;

/// <summary>How far each ordinate may be off, downwards and upwards.</summary>
/// <param name="Minus">The length of each bar below its point, at least 0.</param>
/// <param name="Plus">The length of each bar above its point, at least 0.</param>
public sealed record ErrorBars(IReadOnlyList<double> Minus, IReadOnlyList<double> Plus)
{
    /// <summary>Bars as long downwards as upwards.</summary>
    /// <param name="errors">The half length of each bar, for example a standard error.</param>
    /// <returns>The error bars.</returns>
    public static ErrorBars PlusMinus(IEnumerable<double> errors)
    {
        var lengths = Check.Numbers(errors, nameof(errors));
        return new ErrorBars(lengths, lengths);
    }

    /// <summary>Bars as long downwards as upwards: an array of half lengths stands for itself.</summary>
    /// <param name="errors">The half length of each bar.</param>
    public static implicit operator ErrorBars(double[] errors) => PlusMinus(errors);

    internal static ErrorBars? For(int count, ErrorBars? errors)
    {
        if (errors is null) return null;
        CheckSide(errors.Minus, "errors.Minus");
        CheckSide(errors.Plus, "errors.Plus");
        return errors;

        void CheckSide(IReadOnlyList<double> side, string parameter)
        {
            Check.SameLength(count, side.Count, "y", parameter);
            for (var i = 0; i < side.Count; i++)
                if (side[i] < 0)
                    throw new ArgumentException($"{parameter}[{i}] is {Number.Plain(side[i])}; a length is at least 0.", parameter);
        }
    }
}
