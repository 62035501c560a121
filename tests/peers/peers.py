"""What SciPy and PyTorch say to stated inputs, and the truth from mpmath. Writes peers.json beside itself.

Run on Debian 13 with python3-scipy, python3-torch and python3-mpmath: python3 peers.py
Inputs are the doubles written in the cases; everything is in float64. NaN and infinities are written as strings.
"""
import json
import math
import pathlib
import warnings

import mpmath
import numpy as np
import scipy
import torch
from mpmath import exp, fsum, log, mpf
from scipy.spatial.distance import jensenshannon
from scipy.special import kl_div, logsumexp, rel_entr, softmax
from scipy.stats import entropy, norm, wasserstein_distance
from torch.distributions import Categorical, ContinuousBernoulli, LowRankMultivariateNormal, MultivariateNormal, Normal, Uniform
from torch.distributions import kl_divergence as kl
from torch.nn import functional as F

mpmath.mp.dps = 100
warnings.filterwarnings("ignore")
torch.set_default_dtype(torch.float64)
t = torch.tensor
INF = float("inf")


def m(values):
    return [mpf(x) for x in values]


# The truth, from the definitions. KL of doubles that sum to one only to rounding: with the masses, as in the library.

def true_kl(p, q):
    return fsum((mpf(0) if a == 0 else mpmath.inf if b == 0 else a * log(a / b)) - a + b for a, b in zip(m(p), m(q)))


def true_plain(p, q):
    return fsum(a * log(a / b) for a, b in zip(m(p), m(q)) if a)


def true_js_distance(p, q):
    middle = [(a + b) / 2 for a, b in zip(m(p), m(q))]
    return mpmath.sqrt(fsum((a * log(a / c) if a else 0) + (b * log(b / c) if b else 0) for a, b, c in zip(m(p), m(q), middle)) / 2)


def true_softmax(a):
    weights = [exp(x) for x in m(a)]
    return [w / fsum(weights) for w in weights]


def true_kl_logits(a, b):
    return fsum((x * log(x / y) if x else 0) for x, y in zip(true_softmax(a), true_softmax(b)))


def true_normal(m0, s0, m1, s1):
    m0, s0, m1, s1 = m([m0, s0, m1, s1])
    return ((s0 / s1) ** 2 - 1 - 2 * log(s0 / s1) + ((m0 - m1) / s1) ** 2) / 2


def true_multivariate(m0, c0, m1, c1):
    a, b = mpmath.matrix(c0), mpmath.matrix(c1)
    d, inverse = mpmath.matrix(m0) - mpmath.matrix(m1), mpmath.matrix(c1) ** -1
    product = inverse * a
    return (fsum(product[i, i] for i in range(a.rows)) - a.rows + log(mpmath.det(b) / mpmath.det(a)) + (d.T * inverse * d)[0]) / 2


CASES = []


def case(name, function, truth, peers, why="", **inputs):
    """peers: library -> (expression as one would write it, value); why: what goes wrong in a peer, where something does."""
    def number(x):
        x = float(x)
        return x if math.isfinite(x) else str(x).replace("inf", "Infinity").replace("nan", "NaN")

    def plain(x):
        return [plain(y) for y in x] if isinstance(x, (list, tuple)) else number(x)

    CASES.append({"name": name, "function": function, "inputs": {key: plain(x) for key, x in inputs.items()},
                  "truth": "Infinity" if truth == mpmath.inf else mpmath.nstr(mpf(truth), 25, min_fixed=-4, max_fixed=5),
                  "peers": [{"expression": expression, "value": number(value)} for expression, value in peers.items()], "why": why})


def categorical(p):
    return Categorical(probs=t(p), validate_args=False)


def pair(name, p, q, why=""):
    case(name, "Divergence.KullbackLeibler", true_kl(p, q), {
        "scipy.stats.entropy(p, q)": entropy(p, q),
        "scipy.special.rel_entr(p, q).sum()": rel_entr(p, q).sum(),
        "scipy.special.kl_div(p, q).sum()": kl_div(p, q).sum(),
        "F.kl_div(q.log(), p, reduction='sum')": F.kl_div(t(q).log(), t(p), reduction="sum"),
        "torch kl_divergence(Categorical(p), Categorical(q))": kl(categorical(p), categorical(q)),
    }, why, p=p, q=q)


pair("three outcomes", [0.4, 0.3, 0.3], [0.33, 0.33, 0.34])
pair("a zero in p", [0.0, 0.5, 0.5], [0.2, 0.4, 0.4])
pair("a zero in q", [0.25, 0.25, 0.5], [0.0, 0.5, 0.5])
pair("a zero in both", [0.0, 0.4, 0.6], [0.0, 0.5, 0.5],
     "F.kl_div multiplies a target of 0 by an input of -infinity; the documentation asks for log-probabilities and these are.")
pair("relative difference 1e-4", [0.30003, 0.29997, 0.4], [0.3, 0.3, 0.4],
     "The masses of these doubles differ by the rounding of their sum, and a sum of p log(p/q) adds that difference to the answer, even where each "
     "term is right, as those of rel_entr are. The terms, of the order of the difference of p and q, cancel to its square.")
