"""Reference tables for generators, f-divergences and inequalities. Run: python3 f_divergences.py

The formulas are those of the literature, in u; nothing is centred or expanded, the digits are enough for the cancellation.
The conjugate is found from its definition, by bisecting f'(u) = t.
"""
from mpmath import exp, fsum, log, log1p, mp, mpf, sqrt, workdps

from tables import Table, masses, normalised

mp.dps = 120  # at most 60 of which cancel
INF = float("inf")
ONE = mpf(1)
LN2 = log(mpf(2))


def power(a):
    """((u^a - a u - (1 - a))/(a (a - 1)), its derivative, f(0), slope at infinity)."""
    if a == 1:
        return lambda u: u * log(u) - u + 1, lambda u: log(u), ONE, mpf("inf")
    if a == 0:
        return lambda u: u - 1 - log(u), lambda u: 1 - 1 / u, mpf("inf"), ONE
    return (lambda u: (u**a - a * u - (1 - a)) / (a * (a - 1)), lambda u: (u ** (a - 1) - 1) / (a - 1),
            1 / a if a > 0 else mpf("inf"), 1 / (1 - a) if a < 1 else mpf("inf"))


def alpha(value):
    return power((1 - mpf(value)) / 2)


def tsallis(order):
    r = mpf(order)
    if r == 1:
        return lambda u: u * log(u), lambda u: log(u) + 1, mpf(0), mpf("inf")
    return (lambda u: (u**r - u) / (r - 1), lambda u: (r * u ** (r - 1) - 1) / (r - 1),
            mpf(0), 1 / (1 - r) if r < 1 else mpf("inf"))


def sign(x):
    return (x > 0) - (x < 0)


# name: f, f', f(0), slope at infinity
GENERATORS = {
    "KullbackLeibler": (lambda u: u * log(u), lambda u: log(u) + 1, mpf(0), mpf("inf")),
    "Reverse": (lambda u: -log(u), lambda u: -1 / u, mpf("inf"), mpf(0)),
    "Jeffreys": (lambda u: (u - 1) * log(u), lambda u: log(u) + 1 - 1 / u, mpf("inf"), mpf("inf")),
    "JensenShannon": (lambda u: (u * log(u) - (u + 1) * log((u + 1) / 2)) / 2, lambda u: log(2 * u / (u + 1)) / 2, LN2 / 2, LN2 / 2),
    "TotalVariation": (lambda u: abs(u - 1) / 2, lambda u: mpf(sign(u - 1)) / 2, ONE / 2, ONE / 2),
    "SquaredHellinger": (lambda u: (sqrt(u) - 1) ** 2 / 2, lambda u: (1 - 1 / sqrt(u)) / 2, ONE / 2, ONE / 2),
    "PearsonChiSquared": (lambda u: (u - 1) ** 2, lambda u: 2 * (u - 1), ONE, mpf("inf")),
    "NeymanChiSquared": (lambda u: (u - 1) ** 2 / u, lambda u: 1 - 1 / u**2, mpf("inf"), ONE),
    "Triangular": (lambda u: (u - 1) ** 2 / (u + 1), lambda u: (u - 1) * (u + 3) / (u + 1) ** 2, ONE, ONE),
    "ArithmeticGeometric": (lambda u: (u + 1) / 2 * log((u + 1) / (2 * sqrt(u))),
                            lambda u: log((u + 1) / (2 * sqrt(u))) / 2 + (u - 1) / (4 * u), mpf("inf"), mpf("inf")),
    # u log u - (u + 1) log(u + 1), in which u log(1 + 1/u) would need as many digits as u has.
    "Gan": (lambda u: -u * log1p(1 / u) - log1p(u) + 2 * log(mpf(2)), lambda u: log(u / (u + 1)), 2 * LN2, mpf(0)),
}
PARAMETERS = [("Alpha", x) for x in (-3.0, -1.0, -0.999999999, -0.5, 0.0, 0.5, 1.0, 3.0, 7.0)]
PARAMETERS += [("Tsallis", x) for x in (0.01, 0.3, 0.5, 0.999999999, 1.0, 1.000000001, 2.0, 5.0)]


def generators():
    for name, f in GENERATORS.items():
        yield name, 0.0, f
    for name, x in PARAMETERS:
        yield name, x, alpha(x) if name == "Alpha" else tsallis(x)


def divergence(f, p, q):
    value, derivative, at_zero, at_infinity = f
    slope = mpf(0) if derivative(ONE) == 0 else derivative(ONE)
    terms = []
    for x, y in zip(map(mpf, p), map(mpf, q)):
        if x and y:
            terms.append(y * (value(x / y) - slope * (x / y - 1)))
        elif x:
            terms.append(x * (at_infinity - slope))
        elif y:
            terms.append(y * (at_zero + slope))
    return mpf("inf") if any(t == mpf("inf") for t in terms) else fsum(terms)


