using System.Collections;
using System.Globalization;

namespace Course.Checks;

/// <summary>How much there is to look at in an input: first how many values, then how many digits.</summary>
/// <param name="Values">The numbers and characters in it.</param>
/// <param name="Digits">The characters that it takes to write them.</param>
internal readonly record struct Size(int Values, int Digits) : IComparable<Size>
{
    /// <summary>The size of some arguments.</summary>
    public static Size Of(object? value) => value switch
    {
        null => default,
        string text => new(text.Length, text.Length),
        IEnumerable many => many.Cast<object?>().Select(Of).Aggregate(default(Size), (sum, s) => new(sum.Values + s.Values, sum.Digits + s.Digits)),
        IFormattable number => new(1, number.ToString(null, CultureInfo.InvariantCulture).Length),
        _ => new(1, 1),
    };

    /// <inheritdoc/>
    public int CompareTo(Size other) => (Values, Digits).CompareTo((other.Values, other.Digits));
}
