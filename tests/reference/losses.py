"""Reference tables for losses: distillation, variational autoencoders, patches, and gradients by labels. Run: python3 losses.py

Each case has a list of values and, for each, the scale its error is relative to: the value itself unless a docstring of the library says more.
"""
import mpmath
from mpmath import exp, expm1, fsum, log, mpf

from tables import Table, plain, stream

INF = float("inf")


def add(table, hard, results, **inputs):
    """results: pairs of a value and what its error is relative to"""
    table.add([v for v, _ in results], hard, **inputs)
    table.cases[-1]["scales"] = [plain(float(s)) for _, s in results]


def itself(*values):
    return [(v, abs(v)) for v in values]


def unit(seed, n):
    return [x / 2.0**31 for x in stream(seed, n)]


def log_softmax(logits, t):
    top = max(logits)
    gaps = [None if x == -INF else (mpf(x) - mpf(top)) / mpf(t) for x in logits]
    shift = log(fsum(exp(g) for g in gaps if g is not None))
    return [mpf("-inf") if g is None else g - shift for g in gaps]


def both(a, b, t):
    """(log p, p, log q, q) of every class."""
    return [(x, mpf(0) if x == -mpmath.inf else exp(x), y, mpf(0) if y == -mpmath.inf else exp(y)) for x, y in zip(log_softmax(a, t), log_softmax(b, t))]


def reversed_rows(rows):
    return [(y, q, x, p) for x, p, y, q in rows]


def kl(rows):
    return fsum(p * (x - y) for x, p, y, q in rows if p)


def second_slope(rows):
    """dKL/db without 1/T, and its scale."""
    distance = fsum(p * abs(y - x) for x, p, y, q in rows if p)
    return [(q - p, abs(q - p) + p * distance) for x, p, y, q in rows]


def first_slope(rows):
    """dKL/da without 1/T, and its scale."""
    value = kl(rows)
    mode = max(range(len(rows)), key=lambda i: rows[i][1])
    z = [x - y if p else mpf(0) for x, p, y, q in rows]
    offsets = [abs(v - z[mode]) for v in z]
    spread = fsum(r[1] * o for r, o in zip(rows, offsets))
    return [(r[1] * (v - value), r[1] * (o + spread)) for r, v, o in zip(rows, z, offsets)]


def times(factor, results):
    return [(factor * v, abs(factor) * s) for v, s in results]


def plus(first, second):
    return [(v + w, s + r) for (v, s), (w, r) in zip(first, second)]


