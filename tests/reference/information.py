"""Reference tables for entropies of one distribution, information in joint tables, and rates of Markov chains. Run: python3 information.py"""
from mpmath import log, lu_solve, matrix, mpf

from tables import Table, masses, normalised

INF, TINY = mpf("inf"), 5e-324


def ln(base):
    return mpf(1) if base is None else log(mpf(base))


def units(base):
    return {} if base is None else {"base": base}


def excess(p, q):
    if p == 0:
        return mpf(q)
    return INF if q == 0 else mpf(p) * log(mpf(p) / mpf(q)) - mpf(p) + mpf(q)


def shannon(p):
    return -sum((mpf(x) * log(mpf(x)) for x in p if x > 0), mpf(0))


def power(p, a):
    return sum((mpf(x)**a for x in p if x > 0), mpf(0))


def tsallis(p, a):
    """The mass counts as one, but for order 0, which counts outcomes."""
    return shannon(p) if a == 1 else sum(mpf(x) - mpf(x)**a for x in p if x > 0) / (a - 1)


def renyi(p, a):
    if a == 0:
        return log(sum(1 for x in p if x > 0))
    if a == 1:
        return shannon(p)
    if a >= mpf(10)**290:
        return -log(mpf(max(p)))
    s = 1 - (a - 1) * tsallis(p, a)
    return log(s if s > 0.5 else power(p, a)) / (1 - a)


DISTRIBUTIONS = [
    # p, base, hard
    ([0.5, 0.5], 2, False),
    ([0.25] * 4, 2, False),
    ([0.4, 0.3, 0.3], None, False),
    ([0.1, 0.2, 0.3, 0.4], 10, False),
    ([0.9, 0.1], None, False),
    ([0.0, 0.125, 0.875], 3, False),
    ([1.0], None, False),
    (normalised(masses(1, 100, 0)[0]), None, False),
    ([1 - 1e-6, 1e-6], None, True),
    ([1 - 1e-10, 1e-10], 2, True),
    ([1.0, 1e-30], None, True),
    ([1.0, TINY], None, True),
    ([1 - 2.0**-53, 2.0**-53], None, True),
    (normalised(masses(2, 1000, 0)[0]), 2, True),
]
ORDERS = [(0.0, False), (0.5, False), (2.0, False), (0.9, False), (1.0, False), (1.1, False), (5.0, False), (1e-10, True), (1 - 1e-10, True),
          (1 + 1e-10, True), (1 - 1e-6, True), (1 + 2.0**-52, True), (1000.0, True), (1e8, True)]

renyis, tsalliss = Table("entropy_renyi", "log(S) / (1 - a) / ln b, S = 1 - (a - 1) Tsallis above 1/2, else sum p^a"), Table("entropy_tsallis", "sum (p - p^a) / (a - 1)")
for order, hard_order in ORDERS + [(INF, True), (1e300, True)]:
    a = mpf(order)
    for p, base, hard in DISTRIBUTIONS:
        renyis.add(renyi(p, a) / ln(base), hard or hard_order, p=p, order=float(order), **units(base))
        if order != INF:
            tsalliss.add(tsallis(p, a), hard or hard_order, p=p, order=order)
renyis.write()
tsalliss.write()


def product(r, c):
    return [x * y for x in r for y in c]


def tilted(joint, columns, relative):
    """A product with mass moved around one square of cells by a relative amount, so that the marginals stay as they are to rounding."""
    out = list(joint)
    step = relative * min(joint[0], joint[1], joint[columns], joint[columns + 1])
    for index, sign in ((0, 1), (1, -1), (columns, -1), (columns + 1, 1)):
        out[index] += sign * step
    return out


