using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Course.Models;

/// <summary>
/// The loops in which the time goes. Each element of a result is a chain of fused multiply-adds in ascending order, whatever the width of a vector,
/// and exponentials are arithmetic alone: the same bits on every machine.
/// </summary>
internal static class DenseKernels
{
    private const int RowsAtOnce = 8;

    /// <summary>c += a b: c[i, j] += sum over k of a[i, k] b[k, j], where a[i, k] stands at i rowStride + k columnStride, so that a may be a transpose.</summary>
    /// <param name="a">m x depth, by strides.</param>
    /// <param name="rowStride">From one row of a to the next.</param>
    /// <param name="columnStride">From one column of a to the next.</param>
    /// <param name="b">depth x n, row-major.</param>
    /// <param name="c">m x n, row-major.</param>
    /// <param name="m">The rows of c.</param>
    /// <param name="depth">The terms of each sum.</param>
    /// <param name="n">The columns of c.</param>
    public static void MultiplyAdd(ReadOnlySpan<double> a, int rowStride, int columnStride, ReadOnlySpan<double> b, Span<double> c, int m, int depth, int n)
    {
        // The references below are not checked any more.
        ref double first = ref MemoryMarshal.GetReference(a[..((m - 1) * rowStride + (depth - 1) * columnStride + 1)]);
        ref double second = ref MemoryMarshal.GetReference(b[..(depth * n)]);
        ref double sum = ref MemoryMarshal.GetReference(c[..(m * n)]);

        // In a browser vectors are slower than numbers, whatever they say of themselves.
        int wide = OperatingSystem.IsBrowser() ? 0 : n - n % Vector<double>.Count;
        Columns<WideLane>(ref first, rowStride, columnStride, ref second, ref sum, m, depth, n, 0, wide);
        Columns<NarrowLane>(ref first, rowStride, columnStride, ref second, ref sum, m, depth, n, wide, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Columns<TLane>(
        ref double a, int rowStride, int columnStride, ref double b, ref double c, int m, int depth, int n, int from, int to)
        where TLane : struct, ILane<TLane>
    {
        int i = 0;
        for (; i + RowsAtOnce <= m; i += RowsAtOnce)
        {
            for (int j = from; j < to; j += TLane.Count)
            {
                ref double target = ref Unsafe.Add(ref c, i * n + j);
                TLane c0 = TLane.Load(ref target);
                TLane c1 = TLane.Load(ref Unsafe.Add(ref target, n));
                TLane c2 = TLane.Load(ref Unsafe.Add(ref target, 2 * n));
                TLane c3 = TLane.Load(ref Unsafe.Add(ref target, 3 * n));
                TLane c4 = TLane.Load(ref Unsafe.Add(ref target, 4 * n));
                TLane c5 = TLane.Load(ref Unsafe.Add(ref target, 5 * n));
                TLane c6 = TLane.Load(ref Unsafe.Add(ref target, 6 * n));
                TLane c7 = TLane.Load(ref Unsafe.Add(ref target, 7 * n));
                ref double left = ref Unsafe.Add(ref a, i * rowStride);
                ref double right = ref Unsafe.Add(ref b, j);
                for (int k = 0; k < depth; k++)
                {
                    TLane row = TLane.Load(ref right);
                    c0 = TLane.FusedMultiplyAdd(left, row, c0);
                    c1 = TLane.FusedMultiplyAdd(Unsafe.Add(ref left, rowStride), row, c1);
                    c2 = TLane.FusedMultiplyAdd(Unsafe.Add(ref left, 2 * rowStride), row, c2);
                    c3 = TLane.FusedMultiplyAdd(Unsafe.Add(ref left, 3 * rowStride), row, c3);
                    c4 = TLane.FusedMultiplyAdd(Unsafe.Add(ref left, 4 * rowStride), row, c4);
                    c5 = TLane.FusedMultiplyAdd(Unsafe.Add(ref left, 5 * rowStride), row, c5);
                    c6 = TLane.FusedMultiplyAdd(Unsafe.Add(ref left, 6 * rowStride), row, c6);
                    c7 = TLane.FusedMultiplyAdd(Unsafe.Add(ref left, 7 * rowStride), row, c7);
                    left = ref Unsafe.Add(ref left, columnStride);
                    right = ref Unsafe.Add(ref right, n);
                }

                c0.Store(ref target);
                c1.Store(ref Unsafe.Add(ref target, n));
                c2.Store(ref Unsafe.Add(ref target, 2 * n));
                c3.Store(ref Unsafe.Add(ref target, 3 * n));
                c4.Store(ref Unsafe.Add(ref target, 4 * n));
                c5.Store(ref Unsafe.Add(ref target, 5 * n));
                c6.Store(ref Unsafe.Add(ref target, 6 * n));
                c7.Store(ref Unsafe.Add(ref target, 7 * n));
            }
        }

        for (; i < m; i++)
        {
            for (int j = from; j < to; j += TLane.Count)
            {
                ref double target = ref Unsafe.Add(ref c, i * n + j);
                ref double left = ref Unsafe.Add(ref a, i * rowStride);
                ref double right = ref Unsafe.Add(ref b, j);
                TLane sum = TLane.Load(ref target);
                for (int k = 0; k < depth; k++)
                {
                    sum = TLane.FusedMultiplyAdd(left, TLane.Load(ref right), sum);
                    left = ref Unsafe.Add(ref left, columnStride);
                    right = ref Unsafe.Add(ref right, n);
                }

                sum.Store(ref target);
            }
        }
    }

    /// <summary>destination = the transpose of the rows x columns table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ReadOnlySpan<double> table, int rows, int columns, Span<double> destination)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                destination[j * rows + i] = table[i * columns + j];
        }
    }

