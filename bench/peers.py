"""The same results by numpy and scipy, each written with care: buffers are reused, arrays are filled in place,
checks of finiteness are off. Driven line by line over stdin and stdout, so that its rounds alternate with ours:

    {"peer": "sinh", "task": {...}, "repetitions": 100}  ->  {"microseconds": 3.2, "answer": [...]}

The answer is a few numbers of the result, by which the other side sees that both compute the same.
"""

import json
import math
import platform
import sys
from time import perf_counter_ns

import clarabel
import numba
import numpy as np
import osqp
import scipy
from arch import __version__ as arch_version
from arch import arch_model
from scipy import sparse
from scipy.linalg import cho_factor, cho_solve, eigh, solve_toeplitz, solveh_banded, toeplitz
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from slippage import __version__ as slippage_version
from slippage.transient import PowerLawDecay, optimal_transient_schedule


def curvature(p):
    """The step tau and the coefficient a of the sum of squared trades, for prices after the trade ("end")."""
    tau = p["horizon"] / p["intervals"]
    return tau, p["temporaryImpact"] / tau + 0.5 * p["permanentImpact"]


def fractions(x):
    return [float(x[len(x) // 4]), float(x[len(x) // 2])]


def four(p):
    """What a schedule holds: holdings, trades, rates and times, each a new array."""
    n = p["intervals"]
    steps_left = np.arange(n, -1.0, -1.0)
    steps = np.arange(n + 1.0)

    def run():
        tau, a = curvature(p)
        theta = 2 * math.asinh(0.5 * p["volatility"] * math.sqrt(p["riskAversion"] * tau / a))
        x = np.multiply(steps_left, theta)
        np.sinh(x, out=x)
        np.multiply(x, p["shares"] / math.sinh(n * theta), out=x)
        trades = x[:-1] - x[1:]
        return x, trades, trades / tau, steps * tau

    return run, lambda result: fractions(result[0])


def dots(p):
    """The three sums that a schedule's cost and variance are made of."""
    x, trades, _, _ = four(p)[0]()
    held = x[1:]

    def run():
        return np.dot(trades, trades), np.dot(held, held), np.dot(held, trades)

    return run, lambda result: [float(value) for value in result]


@numba.njit(fastmath=False)
def numba_frontier(steps, shares, thetas, x):
    n = steps
    sums = np.empty((len(thetas), 2))
    for i in range(len(thetas)):
        whole = math.sinh(n * thetas[i])
        for k in range(n + 1):
            x[k] = shares * (math.sinh((n - k) * thetas[i]) / whole)
        squares, holdings = 0.0, 0.0
        for k in range(n):
            trade = x[k] - x[k + 1]
            squares += trade * trade
            holdings += x[k] * x[k]
        sums[i, 0], sums[i, 1] = squares, holdings
    return sums


@numba.njit(fastmath=False)
def numba_closed(steps, shares, thetas):
    """The closed sums of the exponential branch, in the plain form of the paper's equation 20."""
    n = steps
    sums = np.empty((len(thetas), 2))
    for i in range(len(thetas)):
        t = thetas[i]
        whole = math.sinh(n * t)
        coth = math.cosh(n * t) / whole
        squares = math.tanh(t / 2) * coth + 2 * n * (math.sinh(t / 2) / whole) ** 2
        holdings = 0.5 * (coth / math.tanh(t) - 1 - n / whole**2)
        sums[i, 0], sums[i, 1] = shares**2 * squares, shares**2 * (holdings + 1)
    return sums


def numba_points(p, sums_of):
    risk_aversions = np.array(p["riskAversions"])
    tau, a = curvature(p)
    thetas = 2 * np.arcsinh(0.5 * p["volatility"] * np.sqrt(risk_aversions * (tau / a)))

    def run():
        sums = sums_of(thetas)
        variance = p["volatility"] ** 2 * tau * sums[:, 1]
        cost = 0.5 * p["permanentImpact"] * p["shares"] ** 2 + a * sums[:, 0]
        return cost, variance, np.sqrt(variance), cost + risk_aversions * variance

    return run, lambda result: [float(values[i]) for values in result for i in (0, -1)]


def frontier_numba(p):
    x = np.empty(p["intervals"] + 1)
    return numba_points(p, lambda thetas: numba_frontier(p["intervals"], p["shares"], thetas, x))


def frontier_numba_closed(p):
    return numba_points(p, lambda thetas: numba_closed(p["intervals"], p["shares"], thetas))


@numba.njit(parallel=True)
def numba_paths(costs, trades, moves, concessions, noise):
    n = len(trades)
    for path in numba.prange(len(costs)):
        price, proceeds = 0.0, 0.0
        for k in range(n):
            price += noise * np.random.standard_normal() + moves[k]
            proceeds += trades[k] * (price + concessions[k])
        costs[path] = -proceeds


def paths_numba(p):
    """Every price of every path, on all cores."""
    tau = p["horizon"] / p["intervals"]
    trades = np.array(p["trades"])
    moves = -p["permanentImpact"] * trades
    concessions = -p["temporaryImpact"] * trades / tau
    noise = p["volatility"] * math.sqrt(tau)
    costs = np.empty(p["paths"])

    def run():
        numba_paths(costs, trades, moves, concessions, noise)
        return costs.mean(), costs.std(ddof=1)

    return run, lambda result: [float(value) for value in result]


def banded(p):
    n = p["intervals"]
    bands = np.empty((2, n - 1))
    load = np.empty(n - 1)
    x = np.zeros(n + 1)

    def run():
        tau, a = curvature(p)
        bands[0] = -1
        bands[1] = 2 + p["riskAversion"] * p["volatility"] ** 2 * tau / a
        load.fill(0)
        x[0] = load[0] = p["shares"]
        x[1:-1] = solveh_banded(bands, load, overwrite_ab=True, overwrite_b=True, check_finite=False)
        return x

    return run, fractions


def dense(p):
    """Only the solve is timed, not the filling of the matrix."""
    n = p["intervals"]
    tau, a = curvature(p)
    matrix = np.zeros((n - 1, n - 1))
    np.fill_diagonal(matrix, 2 + p["riskAversion"] * p["volatility"] ** 2 * tau / a)
    np.fill_diagonal(matrix[1:], -1)
    np.fill_diagonal(matrix[:, 1:], -1)
    load = np.zeros(n - 1)
    load[0] = p["shares"]
    return lambda: np.linalg.solve(matrix, load), lambda x: fractions(np.concatenate(([p["shares"]], x, [0])))


def frontier(p):
    n, shares = p["intervals"], p["shares"]
    risk_aversions = np.array(p["riskAversions"])
    steps_left = np.arange(n, -1.0, -1.0)
    x = np.empty((len(risk_aversions), n + 1))
    trades = np.empty((len(risk_aversions), n))

    def run():
        tau, a = curvature(p)
        theta = 2 * np.arcsinh(0.5 * p["volatility"] * np.sqrt(risk_aversions * (tau / a)))
        np.multiply(theta[:, None], steps_left, out=x)
        np.sinh(x, out=x)
        np.multiply(x, (shares / x[:, 0])[:, None], out=x)
        np.subtract(x[:, :-1], x[:, 1:], out=trades)
        exposed = x[:, :-1]
        variance = p["volatility"] ** 2 * tau * np.einsum("ij,ij->i", exposed, exposed)
        cost = 0.5 * p["permanentImpact"] * shares**2 + a * np.einsum("ij,ij->i", trades, trades)
        return cost, variance, np.sqrt(variance), cost + risk_aversions * variance

    return run, lambda result: [float(values[i]) for values in result for i in (0, -1)]


def paths(p):
    """Every price of every path. Blocks of 1,024 paths stay in the cache: faster than all at once."""
    n, count, block = p["intervals"], p["paths"], 1024
    tau = p["horizon"] / n
    trades = np.array(p["trades"])
    moves = -p["permanentImpact"] * trades
    concessions = -p["temporaryImpact"] * trades / tau
    noise = p["volatility"] * math.sqrt(tau)
    generator = np.random.default_rng(1)
    space = np.empty((block, n))
    costs = np.empty(count)

    def run():
        for first in range(0, count, block):
            prices = space[: min(block, count - first)]
            generator.standard_normal(out=prices)
            np.multiply(prices, noise, out=prices)
            np.add(prices, moves, out=prices)
            np.cumsum(prices, axis=1, out=prices)
            np.add(prices, concessions, out=prices)
            np.matmul(prices, trades, out=costs[first : first + len(prices)])
        np.negative(costs, out=costs)
        return costs.mean(), costs.std(ddof=1)

    return run, lambda result: [float(value) for value in result]


def capped(p):
    """Trades n and holdings x_1 … x_{N-1} as variables, all matrices sparse: what direct solvers like best. Shares and
    prices are scaled to 1. Assembly of the matrices is not timed, the solver's own set-up is."""
    n = p["intervals"]
    a, b = np.array(p["tradeCurvatures"]), np.array(p["holdingCurvatures"])
    scale = a[0] * p["shares"] ** 2
    hessian = sparse.diags_array(2 * np.concatenate((a, b)) / a[0], format="csc")
    step = sparse.eye_array(n, n - 1) - sparse.eye_array(n, n - 1, k=-1)
    walk = sparse.hstack((sparse.eye_array(n), step))
    bound = sparse.hstack((sparse.eye_array(n), sparse.csc_array((n, n - 1))))
    start = np.zeros(n)
    start[0] = 1
    return scale, hessian, walk, bound, start, np.array(p["caps"]) / p["shares"]


def clarabel_direct(p):
    scale, hessian, walk, bound, start, caps = capped(p)
    n = p["intervals"]
    rows = sparse.csc_array(sparse.vstack((walk, bound, -bound)))
    right = np.concatenate((start, caps, np.zeros(n)))
    cones = [clarabel.ZeroConeT(n), clarabel.NonnegativeConeT(2 * n)]
    linear = np.zeros(2 * n - 1)
    upper = sparse.csc_array(sparse.triu(hessian))
    settings = clarabel.DefaultSettings()
    settings.verbose = False

    def run():
        return clarabel.DefaultSolver(upper, linear, rows, right, cones, settings).solve()

    return run, lambda solution: [scale * solution.obj_val]


def decay(p, ages):
    """What one share has moved the price by, at these ages of its trade."""
    kernel = np.full(len(ages), p["permanent"])
    for part in p.get("exponentials", []):
        kernel += part["impact"] * np.exp(-part["rate"] * ages)
    if "power" in p:
        power = p["power"]
        kernel += power["impact"] * (1 + ages / power["timescale"]) ** -power["exponent"]
    return kernel


def holdings(p):
    return lambda n: fractions(np.concatenate(([p["shares"]], p["shares"] - np.cumsum(n))))


def fading(p):
    """Timing "start", half of a trade's own move paid. The matrix is filled anew for each order, as it is by us."""
    n, shares = p["intervals"], p["shares"]
    tau = p["horizon"] / n
    risk = 2 * p["riskAversion"] * p["volatility"] ** 2 * tau
    ages = np.arange(n) * tau
    later = risk * np.arange(n, 0, -1.0)
    ones = np.ones(n)

    def solve():
        # Shares traded in j and k spare the holdings from the later of both on.
        matrix = toeplitz(decay(p, ages)) + np.minimum.outer(later, later)
        factor = cho_factor(matrix, lower=True, overwrite_a=True, check_finite=False)
        # The term linear in the trades, from the holdings that the order begins with, is shares times -later.
        both = cho_solve(factor, np.stack((ones, later), axis=1), overwrite_b=True, check_finite=False)
        level = (shares - shares * both[:, 1].sum()) / both[:, 0].sum()
        return shares * both[:, 1] + level * both[:, 0]

    return solve, holdings(p)


def fading_without_risk(p):
    """Levinson's recursion, which knows no risk. The kernel is filled anew for each order, as it is by us."""
    n, shares = p["intervals"], p["shares"]
    ages = np.arange(n) * (p["horizon"] / n)
    ones = np.ones(n)

    def solve():
        weights = solve_toeplitz(decay(p, ages), ones, check_finite=False)
        return weights * (shares / weights.sum())

    return solve, holdings(p)


def fading_slippage(p):
    """Without risk, which it does not know. It looks for round trips that make money first, as we do."""
    power = p["power"]
    kernel = PowerLawDecay(p["permanent"], power["impact"], power["exponent"], power["timescale"])
    tau = p["horizon"] / p["intervals"]

    def solve():
        return optimal_transient_schedule(kernel, p["shares"], p["intervals"], tau).trades

    return solve, holdings(p)


def power_cone(p):
    """Trades n, holdings x_1 … x_{N-1} and t ≥ n^{1+β} as variables. Shares are scaled to 1, and costs by what the order costs in
    one trade. Timing "end": every holding before a trade bears the risk, of which x_0 is constant."""
    n, shares, beta = p["intervals"], p["shares"], p["exponent"]
    tau = p["horizon"] / n
    cost = p["coefficient"] * tau**-beta * shares ** (1 + beta)
    risk = p["riskAversion"] * p["volatility"] ** 2 * tau * shares**2
    hessian = sparse.diags_array(np.concatenate((np.zeros(n), np.full(n - 1, 2 * risk / cost), np.zeros(n))), format="csc")
    step = sparse.eye_array(n, n - 1) - sparse.eye_array(n, n - 1, k=-1)
    nothing = sparse.csc_array((n, n - 1))
    none = sparse.csc_array((n, n))
    unit = sparse.eye_array(n)
    walk = sparse.hstack((unit, step, none))
    bound = sparse.hstack((unit, nothing, none))
    # Rows t_k, 1, n_k for each cone.
    k = np.arange(n)
    cone = sparse.coo_array(
        (-np.ones(2 * n), (np.concatenate((3 * k, 3 * k + 2)), np.concatenate((2 * n - 1 + k, k)))), shape=(3 * n, 3 * n - 1)
    )
    rows = sparse.csc_array(sparse.vstack((walk, bound, -bound, cone)))
    start = np.zeros(n)
    start[0] = 1
    ones = np.zeros(3 * n)
    ones[1::3] = 1
    right = np.concatenate((start, np.array(p["caps"]) / shares, np.zeros(n), ones))
    cones = [clarabel.ZeroConeT(n), clarabel.NonnegativeConeT(2 * n)] + [clarabel.PowerConeT(1 / (1 + beta))] * n
    linear = np.concatenate((np.zeros(2 * n - 1), np.ones(n)))
    settings = clarabel.DefaultSettings()
    settings.verbose = False

    def run():
        return clarabel.DefaultSolver(hessian, linear, rows, right, cones, settings).solve()

    return run, lambda solution: [cost * solution.obj_val + risk]


def osqp_direct(p):
    scale, hessian, walk, bound, start, caps = capped(p)
    n = p["intervals"]
    rows = sparse.csc_matrix(sparse.vstack((walk, bound)))
    low = np.concatenate((start, np.zeros(n)))
    high = np.concatenate((start, caps))
    linear = np.zeros(2 * n - 1)
    upper = sparse.csc_matrix(sparse.triu(hessian))

    def run():
        solver = osqp.OSQP()
        solver.setup(upper, linear, rows, low, high, eps_abs=1e-8, eps_rel=1e-8, polishing=True, verbose=False)
        return solver.solve(raise_error=False)

    return run, lambda result: [scale * float(result.info.obj_val)]


def chords(p):
    """Only the solve is timed, from sparse matrices in the form that it works with."""
    n, pieces = p["intervals"], p["pieces"]
    tau, a = curvature(p)
    step = p["shares"] / pieces
    slopes = (2 * np.arange(1, pieces + 1) - 1) * step
    b = p["riskAversion"] * p["volatility"] ** 2 * tau
    costs = np.concatenate([np.tile(a * slopes, n), np.tile(b * slopes, n - 1)])
    held = sparse.diags([np.ones(n - 1), -np.ones(n - 1)], [0, -1], shape=(n, n - 1))
    rows = sparse.kron(sparse.hstack([sparse.eye(n), held]), np.ones((1, pieces)), format="csc")
    demand = np.zeros(n)
    demand[0] = p["shares"]
    bounds = np.array([[0, step]] * len(costs))
    return lambda: linprog(costs, A_eq=rows, b_eq=demand, bounds=bounds, method="highs"), lambda result: [result.fun]


def lots(p):
    """One integer variable for each lot of each trade and of each holding: at whole lots their slopes give the quadratic exactly.
    Only the solve is timed, from sparse matrices in the form that it works with."""
    n, count = p["intervals"], p["lots"]
    tau, a = curvature(p)
    lot = p["shares"] / count
    slopes = (2 * np.arange(1, count + 1) - 1) * lot**2
    b = p["riskAversion"] * p["volatility"] ** 2 * tau
    scale = a * p["shares"] ** 2
    costs = np.concatenate([np.tile(a * slopes, n), np.tile(b * slopes, n - 1)]) / scale
    held = sparse.diags([np.ones(n - 1), -np.ones(n - 1)], [0, -1], shape=(n, n - 1))
    rows = sparse.kron(sparse.hstack([sparse.eye(n), held]), np.ones((1, count)), format="csc")
    demand = np.zeros(n)
    demand[0] = count
    constraint = LinearConstraint(rows, demand, demand)
    ones = np.ones(len(costs))

    def run():
        return milp(costs, constraints=constraint, integrality=ones, bounds=Bounds(0, 1))

    return run, lambda result: [scale * float(result.fun)]


def bars(p):
    """Open, high, low and close by a rule that both sides compute alike: sines of many frequencies, no random numbers."""
    i = np.arange(p["bars"], dtype=float)
    close = 100 * np.exp(0.2 * np.sin(1e-4 * i) + 0.01 * np.sin(i))
    open_ = close * np.exp(0.01 * np.sin(2 * i))
    high = np.maximum(open_, close) * (1 + 0.005 * (1 + np.sin(3 * i)))
    low = np.minimum(open_, close) / (1 + 0.005 * (1 + np.sin(5 * i)))
    return open_, high, low, close


def ranges(p):
    """Five range estimators with their standard errors; four logarithms a bar, shared. Blocks stay in the cache."""
    open_, high, low, close = bars(p)
    n, block = len(open_), 8192
    m = n - 1
    k = 0.34 / (1.34 + (m + 1) / (m - 1))
    night, up, down, move, work, term = (np.empty(block) for _ in range(6))

    def run():
        sums = np.zeros((5, 2))
        day_mean = float(np.log(close[1:] / open_[1:]).sum()) / m
        night_mean = math.log(close[-1] / close[0]) / m - day_mean

        def count(row, terms):
            # Around a number near the mean nothing cancels.
            if not shifts[row]:
                shifts[row] = terms[0]
            np.subtract(terms, shifts[row], out=terms)
            sums[row] += terms.sum(), np.dot(terms, terms)

        shifts = np.zeros(5)
        for first in range(0, n, block):
            last = min(first + block, n)
            size = last - first
            o, w, t = open_[first:last], work[:size], term[:size]
            u, d, c = up[:size], down[:size], move[:size]
            for column, out in ((high, u), (low, d), (close, c)):
                np.divide(column[first:last], o, out=out)
                np.log(out, out=out)
            np.subtract(u, d, out=w)
            np.multiply(w, w, out=w)
            np.multiply(w, 1 / (4 * math.log(2)), out=t)
            count(0, t)
            square = c * c
            np.multiply(w, 0.5, out=t)
            t -= (2 * math.log(2) - 1) * square
            count(1, t)
            np.multiply(w, 0.511, out=t)
            t -= 0.019 * (c * (u + d) - 2 * u * d) + 0.383 * square
            count(2, t)
            rogers = u * (u - c) + d * (d - c)
            t[:] = rogers
            count(3, t)
            skip = 1 if first == 0 else 0
            e = night[: size - skip]
            np.divide(o[skip:], close[first + skip - 1 : last - 1], out=e)
            np.log(e, out=e)
            e -= night_mean
            e *= e
            c -= day_mean
            c *= c
            count(4, m / (m - 1) * (e + k * c[skip:]) + (1 - k) * rogers[skip:])
        counts = np.array([n, n, n, n, m])
        means = shifts + sums[:, 0] / counts
        errors = np.sqrt((sums[:, 1] - sums[:, 0] ** 2 / counts) / (counts * (counts - 1)))
        return means, errors

    return run, lambda result: [float(value) for values in result for value in values]


def garch(p):
    """Model, fit, robust standard errors and likelihood: what one call of ours gives."""
    returns = np.array(p["returns"])

    def run():
        fit = arch_model(returns, mean="Zero", vol="GARCH", p=1, q=1, rescale=False).fit(disp="off")
        return fit.params.to_numpy(), fit.std_err.to_numpy(), fit.loglikelihood

    return run, lambda result: [*map(float, result[0]), *map(float, result[1]), float(result[2])]


def blocks(p):
    """Positions, covariance, the matrix of squared trades for prices before the trade ("start"), and the step."""
    tau = p["horizon"] / p["intervals"]
    permanent = np.diag(p["permanentImpact"])
    curve = np.array(p["temporaryImpact"]) / tau - 0.5 * permanent
    return np.array(p["positions"], float), np.array(p["covariance"]), curve, tau, permanent


def picked(held):
    return [float(held[1, 0]), float(held[25, -1])]


def portfolio_banded(p):
    """The first-order conditions over all holdings; only the solve is timed, from bands that are filled before."""
    x, covariance, curve, tau, _ = blocks(p)
    n, m = p["intervals"], len(x)
    size = (n - 1) * m
    whole = 2 * curve + p["riskAversion"] * tau * covariance
    bands = np.zeros((2 * m, size))
    for k in range(n - 1):
        for j in range(m):
            column = k * m + j
            bands[: m - j, column] = whole[j:, j]
            if k < n - 2:
                bands[m - j : 2 * m - j, column] = -curve[:, j]
    right = np.zeros(size)
    right[:m] = curve @ x

    def run():
        inner = solveh_banded(bands, right, lower=True, check_finite=False)
        return np.vstack([x, inner.reshape(n - 1, m), np.zeros(m)])

    return run, picked


def portfolio_eigh(p):
    """The eigenvectors of covariance against impact, and the closed form along each."""
    x, covariance, curve, tau, _ = blocks(p)
    n = p["intervals"]
    left = np.arange(n, -1.0, -1.0)[:, None]

    def run():
        risks, vectors = eigh(covariance, curve, check_finite=False)
        theta = 2 * np.arcsinh(0.5 * np.sqrt(p["riskAversion"] * tau * np.maximum(risks, 1e-300)))
        shape = np.sinh(left * theta) / np.sinh(n * theta)
        return (shape * (x @ (curve @ vectors))) @ vectors.T

    return run, picked


def portfolio_clarabel(p):
    """Trades and holdings as variables; no name is traded against its position, so that spreads do not matter."""
    x, covariance, curve, tau, permanent = blocks(p)
    n, m = p["intervals"], len(x)
    scale = np.max(np.abs(x))
    size = n * m
    risk = p["riskAversion"] * tau * covariance
    quadratic = sparse.block_diag([sparse.kron(sparse.eye(n), curve), sparse.kron(sparse.eye(n - 1), risk)])
    upper = sparse.csc_array(sparse.triu(2 * scale * scale * quadratic))
    walk = sparse.hstack([sparse.eye(size), sparse.eye(size, size - m) - sparse.eye(size, size - m, k=-m)])
    sign = np.tile(np.sign(x), n)
    bound = sparse.hstack([sparse.diags(sign), sparse.csc_array((size, size - m))])
    rows = sparse.csc_array(sparse.vstack([walk, bound, -bound]))
    start = np.concatenate([x / scale, np.zeros(size - m)])
    right = np.concatenate([start, np.ravel(p["caps"]) / scale, np.zeros(size)])
    cones = [clarabel.ZeroConeT(size), clarabel.NonnegativeConeT(2 * size)]
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    linear = np.zeros(2 * size - m)
    fixed = 0.5 * x @ permanent @ x

    def run():
        return clarabel.DefaultSolver(upper, linear, rows, right, cones, settings).solve()

    return run, lambda solution: [float(solution.obj_val + fixed)]


peers = {
    "four": four,
    "dots": dots,
    "banded": banded,
    "dense": dense,
    "frontier": frontier,
    "frontier-numba": frontier_numba,
    "frontier-numba-closed": frontier_numba_closed,
    "paths": paths,
    "paths-numba": paths_numba,
    "clarabel": clarabel_direct,
    "power-cone": power_cone,
    "fading": fading,
    "fading-without-risk": fading_without_risk,
    "fading-slippage": fading_slippage,
    "osqp": osqp_direct,
    "chords": chords,
    "lots": lots,
    "ranges": ranges,
    "garch": garch,
    "portfolio-banded": portfolio_banded,
    "portfolio-eigh": portfolio_eigh,
    "portfolio-clarabel": portfolio_clarabel,
}


def main():
    simd = np.show_config(mode="dicts")["SIMD Extensions"]["found"]
    versions = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "arch": arch_version,
        "clarabel": clarabel.__version__,
        "numba": numba.__version__,
        "osqp": osqp.__version__,
        "slippage": slippage_version,
    }
    print(json.dumps({**versions, "simd": simd}), flush=True)
    prepared = {}
    for line in sys.stdin:
        request = json.loads(line)
        key = request["key"]
        if key not in prepared:
            prepared[key] = peers[request["peer"]](request["task"])
        run, answer = prepared[key]
        began = perf_counter_ns()
        for _ in range(request["repetitions"]):
            result = run()
        microseconds = (perf_counter_ns() - began) / 1000 / request["repetitions"]
        print(json.dumps({"microseconds": microseconds, "answer": answer(result)}), flush=True)


main()
