"""What torch.distributions says to stated parameters, with gradients; and mpmath's truth where parameters are near. Writes torch_distributions.json beside itself.

Run on Debian 13 with python3-torch and python3-mpmath: python3 torch_distributions.py
Parameters are the doubles written in the cases; everything is in float64. Only pairs that TorchSharp has, and parameters at which torch is right.
"""
import json
import pathlib
import random

import mpmath
import torch
from mpmath import digamma, exp, fsum, gamma, log, loggamma, mpf
from torch import distributions as d
from torch.distributions import kl_divergence

mpmath.mp.dps = 60
torch.set_default_dtype(torch.float64)
random.seed(6)
BATCH = 4


def draw(low, high):
    return [round(random.uniform(low, high), 6) for _ in range(BATCH)]


def simplex(n):
    rows = []
    for _ in range(BATCH):
        weights = [random.uniform(0.1, 1) for _ in range(n)]
        rows.append([w / sum(weights) for w in weights])
    return rows


def matrix():
    return [[round(random.uniform(-1, 1), 6) for _ in range(3)] for _ in range(BATCH)]


def factor():
    return [[[round(random.uniform(0.5, 2), 6) if i == j else round(random.uniform(-1, 1), 6) if j < i else 0.0 for j in range(3)] for i in range(3)] for _ in range(BATCH)]


PARAMETERS = {
    "Bernoulli": lambda: {"probs": draw(0.05, 0.95)},
    "Beta": lambda: {"concentration1": draw(0.6, 5), "concentration0": draw(0.6, 5)},
    "Binomial": lambda: {"total_count": [3.0, 5.0, 10.0, 20.0], "probs": draw(0.05, 0.95)},
    "Categorical": lambda: {"probs": simplex(5)},
    "Cauchy": lambda: {"loc": draw(-2, 2), "scale": draw(0.3, 3)},
    "Chi2": lambda: {"df": draw(1, 9)},
    "Dirichlet": lambda: {"concentration": [[round(random.uniform(0.3, 4), 6) for _ in range(4)] for _ in range(BATCH)]},
    "Exponential": lambda: {"rate": draw(0.3, 3)},
    "Gamma": lambda: {"concentration": draw(0.4, 30), "rate": draw(0.3, 3)},
    "Geometric": lambda: {"probs": draw(0.05, 0.95)},
    "Gumbel": lambda: {"loc": draw(-2, 2), "scale": draw(0.5, 3)},
    "HalfNormal": lambda: {"scale": draw(0.3, 3)},
    "Laplace": lambda: {"loc": draw(-2, 2), "scale": draw(0.3, 3)},
    "LogNormal": lambda: {"loc": draw(-2, 2), "scale": draw(0.3, 3)},
    "MultivariateNormal": lambda: {"loc": matrix(), "scale_tril": factor()},
    "Normal": lambda: {"loc": draw(-2, 2), "scale": draw(0.3, 3)},
    "OneHotCategorical": lambda: {"probs": simplex(4)},
    "Pareto": lambda: {"scale": draw(1, 2), "alpha": draw(2.5, 6)},
    "Poisson": lambda: {"rate": draw(0.2, 9)},
    "Uniform": lambda: {"low": draw(0.1, 0.3), "high": draw(0.5, 0.9)},
}

# Where the family's own draw does not fit inside the other's support.
SPECIAL = {
    ("Pareto", "Pareto"): lambda: ({"scale": draw(2, 3), "alpha": draw(1, 4)}, {"scale": draw(1, 2), "alpha": draw(1, 4)}),
    ("Uniform", "Uniform"): lambda: ({"low": draw(0.1, 0.3), "high": draw(0.5, 0.9)}, {"low": draw(-2, 0), "high": draw(1, 2)}),
    ("Beta", "Uniform"): lambda: (PARAMETERS["Beta"](), {"low": draw(-2, 0), "high": draw(1, 2)}),
    ("Uniform", "Pareto"): lambda: ({"low": draw(2, 3), "high": draw(4, 6)}, {"scale": draw(1, 2), "alpha": draw(1, 4)}),
}

PAIRS = [
    ("Bernoulli", "Bernoulli"), ("Bernoulli", "Poisson"), ("Beta", "Beta"), ("Beta", "Exponential"), ("Beta", "Gamma"), ("Beta", "Normal"), ("Beta", "Uniform"),
    ("Binomial", "Binomial"), ("Categorical", "Categorical"), ("Cauchy", "Cauchy"), ("Chi2", "Chi2"), ("Chi2", "Gamma"), ("Dirichlet", "Dirichlet"),
    ("Exponential", "Exponential"), ("Exponential", "Gamma"), ("Exponential", "Gumbel"), ("Exponential", "Normal"),
    ("Gamma", "Exponential"), ("Gamma", "Gamma"), ("Gamma", "Gumbel"), ("Gamma", "Normal"), ("Geometric", "Geometric"), ("Gumbel", "Gumbel"), ("Gumbel", "Normal"),
    ("HalfNormal", "HalfNormal"), ("Laplace", "Laplace"), ("Laplace", "Normal"), ("LogNormal", "LogNormal"), ("MultivariateNormal", "MultivariateNormal"),
    ("Normal", "Gumbel"), ("Normal", "Laplace"), ("Normal", "Normal"), ("OneHotCategorical", "OneHotCategorical"),
    ("Pareto", "Exponential"), ("Pareto", "Gamma"), ("Pareto", "Normal"), ("Pareto", "Pareto"), ("Poisson", "Poisson"),
    ("Uniform", "Beta"), ("Uniform", "Exponential"), ("Uniform", "Gamma"), ("Uniform", "Gumbel"), ("Uniform", "Normal"), ("Uniform", "Pareto"), ("Uniform", "Uniform"),
]


