namespace RelativeEntropy.Tensors.Tests;

/// <summary>The native library loads, or the message names it and the cause; a device is told in one line.</summary>
public sealed class RuntimeTests
{
    [Fact]
    public void What_loads_may_be_loaded_again()
    {
        TorchRuntime.Load();
        TorchRuntime.Load();
        using Tensor one = torch.ones(1);
        Assert.Equal(1, one.item<float>());
    }

    [Fact]
    public void What_is_no_library_is_named_with_what_the_loader_says()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "no library");
            string message = Assert.Throws<DllNotFoundException>(() => TorchRuntime.Load(file)).Message;
            Assert.Contains(Path.GetFileName(file), message, StringComparison.Ordinal);
            Assert.Contains("does not load on this system; the loader says: ", message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_device_is_told_in_one_line_with_the_version_of_libtorch()
    {
        string line = TorchRuntime.Describe(torch.CPU);
        Assert.DoesNotContain('\n', line);
        Assert.Contains($"{torch.get_num_threads()} thread", line, StringComparison.Ordinal);
        Assert.Contains($"; libtorch {torch.__version__}, ", line, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("device", () => TorchRuntime.Describe(null!));
    }
}
