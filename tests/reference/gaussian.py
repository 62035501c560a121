"""Reference tables for univariate and diagonal normals. Run: python3 gaussian.py"""
from mpmath import exp, fsum, log, mpf

from tables import Table, stream


def spread(ratio):
    """ratio of variances"""
    return ratio - 1 - log(ratio)


def kl(m0, s0, m1, s1):
    m0, s0, m1, s1 = map(mpf, (m0, s0, m1, s1))
    return (spread((s0 / s1) ** 2) + ((m0 - m1) / s1) ** 2) / 2


UNIVARIATE = [
    (0.0, 1.0, 0.0, 1.0, False), (0.0, 1.0, 1.0, 1.0, False), (0.0, 1.0, 0.0, 2.0, False), (1.0, 2.0, -1.0, 0.5, False),
    (0.3, 0.7, 0.1, 0.9, False), (5.0, 0.1, 4.0, 3.0, False), (-2.5, 1.3, 2.5, 1.3, False), (100.0, 15.0, 103.0, 12.0, False),
    (0.0, 3.0, 0.0, 1.0, False), (0.0, 1.0, 0.0, 2.000001, False), (0.0, 2.1, 0.0, 1.0, False), (0.0, 0.6, 0.0, 1.0, False),
    (0.0, 1.0, 0.0, 1.000001, True), (0.0, 1.0000000001, 0.0, 1.0, True), (1.0, 1.0, 1.000001, 1.0, True),
    (1.0, 1.0, 1.0000000001, 1.0000000001, True), (0.1, 0.3, 0.1 + 1e-17, 0.30000000000000004, True),
    (1e6, 1e-3, 1e6 + 1e-4, 1.001e-3, True), (0.0, 1e-150, 0.0, 1e150, True), (0.0, 1e150, 0.0, 1e-3, True),
    (0.0, 5e-324, 0.0, 1e-323, True), (0.0, 3e-310, 1e-310, 3.0000001e-310, True), (1.7e308, 1.7e308, -1.7e308, 1.6e308, True),
    (0.0, 1.7e308, 0.0, 1.69e308, True), (1e-200, 1.0, 0.0, 1.0, True), (0.0, 0.5, 0.0, 1.0, True), (1e-9, 1.0, 0.0, 1.0, True),
]

t = Table("gaussian_kullback_leibler", "log(s1/s0) + (s0^2 + (m0 - m1)^2) / (2 s1^2) - 1/2")
for m0, s0, m1, s1, hard in UNIVARIATE:
    t.add(kl(m0, s0, m1, s1), hard, mean0=m0, scale0=s0, mean1=m1, scale1=s1)
t.write()

t = Table("gaussian_fisher_information", "1/s^2, 2/s^2")
for s, hard in [(1.0, False), (2.0, False), (0.5, False), (0.1, False), (0.3, False), (0.7, False), (1.3, False), (3.0, False), (15.0, False), (1e3, False), (1e-3, False),
                (1.000001, True), (1 - 1e-10, True), (1 + 2.0**-52, True), (1e-100, True), (1e100, True), (1e-150, True), (1.1e154, True), (7e-155, True), (1e-154, True),
                (1e160, True), (3e161, True), (1e-160, True), (5e-324, True), (1.7e308, True)]:
    t.add([1 / mpf(s) ** 2, 2 / mpf(s) ** 2], hard, scale0=s)
t.write()


def generated(n, seed, delta):
    """Means in [-1, 1), positive scales in [1/2, 3/2): integers over powers of two; the second pair independent or within delta."""
    u = [stream(seed + k, n) for k in range(4)]
    mean = [(x - 2**30) / 2**30 for x in u[0]]
    scale = [(x + 2**30) / 2**31 for x in u[1]]
    if delta == 0:
        return mean, scale, [(x - 2**30) / 2**30 for x in u[2]], [(x + 2**30) / 2**31 for x in u[3]]
    return (mean, scale, [m + delta * ((x >> 7) % 3 - 1) for x, m in zip(u[2], mean)],
            [s + delta * ((x >> 7) % 3 - 1) for x, s in zip(u[3], scale)])


def variances(m0, v0, m1, v1):
    return fsum(spread(mpf(b) / mpf(d)) + (mpf(a) - mpf(c)) ** 2 / mpf(d) for a, b, c, d in zip(m0, v0, m1, v1)) / 2


def log_variances(m0, l0, m1, l1):
    return fsum(exp(mpf(b) - mpf(d)) - 1 - (mpf(b) - mpf(d)) + (mpf(a) - mpf(c)) ** 2 * exp(-mpf(d))
                for a, b, c, d in zip(m0, l0, m1, l1)) / 2


