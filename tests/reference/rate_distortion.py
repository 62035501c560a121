"""Reference tables for channel capacity, the rate-distortion function and the information bottleneck. Run: python3 rate_distortion.py

Each iteration is carried to its limit, with 100 digits. A case has a list of values and, for each, the scale its error is relative to.
"""
import mpmath
from mpmath import exp, fsum, log, mpf

from tables import Table, plain, stream

mpmath.mp.dps = 100
LIMIT = mpf(10) ** -50


def add(table, hard, results, **inputs):
    table.add([v for v, _ in results], hard, **inputs)
    table.cases[-1]["scales"] = [plain(float(s)) for _, s in results]


def rows_of(seed, rows, columns):
    out = []
    for i in range(rows):
        x = [y % 1000 + 1 for y in (z >> 8 for z in stream(seed + i, columns))]
        out += [y / sum(x) for y in x]
    return out


def excess(p, q):
    return q if p == 0 else p * log(p / q) - p + q


def table_of(flat, columns):
    return [[mpf(x) for x in flat[i:i + columns]] for i in range(0, len(flat), columns)]


def capacity(channel, columns):
    w = table_of(channel, columns)
    p = [mpf(1) / len(w)] * len(w)
    for count in range(40000):
        out = [fsum(a * row[y] for a, row in zip(p, w)) for y in range(columns)]
        d = [fsum(excess(a, b) for a, b in zip(row, out)) for row in w]
        low = log(fsum(a * exp(x) for a, x in zip(p, d)))
        if max(d) - low < LIMIT * max(d) or max(d) == 0:
            return low
        p = [a * exp(x - low) for a, x in zip(p, d)]
        total = fsum(p)
        p = [a / total for a in p]
    raise AssertionError("no convergence")


def bsc(e):
    return [1 - e, e, e, 1 - e], 2


t = Table("rate_distortion_capacity", "largest mutual information of input and output over the inputs")
for (channel, columns), hard in [
        (bsc(0.125), False), (bsc(0.25), False), (([0.75, 0.25, 0.0, 0.0, 0.25, 0.75], 3), False), (([1.0, 0.0, 0.5, 0.5], 2), False), (([1.0, 0.0, 0.25, 0.75], 2), False),
        (([1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0], 3), False), (([0.25, 0.75, 0.25, 0.75], 2), False), (([0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.25, 0.25, 0.5], 3), False),
        (([0.9, 0.1, 0.2, 0.8], 2), False), (([0.75, 0.25, 0.0, 0.0, 0.0, 0.0, 0.5, 0.5], 4), False), (([1.0, 0.0, 0.5, 0.5, 0.0, 1.0], 2), False),
        ((rows_of(201, 2, 5), 5), False), (([0.6, 0.3, 0.1, 0.1, 0.3, 0.6], 3), False), (([1.0], 1), False),
        (bsc(1e-6), True), (bsc(1e-10), True), (bsc(1e-300), True), (bsc(0.5 - 2.0**-20), True), (bsc(0.5 - 2.0**-33), True), (([1.0, 0.0, 1e-6, 1 - 1e-6], 2), True),
        (([1.0, 0.0, 1e-10, 1 - 1e-10], 2), True), (([0.75, 0.25 - 2.0**-10, 2.0**-10, 0.25, 0.75 - 2.0**-10, 2.0**-10], 3), True), (([1.0, 0.0, 1 - 2.0**-5, 2.0**-5], 2), True),
        (([0.97, 0.01, 0.01, 0.01, 0.01, 0.97, 0.01, 0.01, 0.01, 0.01, 0.97, 0.01, 0.5, 0.3, 0.1, 0.1], 4), True)]:
    try:
        value = capacity(channel, columns)
    except AssertionError:
        print("NO CONVERGENCE", channel)
        continue
    add(t, hard, [(value, abs(value))], channel=channel, columns=columns)
t.write()


