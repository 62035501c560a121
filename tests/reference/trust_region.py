"""Reference tables for trust regions: Fisher-vector products, linear systems, steps, the clipped surrogate, regularised rewards. Run: python3 trust_region.py

Each case has a list of values and, for each, the scale its error is relative to.
"""
import mpmath
from mpmath import exp, fsum, log, mpf, sqrt

from tables import Table, plain, stream

mpmath.mp.dps = 80
INF = float("inf")


def add(table, hard, results, **inputs):
    """results: pairs of a value and what its error is relative to"""
    table.add([v for v, _ in results], hard, **inputs)
    table.cases[-1]["scales"] = [plain(float(s)) for _, s in results]


def unit(seed, n):
    return [(x - 2**30) / 2**30 for x in stream(seed, n)]


def log_softmax(a, t=1.0):
    top = max(a)
    total = log(fsum(exp((mpf(x) - top) / mpf(t)) for x in a if x != -INF))
    return [mpf("-inf") if x == -INF else (mpf(x) - top) / mpf(t) - total for x in a]


# F v = p (v - E v) / T^2; scale p (|w| + E|w|) / T^2 for w = v - v at the mode.
t = Table("trust_region_categorical_fisher", "p (v - sum p v) / T^2, p = softmax(a/T)")
for a, v, temperature, hard in [
        ([0.0, 0.0], [1.0, -1.0], 1.0, False), ([1.0, 2.0, 3.0], [0.3, -0.7, 0.2], 1.0, False), ([1.0, 2.0, 3.0], [0.3, -0.7, 0.2], 2.0, False),
        ([0.5, -0.5, 1.5, 0.1], [1.0, 0.0, 0.0, 0.0], 0.5, False), ([7.0], [3.0], 1.0, False), ([0.1, 0.2], [5.0, 5.0], 1.0, False),
        ([10.0, 0.0, -10.0], [1.0, 2.0, 3.0], 4.0, False), (unit(11, 20), unit(12, 20), 1.0, False), ([3.0, 1.0, 0.0, -2.0], [100.0, -3.0, 0.5, 7.0], 1.5, False),
        ([0.0, -40.0, -50.0], [1.0, 2.0, 3.0], 1.0, True), ([0.0, -700.0], [1.0, 2.0], 1.0, True), ([0.0, -INF, 1.0], [0.4, 9.0, 0.7], 1.0, True),
        ([0.1, 0.2, 0.3], [1.0, 1.000001, 0.999999], 1.0, True), ([0.1, 0.2, 0.3], [1.0, 1.0000000001, 0.9999999999], 1.0, True),
        ([0.1, 0.2, 0.3], [1e16, 1e16 + 2, 1e16 - 2], 1.0, True), ([1000.0, 1001.0], [1e-300, -1e-300], 1.0, True), ([0.0, 1.0], [1e300, -1e300], 1.0, True),
        ([0.0, 1.0, 2.0], [1.0, 2.0, 4.0], 1e-3, True), ([0.0, 1.0, 2.0], [1.0, 2.0, 4.0], 1e100, True), (unit(13, 300), unit(14, 300), 0.1, True)]:
    p = [mpf(0) if x == mpf("-inf") else exp(x) for x in log_softmax(a, temperature)]
    w = [mpf(x) - mpf(v[a.index(max(a))]) for x in v]
    mean, spread = fsum(x * y for x, y in zip(p, w)), fsum(x * abs(y) for x, y in zip(p, w))
    square = mpf(temperature) ** 2
    add(t, hard, [(x * (y - mean) / square, x * (abs(y) + spread) / square) for x, y in zip(p, w)], a=a, vector=v, temperature=temperature)
t.write()

t = Table("trust_region_gaussian_fisher", "v e^(-2l) by means, then 2 v by log standard deviations")
for l, v, u, hard in [
        ([0.0], [1.0], [1.0], False), ([0.5, -0.5], [1.0, 2.0], [0.3, 0.4], False), ([1.0, 2.0, 3.0], [0.1, -0.2, 0.3], [-1.0, 0.0, 1.0], False),
        ([-1.0, -2.0], [5.0, 6.0], [7.0, 8.0], False), ([0.1], [0.0], [0.0], False), ([-0.3], [1e3], [1e-3], False), ([5.0, -5.0], [1.0, 1.0], [1.0, 1.0], False),
        ([0.7, 0.8, 0.9, 1.0], [1.0, -1.0, 1.0, -1.0], [2.0, -2.0, 2.0, -2.0], False),
        ([1e-6, -1e-10], [1.0, 1.0], [1e-6, 1e-10], True), ([-700.0], [1e-300], [1e300], True), ([700.0], [1e300], [1e-300], True),
        ([-360.0], [1e-20], [1e-20], True), ([-800.0], [0.0], [5e-324], True), ([345.0, -345.0], [1e-5, 1e5], [3.0, 3.0], True), ([709.5], [1.7e308], [1.0], True)]:
    values = [mpf(x) * exp(-2 * mpf(y)) for x, y in zip(v, l)] + [2 * mpf(x) for x in u]
    add(t, hard, [(x, abs(x)) for x in values], logStandardDeviation=l, meanVector=v, logStandardDeviationVector=u)
