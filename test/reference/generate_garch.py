"""Writes garch.json: the greatest log-likelihoods that the package arch (8.0.0) finds on the series of
garch_series.mjs, each from four starts.

    node test/reference/garch_series.mjs | python test/reference/generate_garch.py

Each fit's parameters are moved into α, β ≥ 0 and α + β ≤ 1, from which arch strays by rounding, and the likelihood is
then computed here: mean 0, normal shocks, h_1 = ω + (α + β) b, b the mean of the first 75 squared returns with weights
0.94^i, in units in which the mean squared return is 1. arch starts from the same b, so that both maximize the same
function; what arch reports itself is not used.
"""

import json
import math
import sys
import warnings
from pathlib import Path

import numpy as np
from arch import arch_model

warnings.filterwarnings("ignore")

# α and persistence of each start; ω gives the sample's variance.
starts = [(0.05, 0.98), (0.1, 0.9), (0.2, 0.7), (0.01, 0.5)]
least_omega = 1e-9


def backcast(squares):
    weights = 0.94 ** np.arange(min(75, len(squares)))
    return float(weights @ squares[: len(weights)] / weights.sum())


def log_likelihood(squares, b, omega, alpha, beta):
    h = omega + (alpha + beta) * b
    terms = []
    for square in squares:
        terms.append(math.log(h) + square / h)
        h = omega + alpha * square + beta * h
    return -0.5 * (len(squares) * math.log(2 * math.pi) + math.fsum(terms))


def best(returns):
    r = np.array(returns)
    scale = float(np.mean(r**2))
    r = r / math.sqrt(scale)
    squares = (r**2).tolist()
    b = backcast(r**2)
    model = arch_model(r, mean="Zero", vol="GARCH", p=1, q=1, rescale=False)
    found = []
    for alpha, persistence in starts:
        fit = model.fit(
            starting_values=np.array([1 - persistence, alpha, persistence - alpha]),
            backcast=b,
            disp="off",
            show_warning=False,
            tol=1e-12,
            options={"maxiter": 1000},
        )
        omega, alpha, beta = (float(value) for value in fit.params)
        if not all(map(math.isfinite, (omega, alpha, beta))):
            continue
        omega, alpha, beta = max(omega, least_omega), max(alpha, 0.0), max(beta, 0.0)
        excess = max(1.0, alpha + beta)
        found.append((log_likelihood(squares, b, omega, alpha / excess, beta / excess), omega, alpha, beta))
    value, omega, alpha, beta = max(found)
    shift = 0.5 * len(r) * math.log(scale)
    return {"logLikelihood": value - shift, "omega": omega * scale, "alpha": alpha, "beta": beta}


series = json.load(sys.stdin)
figures = [{"kind": one["kind"], **best(one["returns"])} for one in series]
lines = ",\n".join(json.dumps(figure, ensure_ascii=False) for figure in figures)
(Path(__file__).parent / "garch.json").write_text(f"[\n{lines}\n]\n")