def at_slope(f, t):
    """u with f'(u) = t; 0 or infinity beyond the range."""
    low, high = mpf(-2000), mpf(2000)
    if f[1](exp(low)) >= t:
        return mpf(0)
    if f[1](exp(high)) <= t:
        return mpf("inf")
    for _ in range(420):
        middle = (low + high) / 2
        if f[1](exp(middle)) < t:
            low = middle
        else:
            high = middle
    return exp((low + high) / 2)


def conjugate(f, t):
    u = at_slope(f, t)
    return -f[2] if u == 0 else mpf("inf") if u == mpf("inf") else u * t - f[0](u)


def conjugate_and_inverse(name, f, t):
    if name == "TotalVariation":
        return (mpf("inf"), mpf("inf")) if t > 0.5 else (max(mpf(t), mpf(-1) / 2), ONE if abs(t) < 0.5 else mpf(0))
    return conjugate(f, mpf(t)), at_slope(f, mpf(t))


def slope(name, x, f, p, q):
    """f'(p/q), with the limits"""
    if p and q:
        return f[1](mpf(p) / mpf(q))
    return f[1](ONE) if not p and not q else f[3] if p else slope_at_zero(name, x)


def slope_at_zero(name, x):
    if name in ("TotalVariation", "PearsonChiSquared", "Triangular"):
        return {"TotalVariation": -ONE / 2, "PearsonChiSquared": -2 * ONE, "Triangular": -3 * ONE}[name]
    power = {"Alpha": -(1 + mpf(x)) / 2, "Tsallis": mpf(x) - 1}.get(name, -ONE)
    return -1 / power if power > 0 else mpf("-inf")


def slope_scale(f, value):
    """An f' that ends at zero nowhere crosses it, and nothing cancels."""
    return abs(value) if f[3] == 0 else abs(value) + abs(f[1](ONE))


def masses_of(delta):
    first, second = masses(51, 8, delta)
    return normalised(first), normalised(second)


PAIRS = [
    ([0.5, 0.5], [0.25, 0.75], False),
    ([0.4, 0.3, 0.3], [0.33, 0.33, 0.34], False),
    ([0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1], False),
    ([0.7, 0.2, 0.1], [0.2, 0.5, 0.3], False),
    ([0.125, 0.125, 0.25, 0.5], [0.25, 0.25, 0.25, 0.25], False),
    ([0.9, 0.1], [0.1, 0.9], False),
    ([1.0], [1.0], False),
    (*masses_of(0), False),
    (*masses_of(1000), True),
    (*masses_of(1), True),
    ([0.5, 0.3, 0.2], [0.5 + 5e-11, 0.3 - 3e-11, 0.2 - 2e-11], True),
    ([0.5, 0.3, 0.2], [0.5 + 5e-7, 0.3 - 3e-7, 0.2 - 2e-7], True),
    ([0.0, 0.5, 0.5], [0.25, 0.25, 0.5], True),
    ([0.25, 0.25, 0.5], [0.0, 0.5, 0.5], True),
    ([0.0, 0.5, 0.5], [0.5, 0.0, 0.5], True),
    ([0.0, 0.5, 0.5], [0.0, 0.25, 0.75], True),
    ([1e-20, 1.0], [1e-8, 1.0 - 1e-8], True),
    ([1e-8, 1.0 - 1e-8], [1e-20, 1.0], True),
    ([1e-300, 1.0], [5e-324, 1.0], True),
]

RATIOS = [0.1, 0.25, 0.5, 0.75, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0, 10.0]
HARD = [1 + 1e-6, 1 - 1e-6, 1 + 1e-10, 1 - 1e-10, 1e-12, 1e12, 1e-100, 1e100, 5.0 * 2.0**-400]


def is_finite(x):
    return abs(x) < mpf("1e300")


table = Table("f_divergence", "sum q f(p/q), f less its tangent at 1")
for name, x, f in generators():
    for p, q, hard in PAIRS:
        value = divergence(f, p, q)
        if is_finite(value) or value == mpf("inf"):
            table.add(value, hard, generator=name, parameter=x, p=p, q=q)
table.write()

table = Table("generator_value", "f(u); scales: |f(u)|")
for name, x, f in generators():
    for u in RATIOS + HARD:
        value = f[0](mpf(u))
        if is_finite(value):
            table.add([value], u in HARD, scales=[float(abs(value))], generator=name, parameter=x, u=u)
table.write()

