"""Reference tables for log Gamma, its remainders and the divergences built on them. Run: python3 gamma_family.py

Each case has a list of values and, for each, the scale its error is relative to: the value itself where the bound is 13 digits.
"""
import mpmath
from mpmath import digamma, fsum, log, loggamma, mpf

from tables import Table, plain

mpmath.mp.dps = 120


def add(table, hard, results, **inputs):
    """results: pairs of a value and what its error is relative to"""
    table.add([v for v, _ in results], hard, **inputs)
    table.cases[-1]["scales"] = [plain(float(s)) for _, s in results]


t = Table("gamma_function", "log Gamma(x); psi(x), relative to max(|psi|, 1)")
for x in [0.25, 0.5, 0.75, 1.0, 1.25, 1.4616321449683622, 1.5, 1.75, 2.0, 2.5, 2.75, 3.0, 3.7, 5.0, 8.5, 12.3, 15.99, 16.0, 17.5, 30.0, 100.0, 12345.678, 1e6]:
    add(t, False, [(loggamma(mpf(x)), abs(loggamma(mpf(x)))), (digamma(mpf(x)), max(abs(digamma(mpf(x))), 1))], x=x)
for x in [1e-300, 1e-10, 1e-3, 1 - 1e-6, 1 + 1e-6, 1 - 1e-10, 1 + 1e-10, 1 + 2.0**-52, 1 - 2.0**-53, 2 - 1e-6, 2 + 1e-6, 2 - 1e-10, 2 + 1e-10, 2 + 2.0**-51, 0.4999999999, 1.5000000001, 2.5000000001,
          1e10, 1e15, 1e100, 1e305]:
    add(t, True, [(loggamma(mpf(x)), abs(loggamma(mpf(x)))), (digamma(mpf(x)), max(abs(digamma(mpf(x))), 1))], x=x)
t.write()


def remainder(a, b):
    return loggamma(a) - loggamma(b) - digamma(b) * (a - b)


def entropy(a, b):
    return a * log(a / b) - a + b


SIZES = [1e-10, 1e-3, 0.5, 1.0, 1.4616321449683622, 3.0, 9.5, 15.0, 16.5, 100.0, 1e5, 1e10]
NEAR = [1e-1, 1e-3, 1e-6, -1e-6, 1e-10, -1e-10, 1e-12]
t = Table("gamma_remainder", "log Gamma(a) - log Gamma(b) - psi(b)(a - b); the same less a log(a/b) - a + b")
for b in SIZES:
    for a in SIZES:
        if a != b:
            r = remainder(mpf(a), mpf(b))
            add(t, max(a, b) / min(a, b) > 1e6, [(r, r), (r - entropy(mpf(a), mpf(b)), r - entropy(mpf(a), mpf(b)))], a=a, b=b)
    for d in NEAR + [-0.21, 0.29, -0.45, 0.8]:
        a = b * (1 + d)
        r = remainder(mpf(a), mpf(b))
        add(t, abs(d) < 1e-2, [(r, r), (r - entropy(mpf(a), mpf(b)), r - entropy(mpf(a), mpf(b)))], a=a, b=b)
t.write()


def itself(*values):
    return [(v, abs(v)) for v in values]


def gamma(a0, r0, a1, r1):
    a0, r0, a1, r1 = map(mpf, (a0, r0, a1, r1))
    return (a0 - a1) * digamma(a0) - loggamma(a0) + loggamma(a1) + a1 * log(r0 / r1) + a0 * (r1 - r0) / r0


t = Table("gamma_kullback_leibler", "KL of Gamma(a0, rate r0) and Gamma(a1, rate r1)")
for a0, r0, a1, r1 in [(1.0, 1.0, 2.0, 1.0), (2.0, 3.0, 2.0, 5.0), (0.5, 0.5, 5.0, 2.5), (7.0, 0.1, 3.0, 0.2), (10.0, 10.0, 1.0, 1.0), (100.0, 3.0, 90.0, 2.5),
                       (0.1, 4.0, 0.2, 9.0), (15.0, 1.0, 17.0, 1.2), (3.0, 1.0, 3.0, 1.0), (40.0, 1.0, 20.0, 0.5)]:
    add(t, False, itself(gamma(a0, r0, a1, r1)), shape0=a0, rate0=r0, shape1=a1, rate1=r1)
for a in SIZES:
    for d, e in [(1e-6, 1e-6), (1e-6, -2e-6), (1e-10, 0.0), (0.0, 1e-10), (-1e-10, 1e-10), (1e-12, 3e-12), (1e-10, 1e-10)]:
        a1, r1 = a * (1 + d), 0.3 * (1 + e)
        add(t, True, itself(gamma(a, 0.3, a1, r1)), shape0=a, rate0=0.3, shape1=a1, rate1=r1)
for a0, r0, a1, r1 in [(1e-10, 1e-10, 1e10, 1e10), (1e10, 1e-10, 1e-10, 1e10), (1e10, 1.0, 1e-10, 1.0), (3.0, 1e-300, 4.0, 1e300), (3.0, 1e300, 4.0, 1e300)]:
    add(t, True, itself(gamma(a0, r0, a1, r1)), shape0=a0, rate0=r0, shape1=a1, rate1=r1)
t.write()


