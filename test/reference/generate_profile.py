"""Writes profile.json: optima of programs whose parameters vary, free and within bounds, with 60 digits.

    python -m pip install mpmath numpy && python test/reference/generate_profile.py

There is no formula for E or V here. E is what a walk of the price without noise costs; V is Σ_j c_j², c_j the
coefficient of ζ_j in the cost, found by walking the price as a linear form in the ζ_j. Second derivatives are E and
these coefficients at unit trades; an optimum solves the dense system over the trades that are free. numpy only guesses
which bounds bind: the guess is mended, and proved by the one-sided marginal costs, at 60 digits.
Inputs are doubles and are taken for exact; each result is rounded once. A run takes about 90 s.
"""

import json
from dataclasses import dataclass, replace
from math import fsum
from pathlib import Path
from random import Random

import numpy as np
from mpmath import acosh, inf, lu_solve, matrix, mp, mpf, sinh, sqrt

mp.dps = 60
SMALL = mpf(10) ** -40
TABLE = {  # Almgren and Chriss 2001, Table 1
    "side": "sell",
    "shares": 1e6,
    "horizon": 5.0,
    "intervals": 5,
    "volatility": 0.95,
    "temporaryImpact": 2.5e-6,
    "permanentImpact": 2.5e-7,
    "halfSpread": 0.0625,
    "drift": 0.0,
    "riskAversion": 1e-6,
    "timing": "start",
    "arrivalPrice": 50.0,
}
random = Random(20010)


# The model: prices are walked, nothing else.


@dataclass(frozen=True)
class Market:
    timing: str
    s: int
    start: mpf
    length: list
    sigma: list
    eta: list
    gamma: list
    epsilon: list
    alpha: list
    open: list

    def price(self, before, after):
        """The price that a trade gets, before spread and temporary impact."""
        return {"start": before, "end": after, "mid": (before + after) / 2}[self.timing]


def market(problem: dict) -> Market:
    count, profile = problem["intervals"], problem.get("profile", {})

    def row(name: str) -> list:
        return [mpf(v) for v in profile.get(name, [problem.get(name, 0.0)] * count)]

    length = [mpf(v) for v in profile["lengths"]] if "lengths" in profile else [mpf(problem["horizon"]) / count] * count
    assert abs(sum(length) / mpf(problem["horizon"]) - 1) < mpf(10) ** -12
    names = ("volatility", "temporaryImpact", "permanentImpact", "halfSpread", "drift")
    return Market(
        problem["timing"],
        1 if problem["side"] == "sell" else -1,
        mpf(problem["arrivalPrice"]),
        length,
        *(row(name) for name in names),
        profile.get("open", [True] * count),
    )


def sign(v) -> int:
    return (v > 0) - (v < 0)


def expected(m: Market, trades: list) -> mpf:
    """Cost of a walk without noise."""
    price, received = m.start, mpf(0)
    for k, n in enumerate(trades):
        before = price
        price = before + m.alpha[k] * m.length[k] - m.s * m.gamma[k] * n
        fill = m.price(before, price) - m.s * (m.epsilon[k] * sign(n) + m.eta[k] * n / m.length[k])
        received += n * fill
    return m.s * (sum(trades) * m.start - received)


def noise(m: Market, trades: list) -> list:
    """Coefficients of ζ_1 … ζ_N in the cost: each ζ_j walks alone."""
    coefficients = []
    for j in range(len(trades)):
        price, received = mpf(0), mpf(0)
        for k in range(j, len(trades)):
            before = price
            price = before + (m.sigma[k] * sqrt(m.length[k]) if k == j else 0)
            received += trades[k] * m.price(before, price)
        coefficients.append(-m.s * received)
    return coefficients


PARTS = {"permanent": "gamma", "spread": "epsilon", "temporary": "eta", "drift": "alpha"}


def only(m: Market, *kept: str) -> Market:
    return replace(m, **{row: [mpf(0)] * len(m.length) for row in PARTS.values() if row not in kept})


