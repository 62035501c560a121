using System.Diagnostics;
using System.Globalization;

namespace RelativeEntropy.Tensors.Benchmarks;

/// <summary>PyTorch in a process of its own: told what to do, it says how long that took.</summary>
internal sealed class PyTorch : IDisposable
{
    private readonly Process _process;

    private PyTorch(Process process)
    {
        _process = process;
        Version = Answer();
    }

    public string Version { get; }

    public static PyTorch Start(string python) => new(Process.Start(new ProcessStartInfo(python, [Path.Combine(AppContext.BaseDirectory, "pytorch.py")])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!);

    public double Seconds(string task)
    {
        _process.StandardInput.WriteLine(task);
        _process.StandardInput.Flush();
        return double.Parse(Answer(), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private string Answer() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("Python ended; what it said stands above.");
}