def point(source, distortions, slope):
    columns = len(distortions) // len(source)
    d, s = table_of(distortions, columns), mpf(slope)
    p = [mpf(x) for x in source]
    a = [[exp(s * x) for x in row] for row in d]
    q = [mpf(1) / columns] * columns
    for count in range(40000):
        z = [fsum(x * y for x, y in zip(q, row)) for row in a]
        c = [fsum(x * row[y] / v for x, row, v in zip(p, a, z)) for y in range(columns)]
        gap = log(max(c)) - fsum(x * y * log(y) for x, y in zip(q, c) if x > 0)
        if gap < LIMIT:
            distortion = fsum(x * q[y] * row[y] / v * e[y] for x, row, v, e in zip(p, a, z, d) for y in range(columns))
            rate = fsum(x * excess(q[y] * row[y] / v, q[y] * c[y]) for x, row, v in zip(p, a, z) for y in range(columns) if q[y] > 0)
            return rate, distortion
        q = [x * y for x, y in zip(q, c)]
        total = fsum(q)
        q = [x / total for x in q]
    raise AssertionError("no convergence")


def hamming(k):
    return [float(i != j) for i in range(k) for j in range(k)]


SQUARES = [float((i - j) ** 2) for i in range(5) for j in range(5)]
t = Table("rate_distortion_point", "rate and distortion at the slope s; the scale of the rate is rate + |s| distortion")
for source, distortions, slope, hard in [
        ([0.5, 0.5], hamming(2), -1.0, False), ([0.25, 0.75], hamming(2), -2.0, False), ([0.25, 0.75], hamming(2), -3.0, False), ([0.25] * 4, hamming(4), -2.0, False),
        ([0.25] * 4, hamming(4), -0.5, False), ([0.5, 0.25, 0.25], hamming(3), -2.5, False), ([0.1, 0.2, 0.4, 0.2, 0.1], SQUARES, -2.0, False), ([0.1, 0.2, 0.4, 0.2, 0.1], SQUARES, -0.2, False),
        ([0.25, 0.75], hamming(2), -0.5, False), ([1.0], [0.5, 0.25], -1.0, False), ([0.5, 0.5], [0.0, 1.0, 0.25, 1.0, 0.0, 0.25], -6.0, False),
        ([0.5, 0.5], [0.0, 1.0, 0.25, 1.0, 0.0, 0.25], -1.0, False), ([0.5, 0.5], hamming(2), 0.0, False), ([0.5, 0.0, 0.5], hamming(3), -2.0, False),
        ([0.5, 0.5], hamming(2), -1e-6, True), ([0.5, 0.5], hamming(2), -1e-10, True), ([0.25] * 4, hamming(4), -700.0, True), ([0.25, 0.75], hamming(2), -30.0, True),
        ([0.25, 0.75], [1000.0 + x for x in hamming(2)], -2.0, True), ([1e-6, 1 - 1e-6], hamming(2), -16.0, True), ([1e-10, 1 - 1e-10], hamming(2), -25.0, True),
        ([0.1, 0.2, 0.4, 0.2, 0.1], SQUARES, -60.0, True), ([0.5, 0.5], [x * 1e-200 for x in hamming(2)], -1e200, True)]:
    try:
        rate, distortion = point(source, distortions, slope)
    except AssertionError:
        print("NO CONVERGENCE", source, slope)
        continue
    add(t, hard, [(rate, rate if abs(slope) < 1e-3 else rate + abs(slope) * distortion), (distortion, distortion)], source=source, distortions=distortions, slope=slope)
t.write()


def information(joint):
    r = [fsum(row) for row in joint]
    c = [fsum(column) for column in zip(*joint)]
    return fsum(excess(x, a * b) for row, a in zip(joint, r) for x, b in zip(row, c))


