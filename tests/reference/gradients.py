"""Reference tables for the derivatives of discrete divergences: those by p first, then those by q. Run: python3 gradients.py"""
from mpmath import log, mpf

from tables import Table, masses, normalised

INF, TINY = mpf("inf"), 5e-324


def log_ratio(p, m):
    p, m = mpf(p), mpf(m)
    return mpf(0) if p == m else -INF if p == 0 else INF if m == 0 else log(p / m)


def kullback_leibler(p, q):
    by_q = [mpf(0) if x == y else -INF if y == 0 else (mpf(y) - mpf(x)) / mpf(y) for x, y in zip(p, q)]
    return [log_ratio(x, y) for x, y in zip(p, q)] + by_q


def jensen_shannon(p, q):
    m = [(mpf(x) + mpf(y)) / 2 for x, y in zip(p, q)]
    return [log_ratio(x, y) / 2 for x, y in zip(list(p) + list(q), m + m)]


def shifted(p, relative):
    q = [x * (1 + relative * (-1) ** i) for i, x in enumerate(p)]
    q[-1] = 1.0 - sum(q[:-1])
    return q


FOUR = [0.1, 0.2, 0.3, 0.4]
PAIRS = [
    # p, q, base, hard
    ([0.4, 0.3, 0.3], [0.33, 0.33, 0.34], None, False),
    ([0.4, 0.3, 0.3], [0.33, 0.33, 0.34], 2, False),
    ([0.5, 0.25, 0.25], [0.25, 0.25, 0.5], 2, False),
    ([0.5, 0.5], [0.25, 0.75], 10, False),
    ([0.9, 0.1], [0.1, 0.9], 3, False),
    ([0.001, 0.999], [0.7, 0.3], None, False),
    ([1.0], [1.0], None, False),
    (normalised(masses(1, 50, 0)[0]), normalised(masses(2, 50, 0)[0]), None, False),
    ([0.2, 0.0, 0.8], [0.1, 0.0, 0.9], 1.5, True),
    ([0.0, 1.0], [0.5, 0.5], 2, True),
    ([0.5, 0.5], [1.0, 0.0], None, True),
    (shifted(FOUR, 1e-6), FOUR, None, True),
    (shifted(FOUR, 1e-10), FOUR, 2, True),
    (FOUR, shifted(FOUR, 3e-16), None, True),
    ([1.0, 1e-300], [1.0, 1e-20], None, True),
    ([1.0, TINY], [1.0, 1e-300], None, True),
]
for name, formula, function in [
    ("divergence_kullback_leibler_gradient", "log(p/q) / ln b, then (q - p) / q / ln b", kullback_leibler),
    ("divergence_jensen_shannon_gradient", "log(p/m) / 2 / ln b, then log(q/m) / 2 / ln b, m = (p + q)/2", jensen_shannon),
]:
    t = Table(name, formula)
    for p, q, base, hard in PAIRS:
        t.add([v / (1 if base is None else log(mpf(base))) for v in function(p, q)], hard, p=p, q=q, **({} if base is None else {"base": base}))
    t.write()