BASE = [0.3, -1.2, 2.5, 0.0, 1.1]
PAIRS = [
    # a, b, temperature, hard
    ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0], 1.0, False),
    ([0.0, 0.0], [0.0, 1.0], 2.0, False),
    ([0.5, -0.5, 1.5, 0.1], [0.2, 0.1, 0.0, -0.3], 1.0, False),
    ([0.5, -0.5, 1.5, 0.1], [0.2, 0.1, 0.0, -0.3], 4.0, False),
    ([10.0, 0.0, -10.0], [0.0, 10.0, -10.0], 3.0, False),
    (BASE, [0.1, -1.0, 2.0, 0.7, 1.0], 0.7, False),
    (BASE, [-3.0, 4.0, -5.0, 6.0, -7.0], 1.0, False),
    ([-2.0, -3.0, -4.0], [-4.0, -3.0, -2.5], 0.3, False),
    ([12.0, 3.0, -2.0, 0.5, 1.0], [9.0, 4.0, -1.0, 0.25, 2.0], 4.0, False),
    (BASE, [x + 1e-6 * (-1) ** i for i, x in enumerate(BASE)], 1.0, True),
    (BASE, [x + 1e-10 * (-1) ** i for i, x in enumerate(BASE)], 1.0, True),
    (BASE, [x + 1e-10 * (-1) ** i for i, x in enumerate(BASE)], 2.5, True),
    (BASE, [x * (1 + 1e-6) for x in BASE], 4.0, True),
    (BASE, [x * (1 + 1e-10) for x in BASE], 4.0, True),
    (BASE, [x + 1000 + 1e-6 * (-1) ** i for i, x in enumerate(BASE)], 1.0, True),
    (BASE, [x - 12345.678 for x in BASE], 1.0, True),
    (BASE, [2.0, 1.5, -0.5, 0.25, -1.0], 1e6, True),
    (BASE, [0.1, -1.0, 2.0, 0.7, 1.0], 1e-3, True),
    ([1000.0, 1000.0], [1000.0, 1001.0], 1.0, True),
    ([1000.0, -1000.0, 0.0], [-1000.0, 1000.0, 1.0], 4.0, True),
    ([1e300, 0.0, 1e299], [0.0, 1e300, 1e299], 4.0, True),
    ([1e300, 1.0, 1e300], [1e300, 5.0, 1e300], 1.0, True),
    ([0.0, -1000.0], [0.0, 0.0], 1.0, True),
    ([0.0, -1000.0], [0.0, -2000.5], 1.0, True),
    ([0.0, -45.0, -44.0], [0.0, -44.0, -45.5], 1.0, True),
    ([40.0, 0.0, 0.5], [40.000001, 0.0, 0.500001], 1.0, True),
    ([40.0, 0.0, 0.5], [38.0, 0.25, 0.5], 1.0, True),
    ([-40.0, 0.0, 0.5], [-38.0, 0.25, 0.5], 1.0, True),
    ([-600.0, 0.0, 0.5], [-598.0, 0.25, 0.5], 1.0, True),
    ([0.0, 1.0, 2.0], [0.0, 1.0, 60.0], 0.5, True),
    ([-INF, 1.0, 2.0], [-INF, 1.5, 2.0], 1.0, True),
    ([-INF, 1.0, 2.0, 0.0], [-INF, 1.0 + 1e-10, 2.0, -1e-10], 2.0, True),
    ([0.1, 0.2, 0.3], [0.1, 0.2, 0.30000000000000004], 1.0, True),
    ([0.1, 0.2, 0.3], [1000.1, 1000.2, 1000.3], 1.0, True),
    ([x % 20001 / 1000.0 - 10 for x in stream(601, 40)], [x % 20001 / 1000.0 - 10 for x in stream(602, 40)], 4.0, True),
    ([x % 20001 / 1000.0 - 10 for x in stream(603, 40)], [x % 20001 / 1000.0 - 10 + 1e-10 * ((x >> 7) % 3 - 1) for x in stream(603, 40)], 1.0, True),
]
# The teacher excludes what the student does not: finite only one way round.
TEACHER_EXCLUDES = [
    ([-INF, 1.0, 2.0], [0.0, 1.0, 2.0], 1.0, True),
    ([-INF, 0.3, 0.2], [30.0, 0.3, 0.2], 4.0, True),
    ([-INF, 0.3, 0.2], [-30.0, 0.3, 0.2], 1.0, True),
    ([0.3, 0.2, -INF, -INF], [0.3, 0.2, -1.0, -INF], 2.0, True),
]
EXCHANGED = [(b, a, t, hard) for a, b, t, hard in TEACHER_EXCLUDES]
DISJOINT = [([0.0, -INF, 1.0, -INF], [-INF, 0.0, -INF, 2.0], 1.0, True)]

t = Table("logits_label_cross_entropy_gradient", "(p - e_label)/T, p = softmax(a/T)")
for k, (a, b, temperature, hard) in enumerate(PAIRS + TEACHER_EXCLUDES):
    label = k % len(b)
    while b[label] == -INF:
        label = (label + 1) % len(b)
    logp = log_softmax(b, temperature)
    p = [exp(x) if x != -mpmath.inf else mpf(0) for x in logp]
    add(t, hard, itself(*((-fsum(p[:i] + p[i + 1:]) if i == label else p[i]) / mpf(temperature) for i in range(len(p)))), label=label, a=b, temperature=temperature)
t.write()

t = Table("logits_soft_label_cross_entropy_gradient", "(q sum p - p)/T, p given, q = softmax(b/T)")
LABELS = {2: [0.25, 0.75], 3: [0.5, 0.0, 0.5], 4: [0.1, 0.2, 0.3, 0.4], 5: [0.0, 1e-10, 0.5, 0.25, 0.25]}
for a, b, temperature, hard in PAIRS + TEACHER_EXCLUDES:
    p = LABELS.get(len(b), [1.0 / 64] * 38 + [0.25, 0.15625])
    q = [exp(x) if x != -mpmath.inf else mpf(0) for x in log_softmax(b, temperature)]
    if any(x and y == -INF for x, y in zip(p, b)):
        continue
    mass = fsum(mpf(x) for x in p)
    add(t, hard, [((mass * y - mpf(x)) / mpf(temperature), (y + mpf(x)) / mpf(temperature)) for x, y in zip(p, q)], p=p, b=b, a=b, temperature=temperature)
