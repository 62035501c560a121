using System.Numerics;

namespace RelativeEntropy.Numerics;

/// <summary>The elimination of states of Grassmann, Taksar and Heyman (1985): only sums, products and quotients of non-negative
/// numbers.</summary>
internal static class Elimination
{
    /// <summary>The stationary distribution, in the last part of <paramref name="work"/>, which holds n (n + 1) numbers.</summary>
    public static ReadOnlySpan<double> Stationary<T>(ReadOnlySpan<T> transitions, int n, Span<double> work, string name)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        Span<double> a = work[..(n * n)], pi = work.Slice(n * n, n);
        for (int i = 0; i < a.Length; i++)
            a[i] = double.CreateTruncating(transitions[i]);

        int recurrent = 0;
        for (int k = n - 1; k > 0 && recurrent == 0; k--)
        {
            CompensatedSum leaving = default;
            for (int j = 0; j < k; j++)
                leaving.Add(a[k * n + j]);
            double exit = leaving.Value;
            if (exit == 0)
            {
                RequireAllReach(a, n, k, pi, name);
                recurrent = k;
                continue;
            }

            for (int i = 0; i < k; i++)
            {
                double entry = a[i * n + k] /= exit;
                if (entry == 0)
                    continue;
                for (int j = 0; j < k; j++)
                    a[i * n + j] += entry * a[k * n + j];
            }
        }

        pi.Clear();
        pi[recurrent] = 1;
        CompensatedSum total = default;
        total.Add(1);
        for (int k = recurrent + 1; k < n; k++)
        {
            CompensatedSum inflow = default;
            for (int i = recurrent; i < k; i++)
                inflow.Add(pi[i] * a[i * n + k]);
            pi[k] = inflow.Value;
            total.Add(pi[k]);
        }

        for (int i = 0; i < n; i++)
            pi[i] /= total.Value;
        return pi;
    }

    /// <summary>State k never leaves for a state below it; if each of those comes to k, they are transient, else there are two
    /// closed classes.</summary>
    private static void RequireAllReach(ReadOnlySpan<double> a, int n, int k, Span<double> reached, string name)
    {
        reached.Clear();
        reached[k] = 1;
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = 0; i < k; i++)
            {
                for (int j = 0; j <= k && reached[i] == 0; j++)
                {
                    if (reached[j] == 1 && a[i * n + j] > 0)
                    {
                        reached[i] = 1;
                        changed = true;
                    }
                }
            }
        }

        int lost = reached[..k].IndexOf(0.0);
        if (lost >= 0)
            throw new ArgumentException(FormattableString.Invariant($"{name} never leads from state {lost} to state {k} nor back, so that more than one distribution is stationary; give one closed class only."), name);
    }
}
