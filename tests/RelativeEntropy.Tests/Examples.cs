using System.Globalization;
using System.Text.RegularExpressions;
using Course.Hosting;
using Course.Protocol;
using Xunit.Sdk;

namespace RelativeEntropy.Tests;

/// <summary>Examples of code, run statement by statement beside the library: what a comment at a statement's end says must hold.</summary>
internal static partial class Examples
{
    private const string Throws = "throws ";

    private static readonly TimeLimit Patience = TimeLimit.Of(TimeSpan.FromSeconds(60));

    private static readonly CellText Setup = CellText.Setup(
        "the library",
        $"""
        #r "{typeof(Divergence).Assembly.Location}"
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        """);

    /// <summary>A session that knows the library and the usual namespaces.</summary>
    public static async Task<CellSession> BeginAsync(SessionPool sessions)
    {
        CellSession session = await sessions.TakeAsync();
        await Runs(session, Setup);
        return session;
    }

    /// <summary>Runs a block of code.</summary>
    /// <param name="session">Where it runs; what it declares is kept there.</param>
    /// <param name="block">The code.</param>
    /// <param name="failures">Receives what does not run or does not hold.</param>
    /// <param name="isClaim">Which comments claim something; all of them if null.</param>
    /// <returns>How many claims there were.</returns>
    public static async Task<int> RunAsync(CellSession session, string block, List<string> failures, Func<string, bool>? isClaim = null)
    {
        int claims = 0;
        foreach ((string code, string comment) in Statements(block))
        {
            string claim = isClaim is null || isClaim(comment) ? comment : "";
            claims += claim.Length > 0 ? 1 : 0;
            try
            {
                if (claim.StartsWith(Throws, StringComparison.Ordinal))
                {
                    await Refuses(session, code, claim[Throws.Length..]);
                    continue;
                }

                await Runs(session, Statement(code));
                if (claim.Length > 0)
                    await Holds(session, code, claim);
            }
            catch (XunitException failure)
            {
                failures.Add(failure.Message);
            }
        }

        return claims;
    }

    /// <summary>Whether a comment states a value or a refusal, and is not prose.</summary>
    public static bool StatesAValue(string comment) => Value().IsMatch(comment);

    private static CellText Statement(string code) => new("the statement", code, portable: false);

    /// <summary>Runs a cell, which must not fail.</summary>
    /// <returns>Its value as text, each double with all its digits; null where it has none.</returns>
    private static async Task<string?> Runs(CellSession session, CellText cell)
    {
        (Failed? failure, string? value) = await Run(session, cell);
        Assert.True(failure is null, $"{cell.Code}\n{failure?.Name}: {failure?.Message}");
        return value;
    }

    private static async Task<(Failed? Failure, string? Value)> Run(CellSession session, CellText cell)
    {
        Failed? failure = null;
        string? value = null;
        RequestEnd end = await session.RunAsync(cell, Patience, Take, TestContext.Current.CancellationToken);
        Assert.True(end.Failure is null, $"{cell.Code}\n{end.Failure?.Message}");
        return (failure, value);

        void Take(ChildEvent happened)
        {
            failure = happened as Failed ?? failure;
            value = (happened as Result)?.Data["text/plain"] ?? value;
        }
    }

    /// <summary>"ArgumentException: the beginning of the message". What the statement declares is forgotten.</summary>
    private static async Task Refuses(CellSession session, string code, string expected)
    {
        CellChain? before = session.Cells;
        (Failed? failure, _) = await Run(session, Statement(code));
        session.Cells = before;
        Assert.NotNull(failure);
        Assert.Equal(FailureKind.Exception, failure.Kind);
        Assert.StartsWith(expected, $"{failure.Name.Split('.')[^1]}: {failure.Message}", StringComparison.Ordinal);
    }

    /// <summary>"value", of the variable that the statement declares, or "name = value".</summary>
    private static async Task Holds(CellSession session, string code, string claim)
    {
        Match named = Named().Match(claim), declared = Declaration().Match(code);
        Assert.True(named.Success || declared.Success, $"nothing to compare with \"{claim}\" after {code}");
        string name = named.Success ? named.Groups["name"].Value : declared.Groups["name"].Value;
        string? actual = await Runs(session, Statement(name));
        Assert.NotNull(actual);
        string expected = named.Success ? named.Groups["value"].Value : claim;
        string[] all = actual.Trim('[', ']').Split(", "), parts = expected.Trim('[', ']').Split(", ");
        Assert.Equal(parts.Length, all.Length);
        foreach ((string element, string part) in all.Zip(parts))
            Agrees(code, element, part);
    }

    /// <summary>A number agrees if it rounds to the digits shown; anything else is compared as text.</summary>
    private static void Agrees(string code, string actual, string expected)
    {
        if (double.TryParse(actual, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
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
            Assert.Equal(expected, actual);
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

    [GeneratedRegex(@"(?:double|bool|var|int|long|string)(?:\[\])? (?<name>\w+) = ")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^(?<name>\w+) = (?<value>.*)$")]
    private static partial Regex Named();

    [GeneratedRegex(@"^(throws |\w+ = |-?\d|\[|(True|False|NaN|-?Infinity)$)")]
    private static partial Regex Value();
}