FAIR = product([0.3, 0.7], [0.1, 0.2, 0.7])
TABLES = [
    # joint, columns, base, hard
    ([0.125, 0.0625, 0.03125, 0.03125, 0.0625, 0.125, 0.03125, 0.03125, 0.0625, 0.0625, 0.0625, 0.0625, 0.25, 0.0, 0.0, 0.0], 4, 2, False),
    ([0.25, 0.25, 0.25, 0.25], 2, 2, False),
    ([0.5, 0.0, 0.0, 0.5], 2, 2, False),
    ([0.1, 0.2, 0.3, 0.4], 2, None, False),
    ([0.1, 0.2, 0.3, 0.4], 1, None, False),
    ([0.1, 0.2, 0.3, 0.4], 4, None, False),
    ([0.4, 0.1, 0.2, 0.05, 0.05, 0.2], 3, 10, False),
    ([0.0, 0.0, 0.3, 0.7], 2, None, False),
    (normalised(masses(5, 300, 0)[0]), 20, None, False),
    (normalised(masses(6, 600, 0)[0]), 300, 2, False),
    (FAIR, 3, None, True),
    (tilted(FAIR, 3, 1e-6), 3, None, True),
    (tilted(FAIR, 3, 1e-10), 3, 2, True),
    (tilted(FAIR, 3, 1e-13), 3, None, True),
    (product(normalised(masses(7, 12, 0)[0]), normalised(masses(8, 15, 0)[0])), 15, None, True),
    ([1.0, 1e-20, 1e-30, 1e-25], 2, None, True),
    ([1.0, 1e-200, 1e-200, 1e-180], 2, None, True),
    ([1 - 1e-12, 0.0, 0.0, 1e-12], 2, None, True),
]


def cells(joint, columns):
    rows = [joint[i:i + columns] for i in range(0, len(joint), columns)]
    r = [sum(map(mpf, row)) for row in rows]
    c = [sum(map(mpf, column)) for column in zip(*rows)]
    total = sum(r)
    return [(mpf(x), r[i] * c[j] / total) for i, row in enumerate(rows) for j, x in enumerate(row)] if total > 0 else [], r, c


def mutual(joint, columns):
    return sum((excess(p, m) for p, m in cells(joint, columns)[0]), mpf(0))


def lautum(joint, columns):
    return sum((excess(m, p) for p, m in cells(joint, columns)[0]), mpf(0))


