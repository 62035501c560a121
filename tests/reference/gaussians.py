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
    (0.0, 0.9999999999, 1e-6, 1.0, INF, 0.5, True), (0.0, 1e100, 1e90, 1.0, 0.2, 0.7, True),
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