t.write()

t = Table("distillation_soft_targets", "T^2 KL(p || q), then its gradient by b")
for a, b, temperature, hard in PAIRS + TEACHER_EXCLUDES:
    T, rows = mpf(temperature), both(a, b, temperature)
    add(t, hard, itself(T * T * kl(rows)) + times(T, second_slope(rows)), a=a, b=b, temperature=temperature)
t.write()

t = Table("distillation_reverse_soft_targets", "T^2 KL(q || p), then its gradient by b")
for a, b, temperature, hard in PAIRS + EXCHANGED:
    T, rows = mpf(temperature), reversed_rows(both(a, b, temperature))
    add(t, hard, itself(T * T * kl(rows)) + times(T, first_slope(rows)), a=a, b=b, temperature=temperature)
t.write()

t = Table("distillation_with_label", "w T^2 KL(p || q) - (1 - w) log s_label, s = softmax(b), then the gradient by b")
for k, (a, b, temperature, hard) in enumerate(PAIRS + TEACHER_EXCLUDES):
    w, label = [0.5, 0.9, 0.0, 1.0, 1e-10, 0.1][k % 6], len(b) - 1
    if b[label] == -INF:
        label = 0
    T, W, rows, s = mpf(temperature), mpf(w), both(a, b, temperature), log_softmax(b, 1.0)
    value = W * T * T * kl(rows) - (1 - W) * s[label]
    rest = fsum(exp(s[i]) for i in range(len(b)) if i != label and b[i] != -INF)
    residual = itself(*(-rest if i == label else exp(x) if x != -mpmath.inf else mpf(0) for i, x in enumerate(s)))
    add(t, hard, itself(value) + plus(times(W * T, second_slope(rows)), times(1 - W, residual)), label=label, a=a, b=b, weight=w, temperature=temperature)
t.write()

t = Table("distillation_decoupled", "T^2 (alpha TCKD + beta NCKD), then its gradient by b")
ALONE = [([5.0, -INF, -INF], [3.0, 1.0, 2.0], 2.0, True), ([5.0, -INF, -INF], [3.0, -INF, 2.0], 2.0, True), ([5.0, -INF], [3.0, -INF], 2.0, True)]
for k, (a, b, temperature, hard) in enumerate(PAIRS + TEACHER_EXCLUDES + ALONE):
    alpha, beta = [(1.0, 8.0), (1.0, 1.0), (2.0, 0.5), (1.0, 0.0), (0.0, 1.0)][k % 5]
    for label in sorted({0, k % len(b)}):
        T, A, B, rows = mpf(temperature), mpf(alpha), mpf(beta), both(a, b, temperature)
        others = [i for i in range(len(a)) if i != label]
        pt, qt = rows[label][1], rows[label][3]
        po, qo = fsum(rows[i][1] for i in others), fsum(rows[i][3] for i in others)
        target = fsum(x * log(x / y) for x, y in ((pt, qt), (po, qo)) if x)
        pairs = [] if po == 0 else both([a[i] for i in others], [b[i] for i in others], temperature)
        among = kl(pairs)
        distance = fsum(p * abs(y - x) for x, p, y, q in pairs if p)
        step, error = qt - pt, pt * po * distance
        slopes = second_slope(pairs)
        gradient = []
        for i in range(len(a)):
            if i == label:
                gradient.append((A * T * step, A * T * (abs(step) + error)))
            else:
                share = rows[i][3] / qo if qo else mpf(0)
                (v, s) = slopes[others.index(i)] if pairs else (mpf(0), mpf(0))
                gradient.append((T * (B * v - A * step * share), T * (B * s + A * (abs(step) + error) * share)))
        value = T * T * (A * target + B * among)
        add(t, hard, [(value, value + T * T * A * pt * po * among)] + gradient, label=label, a=a, b=b, targetWeight=alpha, otherWeight=beta, temperature=temperature)
t.write()