def bottleneck(joint, columns, clusters, beta, start):
    p, q, b = table_of(joint, columns), table_of(start, clusters), mpf(beta)
    mass = [fsum(row) for row in p]
    for count in range(40000):
        relevant = [[fsum(row[t] * r[y] for row, r in zip(q, p)) for y in range(columns)] for t in range(clusters)]
        weight = [fsum(row) for row in relevant]
        move = mpf(0)
        fresh = []
        for row, r, m in zip(q, p, mass):
            logits = []
            for t in range(clusters):
                if weight[t] == 0 or any(r[y] > 0 and relevant[t][y] == 0 for y in range(columns)):
                    logits.append(mpf("-inf"))
                else:
                    logits.append(log(weight[t]) - b * fsum(excess(r[y] / m, relevant[t][y] / weight[t]) for y in range(columns)))
            top = max(logits)
            w = [mpf(0) if x == mpf("-inf") else exp(x - top) for x in logits]
            total = fsum(w)
            w = [x / total for x in w]
            move = max(move, max(abs(x - y) for x, y in zip(row, w)))
            fresh.append(w)
        q = fresh
        if move < mpf(10) ** -40:
            relevant = [[fsum(row[t] * r[y] for row, r in zip(q, p)) for y in range(columns)] for t in range(clusters)]
            rate, relevance = information([[m * x for x in row] for row, m in zip(q, mass)]), information(relevant)
            return rate, relevance, rate - b * relevance
    raise AssertionError("no convergence")


def joint_of(seed, rows, columns):
    x = [y % 1000 + 1 for y in (z >> 8 for z in stream(seed, rows * columns))]
    return [y / sum(x) for y in x]


def near(rows, clusters, sharpness):
    """An encoder that leans towards cluster x mod clusters."""
    return [sharpness + (1 - sharpness) / clusters if t == x % clusters else (1 - sharpness) / clusters for x in range(rows) for t in range(clusters)]


DSBS = [0.45, 0.05, 0.05, 0.45]
t = Table("information_bottleneck", "I(T;X), I(T;Y), I(T;X) - beta I(T;Y) at the stationary point; scale 1")
for joint, columns, clusters, beta, start, hard in [
        (DSBS, 2, 2, 3.0, near(2, 2, 0.5), False), (DSBS, 2, 2, 10.0, near(2, 2, 0.5), False), (DSBS, 2, 3, 5.0, near(2, 3, 0.5), False), (DSBS, 2, 2, 1.0, near(2, 2, 0.5), False),
        (joint_of(301, 3, 3), 3, 3, 20.0, near(3, 3, 0.75), False), (joint_of(301, 3, 3), 3, 2, 30.0, near(3, 2, 0.75), False), (joint_of(302, 4, 2), 2, 4, 50.0, near(4, 4, 0.75), False),
        (joint_of(303, 5, 4), 4, 3, 25.0, near(5, 3, 0.75), False), (joint_of(304, 2, 6), 6, 2, 15.0, near(2, 2, 0.5), False), (joint_of(305, 6, 3), 3, 1, 7.0, near(6, 1, 0.5), False),
        ([0.25, 0.25, 0.25, 0.25], 2, 2, 100.0, near(2, 2, 0.5), False), ([0.5, 0.0, 0.0, 0.5], 2, 2, 4.0, near(2, 2, 0.5), False),
        (DSBS, 2, 2, 0.0, near(2, 2, 0.5), True), (DSBS, 2, 2, 1e6, near(2, 2, 0.5), True), (joint_of(306, 4, 4), 4, 4, 1e4, near(4, 4, 0.75), True),
        ([0.25 + 2.0**-20, 0.25 - 2.0**-20, 0.25 - 2.0**-20, 0.25 + 2.0**-20], 2, 2, 2.0**42, near(2, 2, 0.5), True),
        ([0.25 + 2.0**-30, 0.25 - 2.0**-30, 0.25 - 2.0**-30, 0.25 + 2.0**-30], 2, 2, 1.0, near(2, 2, 0.5), True),
        ([1e-10, 0.0, 0.5, 0.25, 0.125, 0.125 - 1e-10], 2, 2, 9.0, near(3, 2, 0.5), True)]:
    try:
        values = bottleneck(joint, columns, clusters, beta, start)
    except AssertionError:
        print("NO CONVERGENCE", joint, beta)
        continue
    add(t, hard, [(values[0], 1), (values[1], 1), (values[2], 1 + abs(mpf(beta)) * values[1])], joint=joint, columns=columns, clusters=clusters, beta=beta, encoder=start)
t.write()
