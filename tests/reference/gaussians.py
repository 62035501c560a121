"""Reference tables for the divergences of normals beyond the Kullback-Leibler of gaussian.py. Run: python3 gaussians.py

Each case has a list of values and, for each, the scale its error is relative to: the value itself where the bound is 13 digits.
"""
import mpmath
from mpmath import exp, fsum, log, mpf, pi, sqrt

from tables import Table, plain, stream

mpmath.mp.dps = 120


def add(table, hard, results, **inputs):
    """results: pairs of a value and what its error is relative to"""
    table.add([v for v, _ in results], hard, **inputs)
    table.cases[-1]["scales"] = [plain(float(s)) for _, s in results]


def itself(*values):
    return [(v, abs(v)) for v in values]


def kl1(m0, v0, m1, v1):
    return (v0 / v1 - 1 - log(v0 / v1) + (m0 - m1) ** 2 / v1) / 2


def renyi1(m0, v0, m1, v1, order):
    """and by how much the error may grow near the pole"""
    if order == 0:
        return mpf(0), 1
    if order == 1:
        return kl1(m0, v0, m1, v1), 1
    if order == mpmath.inf:
        if v0 < v1:
            return log(v1 / v0) / 2 + (m0 - m1) ** 2 / (v1 - v0) / 2, 1
        return (mpf(0) if (m0, v0) == (m1, v1) else mpmath.inf), 1
    v = order * v1 + (1 - order) * v0
    if v <= 0:
        return mpmath.inf, 1
    return log(v1 / v0) / 2 + log(v1 / v) / (2 * (order - 1)) + order * (m0 - m1) ** 2 / (2 * v), 1 + max(order - 1, 0) * v0 / v


def geometric1(m0, v0, m1, v1, w):
    v = 1 / (w / v0 + (1 - w) / v1)
    m = v * (w * m0 / v0 + (1 - w) * m1 / v1)
    return w * kl1(m0, v0, m, v) + (1 - w) * kl1(m1, v1, m, v)


INF = float("inf")
SETS = [
    (0.0, 1.0, 1.0, 1.0, 0.5, 0.5, False), (0.0, 1.0, 0.0, 2.0, 2.0, 0.25, False), (1.0, 2.0, -1.0, 0.5, 0.3, 0.75, False),
    (0.3, 0.7, 0.1, 0.9, 3.0, 0.1, False), (5.0, 0.1, 4.0, 3.0, INF, 0.9, False), (-2.5, 1.3, 2.5, 1.3, 0.9, 0.5, False),
    (100.0, 15.0, 103.0, 12.0, 1.5, 0.3, False), (0.0, 3.0, 0.0, 1.0, 0.7, 0.6, False), (0.0, 3.0, 0.5, 1.0, 1.2, 0.6, False),
    (0.0, 1.0, 0.0, 1.0, 0.5, 0.5, False), (2.0, 0.8, 1.0, 1.0, 1.0, 1.0, False), (2.0, 0.8, 1.0, 1.0, 0.0, 0.0, False),
    (0.0, 2.1, 1.0, 1.0, 0.01, 0.01, False), (0.0, 0.24197072451914337, 0.0, 0.25, 0.5, 0.5, False),
    (0.0, 1.0, 0.0, 1.000001, 0.5, 0.5, True), (0.0, 1.0000000001, 0.0, 1.0, 2.0, 0.25, True), (1.0, 1.0, 1.000001, 1.0, 1e-6, 1e-6, True),
    (1.0, 1.0, 1.0000000001, 1.0000000001, 0.3, 0.4, True), (0.1, 0.3, 0.1 + 1e-17, 0.30000000000000004, 5.0, 0.5, True),
    (1e6, 1e-3, 1e6 + 1e-4, 1.001e-3, 7.0, 0.999999, True), (0.0, 1e-150, 0.0, 1e150, 0.4, 0.5, True), (0.0, 1e-150, 1.0, 1e150, 30.0, 0.5, True),
    (0.0, 0.2419707245, 0.3, 0.2419707246, 1.0000000001, 0.5, True), (0.0, 0.7, 0.2, 1.1, 0.9999999999, 0.123, True),
    (0.0, 0.7, 0.2, 1.1, 1e-12, 1e-12, True), (0.0, 3e-310, 1e-310, 3.0000001e-310, 0.6, 0.5, True),
    (1.7e308, 1.7e308, -1.7e308, 1.6e308, 0.5, 0.5, True), (1e-160, 1e-160, 0.0, 1.1e-160, 1e10, 0.5, True), (0.0, 1.2, 0.3, 1.0, 3.2727, 0.5, True),
    (0.0, 0.9999999999, 1e-6, 1.0, INF, 0.5, True), (0.1, 3561.8187, 0.1, 0.2225, 0.3, 0.9999999999999961, True), (0.0, 1e100, 1e90, 1.0, 0.2, 0.7, True),
]
E = mpmath.e
t = Table("gaussian_divergences", "renyi, bhattacharyya, squared hellinger, wasserstein2, geometric jensen-shannon; dKL by m0, s0, m1, s1; entropy of s0")
for m0, s0, m1, s1, order, weight, hard in SETS:
    a, b, c, d, q, w = map(mpf, (m0, s0, m1, s1, order, weight))
    bhattacharyya = renyi1(a, b * b, c, d * d, mpf(1) / 2)[0] / 2
    r, growth = renyi1(a, b * b, c, d * d, q)
    z = (a - c) / d
    u = (b / d) ** 2 - 1
    add(t, hard, [(r, abs(r) * growth)] + itself(bhattacharyya, -mpmath.expm1(-bhattacharyya), sqrt((a - c) ** 2 + (b - d) ** 2),
                                                 geometric1(a, b * b, c, d * d, w), z / d, u / b, -z / d)
        + [(-(u + z * z) / d, (abs(u) + z * z) / d)] + itself(log(2 * pi * E * b * b) / 2),
        mean0=m0, scale0=s0, mean1=m1, scale1=s1, order=order, weight=weight)
