"""Reference tables for logits near the ends of the range, whose differences are no doubles. Run: python3 logits_wide.py"""
from mpmath import exp, fsum, log, mpf

from tables import Table

INF = float("inf")
MAX = 1.7976931348623157e308


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


def kl(rows):
    return fsum(p * (x - y) for x, p, y, _ in rows if p)


def cross(rows):
    return fsum(-p * y for _, p, y, _ in rows if p)


def jensen_shannon(rows):
    parts = []
    for _, p, _, q in rows:
        m = (p + q) / 2
        parts += [r * log(r / m) / 2 for r in (p, q) if r]
    return fsum(parts)


def renyi(rows, order, is_outside):
    if order >= 1 and is_outside:
        return mpf("inf")
    if order == 0:
        mass = fsum(q for _, p, _, q in rows if p)
        return -log(mass) if mass else mpf("inf")
    if order == INF:
        return max(x - y for x, p, y, _ in rows if p)
    r = mpf(order)
    logs = [r * x + (1 - r) * y for x, p, y, q in rows if p and q]
    if not logs:
        return mpf("inf")
    top = max(logs)
    return (top + log(fsum(exp(x - top) for x in logs))) / (r - 1)


PAIRS = [
    ([0.0, 0.0, 0.0], [1e308, -1e308, 0.0]),
    ([1e308, -1e308, 0.0], [0.0, 0.0, 0.0]),
    ([MAX, -MAX, 0.0], [-MAX, MAX, 0.0]),
    ([MAX, -MAX, 0.0], [MAX, -MAX, 0.0]),
    ([0.0, 1.0, -1.7e308], [1.0, 0.0, -1.2e308]),
    ([0.5, 1.0, -1.7e308], [1.0, 0.25, 1.2e308]),
    ([1.5e308, 1.5e308, 1.2e308], [1.5e308, 1.4e308, 1.3e308]),
    ([-MAX, -MAX, -MAX], [MAX, MAX, MAX]),
    ([-INF, 1.0, 0.0], [-1.7e308, 0.0, 1.7e308]),
    ([-INF, MAX, -MAX], [0.0, -MAX, -MAX]),
    ([MAX, -INF, -MAX], [-INF, MAX, -MAX]),
    ([0.0, -690.0, 5.0], [0.0, -MAX, MAX]),
    ([1e308, 0.99e308, -1e308], [1e308, 0.99e308 * (1 - 1e-12), -1e308]),
    ([3e307, -2e307, 1e307], [-3e307, 2e307, 2.5e307]),
]
TEMPERATURES = [1.0, 0.5, 3.0, 1e-10, 1e300, 1.5e308]
ORDERS = [0.0, 0.25, 0.5, 0.75, 1.5, 2.0, 3.0, INF]

values = Table("logits_wide", "KL, cross-entropy, Jensen-Shannon, Renyi of eight orders; entropy of a, cross-entropy of label 1 under b, softmax and log-softmax of b")
gradients = Table("logits_wide_gradient", "gradient of KL by a and by b; scales: p_i (|x_i| + E|x|)/T, x = log(q/p) less its value at p's mode; (|q_i - p_i| + p_i E|log(q/p)|)/T")
for a, b in PAIRS:
    for t in TEMPERATURES:
        rows = both(a, b, t)
        is_outside = outside(a, b)
        divergence = mpf("inf") if is_outside else kl(rows)
        values.add(
            [divergence, mpf("inf") if is_outside else cross(rows), jensen_shannon(rows)] + [renyi(rows, r, is_outside) for r in ORDERS]
            + [cross(both(a, a, t)), -rows[1][2]] + [q for _, _, _, q in rows] + [y for _, _, y, _ in rows],
            True, a=a, b=b, temperature=t, orders=ORDERS)
        # No gradient where the divergence is no double, and none is compared where a probability underflows.
        if is_outside or divergence > mpf(MAX) or any(0 < p < mpf("1e-300") and abs(p * (x - y)) > mpf("1e-300") for x, p, y, _ in rows):
            continue
        mode = a.index(max(a))
        at_mode = rows[mode][2] - rows[mode][0]
        offsets = [y - x - at_mode if p else mpf(0) for x, p, y, _ in rows]
        mean = fsum(p * abs(o) for (_, p, _, _), o in zip(rows, offsets))
        ratio = fsum(p * abs(y - x) for x, p, y, _ in rows if p)
        by_a = [p * (x - y - divergence) / mpf(t) if p else mpf(0) for x, p, y, _ in rows]
        by_b = [(q - p) / mpf(t) for _, p, _, q in rows]
        scales = [p * (abs(o) + mean) / mpf(t) for (_, p, _, _), o in zip(rows, offsets)] + [(abs(q - p) + p * ratio) / mpf(t) for _, p, _, q in rows]
        gradients.add(by_a + by_b, True, scales=[min(float(s), MAX) for s in scales], a=a, b=b, temperature=t)
values.write()
gradients.write()
