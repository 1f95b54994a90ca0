"""Portfolios within limits by clarabel, and the example of Almgren and Chriss 2001, Appendix A.4.

Nothing is shared with the library: E and V are written out here, over trades and holdings as separate variables. Numbers are made by
a generator of 31 bits, so that the tests make the same ones. Run with clarabel, numpy and scipy: python generate_portfolio.py
"""

import json
from pathlib import Path

import clarabel
import numpy as np
from scipy import sparse


class Draw:
    def __init__(self, seed):
        self.state = seed

    def __call__(self):
        self.state = (1103515245 * self.state + 12345) % 2**31
        return self.state / 2**31


def instance(case):
    """The portfolio of a case: the same in `test/helpers/portfolioCases.ts`."""
    m, n = case["m"], case["N"]
    draw = Draw(case["seed"])
    factors = np.array([[0.6 + 0.4 * draw() if k == 0 else 0.5 * (draw() - 0.5) for k in range(5)] for _ in range(m)])
    own = np.array([0.3 + 0.5 * draw() for _ in range(m)])
    covariance = np.array([[sum(factors[i][k] * factors[j][k] for k in range(5)) for j in range(m)] for i in range(m)])
    covariance += np.diag(own)
    temporary = np.diag([2e-6 * (0.5 + draw()) for _ in range(m)])
    for i in range(m):
        for j in range(i):
            temporary[i][j] = temporary[j][i] = case["cross"] * 2e-6 * (draw() - 0.5) / m
    positions = np.array([float(np.floor(2e5 * (draw() - 0.4))) for _ in range(m)])
    prices = np.array([20 + 80 * draw() for _ in range(m)])
    if case["neutral"]:
        positions[0] = 0.0
        total = 0.0
        for i in range(m):
            total += positions[i] * prices[i]
        positions[0] = -total / prices[0]
    shape = np.array([0.6 + 1.2 * ((2 * k + 1 - n) / n) ** 2 for k in range(n)])
    caps = np.outer(shape, np.abs(positions)) * case["cap"] / n
    return {
        "X": positions, "C": covariance, "H": temporary, "S": 0.1 * np.diag(np.diag(temporary)),
        "prices": prices, "caps": caps, "T": 1.0, "N": n, "lam": case["lam"], "eps": case["spread"],
    }


def solve(p, caps=None, no_reversal=True, neutral=None, tolerance=1e-12):
    """Least E + lambda V, prices before the trade ("start"). Variables: sold, bought, held, in units of the largest position."""
    X, C, H, S, n = p["X"], p["C"], p["H"], p["S"], p["N"]
    m = len(X)
    tau = p["T"] / n
    unit = np.max(np.abs(X))
    curve = H / tau - 0.5 * S
    risk = p["lam"] * tau * C
    size = n * m
    net = sparse.kron(sparse.eye(n), curve)
    quadratic = sparse.bmat([[net, -net, None], [-net, net, None], [None, None, sparse.kron(sparse.eye(n), risk)]])
    quadratic = 2 * unit * unit * quadratic
    eps = np.broadcast_to(np.asarray(p["eps"], float), (m,))
    linear = unit * np.concatenate([np.tile(eps, n), np.tile(eps, n), np.zeros(size)])
    eye = sparse.eye(size)
    walk = sparse.bmat([[eye, -eye, eye - sparse.eye(size, k=-m)]])
    rows, right, cones = [walk], [np.concatenate([X / unit, np.zeros(size - m)])], []
    end = sparse.csc_matrix((np.ones(m), (np.arange(m), 3 * size - m + np.arange(m))), shape=(m, 3 * size))
    rows.append(end)
    right.append(np.zeros(m))
    if neutral is not None:
        weights = np.asarray(neutral) / np.max(np.abs(neutral))
        held = sparse.kron(sparse.eye(n - 1, n), weights.reshape(1, -1))
        rows.append(sparse.hstack([sparse.csc_matrix((n - 1, 2 * size)), held]))
        right.append(np.zeros(n - 1))
    equal = sum(len(r) for r in right)
    most = np.full((n, m), np.inf) if caps is None else caps / unit
    upper = [most.copy(), most.copy()]
    if no_reversal:
        upper[0][:, X < 0] = 0
        upper[1][:, X > 0] = 0
    bounds = np.concatenate([upper[0].ravel(), upper[1].ravel()])
    finite = np.isfinite(bounds)
    pick = sparse.hstack([sparse.eye(2 * size).tocsr()[finite], sparse.csc_matrix((finite.sum(), size))])
    rows += [pick, sparse.hstack([-sparse.eye(2 * size), sparse.csc_matrix((2 * size, size))])]
    right += [bounds[finite], np.zeros(2 * size)]
    cones = [clarabel.ZeroConeT(equal), clarabel.NonnegativeConeT(int(finite.sum()) + 2 * size)]
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = tolerance
    found = clarabel.DefaultSolver(
        sparse.csc_matrix(sparse.triu(quadratic)), linear, sparse.csc_matrix(sparse.vstack(rows)),
        np.concatenate(right), cones, settings,
    ).solve()
    trades = unit * (np.array(found.x[:size]) - np.array(found.x[size : 2 * size])).reshape(n, m)
    value = found.obj_val + 0.5 * X @ S @ X
    return str(found.status), value, trades