t.write()

DIAGONAL = [
    ([0.0, 0.0], [1.0, 1.0], [1.0, -1.0], [2.0, 0.5], 0.5, False), ([0.3, -0.2, 0.1], [0.5, 1.5, 2.5], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0], 2.5, False),
    ([0.3, -0.2, 0.1], [0.5, 1.5, 1.25], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0], 1.5, False),
    ([1.0], [4.0], [-1.0], [0.25], 0.25, False), ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [3.0, 2.0, 1.0], [3.0, 2.0, 1.0], 0.75, False),
    ([0.0], [0.75], [0.0], [1.0], INF, False), ([0.0, 1.0], [0.5, 2.0], [0.0, 1.0], [1.0, 2.0], INF, False), ([0.0], [1.5], [0.0], [1.0], 0.0, False),
    ([0.0], [0.1], [5.0], [10.0], 1.0, False), ([2.0, 2.0], [0.9, 1.1], [2.1, 1.9], [1.1, 0.9], 4.0, False),
    ([1.0, 1.0], [1.000001, 0.999999], [1.0, 1.0], [1.0, 1.0], 0.3, True), ([1.0, 1.0], [1.0000000001, 1.0], [1.0, 1.0000000001], [1.0, 1.0], 3.0, True),
    ([0.0], [1e-310], [0.0], [1.0000001e-310], 0.5, True), ([1e-160], [1e-320], [0.0], [1e-320], 0.8, True), ([0.0], [1e-200], [0.0], [1e200], 0.1, True),
    ([0.0], [1.7e308], [1e154], [1.6e308], 0.5, True), ([0.0], [1 + 2.0**-52], [0.0], [1.0], 1e-9, True),
    ([0.0, 1.0, 2.0], [1.0, 1e-6, 1e6], [0.5, 1.0 + 1e-8, 2.5], [1.0, 1.000001e-6, 1e6], 0.999999, True),
]
t = Table("diagonal_gaussian_divergences", "renyi, bhattacharyya, squared hellinger, wasserstein2; then dKL by each m0, v0, m1, v1")
for m0, v0, m1, v1, order, hard in DIAGONAL:
    rows = [tuple(map(mpf, row)) for row in zip(m0, v0, m1, v1)]
    renyi = [renyi1(*row, mpf(order)) for row in rows]
    r = mpmath.inf if any(x == mpmath.inf for x, _ in renyi) else fsum(x for x, _ in renyi)
    bhattacharyya = fsum(renyi1(*row, mpf(1) / 2)[0] for row in rows) / 2
    add(t, hard, [(r, fsum(x * g for x, g in renyi) if r != mpmath.inf else 1)] + itself(
            bhattacharyya, -mpmath.expm1(-bhattacharyya), sqrt(fsum((a - c) ** 2 + (sqrt(b) - sqrt(d)) ** 2 for a, b, c, d in rows)))
        + itself(*((a - c) / d for a, b, c, d in rows)) + itself(*((1 / d - 1 / b) / 2 for a, b, c, d in rows))
        + itself(*(-(a - c) / d for a, b, c, d in rows))
        + [(-(b / d - 1 + (a - c) ** 2 / d) / d / 2, (abs(b / d - 1) + (a - c) ** 2 / d) / d / 2) for a, b, c, d in rows],
        mean0=m0, scale0=v0, mean1=m1, scale1=v1, order=order)
