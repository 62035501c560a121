using System.Security.Cryptography;

namespace Course.Models.Tests;

public class DigitsTests
{
    [Fact]
    public void There_are_1797_images_of_64_pixels_between_0_and_1()
    {
        var digits = Digits.Load();
        Assert.Equal(1797, digits.Count);
        Assert.Equal(1797 * 64, digits.Images.Length);
        Assert.All(digits.Images, pixel => Assert.True(pixel is >= 0 and <= 1 && pixel * 16 == Math.Floor(pixel * 16)));
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], Enumerable.Range(0, Digits.Classes).Select(k => digits.Labels.Count(label => label == k)));
    }

    [Fact]
    public void The_first_image_is_the_zero_that_everybody_knows()
    {
        var digits = Digits.Load();
        Assert.Equal(0, digits.Labels[0]);
        Assert.Equal([0, 0, 5, 13, 9, 1, 0, 0], digits.Image(0)[..Digits.Side].ToArray().Select(pixel => pixel * 16));
    }

    [Fact]
    public void Every_pixel_and_label_is_as_published()
    {
        var digits = Digits.Load();
        byte[] numbers = [.. digits.Images.Select(pixel => (byte)(pixel * 16)), .. digits.Labels.Select(label => (byte)label)];
        Assert.Equal("87FF0C9E40DC7E2C0E34E7257799C2E3F3AEC1A016363BB11CAD869EC428A826", Convert.ToHexString(SHA256.HashData(numbers)));
    }

    [Fact]
    public void The_split_is_fixed_and_holds_each_image_once()
    {
        var digits = Digits.Load();
        (Digits training, Digits test) = digits.Split();
        Assert.Equal((1437, 360), (training.Count, test.Count));
        Assert.Equal(Lines(digits).Order(), Lines(training).Concat(Lines(test)).Order());
        Assert.Equal(Lines(test), Lines(digits.Split().Test));
        Assert.All(Enumerable.Range(0, Digits.Classes), k => Assert.InRange(test.Labels.Count(label => label == k), 20, 50));

        static IEnumerable<string> Lines(Digits digits) =>
            Enumerable.Range(0, digits.Count).Select(i => $"{digits.Labels[i]}: {string.Join(' ', digits.Image(i).ToArray())}");
    }

    [Fact]
    public void An_image_that_is_not_there_is_refused()
    {
        var digits = Digits.Load();
        Assert.Throws<ArgumentOutOfRangeException>("index", () => digits.Image(1797).Length);
        Assert.Throws<ArgumentOutOfRangeException>("indices", () => digits.Take([0, -1]));
    }
}
