import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  costReport,
  defineProblem,
  type ExecutionProblem,
  efficientFrontier,
  type FrontierPoint,
  optimalSchedule,
  type ProblemInput,
  requireOptimal,
} from "../../src/index";
import { seedA, table1 } from "../helpers/problems";
import { expectRelative, reference } from "../helpers/reference";

/** What the frontier says of one λ. */
function pointAt(problem: ExecutionProblem, riskAversion: number): FrontierPoint {
  return efficientFrontier(problem, [riskAversion])[0];
}

/** Asserts that a point is the cost report of the optimum for its λ, within 1e-12. */
function expectRoute(problem: ExecutionProblem, point: FrontierPoint): void {
  const { riskAversion } = point;
  const varied = defineProblem({ ...problem, riskAversion });
  const report = costReport(varied, optimalSchedule(varied));
  for (const field of ["expectedCost", "costVariance", "standardDeviation", "objective"] as const) {
    expectRelative(point[field], report[field], 1e-12, `${field} for λ ${riskAversion}`);
  }
}

describe("the frontier has", () => {
  const problem = defineProblem(table1);

  test("one point a λ, in the order of the λ, repeated ones too", () => {
    const riskAversions = [1e-5, 0, 1e-6, 1e-5];
    const points = efficientFrontier(problem, riskAversions);
    expect(points.map(({ riskAversion }) => riskAversion)).toEqual(riskAversions);
    expect(points[3]).toEqual(points[0]);
    expect(points[0].expectedCost).toBeGreaterThan(points[2].expectedCost);
    expect(efficientFrontier(problem, Float64Array.from(riskAversions))).toEqual(points);
  });

  test("nothing to do with the problem's own λ", () => {
    expect(pointAt(defineProblem({ ...problem, riskAversion: 1e-3 }), 1e-6)).toEqual(pointAt(problem, 1e-6));
  });
});

describe("a point is the cost report of the optimum for its λ (1e-12)", () => {
  for (const timing of ["start", "end"] as const) {
    for (const side of ["sell", "buy"] as const) {
      test.each<[string, Partial<ProblemInput>, number[]]>([
        ["from indifference to great haste", {}, [0, 1e-15, 1e-9, 1e-6, 1e-3, 1]],
        ["with a trend", { drift: 0.02, halfSpread: 0 }, [0, 1e-7, 1e-6, 1e-4]],
        ["for a risk seeker within the limit", { halfSpread: 0 }, [-1e-9, -2e-7, -4e-7]],
        ["for a risk seeker with a trend", { drift: 0.02, halfSpread: 0 }, [-2e-7]],
        ["in a single interval", { intervals: 1 }, [-1e-6, 0, 1e-6]],
        ["without volatility", { volatility: 0 }, [0, 1e-6]],
      ])(`${timing}, ${side}: %s`, (_, change, riskAversions) => {
        const problem = defineProblem({ ...table1, timing, side, ...change });
        for (const point of efficientFrontier(problem, riskAversions)) expectRoute(problem, point);
      });
    }
  }
});