def report(m: Market, trades: list, lam: mpf) -> dict:
    total = expected(m, trades)
    parts = {name: expected(only(m, row), trades) for name, row in PARTS.items()}
    assert abs(sum(parts.values()) - total) <= SMALL * max(abs(v) for v in (*parts.values(), total))
    variance = sum(c * c for c in noise(m, trades))
    return {"expectedCost": total, **parts, "costVariance": variance, "objective": total + lam * variance}


# The quadratic form: U = ½ n'Qn + c'n + Σ ε|n|, from the walks of unit trades.


def quadratic(m: Market, lam: mpf) -> tuple:
    count = len(m.length)
    unit = [[mpf(i == k) for i in range(count)] for k in range(count)]
    second, first = only(m, "gamma", "eta"), only(m, "alpha")
    alone, loading = [expected(second, u) for u in unit], [noise(m, u) for u in unit]
    q = matrix(count, count)
    for i in range(count):
        for k in range(i + 1):
            both = [a + b for a, b in zip(unit[i], unit[k])]
            product = sum(a * b for a, b in zip(loading[i], loading[k]))
            q[i, k] = q[k, i] = expected(second, both) - alone[i] - alone[k] + 2 * lam * product
    return q, [expected(first, u) for u in unit]


def slope(q, c: list, trades: list) -> list:
    return [c[i] + sum(q[i, k] * n for k, n in enumerate(trades)) for i in range(len(trades))]


def holdings_matrix(q, free: list):
    """Second derivatives in the shares held after each free trade but the last."""
    size = len(free) - 1
    h = matrix(size, size)
    for i in range(size):
        for k in range(size):
            a, b, d, e = free[i], free[i + 1], free[k], free[k + 1]
            h[i, k] = q[a, d] - q[a, e] - q[b, d] + q[b, e]
    return h


def convex(q, free: list) -> bool:
    """All eigenvalues above zero, by Cholesky's pivots."""
    try:
        mp.cholesky(holdings_matrix(q, free))
    except ValueError:
        return False
    return True


def holding_curvatures(q) -> list:
    """b_k of Σ a_k n_k² + b_k x_k² for k = 1 … N − 2: half the row sums of the matrix in x_0 … x_{N−1}."""
    count = q.rows
    step = lambda k: [mpf(i == k) - mpf(i == k - 1) for i in range(count)]  # one share more in x_k
    product = lambda u, v: sum(u[i] * q[i, k] * v[k] for i in range(count) for k in range(count) if u[i] and v[k])
    return [sum(product(step(k), step(j)) for j in (k - 1, k, k + 1)) / 2 for k in range(1, count - 1)]


def stationary(q, linear: list, fixed: dict, shares: mpf) -> tuple:
    """Trades and common price: Qn + linear = price where free, n as given where fixed, Σn = shares."""
    free = [i for i in range(len(linear)) if i not in fixed]
    size = len(free)
    system, right = matrix(size + 1, size + 1), matrix(size + 1, 1)
    for a, i in enumerate(free):
        for b, k in enumerate(free):
            system[a, b] = q[i, k]
        system[a, size], system[size, a] = -1, 1
        right[a] = -linear[i] - sum(q[i, k] * n for k, n in fixed.items())
    right[size] = shares - sum(fixed.values())
    # Rows of currency and of shares are far apart in size: with 60 digits the residual below still passes.
    solution = lu_solve(system, right)
    trades = [fixed.get(i, mpf(0)) for i in range(len(linear))]
    for a, i in enumerate(free):
        trades[i] = solution[a]
    return trades, solution[size]


def plain(v: mpf) -> float:
    """Rounded once; zeros that carry the last digits of a solve are zeros."""
    return 0.0 if abs(v) < SMALL else float(v)


def floats(values) -> list:
    return [plain(v) for v in values]


def holdings(trades: list) -> list:
    x = [sum(trades)]
    for n in trades:
        x.append(x[-1] - n)
    return [*x[:-1], mpf(0)]