t = Table("distillation_decoupled_kullback_leibler", "alpha/4 sum p_j p_k ((a_j - a_k) - (b_j - b_k))^2 - beta sum p log q, then its gradients by a (p fixed) and by b")
for k, (a, b, _, hard) in enumerate(PAIRS + TEACHER_EXCLUDES):
    if any(abs(x) >= 1e299 for x in a):
        a, b = [x / 1e150 for x in a], [x / 1e150 for x in b]
    alpha, beta = [(1.0, 1.0), (5.0, 5.0), (1.0, 0.0), (0.0, 1.0), (0.25, 4.0)][k % 5]
    A, B, rows = mpf(alpha), mpf(beta), both(a, b, 1.0)
    x = [mpf(u) - mpf(v) if r[1] else mpf(0) for u, v, r in zip(a, b, rows)]
    mean = fsum(r[1] * v for r, v in zip(rows, x))
    squares = fsum(r[1] * s[1] * (v - w) ** 2 for r, v in zip(rows, x) for s, w in zip(rows, x)) / 4 if len(a) < 10 else fsum(r[1] * (v - mean) ** 2 for r, v in zip(rows, x)) / 2
    teacher = times(A, first_slope(rows))
    add(t, hard, itself(A * squares - B * fsum(r[1] * r[2] for r in rows if r[1])) + teacher + plus(times(B, second_slope(rows)), times(-1, teacher)),
        a=a, b=b, meanSquaredErrorWeight=alpha, crossEntropyWeight=beta)
t.write()

t = Table("distillation_generalised_jensen_shannon", "w KL(p || m) + (1 - w) KL(q || m), m = w p + (1 - w) q, then its gradient by b")
for k, (a, b, temperature, hard) in enumerate(PAIRS + TEACHER_EXCLUDES + EXCHANGED + DISJOINT):
    for w in sorted({0.5, [0.1, 0.9, 1e-10, 1 - 1e-10, 0.0, 1.0][k % 6]} | ({0.0, 1e-10, 1 - 1e-10, 1.0} if k >= len(PAIRS) else set())):
        T, W, rows = mpf(temperature), mpf(w), both(a, b, temperature)
        mixed = [(p, q, W * p + (1 - W) * q) for _, p, _, q in rows]
        value = fsum((W * p * log(p / m) if p and W else 0) + ((1 - W) * q * log(q / m) if q and W != 1 else 0) for p, q, m in mixed)
        slopes = [log(q / m) if q and W != 1 else mpf(0) for p, q, m in mixed]
        mean, spread = (fsum(m[1] * f(s) for m, s in zip(mixed, slopes)) for f in (lambda s: s, abs))
        gradient = [((1 - W) * m[1] * (s - mean) / T, (1 - W) * m[1] * (abs(s) + spread) / T) for m, s in zip(mixed, slopes)]
        add(t, hard, itself(value) + gradient, a=a, b=b, weight=w, temperature=temperature)
t.write()


def transport(p, q, costs, e):
    """Potentials by Sinkhorn's iteration and then Newton's on F (F_0 = 0), all in units of e; and the second eigenvalue of the iteration."""
    n = len(p)
    kernel = [[exp(-costs[i][j] / e) for j in range(n)] for i in range(n)]
    u = [mpf(1)] * n
    for _ in range(60):
        v = [1 / fsum(p[i] * u[i] * kernel[i][j] for i in range(n)) for j in range(n)]
        u = [1 / fsum(q[j] * v[j] * kernel[i][j] for j in range(n)) for i in range(n)]
    f = [log(x) for x in u]
    live = [i for i in range(n) if p[i]]
    for _ in range(200):
        v = [1 / fsum(p[i] * exp(f[i]) * kernel[i][j] for i in range(n)) for j in range(n)]
        plan = [[p[i] * exp(f[i]) * kernel[i][j] * v[j] * q[j] for j in range(n)] for i in range(n)]
        off = [p[i] - fsum(plan[i]) for i in range(n)]
        if max(abs(off[i]) for i in live) < mpf(10) ** (-mpmath.mp.dps + 15):
            break
        if len(live) == 1:
            f = [x + log(p[live[0]] / fsum(plan[live[0]])) if i in live else x for i, x in enumerate(f)]
            continue
        # The derivative of the row sums by f: diag(rows) - P diag(1/q) P'.
        rest = live[1:]
        h = mpmath.matrix(len(rest), len(rest))
        for x, i in enumerate(rest):
            for y, k in enumerate(rest):
                h[x, y] = (fsum(plan[i]) if i == k else 0) - fsum(plan[i][j] * plan[k][j] / q[j] for j in range(n) if q[j])
        step = mpmath.lu_solve(h, mpmath.matrix([off[i] for i in rest]))
        size = min(mpf(1), 2 / max(abs(s) for s in step)) if len(rest) else 1
        for x, i in enumerate(rest):
            f[i] += size * step[x]
    else:
        raise ArithmeticError("not converged")
    g = [log(x) for x in v]
    correlation = mpmath.matrix(len(live), len(live))
    for x, i in enumerate(live):
        for y, k in enumerate(live):
            correlation[x, y] = fsum(plan[i][j] * plan[k][j] / q[j] for j in range(n) if q[j]) / mpmath.sqrt(p[i] * p[k])
    eigenvalues = sorted(mpmath.eigsy(correlation, eigvals_only=True))
    return f, g, (eigenvalues[-2] if len(live) > 1 else mpf(0))


