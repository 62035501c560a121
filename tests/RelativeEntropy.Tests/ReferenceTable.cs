using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace RelativeEntropy.Tests;

/// <summary>A table of true values written by a script in tests/reference, and the worst error of a function against it.</summary>
public sealed record ReferenceTable(string Table, string Formula, string Script, string Sha256, int Digits, JsonElement[] Cases)
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "reference");

    public static string[] Names =>
        [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public static ReferenceTable Load(string name) =>
        JsonSerializer.Deserialize<ReferenceTable>(File.ReadAllText(Path.Combine(Folder, name + ".json")), JsonSerializerOptions.Web)!;

    /// <summary>SHA-256 of tables.py and the table's own script, as the script computes it.</summary>
    public string FingerprintOfScript()
    {
        byte[] sources = [.. File.ReadAllBytes(Path.Combine(Folder, "tables.py")), .. File.ReadAllBytes(Path.Combine(Folder, Script))];
        return Convert.ToHexStringLower(SHA256.HashData(sources));
    }

    /// <summary>In units in the last place of the true value.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="bound">The largest error allowed.</param>
    /// <param name="function">The function on the inputs of a case.</param>
    /// <param name="source">Its name for docs/accuracy.md; by default the first function of the library that the expression names.</param>
    public static void AssertUlp(
        string table, double bound, Func<ReferenceCase, double> function, [CallerArgumentExpression(nameof(function))] string source = "") =>
        Assess(table, bound, ErrorUnit.Ulp, c => [(source, [function(c)])]);

    /// <inheritdoc cref="AssertUlp(string, double, Func{ReferenceCase, double}, string)"/>
    public static void AssertUlpOfEach(
        string table, double bound, Func<ReferenceCase, double[]> function, [CallerArgumentExpression(nameof(function))] string source = "") =>
        Assess(table, bound, ErrorUnit.Ulp, c => [(source, function(c))]);

    /// <summary>In units in the last place of the true value, of several functions: their names, and what each gives.</summary>
    public static void AssertUlpOfEach(string table, double bound, Func<ReferenceCase, (string Function, double[] Values)[]> functions) =>
        Assess(table, bound, ErrorUnit.Ulp, functions);

    /// <summary>Relative to the true value.</summary>
    /// <inheritdoc cref="AssertUlp(string, double, Func{ReferenceCase, double}, string)"/>
    public static void AssertRelative(
        string table, double bound, Func<ReferenceCase, double> function, [CallerArgumentExpression(nameof(function))] string source = "") =>
        Assess(table, bound, ErrorUnit.Relative, c => [(source, [function(c)])]);

    /// <summary>Relative to the true value, of several functions: their names, and what each gives.</summary>
    public static void AssertRelativeOfEach(
        string table, double bound, Func<ReferenceCase, (string Function, double[] Values)[]> functions) =>
        Assess(table, bound, ErrorUnit.Relative, functions);

    /// <summary>Each value relative to the scale the table gives for it.</summary>
    /// <inheritdoc cref="AssertUlp(string, double, Func{ReferenceCase, double}, string)"/>
    public static void AssertRelativeToScales(
        string table, double bound, Func<ReferenceCase, double[]> function, [CallerArgumentExpression(nameof(function))] string source = "") =>
        Assess(table, bound, ErrorUnit.OfScale, c => [(source, function(c))]);

    /// <summary>Each value relative to the scale the table gives for it, of several functions: their names, and what each gives.</summary>
    public static void AssertRelativeToScales(string table, double bound, Func<ReferenceCase, (string Function, double[] Values)[]> functions) =>
        Assess(table, bound, ErrorUnit.OfScale, functions);

    /// <summary>In units in the last place of the scale the table gives, for sums whose terms cancel.</summary>
    /// <inheritdoc cref="AssertUlp(string, double, Func{ReferenceCase, double}, string)"/>
    public static void AssertUlpOfScale(
        string table, double bound, Func<ReferenceCase, double> function, [CallerArgumentExpression(nameof(function))] string source = "") =>
        Assess(table, bound, ErrorUnit.UlpOfScale, c => [(source, [function(c)])]);

    private static void Assess(
        string name, double bound, ErrorUnit unit, Func<ReferenceCase, (string Function, double[] Values)[]> functions)
    {
        ReferenceTable table = Load(name);
        Dictionary<string, Assessment> assessments = [];
        for (int i = 0; i < table.Cases.Length; i++)
        {
            ReferenceCase c = new(table.Cases[i]);
            double[][] truth = c.Values ?? [c.Value];
            (string Function, double[] Values)[] actual = functions(c);
            Assert.Equal(truth.Length, actual.Sum(f => f.Values.Length));
            int j = 0;
            foreach ((string function, double[] values) in actual)
            {
                if (!assessments.TryGetValue(function, out Assessment? assessment))
                    assessments[function] = assessment = new(Library.FunctionNamedIn(function), name, table.Cases.Length, table.HardCases, unit, bound);
                foreach (double value in values)
                {
                    assessment.Add(value, truth[j][0], truth[j][1], unit.Of(c, j, truth[j][0]), i, c.Hard);
                    j++;
                }
            }
        }

        foreach (Assessment assessment in assessments.Values)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(assessment.ToString());
            Assert.True(assessment.Worst <= bound, $"{assessment}; the bound is {bound:G3}");
            AccuracyPage.Take(assessment);
        }
    }

    /// <summary>How many cases are extreme, nearly equal or at an edge.</summary>
    public int HardCases => Cases.Count(row => new ReferenceCase(row).Hard);
}

