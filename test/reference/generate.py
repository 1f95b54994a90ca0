"""Writes optima.json: holdings, trades and costs of optima, with 60 digits, by formulas that the library does not use.

    python -m pip install mpmath && python test/reference/generate.py

Problems range over κT from 1e-6 to 1e5 and N from 1 to 10,000, in both timings, at 1 % from the convexity limit of the
cost, and in the sine branch. Inputs are doubles and are taken for exact; each result is rounded once.
"""

import json
from pathlib import Path

from mpmath import acos, acosh, mp, mpf, pi, sin, sinh, sqrt

mp.dps = 60
ETA, GAMMA, SIGMA, SHARES, HORIZON = 2.5e-6, 2.5e-7, 0.95, 1e6, 5.0


def solve(intervals: int, risk_aversion: float, timing: str, gamma: float) -> dict:
    eta, g, sigma = mpf(ETA), mpf(gamma), mpf(SIGMA)
    total, horizon, n = mpf(SHARES), mpf(HORIZON), intervals
    tau, lam = horizon / n, mpf(risk_aversion)
    a = eta / tau + (g if timing == "end" else -g) / 2
    assert n == 1 or a > 0
    ratio = 1 + lam * sigma**2 * tau / (2 * a)  # cosh θ, or cos θ below 1
    if n == 1:
        holding = lambda k: total * (1 - k)
    elif lam == 0:
        holding = lambda k: total * (n - k) / n
    elif lam > 0:
        theta = acosh(ratio)
        holding = lambda k: total * sinh((n - k) * theta) / sinh(n * theta)
    else:
        theta = acos(ratio)
        assert theta * n < pi
        holding = lambda k: total * sin((n - k) * theta) / sin(n * theta)
    x = [holding(k) for k in range(n + 1)]
    trades = [x[k - 1] - x[k] for k in range(1, n + 1)]
    exposed = x[1:] if timing == "start" else x[:-1]
    places = sorted({1, 2, n // 10, n // 4, n // 2, n - 1, n} & set(range(1, n + 1)))
    cost = sum(g * t * h for t, h in zip(trades, exposed)) + eta / tau * sum(t * t for t in trades)
    variance = sigma**2 * tau * sum(h * h for h in exposed)
    urgency = 0.0 if lam <= 0 or n == 1 else float(theta * n)
    return {
        "intervals": n,
        "riskAversion": risk_aversion,
        "timing": timing,
        "permanentImpact": gamma,
        "kappaT": urgency,
        "places": places,
        "remaining": [float(x[k]) for k in places],
        "trades": [float(trades[k - 1]) for k in places],
        "expectedCost": float(cost),
        "costVariance": float(variance),
    }


def risk_aversion_for(kappa_t: float, intervals: int, timing: str, gamma: float) -> float:
    """The double nearest to the λ whose optimum has this κT."""
    tau = mpf(HORIZON) / intervals
    a = mpf(ETA) / tau + (mpf(gamma) if timing == "end" else -mpf(gamma)) / 2
    return float(4 * sinh(mpf(kappa_t) / (2 * intervals)) ** 2 * a / (mpf(SIGMA) ** 2 * tau))


def limit(intervals: int, gamma: float) -> float:
    """The λ below which E + λV is not convex (timing "start")."""
    tau = mpf(HORIZON) / intervals
    a = mpf(ETA) / tau - mpf(gamma) / 2
    return float(-4 * a * sin(pi / (2 * intervals)) ** 2 / (mpf(SIGMA) ** 2 * tau))


cases = []
for n in (1, 2, 10, 60, 400, 1000, 10000):
    for kappa_t in (1e-6, 1e-3, 0.1, 1.0, 5.0, 30.0, 700.0, 1e4, 1e5):
        if kappa_t / n > 600:
            continue  # λ itself would leave the range of doubles
        for timing in ("start", "end"):
            gamma = GAMMA if n > 1 else 0.0
            cases.append(solve(n, risk_aversion_for(kappa_t, n, timing, gamma), timing, gamma))
    cases.append(solve(n, 0.0, "start", GAMMA if n > 1 else 0.0))
for n in (2, 10, 400):
    # Intervals at 99 % of 2η/γ.
    near = float(mpf("0.99") * 2 * mpf(ETA) * n / mpf(HORIZON))
    for kappa_t in (1e-3, 1.0, 30.0):
        cases.append(solve(n, risk_aversion_for(kappa_t, n, "start", near), "start", near))
    for share in (0.1, 0.4, 0.9):
        cases.append(solve(n, share * limit(n, GAMMA), "start", GAMMA))

common = {
    "shares": SHARES,
    "horizon": HORIZON,
    "volatility": SIGMA,
    "temporaryImpact": ETA,
}
path = Path(__file__).parent / "optima.json"
path.write_text(json.dumps({"common": common, "cases": cases}, indent=None, separators=(",", ":")) + "\n")
print(len(cases), "cases,", path.stat().st_size, "bytes")