t.write()

t = Table("diagonal_gaussian_to_standard_gradient", "by dimension (m^2 + e^l - 1 - l)/2; then by m: m, by l: (e^l - 1)/2")
for m0, l0, hard in [
        ([0.0, 0.0], [0.0, 0.0], False), ([0.3, -0.2, 0.1], [-0.5, 0.5, 1.0], False), ([1.0], [1.4], False), ([1.0, 2.0, 3.0], [0.0, 1.0, 2.0], False),
        ([0.0], [-1.0], False), ([0.0], [1.0], False), ([5.0], [-5.0], False), ([2.0, 2.0], [-0.1, 0.1], False),
        ([1e-6, 0.0], [1e-6, -1e-6], True), ([1e-10, 0.0], [1e-10, -1e-10], True), ([0.0], [700.0], True), ([1e-150], [-1500.0], True), ([1e-17], [1e-17], True)]:
    pairs = [(mpf(m), mpf(v)) for m, v in zip(m0, l0)]
    add(t, hard, itself(*((m * m + mpmath.expm1(v) - v) / 2 for m, v in pairs)) + itself(*(m for m, _ in pairs))
        + itself(*(mpmath.expm1(v) / 2 for _, v in pairs)), mean0=m0, scale0=l0)
t.write()


# Matrices, row by row, from integer streams; all arithmetic that makes them is in doubles, so that every element is exact.

def unit(seed, n):
    return [(x - 2**30) / 2**30 for x in stream(seed, n)]


def wishart(d, seed):
    g = unit(seed, d * d)
    return [[sum(g[i * d + k] * g[j * d + k] for k in range(d)) / d + (0.25 if i == j else 0.0) for j in range(d)] for i in range(d)]


def conditioned(d, seed, condition):
    """A reflection of diag(1, ..., 1/condition)"""
    v = unit(seed, d)
    norm = sum(x * x for x in v)
    q = [[(1.0 if i == j else 0.0) - 2 * v[i] * v[j] / norm for j in range(d)] for i in range(d)]
    spectrum = [condition ** (-k / (d - 1)) for k in range(d)]
    a = [[sum(q[i][k] * spectrum[k] * q[j][k] for k in range(d)) for j in range(d)] for i in range(d)]
    return [[a[max(i, j)][min(i, j)] for j in range(d)] for i in range(d)]


def nearby(a, delta, seed):
    d = len(a)
    step = [((x >> 7) % 3 - 1) * delta for x in stream(seed, d * d)]
    return [[a[i][j] + step[max(i, j) * d + min(i, j)] for j in range(d)] for i in range(d)]


def times(a, scales):
    return [[a[i][j] * scales[i] * scales[j] for j in range(len(a))] for i in range(len(a))]


def vary(d, largest):
    return [2.0 ** round(largest * (k % 3 - 1)) for k in range(d)]


def case(d, seed, hard=False, delta=None, a=None, b=None, mean=1.0, scales=None, order=0.5, weight=0.5):
    a = a or wishart(d, seed)
    b = b or (wishart(d, seed + 1) if delta is None else nearby(a, delta, seed + 1))
    m0 = [mean * x for x in unit(seed + 2, d)]
    m1 = [mean * x for x in unit(seed + 3, d)] if delta is None else [x + delta * mean * ((y >> 7) % 3 - 1) for x, y in zip(m0, stream(seed + 3, d))]
    if scales:
        a, b, m0, m1 = times(a, scales), times(b, scales), [x * s for x, s in zip(m0, scales)], [x * s for x, s in zip(m1, scales)]
    return m0, a, m1, b, order, weight, hard