DIAGONAL = [
    ([0.0, 0.0], [1.0, 1.0], [1.0, -1.0], [2.0, 0.5], False), ([0.3, -0.2, 0.1], [0.5, 1.5, 2.5], [0.0, 0.0, 0.0], [1.0, 1.0, 1.0], False),
    ([1.0], [4.0], [-1.0], [0.25], False), ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], [3.0, 2.0, 1.0], [3.0, 2.0, 1.0], False),
    ([0.0], [0.75], [0.0], [1.0], False), ([0.0], [1.5], [0.0], [1.0], False), ([0.0], [0.1], [5.0], [10.0], False),
    ([2.0, 2.0], [0.9, 1.1], [2.1, 1.9], [1.1, 0.9], False),
    ([1.0, 1.0], [1.000001, 0.999999], [1.0, 1.0], [1.0, 1.0], True), ([1.0, 1.0], [1.0000000001, 1.0], [1.0, 1.0000000001], [1.0, 1.0], True),
    ([0.0], [1e-310], [0.0], [1.0000001e-310], True), ([1e-160], [1e-320], [0.0], [1e-320], True), ([0.0], [1e-200], [0.0], [1e200], True),
    ([0.0], [1.7e308], [1e154], [1.6e308], True), ([0.0, 1.0], [1.0, 2.0], [0.0, 1.0], [1.0, 2.0], True),
    ([0.0], [1 + 2.0**-52], [0.0], [1.0], True),
]
LOG = [
    ([0.0, 0.0], [0.0, 0.0], [1.0, -1.0], [0.7, -0.7], False), ([0.3, -0.2, 0.1], [-0.5, 0.5, 1.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], False),
    ([1.0], [1.4], [-1.0], [-1.4], False), ([1.0, 2.0, 3.0], [0.0, 1.0, 2.0], [3.0, 2.0, 1.0], [2.0, 1.0, 0.0], False),
    ([0.0], [-1.0], [0.0], [0.0], False), ([0.0], [1.0], [0.0], [0.0], False), ([0.0], [-5.0], [5.0], [3.0], False),
    ([2.0, 2.0], [-0.1, 0.1], [2.1, 1.9], [0.1, -0.1], False),
    ([1.0, 1.0], [1e-6, -1e-6], [1.0, 1.0], [0.0, 0.0], True), ([1.0, 1.0], [1e-10, 0.0], [1.0, 1.0000000001], [0.0, 0.0], True),
    ([0.0], [1000.0], [0.0], [1000.000001], True), ([1e-200], [-1500.0], [0.0], [-920.0], True), ([0.0], [-800.0], [0.0], [0.0], True),
    ([0.0], [700.0], [1.0], [0.0], True), ([1e-160], [0.3], [0.0], [0.3], True), ([0.0], [0.3], [0.0], [0.1], True),
    ([0.0], [1e-17], [0.0], [1.0], True), ([1e-300], [0.0], [0.0], [-1380.0], True),
]
LARGE = [(1000, 31, 0), (1000, 41, 1e-6), (1000, 51, 1e-10)]

for name, formula, function, listed in [
    ("diagonal_gaussian_kullback_leibler", "sum (v0/v1 - 1 - log(v0/v1) + (m0 - m1)^2/v1) / 2", variances, DIAGONAL),
    ("diagonal_gaussian_from_log_variance", "sum (e^l - 1 - l + (m0 - m1)^2 e^-l1) / 2, l = l0 - l1", log_variances, LOG),
]:
    t = Table(name, formula)
    for m0, s0, m1, s1, hard in listed:
        t.add(function(m0, s0, m1, s1), hard, mean0=m0, scale0=s0, mean1=m1, scale1=s1)
    for n, seed, delta in LARGE:
        t.add(function(*generated(n, seed, delta)), True, n=n, seed=seed, delta=delta)
    t.write()

t = Table("diagonal_gaussian_to_standard", "sum (m^2 + e^l - 1 - l) / 2")
for m0, s0, m1, s1, hard in LOG:
    zero = [0.0] * len(m0)
    t.add(log_variances(m0, s0, zero, zero), hard, mean0=m0, scale0=s0)
for n, seed, delta in LARGE:
    m0, s0, _, _ = generated(n, seed, delta)
    zero = [0.0] * n
    t.add(log_variances(m0, s0, zero, zero), True, n=n, seed=seed, delta=delta)
t.write()