describe("no digits cancel", () => {
  // AC eq. 20 at 60 digits, Nθ from 0.003 to 30. At a million intervals the terms of Σx² agree in their leading
  // digits for small Nθ, and another form of it takes over below Nθ = 1.
  const exact: [intervals: number, riskAversion: number, timing: "start" | "end", E: number, V: number][] = [
    [1e6, 1e-12, "start", 687499.875000905, 1504162600405.411],
    [1e6, 1e-9, "start", 687500.7784535234, 1502356726897.3103],
    [1e6, 1.1e-7, "start", 696651.5037406045, 1329980026357.729],
    [1e6, 1.2e-7, "start", 698224.3739329191, 1316300613355.1345],
    [1e6, 1e-4, "start", 7697908.503251394, 75101828816.40466],
    [2, 1e-12, "start", 625000.0000007272, 564061045527.3663],
    [2, 1e-3, "start", 1061822.1184129003, 338809.39932302514],
    [1e6, 1e-12, "end", 687500.125000905, 1504167112906.316],
    [1e6, 1e-9, "end", 687501.0284530725, 1502361240299.9878],
    [1e6, 1.1e-7, "end", 696651.7499446403, 1329984614964.7983],
    [1e6, 1.2e-7, "end", 698224.619558695, 1316305206992.4055],
    [1e6, 1e-4, "end", 7697910.3808537545, 75106360092.42827],
    [2, 1e-12, "end", 750000.0000005657, 2820311368743.021],
    [2, 1e-3, "end", 1311379.7922788332, 2256250559824.7236],
  ];
  test.each(exact)("%d intervals, λ %d, %s: E and V have 13 digits", (intervals, λ, timing, E, V) => {
    const point = pointAt(defineProblem({ ...table1, intervals, timing }), λ);
    expectRelative(point.expectedCost, E, 1e-13, "E");
    expectRelative(point.costVariance, V, 1e-13, "V");
  });

  const { shares: X, horizon: T, intervals: N, volatility: σ, halfSpread: ε } = table1;
  const { temporaryImpact: η, permanentImpact: γ } = table1;
  const τ = T / N;
  const fixed = 0.5 * γ * X ** 2 + ε * X;
  const a = { start: η / τ - 0.5 * γ, end: η / τ + 0.5 * γ };

  test.each(["start", "end"] as const)("λ → 0, %s: equal trades", (timing) => {
    const problem = defineProblem({ ...table1, timing });
    // Σ x_k² of equal trades, with the whole order exposed as well where prices are those after the trade.
    const holdings = ((N - 1) * (2 * N - 1)) / (6 * N) + (timing === "end" ? 1 : 0);
    for (const λ of [0, 5e-324, 1e-100, 1e-30]) {
      const { expectedCost, costVariance, objective } = pointAt(problem, λ);
      expectRelative(expectedCost, fixed + (a[timing] * X ** 2) / N, 1e-15, `E for λ ${λ}`);
      expectRelative(costVariance, σ ** 2 * τ * X ** 2 * holdings, 1e-15, `V for λ ${λ}`);
      expect(objective).toBe(expectedCost + λ * costVariance);
    }
  });

  test("λ → ∞: everything at once, and what is left falls as 1/λ²", () => {
    const [start, end] = (["start", "end"] as const).map((timing) => defineProblem({ ...table1, timing }));
    for (const λ of [1e9, 1e30, 1e100]) {
      const { expectedCost, costVariance } = pointAt(start, λ);
      expectRelative(expectedCost, fixed + a.start * X ** 2, 1e-12, `E for λ ${λ}`);
      // x_1 ≈ X a/(λσ²τ), the last term of AC eq. 17's e^{−θ} for large θ.
      const left = (X * a.start) / (λ * σ ** 2 * τ);
      expectRelative(costVariance, σ ** 2 * τ * left ** 2, 1e-12, `V for λ ${λ}`);
      expectRelative(pointAt(end, λ).costVariance, σ ** 2 * τ * X ** 2, 1e-15, `V for λ ${λ}, end`);
    }
    const { expectedCost, costVariance, objective } = pointAt(start, Number.MAX_VALUE);
    expectRelative(expectedCost, fixed + a.start * X ** 2, 1e-15, "E for the largest λ");
    expect([costVariance, objective]).toEqual([0, expectedCost]);
  });
});

describe("the frontier refuses", () => {
  const problem = defineProblem({ ...table1, currency: "USD" });

  test("no list, an empty one, and an entry that is no number, which it names", () => {
    const needs = "riskAversions must be an array of at least one number; got";
    expect(() => efficientFrontier(problem, 1e-6 as never)).toThrow(`${needs} 0.000001.`);
    expect(() => efficientFrontier(problem, [])).toThrow(`${needs} an array of length 0.`);
    expect(() => efficientFrontier(problem, [0, Number.NaN])).toThrow(
      "riskAversions[1] must be a finite number (1/USD); got NaN.",
    );
    expect(() => efficientFrontier(problem, [Number.POSITIVE_INFINITY])).toThrow("riskAversions[0]");
  });

  test("what optimalSchedule refuses: λ beyond the limit, a cost that is not convex", () => {
    const spreadless = defineProblem({ ...table1, halfSpread: 0 });
    expect(() => efficientFrontier(spreadless, [0, -1e-5])).toThrow(
      expect.objectContaining({ reason: "risk-seeking-beyond-limit" }),
    );
    const concave = defineProblem({ ...table1, permanentImpact: 6e-6 });
    expect(() => efficientFrontier(concave, [1e-6])).toThrow(
      expect.objectContaining({ reason: "cost-not-convex" }),
    );
  });
});