def tensors(parameters):
    return {name: torch.tensor(value, requires_grad=name != "total_count") for name, value in parameters.items()}


# PyTorch's derivative of digamma is right to ten digits only: these gradients are mpmath's.

def minus_entropy_of_gamma(a, r):
    return log(r) - a - loggamma(a) - (1 - a) * digamma(a)


def minus_entropy_of_beta(a, b):
    s = a + b
    return loggamma(s) - loggamma(a) - loggamma(b) + (a - 1) * (digamma(a) - digamma(s)) + (b - 1) * (digamma(b) - digamma(s))


def to_gamma(mean, mean_log, c, r):
    return loggamma(c) - c * log(r) - (c - 1) * mean_log + r * mean


def to_normal(mean, variance, m, s):
    return log(2 * mpmath.pi) / 2 + log(s) + (variance + (mean - m) ** 2) / s ** 2 / 2


def beta_to_gamma(a, b, c, r):
    return minus_entropy_of_beta(a, b) + to_gamma(a / (a + b), digamma(a) - digamma(a + b), c, r)


def gamma_to_gumbel(a, r, l, s):
    return minus_entropy_of_gamma(a, r) + log(s) + a / (r * s) - l / s + exp(l / s) * (1 + 1 / (r * s)) ** -a


TRUE = {
    ("Beta", "Beta"): lambda a0, b0, a1, b1: of_dirichlet([a0, b0], [a1, b1]),
    ("Beta", "Exponential"): lambda a, b, r: beta_to_gamma(a, b, mpf(1), r),
    ("Beta", "Gamma"): beta_to_gamma,
    ("Beta", "Normal"): lambda a, b, m, s: minus_entropy_of_beta(a, b) + to_normal(a / (a + b), a * b / ((a + b) ** 2 * (a + b + 1)), m, s),
    ("Beta", "Uniform"): lambda a, b, l, h: minus_entropy_of_beta(a, b) + log(h - l),
    ("Chi2", "Chi2"): lambda f0, f1: of_gamma(f0 / 2, mpf(0.5), f1 / 2, mpf(0.5)),
    ("Chi2", "Gamma"): lambda f, a, r: of_gamma(f / 2, mpf(0.5), a, r),
    ("Dirichlet", "Dirichlet"): lambda *c: of_dirichlet(c[:4], c[4:]),
    ("Exponential", "Gamma"): lambda r0, a, r: of_gamma(mpf(1), r0, a, r),
    ("Gamma", "Exponential"): lambda a, r, r1: of_gamma(a, r, mpf(1), r1),
    ("Gamma", "Gamma"): lambda a0, r0, a1, r1: of_gamma(a0, r0, a1, r1),
    ("Gamma", "Gumbel"): gamma_to_gumbel,
    ("Gamma", "Normal"): lambda a, r, m, s: minus_entropy_of_gamma(a, r) + to_normal(a / r, a / r ** 2, m, s),
}


def with_true_gradient(c):
    form = TRUE.get((c["p"], c["q"]))
    if form is None:
        return c
    sides = [(c[side + "_parameters"], c[side + "_gradient"], name) for side in "pq" for name in c[side + "_parameters"]]
    for row in range(BATCH):
        # A row of a parameter is a number, or a vector of them.
        groups = [parameters[name][row] for parameters, _, name in sides]
        point = [mpf(x) for group in groups for x in (group if isinstance(group, list) else [group])]
        slopes = iter([float(mpmath.diff(form, tuple(point), tuple(int(i == j) for j in range(len(point))))) for i in range(len(point))])
        for group, (_, gradient, name) in zip(groups, sides):
            gradient[name][row] = [next(slopes) for _ in group] if isinstance(group, list) else next(slopes)
    return c


def case(p, q):
    first, second = SPECIAL[p, q]() if (p, q) in SPECIAL else (PARAMETERS[p](), PARAMETERS[q]())
    left, right = tensors(first), tensors(second)
    value = kl_divergence(getattr(d, p)(**left), getattr(d, q)(**right))
    value.sum().backward()
    # A parameter that the answer does not depend on has the gradient zero.
    # What is above the diagonal of a factor is no parameter.
    read = lambda n, x: torch.zeros_like(x) if x.grad is None else x.grad.tril() if n == "scale_tril" else x.grad
    gradient = lambda side: {n: read(n, x).tolist() for n, x in side.items() if x.requires_grad}
    return {"p": p, "q": q, "p_parameters": first, "q_parameters": second, "value": value.tolist(), "p_gradient": gradient(left), "q_gradient": gradient(right)}


