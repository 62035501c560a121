"""Reference tables for proportions of masses and counts, for drift between them, and for sums that merge. Run: python3 counts.py"""
from mpmath import exp, gammainc, log, mpf, sqrt

from tables import Table, masses, stream

INF = mpf("inf")


def ln(base):
    return mpf(1) if base is None else log(mpf(base))


def proportions(x):
    total = sum(map(mpf, x))
    return [mpf(v) / total for v in x]


def excess(x, y):
    return y if x == 0 else INF if y == 0 else x * log(x / y) - x + y


def jeffreys(x, y):
    return mpf(0) if x == y else INF if x == 0 or y == 0 else (x - y) * log(x / y)


def quotient(x, y):
    return mpf(0) if x == 0 else INF if y == 0 else x / y


def jensen_shannon(w):
    def term(x, y):
        m = w * x + (1 - w) * y
        return (0 if w == 0 else w * excess(x, m)) + (0 if w == 1 else (1 - w) * excess(y, m))
    return term


def cross(x, y):
    return mpf(0) if x == 0 else INF if y == 0 else -x * log(y)


def over(term, p, q):
    return sum((term(x, y) for x, y in zip(proportions(p), proportions(q))), mpf(0))


def scaled(x, factor):
    return [v * factor for v in x]


FOUR = [1.0, 2.0, 3.0, 4.0]
WORDS = [22038615.0, 12545825.0, 10741073.0, 10343885.0, 10144200.0, 6996437.0, 6332195.0, 4303955.0]
PAIRS = [
    # p, q, base, hard: counts, and masses of other programs
    ([30.0, 50.0, 20.0], [25.0, 45.0, 30.0], None, False),
    ([3.0, 0.0, 7.0], [1.0, 2.0, 3.0], 2, False),
    ([1.0, 2.0, 3.0], [10.0, 20.0, 31.0], None, False),
    (FOUR, FOUR[::-1], 2, False),
    ([5.0], [7.0], None, False),
    (WORDS, WORDS[::-1], 10, False),
    (WORDS, [x + 1000.0 for x in WORDS], None, False),
    ([0.3333, 0.3333, 0.3333], [0.2501, 0.25, 0.4999], None, False),
    ([0.1, 0.2, 0.7], [0.2, 0.2, 0.6], 3, False),
    ([900.0, 100.0], [10.0, 90.0], None, False),
    ([0.0, 0.0, 4.0], [0.0, 1.0, 1.0], None, False),
    ([100.0, 0.0], [0.0, 3.0], None, True),
    ([0.0, 5.0], [2.0, 3.0], 2, True),
    ([2.0, 3.0], [0.0, 5.0], None, True),
    (scaled(FOUR, 7.0), scaled(FOUR, 11.0), None, True),
    (scaled(FOUR, 7.0), scaled([1.0, 2.0, 3.0, 4.0 + 1e-10], 11.0), None, True),
    (scaled(FOUR, 0.1), scaled(FOUR, 0.3), 2, True),
    ([1e6 + 1, 1e6], [1e12, 1e12], None, True),
    ([2.0**53 - 1, 2.0**53 - 2], [3.0, 3.0], None, True),
    ([1e15, 1.0], [1e15, 2.0], None, True),
    ([1e9, 1.0], [1.0, 1e9], None, True),
    ([1e300, 1e300, 1e308], [1e-300, 2e-300, 1e-292], None, True),
    ([1.7e308, 1.7e308, 1e308], [1.0, 1.0, 1.0], None, True),
    ([5e-324, 1e-323], [1.0, 3.0], None, True),
    ([1e-200, 1.0], [1.0, 1e-200], None, True),
    ([1.0, 1.4142135623730951, 1.0], [1.0, 1.0, 1.0], None, True),
    ([3.0, 1.0], [2.0, 1.0], None, True),
    ([4.0, 1.0, 1.0], [3.0, 1.0, 1.0], None, True),
]
GENERATED = [(300, 1, 0, None), (301, 2, 1, None), (256, 3, 1000, 2), (97, 4, 10**6, None)]


