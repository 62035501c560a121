"""Reference tables for what training loops need: losses over rows, entropy bonus, normals by log standard deviation, distances of singular normals.
Run: python3 training.py

Each case has a list of values and, for each, the scale its error is relative to: the value itself unless a docstring of the library says more.
"""
import mpmath
from mpmath import exp, expm1, fsum, log, mpf, sqrt

from tables import Table, plain, stream

mpmath.mp.dps = 400
INF = float("inf")


def add(table, hard, results, **inputs):
    """results: pairs of a value and what its error is relative to"""
    table.add([v for v, _ in results], hard, **inputs)
    table.cases[-1]["scales"] = [plain(float(s)) for _, s in results]


def itself(*values):
    return [(v, abs(v)) for v in values]


t = Table("diagonal_gaussian_from_log_standard_deviation", "sum of (e^l - 1 - l)/2 + z^2/2, l = 2 (s0 - s1), z = (m0 - m1) e^-s1; then by m0, s0, m1, s1")
for m0, s0, m1, s1, hard in [
        ([0.0, 0.0], [0.0, 0.0], [1.0, -1.0], [0.5, -0.5], False), ([0.3, -0.2, 0.1], [-0.5, 0.5, 1.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], False), ([1.0], [1.4], [-1.0], [-1.0], False),
        ([1.0, 2.0, 3.0], [0.0, 1.0, 2.0], [3.0, 2.0, 1.0], [2.0, 1.0, 0.0], False), ([0.0], [-0.1], [0.0], [0.0], False), ([0.0], [1.0], [0.0], [0.0], False), ([5.0], [-5.0], [4.0], [3.0], False),
        ([2.0, 2.0], [-0.1, 0.1], [2.1, 1.9], [0.1, -0.1], False), ([x / 2**31 - 0.5 for x in stream(51, 40)], [x / 2**30 - 1 for x in stream(52, 40)], [x / 2**31 - 0.5 for x in stream(53, 40)], [x / 2**30 - 1 for x in stream(54, 40)], False),
        ([1.0, 1.0], [1e-6, -1e-6], [1.0, 1.000001], [0.0, 0.0], True), ([1.0, 1.0], [1e-10, 0.5], [1.0, 1.0000000001], [0.0, 0.5 - 1e-10], True), ([0.1], [0.3], [0.1], [0.30000000000000004], True),
        ([1e-160], [-369.0], [0.0], [-369.0], True), ([0.0], [-150.0], [1e-5], [150.0], True), ([1e150], [340.0], [0.0], [341.0], True), ([0.0], [350.0], [0.0], [10.0], True), ([1e6], [-6.9], [1e6 + 1e-4], [-6.899], True)]:
    rows = [tuple(map(mpf, row)) for row in zip(m0, s0, m1, s1)]
    u = [expm1(2 * (b - d)) for a, b, c, d in rows]
    z = [(a - c) * exp(-d) for a, b, c, d in rows]
    value = fsum(x - 2 * (b - d) + y * y for (a, b, c, d), x, y in zip(rows, u, z)) / 2
    slopes = [y * exp(-d) for (a, b, c, d), y in zip(rows, z)]
    add(t, hard, itself(value, *slopes, *u, *(-x for x in slopes)) + [(-(x + y * y), abs(x) + y * y) for x, y in zip(u, z)], mean0=m0, scale0=s0, mean1=m1, scale1=s1)
t.write()