def line(n):
    return [[float(abs(i - j)) for j in range(n)] for i in range(n)]


def scattered(seed, n):
    return [[0.0 if i == j else 0.5 + x for j, x in enumerate(unit(seed + i, n))] for i in range(n)]


mpmath.mp.dps = 60
t = Table("distillation_wasserstein", "min <P, C> + e KL(P || p q'), then its gradient by b")
for a, b, costs, e, temperature, hard in [
        ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0], line(3), 1.0, 1.0, False), ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0], line(3), 0.25, 2.0, False),
        ([0.0, 0.0], [0.0, 1.0], line(2), 0.5, 1.0, False), ([0.5, -0.5, 1.5, 0.1], [0.2, 0.1, 0.0, -0.3], scattered(701, 4), 0.3, 1.0, False),
        (BASE, [0.1, -1.0, 2.0, 0.7, 1.0], scattered(711, 5), 0.5, 0.7, False), (BASE, [-3.0, 4.0, -5.0, 6.0, -7.0], scattered(721, 5), 0.2, 4.0, False),
        ([0.5, -0.5, 1.5, 0.1], [0.2, 0.1, 0.0, -0.3], [[0.0] * 4] * 4, 1.0, 1.0, False), ([7.0], [3.0], [[2.5]], 1.0, 1.0, False),
        (BASE, [2.0, 1.5, -0.5, 0.25, -1.0], line(5), 0.1, 4.0, False),
        (BASE, BASE, line(5), 0.5, 1.0, True), (BASE, [x * (1 + 1e-6) for x in BASE], line(5), 0.5, 1.0, True),
        (BASE, [x * (1 + 1e-10) for x in BASE], line(5), 0.5, 1.0, True), ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0], line(3), 1e6, 1.0, True),
        ([1.0, 2.0, 3.0], [3.0, 2.5, 1.0], line(3), 0.02, 1.0, True), (BASE, [0.1, -1.0, 2.0, 0.7, 1.0], [[1e100 * x for x in row] for row in scattered(711, 5)], 5e99, 1.0, True),
        ([-INF, 1.0, 2.0], [0.0, 1.0, 2.0], line(3), 0.5, 1.0, True), ([0.0, 1.0, 2.0], [0.0, -INF, 2.0], line(3), 0.5, 1.0, True),
        ([-INF, 1.0, -INF], [0.0, -INF, 2.0], line(3), 0.5, 2.0, True), ([1000.0, 0.0, 1.0], [0.0, 1000.0, 1.0], line(3), 0.5, 4.0, True),
        ([1e300, 0.0, 1.0], [0.0, 1e300, 1.0], line(3), 0.5, 1.0, True), ([0.0, -300.0, 1.0], [0.5, -299.0, -298.0], line(3), 0.5, 1.0, True)]:
    rows = both(a, b, temperature)
    p, q, T, E = [r[1] for r in rows], [r[3] for r in rows], mpf(temperature), mpf(e)
    f, g, rate = transport(p, q, [[mpf(x) for x in row] for row in costs], E)
    mean = fsum(x * y for x, y in zip(q, g))
    value = E * (fsum(x * y for x, y in zip(p, f)) + mean)
    largest = max(max(row) for row in costs)
    add(t, hard, [(value, mpf(largest))] + [(E * x * (y - mean) / T, (largest + E) / (T * (1 - rate))) for x, y in zip(q, g)],
        a=a, b=b, costs=[x for row in costs for x in row], regularisation=e, temperature=temperature)
