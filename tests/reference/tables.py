"""How every reference table is written: exact double inputs, values to more digits than a double holds.

A table is a JSON file with a header and a list of cases. An input is a double written so that it reads back as the
same double. A value is the true value for exactly those inputs, as an unevaluated sum of two doubles [v, tail], about
32 digits. Infinite inputs and values are the strings "Infinity" and "-Infinity".

Long vectors are not stored but generated, here and in the tests, by the same integer recurrence.
"""
import hashlib
import json
import pathlib
import sys

import mpmath
from mpmath import mp, mpf

mp.dps = 400  # so that at least 50 digits remain where 1 + e^-700 or two parameters 1e-16 apart cancel

HERE = pathlib.Path(__file__).resolve().parent


def fingerprint(script):
    """SHA-256 of this module and the script, in that order: a table made by an older script is found out."""
    digest = hashlib.sha256()
    for path in (HERE / "tables.py", HERE / script):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def split(value):
    value = mpf(value)
    if mpmath.isinf(value):
        return ["Infinity" if value > 0 else "-Infinity", 0.0]
    head = float(value)
    if abs(head) == float("inf"):
        return ["Infinity" if head > 0 else "-Infinity", 0.0]
    return [head, float(value - mpf(head))]


def plain(x):
    if isinstance(x, (list, tuple)):
        return [plain(y) for y in x]
    if isinstance(x, float) and abs(x) == float("inf"):
        return "Infinity" if x > 0 else "-Infinity"
    return x


class Table:
    def __init__(self, name, formula):
        self.name, self.formula, self.cases = name, formula, []

    def add(self, value, hard=False, scale=None, **inputs):
        case = {"hard": hard, **{key: plain(x) for key, x in inputs.items()}}
        if isinstance(value, list):
            case["values"] = [split(v) for v in value]
        else:
            case["value"] = split(value)
        if scale is not None:
            case["scale"] = float(scale)
        self.cases.append(case)

    def write(self):
        script = pathlib.Path(sys.argv[0]).name
        assert len(self.cases) >= 12 and sum(c["hard"] for c in self.cases) >= 4, self.name
        header = {"table": self.name, "formula": self.formula, "script": script, "sha256": fingerprint(script),
                  "mpmath": mpmath.__version__, "digits": mp.dps}
        lines = [json.dumps(header)[:-1] + ', "cases": [']
        lines.append(",\n".join("  " + json.dumps(case) for case in self.cases))
        lines.append("]}")
        (HERE / f"{self.name}.json").write_text("\n".join(lines) + "\n", newline="\n")
        print(f"{self.name}: {len(self.cases)} cases")


def stream(seed, n):
    """x <- (1103515245 x + 12345) mod 2^31, from x = seed."""
    x, out = seed, []
    for _ in range(n):
        x = (1103515245 * x + 12345) % 2**31
        out.append(x)
    return out


def masses(seed, n, delta):
    """Two lists of n positive integers: independent streams for delta 0, else the second within delta of the first."""
    first = [x + 1 for x in stream(seed, n)]
    if delta == 0:
        return first, [x + 1 for x in stream(seed + 1, n)]
    return first, [max(x + delta * ((x >> 7) % 3 - 1), 1) for x in first]


def normalised(integers):
    total = sum(integers)
    return [x / total for x in integers]