def check_by_walking(m: Market, lam: mpf, trades: list, price: mpf, free: list) -> None:
    """The slope of U along each exchange of shares between two free trades, and along one share more, by walking."""
    objective = lambda n: expected(m, n) + lam * sum(c * c for c in noise(m, n))
    sizes = [abs(trades[i]) for i in free]
    h = mpf(1) if not any(m.epsilon) else min(mpf(1), min(sizes) / 2)

    def central(up: int, down: int | None) -> mpf:
        moved = []
        for step in (h, -h):
            n = list(trades)
            n[up] += step
            if down is not None:
                n[down] -= step
            moved.append(objective(n))
        return (moved[0] - moved[1]) / (2 * h)  # exact: U is quadratic between −h and h

    tolerance = SMALL if h > mpf(10) ** -10 else SMALL / h * mpf(10) ** -10
    assert all(abs(central(i, free[0])) < tolerance for i in free[1:]), h
    assert abs(central(free[0], None) - price) < tolerance


# A. Free optima.


def free_optimum(problem: dict, walk: bool = True) -> dict:
    m, lam, shares = market(problem), mpf(problem["riskAversion"]), mpf(problem["shares"])
    q, c = quadratic(m, lam)
    free = [k for k, is_open in enumerate(m.open) if is_open]
    assert convex(q, free)
    closed = {k: mpf(0) for k, is_open in enumerate(m.open) if not is_open}
    linear = [a + b for a, b in zip(c, m.epsilon)]
    trades, price = stationary(q, linear, closed, shares)
    gradient = slope(q, linear, trades)
    assert all(abs(gradient[i] - price) < SMALL for i in free) and abs(sum(trades) - shares) < SMALL
    if any(m.epsilon) and min(trades[i] for i in free) <= 0:
        raise ArithmeticError("the optimum reverses, and there is a spread")
    if walk:
        check_by_walking(m, lam, trades, price, free)
    return {"trades": trades, "marginalCost": price, "report": report(m, trades, lam)}


def shown(optimum: dict) -> dict:
    return {
        "remaining": floats(holdings(optimum["trades"])),
        "trades": floats(optimum["trades"]),
        "marginalCost": plain(optimum["marginalCost"]),
        **{name: plain(v) for name, v in optimum["report"].items()},
    }


def rounded(v: float) -> float:
    return float(f"{v:.4g}")


def factor() -> float:
    return 0.3 * 10 ** random.random()


def varied(base: float, count: int) -> list:
    return [rounded(base * factor()) for _ in range(count)]