t.write()
mpmath.mp.dps = 400

t = Table("vae_annealing", "linear, logistic and cyclical weight")
for step, warmup, midpoint, steepness, rising, maximum, hard in [
        (0, 10, 5, 1.0, 0.5, 1.0, False), (3, 10, 5, 1.0, 0.5, 1.0, False), (10, 10, 5, 1.0, 0.5, 1.0, False), (11, 10, 20, 0.25, 0.75, 4.0, False),
        (2500, 10000, 2500, 0.0025, 0.5, 1.0, False), (7, 3, 0, 2.0, 0.3, 0.1, False), (123456, 1000, 100000, 1e-4, 1.0, 25.0, False), (1, 3, 2, 0.1, 0.9, 1.0, False),
        (0, 1, 2147483647, 1e-7, 1e-6, 1.0, True), (2147483647, 2147483646, -2147483648, 1e-8, 1.0, 1e300, True), (1, 2147483647, 701, 1.0, 1e-300, 1.0, True),
        (2147483646, 2147483647, 2147483645, 1e-10, 1.0, 0.3, True), (5, 7, 5, 1e300, 0.1, 1.0, True)]:
    M, x = mpf(maximum), mpf(steepness) * (step - midpoint)
    add(t, hard, itself(M * min(mpf(1), mpf(step) / warmup), M / (1 + exp(-x)), M * min(mpf(1), mpf(step % warmup) / warmup / mpf(rising))),
        step=step, warmup=warmup, midpoint=midpoint, steepness=steepness, rising=rising, maximum=maximum)
t.write()

t = Table("vae_free_bits", "sum max(floor, KL_j), max(floor, KL_0), weight |KL_0 - capacity|, then [KL_j > floor]")
for divergences, floor, capacity, weight, hard in [
        ([0.5, 1.5, 0.1], 0.25, 0.2, 10.0, False), ([0.0, 0.0], 0.5, 0.0, 1.0, False), ([1.0], 0.0, 25.0, 1000.0, False), ([0.1, 0.2, 0.3, 0.4], 0.3, 0.1, 3.0, False),
        ([2.0, 3.0], 10.0, 2.0, 5.0, False), ([0.7, 0.6], 0.65, 1.0, 0.0, False), (unit(801, 20), 0.5, 0.3, 2.0, False), (unit(802, 100), 0.1, 0.9, 100.0, False),
        ([0.1 + 1e-17, 0.1, 0.09999999999999999], 0.1, 0.1 + 1e-10, 1.0, True), ([0.25 * (1 + 1e-10), 0.25 * (1 - 1e-10)], 0.25, 0.25, 1e6, True),
        ([0.25 * (1 + 1e-6), 0.25 * (1 - 1e-6)], 0.25, 0.25, 1e6, True), ([1e308, 1e-308], 1e-300, 1e308, 2.0, True), ([1e-320, 3e-320], 2e-320, 1e-310, 1e10, True),
        ([1e16, 1.0, 1.0], 0.5, 1.0, 0.0, True)]:
    k = [mpf(x) for x in divergences]
    F = mpf(floor)
    add(t, hard, itself(fsum(max(F, x) for x in k), max(F, k[0]), mpf(weight) * abs(k[0] - mpf(capacity)), *(mpf(1 if x > F else 0) for x in k)),
        byDimension=divergences, floor=floor, capacity=capacity, weight=weight)
t.write()

t = Table("vae_collapse", "for each dimension the variance over the rows of the mean; for each the mean over the rows of (m^2 + e^l - 1 - l)/2; the sum of these")
for k, (n, d, offset, spread, logs, hard) in enumerate([
        (2, 1, 0.0, 1.0, 1.0, False), (2, 2, 0.0, 1.0, 1.0, False), (3, 2, 0.5, 1.0, 0.5, False), (10, 3, 0.0, 2.0, 1.0, False), (32, 4, -1.0, 0.1, 3.0, False),
        (100, 2, 0.0, 1.0, 1.0, False), (64, 8, 0.0, 0.1, 0.1, False), (7, 5, 3.0, 0.5, 2.0, False), (5, 3, 0.0, 1e-6, 1e-6, True), (5, 3, 0.0, 1e-10, 1e-10, True),
        (5, 3, 1.0, 1e-6, 1e-10, True), (5, 3, 1e8, 1e-6, 1e-6, True), (9, 2, 0.0, 1e-150, 1e-150, True), (9, 2, 0.0, 1e150, 700.0, True), (4, 2, 1.0, 0.0, 0.0, True)]):
    means = [offset + spread * (x - 0.5) for x in unit(901 + k, n * d)]
    logs = [logs * (x - 0.5) for x in unit(951 + k, n * d)]
    variances, divergences = [], []
    for j in range(d):
        m, l = [mpf(x) for x in means[j::d]], [mpf(x) for x in logs[j::d]]
        centre = fsum(m) / n
        variances.append(fsum((x - centre) ** 2 for x in m) / n)
        divergences.append(fsum(x * x + expm1(y) - y for x, y in zip(m, l)) / (2 * n))
    add(t, hard, itself(*variances, *divergences, fsum(divergences)), mean0=means, scale0=logs, dimensions=d)
