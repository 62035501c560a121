"""Reference tables for labels, entropies, other divergences and gradients from logits. Run: python3 logits_more.py"""
from mpmath import exp, fsum, log, mpf

from tables import Table, stream

INF = float("inf")


def log_softmax(logits, t):
    top = max(logits)
    gaps = [None if x == -INF else (mpf(x) - mpf(top)) / mpf(t) for x in logits]
    shift = log(fsum(exp(g) for g in gaps if g is not None))
    return [mpf("-inf") if g is None else g - shift for g in gaps]


def both(a, b, t):
    """(log p, p, log q, q) of every outcome."""
    return [(x, mpf(0) if x == -INF else exp(x), y, mpf(0) if y == -INF else exp(y)) for x, y in zip(log_softmax(a, t), log_softmax(b, t))]


def outside(a, b):
    return any(x != -INF and y == -INF for x, y in zip(a, b))


def entropy(a, t):
    return fsum(-p * x for x, p, _, _ in both(a, a, t) if p)


def jensen_shannon(a, b, t):
    parts = []
    for _, p, _, q in both(a, b, t):
        m = (p + q) / 2
        parts += [r * log(r / m) / 2 for r in (p, q) if r]
    return fsum(parts)


def kl(a, b, t):
    return fsum(p * (x - y) for x, p, y, _ in both(a, b, t) if p)


def cross(a, b, t):
    return fsum(-p * y for _, p, y, _ in both(a, b, t) if p)


def renyi(a, b, order, t):
    rows = both(a, b, t)
    if order >= 1 and outside(a, b):
        return mpf("inf")
    if order == 1:
        return kl(a, b, t)
    if order == 0:
        mass = fsum(q for _, p, _, q in rows if p)
        return -log(mass) if mass else mpf("inf")
    if order == INF:
        return max(x - y for x, p, y, _ in rows if p)
    r = mpf(order)
    total = fsum(exp(r * x + (1 - r) * y) for x, p, y, q in rows if p and q)
    return log(total) / (r - 1) if total else mpf("inf")


def gradients(a, b, t, divergence):
    """First the gradient by a, then by b; and the scale that bounds the error of each."""
    rows, t = both(a, b, t), mpf(t)
    value = kl(a, b, t) if divergence else cross(a, b, t)
    mode = max(range(len(a)), key=lambda i: a[i])
    z = [((y - x) if divergence else y) if p else mpf(0) for x, p, y, _ in rows]
    offsets = [v - z[mode] for v in z]
    spread = fsum(p * abs(o) for (_, p, _, _), o in zip(rows, offsets))
    distance = fsum(p * abs(y - x) for x, p, y, _ in rows if p)
    by_a = [p * (-v - value) / t for (_, p, _, _), v in zip(rows, z)]
    by_b = [(q - p) / t for _, p, _, q in rows]
    scale_a = [p * (abs(o) + spread) / t for (_, p, _, _), o in zip(rows, offsets)]
    scale_b = [(abs(q - p) + p * distance) / t for _, p, _, q in rows]
    return by_a + by_b, [float(x) for x in scale_a + scale_b]


BASE = [0.3, -1.2, 2.5, 0.0, 1.1]
PAIRS = [
    # a, b, temperature, hard
    ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0], 1.0, False),
    ([0.0, 0.0], [0.0, 1.0], 1.0, False),
    ([0.5, -0.5, 1.5, 0.1], [0.2, 0.1, 0.0, -0.3], 1.0, False),
    ([0.5, -0.5, 1.5, 0.1], [0.2, 0.1, 0.0, -0.3], 4.0, False),
    ([10.0, 0.0, -10.0], [0.0, 10.0, -10.0], 3.0, False),
    (BASE, [0.1, -1.0, 2.0, 0.7, 1.0], 0.7, False),
    (BASE, [-3.0, 4.0, -5.0, 6.0, -7.0], 1.0, False),
    ([7.0], [3.0], 1.0, False),
    ([-2.0, -3.0, -4.0], [-4.0, -3.0, -2.5], 0.3, False),
    (BASE, [x + 1e-6 * (-1) ** i for i, x in enumerate(BASE)], 1.0, True),
    (BASE, [x + 1e-10 * (-1) ** i for i, x in enumerate(BASE)], 1.0, True),
    (BASE, [x + 1e-10 * (-1) ** i for i, x in enumerate(BASE)], 2.5, True),
    (BASE, [x + 1000 + 1e-6 * (-1) ** i for i, x in enumerate(BASE)], 1.0, True),
    (BASE, [x + 1000 + 1e-10 * (-1) ** i for i, x in enumerate(BASE)], 1.0, True),
    (BASE, [x - 12345.678 for x in BASE], 1.0, True),
    (BASE, [2.0, 1.5, -0.5, 0.25, -1.0], 1e6, True),
    (BASE, [0.1, -1.0, 2.0, 0.7, 1.0], 1e-3, True),
    ([1000.0, 1000.0], [1000.0, 1001.0], 1.0, True),
    ([0.0, -1000.0], [0.0, 0.0], 1.0, True),
    ([0.0, -1000.0], [0.0, -2000.5], 1.0, True),
    ([0.0, -5000.0], [-5000.0, 0.0], 1.0, True),
    ([0.0, -700.0], [0.0, -699.0], 1.0, True),
    ([0.0, -45.0, -44.0], [0.0, -44.0, -45.5], 1.0, True),
    ([0.0, -60.0, 1.0], [0.0, -19.0, 1.0], 1.0, True),
    ([0.0, 1.0, 2.0], [0.0, 1.0, 60.0], 0.5, True),
    ([1e6, -1e6, 0.0], [1e6, -1e6, 1e-7], 1e5, True),
    ([-INF, 1.0, 2.0], [0.0, 1.0, 2.0], 1.0, True),
    ([-INF, 1.0, 2.0], [-INF, 1.5, 2.0], 1.0, True),
    ([-INF, 0.3, 0.2], [30.0, 0.3, 0.2], 1.0, True),
    ([-INF, 0.3, 0.2], [-30.0, 0.3, 0.2], 1.0, True),
    ([0.1, 0.2, 0.3], [0.1, 0.2, 0.30000000000000004], 1.0, True),
    ([0.1, 0.2, 0.3], [1000.1, 1000.2, 1000.3], 1.0, True),
    ([0.0, -23.0, -1e4], [0.0, -1e12, -1e4], 1.0, True),
]
ONE_SIDED = [
    ([0.0, 1.0, 2.0], [-INF, 1.0, 2.0], 1.0, True),
    ([0.0, 1.0, 2.0, -20.0], [-INF, 1.0, 2.0, -INF], 1.0, True),
    ([0.0, 1.0, -30.0], [1e-9, 1.0, -INF], 1.0, True),
    ([0.0, -INF], [-INF, 0.0], 1.0, True),
    ([0.0, -INF, 1.0], [-INF, 0.0, 1.5], 2.0, True),
]
GENERATED = [(200, 31, 0, 1.0), (200, 32, 1e-6, 1.0), (200, 33, 1e-10, 3.0)]


