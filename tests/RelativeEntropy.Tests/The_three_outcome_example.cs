namespace RelativeEntropy.Tests;

/// <summary>p = (0.4, 0.3, 0.3), q = (0.33, 0.33, 0.34). For the decimals the divergence is 0.01080676023148316467 nats.</summary>
public class The_three_outcome_example
{
    private static readonly double[] P = [0.4, 0.3, 0.3];
    private static readonly double[] Q = [0.33, 0.33, 0.34];

    [Fact]
    public void Is_right_to_the_last_digit_of_what_the_doubles_hold()
    {
        // The doubles are not the decimals: their own values, to 25 digits, are 0.01080676023148317237762537 with the masses
        // and 0.01080676023148311686647414 without.
        Assert.Equal(0.010806760231483173, Divergence.KullbackLeibler(P, Q));
        Assert.Equal(0.010806760231483118, Measures.LogRatioSum(P, Q));
        Assert.Equal(0.010525103366128755, Divergence.KullbackLeibler(Q, P));
    }

    [Fact]
    public void Is_not_symmetric() =>
        Assert.NotEqual(Divergence.KullbackLeibler(P, Q), Divergence.KullbackLeibler(Q, P));

    [Fact]
    public void In_bits_is_right_to_one_unit_in_the_last_place() =>
        Assert.Equal(0.015590859394036838, Divergence.KullbackLeibler(P, Q, LogBase.Bits), 1.8e-18);
}
