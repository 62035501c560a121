"""Reference tables for estimates from samples, counts and critics. Run: python3 from_samples.py

Nearest neighbours are looked for among all points, and the jackknife leaves out each observation in turn and starts anew: another route than the
library's. Each case has the value and the standard error; both errors are relative to the sum of the magnitudes that make up the value, or to
the number itself where nothing cancels; a standard error's, to that of the terms as if they did not cancel with their mean.
"""
import mpmath
from mpmath import digamma, exp, fsum, log, loggamma, mpf, pi, sqrt

from tables import Table, plain, stream

mpmath.mp.dps = 60
EPS = mpf(2) ** -52


def add(table, hard, results, **inputs):
    """results: pairs of a value and what its error is relative to"""
    table.add([v for v, _ in results], hard, **inputs)
    table.cases[-1]["scales"] = [plain(float(s)) for _, s in results]


def unit(seed, n):
    return [(x - 2**30) / 2**30 for x in stream(seed, n)]


def bumps(seed, n):
    """Sums of three: nearly normal."""
    u = unit(seed, 3 * n)
    return [u[i] + u[n + i] + u[2 * n + i] for i in range(n)]


def jackknife(values):
    mean = fsum(values) / len(values)
    return mpf(len(values) - 1) / len(values) * fsum((v - mean) ** 2 for v in values)


def without(points, i):
    return points[:i] + points[i + 1:]


def rows(values, d):
    return [[mpf(v) for v in values[i:i + d]] for i in range(0, len(values), d)]


# Nearest neighbours.

def squared(a, b):
    return fsum((x - y) ** 2 for x, y in zip(a, b))


def largest(a, b):
    return max(abs(x - y) for x, y in zip(a, b))


def neighbour(distances, k):
    """The k-th distance and k, or the first above 0 and its number."""
    distances = sorted(distances)
    number = max(k, sum(d == 0 for d in distances) + 1)
    return distances[number - 1], number


def own(points, i, k, metric):
    return neighbour([metric(points[i], p) for j, p in enumerate(points) if j != i], k)


def term(place, k, d):
    distance, number = place
    return d * log(distance) / 2 - digamma(number)


def divergence_terms(x, y, d, k):
    return [(term(neighbour([squared(p, q) for q in y], k), k, d), term(own(x, i, k, squared), k, d)) for i, p in enumerate(x)]


def divergence(x, y, d, k):
    return fsum(q - p for q, p in divergence_terms(x, y, d, k)) / len(x) + log(mpf(len(y)) / (len(x) - 1))


SHARED = dict(
    line=([0.5, -1.25, 2.0, 0.75, -0.5, 1.5, 3.25, -2.0], [0.0, 1.0, -1.0, 2.5, -3.0, 0.25, 4.0], 1),
    bumps=(bumps(701, 12), bumps(702, 10), 1),
    plane=(bumps(703, 24), [x + 0.5 for x in bumps(704, 18)], 2),
    space=(bumps(705, 36), [1.5 * x for x in bumps(706, 36)], 3),
    five=(bumps(707, 50), bumps(708, 55), 5),
    twenty=(bumps(709, 160), bumps(710, 160), 20),
    far=([100.0 + x for x in bumps(711, 10)], bumps(712, 12), 1),
)
HARD = dict(
    ties=([0.0, 0.0, 1.0, 2.0, 2.0, 3.0, 5.0, 8.0], [0.0, 1.0, 1.0, 2.0, 4.0, 7.0, 7.0], 1),
    grid=([0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 2.0, 1.0, 1.0, 1.0], [0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 0.0, 2.0, 0.0, 0.0, 1.0, 2.0], 2),
    many=([1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 4.0, 4.0], [1.0, 1.0, 2.0, 3.0, 3.0, 3.0, 3.0, 5.0], 1),
    huge=([1e300 * x for x in bumps(713, 10)], [1e300 * x for x in bumps(714, 10)], 1),
    small=([1e-300 * x for x in bumps(715, 20)], [1e-300 * x for x in bumps(716, 20)], 2),
    near=([1.0 + 1e-10 * x for x in bumps(717, 10)], [1.0 + 1e-10 * x for x in bumps(718, 10)], 1),
    unlike=([y for x in bumps(719, 10) for y in (x, 1e-8 * x * x)], [y for x in bumps(720, 10) for y in (x, 1e-8 * x)], 2),
)