describe("within bounds", () => {
  const capped = { upper: 250_000 };
  const order = defineProblem({ ...table1, riskAversion: 0 });

  test("each point is that of the bounded optimum for its λ, and no cheaper than the free one", () => {
    const λs = [0, 1e-7, 1e-6, 1e-5];
    const points = requireOptimal(efficientFrontier(order, λs, capped));
    const free = efficientFrontier(order, λs);
    for (const [i, riskAversion] of λs.entries()) {
      const problem = defineProblem({ ...order, riskAversion });
      const report = costReport(problem, requireOptimal(boundedSchedule(problem, capped)).schedule);
      const { expectedCost, costVariance, standardDeviation, objective } = report;
      expect(points[i]).toEqual({ riskAversion, expectedCost, costVariance, standardDeviation, objective });
      expect(points[i].objective).toBeGreaterThanOrEqual(free[i].objective * (1 - 1e-14));
    }
    expect(points[3].objective).toBeGreaterThan(1.01 * free[3].objective);
  });

  test("that no schedule satisfies, the answer is the proof", () => {
    expect(efficientFrontier(order, [1e-6], { upper: 1000 })).toEqual(
      boundedSchedule(order, { upper: 1000 }),
    );
  });

  test("what the bounds do not know is refused, and so is a negative λ", () => {
    expect(() => efficientFrontier(order, [1e-6], { most: 1 } as never)).toThrow(
      'bounds field "most" must be left out: there is no such field. Known fields: lower, upper, mostLeft; got 1.',
    );
    expect(() => efficientFrontier(order, [-1e-9], capped)).toThrow(
      "riskAversion must be 0 or above (1/currency) for a schedule within bounds; got -1e-9.",
    );
  });
});

describe("the frontier of seed A's example", () => {
  const orderA = defineProblem(seedA);
  const { frontier } = reference<{ frontier: { lam: number; E: number; Var: number; J: number }[] }>(
    "seed_a_published",
  );

  test("is the twenty points that the seed's own routine gives (1e-11)", () => {
    const points = efficientFrontier(
      orderA,
      frontier.map(({ lam }) => lam),
    );
    expect(points).toHaveLength(20);
    frontier.forEach(({ lam, E, Var, J }, i) => {
      expectRelative(points[i].expectedCost, E, 1e-11, `E at ${lam}`);
      expectRelative(points[i].costVariance, Var, 1e-11, `Var at ${lam}`);
      expectRelative(points[i].objective, J, 1e-11, `J at ${lam}`);
    });
  });

  test("falls with the slope −λ against the variance: what a unit of it is worth", () => {
    for (const λ of [1e-8, 2e-6, 1e-4]) {
      const [below, above] = efficientFrontier(orderA, [0.9999 * λ, 1.0001 * λ]);
      const slope = (above.expectedCost - below.expectedCost) / (above.costVariance - below.costVariance);
      expectRelative(slope, -λ, 1e-7, `slope at ${λ}`);
    }
  });

  test("on ever finer grids tends, under either timing, to continuous trading", () => {
    // sinh κ(T − t) / sinh κT with κ² = λσ²/η: 38.12% of the order is sold within the first minute.
    const { riskAversion: λ, volatility: σ, temporaryImpact: η, horizon: T } = orderA;
    const κ = Math.sqrt(λ / η) * σ;
    const left = Math.sinh(κ * (T - 60)) / Math.sinh(κ * T);
    for (const timing of ["start", "end"] as const) {
      const gaps = [720, 7200, 72_000].map((intervals) => {
        const { remaining } = optimalSchedule(defineProblem({ ...orderA, timing, intervals }));
        return Math.abs(remaining[intervals / 60] / remaining[0] - left);
      });
      expect(gaps[1]).toBeLessThan(gaps[0] / 5);
      expect(gaps[2]).toBeLessThan(gaps[1] / 5);
      expect(gaps[2]).toBeLessThan(1e-3);
    }
  });
});

test("within bounds every point is that of the single call, to the bit, whatever came before it", () => {
  const problem = defineProblem({ ...table1, intervals: 40, halfSpread: 0.05 });
  const volatility = Array.from({ length: 40 }, (_, k) => 0.9 + 0.01 * (k % 7));
  for (const one of [problem, defineProblem({ ...problem, profile: { volatility } })]) {
    const upper = Array.from({ length: 40 }, (_, k) => (one.shares / 40) * (1.2 + 0.1 * (k % 5)));
    const rising = Array.from({ length: 60 }, (_, i) => 10 ** (-8 + i / 15));
    for (const riskAversions of [
      rising,
      [...rising].reverse(),
      rising.map((λ, i) => (i % 2 === 0 ? λ : 1e-6)),
    ]) {
      const points = requireOptimal(efficientFrontier(one, riskAversions, { upper }));
      points.forEach((point, i) => {
        const alone = defineProblem({ ...one, riskAversion: riskAversions[i] });
        const { schedule } = requireOptimal(boundedSchedule(alone, { upper }));
        const { expectedCost, costVariance, objective } = costReport(alone, schedule);
        expect(point).toMatchObject({ expectedCost, costVariance, objective });
      });
    }
  }
});