t.write()


# Symmetric positive definite systems: the classical hard ones, exact as doubles.

def matrix(n, element):
    return [[float(element(i, j)) for j in range(n)] for i in range(n)]


def wishart(n, seed, ridge):
    g = unit(seed, n * n)
    return [[sum(g[max(i, j) * n + k] * g[min(i, j) * n + k] for k in range(n)) / n + (ridge if i == j else 0.0) for j in range(n)] for i in range(n)]


def reflected(n, seed, spectrum):
    v = unit(seed, n)
    norm = sum(x * x for x in v)
    q = [[(1.0 if i == j else 0.0) - 2 * v[i] * v[j] / norm for j in range(n)] for i in range(n)]
    a = [[sum(q[i][k] * spectrum[k] * q[j][k] for k in range(n)) for j in range(n)] for i in range(n)]
    return [[a[max(i, j)][min(i, j)] for j in range(n)] for i in range(n)]


def poisson(n):
    """The five-point Laplacian on an n x n grid."""
    def element(i, j):
        (a, b), (c, d) = divmod(i, n), divmod(j, n)
        return 4 if i == j else -1 if abs(a - c) + abs(b - d) == 1 else 0
    return matrix(n * n, element)


def flat(a):
    return [x for row in a for x in row]


def rowsum(a):
    return max(fsum(abs(a[i, j]) for j in range(a.cols)) for i in range(a.rows))


SYSTEMS = [
    (matrix(1, lambda i, j: 3), False), (matrix(2, lambda i, j: [2, 1][i != j]), False), (matrix(5, lambda i, j: i + 1 if i == j else 0), False),
    (matrix(8, lambda i, j: 2 if i == j else -1 if abs(i - j) == 1 else 0), False), (wishart(4, 21, 0.5), False), (wishart(10, 22, 0.25), False),
    (matrix(6, lambda i, j: min(i, j) + 1), False), (poisson(3), False), (matrix(5, lambda i, j: 2.0 ** -abs(i - j)), False),
    (matrix(4, lambda i, j: 1 / (i + j + 1)), True), (matrix(6, lambda i, j: 1 / (i + j + 1)), True), (poisson(6), True),
    (reflected(8, 31, [10.0 ** -k for k in range(8)]), True), (reflected(12, 32, [1.0] * 6 + [1 + 1e-6] * 3 + [1 + 1e-10] * 3), True),
    (matrix(4, lambda i, j: 1e-200 * (2 if i == j else -1 if abs(i - j) == 1 else 0)), True), (matrix(30, lambda i, j: [1.0, 0.99][i != j]), True),
    (matrix(16, lambda i, j: 10.0 ** (i % 5 * 2) if i == j else 0), True),
]

# The residual of a converged recursion is a few roundings of |F| |x|: the error of x is relative to k times its length.
t = Table("trust_region_conjugate_gradient", "x with F x = b")
for index, (f, hard) in enumerate(SYSTEMS):
    n = len(f)
    m, b = mpmath.matrix(f), unit(41 + index, n)
    x = mpmath.lu_solve(m, mpmath.matrix(b))
    k, length = rowsum(m) * rowsum(m**-1), sqrt(fsum(y * y for y in x))
    add(t, hard, [(y, k * length) for y in x], matrix=flat(f), rightSide=b)
t.write()