C5, C16 = conditioned(5, 71, 1e10), conditioned(16, 72, 1e10)
MATRICES = [
    case(1, 11), case(2, 12, order=0.3, weight=0.25), case(5, 13, order=0.75), case(16, 14, order=0.01, weight=0.9), case(3, 15, order=1.25),
    case(4, 16, order=0.0), case(3, 17, order=1.0), case(6, 18, mean=100.0, order=0.9), case(8, 19, order=1.01, weight=0.01),
    case(2, 20, a=[[1.0, 0.5], [0.5, 1.0]], b=[[2.0, 0.5], [0.5, 3.0]], order=INF), case(2, 21, a=[[1.0, 0.0], [0.0, 4.0]], order=2.0),
    case(5, 22, a=times(wishart(5, 22), [0.125] * 5), order=3.0), case(5, 23, True, a=times(wishart(5, 22), [0.001] * 5), order=0.6),
    case(2, 24, True, delta=1e-6, order=2.0, weight=0.3), case(5, 25, True, delta=1e-6, order=0.999999), case(16, 26, True, delta=1e-6, order=0.2),
    case(1, 27, True, delta=1e-10), case(2, 28, True, delta=1e-10, order=7.0), case(5, 29, True, delta=1e-10, order=1e-6, weight=0.001),
    case(16, 30, True, delta=1e-10, order=1.000001), case(5, 31, True, a=C5), case(5, 32, True, b=C5, order=0.3), case(16, 33, True, a=C16, order=0.8),
    case(16, 34, True, b=C16, order=0.9), case(5, 35, True, a=C5, b=conditioned(5, 73, 1e10), order=0.4),
    case(5, 36, True, a=C5, b=[[x * 1.000001 for x in row] for row in C5], mean=1e-5), case(16, 37, True, a=C16, b=[[x * 0.75 for x in row] for row in C16]),
    case(5, 38, True, scales=vary(5, 500), order=0.7), case(5, 39, True, scales=vary(5, -510), order=0.7), case(5, 43, True, scales=[2.0**-515] * 5), case(16, 40, True, delta=1e-6, scales=[2.0**511] * 16),
    case(5, 44, True, a=times(wishart(5, 44), [1e5] * 5), order=0.9, weight=0.999999999999), case(3, 41, True, delta=1e-3, order=30.0), case(5, 42, True, scales=vary(5, 20), order=1.001),
]


def columns(a, k):
    return mpmath.matrix([[x] for x in a]) if k else mpmath.matrix(a)


def kappa(a):
    """the condition number with unit variances, in the row-sum norm"""
    d = a.rows
    r = mpmath.matrix(d, d)
    for i in range(d):
        for j in range(d):
            r[i, j] = a[i, j] / sqrt(a[i, i] * a[j, j])
    return rowsum(r) * rowsum(inverse_of(r))


def rowsum(a):
    return max(fsum(abs(a[i, j]) for j in range(a.cols)) for i in range(a.rows))


def cholesky(a):
    """mpmath's own refuses small pivots"""
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


def trace(a):
    return fsum(a[i, i] for i in range(a.rows))


def kl(m0, a, m1, b):
    inverse = inverse_of(b)
    delta = m0 - m1
    return (trace(inverse * a) - a.rows + logdet(b) - logdet(a) + (delta.T * inverse * delta)[0]) / 2


def flat(a):
    return [x for row in a for x in row]


def largest(a):
    return max(abs(x) for x in a)


t = Table("multivariate_gaussian", "kl, kl to the standard normal, entropy of S0, mutual information of the first half in S0; for d <= 5 without scaling dKL by m0, S0, S1")
COORDINATES = []
for m0, a, m1, b, order, weight, hard in MATRICES:
    mu0, mu1, s0, s1 = columns(m0, 1), columns(m1, 1), columns(a, 0), columns(b, 0)
    d = len(m0)
    k = max(kappa(s0), kappa(s1))
    COORDINATES.append((mu0, s0, mu1, s1, k))
    value = kl(mu0, s0, mu1, s1)
    standard = kl(mu0, s0, mpmath.zeros(d, 1), mpmath.eye(d))
    variances = fsum(abs(log(2 * pi * E * s0[i, i])) / 2 for i in range(d))
    results = [(value, k * value), (standard, k * standard), ((d * log(2 * pi * E) + logdet(s0)) / 2, k * d + variances)]
    if d > 1:
        split = d // 2
        information = (logdet(s0[:split, :split]) + logdet(s0[split:, split:]) - logdet(s0)) / 2
        results.append((information, k * information))
    if d <= 5 and largest(flat(a)) < 1e6 and s0[0, 0] > 1e-6:
        inverse = inverse_of(s1)
        delta = mu0 - mu1
        gradients = [inverse * delta, (inverse - inverse_of(s0)) / 2, -(inverse * (s0 - s1 + delta * delta.T) * inverse) / 2]
        for g in gradients:
            values = [g[i, j] for i in range(d) for j in range(g.cols)]
            results += [(v, k * largest(values)) for v in values]
    add(t, hard, results, mean0=m0, covariance0=flat(a), mean1=m1, covariance1=flat(b))
