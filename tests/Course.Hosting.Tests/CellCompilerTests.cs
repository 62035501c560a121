using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Course.Compiler;
using Course.Protocol;
using Course.Runner;

namespace Course.Hosting.Tests;

/// <summary>What the compiler makes of cells that come one after the other, and what it does not read.</summary>
public sealed class CellCompilerTests
{
    private static readonly string Runner = typeof(DisplayExtensions).Assembly.Location;

    [Fact]
    public void The_same_texts_give_the_same_names_and_the_same_bytes_in_every_compiler()
    {
        string[] texts = ["using System.Linq;", "double[] p = [0.5, 0.5];\nrecord R(int A);", "// nothing", "p.Sum(x => x) + new R(1).A"];
        var busy = new CellCompiler(Runner);
        Compile(busy, "int other = 1;", "int[] p = [other];");
        Compiled[] once = Compile(new CellCompiler(Runner), texts), again = Compile(busy, texts);
        Assert.Equal(once.Select(cell => cell.Key), again.Select(cell => cell.Key));
        Assert.Equal(once.Select(cell => cell.Assembly), again.Select(cell => cell.Assembly));
        Assert.Equal(once.Select(cell => cell.Symbols), again.Select(cell => cell.Symbols));
        Assert.All(once.Where(cell => cell.HasCode), cell => Assert.Equal(cell.Key, NameIn(cell.Assembly)));
    }

    [Fact]
    public void A_name_tells_a_cell_and_all_that_come_before_it()
    {
        CellText[] texts =
        [
            new("cell 1", "int a = 1;", ["/x.dll"], Portable: true), new("cell 1", "int a = 1;", ["/y.dll"], Portable: true),
            new("cell 1", "int a = 1;", ["/x.dll"], Portable: false), new("cell 1", "int a = 2;", ["/x.dll"], Portable: true),
            new("cell 2", "int a = 1;", ["/x.dll"], Portable: true), new("cell 1i", "nt a = 1;", ["/x.dll"], Portable: true),
            new("cell 1", "int a = 1;", ["/x.dll", "/y.dll"], Portable: true),
            new("cell 1", "int a = 1;", ["/x.dll/y.dll"], Portable: true),
        ];
        CellChain[] first = [.. texts.Select(text => new CellChain(null, text))];
        CellChain[] second = [.. first.Select(before => new CellChain(before, texts[0]))];
        CellChain[] third = [.. second.Select(before => new CellChain(before, texts[0]))];
        Assert.Distinct(first.Concat(second).Concat(third).Select(chain => chain.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("// a comment")]
    [InlineData("/* one */\n\n// and another")]
    [InlineData("using System.Text;")]
    [InlineData("using System.Text; // a comment\nusing static System.Math;")]
    [InlineData("#if NEVER\nint x = 1;\n#endif")]
    public void A_cell_without_code_takes_no_slot_and_no_number(string nothing)
    {
        Compiled[] cells = Compile(new CellCompiler(Runner), nothing, "class C { }", nothing, nothing, "new C()", "1");
        Assert.Equal([false, true, false, false, true, true], cells.Select(cell => cell.HasCode));
        Assert.Equal([0, 0, 1, 1, 1, 2], cells.Select(cell => cell.Slot));
        Assert.Equal(["Submission#0", "Submission#1", "Submission#2"], cells.Where(cell => cell.HasCode).Select(cell => cell.EntryType));
    }

    /// <summary>What is named exists and could be read.</summary>
    [Theory]
    [InlineData("#r \"LIBRARY\"")]
    [InlineData("#r \"nuget: Some.Package, 1.0.0\"")]
    [InlineData("#load \"SCRIPT\"")]
    [InlineData("#load \"SCRIPT\"\nloaded")]
    [InlineData("[assembly: System.Reflection.AssemblyKeyFile(\"KEY\")]\nint x = 1;")]
    [InlineData("[assembly: System.Reflection.AssemblyKeyName(\"KEY\")]\nint x = 1;")]
    public void No_cell_has_a_file_read(string code)
    {
        string folder = Directory.CreateTempSubdirectory("course-test-").FullName;
        string script = Path.Combine(folder, "loaded.csx"), key = Path.Combine(folder, "key.snk");
        File.WriteAllText(script, "int loaded = 1;");
        File.WriteAllBytes(key, new byte[596]);
        string named = code.Replace("LIBRARY", Runner, StringComparison.Ordinal).Replace("SCRIPT", script, StringComparison.Ordinal)
            .Replace("KEY", key, StringComparison.Ordinal);
        ChildEvent answer = new CellCompiler(Runner).Compile(new CellChain(null, new CellText("cell 1", named, portable: false)).Request);
        Directory.Delete(folder, recursive: true);
        Failed failed = Assert.IsType<Failed>(answer);
        Assert.Equal(FailureKind.Compilation, failed.Kind);
        Assert.StartsWith("cell 1, line 1: ", failed.Message, StringComparison.Ordinal);
    }

    /// <summary>Only of the course's own setup is such a line read, and it is no part of the code then.</summary>
    [Fact]
    public void The_setup_names_its_libraries()
    {
        CellText setup = CellText.Setup("setup.csx", $"#r \"{Runner}\"\nusing Course.Runner;\ntypeof(DisplayExtensions)");
        Assert.Equal([Runner], setup.References);
        Compiled cell = Assert.IsType<Compiled>(new CellCompiler(Runner).Compile(new CellChain(null, setup).Request));
        Assert.True(cell.HasCode);
        Assert.Same(Platform.Reference(Runner), Platform.Reference(Runner));
    }

    [Fact]
    public void A_cell_s_names_are_told_with_their_signatures()
    {
        Compiled cell = Compile(new CellCompiler(Runner), """
            #nullable enable
            static double Divergence(double[] p, double[] q) => 0;
            T Pick<T>(ref T x, int[] y, params string?[] names) => x;
            double[] mass = [0.5, 0.5];
            System.Func<double, int> f = x => 1;
            int Twice => 2;
            class Hidden { public int Inside; }
            """).Single();
        Assert.Equal(
            [
                new("Divergence", "double Divergence(double[] p, double[] q)"),
                new("Pick", "T Pick<T>(ref T x, int[] y, params string?[] names)"),
                new("mass", "double[] mass"),
                new("f", "Func<double, int> f"),
                new DeclaredName("Twice", "int Twice"),
            ],
            cell.Declared);
    }

    [Fact]
    public void A_cell_after_one_that_is_not_known_is_not_compiled()
    {
        var before = new CellChain(null, new CellText("cell 1", "int x = 1;", portable: true));
        var chain = new CellChain(before, new CellText("cell 2", "x", portable: true));
        Assert.IsType<UnknownParent>(new CellCompiler(Runner).Compile(chain.Request));
    }

    private static Compiled[] Compile(CellCompiler compiler, params string[] texts)
    {
        CellChain? chain = null;
        return
        [
            .. texts.Select((text, k) =>
            {
                chain = new CellChain(chain, new CellText($"cell {k + 1}", text, portable: true));
                return Assert.IsType<Compiled>(compiler.Compile(chain.Request));
            }),
        ];
    }

    private static string NameIn(byte[] assembly)
    {
        using var image = new PEReader(new MemoryStream(assembly));
        MetadataReader reader = image.GetMetadataReader();
        return reader.GetString(reader.GetAssemblyDefinition().Name);
    }
}
