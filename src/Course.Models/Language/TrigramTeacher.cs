namespace Course.Models;

/// <summary>A language model that sees two letters: the probability of each letter after each pair, from the counts of a text.</summary>
/// <remarks>
/// With n letters, p(c | a, b) = (count(abc) + w p(c | b))/(count(ab.) + w), p(c | b) = (count(bc) + w p(c))/(count(b.) + w) and
/// p(c) = (count(c) + 1)/(length + n): each is mixed with the one that sees a letter less, which counts as w letters of text, so that
/// every letter has a probability after every pair. Source: Jelinek and Mercer (1980) for the interpolation, MacKay and Peto (1995)
/// for weights of this form. Arithmetic alone: the same bits on every machine. An instance never changes.
/// </remarks>
public sealed class TrigramTeacher
{
    private readonly double[] _probabilities, _logProbabilities, _contexts;

    /// <summary>The model of a text.</summary>
    /// <param name="text">The letters as numbers from 0 to below <paramref name="letters"/>; three or more.</param>
    /// <param name="letters">n, at least 2.</param>
    /// <param name="weight">w, positive and finite: as how many letters the shorter view counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such letter, the text is too short, or a setting is out of range.</exception>
    public TrigramTeacher(ReadOnlySpan<int> text, int letters, double weight = 1)
    {
        Shape.AtLeast(letters, 2, nameof(letters));
        Shape.Positive(weight, nameof(weight));
        Shape.AtLeast(text.Length, 3, "text.Length");
        foreach (int letter in text)
            Shape.Index(letter, letters, nameof(text), "letters");
        Letters = letters;

        double[] ones = new double[letters], pairs = new double[letters * letters], triples = new double[letters * letters * letters];
        for (int i = 0; i < text.Length; i++)
        {
            ones[text[i]]++;
            if (i >= 1)
                pairs[text[i - 1] * letters + text[i]]++;
            if (i >= 2)
                triples[(text[i - 2] * letters + text[i - 1]) * letters + text[i]]++;
        }

        double[] equal = new double[letters];
        Array.Fill(equal, 1.0 / letters);
        _probabilities = Mixed(triples, Mixed(pairs, Mixed(ones, equal, letters), weight), weight);
        _logProbabilities = [.. _probabilities.Select(Logarithm.Of)];
        _contexts = LongRun();
    }

    /// <summary>n.</summary>
    public int Letters { get; }

    /// <summary>p(c | a, b), at (a n + b) n + c: one row of n per pair, each summing to one.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>ln p(c | a, b), in the same order.</summary>
    public ReadOnlySpan<double> LogProbabilities => _logProbabilities;

    /// <summary>How often the model, writing on and on, has just written a and then b: its stationary distribution, at a n + b.</summary>
    public ReadOnlySpan<double> Contexts => _contexts;

    /// <summary>After each pair of letters, the text that the model gives the greatest probability of all texts of that length.</summary>
    /// <remarks>By Viterbi's recursion (1967), from the end: O(length n^3). Of equally probable letters the first is taken.</remarks>
    /// <param name="length">The letters to write, at least 1.</param>
    /// <returns>n^2 texts, that after a and b at a n + b, without these two.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    public int[][] MostProbable(int length)
    {
        Shape.Positive(length, nameof(length));
        int n = Letters;
        double[] best = new double[n * n], before = new double[n * n];
        int[][] choices = new int[length][];
        for (int k = length - 1; k >= 0; k--)
        {
            choices[k] = new int[n * n];
            for (int context = 0; context < n * n; context++)
            {
                before[context] = double.NegativeInfinity;
                for (int c = 0; c < n; c++)
                {
                    double value = _logProbabilities[context * n + c] + best[context % n * n + c];
                    if (value > before[context])
                        (before[context], choices[k][context]) = (value, c);
                }
            }

            (best, before) = (before, best);
        }

        return [.. Enumerable.Range(0, n * n).Select(Text)];

        int[] Text(int context)
        {
            int[] text = new int[length];
            for (int k = 0; k < length; k++)
            {
                text[k] = choices[k][context];
                context = context % n * n + text[k];
            }

            return text;
        }
    }

    // The rows of counts, each mixed with the row of the shorter view that belongs to it: that of the same last letters.
    private double[] Mixed(double[] counts, double[] shorter, double weight)
    {
        double[] mixed = new double[counts.Length];
        for (int start = 0; start < counts.Length; start += Letters)
        {
            double total = weight;
            for (int c = 0; c < Letters; c++)
                total += counts[start + c];
            for (int c = 0; c < Letters; c++)
                mixed[start + c] = (counts[start + c] + weight * shorter[(start + c) % shorter.Length]) / total;
        }

        return mixed;
    }

    // Every pair can follow every other within two letters, so that the steps converge, as fast as a power.
    private double[] LongRun()
    {
        int n = Letters;
        double[] now = new double[n * n], next = new double[n * n];
        Array.Fill(now, 1.0 / now.Length);
        double change = 1;
        for (int step = 0; step < 2000 && change > 1e-16; step++)
        {
            Array.Clear(next);
            for (int context = 0; context < now.Length; context++)
            {
                for (int c = 0; c < n; c++)
                    next[context % n * n + c] += now[context] * _probabilities[context * n + c];
            }

            change = 0;
            for (int i = 0; i < now.Length; i++)
                change = Math.Max(change, Math.Abs(next[i] - now[i]));
            (now, next) = (next, now);
        }

        return now;
    }
}
