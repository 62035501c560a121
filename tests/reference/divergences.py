"""Reference tables for the families of divergences between discrete distributions and measures. Run: python3 divergences.py"""
from mpmath import findroot, log, mpf, sqrt

from tables import Table, masses, normalised

INF, TINY = mpf("inf"), 5e-324


def ln(base):
    return mpf(1) if base is None else log(mpf(base))


def excess(p, q):
    if p == 0:
        return mpf(q)
    return INF if q == 0 else mpf(p) * log(mpf(p) / mpf(q)) - mpf(p) + mpf(q)


def over(term):
    return lambda p, q: sum((term(mpf(x), mpf(y)) for x, y in zip(p, q)), mpf(0))


def quotient(x, y):
    return mpf(0) if x == 0 else INF if y == 0 else x / y


def jeffreys(x, y):
    return mpf(0) if x == y else INF if x == 0 or y == 0 else (x - y) * log(x / y)


def itakura_saito(x, y):
    return mpf(0) if x == y else INF if x == 0 or y == 0 else x / y - 1 - log(x / y)


def jensen_shannon(w):
    def term(x, y):
        m = w * x + (1 - w) * y
        return (0 if w == 0 else w * excess(x, m)) + (0 if w == 1 else (1 - w) * excess(y, m))
    return over(term)


def mixture_divergence(rows, weights):
    total = sum(map(mpf, weights))
    value = mpf(0)
    for column in zip(*rows):
        m = sum(mpf(w) * mpf(x) for w, x in zip(weights, column)) / total
        value += sum(mpf(w) * excess(x, m) for w, x in zip(weights, column) if w > 0)
    return value


def power(x, y, a):
    """x^a y^(1-a), with the limits at a = 0 and 1: nothing where neither of the two is possible."""
    if x == 0 or y == 0:
        return INF if (y == 0 and x > 0 and a > 1) or (x == 0 and y > 0 and a < 0) else mpf(0)
    return x**a * y**(1 - a)


def tsallis(a):
    """(S - 1)/(a - 1), the masses counting as one."""
    if a == 1:
        return over(excess)
    return over(lambda x, y: (power(x, y, a) - a * x - (1 - a) * y) / (a - 1))


def renyi(a):
    if a >= mpf(10)**290:
        return lambda p, q: max((log(mpf(x) / mpf(y)) if y > 0 else INF) for x, y in zip(p, q) if x > 0)

    def function(p, q):
        t = tsallis(a)(p, q)
        if a == 1 or t == INF:
            return t
        s = 1 + (a - 1) * t
        if s < 0.5:
            s = over(lambda x, y: power(x, y, a))(p, q)
        return INF if s == 0 else log(s) / (a - 1)
    return function


def alpha(value):
    a = (1 - mpf(value)) / 2
    if a == 0:
        return lambda p, q: over(excess)(q, p)
    if a == 1:
        return over(excess)
    return over(lambda x, y: (power(x, y, a) - a * x - (1 - a) * y) / (a * (a - 1)))


def squared_hellinger(p, q):
    return over(lambda x, y: (sqrt(x) - sqrt(y))**2 / 2)(p, q)


def bhattacharyya(p, q):
    h = squared_hellinger(p, q)
    if h <= 0.5:
        return -log(1 - h)
    coefficient = over(lambda x, y: sqrt(x * y))(p, q)
    return INF if coefficient == 0 else -log(coefficient)


def chernoff(p, q):
    """The value and the weight."""
    both = [(mpf(x), mpf(y)) for x, y in zip(p, q) if x > 0 and y > 0]
    if not both:
        return INF, mpf(0.5)
    less = sum(map(mpf, q)) - sum(map(mpf, p)) if sum(sqrt(x * y) for x, y in both) >= 0.5 else mpf(0)

    def slope(w):
        return sum(x**w * y**(1 - w) * log(x / y) for x, y in both) + less
    if slope(mpf(0)) >= 0 and slope(mpf(1)) <= 0:
        weight = mpf(0.5)
    elif slope(mpf(0)) >= 0:
        weight = mpf(0)
    elif slope(mpf(1)) <= 0:
        weight = mpf(1)
    else:
        scale = slope(mpf(1)) - slope(mpf(0))
        weight = findroot(lambda w: slope(w) / scale, (mpf(0), mpf(1)), solver="anderson", tol=mpf(10)**-120, maxsteps=500)
    s = 1 + over(lambda x, y: power(x, y, weight) - weight * x - (1 - weight) * y)(p, q)
    if s < 0.5:
        s = sum(x**weight * y**(1 - weight) for x, y in both)
    return -log(s), weight


