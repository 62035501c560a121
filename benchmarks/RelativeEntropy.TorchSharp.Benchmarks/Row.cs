using System.Diagnostics;

namespace RelativeEntropy.Tensors.Benchmarks;

/// <summary>One row of the table: two tables of logits, and what is done with them.</summary>
/// <param name="Rows">Pairs of distributions.</param>
/// <param name="Classes">Classes of each.</param>
/// <param name="Type">The type of the logits.</param>
/// <param name="Device">Where they lie.</param>
/// <param name="Distance">0: the second table is drawn by itself; else it is the first and this much noise.</param>
/// <param name="Gradient">Whether the mean is differentiated, too.</param>
internal sealed record Row(long Rows, long Classes, torch.ScalarType Type, torch.Device Device, double Distance, bool Gradient)
{
    private const int Checked = 100;

    public static IEnumerable<Row> All(long elements, torch.ScalarType type, torch.Device device)
    {
        foreach (long classes in new long[] { 1000, 10 }.Where(classes => classes == 1000 || elements == 10_000_000))
        {
            yield return new(elements / classes, classes, type, device, 0, false);
            yield return new(elements / classes, classes, type, device, 1e-3, false);
            if (elements <= 10_000_000)
                yield return new(elements / classes, classes, type, device, 0, true);
        }
    }

    /// <summary>Runs the row and writes it.</summary>
    public string Run(PyTorch? python)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor a = torch.randn([Rows, Classes], Type, Device), b = torch.randn([Rows, Classes], Type, Device);
        if (Distance > 0)
            b.mul_(Distance).add_(a);
        string order = $"{Rows} {Classes} {(Type == torch.ScalarType.Float32 ? "float32" : "float64")} {(Device.type == DeviceType.CPU ? "cpu" : "cuda")} {Distance:R} {Gradient} {torch.get_num_threads()}";

        Tensor Here() => TorchLogits.KullbackLeibler(a, b, -1);
        Tensor Formula()
        {
            Tensor logP = a.log_softmax(-1), logQ = b.log_softmax(-1);
            return (logP.exp() * (logP - logQ)).sum(-1);
        }

        string errors = Gradient ? "" : $"{Error(a, b, Here),10:E0}{Error(a, b, Formula),11:E0}";
        a.requires_grad_(Gradient);
        b.requires_grad_(Gradient);
        int rounds = Rows * Classes > 50_000_000 ? 3 : 9;
        double[] here = new double[rounds], formula = new double[rounds], pytorch = new double[rounds], reading = new double[rounds];
        long memory = 0;
        for (int round = -1; round < rounds; round++)
        {
            int i = Math.Max(round, 0);
            using IDisposable free = torch.NewDisposeScope();
            using (torch.no_grad())
                reading[i] = Seconds(() => a.sum() + b.sum());
            Memory.Reset();
            long before = Memory.Peak();
            here[i] = Seconds(Here);
            memory = Math.Max(memory, Memory.Peak() - before);
            formula[i] = Seconds(Formula);
            pytorch[i] = python?.Seconds(order) ?? double.NaN;
        }

        double unit = 1e9 / (Rows * Classes);
        string kind = (Distance > 0 ? "near" : "far") + (Gradient ? ", gradient" : "");
        return $"{$"{Rows:N0} x {Classes:N0}",-18}{Type,-9}{kind,-14}{Median(here) * unit,9:F2}{Median(formula) * unit,9:F2}{Median(pytorch) * unit,9:F2}{Median(reading) * unit,9:F2}"
            + $"{Median(here) / Median(pytorch),14:F2}{Median(reading) / Median(here),8:P0}{memory >> 20,7} MB{errors}";
    }

    private double Seconds(Func<Tensor> work)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = Gradient ? torch.enable_grad() : torch.no_grad();
        var watch = Stopwatch.StartNew();
        Tensor answer = work();
        if (Gradient && answer.requires_grad)
            answer.mean().backward();
        if (Device.type == DeviceType.CUDA)
            torch.cuda.synchronize();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Error(Tensor a, Tensor b, Func<Tensor> function)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGraph = torch.no_grad();
        double[] values = [.. function().narrow(0, 0, Checked).cpu().to(torch.ScalarType.Float64).data<double>()];
        double[][] p = Table(a), q = Table(b);
        return Enumerable.Range(0, Checked).Max(i => Math.Abs(values[i] / Logits.KullbackLeibler(p[i], q[i]) - 1));
    }

    private static double[][] Table(Tensor logits) =>
        [.. logits.narrow(0, 0, Checked).cpu().to(torch.ScalarType.Float64).data<double>().ToArray().Chunk((int)logits.shape[1])];

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
