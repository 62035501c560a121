"""Reference tables for evidence lower bounds: from log-weights, discrete, conjugate and linear-Gaussian models. Run: python3 elbo.py

Each case has a list of values and, for each, the scale its error is relative to: for sums whose terms cancel the sum of their magnitudes; for a gap G
G itself where the posterior's parameters are exact, else G + sqrt(2 G) times the magnitude of those parameters in standard deviations, since the
posterior of a program is a rounded one; for matrices that times the condition numbers.
"""
import mpmath
from mpmath import digamma, exp, fsum, log, loggamma, mpf, pi, sqrt

from tables import Table, plain, stream

mpmath.mp.dps = 120
INF = float("inf")


def add(table, hard, results, **inputs):
    """results: pairs of a value and what its error is relative to"""
    table.add([v for v, _ in results], hard, **inputs)
    table.cases[-1]["scales"] = [plain(float(s)) for _, s in results]


def unit(seed, n):
    return [(x - 2**30) / 2**30 for x in stream(seed, n)]


# From log-weights.

def renyi(x, order):
    if order == INF or order == -INF:
        return min(x) if order > 0 else max(x)
    s = 1 - mpf(order)
    if s == 0:
        return fsum(x) / len(x)
    return log(fsum(exp(s * (y - max(x))) for y in x) / len(x)) / s + max(x)


def tilted(x, order):
    if order == INF or order == -INF:
        peak = renyi(x, order)
        count = sum(y == peak for y in x)
        return [mpf(y == peak) / count for y in x]
    w = [exp((1 - mpf(order)) * (y - max(x))) for y in x]
    return [y / fsum(w) for y in w]


t = Table("elbo_renyi", "log of the power mean of e^x with exponent 1 - order, and its derivatives by x")
SAMPLES = [([0.0], False), ([1.0, 2.0], False), ([-3.5, -3.0, -4.25, -2.75], False), ([10.0 * x for x in unit(601, 9)], False), ([-100.0 + 3 * x for x in unit(602, 50)], False),
           ([x - 1000 for x in unit(603, 5)], True), ([1e-6 * x for x in unit(604, 5)], True), ([7.0 + 1e-10 * x for x in unit(605, 5)], True), ([300.0 * x for x in unit(606, 7)], True),
           ([-1e5, 0.0, 1e5], True), ([2.0, 2.0, 2.0], True), ([1e-30, 0.0], True)]
for x, hard in SAMPLES:
    for order in [-INF, -30.0, -1.0, -1e-10, 0.0, 0.5, 0.9999999, 1 - 1e-13, 1.0, 1 + 1e-10, 1.5, 2.0, 20.0, INF]:
        y = [mpf(z) for z in x]
        value = renyi(y, order)
        peak = max(y) if order <= 1 else min(y)
        # A weight below the normal range is known to an absolute error only.
        add(t, hard or abs(order - 1) < 1e-6, [(value, max(abs(peak), abs(value - peak)))] + [(g, max(g, mpf("1e-290"))) for g in tilted(y, order)], logWeights=x, order=order)
t.write()

# A discrete latent variable.
t = Table("elbo_discrete", "sum q (l - log q); KL(q || e^l/sum e^l)")
for l, q, hard in [([-1.0, -2.0], [0.5, 0.5], False), ([-1.0, -2.0, -3.0], [0.25, 0.5, 0.25], False), ([-10.0, -10.5, -9.0, -30.0], [0.25, 0.25, 0.5, 0.0], False),
                   ([0.0, 0.0], [0.75, 0.25], False), ([2.0], [1.0], False), ([-700.0, -701.0], [0.375, 0.625], False), ([-1.5, -0.5, -2.5], [1.0, 0.0, 0.0], False),
                   ([-INF, 0.0, 1.0], [0.0, 0.5, 0.5], False), ([-1e4, -1e4 + 1, -1e4 - 2], [0.125, 0.75, 0.125], True), ([-1000.0, 0.0], [2.0**-40, 1 - 2.0**-40], True),
                   ([float(log(mpf(1) / 4)), float(log(mpf(3) / 4))], [0.25, 0.75], True), ([0.0, 1e-6], [0.5, 0.5], True), ([0.0, 1e-10, -1e-10, 0.0], [0.25] * 4, True), ([5.0 * x for x in unit(611, 32)], [1 / 32] * 32, False)]:
    ql = [(mpf(a), mpf(b)) for a, b in zip(q, l)]
    bound = fsum(a * (b - log(a)) for a, b in ql if a > 0)
    evidence = log(fsum(exp(b) for _, b in ql))
    gap = fsum(a * (log(a) - b + evidence) for a, b in ql if a > 0)
    add(t, hard, [(bound, fsum(a * (abs(b) + abs(log(a))) for a, b in ql if a > 0)), (gap, gap + sqrt(2 * gap) + mpf(2) ** -52)], logJoint=l, q=q)
