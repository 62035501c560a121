using RelativeEntropy.Numerics;

namespace RelativeEntropy;

/// <summary>
/// The linear-Gaussian latent-variable model: z ~ N(priorMean, priorCovariance) of k dimensions, x given z ~ N(W z + b, diag(noiseVariance)) of d.
/// Factor analysis, probabilistic principal components, Bayesian linear regression and the linear variational autoencoder are such models.
/// </summary>
/// <remarks>
/// <para>Evidence, bound and gap are three functions, each exact: <see cref="LogEvidence"/> = <see cref="Bound"/> + <see cref="Gap"/> for every normal q and every x.
/// All in nats, for one x.</para>
/// <para>With the Cholesky factor L of the prior covariance, z = priorMean + L e and G = diag(noiseVariance)^-1/2 W L, everything rests on the factor of I + G'G, k x k:
/// no matrix is inverted and none of d x d is formed. The model is immutable, made in time O(d k^2 + k^3), and its functions may be called from many threads.</para>
/// <para>A covariance is a k x k matrix, row by row, of which only the lower triangle is read. NaN gives NaN, what is bad throws. Nothing is allocated where a work
/// buffer is lent. Errors are relative to the largest term and to K = k (the condition number of I + G'G, in the row-sum norm) times those of the covariances with unit variances:
/// at most 16 eps K, eps = 2^-52.</para>
/// <para>Source: Roweis and Ghahramani (1999); Tipping and Bishop (1999); Bishop (2006), section 2.3.3.</para>
/// </remarks>
/// <example><code>
/// LinearGaussianModel model = new(priorMean: [0], priorCovariance: [1], weights: [2], offset: [1], noiseVariance: [0.5]);
/// double[] mean = new double[1], covariance = new double[1];
/// model.Posterior([3], mean, covariance);     // mean = [0.8888888889]
/// double evidence = model.LogEvidence([3]);   // -2.115421676
/// </code></example>
public sealed class LinearGaussianModel
{
    private const double LogTwoPi = 1.8378770664093455;

    private readonly double[] _priorMean;
    private readonly double[] _priorCovariance;
    private readonly double[] _weights;
    private readonly double[] _offset;
    private readonly double[] _noiseVariance;
    private readonly bool _anyNaN;

    /// <summary>G, d x k.</summary>
    private readonly double[] _gain;

    /// <summary>The factor C of I + G'G.</summary>
    private readonly double[] _factor;

    /// <summary>A' with A = L C'^-1, so that A A' is the covariance of the posterior.</summary>
    private readonly double[] _posteriorRoot;
    private readonly double[] _posteriorCovariance;

    /// <summary>log det of 2 pi times the covariance of x.</summary>
    private readonly double _logDeterminant;