t.write()

t = Table("multivariate_gaussian_local_quadratic_form", "dm' S^-1 dm / 2 + tr(S^-1 dS S^-1 dS) / 4")
ZERO = [0.0, 0.0]
STEPS = [([y - x for x, y in zip(m0, m1)], a, [[y - x for x, y in zip(*rows)] for rows in zip(a, b)], hard) for m0, a, m1, b, _, _, hard in MATRICES]
STEPS += [(ZERO, [[1.0, 0.5], [0.5, 1.0]], [ZERO, ZERO], True), (ZERO, [[1.0, 0.5], [0.5, 1.0]], [[0.0, 1.0], [1.0, 0.0]], False),
          ([1.0, -1.0], [[1.0, 0.5], [0.5, 1.0]], [ZERO, ZERO], False), ([1e-310], [[1e-320]], [[1e-323]], True), ([1e-170, 0.0], [[1.0, 0.0], [0.0, 1.0]], [ZERO, ZERO], True),
          ([1e150, 1e-150], [[1e300, 0.5], [0.5, 1e-300]], [[1e299, 0.25], [0.25, -1e-301]], True), ([1e-155], [[1.0]], [[1e-155]], True), ([1e200], [[1.0]], [[0.0]], True)]
for dm, a, ds, hard in STEPS:
    s, mean, step = columns(a, 0), columns(dm, 1), columns(ds, 0)
    inverse = inverse_of(s)
    whitened = inverse * step
    value = (mean.T * inverse * mean)[0] / 2 + trace(whitened * whitened) / 4
    add(t, hard, [(value, kappa(s) * value)], covariance0=flat(a), meanStep=dm, covarianceStep=flat(ds))
t.write()

t = Table("multivariate_gaussian_from_cholesky", "kl of N(m0, L0 L0') and N(m1, L1 L1')")
for index, (m0, a, m1, b, order, weight, hard) in enumerate(MATRICES[:29]):
    d = len(m0)
    factors = [cholesky(x) for x in COORDINATES[index][1:4:2]]
    l0, l1 = [[[float(f[i, j]) for j in range(d)] for i in range(d)] for f in factors]
    f0, f1 = columns(l0, 0), columns(l1, 0)
    value = kl(columns(m0, 1), f0 * f0.T, columns(m1, 1), f1 * f1.T)
    add(t, hard, [(value, COORDINATES[index][4] * value)], mean0=m0, factor0=flat(l0), mean1=m1, factor1=flat(l1))
t.write()


def renyi(m0, a, m1, b, order):
    if order == 0:
        return mpf(0)
    if order == 1:
        return kl(m0, a, m1, b)
    delta = m0 - m1
    if order == mpmath.inf:
        return (logdet(b) - logdet(a) + (delta.T * inverse_of(b - a) * delta)[0]) / 2
    mixed = order * b + (1 - order) * a
    if any(not x > 0 for x in pivots(mixed)):
        return mpmath.inf
    return (logdet(b) - logdet(a) + (logdet(b) - logdet(mixed)) / (order - 1) + order * (delta.T * inverse_of(mixed) * delta)[0]) / 2


def pivots(a):
    """up to the first that is not positive"""
    d, u, found = a.rows, a.copy(), []
    for i in range(d):
        found.append(u[i, i])
        if u[i, i] <= 0:
            return found
        for j in range(i + 1, d):
            for k in range(i, d):
                u[j, k] -= u[j, i] / u[i, i] * u[i, k] if k > i else 0
    return found


def geometric(m0, a, m1, b, w):
    p, q = inverse_of(a), inverse_of(b)
    g = inverse_of(w * p + (1 - w) * q)
    m = g * (w * p * m0 + (1 - w) * q * m1)
    return w * kl(m0, a, m, g) + (1 - w) * kl(m1, b, m, g)