t.write()


# Conjugate models: evidence, bound and gap. Parameters of the posterior are exact in doubles unless said otherwise.

def rising(a, n):
    return loggamma(mpf(a) + mpf(n)) - loggamma(mpf(a))


def gamma(a0, r0, a1, r1):
    a0, r0, a1, r1 = map(mpf, (a0, r0, a1, r1))
    return (a0 - a1) * digamma(a0) - loggamma(a0) + loggamma(a1) + a1 * log(r0 / r1) + a0 * (r1 - r0) / r0


def dirichlet(a, b):
    a, b = [mpf(x) for x in a], [mpf(x) for x in b]
    psi = digamma(fsum(a))
    return loggamma(fsum(a)) - fsum(loggamma(x) for x in a) - loggamma(fsum(b)) + fsum(loggamma(x) for x in b) + fsum((x - y) * (digamma(x) - psi) for x, y in zip(a, b))


def categorical(prior, q, counts):
    prior, q, counts = [[mpf(x) for x in y] for y in (prior, q, counts)]
    terms = [rising(a, n) for a, n in zip(prior, counts)] + [-rising(fsum(prior), fsum(counts))]
    likelihood = [n * digamma(a) for n, a in zip(counts, q)] + [-fsum(counts) * digamma(fsum(q))]
    divergence = dirichlet(q, prior)
    gap = dirichlet(q, [a + n for a, n in zip(prior, counts)])
    assert abs(fsum(terms) - fsum(likelihood) + divergence - gap) < mpf(10) ** -60
    return [(fsum(terms), fsum(abs(x) for x in terms)), (fsum(likelihood) - divergence, fsum(abs(x) for x in likelihood) + divergence), (gap, gap)]


def near(x, deltas):
    return [y * (1 + deltas[i % len(deltas)]) for i, y in enumerate(x)]


STEPS = [[1e-6, -1e-6], [1e-10, 2e-10], [0.0, 1e-6], [1e-10, 0.0]]

t = Table("beta_bernoulli", "log-evidence, bound and gap")
for prior, q, counts in [([1.0, 1.0], [1.0, 1.0], [0.0, 0.0]), ([1.0, 1.0], [3.0, 4.0], [3.0, 4.0]), ([2.0, 3.0], [4.0, 4.0], [10.0, 0.0]), ([0.5, 0.5], [1.0, 2.0], [1.0, 0.0]),
                         ([20.0, 30.0], [50.0, 60.0], [25.0, 35.0]), ([1.5, 2.5], [7.0, 7.0], [100.0, 200.0]), ([4.0, 4.0], [4.0, 4.0], [0.0, 1.0]), ([1.0, 1.0], [5.0, 2.0], [1.0, 1.0])]:
    add(t, False, categorical(prior, q, counts), prior=prior, q=q, counts=counts)
for prior, counts in [([1.0, 1.0], [3.0, 4.0]), ([0.5, 0.5], [0.0, 1.0]), ([2.0**-30, 1.0], [0.0, 5.0]), ([1e6, 1e6], [10.0, 3.0])]:
    for step in STEPS:
        q = near([a + n for a, n in zip(prior, counts)], step)
        add(t, True, categorical(prior, q, counts), prior=prior, q=q, counts=counts)
t.write()

