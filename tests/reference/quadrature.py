"""Reference tables for divergences by quadrature and by series: closed forms, and integrals and series of mpmath where there is none. Run: python3 quadrature.py

The error is relative to the value plus what a rounding of each log-density makes of it, over the bound of the test: about eps |log p| sqrt(2 KL).
"""
import mpmath
from mpmath import beta, digamma, euler, exp, fsum, gamma, log, loggamma, mpf, pi, quad, sqrt

from tables import Table, plain

mpmath.mp.dps = 60
INF = mpmath.inf


def add(table, hard, value, rounding, family, parameters, **inputs):
    table.add([value], hard, family=family, parameters=parameters, **inputs)
    table.cases[-1]["scales"] = [plain(float(value + rounding * sqrt(2 * value)))]


def normal(x, m, s):
    return -((x - m) / s) ** 2 / 2 - log(s) - log(2 * pi) / 2


def integral(p, q, points):
    return quad(lambda x: exp(p(x)) * (p(x) - q(x)), points)


def of(family, parameters):
    a = [mpf(x) for x in parameters]
    if family == "normal":
        r = (a[1] / a[3]) ** 2
        return (r - 1 - log(r) + ((a[0] - a[2]) / a[3]) ** 2) / 2
    if family == "exponential":
        return log(a[0] / a[1]) + a[1] / a[0] - 1
    if family == "cauchy":
        return log(((a[1] + a[3]) ** 2 + (a[0] - a[2]) ** 2) / (4 * a[1] * a[3]))
    if family == "beta":
        return log(beta(a[2], a[3]) / beta(a[0], a[1])) + (a[0] - a[2]) * digamma(a[0]) + (a[1] - a[3]) * digamma(a[1]) + (a[2] + a[3] - a[0] - a[1]) * digamma(a[0] + a[1])
    if family == "gamma":
        return (a[0] - a[2]) * digamma(a[0]) - loggamma(a[0]) + loggamma(a[2]) + a[2] * log(a[1] / a[3]) + a[0] * (a[3] - a[1]) / a[1]
    if family == "uniform||normal":
        low, high, m, s = a
        return -log(high - low) + log(s) + log(2 * pi) / 2 + ((high - m) ** 3 - (low - m) ** 3) / (6 * s**2 * (high - low))
    if family == "exponential||normal":
        rate, m, s = a
        return log(rate) - 1 + log(s) + log(2 * pi) / 2 + ((1 / rate - m) ** 2 + 1 / rate**2) / (2 * s**2)
    if family == "Laplace||normal":
        b, m, s = a
        return -log(2 * b) - 1 + log(s) + log(2 * pi) / 2 + (2 * b**2 + m**2) / (2 * s**2)
    if family == "Gumbel||normal":
        m, s = a
        return -euler - 1 + log(s) + log(2 * pi) / 2 + (pi**2 / 6 + (euler - m) ** 2) / (2 * s**2)
    if family == "mixture||normal":
        w, m0, s0, m1, s1, m, s = a
        near = sorted({float(c + k * d) for c, d in ((m0, s0), (m1, s1)) for k in (-30, -8, -3, -1, 0, 1, 3, 8, 30)})
        return integral(lambda x: log(w * exp(normal(x, m0, s0)) + (1 - w) * exp(normal(x, m1, s1))), lambda x: normal(x, m, s), near)
    if family == "logistic||normal":
        s = a[0]
        return integral(lambda x: -x - 2 * log(1 + exp(-x)) if x > 0 else x - 2 * log(1 + exp(x)), lambda x: normal(x, 0, s), [-160, -40, -10, 0, 10, 40, 160])
    raise ValueError(family)


t = Table("quadrature_kullback_leibler", "the integral of p log(p/q)")
ROUNDING = 1e-5
for family, parameters in [("normal", [0.0, 1.0, 0.0, 1.0]), ("normal", [0.0, 1.0, 1.0, 2.0]), ("normal", [3.0, 0.5, -1.0, 4.0]), ("exponential", [2.0, 3.0]), ("exponential", [0.01, 5.0]), ("cauchy", [0.0, 1.0, 1.0, 1.0]),
                           ("cauchy", [0.0, 1.0, 5.0, 0.1]), ("beta", [2.0, 3.0, 4.0, 1.0]), ("beta", [1.5, 2.5, 1.0, 1.0]), ("gamma", [3.0, 2.0, 1.5, 1.0]), ("gamma", [1.0, 1.0, 1.0, 2.0]), ("uniform||normal", [0.0, 1.0, 0.0, 1.0]),
                           ("exponential||normal", [1.0, 0.0, 1.0]), ("Laplace||normal", [1.0, 0.5, 2.0]), ("Gumbel||normal", [0.5, 1.5]), ("mixture||normal", [0.25, -2.0, 0.5, 3.0, 1.0, 0.0, 3.0]), ("logistic||normal", [2.0])]:
    add(t, False, of(family, parameters), ROUNDING, family, parameters)
