"""Reference tables for entropies and divergences of discrete distributions and measures. Run: python3 discrete.py"""
from mpmath import log, mpf

from tables import Table, masses, normalised


def ln(b):
    return mpf(1) if b is None else log(mpf(b))


def plain_term(p, q):
    if p == 0:
        return mpf(0)
    return mpf("inf") if q == 0 else mpf(p) * log(mpf(p) / mpf(q))


def excess_term(p, q):
    return plain_term(p, q) - mpf(p) + mpf(q)


def entropy(p):
    return -sum(mpf(x) * log(mpf(x)) for x in p if x > 0)


def cross(p, q):
    if any(x > 0 and y == 0 for x, y in zip(p, q)):
        return mpf("inf")
    return -sum(mpf(x) * log(mpf(y)) for x, y in zip(p, q) if x > 0)


def excess(p, q):
    return sum(excess_term(x, y) for x, y in zip(p, q))


def plain_sum(p, q):
    return sum(plain_term(x, y) for x, y in zip(p, q))


def geometric(n, r):
    return normalised([round(2**60 * r**i) for i in range(n)])


def shifted(p, relative):
    """p with mass moved by a relative amount, back and forth."""
    q = [x * (1 + relative * (-1) ** i) for i, x in enumerate(p)]
    q[-1] = 1.0 - sum(q[:-1])
    return q


TINY = 5e-324
PAIRS = [
    # p, q, base, hard
    ([0.4, 0.3, 0.3], [0.33, 0.33, 0.34], None, False),
    ([0.4, 0.3, 0.3], [0.33, 0.33, 0.34], 2, False),
    ([0.33, 0.33, 0.34], [0.4, 0.3, 0.3], 10, False),
    ([0.5, 0.25, 0.25], [0.25, 0.25, 0.5], 2, False),
    ([0.5, 0.5], [0.25, 0.75], None, False),
    ([0.36, 0.48, 0.16], [1 / 3, 1 / 3, 1 / 3], None, False),
    ([0.9, 0.1], [0.1, 0.9], 3, False),
    ([0.0, 1.0], [0.5, 0.5], None, False),
    ([0.2, 0.0, 0.8], [0.1, 0.0, 0.9], 1.5, False),
    ([0.375, 0.625], [0.5, 0.5], None, False),
    ([0.7, 0.3], [0.5, 0.5], None, False),
    (geometric(20, 0.5), geometric(20, 0.6), None, False),
    (geometric(40, 0.9), geometric(40, 0.4), 7, False),
    ([1.0], [1.0], None, False),
    ([0.5, 0.5], [1.0, 0.0], None, True),
    ([1.0, 0.0], [0.5, 0.5], 2, True),
    ([0.5 + 1e-6, 0.5 - 1e-6], [0.5, 0.5], None, True),
    ([0.5 + 1e-10, 0.5 - 1e-10], [0.5, 0.5], None, True),
    (shifted([0.1, 0.2, 0.3, 0.4], 1e-6), [0.1, 0.2, 0.3, 0.4], None, True),
    (shifted([0.1, 0.2, 0.3, 0.4], 1e-10), [0.1, 0.2, 0.3, 0.4], 2, True),
    ([0.1, 0.2, 0.3, 0.4], shifted([0.1, 0.2, 0.3, 0.4], 3e-16), None, True),
    ([1.0, TINY], [1.0, 1e-300], None, True),
    ([1.0, 1e-300], [1.0, TINY], None, True),
    ([1.0, 1e-310], [1.0, 3e-312], None, True),
    ([1e-200, 1.0], [1.0, 1e-200], None, True),
    ([1 - 2.0**-53, 2.0**-53], [1.0, 2.0**-60], None, True),
    ([2.0**-53, 1 - 2.0**-53], [0.5, 0.5], None, True),
    ([0.3 + 5e-9, 0.7], [0.3, 0.7 - 5e-9], None, True),
]
GENERATED = [
    # n, seed, delta, base
    (1000, 1, 0, None), (1000, 2, 1, None), (1000, 3, 1000, 2), (997, 4, 10**6, None), (4099, 5, 0, 10), (1025, 6, 1, None),
]
MEASURES = [
    ([2.0, 3.0], [1.0, 5.0], None, False),
    ([0.0, 3.0], [4.0, 0.0625], 2, False),
    ([1e3, 1e-3, 7.0], [999.0, 2e-3, 7.5], None, False),
    ([10.0, 20.0, 30.0], [11.0, 19.0, 31.0], 10, False),
    ([0.75], [1.0], None, False),
    ([1.5], [1.0], None, False),
    ([2 / 3], [1.0], None, False),
    ([0.7], [1.25], None, False),
    ([4.0 / 3], [1.0], None, False),
    ([1.0, 1.0, 1.0], [2.0, 4.0, 8.0], 2, False),
    ([1e100, 1.0], [1e99, 2.0], None, False),
    ([1e-5], [3.0], None, False),
    ([1e16 + 2], [1e16], None, True),
    ([1.0 + 2.0**-52], [1.0], None, True),
    ([1.000001], [1.0], None, True),
    ([5.0000000001, 3.0], [5.0, 3.0000000001], None, True),
    ([1e308], [9e307], None, True),
    ([1e-308], [9e-309], None, True),
    ([TINY], [1e308], None, True),
    ([1e300], [TINY], None, True),
    ([1e-320, 2e-320], [2e-320, 1e-320], None, True),
    ([3e-310], [1e-290], None, True),
]