t = Table("dirichlet_categorical", "log-evidence, bound and gap")
for prior, q, counts in [([1.0, 1.0, 1.0], [1.0, 1.0, 1.0], [0.0, 0.0, 0.0]), ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0], [1.0, 0.0, 5.0]), ([0.5] * 5, [2.0] * 5, [3.0, 1.0, 4.0, 1.0, 5.0]),
                         ([3.0], [2.0], [7.0]), ([10.0, 0.25], [9.0, 1.0], [4.0, 4.0]), ([1.0] * 20, [1.5] * 20, [float(k % 3) for k in range(20)]), ([0.125] * 3, [1.0, 0.125, 0.125], [1.0, 0.0, 0.0]),
                         ([100.0, 200.0, 300.0], [110.0, 190.0, 310.0], [50.0, 70.0, 90.0])]:
    add(t, False, categorical(prior, q, counts), prior=prior, q=q, counts=counts)
for prior, counts in [([1.0, 2.0, 3.0], [3.0, 4.0, 0.0]), ([0.5] * 4, [0.0, 1.0, 10.0, 100.0]), ([2.0**-30, 1.0, 2.0**-20], [0.0, 5.0, 0.0]), ([1e6, 1.0, 1e3], [10.0, 3.0, 0.0])]:
    for step in STEPS:
        q = near([a + n for a, n in zip(prior, counts)], step)
        add(t, True, categorical(prior, q, counts), prior=prior, q=q, counts=counts)
t.write()


def poisson(prior, q, counts):
    (a, r), (s, v), n, total = map(mpf, prior), map(mpf, q), len(counts), mpf(sum(counts))
    factorials = fsum(loggamma(mpf(x) + 1) for x in counts)
    terms = [rising(a, total), -a * log(1 + n / r), -total * log(r + n), -factorials]
    likelihood = [total * digamma(s), -total * log(v), -n * s / v, -factorials]
    divergence, gap = gamma(s, v, a, r), gamma(s, v, a + total, r + n)
    assert abs(fsum(terms) - fsum(likelihood) + divergence - gap) < mpf(10) ** -60
    return [(fsum(terms), fsum(abs(x) for x in terms)), (fsum(likelihood) - divergence, fsum(abs(x) for x in likelihood) + divergence), (gap, gap)]


t = Table("gamma_poisson", "log-evidence, bound and gap")
for prior, q, counts in [([1.0, 1.0], [2.0, 1.0], []), ([1.0, 1.0], [4.0, 3.0], [2, 0, 1]), ([2.5, 0.5], [10.0, 2.0], [4, 7, 5]), ([0.5, 4.0], [1.0, 5.0], [0, 0, 0, 0]),
                         ([10.0, 2.0], [30.0, 5.0], [6, 9, 3, 4, 8]), ([3.0, 1.0], [3.0, 1.0], [1000]), ([1.0, 0.125], [7.0, 1.0], [12]), ([20.0, 20.0], [25.0, 24.0], [1, 0, 2, 1])]:
    add(t, False, poisson(prior, q, counts), prior=prior, q=q, counts=counts)
for prior, counts in [([1.0, 1.0], [2, 0, 1]), ([0.5, 2.0**-20], [0, 1]), ([1e6, 1e3], [1000, 1010]), ([2.0**-30, 1.0], [0, 0])]:
    for step in STEPS:
        q = near([prior[0] + sum(counts), prior[1] + len(counts)], step)
        add(t, True, poisson(prior, q, counts), prior=prior, q=q, counts=counts)
t.write()


def moments(x):
    x = [mpf(y) for y in x]
    mean = fsum(x) / len(x) if x else mpf(0)
    return len(x), mean, fsum((y - mean) ** 2 for y in x)


def rounded_gap(gap, size):
    return gap + sqrt(2 * gap) * size


