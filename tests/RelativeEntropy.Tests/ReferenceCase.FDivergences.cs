namespace RelativeEntropy.Tests;

public sealed partial class ReferenceCase
{
    public Generator Generator => Generators.Named(row.GetProperty("generator").GetString()!, Double("parameter"));
    public double[] Q => Doubles("q");
    public double[] LogRatios => Doubles("logRatios");
    public string Form => row.GetProperty("form").GetString()!;
    public double U => Double("u");
    public double T => Double("t");
    public double Y => Double("y");
}

/// <summary>The catalogue and some of each family, by the names of their properties.</summary>
public static class Generators
{
    private static readonly Dictionary<string, Generator> ByName = typeof(Generator).GetProperties()
        .Where(property => property.PropertyType == typeof(Generator) && property.GetMethod!.IsStatic)
        .ToDictionary(property => property.Name, property => (Generator)property.GetValue(null)!);

    /// <summary>u - 1 - log u + (u - 1)^2, from its formula alone: a generator of a user's.</summary>
    public static Generator Own { get; } = Generator.Create(
        "own", u => u - 1 - Math.Log(u) + (u - 1) * (u - 1), u => 1 - 1 / u + 2 * (u - 1), double.PositiveInfinity, double.PositiveInfinity, 3);

    /// <summary>Members of the catalogue from their formulae alone, each with that member.</summary>
    public static (Generator User, Generator Catalogued)[] Users { get; } =
    [
        (Generator.Create("own total variation", u => 0.5 * Math.Abs(u - 1), u => u < 1 ? -0.5 : 0.5, 0.5, 0.5, double.PositiveInfinity),
            Generator.TotalVariation),
        (Generator.Create("own Kullback-Leibler", u => u * Math.Log(u), u => 1 + Math.Log(u), 0, double.PositiveInfinity, 1),
            Generator.KullbackLeibler),
        (Generator.Create("own reverse", u => -Math.Log(u), u => -1 / u, double.PositiveInfinity, 0, 1), Generator.Reverse),
    ];

    public static Generator[] All { get; } =
    [
        .. Generator.Catalogue, Generator.Alpha(-3), Generator.Alpha(-1), Generator.Alpha(0), Generator.Alpha(0.6), Generator.Alpha(1), Generator.Alpha(3),
        Generator.Tsallis(0.25), Generator.Tsallis(1), Generator.Tsallis(2), Generator.Tsallis(5),
    ];

    public static Generator Named(string name, double parameter) => name switch
    {
        "Alpha" => Generator.Alpha(parameter),
        "Tsallis" => Generator.Tsallis(parameter),
        _ => ByName[name],
    };
}