pair("relative difference 1e-8", [0.3 + 3e-9, 0.3 - 3e-9, 0.4], [0.3, 0.3, 0.4],
     "The same, with nothing left but rounding. kl_div subtracts the masses term by term, but from a term that is already rounded.")
pair("an extreme mass", [1e-300, 1.0], [1e-10, 1.0 - 1e-10], "The divergence is 1e-10, and the masses of q differ from one by 8e-18. Categorical also clamps 1 to 1 - eps.")

for name, p, q, why in [("three outcomes", [0.4, 0.3, 0.3], [0.33, 0.33, 0.34], ""),
                        ("relative difference 1e-6", [0.3 + 3e-7, 0.3 - 3e-7, 0.4], [0.3, 0.3, 0.4],
                         "Terms of the order of the difference cancel to its square, before the root is taken."),
                        ("relative difference 1e-9", [0.3 + 3e-10, 0.3 - 3e-10, 0.4], [0.3, 0.3, 0.4],
                         "The same: eight digits are lost.")]:
    case("Jensen-Shannon distance, " + name, "Divergence.JensenShannonDistance", true_js_distance(p, q),
         {"scipy.spatial.distance.jensenshannon(p, q)": jensenshannon(p, q)}, why, p=p, q=q)

POSITIONS = [0.0, 1.0, 3.0]
case("Wasserstein distance on the line", "Divergence.Wasserstein1", mpf(0.4) - mpf(0.33) + 2 * (mpf(0.4) + mpf(0.3) - mpf(0.33) - mpf(0.33)),
     {"scipy.stats.wasserstein_distance(x, x, p, q)": wasserstein_distance(POSITIONS, POSITIONS, [0.4, 0.3, 0.3], [0.33, 0.33, 0.34])},
     p=[0.4, 0.3, 0.3], q=[0.33, 0.33, 0.34], positions=POSITIONS)
case("total variation", "Divergence.TotalVariation", fsum(abs(a - b) for a, b in zip(m([0.4, 0.3, 0.3]), m([0.33, 0.33, 0.34]))) / 2,
     {"scipy.spatial.distance.cityblock(p, q) / 2": scipy.spatial.distance.cityblock([0.4, 0.3, 0.3], [0.33, 0.33, 0.34]) / 2},
     p=[0.4, 0.3, 0.3], q=[0.33, 0.33, 0.34])

for name, p, why in [("three outcomes", [0.4, 0.3, 0.3], ""), ("a certain outcome", [1.0, 0.0, 0.0],
                      "Categorical clamps probabilities to [eps, 1 - eps] before it takes their logarithms.")]:
    case("entropy, " + name, "Entropy.Shannon", -fsum(x * log(x) for x in m(p) if x),
         {"scipy.stats.entropy(p)": entropy(p), "torch Categorical(p).entropy()": categorical(p).entropy()}, why, p=p)

for name, a, b, why in [
        ("three classes", [1.0, 2.0, 3.0], [2.0, 1.0, 0.5], ""), ("large logits", [1000.0, 1001.0, 999.0], [-1000.0, -1001.0, -1000.0], ""),
        ("differences of 1e-6", [1.0, 2.0, 3.0], [1.0 + 1e-6, 2.0 - 1e-6, 3.0], "Log-probabilities that agree in six digits are subtracted, and the first order cancels."),
        ("a class impossible under both", [0.0, 1.0, -INF], [1.0, 0.0, -INF], "0 times (-infinity less -infinity).")]:
    case("KL from logits, " + name, "Logits.KullbackLeibler", true_kl_logits(a, b), {
        "scipy.stats.entropy(softmax(a), softmax(b))": entropy(softmax(a), softmax(b)),
        "F.kl_div(log_softmax(b), log_softmax(a), log_target=True)": F.kl_div(F.log_softmax(t(b), 0), F.log_softmax(t(a), 0), reduction="sum", log_target=True),
        "torch kl_divergence(Categorical(logits=a), Categorical(logits=b))": kl(Categorical(logits=t(a), validate_args=False), Categorical(logits=t(b), validate_args=False)),
    }, why, a=a, b=b)

for name, a, why in [("two large ones", [1000.0, 1000.0], ""), ("one that barely counts", [0.0, -50.0], "log(1 + 1.9e-22) with the one added.")]:
    case("log-sum-exp, " + name, "Logits.LogSumExp", log(fsum(exp(x) for x in m(a))),
         {"scipy.special.logsumexp(a)": logsumexp(a), "torch.logsumexp(a, 0)": torch.logsumexp(t(a), 0)}, why, a=a)

for name, values, why in [
        ("plain", (0.0, 1.0, 1.0, 2.0), ""), ("scales that differ by 1e-6", (0.0, 1.0, 0.0, 1.000001), "r - 1 - log r for r near 1: the two halves agree to the order of (r - 1)^2."),
        ("scales that differ by 1e-9", (0.0, 1.0, 0.0, 1.000000001), "The same."),
        ("scales of 1e-170", (1e-170, 1e-170, 0.0, 2e-170), "")]:
    m0, s0, m1, s1 = values
    case("normals, " + name, "Gaussian.KullbackLeibler", true_normal(*values),
         {"torch kl_divergence(Normal, Normal)": kl(Normal(t(m0), t(s0)), Normal(t(m1), t(s1)))}, why, mean0=m0, scale0=s0, mean1=m1, scale1=s1)