def normal(prior, noise, q, x):
    (m0, s0), (m, s), noise = map(mpf, prior), map(mpf, q), mpf(noise)
    n, mean, scatter = moments(x)
    g = n * (s0 / noise) ** 2
    terms = [n * log(2 * pi * noise**2) / 2, log(1 + g) / 2, scatter / noise**2 / 2, n * (mean - m0) ** 2 / noise**2 / (1 + g) / 2]
    likelihood = [n * log(2 * pi * noise**2) / 2, scatter / noise**2 / 2, n * (mean - m) ** 2 / noise**2 / 2, n * s**2 / noise**2 / 2]

    def kl(m, s, a, b):
        return ((s / b) ** 2 - 1 - 2 * log(s / b) + ((m - a) / b) ** 2) / 2

    pm, ps = m0 + g / (1 + g) * (mean - m0), s0 / sqrt(1 + g)
    divergence, gap = kl(m, s, m0, s0), kl(m, s, pm, ps)
    assert abs(-fsum(terms) + fsum(likelihood) + divergence - gap) < mpf(10) ** -60 * (1 + gap)
    return [(-fsum(terms), fsum(abs(x) for x in terms)), (-fsum(likelihood) - divergence, fsum(abs(x) for x in likelihood) + divergence),
            (gap, rounded_gap(gap, 1 + (abs(m0) + abs(mean)) / ps))], pm, ps


t = Table("normal_normal", "log-evidence, bound and gap")
DATA = [[], [1.0], [0.5, 1.5, 2.0], [3.25, -1.5, 0.25, 7.0, 2.5], [100.0 + x for x in unit(621, 10)], [1e-3 * x for x in unit(622, 20)], [1e6 + x for x in unit(623, 5)]]
for i, x in enumerate(DATA):
    for prior, noise, q in [([0.0, 1.0], 1.0, [0.5, 0.5]), ([2.0, 10.0], 0.25, [1.0, 2.0])]:
        add(t, i == 6, normal(prior, noise, q, x)[0], prior=prior, noise=noise, q=q, observations=x)
for prior, noise, x in [([0.0, 1.0], 1.0, DATA[2]), ([2.0, 1e6], 0.25, DATA[3]), ([0.0, 1e-3], 10.0, DATA[4])]:
    _, pm, ps = normal(prior, noise, [0.0, 1.0], x)
    for step in STEPS:
        q = near([float(pm), float(ps)], step)
        add(t, True, normal(prior, noise, q, x)[0], prior=prior, noise=noise, q=q, observations=x)
t.write()


def normal_gamma(prior, q, x):
    (m0, k0, a0, r0), (m, k, a, r) = map(mpf, prior), map(mpf, q)
    n, mean, scatter = moments(x)
    growth = (scatter + k0 * n / (k0 + n) * (mean - m0) ** 2) / 2
    terms = [rising(a0, mpf(n) / 2), -a0 * log(1 + growth / r0), -n * log(2 * pi) / 2, -n * log(r0 + growth) / 2, -log(1 + n / k0) / 2]
    likelihood = [n * digamma(a) / 2, -n * log(r) / 2, -n * log(2 * pi) / 2, -a / r * scatter / 2, -a / r * n * (mean - m) ** 2 / 2, -n / k / 2]

    def kl(m, k, a, r, m1, k1, a1, r1):
        return (k1 / k - 1 - log(k1 / k) + k1 * (m - m1) ** 2 * a / r) / 2 + gamma(a, r, a1, r1)

    posterior = (m0 + n / (k0 + n) * (mean - m0), k0 + n, a0 + mpf(n) / 2, r0 + growth)
    divergence, gap = kl(m, k, a, r, m0, k0, a0, r0), kl(m, k, a, r, *posterior)
    assert abs(fsum(terms) - fsum(likelihood) + divergence - gap) < mpf(10) ** -60 * (1 + gap)
    size = sqrt(posterior[2]) + sqrt(posterior[1] * posterior[2] / posterior[3]) * (abs(m0) + abs(mean))
    return [(fsum(terms), fsum(abs(x) for x in terms)), (fsum(likelihood) - divergence, fsum(abs(x) for x in likelihood) + divergence),
            (gap, rounded_gap(gap, 1 + size))], posterior


t = Table("normal_gamma", "log-evidence, bound and gap")
for i, x in enumerate(DATA):
    for prior, q in [([0.0, 1.0, 1.0, 1.0], [0.5, 2.0, 2.0, 3.0]), ([2.0, 0.125, 4.0, 0.5], [1.0, 5.0, 3.0, 2.0])]:
        add(t, i == 6, normal_gamma(prior, q, x)[0], prior=prior, q=q, observations=x)