    /// <summary>Each of the rows becomes a copy of the one given.</summary>
    public static void Repeat(ReadOnlySpan<double> row, Span<double> rows)
    {
        for (int start = 0; start < rows.Length; start += row.Length)
            row.CopyTo(rows[start..]);
    }

    /// <summary>sums[j] += the sum of column j, rows in ascending order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddColumns(ReadOnlySpan<double> rows, Span<double> sums)
    {
        for (int start = 0; start < rows.Length; start += sums.Length)
        {
            for (int j = 0; j < sums.Length; j++)
                sums[j] += rows[start + j];
        }
    }

    /// <summary>Each value becomes f of itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply(Activation activation, Span<double> values)
    {
        switch (activation)
        {
            case Activation.Tanh:
                Map<HyperbolicTangent>(values);
                break;
            case Activation.ReLU:
                for (int i = 0; i < values.Length; i++)
                    values[i] = values[i] <= 0 ? 0 : values[i];
                break;
        }
    }

    /// <summary>Each derivative is multiplied by f', which is a function of the value f.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ApplyDerivative(Activation activation, ReadOnlySpan<double> values, Span<double> derivatives)
    {
        values = values[..derivatives.Length];
        switch (activation)
        {
            case Activation.Tanh:
                for (int i = 0; i < derivatives.Length; i++)
                    derivatives[i] *= (1 - values[i]) * (1 + values[i]);
                break;
            case Activation.ReLU:
                for (int i = 0; i < derivatives.Length; i++)
                    derivatives[i] = values[i] <= 0 ? 0 : derivatives[i];
                break;
        }
    }

    /// <summary>The softmax of each row of logits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(ReadOnlySpan<double> logits, int columns, Span<double> destination)
    {
        for (int start = 0; start < logits.Length; start += columns)
        {
            double greatest = double.NegativeInfinity;
            for (int i = start; i < start + columns; i++)
                greatest = Math.Max(greatest, logits[i]);
            for (int i = start; i < start + columns; i++)
                destination[i] = logits[i] - greatest;
        }

        Map<Exponential>(destination[..logits.Length]);
        for (int start = 0; start < logits.Length; start += columns)
        {
            double sum = 0;
            for (int i = start; i < start + columns; i++)
                sum += destination[i];
            for (int i = start; i < start + columns; i++)
                destination[i] /= sum;
        }
    }

    /// <summary>Each value becomes the function of itself; what is left of a vector goes through the same lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<TFunction>(Span<double> values)
        where TFunction : struct, IFunction
    {
        int width = Vector<double>.Count, whole = values.Length - values.Length % width;
        for (int i = 0; i < whole; i += width)
            TFunction.Of(new Vector<double>(values[i..])).CopyTo(values[i..]);
        Span<double> rest = stackalloc double[width];
        rest.Clear();
        values[whole..].CopyTo(rest);
        TFunction.Of(new Vector<double>(rest)).CopyTo(rest);
        rest[..(values.Length - whole)].CopyTo(values[whole..]);
    }