for family, parameters in [("normal", [1000.0, 0.001, 0.0, 1.0]), ("normal", [0.0, 1.0, 5.0, 0.01]), ("normal", [0.0, 1.0, 1e-6, 1.0]), ("normal", [2.0, 1.0, 2.0, 1.0 + 1e-6]), ("normal", [0.0, 1.0, 1e-10, 1.0]), ("normal", [0.0, 1e-30, 1e-30, 1e-30]),
                           ("exponential", [2e30, 3e30]), ("exponential", [1e-30, 2e-30]), ("beta", [0.5, 1.0, 1.0, 1.0]), ("beta", [0.25, 2.0, 2.0, 3.0]), ("gamma", [0.5, 1.0, 1.5, 1.0]), ("gamma", [2.0, 1.0, 2.0 + 1e-6, 1.0]),
                           ("uniform||normal", [1000.0, 1000.5, 0.0, 100.0]), ("mixture||normal", [0.5, -20.0, 0.125, 30.0, 0.125, 0.0, 20.0]), ("cauchy", [0.0, 1.0, 1e-6, 1.0])]:
    add(t, True, of(family, parameters), ROUNDING, family, parameters)
t.write()


def log_negative_binomial(n, r, p):
    return loggamma(n + r) - loggamma(r) - loggamma(n + 1) + r * log(p) + n * log(1 - p)


def series(p, q, stop):
    return fsum(exp(p(n)) * (p(n) - q(n)) for n in range(stop))


def of_integers(family, parameters):
    a = [mpf(x) for x in parameters]
    if family == "Poisson":
        return a[0] * log(a[0] / a[1]) - a[0] + a[1]
    if family == "geometric":
        return log(a[0] / a[1]) + (1 - a[0]) / a[0] * log((1 - a[0]) / (1 - a[1]))
    if family == "negative binomial":
        return series(lambda n: log_negative_binomial(n, a[0], a[1]), lambda n: log_negative_binomial(n, a[2], a[3]), 700)
    if family == "Poisson||geometric":
        return series(lambda n: n * log(a[0]) - a[0] - loggamma(n + 1), lambda n: log(a[1]) + n * log(1 - a[1]), 400)
    if family == "binomial":
        return a[0] * (a[1] * log(a[1] / a[2]) + (1 - a[1]) * log((1 - a[1]) / (1 - a[2])))
    raise ValueError(family)


t = Table("summation_kullback_leibler", "the sum of p log(p/q)")
ROUNDING = 0.05
for family, parameters, start, ratio, hard in [("Poisson", [1.0, 2.0], 12, 0.5, False), ("Poisson", [2.0, 1.0], 12, 0.5, False), ("Poisson", [10.0, 20.0], 60, 0.5, False), ("Poisson", [0.5, 30.0], 90, 0.5, False), ("geometric", [0.5, 0.25], 12, 0.875, False),
                                               ("geometric", [0.25, 0.5], 12, 0.9375, False), ("geometric", [0.125, 0.5], 16, 0.96875, False), ("negative binomial", [2.0, 0.5, 3.0, 0.5], 30, 0.75, False), ("negative binomial", [0.5, 0.25, 4.0, 0.5], 60, 0.9, False),
                                               ("Poisson||geometric", [4.0, 0.25], 30, 0.875, False), ("binomial", [20.0, 0.25, 0.5], 20, 0.5, False), ("Poisson", [3.0, 3.0], 10, 0.5, False),
                                               ("Poisson", [4.0, 4.0 + 1e-6], 30, 0.5, True), ("Poisson", [4.0, 4.0 + 1e-10], 30, 0.5, True), ("Poisson", [2.0**-40, 1.0], 12, 0.5, True), ("geometric", [0.5, 0.5 + 1e-6], 30, 0.75, True),
                                               ("geometric", [1 - 2.0**-20, 0.5], 12, 0.75, True), ("binomial", [3.0, 1e-10, 0.5], 3, 0.5, True)]:
    add(t, hard, of_integers(family, parameters), ROUNDING, family, parameters, start=start, ratio=ratio)
t.write()