for prior, x in [([0.0, 1.0, 1.0, 1.0], DATA[2]), ([2.0, 1e-3, 0.5, 1e-3], DATA[3]), ([90.0, 10.0, 100.0, 1.0], DATA[4])]:
    posterior = [float(y) for y in normal_gamma(prior, prior, x)[1]]
    for step in STEPS:
        q = near(posterior, step)
        add(t, True, normal_gamma(prior, q, x)[0], prior=prior, q=q, observations=x)
t.write()


# Linear-Gaussian models. Matrices row by row.

def wishart(d, seed):
    g = unit(seed, d * d)
    return [[sum(g[i * d + k] * g[j * d + k] for k in range(d)) / d + (0.25 if i == j else 0.0) for j in range(d)] for i in range(d)]


def cholesky(a):
    l = mpmath.zeros(a.rows, a.rows)
    for i in range(a.rows):
        for j in range(i + 1):
            x = a[i, j] - fsum(l[i, k] * l[j, k] for k in range(j))
            l[i, j] = sqrt(x) if i == j else x / l[j, j]
    return l


def inverse_of(a):
    l, d = cholesky(a), a.rows
    r = mpmath.zeros(d, d)
    for j in range(d):
        for i in range(j, d):
            r[i, j] = ((1 if i == j else 0) - fsum(l[i, k] * r[k, j] for k in range(j, i))) / l[i, i]
    return r.T * r


def logdet(a):
    l = cholesky(a)
    return 2 * fsum(log(l[i, i]) for i in range(a.rows))


def rowsum(a):
    return max(fsum(abs(a[i, j]) for j in range(a.cols)) for i in range(a.rows))


def kappa(a):
    d = a.rows
    r = mpmath.matrix(d, d)
    for i in range(d):
        for j in range(d):
            r[i, j] = a[i, j] / sqrt(a[i, i] * a[j, j])
    return rowsum(r) * rowsum(inverse_of(r))


def kl(m0, a, m1, b):
    inverse, delta = inverse_of(b), m0 - m1
    product = inverse * a
    return (fsum(product[i, i] for i in range(a.rows)) - a.rows + logdet(b) - logdet(a) + (delta.T * inverse * delta)[0]) / 2