    /// <summary>
    /// e^z = power (1 + excess), power = 2^n, z = n ln 2 + r, |r| at most (ln 2)/2; excess = e^r - 1 is the Taylor sum to r^13, whose rest is below 2e-17 of it.
    /// For z from -708 to 709.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector<double> Power, Vector<double> Excess) Parts(Vector<double> z)
    {
        const double Shift = 6755399441055744;   // 1.5 x 2^52: adding it rounds to an integer, which then stands in the low bits.
        Vector<double> shifted = Vector.FusedMultiplyAdd(z, Vector.Create(1.4426950408889634), Vector.Create(Shift));
        Vector<double> n = shifted - Vector.Create(Shift);
        Vector<double> r = Vector.FusedMultiplyAdd(n, Vector.Create(-0.6931471805599453), z);
        r = Vector.FusedMultiplyAdd(n, Vector.Create(-2.3190468138462996e-17), r);

        Vector<double> sum = Vector.Create(1.0 / 6227020800);
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1.0 / 479001600));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1.0 / 39916800));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1.0 / 3628800));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1.0 / 362880));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1.0 / 40320));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1.0 / 5040));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1.0 / 720));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1.0 / 120));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1.0 / 24));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(1.0 / 6));
        sum = Vector.FusedMultiplyAdd(sum, r, Vector.Create(0.5));
        Vector<double> power = Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(shifted) + Vector.Create(1023L), 52));
        return (power, Vector.FusedMultiplyAdd(sum, r * r, r));
    }

    /// <summary>A function of each lane.</summary>
    private interface IFunction
    {
        static abstract Vector<double> Of(Vector<double> x);
    }

    /// <summary>tanh |x| = (e^z - 1)/(e^z + 1) with z = 2|x|; above 20 it is 1 to the last bit.</summary>
    private readonly struct HyperbolicTangent : IFunction
    {
        public static Vector<double> Of(Vector<double> x)
        {
            (Vector<double> power, Vector<double> excess) = Parts(2 * Vector.Min(Vector.Abs(x), Vector.Create(20.0)));
            Vector<double> lessOne = Vector.FusedMultiplyAdd(power, excess, power - Vector<double>.One);
            return Vector.CopySign(lessOne / (lessOne + Vector.Create(2.0)), x);
        }
    }

    /// <summary>e^x for x at most 0; 0 below -708, where the numbers of full precision end.</summary>
    private readonly struct Exponential : IFunction
    {
        public static Vector<double> Of(Vector<double> x)
        {
            (Vector<double> power, Vector<double> excess) = Parts(Vector.Max(x, Vector.Create(-708.0)));
            Vector<double> value = Vector.FusedMultiplyAdd(power, excess, power);
            return Vector.ConditionalSelect(Vector.LessThan(x, Vector.Create(-708.0)), Vector<double>.Zero, value);
        }
    }

    /// <summary>One or several neighbouring doubles.</summary>
    private interface ILane<TSelf>
        where TSelf : struct, ILane<TSelf>
    {
        static abstract int Count { get; }

        static abstract TSelf Load(ref double source);

        static abstract TSelf FusedMultiplyAdd(double factor, TSelf values, TSelf addend);

        void Store(ref double destination);
    }

    private readonly struct WideLane(Vector<double> values) : ILane<WideLane>
    {
        private readonly Vector<double> _values = values;

        public static int Count => Vector<double>.Count;

        public static WideLane Load(ref double source) => new(Vector.LoadUnsafe(ref source));

        public static WideLane FusedMultiplyAdd(double factor, WideLane values, WideLane addend) =>
            new(Vector.FusedMultiplyAdd(Vector.Create(factor), values._values, addend._values));

        public void Store(ref double destination) => _values.StoreUnsafe(ref destination);
    }

    private readonly struct NarrowLane(double value) : ILane<NarrowLane>
    {
        private readonly double _value = value;

        public static int Count => 1;

        public static NarrowLane Load(ref double source) => new(source);

        public static NarrowLane FusedMultiplyAdd(double factor, NarrowLane values, NarrowLane addend) =>
            new(Math.FusedMultiplyAdd(factor, values._value, addend._value));

        public void Store(ref double destination) => destination = _value;
    }
}