def generated(n, seed, delta):
    """Logits in [-10, 10] in steps of 0.001; the second independent (delta 0) or within delta of the first."""
    first = stream(seed, n)
    a = [(x % 20001 - 10000) / 1000.0 for x in first]
    if delta == 0:
        return a, [(x % 20001 - 10000) / 1000.0 for x in stream(seed + 100, n)]
    return a, [y + delta * ((x >> 7) % 3 - 1) for x, y in zip(first, a)]


def cases(pairs):
    for a, b, t, hard in pairs:
        yield {"a": a, "b": b, "temperature": t}, a, b, t, hard
    for n, seed, delta, t in GENERATED:
        a, b = generated(n, seed, delta)
        yield {"n": n, "seed": seed, "delta": delta, "temperature": t}, a, b, t, True


table = Table("logits_entropy", "-sum p log p, p = softmax(a/T)")
for inputs, a, _, t, hard in cases(PAIRS):
    table.add(entropy(a, t), hard, **inputs)
table.write()

table = Table("logits_label_cross_entropy", "-log p_label, p = softmax(a/T)")
for a, b, t, hard in PAIRS + ONE_SIDED:
    for label in {0, len(b) - 1}:
        table.add(-log_softmax(b, t)[label], hard, label=label, a=b, temperature=t)
table.write()

table = Table("logits_soft_label_cross_entropy", "-sum p log q, p given, q = softmax(b/T)")
LABELS = {1: [1.0], 2: [0.25, 0.75], 3: [0.5, 0.0, 0.5], 4: [0.1, 0.2, 0.3, 0.4], 5: [0.0, 1e-10, 0.5, 0.25, 0.25]}
for _, b, t, hard in PAIRS:
    p = LABELS[len(b)]
    q = log_softmax(b, t)
    infinite = any(x and y == mpf("-inf") for x, y in zip(p, q))
    table.add(mpf("inf") if infinite else fsum(-mpf(x) * y for x, y in zip(p, q) if x), hard, p=p, b=b, a=b, temperature=t)
table.write()

table = Table("logits_jensen_shannon", "(KL(p || m) + KL(q || m))/2, m = (p + q)/2, p = softmax(a/T), q = softmax(b/T)")
for inputs, a, b, t, hard in cases(PAIRS + ONE_SIDED):
    table.add(jensen_shannon(a, b, t), hard, **inputs)
table.write()

table = Table("logits_renyi", "log(sum p^r q^(1 - r))/(r - 1), p = softmax(a/T), q = softmax(b/T)")
ORDERS = [0.0, 1e-9, 0.3, 0.5, 0.75, 1 - 2.0**-40, 1.0, 1 + 2.0**-40, 1.5, 2.0, 50.0, 1e12, INF]
for k, (inputs, a, b, t, hard) in enumerate(cases(PAIRS + ONE_SIDED)):
    for order in ORDERS if "n" not in inputs else [0.3, 1.5, 20.0]:
        table.add(renyi(a, b, order, t), hard, order=order, **inputs)
table.write()

for name, divergence in [("logits_kullback_leibler_gradient", True), ("logits_cross_entropy_gradient", False)]:
    formula = "by a: p_i (%s)/T; by b: (q_i - p_i)/T" % ("log(p_i/q_i) - KL" if divergence else "-log q_i - H")
    table = Table(name, formula)
    for inputs, a, b, t, hard in cases(PAIRS):
        if len(a) > 100:
            continue
        values, scales = gradients(a, b, t, divergence)
        table.add(values, hard, scales=scales, **inputs)
    table.write()
