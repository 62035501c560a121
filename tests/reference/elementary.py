"""Reference tables for the elementary functions .NET lacks. Run: python3 elementary.py"""
from mpmath import exp, log, mpf

from tables import Table, stream

POINTS = [0.5, 0.4999999, 0.33, -0.33, -0.3333333, -0.34, -0.5, 1.0, -0.999, 1.0000001, 2.0, 3.5, 10.0, 100.0, 700.0, 0.25, -0.25, 0.9999]
HARD = [1e-6, -1e-6, 1e-10, -1e-10, 1e-12, 1e-16, -1e-16, 1e-150, 1e-300, 5e-324, -1 + 2.0**-53, 1e300, 2.0**53, -1 / 3, 0.7, -0.7]
NEGATIVE = [-1.0, -1.0000001, -2.0, -5.0, -37.0, -100.0, -700.0]
SWEEP = [(x - 2**30) / 2**30 for x in stream(11, 100)]

for name, formula, function, points in [
    ("elementary_log1p", "log(1 + x)", lambda x: log(1 + x), POINTS + SWEEP),
    ("elementary_x_minus_log1p", "x - log(1 + x)", lambda x: x - log(1 + x), POINTS + SWEEP),
    ("elementary_expm1", "e^x - 1", lambda x: exp(x) - 1, POINTS + NEGATIVE + SWEEP),
    ("elementary_exp_excess", "e^x - 1 - x", lambda x: exp(x) - 1 - x, POINTS + NEGATIVE + SWEEP),
]:
    t = Table(name, formula)
    for hard, xs in ((False, points), (True, HARD)):
        for x in xs:
            if not (name.startswith("elementary_exp") and x > 710):
                t.add(function(mpf(x)), hard, x=x)
    t.write()