def smooth(p):
    """The optimum without spread, by dense linear algebra over the holdings."""
    X, n = p["X"], p["N"]
    m = len(X)
    tau = p["T"] / n
    curve = p["H"] / tau - 0.5 * p["S"]
    size = (n - 1) * m
    second = np.kron(2 * np.eye(n - 1) - np.eye(n - 1, k=1) - np.eye(n - 1, k=-1), curve)
    second += np.kron(np.eye(n - 1), p["lam"] * tau * p["C"])
    right = np.zeros(size)
    right[:m] = curve @ X
    held = np.vstack([X, np.linalg.solve(second, right).reshape(n - 1, m), np.zeros(m)])
    trades = held[:-1] - held[1:]
    variance = tau * sum(x @ p["C"] @ x for x in held[1:])
    cost = 0.5 * X @ p["S"] @ X + sum(t @ curve @ t for t in trades)
    return held, trades, float(cost), float(variance)


def paper(lam):
    gamma = [2.5e-7, 6.25e-8]
    eta = [2.5e-6, 6.25e-7]
    return {
        "X": np.array([1e6, 1e6]), "C": np.array([[0.9, 0.2], [0.2, 0.9]]), "T": 5.0, "N": 5, "lam": lam, "eps": 0.0625,
        "H": np.diag(eta), "S": np.diag(gamma),
    }


CASES = [
    {"name": "caps", "seed": 1, "m": 60, "N": 60, "cross": 1, "cap": 1.6, "spread": 0.005, "lam": 1e-6, "neutral": False, "noReversal": True},
    {"name": "caps and cash", "seed": 2, "m": 20, "N": 30, "cross": 0, "cap": 2, "spread": 0.01, "lam": 2e-6, "neutral": True, "noReversal": True},
    {"name": "cash, both ways", "seed": 3, "m": 12, "N": 20, "cross": 1, "cap": 3, "spread": 0.02, "lam": 1e-5, "neutral": True, "noReversal": False},
    {"name": "kink", "seed": 4, "m": 10, "N": 16, "cross": 0, "cap": None, "spread": 0.05, "lam": 2e-5, "neutral": False, "noReversal": False},
]


def main():
    bounded = []
    for case in CASES:
        p = instance({**case, "cap": case["cap"] or 1})
        caps = p["caps"] if case["cap"] is not None else None
        status, value, trades = solve(p, caps, case["noReversal"], p["prices"] if case["neutral"] else None)
        picked = [[k, i] for k in (0, case["N"] // 2, case["N"] - 1) for i in (0, case["m"] // 2, case["m"] - 1)]
        some = [float(trades[k][i]) for k, i in picked]
        bounded.append({**case, "status": status, "objective": value, "picked": picked, "trades": some})
        print(case["name"], status, value)
    points = []
    for lam in (2e-6, 1e-6, 0.0, -5e-8):
        p = paper(lam)
        held, trades, cost, variance = smooth(p)
        points.append({"lam": lam, "x": held.tolist(), "E": cost + 0.0625 * 2e6, "V": variance,
                       "spreadPaid": float(0.0625 * np.abs(trades).sum())})
    p = paper(1e-6)
    status, value, trades = solve(p, None, False, None, 1e-13)
    held = (p["X"] - np.cumsum(trades, axis=0)).tolist()
    kink = {"status": status, "objective": value, "x": held}
    print(points[1], kink)
    out = {"bounded": bounded, "paper": {"points": points, "kink": kink}}
    Path(__file__).with_name("portfolio.json").write_text(json.dumps(out, indent=1) + "\n")


if __name__ == "__main__":
    main()
