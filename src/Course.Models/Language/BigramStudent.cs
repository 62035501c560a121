namespace Course.Models;

/// <summary>A language model that sees one letter, taught by one that sees two: its losses, exact, with their gradients.</summary>
/// <remarks>
/// <para>With n letters, the flat parameters are the logits of q(c | b), n x n, row-major by b. Both models are given two letters, drawn
/// from the teacher's <see cref="TrigramTeacher.Contexts"/>, and write L letters. A context is the pair (a, b) before a letter, and a
/// distribution of contexts has n x n elements, at a n + b. By the chain rule the divergence of the texts, divided by L, is a mean of the
/// divergence of the next letter: over the contexts in the texts of the first argument.</para>
/// <para>In nats; arithmetic alone: the same bits on every machine. What it works in is its own: not for several threads at once.
/// Source: Hinton, Vinyals and Dean (2015), Agarwal et al. (2024) for losses on given contexts, Gu et al. (2024) for the gradient that
/// goes through them.</para>
/// </remarks>
public sealed class BigramStudent
{
    private readonly double[] _logits, _q, _logQ, _slopes, _last, _costs;

    /// <summary>A student of a teacher.</summary>
    /// <param name="teacher">Whom it is compared with.</param>
    /// <param name="length">L, the letters of a text, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    public BigramStudent(TrigramTeacher teacher, int length)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        Shape.Positive(length, nameof(length));
        Teacher = teacher;
        Length = length;
        int n = teacher.Letters;
        _logits = new double[n * n];
        _q = new double[n * n];
        _logQ = new double[n * n];
        _slopes = new double[n * n];
        _costs = new double[n * n];
        _last = new double[length * n];
    }

    /// <summary>The teacher.</summary>
    public TrigramTeacher Teacher { get; }

    /// <summary>L.</summary>
    public int Length { get; }

    /// <summary>n^2.</summary>
    public int ParameterCount => Teacher.Letters * Teacher.Letters;

    /// <summary>q(c | b), at b n + c.</summary>
    /// <param name="parameters">The logits.</param>
    /// <returns>n rows that sum to one.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> of them, or one is not finite.</exception>
    public double[] Probabilities(ReadOnlySpan<double> parameters)
    {
        Run(parameters);
        return [.. _q];
    }

    /// <summary>How often each pair of letters stands before a letter of the student's own texts, averaged over the L letters.</summary>
    /// <param name="parameters">The logits.</param>
    /// <returns>A distribution of contexts.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> of them, or one is not finite.</exception>
    public double[] Contexts(ReadOnlySpan<double> parameters)
    {
        Run(parameters);
        return OwnContexts();
    }

    /// <summary>The contexts in a number of texts that the student writes: what <see cref="Contexts"/> is the mean of.</summary>
    /// <param name="parameters">The logits.</param>
    /// <param name="texts">How many, at least 1.</param>
    /// <param name="random">Where the letters come from.</param>
    /// <returns>A distribution of contexts.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> logits, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="texts"/> is not positive.</exception>
    public double[] DrawnContexts(ReadOnlySpan<double> parameters, int texts, SeededRandom random)
    {
        Shape.Positive(texts, nameof(texts));
        double[] contexts = new double[ParameterCount];
        for (int t = 0; t < texts; t++)
        {
            int[] text = Write(parameters, random);
            for (int k = 0; k < Length; k++)
                contexts[text[k] * Teacher.Letters + text[k + 1]] += 1.0 / texts / Length;
        }

        return contexts;
    }

    /// <summary>A text of the student.</summary>
    /// <param name="parameters">The logits.</param>
    /// <param name="random">Where the letters come from.</param>
    /// <returns>The two letters that are given, and the L letters that it writes.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> logits, or one is not finite.</exception>
    public int[] Write(ReadOnlySpan<double> parameters, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Run(parameters);
        int n = Teacher.Letters, given = random.Outcome(Teacher.Contexts);
        int[] text = new int[Length + 2];
        (text[0], text[1]) = (given / n, given % n);
        for (int k = 2; k < text.Length; k++)
            text[k] = random.Outcome(_q.AsSpan(text[k - 1] * n, n));
        return text;
    }

    /// <summary>The loss letter by letter, on contexts that are held fixed: the mean of J_w/(w (1 - w)) of the two next letters.</summary>
    /// <remarks>
    /// J_w = w KL(p || m) + (1 - w) KL(q || m) with p the teacher's, q the student's and m = w p + (1 - w) q. At w = 0 this is KL(p || q),
    /// at w = 1 KL(q || p): its limits.
    /// </remarks>
    /// <param name="parameters">The logits.</param>
    /// <param name="contexts">The distribution of contexts: the teacher's, the student's own, or that of texts drawn.</param>
    /// <param name="weight">w, in [0, 1].</param>
    /// <param name="gradient">Receives the gradient by the logits, the contexts being constants; empty if not wanted.</param>
    /// <returns>The mean, in nats per letter.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or a logit is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is not in [0, 1].</exception>
    public double LetterLoss(ReadOnlySpan<double> parameters, ReadOnlySpan<double> contexts, double weight, Span<double> gradient = default)
    {
        Shape.Length(contexts.Length, ParameterCount, nameof(contexts), "one number per pair of letters");
        Shape.Fraction(weight, nameof(weight), orOne: true);
        Shape.Wanted(gradient.Length, ParameterCount, nameof(gradient), "one number per parameter");
        Run(parameters);
        double loss = LossOn(contexts, weight);
        if (!gradient.IsEmpty)
            _slopes.CopyTo(gradient);
        return loss;
    }

    /// <summary>KL(texts of the teacher || texts of the student)/L: the letter loss of weight 0 on the teacher's own contexts.</summary>
    /// <param name="parameters">The logits.</param>
    /// <returns>The divergence, in nats per letter.</returns>
    /// <exception cref="ArgumentException">There are not <see cref="ParameterCount"/> logits, or one is not finite.</exception>
    public double Forward(ReadOnlySpan<double> parameters) => LetterLoss(parameters, Teacher.Contexts, 0);

    /// <summary>KL(texts of the student || texts of the teacher)/L, and its gradient, that by what follows a letter included.</summary>
    /// <remarks>
    /// Let r(a, b) be the divergence of the next letter, and let R_k(b, c) be what all letters after the k-th add on average if the k-th
    /// is c and b stands before it: R_k(b, c) = r(b, c) + the mean of R_(k+1)(c, .), and nothing after the last. The gradient is that of
    /// the letter loss on the student's own contexts, plus the mean over k of P(b before the k-th) q(c | b) (R_k(b, c) - its mean under q).
    /// O(n^3 + L n^2). Source: the policy gradient theorem (Sutton et al. 2000), with r as the cost.
    /// </remarks>
    /// <param name="parameters">The logits.</param>
    /// <param name="gradient">Receives the gradient by the logits; empty if not wanted.</param>
    /// <returns>The divergence, in nats per letter.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or a logit is not finite.</exception>
    public double Reverse(ReadOnlySpan<double> parameters, Span<double> gradient = default)
    {
        Shape.Wanted(gradient.Length, ParameterCount, nameof(gradient), "one number per parameter");
        Run(parameters);
        double divergence = LossOn(OwnContexts(), 1);
        if (!gradient.IsEmpty)
        {
            _slopes.CopyTo(gradient);
            AddWhatFollows(gradient);
        }

        return divergence;
    }

    private void Run(ReadOnlySpan<double> parameters)
    {
        Shape.Length(parameters.Length, ParameterCount, nameof(parameters), "one logit per pair of letters");
        Shape.Finite(parameters, nameof(parameters));
        int n = Teacher.Letters;
        parameters.CopyTo(_logits);
        DenseKernels.Softmax(_logits, n, _q);
        for (int row = 0; row < _q.Length; row += n)
        {
            // ln q = logit - ln of the sum, so that it stays finite where q is too small for a double.
            int largest = row;
            for (int i = row; i < row + n; i++)
                largest = _logits[i] > _logits[largest] ? i : largest;
            double logSum = _logits[largest] - Logarithm.Of(_q[largest]);
            for (int i = row; i < row + n; i++)
                _logQ[i] = _logits[i] - logSum;
        }
    }

    // After Run. Fills _last: how probable each letter is as the last one before the k-th, k = 0, ..., L - 1.
    private double[] OwnContexts()
    {
        int n = Teacher.Letters;
        double[] contexts = [.. Teacher.Contexts];
        Array.Clear(_last);
        for (int i = 0; i < contexts.Length; i++)
            _last[i % n] += contexts[i];
        for (int k = 1; k < Length; k++)
        {
            Span<double> before = _last.AsSpan((k - 1) * n, n), now = _last.AsSpan(k * n, n);
            for (int b = 0; b < n; b++)
            {
                for (int c = 0; c < n; c++)
                {
                    double both = before[b] * _q[b * n + c];
                    contexts[b * n + c] += both;
                    now[c] += both;
                }
            }
        }

        for (int i = 0; i < contexts.Length; i++)
            contexts[i] /= Length;
        return contexts;
    }

    // After Run. The loss; _slopes becomes its gradient by the logits.
    private double LossOn(ReadOnlySpan<double> contexts, double weight)
    {
        int n = Teacher.Letters;
        ReadOnlySpan<double> p = Teacher.Probabilities, logP = Teacher.LogProbabilities;
        Array.Clear(_slopes);
        double loss = 0;
        for (int context = 0; context < contexts.Length; context++)
        {
            double share = contexts[context];
            int at = context * n, own = context % n * n;
            if (share == 0)
                continue;
            for (int c = 0; c < n; c++)
            {
                double teacher = p[at + c], student = _q[own + c], logRatio = _logQ[own + c] - logP[at + c];
                if (weight == 0)
                {
                    loss -= share * teacher * logRatio;
                    _slopes[own + c] += share * (student - teacher);
                }
                else if (weight == 1)
                {
                    loss += share * student * logRatio;
                    _slopes[own + c] += share * logRatio;
                }
                else
                {
                    double logMixture = Logarithm.Of(weight * teacher + (1 - weight) * student);
                    double above = _logQ[own + c] - logMixture;
                    loss += share * (teacher * (logP[at + c] - logMixture) / (1 - weight) + student * above / weight);
                    _slopes[own + c] += share * above / weight;
                }
            }
        }

        if (weight > 0)
            BySlopesOfProbabilities();
        return loss;
    }

    // From the slopes by q(c | b), up to a constant in each row, to those by the logits: q (slope - the mean of the slopes under q).
    private void BySlopesOfProbabilities()
    {
        int n = Teacher.Letters;
        for (int row = 0; row < _slopes.Length; row += n)
        {
            double mean = 0;
            for (int i = row; i < row + n; i++)
                mean += _q[i] * _slopes[i];
            for (int i = row; i < row + n; i++)
                _slopes[i] = _q[i] * (_slopes[i] - mean);
        }
    }

    // After OwnContexts.
    private void AddWhatFollows(Span<double> gradient)
    {
        int n = Teacher.Letters;
        ReadOnlySpan<double> logP = Teacher.LogProbabilities;
        for (int context = 0; context < _costs.Length; context++)
        {
            double cost = 0;
            for (int c = 0, own = context % n * n; c < n; c++)
                cost += _q[own + c] * (_logQ[own + c] - logP[context * n + c]);
            _costs[context] = cost;
        }

        // later[c]: the mean of R_(k+1)(c, .).
        double[] later = new double[n], earlier = new double[n];
        for (int k = Length - 2; k >= 0; k--)
        {
            for (int b = 0; b < n; b++)
            {
                double mean = 0, share = _last[k * n + b] / Length;
                for (int c = 0; c < n; c++)
                    mean += _q[b * n + c] * (_costs[b * n + c] + later[c]);
                for (int c = 0; c < n; c++)
                    gradient[b * n + c] += share * _q[b * n + c] * (_costs[b * n + c] + later[c] - mean);
                earlier[b] = mean;
            }

            (later, earlier) = (earlier, later);
        }
    }
}