# The truth where the parameters are near, and where they are extreme, from exact doubles.

def of_gamma(a0, r0, a1, r1):
    return (a0 - a1) * digamma(a0) - loggamma(a0) + loggamma(a1) + a1 * log(r0 / r1) + a0 * (r1 - r0) / r0


def of_dirichlet(c0, c1):
    s0, s1 = fsum(c0), fsum(c1)
    return loggamma(s0) - loggamma(s1) + fsum(loggamma(y) - loggamma(x) + (x - y) * (digamma(x) - digamma(s0)) for x, y in zip(c0, c1))


def of_gumbel(l0, s0, l1, s1):
    return log(s1 / s0) + mpmath.euler * (s0 / s1 - 1) + (l0 - l1) / s1 + exp((l1 - l0) / s1) * gamma(1 + s0 / s1) - 1


def of_laplace(l0, b0, l1, b1):
    distance = abs(l0 - l1)
    return log(b1 / b0) + distance / b1 + b0 / b1 * exp(-distance / b0) - 1


def of_normal(m0, s0, m1, s1):
    return ((s0 / s1) ** 2 - 1 - 2 * log(s0 / s1) + ((m0 - m1) / s1) ** 2) / 2


def of_logits(a, b):
    p, q = [[w / fsum(map(exp, side)) for w in map(exp, side)] for side in (a, b)]
    return fsum(x * log(x / y) for x, y in zip(p, q))


def of_measures(p, q):
    return fsum((x * log(x / y) if x else 0) - x + y for x, y in zip(p, q))


def hard(function, form, arguments):
    exact = [[mpf(x) for x in a] if isinstance(a, list) else mpf(a) for a in arguments]
    return {"function": function, "arguments": arguments, "truth": mpmath.nstr(form(*exact), 25)}


def near(x, h):
    return x * (1 + h)


HARD = []
for h in (1e-2, 1e-6, 1e-10, 0.7):
    for a, r in ((0.01, 3.0), (0.7, 1.5), (5.0, 0.2), (40.0, 7.0), (2e5, 3.0)):
        HARD.append(hard("Gamma", of_gamma, [a, r, near(a, h), near(r, -h / 3)]))
        HARD.append(hard("Gamma", of_gamma, [a, r, near(a, h), near(r, h)]))
    for c in ([0.02, 0.5], [1.0, 1.0], [3.5, 0.4], [200.0, 3.0], [0.3, 5.0, 60.0]):
        HARD.append(hard("Dirichlet", of_dirichlet, [c, [near(x, h * (-1) ** i / (i + 1)) for i, x in enumerate(c)]]))
        HARD.append(hard("Dirichlet", of_dirichlet, [c, [near(x, h) for x in c]]))
    for l, s in ((0.3, 2.0), (-5.0, 0.1), (0.0, 30.0)):
        HARD.append(hard("Gumbel", of_gumbel, [l, s, l + h * s, near(s, h / 2)]))
        HARD.append(hard("Laplace", of_laplace, [l, s, l + h * s, near(s, h / 2)]))
        HARD.append(hard("Normal", of_normal, [l, s, l + h * s, near(s, h / 2)]))
    HARD.append(hard("Logits", of_logits, [[0.1, -2.0, 3.5, 0.0], [0.1 + h, -2.0, 3.5 - 2 * h, h / 7]]))
    HARD.append(hard("Logits", of_logits, [[40.0, -30.0, 1.0], [40.0 - h, -30.0 + h, 1.0]]))
    HARD.append(hard("Measures", of_measures, [[0.1, 0.0, 0.6, 0.3], [0.1 + h / 10, 1e-300, 0.6 - h / 10, 0.3]]))
HARD.append(hard("Normal", of_normal, [0.0, 1e-12, 1.0, 1.0]))
HARD.append(hard("Normal", of_normal, [3.0, 1e9, 1.0, 1.0]))
HARD.append(hard("Logits", of_logits, [[0.0, -800.0], [0.0, 0.0]]))
HARD.append(hard("Logits", of_logits, [[0.0, 0.0], [0.0, -800.0]]))
HARD.append(hard("Logits", of_logits, [[300.0, 0.0, 1.0], [0.0, 300.0, 1.0]]))

cases = [with_true_gradient(case(p, q)) for p, q in PAIRS]
lines = ",\n  ".join(json.dumps(c) for c in cases)
rest = ",\n  ".join(json.dumps(c) for c in HARD)
versions = json.dumps({"torch": torch.__version__.split("+")[0], "mpmath": mpmath.__version__, "system": "Debian 13"})
pathlib.Path(__file__).with_suffix(".json").write_text(f'{{"versions": {versions}, "torch": [\n  {lines}\n], "hard": [\n  {rest}\n]}}\n')