table = Table("generator_centred", "f(u) - f'(1) (u - 1)")
for name, x, f in generators():
    for u in RATIOS + HARD:
        value = f[0](mpf(u)) - f[1](ONE) * (mpf(u) - 1)
        if is_finite(value):
            table.add(value, u in HARD, generator=name, parameter=x, u=u)
table.write()

table = Table("generator_derivative", "f'(u); scales: |f'(u)| + |f'(1)|, |f'(u)| where the slope at infinity is 0")
for name, x, f in generators():
    for u in RATIOS + HARD:
        value = f[1](mpf(u))
        if is_finite(value):
            table.add([value], u in HARD, scales=[float(slope_scale(f, value))], generator=name, parameter=x, u=u)
table.write()

SLOPES = [-3.0, -1.5, -0.75, -0.3, 0.1, 0.3, 0.6, 0.9, 1.5, 3.0]
HARD_SLOPES = [1e-6, -1e-6, 1e-10, -1e-10, -30.0, 30.0, -1e6]
values, inverses = Table("generator_conjugate", "sup ut - f(u); scales: |f*(t)| + |f'(1)|"), Table("generator_conjugate_derivative", "u with f'(u) = t")
for name, x, f in generators():
    for t in SLOPES + HARD_SLOPES:
        t = float(f[1](ONE)) + t
        value, u = conjugate_and_inverse(name, f, t)
        if is_finite(value) or value == mpf("inf"):
            hard = t - float(f[1](ONE)) not in SLOPES
            values.add([value], hard, scales=[float(abs(value) + abs(f[1](ONE))) if is_finite(value) else 1.0], generator=name, parameter=x, t=t)
            if u == mpf("inf") or u < mpf("1e300"):
                inverses.add(u, hard, generator=name, parameter=x, t=t)
values.write()
inverses.write()

LOG_RATIOS = [[0.5, -0.25, 1.0], [0.0, 0.0, 0.0], [2.0, -3.0, 0.1, -0.1], [1e-6, -2e-6, 5e-7], [1e-10, -1e-10, 3e-10], [20.0, -20.0, 0.5]]
table = Table("f_divergence_of_log_ratios", "mean of f(e^x); scales: mean of |f(e^x)|")
for name, x, f in generators():
    for k, logs in enumerate(LOG_RATIOS):
        terms = [f[0](exp(mpf(y))) for y in logs]
        scale = fsum(abs(v) for v in terms) / len(terms)
        table.add([fsum(terms) / len(terms)], k >= 3, scales=[float(scale)], generator=name, parameter=x, logRatios=logs)
table.write()

NEAR_LOGS = [1e-3, -1e-3, 1e-10, -1e-10, 1e-16, -1e-16, 1e-150, -1e-150, 1e-310, -1e-310, 5e-324, -5e-324, 0.0]
FAR_LOGS = [0.3, -0.3, 0.7, -0.7, 1.1, -1.1, 2.5, -2.5, 40.0, -40.0, 354.8, -354.8, 700.0, -700.0, 709.0, -709.0, 709.7, -709.7, 710.0, -710.0, 711.0, -711.0,
            740.0, -740.0, 746.0, -746.0, 1400.0, -1400.0, 3000.0, -3000.0, 1e6, -1e6, INF, -INF]


def dual(f):
    return (lambda u: u * f[0](1 / u), None, f[3], f[2])


def centred(f):
    return (lambda u: f[0](u) - f[1](ONE) * (u - 1), None, f[2] + f[1](ONE), f[3] - f[1](ONE))


def symmetrised(f):
    other = dual(f)
    return (lambda u: (f[0](u) + other[0](u)) / 2, None, (f[2] + f[3]) / 2, (f[2] + f[3]) / 2)


def at_log(f, x):
    """f(e^x), and its limits"""
    if x == -INF:
        return f[2]
    if x == INF:
        if f[3]:
            return f[3] * mpf("inf")
        steps = [f[0](exp(mpf(10)**k)) for k in (11, 12, 13)]
        return steps[2] if abs(steps[2] - steps[1]) < mpf("1e-40") else mpf("inf") * sign(steps[2] - steps[1])
    with workdps(120 if abs(x) >= 1e-20 or x == 0 else 1100):
        return f[0](exp(mpf(x)))


FORMS = {
    "own": lambda f: f,
    "dual": dual,
    "centred": centred,
    "centred dual": lambda f: dual(centred(f)),
    "symmetrised": symmetrised,
}
table = Table("generator_at_log_ratio", "f(e^x) of a generator, its dual, centred and symmetrised forms")
for name, x, f in generators():
    for form, of in FORMS.items():
        for logs in (NEAR_LOGS, FAR_LOGS):
            table.add([at_log(of(f), y) for y in logs], True, generator=name, parameter=x, form=form, logRatios=logs)
