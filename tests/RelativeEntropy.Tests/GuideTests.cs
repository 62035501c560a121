using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Xunit.Sdk;

namespace RelativeEntropy.Tests;

/// <summary>The examples of the guide and of the readme files: all compile, run, and give what their comments say.</summary>
public sealed partial class GuideTests
{
    private const string Throws = "throws ";

    [Theory]
    [InlineData("guide.md")]
    [InlineData("drift.md")]
    [InlineData("README.md")]
    [InlineData("package/README.md")]
    public async Task Examples_run_and_give_what_their_comments_say(string page)
    {
        string text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "pages", page), TestContext.Current.CancellationToken);
        ScriptOptions options = ScriptOptions.Default
            .WithReferences(typeof(Divergence).Assembly, typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(List<>).Assembly)
            .WithImports("System", "System.Collections.Generic", "System.IO", "System.Linq");
        ScriptState<object> state = await CSharpScript.RunAsync("", options, cancellationToken: TestContext.Current.CancellationToken);
        int claims = 0;
        List<string> failures = [];
        foreach (string block in Block().Matches(text).Select(m => m.Groups["code"].Value))
        {
            foreach ((string code, string claim) in Statements(block))
            {
                claims += claim.Length > 0 ? 1 : 0;
                try
                {
                    if (claim.StartsWith(Throws, StringComparison.Ordinal))
                    {
                        await Refuses(state, code, claim[Throws.Length..]);
                        continue;
                    }

                    state = await Run(state, code);
                    if (claim.Length > 0)
                        Holds(state, code, claim);
                }
                catch (XunitException failure)
                {
                    failures.Add(failure.Message);
                }
            }
        }

        Assert.True(failures.Count == 0, $"{page}:\n{string.Join("\n\n", failures)}");
        Assert.True(claims > 0, $"{page} claims nothing");
    }

    private static async Task<ScriptState<object>> Run(ScriptState<object> state, string code)
    {
        try
        {
            return await state.ContinueWithAsync(code, cancellationToken: TestContext.Current.CancellationToken);
        }
        catch (CompilationErrorException failure)
        {
            Assert.Fail($"{code}\n{failure.Message}");
            throw;
        }
    }

    /// <summary>"ArgumentException: the beginning of the message".</summary>
    private static async Task Refuses(ScriptState<object> state, string code, string expected)
    {
        Exception? failure = await Record.ExceptionAsync(() => Run(state, code));
        Assert.NotNull(failure);
        Assert.StartsWith(expected, $"{failure.GetType().Name}: {failure.Message}", StringComparison.Ordinal);
    }

    /// <summary>"value", of the variable that the statement declares, or "name = value".</summary>
    private static void Holds(ScriptState<object> state, string code, string claim)
    {
        Match named = Named().Match(claim), declared = Declaration().Match(code);
        Assert.True(named.Success || declared.Success, $"nothing to compare with \"{claim}\" after {code}");
        string name = named.Success ? named.Groups["name"].Value : declared.Groups["name"].Value;
        object actual = state.GetVariable(name)?.Value ?? throw new InvalidOperationException($"there is no variable {name}");
        string expected = named.Success ? named.Groups["value"].Value : claim;
        if (actual is string or not IEnumerable)
        {
            Agrees(code, actual, expected);
            return;
        }

        object[] all = [.. ((IEnumerable)actual).Cast<object>()];
        string[] parts = expected.Trim('[', ']').Split(", ");
        Assert.Equal(parts.Length, all.Length);
        foreach ((object element, string part) in all.Zip(parts))
            Agrees(code, element, part);
    }

    /// <summary>A number agrees if it rounds to the digits shown; anything else is compared as text.</summary>
    private static void Agrees(string code, object actual, string expected)
    {
        if (actual is double number && double.IsFinite(number))
        {
            double shown = double.Parse(expected, NumberStyles.Float, CultureInfo.InvariantCulture);
            string mantissa = expected.Split('e', 'E')[0];
            int digits = mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.Length - mantissa.IndexOf('.') - 1 : 0;
            int exponent = expected.Contains('e', StringComparison.OrdinalIgnoreCase) ? int.Parse(expected.Split('e', 'E')[1], CultureInfo.InvariantCulture) : 0;
            double half = 0.5 * Math.Pow(10, exponent - digits);
            Assert.True(Math.Abs(number - shown) <= half * (1 + 1e-9), $"{code}\ngives {number:R}, not {expected}");
        }
        else
        {
            Assert.Equal(expected, Convert.ToString(actual, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A statement ends where no bracket is open, with a semicolon or a brace; what its comment there says is a claim.</summary>
    private static IEnumerable<(string Code, string Claim)> Statements(string block)
    {
        string code = "";
        int open = 0;
        foreach (string line in block.Split('\n'))
        {
            string[] parts = line.Split("//", 2);
            code += parts[0] + "\n";
            open += parts[0].Sum(c => c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0);
            string statement = parts[0].TrimEnd();
            if (open > 0 || !(statement.EndsWith(';') || statement.EndsWith('}')))
                continue;
            yield return (code.Trim(), parts.Length > 1 ? parts[1].Trim() : "");
            code = "";
        }

        Assert.True(string.IsNullOrWhiteSpace(code), $"a statement does not end: {code}");
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?:double|bool|var|int|string)(?:\[\])? (?<name>\w+) = ")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^(?<name>\w+) = (?<value>.*)$")]
    private static partial Regex Named();
}
