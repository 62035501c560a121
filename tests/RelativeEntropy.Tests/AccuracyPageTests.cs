namespace RelativeEntropy.Tests;

/// <summary>What docs/accuracy.md must say. That each row has the bound in force is asserted where the bound is: by the assessment itself. A run that writes the page leaves these out.</summary>
public class AccuracyPageTests
{
    [Fact]
    public void Every_table_is_named_with_its_true_numbers_of_cases()
    {
        Assert.Equal(ReferenceTable.Names, AccuracyPage.Rows.Select(row => row.Table).Distinct().Order(StringComparer.Ordinal));
        Assert.All(AccuracyPage.Rows, row =>
        {
            ReferenceTable table = ReferenceTable.Load(row.Table);
            Assert.Equal((table.Cases.Length, table.HardCases), (row.Cases, row.HardCases));
        });
    }

    [Fact]
    public void What_misses_the_goal_is_listed_and_nothing_else() =>
        Assert.Equal(AccuracyPage.Rows.Where(AccuracyPage.Misses).Select(row => row.Key).Order(StringComparer.Ordinal), AccuracyPage.Missed.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_public_function_is_named() =>
        Assert.All(Library.PublicFunctions, function => Assert.True(AccuracyPage.Names(function), $"{function} is not in docs/accuracy.md: write the page anew, as its head says."));

    [Fact]
    public void An_expression_is_named_by_the_first_function_of_the_library_in_it()
    {
        Assert.Equal("Divergence.KullbackLeibler", Library.FunctionNamedIn("c => Math.Abs(Divergence.KullbackLeibler(c.Pair.P, c.LogBase))"));
        Assert.Equal("Elementary.Log1p", Library.FunctionNamedIn("c => Numerics.Elementary.Log1p(c.X)"));
        Assert.Equal("c => 1", Library.FunctionNamedIn("c => 1"));
    }
}