def dirichlet(a, b):
    a, b = [mpf(x) for x in a], [mpf(x) for x in b]
    return fsum(remainder(y, x) for x, y in zip(a, b)) - remainder(fsum(b), fsum(a))


t = Table("beta_kullback_leibler", "KL of Beta(a0, b0) and Beta(a1, b1)")
for a, b in [((1.0, 1.0), (2.0, 2.0)), ((2.0, 5.0), (5.0, 2.0)), ((0.5, 0.5), (1.0, 1.0)), ((10.0, 3.0), (9.0, 4.0)), ((100.0, 50.0), (80.0, 60.0)),
             ((1.0, 30.0), (2.0, 20.0)), ((0.1, 0.2), (0.2, 0.1)), ((15.0, 15.5), (16.5, 14.0)), ((3.0, 3.0), (3.0, 3.0))]:
    add(t, False, itself(dirichlet(a, b)), a0=a[0], b0=a[1], a1=b[0], b1=b[1])
for x in SIZES:
    for y in SIZES:
        for d, e in [(1e-6, 0.0), (1e-10, -2e-10), (0.0, 1e-12), (0.3, -0.2), (0.0, 1.0)]:
            b = x * (1 + d), y * (1 + e)
            add(t, abs(d) + abs(e) < 1e-2, itself(dirichlet((x, y), b)), a0=x, b0=y, a1=b[0], b1=b[1])
for a, b in [((1e-10, 1e10), (1e10, 1e-10)), ((1e-10, 1e-10), (1e10, 1e10)), ((1e10, 1e10), (1e-10, 1e-10)), ((1.0, 1e10), (1e-10, 2.0)), ((967827.9763876256, 179628751.06702825), (1.511431609594629e-10, 0.012980063754732275)),
             ((16896850.4383223, 258802.67158283477), (0.0010271171146537539, 0.9414827105603483)), ((6.555888944802193, 0.35152256510298246), (4.368972450638816e-06, 5.1808749638992676e-08))]:
    add(t, True, itself(dirichlet(a, b)), a0=a[0], b0=a[1], a1=b[0], b1=b[1])
t.write()

t = Table("dirichlet_kullback_leibler", "KL of Dirichlet(concentration0) and Dirichlet(concentration1)")
for a, b in [([1.0, 1.0, 1.0], [2.0, 2.0, 2.0]), ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0]), ([0.5] * 5, [1.0] * 5), ([10.0, 3.0, 0.1, 7.0], [9.0, 4.0, 0.2, 8.0]),
             ([100.0, 50.0, 25.0], [80.0, 60.0, 20.0]), ([2.0], [5.0]), ([2.0, 5.0], [5.0, 2.0]), ([0.1 * k for k in range(1, 21)], [2.1 - 0.1 * k for k in range(1, 21)])]:
    add(t, False, itself(dirichlet(a, b)), concentration0=a, concentration1=b)
for delta in [1e-6, 1e-10, 1e-12]:
    for a in [[1.0, 2.0, 3.0], [0.5] * 5, [1e-10, 1.0, 1e10], [1e10, 1e-10, 3.0, 1e5], [1e-10, 1e-9, 2e-10], [1e10, 3e9, 2e10], [0.3 * k for k in range(1, 31)]]:
        for steps in [[1, -1, 2], [0, 0, 1], [1, 1, 1]]:
            b = [x * (1 + delta * steps[i % 3]) for i, x in enumerate(a)]
            add(t, True, itself(dirichlet(a, b)), concentration0=a, concentration1=b)
t.write()


def normal_gamma(m0, k0, a0, r0, m1, k1, a1, r1):
    m0, k0, m1, k1 = map(mpf, (m0, k0, m1, k1))
    return (k1 / k0 - 1 - log(k1 / k0) + k1 * (m0 - m1) ** 2 * mpf(a0) / mpf(r0)) / 2 + gamma(a0, r0, a1, r1)


t = Table("normal_gamma_kullback_leibler", "KL of NormalGamma(m0, k0, a0, r0) and NormalGamma(m1, k1, a1, r1)")
for first, second, hard in [((0.0, 1.0, 1.0, 1.0), (1.0, 2.0, 2.0, 1.0), False), ((2.0, 0.5, 3.0, 4.0), (-1.0, 5.0, 1.5, 0.3), False), ((0.0, 10.0, 20.0, 5.0), (0.1, 12.0, 25.0, 5.0), False),
                            ((0.3, 1.0, 0.5, 0.5), (0.3, 1.0, 0.5, 0.5), False), ((0.0, 1.0, 1.0, 1.0), (0.0, 3.0, 1.0, 1.0), False), ((5.0, 1e-3, 1.0, 1.0), (4.0, 1e3, 2.0, 1.0), False),
                            ((1.0, 1.0, 17.0, 2.0), (0.9, 1.1, 18.0, 2.1), False), ((1.0, 100.0, 1e3, 1e3), (1.1, 90.0, 900.0, 1e3), False)]:
    add(t, hard, itself(normal_gamma(*first, *second)), first=list(first), second=list(second))
for delta in [1e-6, 1e-10]:
    for steps in [(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (1, -1, 2, 1)]:
        first = (0.7, 2.5, 3.5, 1.5)
        second = tuple(x * (1 + delta * s) for x, s in zip(first, steps))
        add(t, True, itself(normal_gamma(*first, *second)), first=list(first), second=list(second))
t.write()
