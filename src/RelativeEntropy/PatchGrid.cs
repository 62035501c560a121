using System.Text.Json.Serialization;

namespace RelativeEntropy;

/// <summary>
/// How patches tile an array of height x width x channels that is stored row by row, the channels fastest: element (y, x, c) is at (y width + x) channels + c,
/// and patch (r, s) has the index r <see cref="Columns"/> + s.
/// </summary>
/// <remarks>The default value has no elements and no patches. As JSON it is its properties, read through the constructor: what that
/// refuses, the default value too, is refused.</remarks>
/// <example><code>
/// PatchGrid grid = new(height: 64, width: 48, channels: 13, patchHeight: 16, patchWidth: 16);
/// int patches = grid.Count;   // 12
/// </code></example>
public readonly record struct PatchGrid
{
    /// <summary>A grid whose patches tile the array exactly.</summary>
    /// <param name="height">The rows of the array.</param>
    /// <param name="width">The columns of the array.</param>
    /// <param name="channels">The numbers at each place.</param>
    /// <param name="patchHeight">The rows of a patch, a divisor of <paramref name="height"/>.</param>
    /// <param name="patchWidth">The columns of a patch, a divisor of <paramref name="width"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive; a patch does not divide the array; the array has more than 2^31 - 1 elements.</exception>
    [JsonConstructor]
    public PatchGrid(int height, int width, int channels, int patchHeight, int patchWidth)
    {
        Positive(height, nameof(height));
        Positive(width, nameof(width));
        Positive(channels, nameof(channels));
        Positive(patchHeight, nameof(patchHeight));
        Positive(patchWidth, nameof(patchWidth));
        Divides(patchHeight, height, nameof(patchHeight), nameof(height));
        Divides(patchWidth, width, nameof(patchWidth), nameof(width));
        if ((Int128)height * width * channels > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(channels), channels, FormattableString.Invariant($"channels = {channels}; {height} x {width} x {channels} is more than {int.MaxValue} elements."));
        (Height, Width, Channels, PatchHeight, PatchWidth) = (height, width, channels, patchHeight, patchWidth);
    }

    /// <summary>The rows of the array.</summary>
    public int Height { get; }

    /// <summary>The columns of the array.</summary>
    public int Width { get; }

    /// <summary>The numbers at each place.</summary>
    public int Channels { get; }

    /// <summary>The rows of a patch.</summary>
    public int PatchHeight { get; }

    /// <summary>The columns of a patch.</summary>
    public int PatchWidth { get; }

    /// <summary>The number of elements of the array.</summary>
    public int Length => Height * Width * Channels;

    /// <summary>The rows of patches.</summary>
    public int Rows => Height / Math.Max(PatchHeight, 1);

    /// <summary>The columns of patches.</summary>
    public int Columns => Width / Math.Max(PatchWidth, 1);

    /// <summary>The number of patches.</summary>
    public int Count => Rows * Columns;

    /// <summary>How many elements of one row of a patch lie side by side.</summary>
    internal int Run => PatchWidth * Channels;

    /// <summary>Where a row of a patch begins.</summary>
    internal int Start(int patch, int row) =>
        ((patch / Columns * PatchHeight + row) * Width + patch % Columns * PatchWidth) * Channels;

    private static void Positive(int value, string name)
    {
        if (value < 1)
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} = {value}; it must be at least 1."));
    }

    private static void Divides(int patch, int whole, string name, string wholeName)
    {
        if (whole % patch != 0)
            throw new ArgumentOutOfRangeException(name, patch, FormattableString.Invariant($"{name} = {patch} does not divide {wholeName} = {whole}; the patches must tile the array."));
    }
}