case("entropy of a normal", "Gaussian.Entropy", log(2 * mpmath.pi * mpmath.e * mpf(0.7) ** 2) / 2,
     {"scipy.stats.norm(0, s).entropy()": norm(0, 0.7).entropy(), "torch Normal(0, s).entropy()": Normal(t(0.0), t(0.7)).entropy()}, scale=0.7)

for name, mean, logvar, why in [("plain", [0.5, -1.25], [0.25, -0.75], ""), ("log-variances of 1e-6", [0.0, 0.0], [1e-6, -1e-6], "1 + l - e^l for l near 0."),
                                ("log-variances of 1e-9", [1e-10, 0.0], [1e-9, -1e-9], "The same: no digit is left.")]:
    mu, lv = t(mean), t(logvar)
    case("autoencoder term, " + name, "DiagonalGaussian.KullbackLeiblerToStandard",
         fsum(a * a + exp(b) - 1 - b for a, b in zip(m(mean), m(logvar))) / 2,
         {"-0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp())": -0.5 * torch.sum(1 + lv - mu**2 - lv.exp())}, why, mean=mean, logVariance=logvar)

S = [[2.0, 0.5, 0.25], [0.5, 1.0, -0.125], [0.25, -0.125, 0.75]]
R = [[1.0, 0.25, 0.0], [0.25, 1.5, 0.5], [0.0, 0.5, 2.0]]
for name, delta, other, why in [("plain", None, R, ""), ("diagonals that differ by 1e-7", 2.0**-23, None, "A trace less a dimension, and a difference of log-determinants."),
                                ("diagonals that differ by 1e-9", 2.0**-30, None, "The same: no digit is left.")]:
    other = other or [[S[i][j] + (delta if i == j else 0.0) for j in range(3)] for i in range(3)]
    m0, m1 = ([0.5, -1.25, 2.0], [0.0, -1.0, 1.5]) if delta is None else ([0.5, -1.25, 2.0],) * 2
    case("full covariances, " + name, "MultivariateGaussian.KullbackLeibler", true_multivariate(m0, S, m1, other),
         {"torch kl_divergence(MultivariateNormal, MultivariateNormal)": kl(MultivariateNormal(t(m0), t(S)), MultivariateNormal(t(m1), t(other)))},
         why, mean0=m0, covariance0=[x for row in S for x in row], mean1=m1, covariance1=[x for row in other for x in row])

W, V = [[0.5], [1.0], [-0.25]], [1.0, 0.5, 2.0]
for name, delta, why in [("plain", 0.5, ""), ("diagonals that differ by 1e-9", 2.0**-30, "As with full covariances.")]:
    v1 = [x + delta for x in V]
    dense = [[[W[i][0] * W[j][0] + (v[i] if i == j else 0.0) for j in range(3)] for i in range(3)] for v in (V, v1)]
    zero = [0.0, 0.0, 0.0]
    case("factor models, " + name, "LowRankGaussian.KullbackLeibler", true_multivariate(zero, dense[0], zero, dense[1]),
         {"torch kl_divergence(LowRankMultivariateNormal, LowRankMultivariateNormal)":
          kl(LowRankMultivariateNormal(t(zero), t(W), t(V)), LowRankMultivariateNormal(t(zero), t(W), t(v1)))},
         why, mean0=zero, factor0=[x for row in W for x in row], diagonal0=V, mean1=zero, factor1=[x for row in W for x in row], diagonal1=v1)

L = mpf(0.25)
C = 2 * mpmath.atanh(1 - 2 * L) / (1 - 2 * L)
MEAN = L / (2 * L - 1) + 1 / (2 * mpmath.atanh(1 - 2 * L))
case("a continuous Bernoulli to the uniform on [0, 1]", "", log(C) + MEAN * log(L) + (1 - MEAN) * log(1 - L),
     {"torch kl_divergence(ContinuousBernoulli(0.25), Uniform(0, 1))": kl(ContinuousBernoulli(t(0.25)), Uniform(t(0.0), t(1.0)))},
     "The support [0, 1] of the first lies within that of the second; torch counts the closed edge as outside. Ours comes with the pairs of distributions.",
     probability=0.25)

HERE = pathlib.Path(__file__).resolve().parent
versions = {"scipy": scipy.__version__, "torch": torch.__version__.split("+")[0], "numpy": np.__version__, "mpmath": mpmath.__version__, "system": "Debian 13"}
lines = ",\n".join("  " + json.dumps(c) for c in CASES)
(HERE / "peers.json").write_text('{"versions": ' + json.dumps(versions) + ', "cases": [\n' + lines + "\n]}\n", newline="\n")
print(f"{len(CASES)} cases")