t = Table("linear_gaussian_model", "log-evidence, E log p(x | z), bound, gap; posterior mean and covariance; the bound's derivatives by q's mean and covariance, W and b")
for k, d, seed, noise, scale, delta, hard in [
        (1, 1, 701, 1.0, 1.0, None, False), (1, 3, 711, 1.0, 1.0, None, False), (2, 3, 721, 0.5, 1.0, None, False), (3, 5, 731, 1.0, 1.0, None, False), (5, 4, 741, 1.0, 1.0, None, False),
        (2, 10, 751, 0.1, 1.0, None, False), (4, 4, 761, 2.0, 1.0, None, False), (2, 1, 771, 1.0, 1.0, None, False), (3, 2, 781, 1.0, 4.0, None, False),
        (2, 3, 791, 1.0, 1.0, 0.0, True), (2, 3, 801, 1.0, 1.0, 1e-6, True), (3, 5, 811, 1.0, 1.0, 1e-6, True), (2, 3, 821, 1.0, 1.0, 1e-10, True), (3, 5, 831, 1.0, 1.0, 1e-10, True),
        (1, 1, 841, 1.0, 1.0, 1e-10, True), (2, 5, 851, 1e-8, 1.0, None, True), (2, 5, 861, 1e-8, 1.0, 1e-6, True), (2, 3, 871, 1e8, 1.0, None, True), (2, 3, 881, 1.0, 2.0**20, None, True),
        (3, 3, 891, 1.0, 2.0**-20, 1e-6, True)]:
    m0, s0 = unit(seed, k), [[x * scale * scale for x in row] for row in wishart(k, seed + 1)]
    w, b = unit(seed + 2, d * k), unit(seed + 3, d)
    v = [noise * (1.25 + x) for x in unit(seed + 4, d)]
    x = [3 * y for y in unit(seed + 5, d)]
    mu0, S0 = mpmath.matrix(m0), mpmath.matrix(s0)
    W, B, X = mpmath.matrix([w[i * k:(i + 1) * k] for i in range(d)]), mpmath.matrix(b), mpmath.matrix(x)
    V, U = mpmath.diag([mpf(y) for y in v]), mpmath.diag([1 / mpf(y) for y in v])
    P = inverse_of(inverse_of(S0) + W.T * U * W)
    r = X - W * mu0 - B
    p = mu0 + P * W.T * U * r
    S = W * S0 * W.T + V
    evidence = -(logdet(2 * pi * S) + (r.T * inverse_of(S) * r)[0]) / 2

    if delta is None:
        qm, qs = unit(seed + 6, k), wishart(k, seed + 7)
    else:
        size = [float(sqrt(P[i, i])) for i in range(k)]
        qm = [float(p[i]) + delta * size[i] * ((i + 1) % 3 - 1) for i in range(k)]
        qs = [[float(P[max(i, j), min(i, j)]) + delta * size[i] * size[j] * ((i + j) % 3 - 1) for j in range(k)] for i in range(k)]
    M, Q = mpmath.matrix(qm), mpmath.matrix(qs)
    s = X - W * M - B
    spread = W * Q * W.T
    parts = [log(2 * pi * V[i, i]) for i in range(d)] + [(s[i] ** 2 + spread[i, i]) / V[i, i] for i in range(d)]
    likelihood = -fsum(parts) / 2
    divergence, gap = kl(M, Q, mu0, S0), kl(M, Q, p, P)
    bound = likelihood - divergence
    assert abs(evidence - bound - gap) < mpf(10) ** -50 * (abs(evidence) + abs(bound) + gap)

    l = cholesky(S0)
    K = k * kappa(mpmath.eye(k) + l.T * W.T * U * W * l) * kappa(S0) * kappa(Q)
    size = sqrt(fsum((abs(p[i]) + abs(mu0[i])) ** 2 / P[i, i] for i in range(k)))
    magnitudes = fsum(abs(y) for y in parts) / 2
    quadratic = fsum(abs(log(2 * pi * V[i, i])) for i in range(d)) / 2 + abs(logdet(S)) + (r.T * inverse_of(S) * r)[0] / 2
    results = [(evidence, K * quadratic), (likelihood, kappa(Q) * magnitudes), (bound, K * (magnitudes + divergence)), (gap, K * (gap + sqrt(2 * gap) * (1 + size) + mpf(2) ** -52 * (1 + size) ** 2))]
    results += [(p[i], K * (abs(mu0[i]) + max(abs(y) for y in p - mu0))) for i in range(k)]
    results += [(P[i, j], K * sqrt(P[i, i] * P[j, j])) for i in range(k) for j in range(k)]
    byMean, byCovariance = inverse_of(P) * (p - M), (inverse_of(Q) - inverse_of(P)) / 2
    precision = rowsum(inverse_of(P)) + rowsum(inverse_of(Q))
    reach = max(abs(y) for y in p) + max(abs(y) for y in M) + max(abs(y) for y in mu0)
    results += [(byMean[i], K * precision * reach) for i in range(k)]
    results += [(byCovariance[i, j], K * precision) for i in range(k) for j in range(k)]
    byWeights = [[(s[i] * M[j] - fsum(W[i, c] * Q[c, j] for c in range(k))) / V[i, i] for j in range(k)] for i in range(d)]
    sizes = [[(abs(s[i] * M[j]) + fsum(abs(W[i, c] * Q[c, j]) for c in range(k))) / V[i, i] for j in range(k)] for i in range(d)]
    results += [(y, z) for row, other in zip(byWeights, sizes) for y, z in zip(row, other)]
    results += [(s[i] / V[i, i], (abs(X[i]) + abs(B[i]) + fsum(abs(W[i, c] * M[c]) for c in range(k))) / V[i, i]) for i in range(d)]
    add(t, hard, results, priorMean=m0, priorCovariance=[y for row in s0 for y in row], weights=w, offset=b, noiseVariance=v, x=x, mean=qm, covariance=[y for row in qs for y in row])
t.write()
