"""Reference tables for quantities from logits. Run: python3 logits.py"""
from mpmath import exp, fsum, log, mpf

from tables import Table, stream

INF = float("inf")


def distribution(logits, t):
    top = max(logits)
    weights = [mpf(0) if x == -INF else exp((mpf(x) - mpf(top)) / mpf(t)) for x in logits]
    return weights, fsum(weights), mpf(top) / mpf(t)


def log_softmax(logits, t):
    weights, total, top = distribution(logits, t)
    shift = top + log(total)
    return [mpf("-inf") if x == -INF else mpf(x) / mpf(t) - shift for x in logits]


def mean(a, t, terms):
    weights, total, _ = distribution(a, t)
    parts = [w * x for w, x in zip(weights, terms) if w != 0]
    return fsum(parts) / total


def kl(a, b, t):
    if any(x != -INF and y == -INF for x, y in zip(a, b)):
        return mpf("inf")
    return mean(a, t, [mpf(0) if x == -INF else x - y for x, y in zip(log_softmax(a, t), log_softmax(b, t))])


def cross(a, b, t):
    if any(x != -INF and y == -INF for x, y in zip(a, b)):
        return mpf("inf")
    return mean(a, t, [mpf(0) if x == -INF else -y for x, y in zip(a, log_softmax(b, t))])


BASE = [0.3, -1.2, 2.5, 0.0, 1.1]
CASES = [
    # a, b, temperature, hard
    ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0], 1.0, False),
    ([0.0, 0.0], [0.0, 1.0], 1.0, False),
    ([0.5, -0.5, 1.5, 0.1], [0.2, 0.1, 0.0, -0.3], 1.0, False),
    ([0.5, -0.5, 1.5, 0.1], [0.2, 0.1, 0.0, -0.3], 2.0, False),
    ([0.5, -0.5, 1.5, 0.1], [0.2, 0.1, 0.0, -0.3], 4.0, False),
    ([10.0, 0.0, -10.0], [0.0, 10.0, -10.0], 3.0, False),
    (BASE, [0.1, -1.0, 2.0, 0.7, 1.0], 0.7, False),
    (BASE, [-3.0, 4.0, -5.0, 6.0, -7.0], 1.0, False),
    ([1.0, 2.0], [1.0, 2.5], 20.0, False),
    ([7.0], [3.0], 1.0, False),
    ([-2.0, -3.0, -4.0], [-4.0, -3.0, -2.5], 0.3, False),
    ([0.125, 0.25, 0.5, 0.75], [0.75, 0.5, 0.25, 0.125], 1.0, False),
    (BASE, [x + 1e-6 * (-1) ** i for i, x in enumerate(BASE)], 1.0, True),
    (BASE, [x + 1e-10 * (-1) ** i for i, x in enumerate(BASE)], 1.0, True),
    (BASE, [x + 1e-10 * (-1) ** i for i, x in enumerate(BASE)], 2.5, True),
    (BASE, [x + 1000 + 1e-6 * (-1) ** i for i, x in enumerate(BASE)], 1.0, True),
    (BASE, [x + 1000 + 1e-10 * (-1) ** i for i, x in enumerate(BASE)], 1.0, True),
    (BASE, [x - 12345.678 for x in BASE], 1.0, True),
    ([1000.0, 1000.0], [1000.0, 1001.0], 1.0, True),
    ([0.0, -1000.0], [0.0, 0.0], 1.0, True),
    ([0.0, -5000.0], [-5000.0, 0.0], 1.0, True),
    ([0.0, -700.0], [0.0, -699.0], 1.0, True),
    ([0.0, -45.0, -44.0], [0.0, -44.0, -45.5], 1.0, True),
    ([0.0, -60.0], [0.0, -20.0], 1.0, True),
    ([0.0, -60.0, 1.0], [0.0, -19.0, 1.0], 1.0, True),
    ([0.0, 1.0, 2.0], [0.0, 1.0, 60.0], 0.5, True),
    ([-INF, 1.0, 2.0], [0.0, 1.0, 2.0], 1.0, True),
    ([-INF, 1.0, 2.0], [-INF, 1.5, 2.0], 1.0, True),
    ([0.0, 1.0, 2.0], [-INF, 1.0, 2.0], 1.0, True),
    ([-INF, 0.3, 0.2], [30.0, 0.3, 0.2], 1.0, True),
    ([-INF, 0.3, 0.2], [-30.0, 0.3, 0.2], 1.0, True),
    ([0.1, 0.2, 0.3], [0.1, 0.2, 0.3 + 1e-16], 1.0, True),
    ([0.1, 0.2, 0.3], [0.1, 0.2, 0.30000000000000004], 1.0, True),
    ([0.1, 0.2, 0.3], [1000.1, 1000.2, 1000.3], 1.0, True),
    ([0.0, -30.0], [0.0, -30.000001], 1.0, True),
]
GENERATED = [(1000, 21, 0, 1.0), (1000, 22, 1e-6, 1.0), (1000, 23, 1e-10, 1.0), (513, 24, 1e-6, 3.0)]


def generated(n, seed, delta):
    """Logits in [-10, 10] in steps of 0.001; the second independent (delta 0) or within delta of the first."""
    first = stream(seed, n)
    a = [(x % 20001 - 10000) / 1000.0 for x in first]
    if delta == 0:
        return a, [(x % 20001 - 10000) / 1000.0 for x in stream(seed + 100, n)]
    return a, [y + delta * ((x >> 7) % 3 - 1) for x, y in zip(first, a)]


def cases():
    for a, b, t, hard in CASES:
        yield {"a": a, "b": b, "temperature": t}, a, b, t, hard
    for n, seed, delta, t in GENERATED:
        a, b = generated(n, seed, delta)
        yield {"n": n, "seed": seed, "delta": delta, "temperature": t}, a, b, t, True


for name, formula, function in [
    ("logits_kullback_leibler", "sum p log(p/q), p = softmax(a/T), q = softmax(b/T)", kl),
    ("logits_cross_entropy", "-sum p log q, p = softmax(a/T), q = softmax(b/T)", cross),
]:
    t = Table(name, formula)
    for inputs, a, b, temperature, hard in cases():
        t.add(function(a, b, temperature), hard, **inputs)
    t.write()

t = Table("logits_log_sum_exp", "log sum e^a; scale: max(|max a|, log sum e^(a - max a))")
for inputs, a, b, temperature, hard in cases():
    if "n" not in inputs:
        inputs = {"a": a}
    _, total, top = distribution(a, 1.0)
    t.add(top + log(total), hard, max(abs(top), log(total)), **inputs)
t.write()

for name, formula, function in [
    ("logits_log_softmax", "a/T - log sum e^(a/T)", log_softmax),
    ("logits_softmax", "e^(a/T) / sum e^(a/T)", lambda a, t: [exp(x) for x in log_softmax(a, t)]),
]:
    t = Table(name, formula)
    for a, b, temperature, hard in CASES:
        t.add(function(b, temperature), hard, a=b, temperature=temperature)
    t.write()