t = Table("nearest_neighbours_kullback_leibler", "(d/n) sum log(nu/rho) + log(m/(n - 1)), and the jackknife over both samples")
for cases, hard in ((SHARED, False), (HARD, True)):
    for x, y, d in cases.values():
        for k in (1, 3):
            xs, ys = rows(x, d), rows(y, d)
            value = divergence(xs, ys, d, k)
            scale = fsum(abs(q) + abs(p) for q, p in divergence_terms(xs, ys, d, k)) / len(xs) + d
            error = sqrt(jackknife([divergence(without(xs, i), ys, d, k) for i in range(len(xs))]) + jackknife([divergence(xs, without(ys, j), d, k) for j in range(len(ys))]))
            add(t, hard, [(value, scale), (error, scale)], x=x, y=y, dimension=d, k=k)
t.write()


def entropy(x, d, k):
    n = len(x)
    return fsum(term(own(x, i, k, squared), k, d) for i in range(n)) / n + digamma(n) + mpf(d) / 2 * log(pi) - loggamma(mpf(d) / 2 + 1)


t = Table("nearest_neighbours_entropy", "(d/n) sum log rho + log c_d + psi(n) - psi(k), and the jackknife")
for cases, hard in ((SHARED, False), (HARD, True)):
    for x, _, d in cases.values():
        for k in (1, 4):
            xs = rows(x, d)
            scale = fsum(abs(term(own(xs, i, k, squared), k, d)) for i in range(len(xs))) / len(xs) + 3 * d
            add(t, hard, [(entropy(xs, d, k), scale), (sqrt(jackknife([entropy(without(xs, i), d, k) for i in range(len(xs))])), scale)], x=x, dimension=d, k=k)
t.write()


def information(x, y, k):
    n, pairs, total = len(x), [a + b for a, b in zip(x, y)], []
    for i in range(n):
        distance, number = own(pairs, i, k, largest)
        near = [sum(largest(z[i], w) < distance for j, w in enumerate(z) if j != i) for z in (x, y)]
        total.append(digamma(number) - digamma(near[0] + 1) - digamma(near[1] + 1))
    return fsum(total) / n + digamma(n)


t = Table("nearest_neighbours_mutual_information", "psi(k) + psi(n) - mean of psi(a + 1) + psi(b + 1), and the jackknife")
u, v = bumps(721, 12), bumps(722, 12)
PAIRS = [(u, v, 1, 1, False), (u, [a + 0.25 * b for a, b in zip(u, v)], 1, 1, False), (u, [a * a for a in u], 1, 1, False), (bumps(723, 24), bumps(724, 12), 2, 1, False),
         (bumps(725, 20), bumps(726, 30), 2, 3, False), (u, [-3 * a for a in u], 1, 1, False), (bumps(727, 10), bumps(728, 100), 1, 10, False),
         ([0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 0.0, 1.0], [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0], 1, 1, True),
         ([0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0], [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0], 1, 1, True),
         ([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 3.0], 1, 1, True),
         ([1e300 * a for a in u], [1e300 * a for a in v], 1, 1, True), ([1e-300 * a for a in u], [1e-300 * a for a in v], 1, 1, True),
         (u, [1e-9 * a for a in v], 1, 1, True)]
for x, y, dx, dy, hard in PAIRS:
    for k in (1, 3):
        xs, ys = rows(x, dx), rows(y, dy)
        n = len(xs)
        error = sqrt(jackknife([information(without(xs, i), without(ys, i), k) for i in range(n)]))
        add(t, hard, [(information(xs, ys, k), 4), (error, 4)], x=x, y=y, xDimension=dx, yDimension=dy, k=k)
t.write()


# Counts.

def g(n):
    return digamma(n) + (-1) ** n * (digamma(mpf(n + 1) / 2) - digamma(mpf(n) / 2)) / 2


def frequencies(counts):
    return [mpf(n) / sum(counts) for n in counts]


CORRECTIONS = ["None", "MillerMadow", "Grassberger"]
BIG = 2**50 + 1
COUNTS = [([1, 1], False), ([5, 3, 2], False), ([10, 0, 4, 1], False), ([1], False), ([1, 1, 1, 1, 1, 1, 1], False), ([7, 7, 7], False), ([100, 200, 300, 150, 4], False),
          ([x % 50 for x in stream(731, 40)], False), ([x % 4 for x in stream(732, 100)], False), ([BIG, BIG], True), ([BIG, 1], True), ([10**6, 10**6 + 1], True),
          ([10**9, 1, 1], True), ([2**31 - 1, 2**31 - 1, 5], True)]

t = Table("plug_in_entropy", "entropy of the frequencies, with the corrections of Miller and Madow and of Grassberger")
for counts, hard in COUNTS:
    p, total, seen = frequencies(counts), sum(counts), [n for n in counts if n]
    plain_value = fsum(-a * log(a) for a in p if a)
    error = sqrt(fsum(a * (log(a) + plain_value) ** 2 for a in p if a) / total)
    for correction, value in zip(CORRECTIONS, [plain_value, plain_value + mpf(len(seen) - 1) / (2 * total), log(mpf(total)) - fsum(n * g(n) for n in seen) / total]):
        scale = value if correction != "Grassberger" else log(mpf(total)) + 2
        add(t, hard, [(value, max(abs(scale), EPS)), (error, error + plain_value / sqrt(total) + EPS**2)], counts=counts, correction=correction)
