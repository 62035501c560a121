using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using RelativeEntropy.Numerics;

namespace RelativeEntropy.Tests;

/// <summary>Where vectors are not worth it, as in a browser, all loops go element by element, and give the same bits.</summary>
public sealed class OneByOneTests
{
    [Fact]
    public void Element_by_element_every_function_has_the_bits_that_it_has_in_vectors()
    {
        Assert.Equal(Vector.IsHardwareAccelerated, Lanes.AreUsed);
        Dictionary<string, double[]> inVectors = Kernels.Answers(), oneByOne = OneByOne();
        List<string> faults = [];
        foreach ((string name, double[] answers) in inVectors)
        {
            double[] others = oneByOne[name];
            Assert.True(answers.Length >= 60 && answers.Length == others.Length, name);
            int[] differing = [.. Enumerable.Range(0, answers.Length).Where(i => !answers[i].Equals(others[i]))];
            if (differing.Length > 0)
                faults.Add($"{name}: {differing.Length} of {answers.Length}, first {answers[differing[0]]:R} and {others[differing[0]]:R}");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void No_function_with_such_a_loop_is_left_out() =>
        Assert.Empty(Library.PublicFunctions.Where(name => Kernels.Classes.Contains(name.Split('.')[0])).Except(Kernels.Names));

    /// <summary>The answers of the same two assemblies, loaded a second time with the switch set.</summary>
    private static Dictionary<string, double[]> OneByOne()
    {
        var apart = new Apart();
        AppContext.SetSwitch(Lanes.OneByOneSwitch, true);
        try
        {
            Type lanes = apart.LoadFromAssemblyName(typeof(Lanes).Assembly.GetName()).GetType(typeof(Lanes).FullName!)!;
            RuntimeHelpers.RunClassConstructor(lanes.TypeHandle);
            Assert.NotSame(typeof(Lanes), lanes);
            Assert.Equal(false, lanes.GetField(nameof(Lanes.AreUsed))!.GetValue(null));
        }
        finally
        {
            AppContext.SetSwitch(Lanes.OneByOneSwitch, false);
        }

        Type kernels = apart.LoadFromAssemblyName(typeof(Kernels).Assembly.GetName()).GetType(typeof(Kernels).FullName!)!;
        return (Dictionary<string, double[]>)kernels.GetMethod(nameof(Kernels.Answers))!.Invoke(null, null)!;
    }

    private sealed class Apart() : AssemblyLoadContext("one by one")
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name == typeof(Lanes).Assembly.GetName().Name || assemblyName.Name == typeof(Kernels).Assembly.GetName().Name
                ? LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll"))
                : null;
    }
}