    /// <summary>The model with these parameters, which are copied.</summary>
    /// <param name="priorMean">k means of the latent variable.</param>
    /// <param name="priorCovariance">Its k x k covariance matrix, row by row; the lower triangle is read.</param>
    /// <param name="weights">W, d x k, row by row: a row for each observed dimension.</param>
    /// <param name="offset">b, d elements.</param>
    /// <param name="noiseVariance">d variances of the observations given z.</param>
    /// <exception cref="ArgumentException">A span is empty or of the wrong length; an element is infinite; a noise variance is not positive; the prior covariance is not
    /// positive definite (the message names the order of the leading minor).</exception>
    public LinearGaussianModel(
        ReadOnlySpan<double> priorMean, ReadOnlySpan<double> priorCovariance, ReadOnlySpan<double> weights, ReadOnlySpan<double> offset, ReadOnlySpan<double> noiseVariance)
    {
        int k = priorMean.Length, d = offset.Length;
        Check.NotEmpty(k, nameof(priorMean));
        Check.FiniteOrNaN(priorMean, nameof(priorMean));
        Covariance.CheckElements(priorCovariance, k, nameof(priorCovariance));
        Check.SameNonZeroLength(d, noiseVariance.Length, nameof(offset), nameof(noiseVariance));
        Check.FiniteOrNaN(offset, nameof(offset));
        Check.PositiveOrNaN(noiseVariance, nameof(noiseVariance));
        if (weights.Length != (long)d * k)
            throw new ArgumentException(FormattableString.Invariant($"weights has {weights.Length} elements; a {d} x {k} matrix has {(long)d * k}."), nameof(weights));
        Check.FiniteOrNaN(weights, nameof(weights));

        (_priorMean, _priorCovariance, _weights) = (priorMean.ToArray(), priorCovariance.ToArray(), weights.ToArray());
        (_offset, _noiseVariance) = (offset.ToArray(), noiseVariance.ToArray());
        _anyNaN = Covariance.AnyNaN(priorMean) || Covariance.AnyNaNBelow(priorCovariance, k)
            || Covariance.AnyNaN(weights) || Covariance.AnyNaN(offset) || Covariance.AnyNaN(noiseVariance);

        var priorFactor = new double[k * k];
        LoadFactor(priorCovariance, k, nameof(priorCovariance), priorFactor, new double[k]);
        _gain = new double[d * k];
        Product(_weights, priorFactor, _gain);
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < k; j++)
                _gain[i * k + j] /= Math.Sqrt(_noiseVariance[i]);
        }

        _factor = new double[k * k];
        for (int p = 0; p < k; p++)
        {
            for (int q = 0; q <= p; q++)
            {
                CompensatedSum sum = default;
                for (int i = 0; i < d; i++)
                    sum.Add(_gain[i * k + p] * _gain[i * k + q]);
                _factor[p * k + q] = sum.Value + (p == q ? 1 : 0);
            }
        }

        Covariance.Factor(_factor, k, nameof(weights));
        CompensatedSum logDeterminant = default;
        for (int i = 0; i < d; i++)
            logDeterminant.Add(LogTwoPi + Elementary.Log(_noiseVariance[i]));
        for (int p = 0; p < k; p++)
            logDeterminant.Add(2 * Elementary.Log(_factor[p * k + p]));
        _logDeterminant = logDeterminant.Value;

        _posteriorRoot = new double[k * k];
        for (int p = 0; p < k; p++)
        {
            for (int q = 0; q <= p; q++)
                _posteriorRoot[q * k + p] = priorFactor[p * k + q];
        }

        Triangular.Solve(_factor, k, _posteriorRoot, k);
        _posteriorCovariance = new double[k * k];
        for (int p = 0; p < k; p++)
        {
            for (int q = 0; q <= p; q++)
            {
                CompensatedSum sum = default;
                for (int j = 0; j < k; j++)
                    sum.Add(_posteriorRoot[j * k + p] * _posteriorRoot[j * k + q]);
                _posteriorCovariance[p * k + q] = _posteriorCovariance[q * k + p] = sum.Value;
            }
        }
    }

    /// <summary>k, the dimension of z.</summary>
    public int LatentDimension => _priorMean.Length;

    /// <summary>d, the dimension of x.</summary>
    public int ObservedDimension => _offset.Length;

    /// <summary>How many elements of work each function needs: 4 k^2 + 5 k + d.</summary>
    public int WorkLength => MultivariateGaussian.WorkLength(LatentDimension) + LatentDimension + ObservedDimension;

    /// <summary>log p(x), the log-density of N(W priorMean + b, W priorCovariance W' + diag(noiseVariance)).</summary>
    /// <remarks>
    /// -(log det(2 pi S) + |r - G e|^2 + |e|^2)/2 with r the standardised residual of x at the prior mean and e = (I + G'G)^-1 G' r the posterior mean of the whitened
    /// latent variable: the quadratic form as a sum of squares, where the matrix inversion lemma would subtract. Time O(d k + k^2).
    /// </remarks>
    /// <param name="x">d observed values.</param>
    /// <param name="work">At least <see cref="WorkLength"/> elements, overwritten; empty to have it rented from the pool.</param>
    /// <returns>A number in [-infinity, +infinity); NaN if an element is NaN.</returns>
    /// <exception cref="ArgumentException">x has not d elements, or an infinite one;
    /// the work buffer is too short or overlaps an argument.</exception>
    public double LogEvidence(ReadOnlySpan<double> x, Span<double> work = default)
    {
        CheckObserved(x);
        using WorkBuffer buffer = new WorkBuffer(work, WorkLength).ApartFrom(x, nameof(x));
        Span<double> residual = buffer.Span[..ObservedDimension], latent = buffer.Span.Slice(ObservedDimension, LatentDimension);
        Project(x, residual, latent);
        Triangular.SolveTransposed(_factor, latent.Length, latent);
        CompensatedSum squares = default;
        for (int i = 0; i < residual.Length; i++)
        {
            double left = residual[i];
            for (int j = 0; j < latent.Length; j++)
                left = Math.FusedMultiplyAdd(-_gain[i * latent.Length + j], latent[j], left);
            squares.Add(left * left);
        }

        foreach (double e in latent)
            squares.Add(e * e);
        return -Covariance.Resolve(0.5 * (_logDeterminant + squares.Value), _anyNaN || Covariance.AnyNaN(x));
    }

    /// <summary>The normal distribution of z given x.</summary>
    /// <remarks>Mean priorMean + L (I + G'G)^-1 G' r, covariance L (I + G'G)^-1 L', the same for every x. Time O(d k + k^2).</remarks>
    /// <param name="x">d observed values.</param>
    /// <param name="mean">Receives the k means.</param>
    /// <param name="covariance">Receives the k x k covariance matrix, both triangles; empty if not wanted.</param>
    /// <param name="work">At least <see cref="WorkLength"/> elements, overwritten; empty to have it rented from the pool.</param>
    /// <exception cref="ArgumentException">x has not d elements, or an infinite one; a destination or the work buffer is too short,
    /// or overlaps another argument.</exception>
    public void Posterior(ReadOnlySpan<double> x, Span<double> mean, Span<double> covariance, Span<double> work = default)
    {
        CheckObserved(x);
        Check.Holds(mean.Length, LatentDimension, nameof(mean));
        Check.Wanted(covariance.Length, _posteriorCovariance.Length, nameof(covariance));
        Check.Distinct<double, double>(x, nameof(x), mean, nameof(mean));
        Check.Distinct<double, double>(x, nameof(x), covariance, nameof(covariance));
        Check.Distinct<double, double>(mean, nameof(mean), covariance, nameof(covariance));
        using WorkBuffer buffer = new WorkBuffer(work, WorkLength)
            .ApartFrom(x, nameof(x)).ApartFrom<double>(mean, nameof(mean)).ApartFrom<double>(covariance, nameof(covariance));
        PosteriorMean(x, mean, buffer.Span);
        if (!covariance.IsEmpty)
            _posteriorCovariance.CopyTo(covariance);
    }

    /// <summary>E log p(x | z) under z ~ N(qMean, qCovariance).</summary>
    /// <remarks>-(log(2 pi v_i) + ((x_i - w_i qMean - b_i)^2 + w_i qCovariance w_i')/v_i)/2 summed over i, w_i the rows of W; the form in the covariance as a sum of squares
    /// by its Cholesky factor. Time O(d k^2 + k^3).</remarks>
    /// <param name="x">d observed values.</param>
    /// <param name="qMean">The k means of q.</param>
    /// <param name="qCovariance">The k x k covariance matrix of q, row by row; the lower triangle is read.</param>
    /// <param name="work">At least <see cref="WorkLength"/> elements, overwritten; empty to have it rented from the pool.</param>
    /// <returns>A number in [-infinity, +infinity); NaN if an element is NaN.</returns>
    /// <exception cref="ArgumentException">A length does not fit; an element is infinite; the covariance is not positive definite (the message names the order of the
    /// leading minor); the work buffer is too short or overlaps an argument.</exception>
    public double ExpectedLogLikelihood(ReadOnlySpan<double> x, ReadOnlySpan<double> qMean, ReadOnlySpan<double> qCovariance, Span<double> work = default)
    {
        CheckObserved(x);
        CheckApproximation(qMean, qCovariance);
        using WorkBuffer buffer = Lent(work, x, qMean, qCovariance);
        return Likelihood(x, qMean, qCovariance, buffer.Span);
    }

    /// <summary>The evidence lower bound at q = N(qMean, qCovariance): E log p(x | z) - KL(q || prior).</summary>
    /// <remarks>Time O(d k^2 + k^3). Source: Jordan, Ghahramani, Jaakkola and Saul (1999).</remarks>
    /// <param name="x">d observed values.</param>
    /// <param name="qMean">The k means of q.</param>
    /// <param name="qCovariance">The k x k covariance matrix of q, row by row; the lower triangle is read.</param>
    /// <param name="work">At least <see cref="WorkLength"/> elements, overwritten; empty to have it rented from the pool.</param>
    /// <returns>At most <see cref="LogEvidence"/>, equal where q is the posterior; NaN if an element is NaN.</returns>
    /// <exception cref="ArgumentException">A length does not fit; an element is infinite; the covariance is not positive definite (the message names the order of the
    /// leading minor); the work buffer is too short or overlaps an argument.</exception>
    public double Bound(ReadOnlySpan<double> x, ReadOnlySpan<double> qMean, ReadOnlySpan<double> qCovariance, Span<double> work = default)
    {
        CheckObserved(x);
        CheckApproximation(qMean, qCovariance);
        using WorkBuffer buffer = Lent(work, x, qMean, qCovariance);
        double likelihood = Likelihood(x, qMean, qCovariance, buffer.Span);
        return likelihood - MultivariateGaussian.KullbackLeiblerOf(qMean, qCovariance, _priorMean, _priorCovariance, buffer.Span, nameof(qCovariance));
    }

    /// <summary>What the bound lacks: KL(N(qMean, qCovariance) || posterior), by itself and not as a difference.</summary>
    /// <remarks>Right to 16 eps K also where q is next to the posterior, as <see cref="MultivariateGaussian"/> is; the posterior is the rounded one of <see cref="Posterior"/>. Time O(d k + k^3).</remarks>
    /// <param name="x">d observed values.</param>
    /// <param name="qMean">The k means of q.</param>
    /// <param name="qCovariance">The k x k covariance matrix of q, row by row; the lower triangle is read.</param>
    /// <param name="work">At least <see cref="WorkLength"/> elements, overwritten; empty to have it rented from the pool.</param>
    /// <returns>A number in [0, +infinity], 0 only where q is the posterior; NaN if an element is NaN.</returns>
    /// <exception cref="ArgumentException">A length does not fit; an element is infinite; the covariance is not positive definite (the message names the order of the
    /// leading minor); the work buffer is too short or overlaps an argument.</exception>
    public double Gap(ReadOnlySpan<double> x, ReadOnlySpan<double> qMean, ReadOnlySpan<double> qCovariance, Span<double> work = default)
    {
        CheckObserved(x);
        CheckApproximation(qMean, qCovariance);
        using WorkBuffer buffer = Lent(work, x, qMean, qCovariance);
        Span<double> mean = buffer.Span[^LatentDimension..];
        PosteriorMean(x, mean, buffer.Span[..^LatentDimension]);
        return MultivariateGaussian.KullbackLeiblerOf(qMean, qCovariance, mean, _posteriorCovariance, buffer.Span[..^LatentDimension], nameof(qCovariance));
    }

    /// <summary>The bound and its derivatives by q and by the parameters of the likelihood that a linear autoencoder learns.</summary>
    /// <remarks>
    /// By qMean: P^-1 (p - qMean) and by qCovariance: (qCovariance^-1 - P^-1)/2, for the posterior N(p, P), since the bound is the evidence less the gap: zero at the
    /// posterior, and accurate near there. The latter is a symmetric matrix H such that a small symmetric change dS changes the bound by tr(H dS).
    /// With s = x - W qMean - b, by b: s/v; by W: (s qMean' - W qCovariance)/v, row by row. Time O(d k^2 + k^3).
    /// </remarks>
    /// <param name="x">d observed values.</param>
    /// <param name="qMean">The k means of q.</param>
    /// <param name="qCovariance">The k x k covariance matrix of q, row by row; the lower triangle is read.</param>
    /// <param name="qMeanGradient">Receives k derivatives by qMean; empty if not wanted, as each of the four may be.</param>
    /// <param name="qCovarianceGradient">Receives the k x k derivatives by qCovariance, both triangles.</param>
    /// <param name="weightsGradient">Receives the d x k derivatives by W.</param>
    /// <param name="offsetGradient">Receives d derivatives by b.</param>
    /// <param name="work">At least <see cref="WorkLength"/> elements, overwritten; empty to have it rented from the pool.</param>
    /// <returns>The bound, with the bits of <see cref="Bound"/>.</returns>
    /// <exception cref="ArgumentException">A length does not fit; an element is infinite; the covariance is not positive definite (the message names the order of the
    /// leading minor); a destination or the work buffer is too short, or overlaps another argument.</exception>
    public double BoundGradient(
        ReadOnlySpan<double> x, ReadOnlySpan<double> qMean, ReadOnlySpan<double> qCovariance,
        Span<double> qMeanGradient, Span<double> qCovarianceGradient, Span<double> weightsGradient, Span<double> offsetGradient, Span<double> work = default)
    {
        int k = LatentDimension, d = ObservedDimension;
        Check.Wanted(qMeanGradient.Length, k, nameof(qMeanGradient));
        Check.Wanted(qCovarianceGradient.Length, k * k, nameof(qCovarianceGradient));
        Check.Wanted(weightsGradient.Length, d * k, nameof(weightsGradient));
        Check.Wanted(offsetGradient.Length, d, nameof(offsetGradient));
        CheckApart(x, qMean, qCovariance, qMeanGradient, nameof(qMeanGradient));
        CheckApart(x, qMean, qCovariance, qCovarianceGradient, nameof(qCovarianceGradient));
        CheckApart(x, qMean, qCovariance, weightsGradient, nameof(weightsGradient));
        CheckApart(x, qMean, qCovariance, offsetGradient, nameof(offsetGradient));
        Check.Distinct<double>(
            qMeanGradient, nameof(qMeanGradient), qCovarianceGradient, nameof(qCovarianceGradient),
            weightsGradient, nameof(weightsGradient), offsetGradient, nameof(offsetGradient));
        using WorkBuffer buffer = Lent(work, x, qMean, qCovariance)
            .ApartFrom<double>(qMeanGradient, nameof(qMeanGradient)).ApartFrom<double>(qCovarianceGradient, nameof(qCovarianceGradient))
            .ApartFrom<double>(weightsGradient, nameof(weightsGradient)).ApartFrom<double>(offsetGradient, nameof(offsetGradient));
        double value = Bound(x, qMean, qCovariance, buffer.Span);

        if (!qMeanGradient.IsEmpty || !qCovarianceGradient.IsEmpty)
        {
            Span<double> mean = buffer.Span[^k..];
            PosteriorMean(x, mean, buffer.Span[..^k]);
            MultivariateGaussian.KullbackLeiblerGradient(qMean, qCovariance, mean, _posteriorCovariance, qMeanGradient, qCovarianceGradient, [], [], buffer.Span[..^k]);
            Negate(qMeanGradient[..Math.Min(qMeanGradient.Length, k)]);
            Negate(qCovarianceGradient[..Math.Min(qCovarianceGradient.Length, k * k)]);
        }

        for (int i = 0; i < d; i++)
        {
            double residual = Residual(x, qMean, i);
            if (!offsetGradient.IsEmpty)
                offsetGradient[i] = residual / _noiseVariance[i];
            for (int p = 0; p < k && !weightsGradient.IsEmpty; p++)
            {
                double spread = 0;
                for (int j = 0; j < k; j++)
                    spread = Math.FusedMultiplyAdd(_weights[i * k + j], qCovariance[Math.Max(p, j) * k + Math.Min(p, j)], spread);
                weightsGradient[i * k + p] = (residual * qMean[p] - spread) / _noiseVariance[i];
            }
        }

        return value;
    }

    private WorkBuffer Lent(Span<double> work, ReadOnlySpan<double> x, ReadOnlySpan<double> qMean, ReadOnlySpan<double> qCovariance) =>
        new WorkBuffer(work, WorkLength)
            .ApartFrom(x, nameof(x)).ApartFrom(qMean, nameof(qMean)).ApartFrom(qCovariance, nameof(qCovariance));

    private static void CheckApart(
        ReadOnlySpan<double> x, ReadOnlySpan<double> qMean, ReadOnlySpan<double> qCovariance, ReadOnlySpan<double> gradient, string name)
    {
        Check.Distinct(x, nameof(x), gradient, name);
        Check.Distinct(qMean, nameof(qMean), gradient, name);
        Check.Distinct(qCovariance, nameof(qCovariance), gradient, name);
    }

    private double Likelihood(ReadOnlySpan<double> x, ReadOnlySpan<double> qMean, ReadOnlySpan<double> qCovariance, Span<double> work)
    {
        int k = LatentDimension;
        Span<double> factor = work[..(k * k)], scales = work.Slice(k * k, k);
        LoadFactor(qCovariance, k, nameof(qCovariance), factor, scales);
        CompensatedSum sum = default;
        for (int i = 0; i < x.Length; i++)
        {
            double residual = Residual(x, qMean, i), squares = residual * residual;
            for (int j = 0; j < k; j++)
            {
                double product = 0;
                for (int p = j; p < k; p++)
                    product = Math.FusedMultiplyAdd(_weights[i * k + p], factor[p * k + j], product);
                squares = Math.FusedMultiplyAdd(product, product, squares);
            }

            sum.Add(LogTwoPi + Elementary.Log(_noiseVariance[i]));
            sum.Add(squares / _noiseVariance[i]);
        }

        bool anyNaN = _anyNaN || Covariance.AnyNaN(x) || Covariance.AnyNaN(qMean) || Covariance.AnyNaNBelow(qCovariance, k);
        return -Covariance.Resolve(0.5 * sum.Value, anyNaN);
    }

    /// <summary>r, and C^-1 G' r: what is left to do for the posterior mean of e is to solve with C'.</summary>
    private void Project(ReadOnlySpan<double> x, Span<double> residual, Span<double> latent)
    {
        latent.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            residual[i] = Residual(x, _priorMean, i) / Math.Sqrt(_noiseVariance[i]);
            for (int j = 0; j < latent.Length; j++)
                latent[j] = Math.FusedMultiplyAdd(_gain[i * latent.Length + j], residual[i], latent[j]);
        }

        Triangular.Solve(_factor, latent.Length, latent);
    }

    private void PosteriorMean(ReadOnlySpan<double> x, Span<double> mean, Span<double> work)
    {
        int k = LatentDimension;
        Span<double> latent = work.Slice(ObservedDimension, k);
        Project(x, work[..ObservedDimension], latent);
        for (int p = 0; p < k; p++)
        {
            double step = 0;
            for (int j = 0; j < k; j++)
                step = Math.FusedMultiplyAdd(_posteriorRoot[j * k + p], latent[j], step);
            mean[p] = _priorMean[p] + step;
        }
    }

    private double Residual(ReadOnlySpan<double> x, ReadOnlySpan<double> mean, int i)
    {
        CompensatedSum sum = default;
        sum.Add(x[i]);
        sum.Add(-_offset[i]);
        for (int j = 0; j < mean.Length; j++)
            sum.Add(new TwoPart(_weights[i * mean.Length + j], 0).Times(-mean[j]));
        return sum.Value;
    }

    private static void LoadFactor(ReadOnlySpan<double> covariance, int k, string name, Span<double> factor, Span<double> scales)
    {
        Covariance.Load(covariance, k, factor);
        Covariance.Scales(factor, k, scales);
        Covariance.Scale(factor, k, scales);
        Covariance.Factor(factor, k, name);
        for (int p = 0; p < k; p++)
        {
            for (int q = 0; q < k; q++)
                factor[p * k + q] = q <= p ? factor[p * k + q] / scales[p] : 0;
        }
    }

    /// <summary>W L for a lower triangular L.</summary>
    private static void Product(ReadOnlySpan<double> w, ReadOnlySpan<double> l, Span<double> destination)
    {
        int k = (int)Math.Sqrt(l.Length);
        for (int i = 0; i < w.Length / k; i++)
        {
            for (int j = 0; j < k; j++)
            {
                double sum = 0;
                for (int p = j; p < k; p++)
                    sum = Math.FusedMultiplyAdd(w[i * k + p], l[p * k + j], sum);
                destination[i * k + j] = sum;
            }
        }
    }

    private static void Negate(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = -values[i];
    }

    private void CheckObserved(ReadOnlySpan<double> x)
    {
        if (x.Length != ObservedDimension)
            throw new ArgumentException(FormattableString.Invariant($"x has {x.Length} elements; the model has {ObservedDimension} observed dimensions."), nameof(x));
        Check.FiniteOrNaN(x, nameof(x));
    }

    private void CheckApproximation(ReadOnlySpan<double> qMean, ReadOnlySpan<double> qCovariance)
    {
        if (qMean.Length != LatentDimension)
            throw new ArgumentException(FormattableString.Invariant($"qMean has {qMean.Length} elements; the model has {LatentDimension} latent dimensions."), nameof(qMean));
        Check.FiniteOrNaN(qMean, nameof(qMean));
        Covariance.CheckElements(qCovariance, LatentDimension, nameof(qCovariance));
    }
}