t.write()

t = Table("plug_in_kullback_leibler", "divergence of the frequencies, with the corrections of Miller and Madow and of Grassberger")
OTHERS = [([1, 1], [1, 3], False), ([5, 3, 2], [1, 1, 1], False), ([10, 0, 4, 1], [3, 3, 3, 3], False), ([3], [8], False), ([1, 2, 3, 4], [4, 3, 2, 1], False), ([7, 7, 7], [70, 70, 70], False),
          ([x % 50 for x in stream(733, 40)], [1 + x % 60 for x in stream(734, 40)], False), ([0, 5], [5, 5], False), ([2, 2], [0, 9], False), ([4, 1, 0], [3, 0, 1], False),
          ([10**6, 10**6 + 1], [10**6, 10**6], True), ([10**9, 10**9 + 1], [1, 1], True), ([BIG, BIG + 2], [BIG - 2, BIG], True), ([10**9, 1], [1, 10**9], True), ([2**31 - 1, 1], [2**31 - 1, 2**31 - 1], True)]
for n, m, hard in OTHERS:
    p, q, ofP, ofQ = frequencies(n), frequencies(m), sum(n), sum(m)
    shown = [(mpf(max(b, 1)) / ofQ) for b in m]
    other = fsum((a - b) ** 2 / b for a, b, i, j in zip(p, shown, n, m) if i or j) / ofQ
    for correction in CORRECTIONS:
        if correction == "Grassberger":
            terms = [(a, g(i) - g(j + 1)) for a, i, j in zip(p, n, m) if i]
            value, scale = log(mpf(ofQ) / ofP) + fsum(a * b for a, b in terms), log(mpf(ofP)) + log(mpf(ofQ)) + 2
            mean = value - log(mpf(ofQ) / ofP)
        elif any(i and not j for i, j in zip(n, m)):
            continue
        else:
            terms = [(a, log(a / b)) for a, b in zip(p, q) if a]
            value = mean = scale = fsum(a * b for a, b in terms)
            if correction == "MillerMadow":
                bias = mpf(len(terms) - 1) / (2 * ofP) + (fsum(a / b for a, b in zip(p, q) if a) - 1) / (2 * ofQ)
                value, scale = value - bias, scale + bias
        error = sqrt(fsum(a * (b - mean) ** 2 for a, b in terms) / ofP + other)
        add(t, hard, [(value, max(scale, EPS**2)), (error, error + fsum(a * abs(b) for a, b in terms) / sqrt(ofP) + EPS**2)], pCounts=n, qCounts=m, correction=correction)
t.write()

t = Table("plug_in_mutual_information", "mutual information of the frequencies, with the corrections of Miller and Madow and of Grassberger")
TABLES = [([1, 0, 0, 1], 2, False), ([5, 3, 2, 7], 2, False), ([10, 0, 4, 1, 3, 3], 3, False), ([4], 1, False), ([1, 2, 3], 3, False), ([1, 2, 2, 4], 2, False), ([3, 0, 0, 0, 5, 0, 0, 0, 2], 3, False),
          ([x % 20 for x in stream(735, 48)], 8, False), ([x % 3 for x in stream(736, 60)], 6, False),
          ([10**6, 10**6, 10**6, 10**6 + 1], 2, True), ([10**9 + 1, 10**9, 10**9, 10**9], 2, True), ([BIG, 1, 1, BIG], 2, True), ([BIG, BIG, BIG, BIG + 2], 2, True), ([10**9, 1, 1, 0], 2, True)]
