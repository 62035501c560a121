"""What SciPy says to G-tests. Writes g_test.json beside itself. Run with python3-scipy: python3 g_test.py"""
import json
import pathlib

import numpy as np
import scipy
from scipy.stats import chi2_contingency, power_divergence

FITS = [([30, 50, 20], [0.25, 0.45, 0.3]), ([8, 12, 10, 9, 11, 10], [1.0] * 6), ([120, 30, 50], [3.0, 1.0, 1.0]), ([43, 52, 54, 40], [9.0, 3.0, 3.0, 1.0])]
SAMPLES = [([30, 50, 20], [25, 45, 30]), ([43, 52, 54, 40], [50, 50, 50, 39]), ([1000, 2000, 3000, 4000], [1010, 1990, 3020, 3980]), ([55, 45], [80, 20])]

cases = []
for observed, expected in FITS:
    weights = np.array(expected)
    result = power_divergence(observed, sum(observed) * weights / weights.sum(), lambda_="log-likelihood")
    cases.append({"kind": "fit", "observed": observed, "expected": expected, "statistic": result[0], "pValue": result[1]})
for first, second in SAMPLES:
    statistic, p, degrees, _ = chi2_contingency([first, second], correction=False, lambda_="log-likelihood")
    cases.append({"kind": "two samples", "observed": first, "expected": second, "statistic": statistic, "pValue": p})
record = {"scipy": scipy.__version__, "numpy": np.__version__, "cases": cases}
pathlib.Path(__file__).with_name("g_test.json").write_text(json.dumps(record, indent=1) + "\n")