def wasserstein(p, q, positions):
    value = distance = mpf(0)
    for i in range(len(p) - 1):
        distance += mpf(p[i]) - mpf(q[i])
        value += abs(distance) * (mpf(positions[i + 1]) - mpf(positions[i]))
    return value


def shifted(p, relative):
    """p with mass moved by a relative amount, back and forth."""
    q = [x * (1 + relative * (-1) ** i) for i, x in enumerate(p)]
    q[-1] = 1.0 - sum(q[:-1])
    return q


def geometric(n, r):
    return normalised([round(2**60 * r**i) for i in range(n)])


FOUR = [0.1, 0.2, 0.3, 0.4]
PAIRS = [
    # p, q, base, hard
    ([0.4, 0.3, 0.3], [0.33, 0.33, 0.34], None, False),
    ([0.4, 0.3, 0.3], [0.33, 0.33, 0.34], 2, False),
    ([0.5, 0.25, 0.25], [0.25, 0.25, 0.5], 2, False),
    ([0.5, 0.5], [0.25, 0.75], 10, False),
    ([0.36, 0.48, 0.16], [1 / 3, 1 / 3, 1 / 3], None, False),
    ([0.9, 0.1], [0.1, 0.9], 3, False),
    ([0.2, 0.0, 0.8], [0.1, 0.0, 0.9], 1.5, False),
    ([0.001, 0.999], [0.7, 0.3], None, False),
    (geometric(20, 0.5), geometric(20, 0.6), None, False),
    (geometric(40, 0.9), geometric(40, 0.4), 7, False),
    ([1.0], [1.0], None, False),
    ([0.0, 1.0], [0.5, 0.5], 2, True),
    ([0.5, 0.5], [1.0, 0.0], None, True),
    ([1.0, 0.0], [0.0, 1.0], 2, True),
    ([0.25, 0.75, 0.0], [0.0, 0.375, 0.625], None, True),
    ([0.5 + 1e-6, 0.5 - 1e-6], [0.5, 0.5], None, True),
    (shifted(FOUR, 1e-6), FOUR, None, True),
    (shifted(FOUR, 1e-10), FOUR, 2, True),
    (FOUR, shifted(FOUR, 3e-16), None, True),
    ([0.3 + 5e-9, 0.7], [0.3, 0.7 - 5e-9], None, True),
    ([1.0, TINY], [1.0, 1e-300], None, True),
    ([1.0, 1e-300], [1.0, TINY], None, True),
    ([1e-200, 1.0], [1.0, 1e-200], None, True),
    ([1 - 2.0**-53, 2.0**-53], [1.0, 2.0**-60], None, True),
    ([1 - 1e-12, 1e-12], [1e-5, 1 - 1e-5], None, True),
]
GENERATED = [
    # n, seed, delta, base
    (300, 1, 0, None), (301, 2, 1, None), (256, 3, 1000, 2), (97, 4, 10**6, None),
]
MEASURES = [
    ([2.0, 3.0], [1.0, 5.0], None, False),
    ([0.5, 3.0], [4.0, 0.0625], 2, False),
    ([1e3, 1e-3, 7.0], [999.0, 2e-3, 7.5], None, False),
    ([10.0, 20.0, 30.0], [11.0, 19.0, 31.0], 10, False),
    ([0.75], [1.0], None, False),
    ([1.5], [1.0], None, False),
    ([1.0, 1.0, 1.0], [2.0, 4.0, 8.0], 2, False),
    ([1e100, 1.0], [1e99, 2.0], None, False),
    ([1e-5], [3.0], None, False),
    ([0.0, 1.0], [0.0, 2.0], None, False),
    ([0.0, 3.0], [4.0, 0.0625], None, True),
    ([1e16 + 2], [1e16], None, True),
    ([1.0 + 2.0**-52], [1.0], None, True),
    ([1.000001], [1.0], None, True),
    ([5.0000000001, 3.0], [5.0, 3.0000000001], None, True),
    ([1e-308], [9e-309], None, True),
    ([1e150], [1e-150], None, True),
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
    for n, seed, delta, base in GENERATED[:3]:
        x, y = masses(seed, n, delta)
        yield ({"n": n, "seed": seed, "delta": delta, "normalised": False},
               [float(v) for v in x], [float(v) for v in y], base, True)


def table(name, formula, source, function, units=True, root=False):
    t = Table(name, formula)
    for inputs, p, q, base, hard in source:
        value = function(p, q)
        if units and base is not None:
            inputs = {**inputs, "base": base}
            value /= ln(base)
        t.add(sqrt(value) if root else value, hard, **inputs)
    t.write()


def family(name, formula, source, setting, values, function, units=True):
    """All pairs for every value of a setting; beside the first values only the hard and the first pairs."""
    t = Table(name, formula)
    for index, (value, hard_value) in enumerate(values):
        f = function(value if value == INF else mpf(value))
        for number, (inputs, p, q, base, hard) in enumerate(source()):
            if index > 1 and not hard and number > 3:
                continue
            inputs = {**inputs, setting: float(value)}
            if units and base is not None:
                inputs["base"] = base
            t.add(f(p, q) / (ln(base) if units else 1), hard or hard_value, **inputs)
    t.write()


ORDERS = [(0.5, False), (2.0, False), (0.25, False), (0.0, True), (1e-10, True), (0.75, False), (0.9, False), (1 - 1e-6, True), (1 - 1e-10, True),
          (1.0, False), (1 + 2.0**-52, True), (1 + 1e-10, True), (1 + 1e-6, True), (1.1, False), (5.0, False), (50.0, True)]
ALPHAS = [(0.0, False), (-3.0, False), (3.0, False), (0.5, False), (-0.5, False), (1.0, True), (-1.0, True), (1 - 1e-10, True), (-1 + 1e-10, True),
          (1 + 1e-6, True), (-1 - 1e-6, True), (-7.5, True), (7.5, True), (1e-9, True)]
WEIGHTS = [(0.5, False), (0.25, False), (0.9, False), (0.0, True), (1.0, True), (1e-3, False), (1e-10, True), (1 - 1e-10, True), (1e-40, True)]

table("divergence_jeffreys", "(sum (p - q) log(p/q)) / ln b", pairs(), over(jeffreys))
table("measures_jeffreys", "(sum (p - q) log(p/q)) / ln b", measures(), over(jeffreys))
table("measures_itakura_saito", "sum p/q - 1 - log(p/q)", measures(), over(itakura_saito), units=False)
table("divergence_total_variation", "(sum |p - q|) / 2", pairs(), over(lambda x, y: abs(x - y) / 2), units=False)
table("divergence_squared_hellinger", "(sum (sqrt p - sqrt q)^2) / 2", pairs(), squared_hellinger, units=False)
table("divergence_hellinger", "sqrt((sum (sqrt p - sqrt q)^2) / 2)", pairs(), squared_hellinger, units=False, root=True)
table("divergence_pearson", "sum (p - q)^2 / q", pairs(), over(lambda x, y: quotient((x - y)**2, y)), units=False)
table("divergence_neyman", "sum (p - q)^2 / p", pairs(), over(lambda x, y: quotient((x - y)**2, x)), units=False)
table("divergence_triangular", "sum (p - q)^2 / (p + q)", pairs(), over(lambda x, y: quotient((x - y)**2, x + y)), units=False)
table("divergence_bhattacharyya", "-log(1 - H^2) / ln b for H^2 = (sum (sqrt p - sqrt q)^2) / 2 up to 1/2, else -log(sum sqrt(p q)) / ln b",
      pairs(), bhattacharyya)
table("divergence_bhattacharyya_coefficient", "sum sqrt(p q)", pairs(), over(lambda x, y: sqrt(x * y)), units=False)
table("divergence_jensen_shannon_distance", "sqrt(JS / ln b), equal weights", pairs(), jensen_shannon(mpf(0.5)), root=True)
family("divergence_jensen_shannon", "(sum w excess(p, m) + (1 - w) excess(q, m)) / ln b, m = w p + (1 - w) q", pairs, "weight", WEIGHTS, jensen_shannon)
family("divergence_chernoff_coefficient", "sum p^w q^(1-w)", pairs, "weight", WEIGHTS,
       lambda w: over(lambda x, y: power(x, y, w)), units=False)
family("divergence_tsallis", "sum (p^a q^(1-a) - a p - (1 - a) q) / (a - 1)", pairs, "order", ORDERS, tsallis, units=False)
family("divergence_renyi", "log(S) / (a - 1) / ln b, S = 1 + (a - 1) Tsallis from 1/2 on, else sum p^a q^(1-a); max log(p/q) / ln b from a = 1e290 on", pairs, "order",
       ORDERS + [(INF, True), (1e4, True), (1e300, True)], renyi)
family("divergence_alpha", "sum (p^a q^(1-a) - a p - (1 - a) q) / (a (a - 1)), a = (1 - alpha)/2", pairs, "alpha", ALPHAS, alpha, units=False)
family("measures_alpha", "sum (p^a q^(1-a) - a p - (1 - a) q) / (a (a - 1)), a = (1 - alpha)/2", measures, "alpha", ALPHAS, alpha, units=False)

information, weight = Table("divergence_chernoff", "-log(min over w of sum p^w q^(1-w)) / ln b"), Table("divergence_chernoff_weight", "the w of the minimum")
for inputs, p, q, base, hard in pairs():
    c, w = chernoff(p, q)
    weight.add(w, hard, **inputs)
    information.add(c / ln(base), hard, **(inputs if base is None else {**inputs, "base": base}))
information.write()
weight.write()

t = Table("divergence_wasserstein1", "sum over i < n of |sum over j <= i of p_j - q_j| (x_(i+1) - x_i)")
for number, (inputs, p, q, base, hard) in enumerate(pairs()):
    if "p" not in inputs:
        continue
    for positions in ([float(i * i) for i in range(len(p))], [i * 0.1 - 1e6 for i in range(len(p))], [(i - 0.5) * 1e300 for i in range(len(p))]):
        t.add(wasserstein(p, q, positions), hard or positions[-1] > 1e200, positions=positions, **inputs)
t.write()

t = Table("divergence_jensen_shannon_of_many", "(sum over k of w_k sum over i of excess(p_ki, m_i)) / ln b, m = sum w_k p_k / sum w_k; rows concatenated")
SOURCES = [
    ([[0.5, 0.5], [0.25, 0.75], [0.9, 0.1]], [0.5, 0.25, 0.25], None, False),
    ([[0.5, 0.5], [0.25, 0.75], [0.9, 0.1]], [0.1, 0.2, 0.7], 2, False),
    ([[0.4, 0.3, 0.3], [0.33, 0.33, 0.34]], [0.5, 0.5], None, False),
    ([[0.4, 0.3, 0.3], [0.33, 0.33, 0.34]], [0.9, 0.1], 3, False),
    ([[0.4, 0.3, 0.3]], [1.0], None, False),
    ([FOUR, FOUR[::-1], [0.25] * 4, [0.7, 0.1, 0.1, 0.1]], [0.25] * 4, 10, False),
    ([geometric(20, r) for r in (0.5, 0.6, 0.7, 0.8)], [0.4, 0.3, 0.2, 0.1], None, False),
    ([[1 / 3] * 3, [0.2, 0.3, 0.5]], [0.3, 0.7], None, False),
    ([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [1 / 3] * 3, None, True),
    ([[1.0, 0.0], [0.0, 1.0]], [0.5, 0.5], 2, True),
    ([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]], [0.0, 0.25, 0.75], None, True),
    ([FOUR, shifted(FOUR, 1e-6), shifted(FOUR, -1e-6)], [0.5, 0.25, 0.25], None, True),
    ([FOUR, shifted(FOUR, 1e-10), shifted(FOUR, 3e-10)], [0.2, 0.3, 0.5], 2, True),
    ([FOUR, shifted(FOUR, 3e-16), FOUR, FOUR], [0.25] * 4, None, True),
    ([FOUR, shifted(FOUR, 1e-9)], [1e-12, 1 - 1e-12], None, True),
    ([[1.0, TINY], [1.0, 1e-300], [1e-200, 1.0]], [0.25, 0.25, 0.5], None, True),
]
for rows, weights, base, hard in SOURCES:
    t.add(mixture_divergence(rows, weights) / ln(base), hard, rows=[x for row in rows for x in row], columns=len(rows[0]), weights=weights,
          **({} if base is None else {"base": base}))
t.write()