def pairs():
    for p, q, base, hard in PAIRS:
        yield {"p": p, "q": q}, p, q, base, hard
    for n, seed, delta, base in GENERATED:
        x, y = masses(seed, n, delta)
        yield {"n": n, "seed": seed, "delta": delta, "normalised": False}, [float(v) for v in x], [float(v) for v in y], base, True


def table(name, formula, function, units=True):
    t = Table(name, formula)
    for inputs, p, q, base, hard in pairs():
        value = function(p, q)
        if units and base is not None:
            inputs = {**inputs, "base": base}
            value /= ln(base)
        t.add(value, hard, **inputs)
    t.write()


table("proportions_kullback_leibler", "(sum p/P log((p/P)/(q/Q))) / ln b", lambda p, q: over(excess, p, q))
table("proportions_jeffreys", "(sum (p/P - q/Q) log((p/P)/(q/Q))) / ln b", lambda p, q: over(jeffreys, p, q))
table("proportions_total_variation", "(sum |p/P - q/Q|) / 2", lambda p, q: over(lambda x, y: abs(x - y) / 2, p, q), units=False)
table("proportions_squared_hellinger", "(sum (sqrt(p/P) - sqrt(q/Q))^2) / 2",
      lambda p, q: over(lambda x, y: (sqrt(x) - sqrt(y))**2 / 2, p, q), units=False)
table("proportions_pearson", "sum (p/P - q/Q)^2 / (q/Q)", lambda p, q: over(lambda x, y: quotient((x - y)**2, y), p, q), units=False)
table("proportions_neyman", "sum (p/P - q/Q)^2 / (p/P)", lambda p, q: over(lambda x, y: quotient((x - y)**2, x), p, q), units=False)
table("proportions_entropy", "(sum p/P log(P/p)) / ln b", lambda p, q: over(cross, p, p))
table("proportions_cross_entropy", "(sum p/P log(Q/q)) / ln b", lambda p, q: over(cross, p, q))
table("drift_population_stability", "sum (p/P - q/Q) log((p/P)/(q/Q))", lambda p, q: over(jeffreys, p, q), units=False)

t = Table("proportions_jensen_shannon", "(sum w excess(p/P, m) + (1 - w) excess(q/Q, m)) / ln b, m = w p/P + (1 - w) q/Q")
for weight, hard_weight in [(0.5, False), (0.25, False), (0.0, True), (1.0, True), (1e-10, True), (0.9, False)]:
    for number, (inputs, p, q, base, hard) in enumerate(pairs()):
        if weight not in (0.5, 0.25) and not hard and number > 3:
            continue
        inputs = {**inputs, "weight": weight}
        if base is not None:
            inputs["base"] = base
        t.add(over(jensen_shannon(mpf(weight)), p, q) / ln(base), hard or hard_weight, **inputs)
t.write()


def tail(degrees, statistic):
    if statistic == INF:
        return mpf(0)
    return mpf(1) if degrees == 0 else gammainc(mpf(degrees) / 2, statistic / 2, INF, regularized=True)


t = Table("incomplete_gamma_upper", "Gamma(a, x)/Gamma(a)")
for a, x, hard in [
    (0.5, 0.1, False), (0.5, 1.0, False), (0.5, 3.841458820694124, False), (0.5, 20.0, False), (1.0, 2.0, False), (1.5, 1.5, False), (2.0, 5.0, False),
    (4.5, 8.0, False), (4.5, 30.0, False), (10.0, 3.0, False), (10.0, 10.0, False), (15.5, 16.0, False), (16.0, 17.5, False), (49.5, 50.0, False),
    (49.5, 90.0, False), (500.0, 480.0, False), (0.5, 0.0, True), (0.5, 1e-300, True), (0.5, 1e-10, True), (0.5, 690.0, True), (2.5, 650.0, True),
    (15.5, 700.0, True), (50.0, 1.0, True), (50.0, 800.0, True), (5000.0, 5000.0, True), (5000.0, 5500.0, True), (5000.0, 6900.0, True),
    (50000.0, 49999.5, True), (50000.0, 52000.0, True),
]:
    t.add(gammainc(mpf(a), mpf(x), INF, regularized=True), hard, shape=a, x=x)
t.write()