def root(a):
    """the principal square root by Newton's iteration (Denman and Beavers 1976)"""
    y, z = a, mpmath.eye(a.rows)
    for _ in range(60):
        y, z = (y + z ** -1) / 2, (z + y ** -1) / 2
    return y


def wasserstein(m0, a, m1, b):
    """by the singular values of L1' L0: the root of L0' S1 L0 has the same trace"""
    l = cholesky(a)
    return sqrt(sum(x * x for x in m0 - m1) + trace(a) + trace(b) - 2 * trace(root(l.T * b * l)))


t = Table("multivariate_gaussian_divergences", "renyi, bhattacharyya, squared hellinger, geometric jensen-shannon, and where nothing is scaled wasserstein2")
for (m0, a, m1, b, order, weight, hard), (mu0, s0, mu1, s1, k) in zip(MATRICES, COORDINATES):
    d = len(m0)
    r = renyi(mu0, s0, mu1, s1, mpf(order))
    growth = 1
    if 1 < order < INF and r != mpmath.inf:
        mixed = order * s1 + (1 - mpf(order)) * s0
        growth = order * rowsum(inverse_of(mixed) * s1)
    bhattacharyya = renyi(mu0, s0, mu1, s1, mpf(1) / 2) / 2
    values = [bhattacharyya, -mpmath.expm1(-bhattacharyya), geometric(mu0, s0, mu1, s1, mpf(weight))]
    results = [(r, k * growth * r if r != mpmath.inf else 1)] + [(v, k * v) for v in values]
    if max(s0[i, i] for i in range(d)) < 1e10 and min(s0[i, i] for i in range(d)) > 1e-10:
        w = wasserstein(mu0, s0, mu1, s1)
        results.append((w, max(rowsum(s) * rowsum(inverse_of(s)) for s in (s0, s1)) * w))
    add(t, hard, results, mean0=m0, covariance0=flat(a), mean1=m1, covariance1=flat(b), order=order, weight=weight)
t.write()


def low_rank(w, v):
    d = len(v)
    r = len(w) // d
    return mpmath.matrix([[fsum(mpf(w[i * r + k]) * mpf(w[j * r + k]) for k in range(r)) + (mpf(v[i]) if i == j else 0) for j in range(d)] for i in range(d)])


def factor_model(d, r, seed, size=1.0):
    return [size * x for x in unit(seed, d * r)], [0.5 + abs(x) for x in unit(seed + 1, d)], unit(seed + 2, d)


def moved(x, delta, seed):
    return [y + delta * ((z >> 7) % 3 - 1) for y, z in zip(x, stream(seed, len(x)))]


t = Table("low_rank_gaussian", "kl of N(m0, W0 W0' + diag v0) and N(m1, W1 W1' + diag v1); the first to the rounded second; the rounded first to the second")
for d, r0, r1, seed, delta, size, hard in [
        (1, 1, 1, 201, None, 1.0, False), (2, 1, 1, 211, None, 1.0, False), (5, 2, 2, 221, None, 1.0, False), (5, 1, 3, 231, None, 1.0, False),
        (16, 3, 2, 241, None, 1.0, False), (16, 4, 4, 251, None, 1.0, False), (6, 0, 2, 261, None, 1.0, False), (6, 2, 0, 271, None, 1.0, False),
        (6, 0, 0, 281, None, 1.0, False), (5, 5, 5, 291, None, 1.0, False), (2, 1, 1, 301, 1e-6, 1.0, True), (5, 2, 2, 311, 1e-6, 1.0, True),
        (16, 3, 3, 321, 1e-6, 1.0, True), (5, 2, 2, 331, 1e-10, 1.0, True), (16, 3, 3, 341, 1e-10, 1.0, True), (1, 1, 1, 351, 1e-10, 1.0, True),
        (5, 2, 2, 361, None, 1e4, True), (16, 3, 3, 371, None, 1e4, True), (5, 2, 2, 381, 1e-6, 1e4, True), (16, 2, 2, 391, 1e-2, 10.0, True)]:
    w0, v0, m0 = factor_model(d, r0, seed, size)
    w1, v1, m1 = factor_model(d, r1, seed + 3, size) if delta is None else (moved(w0, delta * size, seed + 3), moved(v0, delta, seed + 4), moved(m0, delta, seed + 5))
    s0, s1 = low_rank(w0, v0), low_rank(w1, v1)
    full0 = [float(s0[max(i, j), min(i, j)]) for i in range(d) for j in range(d)]
    full1 = [float(s1[max(i, j), min(i, j)]) for i in range(d) for j in range(d)]
    f0, f1 = [mpmath.matrix([x[i * d:(i + 1) * d] for i in range(d)]) for x in (full0, full1)]
    a, c = mpmath.matrix(m0), mpmath.matrix(m1)
    k = max(rowsum(s) * rowsum(inverse_of(s)) for s in (s0, s1))
    add(t, hard, [(x, k * x) for x in (kl(a, s0, c, s1), kl(a, s0, c, f1), kl(a, f0, c, s1))],
        mean0=m0, factor0=w0, diagonal0=v0, mean1=m1, factor1=w1, diagonal1=v1, covariance0=full0, covariance1=full1)