t = Table("diagonal_gaussian_entropy", "sum of s + log sqrt(2 pi e)")
for s, hard in [
        ([0.0], False), ([1.0], False), ([0.5, -0.5], False), ([0.1, 0.2, 0.3], False), ([-1.0, -2.0], False), ([3.0, 4.0, 5.0, 6.0], False), ([2.0, -7.5], False),
        ([x / 2**30 - 1 for x in stream(71, 40)], False), ([x / 2**30 - 1 for x in stream(72, 300)], False), ([-1.4189385332046727], True), ([-1.4189385332046727 * (1 + 1e-10)], True),
        ([1e16, -1e16, 1.0], True), ([1e-300], True), ([1e300, -1e300], True), ([-2.8378770664093453, 0.0], True)]:
    unit = log(2 * mpmath.pi * mpmath.e) / 2
    add(t, hard, [(fsum(mpf(x) for x in s) + len(s) * unit, fsum(abs(mpf(x)) for x in s) + len(s) * unit)], scale0=s)
t.write()


def log_softmax(logits, t):
    top = max(logits)
    gaps = [None if x == -INF else (mpf(x) - mpf(top)) / mpf(t) for x in logits]
    shift = log(fsum(exp(g) for g in gaps if g is not None))
    return [mpf("-inf") if g is None else g - shift for g in gaps]


def probability(x):
    return mpf(0) if x == -mpmath.inf else exp(x)


def first_slope(x, y, value):
    """dKL/da without 1/T, and its scale."""
    p = [probability(u) for u in x]
    mode = max(range(len(p)), key=lambda i: p[i])
    z = [u - v if w else mpf(0) for u, v, w in zip(x, y, p)]
    offsets = [abs(v - z[mode]) for v in z]
    spread = fsum(w * o for w, o in zip(p, offsets))
    return [(w * (v - value), w * (o + spread)) for w, v, o in zip(p, z, offsets)]