/// <summary>One row of a table: the inputs that its function has, and the true value as an unevaluated sum of two doubles.</summary>
public sealed partial class ReferenceCase(JsonElement row)
{
    public bool Hard => row.GetProperty("hard").GetBoolean();
    public double[] Value => Doubles("value");
    public double[][]? Values => row.TryGetProperty("values", out JsonElement values) ? [.. values.EnumerateArray().Select(Doubles)] : null;
    public double Scale => Double("scale");

    public double X => Double("x");
    public (double P, double Q) Scalars => (Double("p"), Double("q"));

    public (double[] P, double[] Q) Pair => IsGenerated
        ? Generated.Masses(Seed, N, (long)Double("delta"), row.GetProperty("normalised").GetBoolean())
        : (Doubles("p"), Doubles("q"));

    public LogBase LogBase => Has("base")
        ? Double("base") switch { 2 => LogBase.Bits, 10 => LogBase.Hartleys, double b => LogBase.Of(b) }
        : LogBase.Nats;

    public double[] A => LogitPair.A;
    public (double[] A, double[] B) LogitPair => IsGenerated ? Generated.Logits(Seed, N, Double("delta")) : (Doubles("a"), Doubles("b"));
    public double Temperature => Double("temperature");

    public (double Mean0, double Scale0, double Mean1, double Scale1) Normals => (Double("mean0"), Double("scale0"), Double("mean1"), Double("scale1"));

    public (double[] Mean0, double[] Scale0, double[] Mean1, double[] Scale1) DiagonalNormals => IsGenerated
        ? Generated.Normals(Seed, N, Double("delta"))
        : (Doubles("mean0"), Doubles("scale0"), Doubles("mean1"), Doubles("scale1"));

    /// <summary>An input that only some functions have: an order, a weight.</summary>
    public double Setting(string name) => Double(name);

    /// <inheritdoc cref="Setting(string)"/>
    public double[] Settings(string name) => Doubles(name);

    private bool IsGenerated => Has("n");
    private int N => row.GetProperty("n").GetInt32();
    private int Seed => row.GetProperty("seed").GetInt32();

    private bool Has(string name) => row.TryGetProperty(name, out _);

    private double Double(string name) => Double(row.GetProperty(name));

    private double[] Doubles(string name) => row.TryGetProperty(name, out JsonElement list) ? Doubles(list) : [];

    private static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(Double)];

    private static double Double(JsonElement number) =>
        number.ValueKind == JsonValueKind.String ? double.Parse(number.GetString()!) : number.GetDouble();
}

/// <summary>The long vectors of the tables: the integer recurrence of tests/reference/tables.py.</summary>
public static class Generated
{
    /// <summary>x &lt;- (1103515245 x + 12345) mod 2^31, from x = seed.</summary>
    public static long[] Stream(int seed, int n)
    {
        long x = seed;
        var stream = new long[n];
        for (int i = 0; i < n; i++)
            stream[i] = x = ((1103515245 * x) + 12345) % (1L << 31);
        return stream;
    }

    public static (double[] P, double[] Q) Masses(int seed, int n, long delta, bool normalised)
    {
        long[] stream = Stream(seed, n);
        long[] first = [.. stream.Select(x => x + 1)];
        long[] second = delta == 0
            ? [.. Stream(seed + 1, n).Select(x => x + 1)]
            : [.. first.Select(x => Math.Max(x + (delta * Step(x)), 1))];
        return (Doubles(first, normalised), Doubles(second, normalised));
    }

    public static (double[] A, double[] B) Logits(int seed, int n, double delta)
    {
        long[] stream = Stream(seed, n);
        double[] a = Thousandths(stream);
        return (a, delta == 0 ? Thousandths(Stream(seed + 100, n)) : [.. a.Zip(stream, (y, x) => y + (delta * Step(x)))]);
    }

    public static (double[] Mean0, double[] Scale0, double[] Mean1, double[] Scale1) Normals(int seed, int n, double delta)
    {
        double[] mean = Means(Stream(seed, n)), scale = Scales(Stream(seed + 1, n));
        long[] third = Stream(seed + 2, n), fourth = Stream(seed + 3, n);
        return delta == 0
            ? (mean, scale, Means(third), Scales(fourth))
            : (mean, scale,
                [.. mean.Zip(third, (m, x) => m + (delta * Step(x)))],
                [.. scale.Zip(fourth, (s, x) => s + (delta * Step(x)))]);
    }

    private static long Step(long x) => ((x >> 7) % 3) - 1;

    private static double[] Doubles(long[] integers, bool normalised)
    {
        double total = normalised ? integers.Sum() : 1;
        return [.. integers.Select(x => x / total)];
    }

    private static double[] Thousandths(long[] stream) => [.. stream.Select(x => ((x % 20001) - 10000) / 1000.0)];

    private static double[] Means(long[] stream) => [.. stream.Select(x => (x - (1L << 30)) / (double)(1L << 30))];

    private static double[] Scales(long[] stream) => [.. stream.Select(x => (x + (1L << 30)) / (double)(1L << 31))];
}