t.write()

t = Table("stationary_gaussian_rate", "mean of f0/f1 - 1 - log(f0/f1), over 2")
for n, seed, delta, scale, hard in [
        (1, 401, None, 1.0, False), (2, 402, None, 1.0, False), (3, 403, None, 1e6, False), (4, 404, None, 1.0, False), (8, 405, None, 1e-6, False),
        (16, 406, None, 1.0, False), (64, 407, None, 1.0, False), (100, 408, None, 1.0, False), (4, 409, 1e-6, 1.0, True), (64, 410, 1e-6, 1.0, True),
        (4, 411, 1e-10, 1.0, True), (64, 412, 1e-10, 1.0, True), (8, 413, None, 1e-300, True), (8, 414, None, 1e300, True)]:
    f0 = [scale * (1.25 + x) for x in unit(seed, n)]
    f1 = [1.25 + x for x in unit(seed + 50, n)] if delta is None else moved(f0, delta, seed + 50)
    value = fsum(mpf(x) / mpf(y) - 1 - log(mpf(x) / mpf(y)) for x, y in zip(f0, f1)) / n / 2
    add(t, hard, itself(value), spectrum0=f0, spectrum1=f1)
t.write()

# Integer maps of a smaller normal: the degenerate covariances are exact.
t = Table("multivariate_gaussian_on_common_subspace", "kl of the images of N(m0, S0) and N(m1, S1) under x -> Bx + c")
for d, n, seed, delta, hard in [(1, 2, 501, None, False), (1, 5, 502, None, False), (2, 3, 503, None, False), (2, 5, 504, None, False), (3, 4, 505, None, False),
                                (3, 8, 506, None, False), (4, 16, 507, None, False), (2, 2, 508, None, False), (1, 2, 509, 2.0**-20, True), (2, 3, 510, 2.0**-20, True),
                                (3, 5, 511, 2.0**-20, True), (2, 5, 512, 2.0**-24, True)]:
    b = [[float((x >> 9) % 7 - 3) for x in stream(seed + 97 * i, d)] for i in range(n)]
    for i in range(d):
        b[i] = [1.0 if i == j else 0.0 for j in range(d)]
    def coarse(seed, count):
        return [round(x * 64) / 64 for x in unit(seed, count)]
    def spd(seed):
        g = coarse(seed, d * d)
        return [[sum(g[i * d + k] * g[j * d + k] for k in range(d)) + (1.0 if i == j else 0.0) for j in range(d)] for i in range(d)]
    s0, m0 = spd(seed + 1), coarse(seed + 2, d)
    s1, m1 = (spd(seed + 3), coarse(seed + 4, d)) if delta is None else (nearby(s0, delta, seed + 3), moved(m0, delta, seed + 4))
    def image(s):
        return [sum(b[i][p] * s[p][q] * b[j][q] for p in range(d) for q in range(d)) for i in range(n) for j in range(n)]
    def point(m):
        return [sum(b[i][p] * m[p] for p in range(d)) + 1.0 for i in range(n)]
    value = kl(mpmath.matrix(m0), columns(s0, 0), mpmath.matrix(m1), columns(s1, 0))
    k = max(kappa(columns(s, 0)) for s in (s0, s1))
    add(t, hard, [(value, k * value)], mean0=point(m0), covariance0=image(s0), mean1=point(m1), covariance1=image(s1))
t.write()