BASE = [0.3, -1.2, 2.5, 0.0, 1.1, -0.4]
FAR = [x % 20001 / 1000.0 - 10 for x in stream(61, 60)]
SOFT = {2: [0.25, 0.75], 3: [0.5, 0.125, 0.375], 10: [0.1] * 10}
t = Table("logits_mean_losses", "means over kept rows and their gradients: of labels, of soft labels, KL by both, entropy; then the entropy of the first kept row alone")
for labels, a, b, columns, kept, temperature, hard in [
        ([0, 1], [1.0, 2.0, 3.0, 0.5, 0.0, -1.0], [3.0, 2.0, 1.0, 0.0, 0.0, 0.0], 3, [], 1.0, False), ([1, 1, 0], BASE, [0.1, -1.0, 2.0, 0.7, 1.0, 0.0], 2, [], 1.0, False),
        ([1, -100, 0], BASE, [0.1, -1.0, 2.0, 0.7, 1.0, 0.0], 2, [1, 0, 1], 1.0, False), ([2, 0], BASE, [0.1, -1.0, 2.0, 0.7, 1.0, 0.0], 3, [1, 1], 2.5, False),
        ([5, 2, 3, 9, 9, 0], FAR, FAR[30:] + FAR[:30], 10, [1, 1, 0, 1, 1, 1], 1.0, False), ([5, 2, 3, 9, 9, 0], FAR, [x / 2 for x in FAR], 10, [], 4.0, False),
        ([0, 0], [0.0, 0.0, 0.0, 0.0], [0.0, 1.0, 1.0, 0.0], 2, [], 1.0, False), ([0, 1], [2.0, 1.0, 0.5, 0.5], [1.0, 2.0, 0.25, 0.5], 2, [0, 1], 0.5, False),
        ([2, 2], BASE, BASE, 3, [], 1.0, False),
        ([2, 0], BASE, [x + 1e-6 * (-1) ** i for i, x in enumerate(BASE)], 3, [], 1.0, True), ([2, 0], BASE, [x + 1e-10 * (-1) ** i for i, x in enumerate(BASE)], 3, [], 1.0, True),
        ([2, 1], BASE, [x + 1000 + 1e-6 * (-1) ** i for i, x in enumerate(BASE)], 3, [], 2.0, True), ([0, 1], [1000.0, -1000.0, 0.0, 0.5], [-300.0, 300.0, 1.0, 0.5], 2, [], 4.0, True),
        ([0, 1], [40.0, 0.0, 0.5, 0.5], [40.000001, 0.0, 0.5, 0.500001], 2, [], 1.0, True), ([0, 0], [0.0, -45.0, 0.0, -44.0], [0.0, -44.0, 0.0, -45.5], 2, [], 1.0, True),
        ([0, 1], [1e300, 1e300, 0.0, -1e300], [1e300, 1e300, 0.0, -1e299], 2, [], 1e300, True)]:
    n, T = len(a) // columns, mpf(temperature)
    rows = [i for i in range(n) if not kept or kept[i]]
    m = len(rows)
    p = [x for _ in range(n) for x in SOFT[columns]]
    logs = {i: (log_softmax(a[i * columns:(i + 1) * columns], temperature), log_softmax(b[i * columns:(i + 1) * columns], temperature)) for i in rows}
    zeros = [(mpf(0), mpf(0))] * columns

    def over(results):
        """of each row the value and the gradients: the mean, then each gradient over all rows"""
        (v, s) = (fsum(results[i][0][j] for i in rows) / m for j in (0, 1))
        count = len(results[rows[0]][1])
        return [(v, s)] + [(x / m / T, y / m / T) for g in range(count) for i in range(n) for x, y in (results[i][1][g] if i in results else zeros)]

    by_label, by_soft, divergence, entropy = {}, {}, {}, {}
    for i in rows:
        x, y = logs[i]
        q, label = [probability(v) for v in y], labels[i]
        by_label[i] = ((-y[label], -y[label]), [itself(*(-fsum(q[:j] + q[j + 1:]) if j == label else q[j] for j in range(columns)))])
        soft = [mpf(v) for v in SOFT[columns]]
        mass, h = fsum(soft), -fsum(s * v for s, v in zip(soft, y) if s)
        by_soft[i] = ((h, h), [[(mass * v - s, v + s) for s, v in zip(soft, q)]])
        r = [probability(u) for u in x]
        kl = fsum(w * (u - v) for w, u, v in zip(r, x, y) if w)
        distance = fsum(w * abs(u - v) for w, u, v in zip(r, x, y) if w)
        divergence[i] = ((kl, kl), [first_slope(x, y, kl), [(v - w, abs(v - w) + w * distance) for w, v in zip(r, q)]])
        value = -fsum(w * u for w, u in zip(r, x) if w)
        flat = [mpf(0)] * columns
        entropy[i] = ((value, value), [[(-v, s) for v, s in first_slope(x, flat, -value)]])
    first = rows[0]
    alone = [entropy[first][0]] + [(x / T, y / T) for x, y in entropy[first][1][0]]
    add(t, hard, over(by_label) + over(by_soft) + over(divergence) + over(entropy) + alone,
        labels=labels, p=p, a=a, b=b, columns=columns, kept=kept, temperature=temperature)
t.write()


def covariance(factor, d, size):
    r = len(factor) // d
    return [[size * size * sum(factor[i * r + k] * factor[j * r + k] for k in range(r)) for j in range(d)] for i in range(d)]


