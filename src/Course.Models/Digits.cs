using System.IO.Compression;

namespace Course.Models;

/// <summary>1797 images of handwritten digits, 8 x 8 pixels: small enough for a notebook, real enough to learn from.</summary>
/// <remarks>
/// Source: Alpaydin and Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning Repository,
/// https://doi.org/10.24432/C50P49, licensed CC BY 4.0; its test part, in its order. Pixels of 0 to 16 are divided by 16.
/// The split is fixed: the first 1437 images are for training, the last 360 for testing. It is an honest one, the later images being of other writers.
/// </remarks>
/// <param name="Images">One image per row of <see cref="Pixels"/> numbers in [0, 1], pixels row by row.</param>
/// <param name="Labels">The digit of each image.</param>
public sealed record Digits(double[] Images, int[] Labels)
{
    /// <summary>The pixels of an image: 8 rows of 8.</summary>
    public const int Pixels = 64;

    /// <summary>The number of digits.</summary>
    public const int Classes = 10;

    /// <summary>The pixels on one side of an image.</summary>
    public const int Side = 8;

    private const int TrainingCount = 1437;

    /// <summary>The number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>All 1797 images.</summary>
    /// <returns>New arrays, which are the caller's own.</returns>
    public static Digits Load()
    {
        using Stream packed = typeof(Digits).Assembly.GetManifestResourceStream("Course.Models.digits.csv.gz")!;
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        var images = new List<double>();
        var labels = new List<int>();
        while (reader.ReadLine() is { } line)
        {
            int[] numbers = [.. line.Split(',').Select(int.Parse)];
            images.AddRange(numbers[..Pixels].Select(value => value / 16.0));
            labels.Add(numbers[Pixels]);
        }

        return new([.. images], [.. labels]);
    }

    /// <summary>The images for training and those for testing.</summary>
    /// <returns>The first 1437 and the last 360.</returns>
    public (Digits Training, Digits Test) Split() =>
        (new(Images[..(TrainingCount * Pixels)], Labels[..TrainingCount]), new(Images[(TrainingCount * Pixels)..], Labels[TrainingCount..]));

    /// <summary>The pixels of one image.</summary>
    /// <param name="index">Which image.</param>
    /// <returns>A view of <see cref="Images"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public Span<double> Image(int index)
    {
        if ((uint)index >= (uint)Count)
            throw new ArgumentOutOfRangeException(nameof(index), index, FormattableString.Invariant($"index = {index}; there are {Count} images."));
        return Images.AsSpan(index * Pixels, Pixels);
    }
}
