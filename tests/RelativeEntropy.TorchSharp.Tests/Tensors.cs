// Tensors that live are counted, and a count is the process's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace RelativeEntropy.Tensors.Tests;

/// <summary>Tensors from numbers, and what is asked of them.</summary>
internal static class Tensors
{
    /// <summary>The CPU, and a CUDA device where there is one.</summary>
    public static IEnumerable<torch.Device> Devices => torch.cuda.is_available() ? [torch.CPU, torch.CUDA] : [torch.CPU];

    public static TheoryData<string> DeviceNames => [.. Devices.Select(device => device.ToString())];

    public static Tensor Of(params double[] values) => torch.tensor(values, dtype: torch.ScalarType.Float64);

    public static Tensor Of(double[,] values) => torch.tensor(values, dtype: torch.ScalarType.Float64);

    public static double[] Numbers(Tensor tensor) => [.. tensor.detach().cpu().to(torch.ScalarType.Float64).contiguous().data<double>()];

    public static double Number(Tensor tensor) => Assert.Single(Numbers(tensor));

    /// <summary>Rows that sum to one, none of them next to zero.</summary>
    public static double[][] Distributions(int rows, int columns, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Normalised([.. Enumerable.Range(0, columns).Select(_ => 0.05 + random.NextDouble())]))];
    }

    public static double[][] Normals(int rows, int columns, int seed, double scale = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => (double[])[.. Enumerable.Range(0, columns).Select(_ => scale * (2 * random.NextDouble() - 1))])];
    }

    public static Tensor Stack(double[][] rows) => torch.stack([.. rows.Select(row => Of(row))]);

    public static void Close(double expected, double actual, double tolerance = 1e-12) =>
        Assert.True(
            expected == actual || (double.IsNaN(expected) && double.IsNaN(actual)) || Math.Abs(expected - actual) <= tolerance * Math.Abs(expected),
            $"{actual:R} where {expected:R} is expected, relative error {Math.Abs(actual / expected - 1):E2}");

    /// <summary>The gradient of a function's sum by one of its arguments is that of central differences.</summary>
    public static void GradientIsThatOfDifferences(Func<Tensor, Tensor> function, Tensor at, double tolerance = 2e-7)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = at.clone().detach().requires_grad_(true);
        function(x).sum().backward();
        double[] gradient = Numbers(x.grad!), point = Numbers(at);
        const double Step = 1e-6;
        for (int i = 0; i < point.Length; i++)
        {
            double slope = (Shifted(i, Step) - Shifted(i, -Step)) / (2 * Step);
            Assert.True(Math.Abs(slope - gradient[i]) <= tolerance * (1 + Math.Abs(slope)), $"element {i}: gradient {gradient[i]:R}, differences {slope:R}");
        }

        double Shifted(int i, double step)
        {
            double[] moved = [.. point];
            moved[i] += step;
            return Number(function(Of(moved).reshape(at.shape)).sum());
        }
    }

    private static double[] Normalised(double[] masses)
    {
        double sum = masses.Sum();
        return [.. masses.Select(mass => mass / sum)];
    }
}