t.write()

t = Table("patch_divergence", "sum r KL / sum r, the KL of each patch, then the gradients by mean, log-variance and relevance")
for k, (shape, scale, delta, relevance, hard) in enumerate([
        ((1, 1, 1, 1, 1), 1.0, None, [1.0], False), ((2, 2, 1, 1, 1), 1.0, None, [1.0, 2.0, 3.0, 4.0], False), ((2, 2, 1, 2, 2), 1.0, None, [0.3], False),
        ((4, 4, 3, 2, 2), 1.0, None, [1.0, 0.0, 0.5, 0.25], False), ((2, 4, 13, 2, 2), 1.0, None, [0.9, 0.1], False), ((6, 2, 2, 3, 1), 2.0, None, [1.0, 1.0, 1.0, 1.0], False),
        ((3, 6, 1, 1, 3), 0.5, None, unit(1001, 6), False), ((4, 2, 5, 1, 2), 3.0, None, [1.0, 10.0, 100.0, 1000.0], False),
        ((2, 4, 13, 2, 2), 1.0, 1e-6, [0.9, 0.1], True), ((2, 4, 13, 2, 2), 1.0, 1e-10, [0.9, 0.1], True), ((2, 2, 2, 1, 1), 1.0, None, [1e300, 1.7e308, 1.7e308, 1e308], True),
        ((2, 2, 2, 1, 1), 1.0, None, [5e-324, 1e-320, 0.0, 3e-310], True), ((2, 2, 2, 1, 1), 1.0, None, [1.0, 1e-10, 1.0, 1e-300], True), ((2, 2, 1, 1, 2), 400.0, None, [1.0, 2.0], True),
        ((2, 2, 1, 1, 2), 1.0, 0.0, [1.0, 2.0], True)]):
    height, width, channels, patch_height, patch_width = shape
    n = height * width * channels
    m0, l0 = [scale * (x - 0.5) for x in unit(1101 + k, n)], [scale * (x - 0.5) for x in unit(1151 + k, n)]
    m, l = ([scale * (x - 0.5) for x in unit(1201 + k, n)], [scale * (x - 0.5) for x in unit(1251 + k, n)]) if delta is None else (
        [x + delta * ((y >> 7) % 3 - 1) for x, y in zip(m0, stream(1201 + k, n))], [x + delta * ((y >> 7) % 3 - 1) for x, y in zip(l0, stream(1251 + k, n))])
    patch = [(i // (width * channels) // patch_height) * (width // patch_width) + (i // channels % width) // patch_width for i in range(n)]
    M, L, M0, L0, R = ([mpf(x) for x in values] for values in (m, l, m0, l0, relevance))
    each = [(expm1(L[i] - L0[i]) - (L[i] - L0[i]) + (M[i] - M0[i]) ** 2 * exp(-L0[i])) / 2 for i in range(n)]
    by = [fsum(each[i] for i in range(n) if patch[i] == r) for r in range(len(R))]
    total = fsum(R)
    value = fsum(r * x for r, x in zip(R, by)) / total
    w = [R[patch[i]] / total for i in range(n)]
    add(t, hard, itself(value, *by) + itself(*(w[i] * (M[i] - M0[i]) * exp(-L0[i]) for i in range(n))) + itself(*(w[i] * expm1(L[i] - L0[i]) / 2 for i in range(n)))
        + [((x - value) / total, (x + value) / total) for x in by], shape=list(shape), mean0=m, scale0=l, mean1=m0, scale1=l0, relevance=relevance)
t.write()
