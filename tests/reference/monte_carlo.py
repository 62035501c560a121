"""Reference tables for estimates from log-ratios at samples: k1, k2, k3. Run: python3 monte_carlo.py

Each case has a list of values and, for each, the scale its error is relative to: of an estimate the mean magnitude of its terms, of a standard error
that or itself, whichever is larger.
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


K = [
    (lambda l: l, lambda l: mpf(1)),
    (lambda l: l * l / 2, lambda l: l),
    (lambda l: expm1(-l) + l, lambda l: -expm1(-l)),
]


def estimate(terms):
    """the mean, and the standard deviation over sqrt n"""
    n = len(terms)
    mean, size = fsum(terms) / n, fsum(abs(x) for x in terms) / n
    error = sqrt(fsum((x - mean) ** 2 for x in terms) / n / (n - 1))
    return [(mean, size), (error, max(error, size))]


def weighted(terms, weights):
    total = fsum(weights)
    mean, size = fsum(w * x for w, x in zip(weights, terms)) / total, fsum(w * abs(x) for w, x in zip(weights, terms)) / total
    error = sqrt(fsum((w * (x - mean)) ** 2 for w, x in zip(weights, terms)) / fsum(w * (total - w) for w in weights))
    return [(mean, size), (error, max(error, size))]


def thousandths(seed, n, step=1000.0):
    return [(x % 4001 - 2000) / step for x in stream(seed, n)]


LOG_RATIOS = [
    ([0.5, -0.5], False), ([0.1, 0.2, -0.3], False), ([1.0, 1.0, 1.0], False), ([2.0, -1.0, 0.5, 0.25], False), ([0.0, 0.0], False), ([3.0, 4.0], False),
    (thousandths(11, 20), False), (thousandths(12, 300), False), (thousandths(13, 7, 100.0), False), (thousandths(14, 50, 1e4), False),
    ([1e-6, -1e-6, 2e-6], True), ([1e-10, -1e-10, 3e-10], True), ([1 + 1e-10, 1.0, 1 - 1e-10], True), ([1e8, 1e8 + 1e-6, 1e8 - 1e-6], True), ([1e-300, -1e-300], True),
    ([700.0, -700.0, 0.0], True), ([50.0, -40.0, 1e-20], True), ([1e150, -600.0], True), ([5e-324, 0.0], True), (thousandths(15, 100, 1e12), True),
]

t = Table("monte_carlo_log_ratios", "for k1 = l, k2 = l^2/2, k3 = e^-l - 1 + l: the mean, its standard error, and k'(l)/n")
for l, hard in LOG_RATIOS:
    x = [mpf(y) for y in l]
    results = []
    for k, slope in K:
        results += estimate([k(y) for y in x]) + [(slope(y) / len(x), abs(slope(y)) / len(x)) for y in x]
    add(t, hard, results, logRatios=l)
t.write()

t = Table("monte_carlo_log_densities", "k1, k2 and k3 of log p - log q, each with its standard error")
for p, q, hard in [
        ([-1.0, -2.0], [-1.5, -1.0], False), ([-0.1, -0.2, -0.3], [-0.3, -0.2, -0.1], False), ([-5.0, -6.0], [-5.5, -6.5], False), ([0.5, 1.5], [0.25, 2.0], False),
        (thousandths(21, 9), thousandths(22, 9), False), (thousandths(23, 40), thousandths(24, 40), False), (thousandths(25, 300), thousandths(26, 300), False),
        ([-1.0, -1.0], [-1.0, -1.0], False), ([-1000.0, -1001.0], [-1000.5, -1001.25], False),
        ([-0.1, -0.2], [-0.1 - 1e-17, -0.2 * (1 + 2.0**-52)], True), ([-1.0, -2.0], [-1.0 - 1e-10, -2.0 + 1e-10], True), ([-1.0, -2.0], [-1.000001, -1.999998], True),
        ([-1e16, 1.0], [-1e16 + 2, 0.1], True), ([-3.0, 1e-20], [-3.0, 1.0], True), ([-700.0, -0.5], [-1.0, -650.0], True)]:
    x = [mpf(a) - mpf(b) for a, b in zip(p, q)]
    add(t, hard, [r for k, _ in K for r in estimate([k(y) for y in x])], logP=p, logQ=q)
t.write()

t = Table("monte_carlo_weighted", "(sum w)^2/sum w^2; for k1, k2, k3: mean of w k, its error; sum w k/sum w, its error; w (k + k')/n")
for l, weights, hard in [
        ([0.5, -0.5], [-1.0, -2.0], False), ([0.1, 0.2, -0.3], [0.0, 0.0, 0.0], False), ([1.0, 2.0, 3.0], [-1.0, -1.0, -1.0], False), ([2.0, -1.0, 0.5], [0.3, -0.2, 0.1], False),
        (thousandths(31, 30), thousandths(32, 30), False), (thousandths(33, 300), thousandths(34, 300, 1e4), False), (thousandths(35, 8, 1e4), thousandths(36, 8), False),
        ([0.25, -0.75, 0.5, 1.5], [-3.0, 1.0, 0.0, -1.0], False), ([-INF, 0.5, 0.25], [-INF, 0.0, -1.0], False),
        ([0.5, 0.25], [-700.0, -720.0], True), ([1.0, 2.0, 1.5], [600.0, 650.0, -100.0], True), ([1.0, -2.0, 1.5], [705.0, 704.0, 703.0], True), ([1e-10, -1e-10, 3e-10], [0.0, 1e-10, -1e-10], True),
        ([1 + 1e-10, 1.0, 1 - 1e-10], [0.1, 0.2, 0.3], True), ([1.0, -1.0, 0.5], [0.0, -40.0, -50.0], True), ([1e6, -1e-6, 1e-6], [-30.0, 0.0, 0.5], True),
        ([3.0, -2.0, 1.0], [0.0, -36.5, -37.0], True)]:
    w = [exp(mpf(y)) if y != -INF else mpf(0) for y in weights]
    pairs = [(mpf(y) if v else mpf(0), v) for y, v in zip(l, w)]
    n = len(l)
    size = fsum(w) ** 2 / fsum(v * v for v in w)
    results = [(size, size)]
    for k, slope in K:
        results += estimate([v * k(y) if v else mpf(0) for y, v in pairs])
        results += weighted([k(y) for y, v in pairs], w)
        results += [((k(y) + slope(y)) * v / n, (abs(k(y)) + abs(slope(y))) * v / n) for y, v in pairs]
    add(t, hard, results, logRatios=l, logWeights=weights)
t.write()


def log_softmax(logits, t):
    top = max(logits)
    gaps = [None if x == -INF else (mpf(x) - mpf(top)) / mpf(t) for x in logits]
    shift = log(fsum(exp(g) for g in gaps if g is not None))
    return [mpf("-inf") if g is None else g - shift for g in gaps]


BASE = [0.3, -1.2, 2.5, 0.0, 1.1, -0.4]
FAR = [x % 20001 / 1000.0 - 10 for x in stream(41, 60)]
t = Table("monte_carlo_from_logits", "for k1, k2, k3 of log(p_s/q_s) in the kept rows: the mean, its error, the gradients by the logits of p and of q")
for samples, a, b, columns, kept, temperature, hard in [
        ([0, 1], [1.0, 2.0, 3.0, 0.5, 0.0, -1.0], [3.0, 2.0, 1.0, 0.0, 0.0, 0.0], 3, [], 1.0, False), ([1, 1, 0], BASE, [0.1, -1.0, 2.0, 0.7, 1.0, 0.0], 2, [], 1.0, False),
        ([1, -100, 0], BASE, [0.1, -1.0, 2.0, 0.7, 1.0, 0.0], 2, [1, 0, 1], 1.0, False), ([2, 0], BASE, [0.1, -1.0, 2.0, 0.7, 1.0, 0.0], 3, [1, 1], 2.5, False),
        ([5, 2, 3, 9, 9, 0], FAR, FAR[30:] + FAR[:30], 10, [1, 1, 0, 1, 1, 1], 1.0, False), ([5, 2, 3, 9, 9, 0], FAR, [x / 2 for x in FAR], 10, [], 4.0, False),
        ([0, 0], [0.0, 0.0, 0.0, 0.0], [0.0, 1.0, 1.0, 0.0], 2, [], 1.0, False), ([0, 1], [2.0, 1.0, 0.5, 0.5], [1.0, 2.0, 0.25, 0.5], 2, [], 0.5, False),
        ([2, 2], BASE, BASE, 3, [], 1.0, False),
        ([2, 0], BASE, [x + 1e-6 * (-1) ** i for i, x in enumerate(BASE)], 3, [], 1.0, True), ([2, 0], BASE, [x + 1e-10 * (-1) ** i for i, x in enumerate(BASE)], 3, [], 1.0, True),
        ([2, 1], BASE, [x + 1000 + 1e-6 * (-1) ** i for i, x in enumerate(BASE)], 3, [], 2.0, True), ([0, 1], [1000.0, -1000.0, 0.0, 0.5], [-300.0, 300.0, 1.0, 0.5], 2, [], 4.0, True),
        ([1, 1], [-INF, 1.0, 2.0, 0.5], [0.5, 1.5, 2.0, -1.0], 2, [], 1.0, True), ([1, 0], [0.0, 1.0, 2.0, 0.5], [0.5, 1.5, 2.0, -INF], 2, [], 1.0, True),
        ([0, 0], [0.0, -45.0, 0.0, -44.0], [0.0, -44.0, 0.0, -45.5], 2, [], 1.0, True), ([1, 0], [1e308, 1e308, -1e308, -1.1e308], [-1e308, -1e308, 1e308, 1e308], 2, [], 1e305, True)]:
    n = len(a) // columns
    rows = [i for i in range(n) if not kept or kept[i]]
    T, m = mpf(temperature), len(rows)
    logs = {i: (log_softmax(a[i * columns:(i + 1) * columns], temperature), log_softmax(b[i * columns:(i + 1) * columns], temperature)) for i in rows}
    l, spread = {}, {}
    for i in rows:
        x, y = logs[i]
        l[i] = x[samples[i]] - y[samples[i]]
        spread[i] = abs(l[i]) + fsum(exp(u) * abs(u - v) for u, v in zip(x, y) if u != -mpmath.inf and v != -mpmath.inf)
    results = []
    for k, slope in K:
        terms = [k(l[i]) for i in rows]
        size = fsum(abs(k(l[i])) + abs(slope(l[i])) * spread[i] for i in rows) / m
        (mean, _), (error, _) = estimate(terms)
        results += [(mean, size), (error, max(error, size))]
        for side, sign in ((0, 1), (1, -1)):
            for i in range(n):
                for j in range(columns):
                    if i not in l:
                        results.append((mpf(0), mpf(0)))
                        continue
                    logp = logs[i][side]
                    others = [exp(u) for h, u in enumerate(logp) if h != j and u != -mpmath.inf]
                    score = fsum(others) if j == samples[i] else -(exp(logp[j]) if logp[j] != -mpmath.inf else mpf(0))
                    curvature = {0: mpf(0), 1: mpf(1), 2: exp(-l[i])}[[x[0] for x in K].index(k)]
                    results.append((sign * slope(l[i]) * score / T / m, (abs(slope(l[i])) + curvature * spread[i]) * abs(score) / T / m))
    add(t, hard, results, samples=samples, a=a, b=b, columns=columns, kept=kept, temperature=temperature)
t.write()