COUNTS = [
    # observed or first, expected or second, hard
    ([30, 50, 20], [0.25, 0.45, 0.3], [25, 45, 30], False),
    ([8, 12, 10, 9, 11, 10], [1.0] * 6, [10, 10, 10, 10, 10, 10], False),
    ([43, 52, 54, 40], [9.0, 3.0, 3.0, 1.0], [50, 50, 50, 39], False),
    ([120, 30, 50], [3.0, 1.0, 1.0], [100, 40, 60], False),
    ([1000, 2000, 3000, 4000], [1.0, 2.0, 3.0, 4.1], [1010, 1990, 3020, 3980], False),
    ([5, 0, 3], [1.0, 1.0, 1.0], [2, 4, 0], False),
    ([7], [2.0], [9], False),
    ([55, 45], [1.0, 1.0], [50, 50], False),
    ([500, 300, 200], [0.5, 0.3, 0.2], [5000, 3100, 1900], True),
    ([500, 300, 200], [5.0, 3.0, 2.0], [1000, 600, 400], True),
    ([10, 0, 5], [2.0, 0.0, 1.0], [20, 0, 11], True),
    ([10, 1, 5], [2.0, 0.0, 1.0], [20, 0, 11], True),
    ([10**6 + 1, 10**6], [1.0, 1.0], [10**6, 10**6 + 1], True),
    ([900, 100], [1.0, 1.0], [100, 900], True),
    ([2**40, 2**40 + 2**22], [1.0, 1.0], [2**41, 2**41 - 2**21], True),
    ([x % 1000 for x in stream(5, 200)], [1.0] * 200, [x % 1000 for x in stream(6, 200)], True),
]

fit = Table("drift_g_test", "G = 2 sum o log(o/(N e/E)), and its p-value")
two = Table("drift_g_test_of_two_samples", "G = 2 sum a log(a/e) + b log(b/f), e and f from both together, and its p-value")
for a, expected, b, hard in COUNTS:
    g = 2 * sum(a) * over(excess, a, expected)
    fit.add([g, tail(sum(e != 0 for e in expected) - 1, g)], hard, observed=a, expected=expected)
    n, m = sum(a), sum(b)
    g = 2 * (n + m) * over(jensen_shannon(mpf(n) / (n + m)), a, b)
    two.add([g, tail(sum(x + y > 0 for x, y in zip(a, b)) - 1, g)], hard, first=a, second=b)
fit.write()
two.write()


# What merges: the sums themselves, and what is made of them.

LISTS = [
    # numbers, hard
    ([1.0, 2.0, 3.0], False), ([0.1] * 10, False), ([0.1, 0.2, 0.3, -0.6], False), ([3.0, -1.0], False), ([1e10, 1.0, -1e10, 2.5], False),
    ([x / 2**31 for x in stream(3, 500)], False), ([(x - 2**30) / 2**20 for x in stream(4, 500)], False), ([7.25, 7.25], False),
    ([1e100, 1.0, -1e100], True), ([1.0, 2.0**-53], True), ([1.0, 2.0**-53, 5e-324], True), ([1.0, -(2.0**-54)], True), ([5e-324, 5e-324, -1e-323], True),
    ([1.7e308, 1.7e308, -1.7e308], True), ([1e-310, 2e-310], True), ([2.0**-1022, -(2.0**-1074)], True),
    ([2.0**((x >> 8) % 1800 - 900) * (1 if x & 128 else -1) for x in stream(5, 400)], True), ([1e8 + x / 2**31 for x in stream(6, 300)], True),
]

total, mean, variance = (Table("exact_sum", "sum x"), Table("moments_mean", "(sum x)/n"), Table("moments_variance", "(sum (x - mean)^2)/(n - 1)"))
for values, hard in LISTS:
    exact = [mpf(v) for v in values]
    n, s = len(values), sum(exact, mpf(0))
    total.add(s, hard, numbers=values)
    mean.add(s / n, hard, numbers=values)
    if all(v == 0 or 1e-146 < abs(v) < 1e154 for v in values):
        variance.add(sum((v - s / n)**2 for v in exact) / (n - 1), hard, numbers=values)