for counts, columns, hard in TABLES:
    total = sum(counts)
    cells = [(mpf(n), mpf(sum(counts[i // columns * columns:(i // columns + 1) * columns])), mpf(sum(counts[i % columns::columns]))) for i, n in enumerate(counts)]
    r, c = [sum(counts[i:i + columns]) for i in range(0, len(counts), columns)], [sum(counts[j::columns]) for j in range(columns)]
    terms = [(n / total, log(n * total / (a * b))) for n, a, b in cells if n]
    plain_value = fsum(a * b for a, b in terms)
    error = sqrt(fsum(a * (b - plain_value) ** 2 for a, b in terms) / total)
    balance = sum(x > 0 for x in r) + sum(x > 0 for x in c) - sum(x > 0 for x in counts) - 1
    grassberger = log(mpf(total)) + (fsum(n * g(n) for n in counts if n) - fsum(n * g(n) for n in r + c if n)) / total
    for correction, value, scale in zip(CORRECTIONS, [plain_value, plain_value + mpf(balance) / (2 * total), grassberger],
                                        [plain_value, plain_value + mpf(abs(balance)) / (2 * total), 3 * log(mpf(total)) + 6]):
        add(t, hard, [(value, max(scale, EPS**2)), (error, error + fsum(a * abs(b) for a, b in terms) / sqrt(total) + EPS**2)], counts=counts, columns=columns, correction=correction)
t.write()


# Critics.

def mean_and_variance(values):
    n, mean = len(values), fsum(values) / len(values)
    return mean, fsum((v - mean) ** 2 for v in values) / n / (n - 1)


CRITICS = [([0.0, 1.0], [0.5, -0.5], False), ([1.0, 2.0, 3.0], [0.0, -1.0], False), (unit(741, 20), unit(742, 30), False), ([3 * x for x in unit(743, 50)], [3 * x - 2 for x in unit(744, 40)], False),
           ([1.0, 1.0, 1.0], [1.0, 1.0], False), ([0.25, 0.5, 0.125], [0.25, 0.25, 0.5, 1.0], False), ([2.0, 2.5], [-5.0, -6.0, -7.0], False), (unit(745, 7), [0.5 * x for x in unit(746, 7)], False),
           ([700.0, 702.0], [690.0, 695.0, 700.0], True), ([-700.0, -701.0], [-700.0, -705.0], True), ([1e-10, -1e-10], [1e-10, 2e-10], True), ([1.0 + 1e-10 * x for x in unit(747, 9)], [1.0 - 1e-10 * x for x in unit(748, 9)], True),
           ([30.0, 31.0], [0.0, -1e300, 1.0], True)]

t = Table("variational_bounds_donsker_varadhan", "E_p T - log E_q e^T, with the standard error of the delta method")
s = Table("variational_bounds_nguyen_wainwright_jordan", "E_p T - E_q e^(T - 1), with its standard error")
for p, q, hard in CRITICS:
    first, spread = mean_and_variance([mpf(x) for x in p])
    for table, shift in ((t, 0), (s, 1)):
        weights = [exp(mpf(x) - shift) for x in q]
        second, other = mean_and_variance(weights)
        size = max(abs(mpf(x)) for x in p + [y for y in q if y > -1e9])
        if table is t:
            value, error, scale = first - log(second), sqrt(spread + other / second**2), size + EPS
            add(t, hard, [(value, scale), (error, error + 1 + size)], criticAtP=p, criticAtQ=q)
        else:
            value, error, scale = first - second, sqrt(spread + other), abs(first) + second * (1 + size)
            add(s, hard, [(value, scale), (error, scale)], criticAtP=p, criticAtQ=q)
t.write()
s.write()


def losses(scores, kept):
    return [log(fsum(exp(scores[i][j] - scores[i][i]) for j in kept)) for i in kept]


def contrast(scores, kept):
    return log(mpf(len(kept))) - fsum(losses(scores, kept)) / len(kept)


t = Table("variational_bounds_info_nce", "log N less the mean loss of each row, and the jackknife over pairs")
DIAGONAL = [[8.0 if i == j else 0.0 for j in range(5)] for i in range(5)]
SCORES = [([[0.0, 0.0], [0.0, 0.0]], False), ([[1.0, 0.0], [0.5, 2.0]], False), (DIAGONAL, False), ([unit(751 + i, 4) for i in range(4)], False), ([[3 * x for x in unit(761 + i, 8)] for i in range(8)], False),
          ([[-x if i == j else x for j, x in enumerate(unit(771 + i, 6))] for i in range(6)], False), ([[5.0 - (i - j) ** 2 for j in range(10)] for i in range(10)], False), ([[0.0, 4.0, 1.0], [4.0, 0.0, 2.0], [1.0, 1.0, 3.0]], False),
          ([[800.0, 0.0], [0.0, 800.0]], True), ([[0.0, 800.0], [700.0, 0.0]], True), ([[1000.0 + x for x in unit(781 + i, 4)] for i in range(4)], True), ([[1e-10 * x for x in unit(791 + i, 4)] for i in range(4)], True),
          ([[40.0, 0.0, 0.0], [0.0, 40.0, 0.0], [0.0, 0.0, 40.0]], True)]
for scores, hard in SCORES:
    n, exact = len(scores), [[mpf(x) for x in row] for row in scores]
    everything = list(range(n))
    value = contrast(exact, everything)
    scale = log(mpf(n)) + fsum(losses(exact, everything)) / n
    error = sqrt(jackknife([contrast(exact, without(everything, i)) for i in everything]))
    add(t, hard, [(value, scale), (error, scale)], scores=[x for row in scores for x in row])
t.write()
