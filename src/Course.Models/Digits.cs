using System.IO.Compression;

namespace Course.Models;

/// <summary>1797 images of handwritten digits, 8 x 8 pixels: small enough for a notebook, real enough to learn from.</summary>
/// <remarks>
/// Source: Alpaydin and Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine Learning Repository,
/// https://doi.org/10.24432/C50P49, licensed CC BY 4.0; its test part, in its order. Pixels of 0 to 16 are divided by 16.
/// The set's own order is not random, so <see cref="Split"/> shuffles it, always in the same way.
/// </remarks>
public sealed class Digits
{
    /// <summary>The pixels of an image: 8 rows of 8.</summary>
    public const int Pixels = 64;

    /// <summary>The number of digits.</summary>
    public const int Classes = 10;

    /// <summary>The pixels on one side of an image.</summary>
    public const int Side = 8;

    private const int TrainingCount = 1437, SplitSeed = 1998;

    private Digits(double[] images, int[] labels)
    {
        Images = images;
        Labels = labels;
    }

    /// <summary>One image per row of <see cref="Pixels"/> numbers in [0, 1], pixels row by row.</summary>
    public double[] Images { get; }

    /// <summary>The digit of each image.</summary>
    public int[] Labels { get; }

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

    /// <summary>Images for training and images for testing: four fifths and one fifth, shuffled by <see cref="SeededRandom.Permutation"/> from the seed 1998.</summary>
    /// <returns>1437 and 360 images; new arrays.</returns>
    public (Digits Training, Digits Test) Split()
    {
        int[] order = new SeededRandom(SplitSeed).Permutation(Count);
        return (Take(order.AsSpan(..TrainingCount)), Take(order.AsSpan(TrainingCount..)));
    }

    /// <summary>Some of the images, in the order given.</summary>
    /// <param name="indices">Which.</param>
    /// <returns>New arrays.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public Digits Take(ReadOnlySpan<int> indices)
    {
        int[] labels = new int[indices.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            Shape.Index(indices[i], Count, nameof(indices), "images");
            labels[i] = Labels[indices[i]];
        }

        return new(Batches.Gather(Images, Pixels, indices), labels);
    }

    /// <summary>The pixels of one image.</summary>
    /// <param name="index">Which image.</param>
    /// <returns>A view of <see cref="Images"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public Span<double> Image(int index)
    {
        Shape.Index(index, Count, nameof(index), "images");
        return Images.AsSpan(index * Pixels, Pixels);
    }
}