for name, formula, function in [
    ("information_mutual", "(sum excess(p_ij, r_i c_j / P)) / ln b", mutual),
    ("information_lautum", "(sum excess(r_i c_j / P, p_ij)) / ln b", lautum),
    ("entropy_of_rows", "-(sum r log r) / ln b", lambda j, n: shannon(cells(j, n)[1])),
    ("entropy_of_columns", "-(sum c log c) / ln b", lambda j, n: shannon(cells(j, n)[2])),
    ("entropy_conditional", "(sum p_ij log(r_i / p_ij)) / ln b",
     lambda j, n: sum((mpf(x) * log(sum(map(mpf, j[i // n * n:i // n * n + n])) / mpf(x)) for i, x in enumerate(j) if x > 0), mpf(0))),
]:
    t = Table(name, formula)
    for joint, columns, base, hard in TABLES:
        t.add(function(joint, columns) / ln(base), hard, joint=joint, columns=columns, **units(base))
    t.write()

XOR = [0.25, 0.0, 0.0, 0.25, 0.0, 0.25, 0.25, 0.0]
THIRDS = product(product([0.3, 0.7], [0.4, 0.6]), [0.2, 0.5, 0.3])
ARRAYS = [
    # joint, rows, columns, base, hard
    (XOR, 2, 2, 2, False),
    ([0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5], 2, 2, 2, False),
    ([0.1, 0.2, 0.05, 0.15, 0.1, 0.1, 0.2, 0.1], 2, 2, None, False),
    ([0.1, 0.2, 0.05, 0.15, 0.1, 0.1, 0.2, 0.1], 4, 2, None, False),
    ([0.1, 0.2, 0.05, 0.15, 0.1, 0.1, 0.2, 0.1], 2, 1, None, False),
    (normalised(masses(9, 24, 0)[0]), 2, 3, 2, False),
    (normalised(masses(10, 60, 0)[0]), 3, 4, 10, False),
    (normalised(masses(11, 300, 0)[0]), 5, 6, None, False),
    ([0.0, 0.25, 0.0, 0.25, 0.0, 0.125, 0.0, 0.375], 2, 2, None, True),
    (THIRDS, 2, 2, None, True),
    (tilted(THIRDS, 3, 1e-6), 2, 2, None, True),
    (tilted(THIRDS, 6, 1e-10), 2, 2, 2, True),
    ([1.0, 1e-20, 1e-30, 1e-25, 1e-21, 1e-22, 1e-28, 1e-29], 2, 2, None, True),
]
conditional, interaction = Table("information_conditional_mutual", "I(first; second | third) / ln b"), Table("information_interaction", "(I(first; second | third) - I(first; second)) / ln b; scale: their sum")
for joint, rows, columns, base, hard in ARRAYS:
    depth = len(joint) // (rows * columns)
    given = sum((mutual(joint[k::depth], columns) for k in range(depth)), mpf(0))
    alone = mutual([sum(map(mpf, joint[i:i + depth])) for i in range(0, len(joint), depth)], columns)
    inputs = {"joint": joint, "rows": rows, "columns": columns, **units(base)}
    conditional.add(given / ln(base), hard, **inputs)
    interaction.add((given - alone) / ln(base), hard, scale=(given + alone) / ln(base), **inputs)
conditional.write()
interaction.write()


def chain(n, seed, zeros=0):
    out = []
    for i in range(n):
        row = masses(seed + 7 * i, n, 0)[0]
        out += normalised([0 if zeros and (x >> 5) % zeros and j not in (i, (i + 1) % n) else x for j, x in enumerate(row)])
    return out


CHAINS = [
    # transitions, base, hard
    ([0.9, 0.1, 0.5, 0.5], None, False),
    ([0.5, 0.5, 0.25, 0.75], 2, False),
    ([1.0], None, False),
    ([0.0, 1.0, 1.0, 0.0], None, False),
    ([0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.25, 0.25, 0.5], 2, False),
    (chain(5, 20), None, False),
    (chain(10, 21), 10, False),
    (chain(20, 22, 2), None, False),
    ([1 - 1e-10, 1e-10, 1e-12, 1 - 1e-12], None, True),
    ([1.0, 1e-200, 1e-100, 1.0], 2, True),
    ([1.0, 0.0, 0.5, 0.5], None, True),
    ([0.5, 0.5, 0.0, 1.0], None, True),
    ([0.5, 0.25, 0.25, 0.0, 0.5, 0.5, 0.0, 0.25, 0.75], None, True),
    ([0.1, 0.9, 0.0, 0.3, 0.7, 0.0, 0.2, 0.2, 0.6], None, True),
]


def stationary(p, n):
    """The diagonal counts as what the rest of its row leaves of one."""
    a = matrix(n, n)
    for i in range(n):
        for j in range(n):
            if i != j:
                a[j, i] += mpf(p[i * n + j])
                a[i, i] -= mpf(p[i * n + j])
    for i in range(n):
        a[n - 1, i] = 1
    b = matrix(n, 1)
    b[n - 1] = 1
    solution = lu_solve(a, b)
    return [x if abs(x) > mpf(10)**-350 else mpf(0) for x in solution]


pis, rates, divergences = Table("markov_stationary", "pi with pi P = pi"), Table("markov_entropy_rate", "(sum pi_i H(row i)) / ln b"), Table("markov_kullback_leibler_rate", "(sum pi_i sum_j excess(p_ij, q_ij)) / ln b")
for number, (p, base, hard) in enumerate(CHAINS):
    n = round(len(p)**0.5)
    pi = stationary(p, n)
    pis.add(pi, hard, p=p)
    rows = [p[i * n:i * n + n] for i in range(n)]
    rates.add(sum(x * shannon(row) for x, row in zip(pi, rows)) / ln(base), hard, p=p, **units(base))
    near = [x + 1e-9 * min(row) * (-1)**j if n % 2 == 0 else x for row in rows for j, x in enumerate(row)]
    other = near if number % 4 == 0 else [0.5 * x + 0.5 / n for x in p]
    divergences.add(sum(x * sum(excess(u, v) for u, v in zip(row, other[i * n:])) for i, (x, row) in enumerate(zip(pi, rows)) if x > 0) / ln(base),
                    hard, p=p, q=other, **units(base))
pis.write()
rates.write()
divergences.write()

normals, smooths = Table("measures_normalise", "x / sum x"), Table("measures_smooth", "(x + c) / (sum x + n c)")
for number, (x, hard) in enumerate([
    ([1.0, 1.0], False), ([1.0, 2.0, 3.0], False), ([0.0, 5.0], False), ([0.1, 0.2, 0.3], False), ([7.0], False), ([1e3, 1e-3, 1.0], False),
    ([float(v) for v in masses(3, 100, 0)[0]], False), ([3.0, 0.0, 0.0, 1.0], False), ([1e308, 1e308], True), ([1.7e308] * 5, True),
    ([TINY, TINY, 3 * TINY], True), ([1.0, TINY], True), ([1e-310, 2e-310], True),
]):
    c = [1.0, 0.5, 0.01, 1e-3, 2.0, 1e10, 1e-12][number % 7]
    normals.add([mpf(v) / sum(map(mpf, x)) for v in x], hard, p=x)
    smooths.add([(mpf(v) + mpf(c)) / (sum(map(mpf, x)) + len(x) * mpf(c)) for v in x], hard, p=x, pseudocount=c)
normals.write()
smooths.write()