def draw(count: int, timing: str, side: str, drift: float, lam: float, closed="", falling=0.0, missing="") -> dict:
    problem = {**TABLE, "side": side, "timing": timing, "intervals": count}
    problem["shares"] = float(round(1e6 * factor()))
    for name in ("volatility", "temporaryImpact", "permanentImpact", "halfSpread"):
        problem[name] = rounded(TABLE[name] * factor())
    problem["riskAversion"] = rounded(lam * factor())
    lengths = varied(5 * factor() / count, count)
    problem["horizon"] = fsum(lengths)
    profile = {"lengths": lengths}
    for name in ("volatility", "temporaryImpact", "permanentImpact", "halfSpread"):
        profile[name] = varied(TABLE[name], count)
    if falling:
        # Price moved per share: nearly level, and a fall in the middle.
        level = lambda k: falling * (1 if k < count // 2 else 0.1) * (1 - 0.01 * k / count)
        profile["permanentImpact"] = [rounded(level(k)) for k in range(count)]
    if drift:
        profile["drift"] = [rounded(v * random.choice((1, 1, -1))) for v in varied(drift, count)]
        problem["drift"] = rounded(drift)
    half = count // 2
    out = {"": [], "middle": [half, half + 1][: 1 + (count > 8)], "first": [0], "last": [count - 1]}
    out["several"] = [0, 1, half, count - 1]
    if closed:
        profile["open"] = [k not in out[closed] for k in range(count)]
    if missing:
        del profile[missing]
    return {**problem, "profile": profile}


def without_spread(problem: dict) -> dict:
    profile = {name: row for name, row in problem["profile"].items() if name != "halfSpread"}
    return {**problem, "halfSpread": 0.0, "profile": profile}


def profile_case(name: str, problem: dict, alone: bool = True) -> dict:
    try:
        optimum = free_optimum(problem)
    except ArithmeticError:
        problem = without_spread(problem)
        optimum = free_optimum(problem)
    m, lam = market(problem), mpf(problem["riskAversion"])
    free = [k for k, is_open in enumerate(m.open) if is_open]
    assert convex(quadratic(m, mpf(0))[0], free) == alone
    curvature = [float(b) for b in holding_curvatures(quadratic(m, lam)[0])]
    usable = sum(t for t, is_open in zip(m.length, m.open) if is_open)
    level = [mpf(problem["shares"]) * t / usable * is_open for t, is_open in zip(m.length, m.open)]
    reverses = min(optimum["trades"]) < 0
    negative = sum(b < 0 for b in curvature)
    print(f"{name}: {negative} negative curvatures, {'reverses' if reverses else 'keeps its sign'},", end=" ")
    print("smallest trade / X", float(min(abs(optimum["trades"][k]) for k in free) / mpf(problem["shares"])))
    if "falling" in name:
        assert negative
    return {
        "name": name,
        "problem": problem,
        "expectedCostConvex": alone,
        "optimum": shown(optimum),
        "proportional": {key: plain(v) for key, v in report(m, level, lam).items()},
    }


def by_risk(problem: dict) -> bool:
    """E alone is not convex, E + λV is."""
    m, every = market(problem), list(range(problem["intervals"]))
    return convex(quadratic(m, mpf(problem["riskAversion"]))[0], every) and not convex(quadratic(m, mpf(0))[0], every)


def profile_cases() -> list:
    sizes = (2, 3, 5, 16, 10, 8, 12, 24, 9, 14, 7, 40, 11, 20, 6, 18, 4, 15, 6, 30, 13, 8, 3, 10)
    gates = ("", "middle", "first", "", "last", "several", "")
    falling = (3, 6, 9, 13, 17, 20)
    attitudes = ("risk averse", "risk neutral", "strongly risk averse", "slightly risk averse")
    rows = ("volatility", "temporaryImpact", "permanentImpact", "halfSpread")
    places = [(t, s, d) for t in ("start", "end", "mid") for s in ("sell", "buy") for d in (0.0, 0.0, 0.2, 0.2)]
    cases = []
    for index, (timing, side, drift) in enumerate(places):
        count = sizes[index]
        attitude = attitudes[(index + index // 4) % 4]
        fall = 1.2e-6 * 10 / count if index in falling else 0.0
        if fall and attitude != "risk neutral":
            attitude = "slightly risk averse"
        lam = {"risk averse": 1e-6, "risk neutral": 0.0, "strongly risk averse": 3e-5}.get(attitude, 3e-8)
        gate = gates[index % 7] if count > 5 else ""
        missing = rows[index // 5] if index % 5 == 4 else ""
        problem = draw(count, timing, side, drift, lam, gate, fall, missing)
        notes = [f"N = {count}", timing, side, attitude]
        notes += ["drift"] * bool(drift) + [f"closed: {gate}"] * bool(gate) + ["falling permanent impact"] * bool(fall)
        notes += [f"scalar {missing}"] * bool(missing)
        cases.append(profile_case(", ".join(notes), problem))
    while not by_risk(hard := draw(12, "start", "sell", 0.0, 1e-5, falling=6e-6)):
        pass
    cases.append(profile_case("N = 12, start, sell, falling permanent impact, convex by its risk only", hard, False))
    return cases


# B. Optima within bounds.


def guess(q, c: list, m: Market, lower: list, upper: list, shares: float) -> list:
    """Alternating directions (ADMM) in doubles: trades over shares, exactly at a bound or at 0 where they stick."""
    count = len(c)
    dense = np.array(q.tolist(), dtype=float) * shares
    c, epsilon = np.array(floats(c)), np.array(floats(m.epsilon))
    low, high = np.array(floats(lower)) / shares, np.array(floats(upper)) / shares
    rho = float(np.median(np.diag(dense)))
    system = np.block([[dense + rho * np.eye(count), np.ones((count, 1))], [np.ones((1, count)), np.zeros((1, 1))]])
    inverse = np.linalg.inv(system)
    z, dual = np.full(count, 1 / count), np.zeros(count)
    for _ in range(8000):
        n = (inverse @ np.append(rho * (z - dual) - c, 1.0))[:count]
        v = n + dual
        z = np.clip(np.sign(v) * np.maximum(np.abs(v) - epsilon / rho, 0), low, high)
        dual = v - z
    return [float(v) for v in z]


def bounded_optimum(problem: dict, lower: list, upper: list) -> dict:
    m, lam, shares = market(problem), mpf(problem["riskAversion"]), mpf(problem["shares"])
    count = len(m.length)
    q, c = quadratic(m, lam)
    low = [mpf(v) * is_open for v, is_open in zip(lower, m.open)]
    high = [mpf(v) * is_open for v, is_open in zip(upper, m.open)]
    assert convex(q, [k for k in range(count) if m.open[k]]) and sum(low) <= shares <= sum(high)
    z = guess(q, c, m, low, high, float(shares))
    state = []  # per interval: the value it sticks to, or the sign of its free trade
    for k, v in enumerate(z):
        at_low, at_high = v * float(shares) <= float(low[k]), v * float(shares) >= float(high[k])
        stuck = low[k] if at_low else high[k] if at_high else mpf(0) if v == 0 and m.epsilon[k] else None
        state.append(("at", stuck) if stuck is not None else ("free", 1 if v >= 0 else -1))
    for _ in range(200):
        fixed = {k: v for k, (kind, v) in enumerate(state) if kind == "at"}
        signs = [v if kind == "free" else 0 for kind, v in state]
        if len(fixed) == count:
            trades, price = [fixed[k] for k in range(count)], None
            assert sum(trades) == shares
        else:
            linear = [a + e * s for a, e, s in zip(c, m.epsilon, signs)]
            trades, price = stationary(q, linear, fixed, shares)
        smooth = slope(q, c, trades)
        below, above = one_sided(m, smooth, trades, low, high)
        if not mend(state, m, trades, low, high, below, above, price):
            break
    else:
        raise ArithmeticError("no active set found")
    if price is not None:
        # The common price is what one share more in the order adds to the least U (quadratic near the optimum).
        more, less = (stationary(q, linear, fixed, shares + h)[0] for h in (1, -1))
        added = report(m, more, lam)["objective"] - report(m, less, lam)["objective"]
        assert abs(added / 2 - price) < SMALL
    return proved(m, lam, trades, price, smooth, low, high, below, above, shares)


def one_sided(m: Market, smooth: list, trades: list, low: list, high: list) -> tuple:
    """What the last share costs, and what the next one would: −∞ and ∞ where the bound allows no change."""
    last = lambda k: smooth[k] + m.epsilon[k] * (1 if trades[k] > 0 else -1)
    following = lambda k: smooth[k] + m.epsilon[k] * (1 if trades[k] >= 0 else -1)
    below = [last(k) if trades[k] > low[k] else -inf for k in range(len(trades))]
    above = [following(k) if trades[k] < high[k] else inf for k in range(len(trades))]
    return below, above


def mend(state, m, trades, low, high, below, above, price) -> bool:
    """Moves the intervals whose state is wrong; False if none is."""
    wrong = False
    for k, (kind, v) in enumerate(state):
        if kind == "free":
            floor = max(low[k], mpf(0)) if m.epsilon[k] and v > 0 else low[k]
            ceiling = min(high[k], mpf(0)) if m.epsilon[k] and v < 0 else high[k]
            if not floor < trades[k] < ceiling:
                state[k], wrong = ("at", floor if trades[k] <= floor else ceiling), True
        elif price is not None and below[k] > price:
            state[k], wrong = ("free", 1 if trades[k] > 0 else -1), True
        elif price is not None and above[k] < price:
            state[k], wrong = ("free", 1 if trades[k] >= 0 else -1), True
    return wrong


def proved(m, lam, trades, price, smooth, low, high, below, above, shares) -> dict:
    count = len(trades)
    kinked = [m.epsilon[k] > 0 and trades[k] == 0 for k in range(count)]
    inside = [k for k in range(count) if low[k] < trades[k] < high[k] and not kinked[k]]
    least, most = max(below), min(above)
    assert least <= most + SMALL and abs(sum(trades) - shares) < SMALL
    result = {"trades": trades, "report": report(m, trades, lam), "smooth": smooth, "range": (least, most)}
    if price is None:
        assert not inside and least < most
        return {**result, "marginalCost": None}
    assert inside and abs(least - price) < SMALL and abs(most - price) < SMALL
    check_by_walking(m, lam, trades, price, inside)
    prices = {"lowerPrices": [], "upperPrices": [], "lowerPricesLoosened": [], "upperPricesLoosened": []}
    margin = [mpf(1)]
    for k in range(count):
        n, e, g = trades[k], m.epsilon[k], smooth[k]
        if not m.open[k]:
            for row in prices.values():
                row.append(None)
            continue
        up, down = g + e * (1 if n >= 0 else -1), g + e * (1 if n > 0 else -1)
        at_low, at_high = n == low[k], n == high[k]
        row = [up - price if at_low else 0, price - down if at_high else 0]
        row += [max(0, down - price) if at_low else 0, max(0, price - up) if at_high else 0]
        assert min(row) > -SMALL
        # Stationarity: smooth marginal cost + a subgradient of the spread − lower price + upper price = price.
        needed = (price - g + row[0] - row[1]) if at_low or at_high else price - g
        assert abs(needed) <= e + SMALL if n == 0 else abs(needed - e * sign(n)) < SMALL
        margin += [row[0]] * at_low + [row[1]] * at_high
        margin += [e - abs(price - g)] if kinked[k] and not at_low and not at_high else []
        for values, v in zip(prices.values(), row):
            values.append(v)
    return {**result, "marginalCost": price, **prices, "margin": min(margin), "inside": inside}


def bounded_case(name: str, problem: dict, lower: list, upper: list) -> dict:
    best = bounded_optimum(problem, lower, upper)
    n, m, shares = best["trades"], market(problem), problem["shares"]
    kinks = sum(v == 0 and m.open[k] and lower[k] < 0 < upper[k] for k, v in enumerate(n))
    at = [sum(a == b for a, b in zip(n, bounds)) for bounds in (lower, upper)]
    gaps = [float(min(n[k] - lower[k], upper[k] - n[k]) / mpf(shares)) for k in best.get("inside", ())]
    print(f"{name}: {at[0]} at lower, {at[1]} at upper, {kinks} at the kink,", end=" ")
    print(f"{sum(v < 0 for v in n)} negative,", end=" ")
    print(f"least price of a bound {float(best.get('margin', 0)):.2g}, nearest inside / X {min(gaps, default=None)}")
    case = {"name": name, "problem": problem, "lower": lower, "upper": upper}
    found = {"remaining": floats(holdings(n)), "trades": floats(n)}
    found |= {key: plain(v) for key, v in best["report"].items()}
    found["smoothMarginalCosts"] = floats(best["smooth"])
    if best["marginalCost"] is None:
        found |= {"marginalCost": None, "marginalCostRange": floats(best["range"])}
    else:
        found["marginalCost"] = plain(best["marginalCost"])
        for key in ("lowerPrices", "upperPrices", "lowerPricesLoosened", "upperPricesLoosened"):
            found[key] = [None if v is None else plain(v) for v in best[key]]
        for key in ("lowerPrices", "upperPrices"):
            if found[key + "Loosened"] == found[key]:
                del found[key + "Loosened"]
    assert all(v is True or a == 0 for v, a in zip(m.open, n))
    return {**case, "optimum": found}


def with_free(case: dict) -> dict:
    return {**case, "unbounded": shown(free_optimum(case["problem"]))}


def caps(problem: dict, most: float) -> list:
    """At most this multiple of an equal pace, by interval, times 0.7 to 1.3."""
    pace = problem["shares"] / problem["intervals"]
    return [float(round(most * pace * random.uniform(0.7, 1.3))) for _ in range(problem["intervals"])]


def wide(problem: dict) -> dict:
    """Four times the spread, so that some intervals trade neither way."""
    spread = [rounded(4 * v) for v in problem["profile"]["halfSpread"]]
    return {**problem, "profile": {**problem["profile"], "halfSpread": spread}}


def bounded_cases() -> list:
    cases = []

    def add(name, problem, least, most):
        count = problem["intervals"]
        lower = [0.0] * count if least is None else [-v for v in caps(problem, least)] if least else least
        cases.append(bounded_case(name, problem, lower, caps(problem, most)))

    add("caps, sell, start", draw(10, "start", "sell", 0.0, 1e-6), None, 1.8)
    add("caps, buy, end, drift, pauses", draw(12, "end", "buy", 0.2, 1e-6, "middle"), None, 1.9)
    add("caps, sell, mid, strongly risk averse", draw(15, "mid", "sell", 0.0, 1e-5), None, 2.2)
    add("no reversal, buy, mid, drift", draw(8, "mid", "buy", 6.0, 1e-6), None, 3.0)
    reversal = wide(draw(14, "start", "sell", 2.0, 1e-7))
    add("reversal and spread, sell, start, drift", reversal, 0.8, 3.0)
    reversal = wide(draw(11, "end", "buy", 4.0, 3e-7, "first"))
    add("reversal and spread, buy, end, drift, first closed", reversal, 0.5, 2.5)
    reversal = wide(draw(16, "mid", "sell", 3.0, 1e-6, "several"))
    add("reversal and spread, sell, mid, drift, several closed", reversal, 0.4, 3.0)
    neutral = draw(12, "start", "buy", 0.3, 0.0, falling=1e-6)
    add("falling permanent impact, buy, start, risk neutral", neutral, 0.3, 1.6)

    least = draw(9, "start", "buy", 0.3, 1e-6)
    lower = [float(round(0.3 * v)) for v in caps(least, 1.0)]
    lower[4], lower[7] = 0.0, -lower[7]
    cases.append(bounded_case("least trades above zero, buy, start", least, lower, caps(least, 1.7)))

    third = {**TABLE, "intervals": 6, "shares": 900000.0, "drift": -3.0}
    cases.append(bounded_case("each trade at a bound", third, [0.0] * 6, [300000.0] * 6))

    # Intervals too coarse for "mid": η/τ below λσ²τ/4, holdings alternate.
    mid = {**TABLE, "timing": "mid", "halfSpread": 0.0, "intervals": 8}
    coarse = {**mid, "riskAversion": 4e-5}
    finer = {**mid, "side": "buy", "riskAversion": 2e-5, "drift": 0.3, "intervals": 6}
    spread = {**mid, "riskAversion": 1e-4, "halfSpread": 0.0625, "drift": -0.2, "intervals": 10}
    for problem in (coarse, finer, spread):
        tau = mpf(problem["horizon"]) / problem["intervals"]
        assert mpf(problem["temporaryImpact"]) / tau < mpf(problem["riskAversion"]) * mpf(0.95) ** 2 * tau / 4
    cases.append(with_free(bounded_case("too coarse, mid, sell", coarse, [-2e4] * 8, [5e5] * 8)))
    cases.append(with_free(bounded_case("too coarse, mid, buy, drift, no reversal", finer, [0.0] * 6, [7e5] * 6)))
    cases.append(bounded_case("too coarse, mid, sell, drift, spread", spread, [-5e5] * 10, [8e5] * 10))

    # η/τ = λσ²τ/4 to the last bit: U is diagonal in the holdings.
    level = {**mid, "volatility": 0.75, "riskAversion": 2.0**-16, "intervals": 10, "temporaryImpact": 0.5625 * 2.0**-20}
    tau = level["horizon"] / level["intervals"]
    assert level["temporaryImpact"] / tau == level["riskAversion"] * level["volatility"] ** 2 * tau / 4
    assert mpf(level["temporaryImpact"]) / mpf("0.5") == mpf(level["riskAversion"]) * mpf("0.75") ** 2 / 8
    cases.append(with_free(bounded_case("η/τ = λσ²τ/4, mid, sell", level, [0.0] * 10, [3e5] * 10)))
    tilted = {**level, "drift": 0.25, "side": "buy", "intervals": 10}
    cases.append(with_free(bounded_case("η/τ = λσ²τ/4, mid, buy, drift", tilted, [-5e3] * 10, [3e5] * 10)))
    return cases


# C. A round trip that makes money, although each a_k is positive.


def money_machine() -> dict:
    count = 20
    problem = {**TABLE, "intervals": count, "temporaryImpact": 2.5e-7, "halfSpread": 0.0, "riskAversion": 0.0}
    problem["profile"] = {"permanentImpact": [8e-7] * 10 + [0.0] * 10}
    m = market(problem)
    a = [e / t - g / 2 for e, t, g in zip(m.eta, m.length, m.gamma)]
    assert min(a) > 0
    q, _ = quadratic(m, mpf(0))
    risk = quadratic(only(m), mpf(1))[0]
    low, high = mpf(0), mpf(1)
    while (high - low) > high * mpf(10) ** -20:
        middle = (low + high) / 2
        low, high = (low, middle) if convex(q + middle * risk, list(range(count))) else (middle, high)
    h = holdings_matrix(q, list(range(count)))
    assert not convex(q, list(range(count)))
    values, vectors = mp.eigsy(h)
    x = [mpf(0), *(vectors[k, 0] for k in range(count - 1)), mpf(0)]
    n = [x[k] - x[k + 1] for k in range(count)]
    # Trades in units of 2^-20, so that the doubles are exact and add up to 0 exactly.
    largest = max(range(count), key=lambda k: abs(n[k]))
    trades = [mp.nint(v / n[largest] * 2**20) / 2**20 for v in n]
    trades[0 if largest else 1] -= sum(trades)
    assert sum(trades) == 0 and max(abs(v) for v in trades) == 1 and all(mpf(float(v)) == v for v in trades)
    cost = expected(only(m, "gamma", "eta"), trades)
    assert cost < 0 and values[0] < 0
    print("money machine: eigenvalue", float(values[0]), "cost", float(cost), "smallest a_k", float(min(a)))
    return {
        "problem": problem,
        "smallestCoefficient": float(min(a)),
        "convexAboveRiskAversion": float(high),
        "smallestEigenvalue": float(values[0]),
        "roundTrip": floats(trades),
        "secondOrderCost": float(cost),
    }


# D. "mid" against the continuous optimum.


def table_mid() -> dict:
    shares, horizon, sigma, eta, lam = (
        mpf(TABLE[k]) for k in ("shares", "horizon", "volatility", "temporaryImpact", "riskAversion")
    )
    kappa = sigma * sqrt(lam / eta)
    area = (sinh(2 * kappa * horizon) / (4 * kappa) - horizon / 2) / sinh(kappa * horizon) ** 2
    limit = sigma**2 * shares**2 * area
    holding = lambda t: shares * sinh(kappa * (horizon - t)) / sinh(kappa * horizon)
    by_quadrature = mp.quad(lambda t: sigma**2 * holding(t) ** 2, [0, horizon])
    assert abs(by_quadrature / limit - 1) < SMALL
    rows = []
    for count in (5, 20, 100):
        for timing in ("start", "end", "mid"):
            problem = {**TABLE, "intervals": count, "timing": timing}
            optimum = free_optimum(problem, walk=count < 50)
            remaining = holdings(optimum["trades"])
            tau = horizon / count
            row = {"intervals": count, "timing": timing}
            row |= {k: float(optimum["report"][k]) for k in ("expectedCost", "costVariance", "objective")}
            row["relativeErrorOfVariance"] = float(optimum["report"]["costVariance"] / limit - 1)
            if timing == "mid":
                a, w = eta / tau, lam * sigma**2 * tau / 4
                theta = acosh((a + w) / (a - w))
                closed = [shares * sinh((count - k) * theta) / sinh(count * theta) for k in range(count + 1)]
                assert max(abs(u - v) for u, v in zip(closed, remaining)) < SMALL * shares
                row["kappa"] = float(theta / tau)
                if count < 50:
                    row["remaining"] = floats(remaining)
            print(count, timing, "V", row["costVariance"], f"{100 * row['relativeErrorOfVariance']:+.5f} %")
            rows.append(row)
    return {"problem": TABLE, "continuousKappa": float(kappa), "continuousVariance": float(limit), "rows": rows}


result = {
    "profiles": profile_cases(),
    "bounded": bounded_cases(),
    "moneyMachine": money_machine(),
    "mid": table_mid(),
}
path = Path(__file__).parent / "profile.json"
path.write_text(json.dumps(result, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n")
print(len(result["profiles"]), "+", len(result["bounded"]), "cases,", path.stat().st_size, "bytes")