def pairs():
    for p, q, base, hard in PAIRS:
        yield {"p": p, "q": q}, p, q, base, hard
    for n, seed, delta, base in GENERATED:
        x, y = masses(seed, n, delta)
        yield {"n": n, "seed": seed, "delta": delta, "normalised": True}, normalised(x), normalised(y), base, True


def measures():
    for p, q, base, hard in MEASURES:
        yield {"p": p, "q": q}, p, q, base, hard
    for n, seed, delta, base in GENERATED:
        x, y = masses(seed, n, delta)
        yield ({"n": n, "seed": seed, "delta": delta, "normalised": False},
               [float(v) for v in x], [float(v) for v in y], base, True)


def table(name, formula, source, function, scale=None):
    t = Table(name, formula)
    for inputs, p, q, base, hard in source:
        if base is not None:
            inputs["base"] = base
        t.add(function(p, q) / ln(base), hard, scale and scale(p, q) / ln(base), **inputs)
    t.write()


def magnitudes(p, q):
    return sum(abs(plain_term(x, y)) for x, y in zip(p, q))


table("divergence_kullback_leibler", "(sum p log(p/q) - p + q) / ln b", pairs(), excess)
table("measures_kullback_leibler", "(sum p log(p/q) - p + q) / ln b", measures(), excess)
table("measures_log_ratio_sum", "(sum p log(p/q)) / ln b; scale: the same with absolute values", measures(), plain_sum, magnitudes)
table("entropy_cross", "-(sum p log q) / ln b", pairs(), cross)
table("entropy_shannon", "-(sum p log p) / ln b", pairs(), lambda p, q: entropy(p))

# One term at a time: ratios swept through the seams of the reduction (p/q near 3/4, 2/3, 4/3, 3/2, 2^k), near one, and far.
TERMS = [(x, y, False) for x, y in [
    (1.0, 2.0), (2.0, 1.0), (0.75, 1.0), (0.7499999, 1.0), (0.7500001, 1.0), (1.0, 1.5), (1.0001, 1.5), (0.9999, 1.5),
    (1.5, 1.0), (1.4999, 1.0), (1.5001, 1.0), (4.0, 3.0), (3.0, 4.0), (0.1, 0.3), (0.3, 0.1), (7.0, 1.0), (1.0, 7.0),
    (0.7, 1.0), (0.71, 1.0), (1.99, 1.5), (1.49, 1.99), (1.0, 0.36787944), (0.9, 0.1), (1e-3, 1.0), (123.456, 1e-7)]]
TERMS += [(float(x), float(y), True) for x, y in [
    (1 + 1e-6, 1), (1 - 1e-6, 1), (1 + 1e-10, 1), (1 - 1e-10, 1), (1 + 2.0**-52, 1), (1 - 2.0**-53, 1), (0.3, 0.3 + 2.0**-54),
    (TINY, 1), (1, TINY), (TINY, 2 * TINY), (3e-320, 4e-320), (1.7e308, 1.6e308), (1.7e308, TINY), (TINY, 1.7e308),
    (2.2250738585072014e-308, 2.2250738585072009e-308), (1e-301, 1.1e-301), (9.4e-302, 9.2e-302), (1e301, 1.1e301), (1e-305, 1e-200)]]
for seed in range(3):
    x, y = masses(90 + seed, 60, 0)
    TERMS += [(a / 2**30, b / 2**30, False) for a, b in zip(x, y)]

for name, formula, function in [
    ("terms_log_ratio", "log(p/q)", lambda p, q: log(mpf(p) / mpf(q))),
    ("terms_kullback_leibler", "p log(p/q) - p + q", excess_term),
    ("terms_relative_entropy", "p log(p/q)", plain_term),
    ("terms_cross_entropy", "-p log q", lambda p, q: -mpf(p) * log(mpf(q))),
    ("terms_entropy", "-p log p", lambda p, q: entropy([p])),
]:
    t = Table(name, formula)
    for p, q, hard in TERMS:
        t.add(function(p, q), hard, p=p, q=q)
    t.write()
