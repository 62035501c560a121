using System.Globalization;

using RelativeEntropy.Tensors;
using RelativeEntropy.Tensors.Benchmarks;

// KL of logits at scale: TorchLogits.KullbackLeibler beside the usual formula, here and in PyTorch, and beside the time that reading both tables takes.
// The first argument is the most elements of a table (100,000,000), the second a Python that has torch; without it that column is empty.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
long most = args.Length > 0 ? (long)double.Parse(args[0], CultureInfo.InvariantCulture) : 100_000_000;
TorchRuntime.Load();
torch.Device device = torch.cuda.is_available() ? torch.CUDA : torch.CPU;
using PyTorch? python = args.Length > 1 ? PyTorch.Start(args[1]) : null;
Console.WriteLine($"{TorchRuntime.Describe(device)}; PyTorch {python?.Version ?? "not run"}");
Console.WriteLine("ns per element of a table, medians of rounds in which all take turns. Share: of the time that reading both tables once takes. Error: the largest of 100 rows, relative.");
Console.WriteLine($"{"rows x classes",-18}{"type",-9}{"logits",-14}{"here",9}{"formula",9}{"PyTorch",9}{"reading",9}{"here/PyTorch",14}{"share",8}{"memory",10}{"error",10}{"formula's",11}");
torch.ScalarType[] types = [torch.ScalarType.Float32, torch.ScalarType.Float64];
long[] sizes = [1_000_000, 10_000_000, 100_000_000, 400_000_000];
foreach (torch.ScalarType type in types)
{
    foreach (long elements in sizes.Where(n => n <= most))
    {
        foreach (Row row in Row.All(elements, type, device))
            Console.WriteLine(row.Run(python));
    }
}
