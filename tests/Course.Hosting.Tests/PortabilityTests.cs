using Course.Compiler;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Course.Hosting.Tests;

public class PortabilityTests
{
    [Theory]
    [InlineData("display(3)", 1, ".NET Interactive")]
    [InlineData("var x = 1;\nHTML(\"<b>\")", 2, ".NET Interactive")]
    [InlineData("x.Display(\"text/html\")", 1, "Verso")]
    [InlineData("Console.Error.WriteLine(1);", 1, "Verso")]
    [InlineData("dynamic d = 1;", 1, "Verso")]
    [InlineData("void F(dynamic d) { }", 1, "Verso")]
    [InlineData("int a;\n#r \"x.dll\"", 2, "Verso")]
    [InlineData("#load \"x.csx\"", 1, "Verso")]
    [InlineData("#!markdown\n", 1, "Verso")]
    public void What_breaks_in_another_host_is_refused_by_the_name_of_that_host(string code, int line, string host)
    {
        Portability.Refusal? refusal = Check(code);
        Assert.NotNull(refusal);
        Assert.Equal(line, refusal.Value.Line);
        Assert.Contains(host, refusal.Value.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Console.WriteLine(1); 2.0.Display();")]
    [InlineData("void F() { using var f = new System.IO.MemoryStream(); Span<int> s = [1]; }")]
    [InlineData("static int Twice(this int x) => 2 * x;")]
    [InlineData("await Task.Delay(1);\nint[] x = [1, .. new[] { 2 }];\nx")]
    [InlineData("#nullable enable\nstring? s = null;")]
    [InlineData("string dynamic = \"a name, not a type\"; dynamic")]
    [InlineData("record P(double A); new P(1) with { A = 2 }")]
    public void What_runs_alike_in_every_host_is_not(string code) => Assert.Null(Check(code));

    private static Portability.Refusal? Check(string code) =>
        Portability.Check(CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.CSharp13, kind: SourceCodeKind.Script)));
}