# A quadratic divergence with a quartic part, a surrogate with a curvature: the line search has something to do.
t = Table("trust_region_step", "theta after the step, kl, improvement, expected improvement, fraction, backtracks; d = step: improvement g'd - c|d|^2/2, kl q + w q^2 with q = d'F d/2")
for index, (size, radius, damping, ratio, curvature, quartic, hard) in enumerate([
        (1, 0.01, 0.1, 0.5, 0.0, 0.0, False), (2, 0.01, 0.1, 0.5, 0.0, 0.0, False), (3, 0.5, 0.0, 0.5, 0.0, 1.0, False), (4, 0.01, 0.1, 0.5, 0.5, 10.0, False),
        (5, 0.1, 0.2, 0.8, 1.0, 100.0, False), (6, 0.02, 1.0, 0.5, 3.0, 0.0, False), (8, 0.01, 0.01, 0.7, 0.0, 1000.0, False), (3, 1.0, 0.0, 0.9, 0.0, 5.0, False),
        (6, 1e-6, 0.1, 0.5, 0.0, 1e6, True), (6, 1e-10, 0.1, 0.5, 0.0, 1e10, True), (5, 1e-300, 0.1, 0.5, 0.0, 0.0, True), (7, 100.0, 0.1, 0.25, 0.01, 0.3, True), (8, 0.01, 1e-8, 0.5, 0.0, 7.0, True)]):
    f, g, theta = wishart(size, 61 + index, 0.25), unit(81 + index, size), unit(101 + index, size) if radius > 1e-6 else [0.0] * size
    m, b = mpmath.matrix(f), mpmath.matrix(g)
    a = m + mpf(damping) * mpmath.eye(size)
    x = mpmath.lu_solve(a, b)
    full = sqrt(2 * mpf(radius) / fsum(x[i] * b[i] for i in range(size)))
    fraction, backtracks = mpf(1), 0
    while True:
        d = x * (fraction * full)
        q = (d.T * m * d)[0] / 2
        kl = q + mpf(quartic) * q**2
        expected = fsum(d[i] * b[i] for i in range(size))
        improvement = expected - mpf(curvature) * fsum(y * y for y in d) / 2
        # Not so near an edge that a rounding decides.
        assert abs(kl - radius) > 1e-8 * radius and abs(improvement - expected / 10) > 1e-8 * abs(expected)
        if improvement > 0 and improvement >= expected / 10 and kl <= radius:
            break
        fraction, backtracks = fraction * mpf(ratio), backtracks + 1
    k = rowsum(a) * rowsum(a**-1)
    results = [(mpf(y) + d[i], abs(y) + k * mpmath.norm(d)) for i, y in enumerate(theta)]
    results += [(kl, k * kl), (improvement, k * (expected + abs(improvement - expected))), (expected, k * expected), (fraction, fraction), (mpf(backtracks), 1)]
    add(t, hard, results, matrix=flat(f), gradient=g, theta=theta, radius=radius, damping=damping, ratio=ratio, curvature=curvature, quartic=quartic)
t.write()

t = Table("trust_region_clipped_surrogate", "min(r A, clamp(r, 1 - c, 1 + c) A) for r = e^x; then its derivative by x")
for x, a, c, hard in [
        (0.0, 1.0, 0.2, False), (0.1, 1.0, 0.2, False), (0.3, 1.0, 0.2, False), (-0.3, 1.0, 0.2, False), (0.0, -1.0, 0.2, False), (0.3, -2.0, 0.2, False),
        (-0.3, -2.0, 0.2, False), (-0.1, -2.0, 0.2, False), (0.5, 0.0, 0.2, False), (1.0, 3.0, 0.9, False), (-3.0, -3.0, 0.9, False), (-1.0, 0.25, 0.1, False),
        (1e-6, 1.0, 1e-6, True), (1e-10, 1.0, 0.2, True), (-1e-10, -1.0, 1e-10, True), (800.0, -1e-300, 0.2, True), (1400.0, -1e-310, 0.2, True), (900.0, 1e-300, 0.2, True),
        (-700.0, 1e300, 0.2, True), (-INF, 2.0, 0.2, True), (-INF, -2.0, 0.2, True), (INF, 2.0, 0.2, True), (0.1823215567939546, 1.0, 0.2, True), (0.18232155679395463, 1.0, 0.2, True)]:
    r = mpf(0) if x == -INF else mpmath.inf if x == INF else exp(mpf(x))
    low, high = 1 - mpf(c), 1 + mpf(c)
    value = mpf(0) if a == 0 else min(r * a, min(max(r, low), high) * mpf(a))
    clipped = (a > 0 and r > high) or (a < 0 and r < low)
    slope = mpf(0) if clipped or a == 0 else r * mpf(a)
    add(t, hard, [(value, abs(value)), (slope, abs(slope))], x=x, advantage=a, clip=c)
t.write()