extra = [([1e15 + 1, 1e15, 1e15], True), ([1.0, 1.0 + 2.0**-52], True), ([1e-100, 2e-100], True), ([1e150, -1e150], True)]
for values, hard in extra:
    exact = [mpf(v) for v in values]
    n, s = len(values), sum(exact, mpf(0))
    variance.add(sum((v - s / n)**2 for v in exact) / (n - 1), hard, numbers=values)
total.write()
mean.write()
variance.write()

kl, h, ce = (Table("accumulator_kullback_leibler", "(sum p/P log((p/P)/(q/Q))) / ln b; the scale is the sum of excess(p, q) over P"),
             Table("accumulator_entropy", "(sum p/P log(P/p)) / ln b; the scale is the larger of it and |log P|"),
             Table("accumulator_cross_entropy", "(sum p/P log(Q/q)) / ln b; the scale is the larger of it and |log Q|"))
for inputs, p, q, base, hard in pairs():
    if max(p) > 1e307 or max(p) < 1e-300:
        continue
    given = inputs if base is None else {**inputs, "base": base}
    mass_p, mass_q = sum(map(mpf, p)), sum(map(mpf, q))
    value, b = over(excess, p, q) / ln(base), ln(base)
    if value != INF:
        kl.add(value, hard, scale=sum(excess(mpf(x), mpf(y)) for x, y in zip(p, q)) / mass_p / b, **given)
    value = over(cross, p, p) / b
    h.add(value, hard, scale=max(value, abs(log(mass_p)) / b), **given)
    value = over(cross, p, q) / b
    if value != INF:
        ce.add(value, hard, scale=max(value, abs(log(mass_q)) / b), **given)
kl.write()
h.write()
ce.write()

LOGITS = [
    # a, b, hard
    ([0.0, 1.0, 2.0], [2.0, 1.0, 0.0], False), ([1.0, 2.0, 3.0], [1.5, 2.5, 2.0], False), ([0.5], [-3.0], False), ([3.0, -1.0], [3.25, -1.5], False),
    ([x / 2**28 for x in stream(7, 100)], [x / 2**28 for x in stream(8, 100)], False), ([10.0, -10.0, 0.0], [-10.0, 10.0, 0.0], False),
    ([0.0] * 8, [float(i) for i in range(8)], False), ([5.0, 5.0], [2.0, 2.0], False),
    ([1.0, 2.0, 3.0], [1.0 + 1e-6, 2.0 - 1e-6, 3.0], True), ([1.0, 2.0, 3.0], [1.0 + 1e-10, 2.0, 3.0], True), ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], True),
    ([1000.0, 0.0, -1000.0], [0.0, 1000.0, -1000.0], True), ([-INF, 0.0, 1.0], [0.0, 0.0, 1.0], True), ([0.0, -1e6], [0.0, -1e9], True),
    ([1e9, 1e9 - 1], [-1e9, -1e9 - 2], True), ([0.0, 800.0], [-800.0, 0.0], True), ([0.0, 1.0], [-INF, 1.0], True), ([2.0**40, 0.0], [0.0, -(2.0**40)], True),
]


def exponential(x):
    return mpf(0) if x == -INF else exp(mpf(x))


t, lse = (Table("accumulator_logits", "(sum e^a (a - b))/Za + log(Zb/Za), Za = sum e^a, Zb = sum e^b; the scale is (sum e^b - e^a - e^a (b - a))/Za where"
                " |Zb/Za - 1| <= 1/2, and else the value and |log(Zb/Za)| together"), Table("accumulator_log_sum_exp", "log sum e^a"))
for a, b, hard in LOGITS:
    za, zb = sum(map(exponential, a)), sum(map(exponential, b))
    if za == 0:
        continue
    weighted = sum(mpf(0) if x == -INF else INF if y == -INF else exponential(x) * (mpf(x) - mpf(y)) for x, y in zip(a, b))
    value = INF if weighted == INF else weighted / za + log(zb / za)
    near = abs(zb / za - 1) <= mpf(1) / 2
    t.add(value, hard, scale=0 if value == INF else (zb - za + weighted) / za if near else value + abs(log(zb / za)), a=[float(x) for x in a], b=[float(x) for x in b])
    lse.add(log(za), hard, a=[float(x) for x in a], b=[float(x) for x in b])
t.write()
lse.write()