table.write()

CRITIC_PAIRS = PAIRS + [
    ([0.0, 0.25, 0.75], [0.0, 0.75, 0.25], True),
    ([1e-100, 1.0], [1e-5, 1 - 1e-5], True),
    ([1e-5, 1 - 1e-5], [1e-100, 1.0], True),
]
table = Table("f_divergence_optimal_critic", "f'(p/q); scales: |f'(p/q)| + |f'(1)|, |f'(p/q)| where the slope at infinity is 0")
for name, x, f in generators():
    for p, q, hard in CRITIC_PAIRS:
        slopes = [slope(name, x, f, *pair) for pair in zip(p, q)]
        if all(is_finite(v) or abs(v) == mpf("inf") for v in slopes):
            table.add(slopes, hard, scales=[float(slope_scale(f, v)) if is_finite(v) else 1.0 for v in slopes], generator=name, parameter=x, p=p, q=q)
table.write()

# Steps from f'(1) at samples of p and of q.
CRITICS = [
    ([0.1, 0.3, -0.3], [0.1, -0.75], False),
    ([0.3], [-1.5, 0.3, 0.1], False),
    ([0.6, -0.3, 0.1, 0.3], [-0.3, -0.3, 0.1, 0.3], False),
    ([-3.0, 0.9], [-3.0, -1.5, -0.75], False),
    ([1.5, 3.0, 0.1], [0.1, -0.3], False),
    ([0.0, 0.3], [0.9, 1.5, -0.3], False),
    ([0.0], [0.0, 0.0], True),
    ([1e-6, -2e-6, 5e-7], [1e-6, -1e-6], True),
    ([1e-10, 3e-10], [-1e-10, 2e-10, 1e-10], True),
    ([1e-6, 1e-10], [1e-10, 0.3], True),
    ([30.0, -30.0, 0.1], [-30.0, 0.1], True),
    ([0.1, -1e6], [-1e6, 0.3, -30.0], True),
    ([0.1, INF], [0.1, 0.3], True),
    ([0.1, -INF], [0.1, 0.3], True),
]
table = Table("f_divergence_lower_bound", "mean of T at p less the mean of f*(T) at q; scales: mean of |T| + mean of |f*(T)| + |f'(1)|")
for name, x, f in generators():
    tiny = [([0.1, -1e-20], [-1e-20, -1e-3, -1.0], True), ([-1e-300, -1e-6], [-1e-12, -1e-10], True)] if f[3] == 0 else []
    first = float(f[1](ONE))
    for at_p, at_q, hard in [([first + t for t in ts], [first + t for t in us], h) for ts, us, h in CRITICS] + tiny:
        conjugates = [conjugate_and_inverse(name, f, t)[0] for t in at_q]
        value = fsum(map(mpf, at_p)) / len(at_p) - fsum(conjugates) / len(at_q)
        sizes = fsum(abs(mpf(t)) for t in at_p) / len(at_p) + fsum(map(abs, conjugates)) / len(at_q) + abs(f[1](ONE))
        if is_finite(value) or -INF in at_p or INF in at_p or mpf("inf") in conjugates:
            if mpf("inf") in conjugates or -INF in at_p:
                value = mpf("-inf")
            table.add([value], hard, scales=[float(sizes) if is_finite(value) else 1.0], generator=name, parameter=x, atP=at_p, atQ=at_q)
table.write()

table = Table("inequalities", "Pinsker and Bretagnolle-Huber at KL = x; Hellinger's of total variation (two) and of KL at H^2 = y; KL at chi^2 = x; Jensen-Shannon (two) at triangular y")
for x, y, hard in [(0.1, 0.1, False), (0.5, 0.3, False), (1.0, 0.5, False), (2.0, 0.9, False), (0.01, 0.01, False), (1.5, 0.75, False), (0.25, 0.25, False), (3.0, 0.6, False),
                   (0.0, 0.0, True), (1e-6, 1e-6, True), (1e-10, 1e-10, True), (50.0, 1.0, True), (1e-300, 1e-300, True), (700.0, 1 - 1e-10, True)]:
    X, Y = mpf(x), mpf(y)
    table.add([min(ONE, sqrt(X / 2)), sqrt(1 - exp(-X)) if X > mpf("1e-50") else sqrt(X), Y, sqrt(Y * (2 - Y)), mpf("inf") if Y == 1 else -2 * (log(1 - Y) if Y > mpf("1e-50") else -Y),
               log(1 + X) if X > mpf("1e-50") else X, Y / 4, LN2 * Y / 2], hard, x=x, y=y)
table.write()