POLICIES = [
    # reference, rewards, penalty, policy, hard
    ([0.0, 0.0], [1.0, 0.0], 1.0, [0.0, 0.0], False), ([1.0, 2.0, 3.0], [0.5, -0.5, 1.0], 0.5, [3.0, 2.0, 1.0], False), ([0.3, -1.2, 2.5, 0.0], [1.0, 2.0, 3.0, 4.0], 2.0, [0.1, -1.0, 2.0, 0.7], False),
    ([7.0], [3.0], 1.0, [2.0], False), ([0.0, 1.0, 2.0], [1.0, 1.0, 1.0], 0.1, [2.0, 0.0, 1.0], False), ([0.5, 0.25, -0.5], [-3.0, -2.0, -1.0], 10.0, [0.0, 0.0, 0.0], False),
    (unit(121, 20), unit(122, 20), 0.3, unit(123, 20), False), ([2.0, -2.0], [0.0, 4.0], 1.0, [0.0, 0.5], False), ([1.0, 0.0, -1.0], [0.1, 0.2, 0.3], 0.05, [-1.0, 0.0, 1.0], False),
    ([0.0, -40.0, 1.0], [1.0, 50.0, 2.0], 1.0, [0.0, 8.0, 1.0], True), ([0.0, -5000.0], [0.0, 3.0], 0.001, [0.0, -2000.0], True), ([0.0, 1.0, -INF], [1.0, 2.0, 3.0], 0.5, [1.0, 0.5, -INF], True),
    ([0.1, 0.2, 0.3], [1.0, 2.0, 4.0], 1e-6, [0.1, 0.2, 0.3], True), ([0.1, 0.2, 0.3], [1.0, 2.0, 4.0], 1e6, [0.1, 0.2, 0.300001], True), ([0.1, 0.2, 0.3], [1.0, 2.0, 4.0], 1e10, [0.1, 0.2, 0.3000000001], True),
    ([0.1, 0.2, 0.3], [1.0, 1.000001, 0.999999], 1.0, [0.1, 0.200001, 0.299999], True), ([0.1, 0.2, 0.3], [1.0, 1.0000000001, 0.9999999999], 1.0, [0.1, 0.2000000001, 0.2999999999], True),
    ([0.1, 0.2, 0.3], [1e6, 1e6 + 1, 1e6 - 1], 1.0, [0.1, 1.2, -0.7], True), ([1000.0, 1001.0], [1e300, -1e300], 1e300, [3.0, 1.0], True), ([1.0, 2.0, 3.0], [1e-300, -1e-300, 2e-300], 1e-300, [1.5, 1.0, 4.0], True),
    ([1.0, 2.0], [1.0, 2.0], 1e300, [1.0, 2.0], True), ([0.0, 1000.0], [0.0, -1000.000000001], 1.0, [0.0, 0.5], True), ([0.0, 0.3], [0.0, -0.1], 0.3333333333333333, [0.0, 1e-17], True), ([1.0, 2.0, 2.5], [1.0, 2.0, 1.5], 1e-300, [-900.0, 0.0, -800.0], True), ([-1e-10, 0.0], [1e-10, 0.0], 1.0, [0.0, 0.0], True),
    ([x * 5 for x in unit(124, 300)], [x * 3 for x in unit(125, 300)], 0.7, [x * 4 for x in unit(126, 300)], True),
]


def optimum(reference, rewards, penalty):
    prior = log_softmax(reference)
    tilted = [x if x == mpf("-inf") else x + mpf(r) / mpf(penalty) for x, r in zip(prior, rewards)]
    top = max(tilted)
    total = top + log(fsum(exp(x - top) for x in tilted if x != mpf("-inf")))
    return prior, mpf(penalty) * total, [x if x == mpf("-inf") else x - total for x in tilted]


mpmath.mp.dps = 700
t = Table("trust_region_regularised_optimum", "beta log sum ref e^(r/beta); then log pi*")
for reference, rewards, penalty, _, hard in POLICIES:
    prior, value, policy = optimum(reference, rewards, penalty)
    distance = fsum(abs(exp(x) - exp(y)) for x, y in zip(policy, prior) if x != mpf("-inf")) / 2
    mode = policy.index(max(policy))
    results = [(value, abs(value) + 2 * mpf(penalty) * distance)]
    results += [(x, 1 if x == mpf("-inf") else abs(x)) for x in policy]
    add(t, hard, results, reference=reference, rewards=rewards, penalty=penalty)
t.write()

t = Table("trust_region_regularised_reward", "E r - beta kl(pi || ref); then its gradient by pi's logits")
for reference, rewards, penalty, policy, hard in POLICIES:
    prior, mine = log_softmax(reference), log_softmax(policy)
    p = [mpf(0) if x == mpf("-inf") else exp(x) for x in mine]
    kl = fsum(w * (x - y) for w, x, y in zip(p, mine, prior) if w != 0)
    reward, size = fsum(w * mpf(r) for w, r in zip(p, rewards)), fsum(w * abs(mpf(r)) for w, r in zip(p, rewards))
    value = reward - mpf(penalty) * kl
    h = [mpf(r) + (mpf(0) if w == 0 else mpf(penalty) * (y - x)) for w, r, x, y in zip(p, rewards, mine, prior)]
    m = policy.index(max(policy))
    size_of = [mpf(0) if w == 0 else abs(mpf(r) - mpf(rewards[m])) + mpf(penalty) * abs((y - x) - (prior[m] - mine[m])) for w, r, x, y in zip(p, rewards, mine, prior)]
    mean = fsum(w * x for w, x in zip(p, size_of))
    results = [(value, size + mpf(penalty) * kl)] + [(w * (x - value), w * (y + mean)) for w, x, y in zip(p, h, size_of)]
    add(t, hard, results, policy=policy, reference=reference, rewards=rewards, penalty=penalty)
t.write()