# Factors of small integers times a power of two, so that every element of a covariance is exact, and so is its rank.
mpmath.mp.dps = 60
t = Table("multivariate_gaussian_wasserstein2_singular", "sqrt(|m0 - m1|^2 + tr S0 + tr S1 - 2 |F1' F0|), the last the sum of singular values, S = F F'")
for d, f0, f1, m0, m1, size0, size1, hard in [
        (2, [1, 1], [1, 1], [0.0, 0.0], [1.0, 2.0], 1.0, 1.0, False), (2, [1, 1], [1, -1], [0.0, 0.0], [0.0, 0.0], 1.0, 1.0, False), (2, [1, 2], [3, 1], [0.5, 0.25], [0.0, 1.0], 1.0, 1.0, False),
        (2, [1, 0, 0, 1], [1, 2], [0.0, 0.0], [0.0, 0.0], 1.0, 2.0, False), (2, [0, 0], [1, 2, 2, 5], [1.0, 1.0], [0.0, 0.0], 1.0, 1.0, False), (2, [0, 0], [0, 0], [1.0, 1.0], [0.0, 0.5], 1.0, 1.0, False),
        (3, [1, 2, 3], [3, 1, -2], [0.0] * 3, [0.0] * 3, 1.0, 1.0, False), (3, [1, 0, 2, 1, 3, -1], [1, 1, 0, 2, 5, -1], [0.0] * 3, [0.5, 0.0, 0.0], 1.0, 0.5, False),
        (3, [1, 0, 2, 1, 3, -1], [4, 1, 2], [0.0] * 3, [0.0] * 3, 1.0, 1.0, False), (4, [1, 2, 0, 1, 3, -1, 2, 2], [2, 1, 1, 0, -3, 1, 0, 2], [0.0] * 4, [0.0] * 4, 1.0, 1.0, False),
        (5, list(range(1, 11)), list(range(-4, 6)), [0.0] * 5, [1.0] * 5, 0.25, 0.25, False), (1, [0], [3], [1.0], [2.0], 1.0, 1.0, False),
        (2, [1, 0], [0, 1], [0.0, 0.0], [0.0, 0.0], 1.0, 2.0**-20, True), (3, [1000000, 2000000, 3000000], [1000001, 2000000, 3000000], [0.0] * 3, [0.0] * 3, 1.0, 1.0, True),
        (3, [1, 2, 3], [1, 2, 3], [0.0] * 3, [0.0] * 3, 2.0**-500, 2.0**-500, True), (3, [1, 2, 3], [3, 2, 1], [0.0] * 3, [0.0] * 3, 2.0**-500, 2.0**-500, True),
        (3, [1, 2, 3], [3, 2, 1], [0.0] * 3, [0.0] * 3, 2.0**500, 2.0**500, True), (3, [1, 2, 3], [1, 2, 4], [0.0] * 3, [1e-10, 0.0, 0.0], 1.0, 1.0, True),
        (4, [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0], [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1], [0.0] * 4, [0.0] * 4, 1.0, 1.0, True),
        (2, [33554432, 33554432], [33554432, 33554431], [0.0, 0.0], [0.0, 0.0], 2.0**-25, 2.0**-25, True)]:
    r0, r1 = len(f0) // d, len(f1) // d
    a, b = covariance(f0, d, size0), covariance(f1, d, size1)
    g0 = mpmath.matrix([[mpf(size0) * f0[i * r0 + k] for k in range(r0)] for i in range(d)])
    g1 = mpmath.matrix([[mpf(size1) * f1[i * r1 + k] for k in range(r1)] for i in range(d)])
    assert all(mpf(a[i][j]) == fsum(g0[i, k] * g0[j, k] for k in range(r0)) and mpf(b[i][j]) == fsum(g1[i, k] * g1[j, k] for k in range(r1)) for i in range(d) for j in range(d))
    product = g1.T * g0
    nuclear = fsum(mpmath.svd_r(product, compute_uv=False)) if any(product[i, j] for i in range(r1) for j in range(r0)) else mpf(0)
    square = fsum((mpf(x) - mpf(y)) ** 2 for x, y in zip(m0, m1)) + fsum(mpf(a[i][i]) + mpf(b[i][i]) for i in range(d)) - 2 * nuclear
    w = sqrt(square) if square > mpf(10) ** -50 * fsum(mpf(a[i][i]) + mpf(b[i][i]) for i in range(d)) else mpf(0)
    largest = max(max(a[i][i], b[i][i]) for i in range(d))
    add(t, hard, [(w, max(w, d * sqrt(mpf(largest))))], mean0=m0, covariance0=[x for row in a for x in row], mean1=m1, covariance1=[x for row in b for x in row])
t.write()
