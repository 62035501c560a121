using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RelativeEntropy.Numerics;

/// <summary>
/// What an argument must satisfy. Each failure names the argument, the index and the value.
/// NaN is not a failure: it is an unknown, and makes the answer unknown.
/// </summary>
internal static class Check
{
    /// <summary>In place of a row's index: the data are no batch.</summary>
    public const int NoRow = -1;

    public static void SameNonZeroLength(int length, int otherLength, string name, string otherName)
    {
        NotEmpty(length, name);
        SameLength(length, otherLength, name, otherName);
    }

    public static void SameLength(int length, int otherLength, string name, string otherName)
    {
        if (length != otherLength)
            throw new ArgumentException(Invariant($"{name} has {length} elements and {otherName} has {otherLength}; they must have the same length."), otherName);
    }

    public static void NotEmpty(int length, string name)
    {
        if (length == 0)
            throw new ArgumentException(Invariant($"{name} is empty; it must have at least one element."), name);
    }

    /// <summary>Every element is non-negative and finite, or NaN.</summary>
    public static void Measure<T>(ReadOnlySpan<T> values, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = Faultless<T, NoMass>(values); i < values.Length; i++)
        {
            if (T.IsNaN(values[i]) || (values[i] >= T.Zero && T.IsFinite(values[i])))
                continue;
            throw NotAMass(values[i], i, name);
        }
    }

    /// <summary>The same for masses or counts of any type.</summary>
    public static void Masses<T>(ReadOnlySpan<T> values, string name)
        where T : struct, INumber<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] < T.Zero || T.IsInfinity(values[i]))
                throw NotAMass(values[i], i, name);
        }
    }

    private static ArgumentException NotAMass<T>(T value, int index, string name)
        where T : struct, INumber<T>
    {
        string fault = T.IsInfinity(value) ? "infinite" : "negative";
        return new(Invariant($"{name}[{index}] = {value} is {fault}; every element must be finite and at least 0."), name);
    }

    /// <summary>A sum is one within <see cref="Tolerance{T}"/>, or NaN.</summary>
    public static void SumsToOne<T>(double sum, string name, string remedy)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (Math.Abs(sum - 1) > Tolerance<T>())
        {
            string remedies = $"normalise it first with Measures.Normalise{remedy}";
            throw new ArgumentException(Invariant($"{name} sums to {sum}, not to 1 within {Tolerance<T>():G3}; {remedies}."), name);
        }
    }

    /// <summary>The square root of the machine epsilon: 2^-26 for double, 2^-11.5 for float.</summary>
    public static double Tolerance<T>() => typeof(T) == typeof(float) ? 0.00034526698300124393 : 1.4901161193847656e-08;

    /// <summary>Every element is finite or NaN; in a batch the failure names the row.</summary>
    public static void FiniteOrNaN<T>(ReadOnlySpan<T> values, string name, int row = NoRow)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = Faultless<T, Infinite>(values); i < values.Length; i++)
        {
            if (T.IsInfinity(values[i]))
                throw new ArgumentException(Invariant($"{Row(row)}{name}[{i}] = {values[i]} is infinite; every element must be finite."), name);
        }
    }

    /// <summary>Every element is finite and positive, or NaN; in a batch the failure names the row.</summary>
    public static void PositiveOrNaN<T>(ReadOnlySpan<T> values, string name, int row = NoRow)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        for (int i = Faultless<T, NotPositive>(values); i < values.Length; i++)
        {
            if (T.IsInfinity(values[i]) || values[i] <= T.Zero)
                throw new ArgumentException(Invariant($"{Row(row)}{name}[{i}] = {values[i]}; every element must be positive and finite."), name);
        }
    }

    /// <summary>How a failure in a batch begins: "In row 3, "; nothing outside a batch.</summary>
    public static string Row(int row) => row == NoRow ? "" : Invariant($"In row {row}, ");

    public static void Finite(double value, string name)
    {
        if (double.IsInfinity(value))
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} = {value} is infinite; it must be finite."));
    }

    /// <summary>A parameter of a distribution: finite and positive, or NaN.</summary>
    public static void Positive(double value, string name)
    {
        if (double.IsInfinity(value) || value <= 0)
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} = {value}; it must be positive and finite."));
    }

    /// <summary>A count, or a scale that may vanish: finite and at least 0, or NaN.</summary>
    public static void Count(double value, string name)
    {
        if (double.IsInfinity(value) || value < 0)
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} = {value}; it must be finite and at least 0."));
    }

    /// <summary>A setting of the computation, not data: NaN too is refused.</summary>
    public static void Temperature(double temperature)
    {
        if (temperature is not (> 0 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, Invariant($"temperature = {temperature}; it must be positive and finite."));
    }

    /// <summary>A destination of the right length which is the source itself or does not touch it.</summary>
    public static void Destination<T>(ReadOnlySpan<T> source, Span<T> destination)
    {
        if (destination.Length < source.Length)
            throw new ArgumentException(Invariant($"destination has {destination.Length} elements; it needs {source.Length}."), nameof(destination));
        InPlace(source, destination, nameof(destination));
    }

    /// <summary>A destination of a given length that touches none of the data.</summary>
    public static void Apart<T, TDestination>(ReadOnlySpan<T> source, Span<TDestination> destination, int length, string name)
        where T : struct
        where TDestination : struct
    {
        Holds(destination.Length, length, name);
        if (Overlap<T, TDestination>(source, destination))
            throw new ArgumentException(Invariant($"{name} overlaps the data; it must be a span of its own."), name);
    }

    /// <summary>Two arguments in memory of their own.</summary>
    public static void Distinct<T, TOther>(ReadOnlySpan<T> first, string firstName, ReadOnlySpan<TOther> second, string name)
        where T : struct
        where TOther : struct
    {
        if (Overlap(first, second))
            throw new ArgumentException(Invariant($"{name} overlaps {firstName}; each needs a span of its own."), name);
    }

    /// <summary>Four destinations in memory of their own.</summary>
    public static void Distinct<T>(
        ReadOnlySpan<T> first, string firstName, ReadOnlySpan<T> second, string secondName,
        ReadOnlySpan<T> third, string thirdName, ReadOnlySpan<T> fourth, string fourthName)
        where T : struct
    {
        Distinct(first, firstName, second, secondName);
        Distinct(first, firstName, third, thirdName);
        Distinct(second, secondName, third, thirdName);
        Distinct(first, firstName, fourth, fourthName);
        Distinct(second, secondName, fourth, fourthName);
        Distinct(third, thirdName, fourth, fourthName);
    }

    /// <summary>A destination is the source itself or does not touch it.</summary>
    public static void InPlace<T>(ReadOnlySpan<T> source, Span<T> destination, string name)
    {
        if (source.Overlaps(destination, out int offset) && offset != 0)
            throw new ArgumentException(Invariant($"{name} overlaps a source without being the same span."), name);
    }

    /// <summary>A destination that is not wanted, or else is long enough and is the source itself or does not touch it.</summary>
    public static void Gradient<T, TDestination>(ReadOnlySpan<T> source, Span<TDestination> destination, string name)
        where T : struct
        where TDestination : struct
    {
        Wanted(destination.Length, source.Length, name);
        if (Overlap<T, TDestination>(source, destination) && !IsSame<T, TDestination>(source, destination))
            throw new ArgumentException(Invariant($"{name} overlaps a source without being the same span."), name);
    }

    /// <summary>The same beside four sources of one length.</summary>
    public static void Gradient<T>(
        ReadOnlySpan<T> source0, ReadOnlySpan<T> source1, ReadOnlySpan<T> source2, ReadOnlySpan<T> source3,
        Span<T> destination, string name)
        where T : struct
    {
        Gradient(source0, destination, name);
        InPlace(source1, destination, name);
        InPlace(source2, destination, name);
        InPlace(source3, destination, name);
    }

    /// <summary>A destination that is not wanted, or else is long enough and touches none of the data.</summary>
    public static void WantedApart(ReadOnlySpan<double> source, Span<double> destination, int needed, string name)
    {
        Wanted(destination.Length, needed, name);
        if (source.Overlaps(destination))
            throw new ArgumentException(Invariant($"{name} overlaps the data; it must be a span of its own."), name);
    }

    /// <summary>A destination is empty, where it is not wanted, or long enough.</summary>
    public static void Wanted(int length, int needed, string name)
    {
        if (length != 0 && length < needed)
            throw new ArgumentException(Invariant($"{name} has {length} elements; it needs {needed}, or none if it is not wanted."), name);
    }

    /// <summary>A destination is long enough.</summary>
    public static void Holds(int length, int needed, string name)
    {
        if (length < needed)
            throw new ArgumentException(Invariant($"{name} has {length} elements; it needs {needed}."), name);
    }

    /// <summary>The number of rows of a table; its length must be a positive multiple of the number of columns.</summary>
    public static int Rows(int length, int columns, string name, string columnsName = "columns")
    {
        int rows = Batch(length, columns, name, columnsName);
        NotEmpty(length, name);
        return rows;
    }

    /// <summary>The number of rows of a batch, which may be none; its length must be a multiple of the number of columns.</summary>
    public static int Batch(int length, int columns, string name, string columnsName = "columns")
    {
        if (columns <= 0)
            throw new ArgumentOutOfRangeException(columnsName, columns, Invariant($"{columnsName} = {columns}; it must be positive."));
        if (length % columns != 0)
            throw new ArgumentException(Invariant($"{name} has {length} elements, which is not a whole number of rows of {columns}."), name);
        return length / columns;
    }

    /// <summary>As many numbers as there are rows.</summary>
    public static void OnePerRow(int length, int rows, string name)
    {
        if (length != rows)
            throw new ArgumentException(Invariant($"{name} has {length} elements; it needs {rows}, one for each row."), name);
    }

    /// <summary>One mark per row, or none where all rows count.</summary>
    public static void Kept(ReadOnlySpan<bool> kept, int rows)
    {
        if (!kept.IsEmpty && kept.Length != rows)
            throw new ArgumentException(Invariant(
                $"kept has {kept.Length} elements; it needs {rows}, one for each row, or none if all count."), nameof(kept));
    }

    /// <summary>The index of a column, given for a row that counts.</summary>
    public static void Column(int index, int row, int columns, string name)
    {
        if ((uint)index >= (uint)columns)
            throw new ArgumentOutOfRangeException(
                name, index,
                Invariant($"{name}[{row}] = {index}; it must be an index of the {columns} logits of its row, from 0 to {columns - 1}. ")
                + "A row to ignore is left out by kept.");
    }

    /// <summary>As many d x d matrices as there are rows.</summary>
    public static void Matrices(int length, int rows, int d, string name)
    {
        if (length != (long)rows * d * d)
            throw new ArgumentException(Invariant($"{name} has {length} elements; {rows} matrices of {d} x {d} have {(long)rows * d * d}."), name);
    }

    /// <summary>The number of layers of an array; its length must be a positive multiple of rows times columns.</summary>
    public static int Layers(int length, int rows, int columns, string name)
    {
        if (rows <= 0)
            throw new ArgumentOutOfRangeException(nameof(rows), rows, Invariant($"rows = {rows}; it must be positive."));
        if (columns <= 0)
            throw new ArgumentOutOfRangeException(nameof(columns), columns, Invariant($"columns = {columns}; it must be positive."));
        NotEmpty(length, name);
        if (length % ((long)rows * columns) != 0)
            throw new ArgumentException(Invariant($"{name} has {length} elements, which is not a whole number of layers of {rows} by {columns}."), name);
        return length / (rows * columns);
    }

    /// <summary>The number of states of a chain; each row of its matrix must be a distribution, or have NaN in it.</summary>
    public static (int States, bool AnyNaN) Transitions<T>(ReadOnlySpan<T> transitions, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        NotEmpty(transitions.Length, name);
        int states = (int)Math.Round(Math.Sqrt(transitions.Length));
        if ((long)states * states != transitions.Length)
            throw new ArgumentException(Invariant($"{name} has {transitions.Length} elements, which is not the square of a number of states."), name);
        return (states, DistributionRows(transitions, states, name));
    }

    /// <summary>Whether any row of a table has NaN in it; each must be a distribution.</summary>
    public static bool DistributionRows<T>(ReadOnlySpan<T> rows, int columns, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        bool anyNaN = false;
        for (int row = 0; row < rows.Length / columns; row++)
        {
            try
            {
                anyNaN |= double.IsNaN(Distribution(rows.Slice(row * columns, columns), name));
            }
            catch (ArgumentException failure)
            {
                throw InRow(row, failure);
            }
        }

        return anyNaN;
    }

    /// <summary>The index of one of the classes.</summary>
    public static void Label(int label, int classes)
    {
        if ((uint)label >= (uint)classes)
            throw new ArgumentOutOfRangeException(nameof(label), label, Invariant($"label = {label}; it must be an index of the {classes} logits, from 0 to {classes - 1}."));
    }

    /// <summary>A setting that may not be negative: finite and at least 0.</summary>
    public static void NonNegative(double value, string name)
    {
        if (value is not (>= 0 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(name, value, Invariant($"{name} = {value}; it must be finite and at least 0."));
    }

    /// <summary>A weight: from 0 to 1.</summary>
    public static void Weight(double weight)
    {
        if (weight is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(weight), weight, Invariant($"weight = {weight}; it must be in [0, 1]."));
    }

    /// <summary>An order: at least 0, and +infinity only where it has a limit there.</summary>
    public static void Order(double order, bool infinite)
    {
        if (!(order >= 0 && (infinite || order <= double.MaxValue)))
            throw new ArgumentOutOfRangeException(nameof(order), order, Invariant($"order = {order}; it must be at least 0{(infinite ? ", and may be infinite" : " and finite")}."));
    }

    /// <summary>What smoothing adds: positive and finite.</summary>
    public static void Pseudocount(double pseudocount)
    {
        if (pseudocount is not (> 0 and <= double.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(pseudocount), pseudocount, Invariant($"pseudocount = {pseudocount}; it must be positive and finite."));
    }

    /// <summary>The parameter of an alpha-divergence: any finite number.</summary>
    public static void Alpha(double alpha)
    {
        if (!double.IsFinite(alpha))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, Invariant($"alpha = {alpha}; it must be finite."));
    }

    /// <summary>A distribution, or one with NaN in it; gives its sum.</summary>
    public static double Distribution<T>(ReadOnlySpan<T> p, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        NotEmpty(p.Length, name);
        PairSums sums = PairReduction.Sum<T, IdentityTerm>(p, p);
        if (sums.HasOutlier)
            Measure(p, name);
        double sum = sums.Terms.Value;
        SumsToOne<T>(sum, name, "");
        return sum;
    }

    /// <summary>Every element is finite and not below the one before it, or NaN.</summary>
    public static void Ascending<T>(ReadOnlySpan<T> values, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        FiniteOrNaN(values, name);
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] < values[i - 1])
                throw new ArgumentException(Invariant($"{name}[{i}] = {values[i]} is below {name}[{i - 1}] = {values[i - 1]}; sort the outcomes by position first."), name);
        }
    }

    /// <summary>The same failure, with the row in which it was found.</summary>
    public static ArgumentException InRow(int row, ArgumentException failure)
    {
        string text = failure.Message, suffix = $" (Parameter '{failure.ParamName}')";
        if (text.EndsWith(suffix, StringComparison.Ordinal))
            text = text[..^suffix.Length];
        return new ArgumentException(Row(row) + text, failure.ParamName, failure);
    }

    /// <summary>Two gradients, each empty or long enough, apart from each other, and in the memory of the sources only where they replace them.</summary>
    public static void Gradients<T, TGradient>(ReadOnlySpan<T> p, ReadOnlySpan<T> q, Span<TGradient> pGradient, Span<TGradient> qGradient)
        where T : struct
        where TGradient : struct
    {
        Gradient(p, pGradient, nameof(pGradient));
        Gradient(q, pGradient, nameof(pGradient));
        Gradient(p, qGradient, nameof(qGradient));
        Gradient(q, qGradient, nameof(qGradient));
        Distinct<TGradient, TGradient>(pGradient, nameof(pGradient), qGradient, nameof(qGradient));
    }

    // By addresses: a span of all the bytes has no more than 2^31 - 1 of them.
    private static bool Overlap<T, TOther>(ReadOnlySpan<T> first, ReadOnlySpan<TOther> second)
        where T : struct
        where TOther : struct
    {
        if (first.IsEmpty || second.IsEmpty)
            return false;
        nuint offset = (nuint)Unsafe.ByteOffset(
            ref Unsafe.As<T, byte>(ref MemoryMarshal.GetReference(first)),
            ref Unsafe.As<TOther, byte>(ref MemoryMarshal.GetReference(second)));
        nuint firstSize = (nuint)first.Length * (nuint)Unsafe.SizeOf<T>();
        nuint secondSize = (nuint)second.Length * (nuint)Unsafe.SizeOf<TOther>();
        return offset < firstSize || 0 - offset < secondSize;
    }

    private static bool IsSame<T, TOther>(ReadOnlySpan<T> first, ReadOnlySpan<TOther> second)
        where T : struct
        where TOther : struct =>
        typeof(T) == typeof(TOther)
        && Unsafe.AreSame(ref MemoryMarshal.GetReference(first), ref Unsafe.As<TOther, T>(ref MemoryMarshal.GetReference(second)));

    /// <summary>How many of the first elements vectors show to be without the fault.</summary>
    private static int Faultless<T, TFault>(ReadOnlySpan<T> values)
        where T : struct, IBinaryFloatingPointIeee754<T>
        where TFault : struct, IFault
    {
        int i = 0;
        while (Lanes.AreUsed && i <= values.Length - Vector<T>.Count && !TFault.IsIn(new Vector<T>(values[i..])))
            i += Vector<T>.Count;
        return i;
    }

    private interface IFault
    {
        static abstract bool IsIn<T>(Vector<T> values)
            where T : struct, IBinaryFloatingPointIeee754<T>;
    }

    private readonly struct Infinite : IFault
    {
        public static bool IsIn<T>(Vector<T> values)
            where T : struct, IBinaryFloatingPointIeee754<T> => Vector.EqualsAny(Vector.Abs(values), new Vector<T>(T.PositiveInfinity));
    }

    private readonly struct NoMass : IFault
    {
        public static bool IsIn<T>(Vector<T> values)
            where T : struct, IBinaryFloatingPointIeee754<T> =>
            Vector.LessThanAny(values, Vector<T>.Zero) || Vector.EqualsAny(values, new Vector<T>(T.PositiveInfinity));
    }

    private readonly struct NotPositive : IFault
    {
        public static bool IsIn<T>(Vector<T> values)
            where T : struct, IBinaryFloatingPointIeee754<T> =>
            Vector.LessThanOrEqualAny(values, Vector<T>.Zero) || Vector.EqualsAny(values, new Vector<T>(T.PositiveInfinity));
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
