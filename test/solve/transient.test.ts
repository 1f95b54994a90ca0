import { describe, expect, test } from "vitest";
import { impactLaw } from "../../src/impact/law";
import {
  auditSchedule,
  boundedSchedule,
  certify,
  costReport,
  decayImpact,
  defineProblem,
  type ExecutionProblem,
  efficientFrontier,
  equalSchedule,
  explainSchedule,
  impliedRiskAversion,
  kernelImpact,
  lotSchedule,
  type NoOptimumError,
  optimalSchedule,
  type ProblemInput,
  powerDecayImpact,
  priceManipulation,
  remainingProblem,
  requireOptimal,
  riskAversionFor,
  scheduleFromTrades,
  simulateCosts,
  simulatePath,
} from "../../src/index";
import { checkBounds, freeBounds } from "../../src/model/bounds";
import { transientWithin } from "../../src/solve/transient";
import { minimizeTransient } from "../../src/solve/transientProgram";
import { recursiveTrades } from "../../src/solve/transientRecursion";
import { toeplitzForm } from "../../src/solve/transientToeplitz";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { reference } from "../helpers/reference";
import { asTransient, variedProblem } from "../helpers/varied";

interface Kernel {
  readonly type: "exp" | "power" | "gauss";
  readonly terms?: readonly (readonly [g: number, rate: number])[];
  readonly permanent?: number;
  readonly g0?: number;
  readonly t0?: number;
  readonly alpha?: number;
}

interface Optimum {
  readonly name: string;
  readonly params: {
    readonly X: number;
    readonly T: number;
    readonly N: number;
    readonly kernel: Kernel;
    readonly lam: number;
    readonly sigma: number;
    readonly eta?: number;
    readonly eps?: number;
    readonly alpha?: readonly number[];
    readonly own?: number;
  };
  readonly n: readonly number[];
  readonly E: number;
  readonly V: number;
  readonly objective: number;
  readonly price: number;
  readonly least_prices?: readonly number[];
  readonly most_prices?: readonly number[];
  readonly least?: readonly number[];
  readonly most?: readonly (number | null)[];
}

const { optima, round_trips } = reference<{
  optima: readonly Optimum[];
  round_trips: Readonly<Record<string, { min_eigenvalue_on_round_trips: number; cost: number }>>;
}>("transient");

function lawOf({ kernel, eta = 0, N, T }: Optimum["params"]): ProblemInput["impact"] {
  const { type, terms = [], permanent = 0, g0 = 0, t0 = 1, alpha = 1 } = kernel;
  if (type === "power") {
    return powerDecayImpact({ impact: g0, timescale: t0, exponent: alpha, permanent, temporary: eta });
  }
  if (type === "gauss" || terms.length === 0) {
    const G = (u: number): number => permanent + g0 * Math.exp(-((u / t0) ** 2));
    return kernelImpact({ values: Array.from({ length: N }, (_, k) => G((k * T) / N)), temporary: eta });
  }
  return decayImpact({
    exponentials: terms.map(([impact, rate]) => ({ impact, rate })),
    ...{ permanent, temporary: eta },
  });
}

const problemOf = ({ params }: Optimum): ExecutionProblem =>
  defineProblem({
    ...{ shares: params.X, horizon: params.T, intervals: params.N, volatility: params.sigma },
    ...{ riskAversion: params.lam, halfSpread: params.eps ?? 0, impact: lawOf(params) },
    ownImpact: params.kernel.type === "exp" && params.kernel.terms?.length === 0 ? "none" : undefined,
    profile: params.alpha === undefined ? undefined : { drift: params.alpha },
  });

describe("the optimum under impact that fades", () => {
  test.each(optima.map((row) => [row.name, row] as const))(
    "agrees with 60-digit arithmetic: %s",
    (_, row) => {
      const problem = problemOf(row);
      const isBounded = row.least_prices !== undefined;
      const upper = row.most?.map((most) => most ?? Number.POSITIVE_INFINITY);
      const bounds = { lower: row.least ?? 0, upper };
      const found = isBounded ? requireOptimal(boundedSchedule(problem, bounds)) : undefined;
      const schedule = found?.schedule ?? optimalSchedule(problem);
      const off = schedule.trades.map((n, k) => Math.abs(n - row.n[k]) / row.params.X);
      const tolerance = row.params.kernel.type === "gauss" ? 1e-9 : 1e-12;
      expect(Math.max(...off)).toBeLessThan(tolerance);
      // By one column in place of a full matrix, as it is done for more intervals.
      const { kernelByLag = new Float64Array() } = impactLaw(problem);
      const arrays = isBounded ? checkBounds(problem, bounds) : freeBounds(problem);
      const lean = minimizeTransient(toeplitzForm(problem, kernelByLag), arrays)?.trades ?? [];
      expect(Math.max(...row.n.map((n, k) => Math.abs(lean[k] - n) / row.params.X))).toBeLessThan(tolerance);
      const { expectedCost, costVariance, objective } = costReport(problem, schedule);
      expect(Math.abs(expectedCost / row.E - 1)).toBeLessThan(1e-12);
      expect(Math.abs(costVariance - row.V)).toBeLessThanOrEqual(1e-12 * row.V);
      expect(Math.abs(objective / row.objective - 1)).toBeLessThan(1e-12);
      const { verdict, gapBound } = certify(problem, schedule, isBounded ? bounds : undefined);
      expect(verdict).toBe("optimal");
      expect(gapBound).toBeLessThan(1e-9 * row.objective);
      if (found === undefined) return;
      const size = Math.abs(row.price);
      row.least_prices?.forEach((price, k) => {
        expect(Math.abs(found.lowerPrices[k] - price)).toBeLessThan(1e-9 * size);
      });
      row.most_prices?.forEach((price, k) => {
        // A pause has one price: whichever of its bounds it is said of.
        const ours =
          bounds.lower !== 0 && row.most?.[k] === row.least?.[k] ? undefined : found.upperPrices[k];
        if (ours !== undefined) expect(Math.abs(ours - price)).toBeLessThan(1e-9 * size);
      });
    },
  );

  test("has the shadow price of the order as its derivative", () => {
    for (const row of optima) {
      const problem = problemOf(row);
      const { X } = row.params;
      const objective = (shares: number): number => {
        const other = defineProblem({ ...problem, shares });
        return costReport(other, requireOptimal(boundedSchedule(other, { lower: -10 * X })).schedule)
          .objective;
      };
      const { marginalCost } = requireOptimal(boundedSchedule(problem, { lower: -10 * X }));
      const slope = (objective(X * (1 + 1e-4)) - objective(X * (1 - 1e-4))) / (2e-4 * X);
      expect(Math.abs(marginalCost / slope - 1)).toBeLessThan(1e-6);
    }
  });

  test("is that of Obizhaeva and Wang, n ∝ (1, 1 − a, …, 1 − a, 1), also where hardly anything fades", () => {
    for (const ρτ of [1e-8, 1e-4, 0.1, 2, 50]) {
      const intervals = 20;
      const impact = decayImpact({ exponentials: [{ impact: 1e-4, rate: ρτ * intervals }] });
      const problem = defineProblem({ shares: 1, horizon: 1, intervals, volatility: 0, impact });
      const inner = -Math.expm1(-ρτ);
      const whole = 2 + (intervals - 2) * inner;
      optimalSchedule(problem).trades.forEach((n, k) => {
        const exact = (k === 0 || k === intervals - 1 ? 1 : inner) / whole;
        // What fades in an interval is a difference of numbers near 1.
        expect(Math.abs(n - exact)).toBeLessThan(ρτ < 1e-3 ? 1e-5 : 1e-12);
      });
    }
  });

  test("is that of Almgren and Chriss where nothing fades", () => {
    for (const [timing, ownImpact] of [
      ["start", "none"],
      ["mid", "half"],
      ["end", "full"],
    ] as const) {
      const linear = defineProblem({ ...table1, riskAversion: 1e-6, timing });
      const { permanentImpact, temporaryImpact, ...rest } = table1;
      const impact = kernelImpact({ values: new Array(5).fill(permanentImpact), temporary: temporaryImpact });
      const fading = defineProblem({ ...rest, riskAversion: 1e-6, timing, ownImpact, impact });
      const [one, other] = [linear, fading].map((problem) => optimalSchedule(problem).trades);
      one.forEach((n, k) => {
        expect(Math.abs(n - other[k])).toBeLessThan(1e-12 * 1e6);
      });
      const [a, b] = [linear, fading].map((problem) => costReport(problem, equalSchedule(problem)).objective);
      expect(Math.abs(a / b - 1)).toBeLessThan(1e-13);
    }
  });

  test("tends to the continuous limits: blocks of X/(2 + ρT), and the cost of Gatheral, Schied and Slynko", () => {
    const limit = 1 / (2 + 5);
    const block = (intervals: number): number => {
      const impact = decayImpact({ exponentials: [{ impact: 1, rate: 5 }] });
      return optimalSchedule(defineProblem({ shares: 1, horizon: 1, intervals, volatility: 0, impact }))
        .trades[0];
    };
    // N trades at the beginnings of N intervals have the horizon (N − 1)τ; the distance falls as 1/N.
    const [coarse, fine] = [100, 200].map((intervals) => block(intervals) - limit);
    expect(coarse / fine).toBeCloseTo(2, 1);
    expect(fine).toBeLessThan(3e-3);
    // G(u) = g u^−γ is infinite at 0: its means over the cells of a grid are not.
    const [g, γ] = [1e-4, 0.4];
    const cost = (N: number): number => {
      const τ = 1 / N;
      const power = (k: number): number => Math.abs(k) ** (2 - γ);
      const values = Array.from(
        { length: N },
        (_, k) => (g * τ ** -γ * (power(k + 1) + power(k - 1) - 2 * power(k))) / ((1 - γ) * (2 - γ)),
      );
      const impact = kernelImpact({ values });
      const problem = defineProblem({ shares: 1e5, horizon: 1, intervals: N, volatility: 0, impact });
      return costReport(problem, optimalSchedule(problem)).expectedCost;
    };
    const exact = 1022418.24889147;
    expect(Math.abs(cost(10) / 1026720.95326279 - 1)).toBeLessThan(1e-11);
    expect(cost(100) / exact - 1).toBeLessThan(5e-4);
    expect(cost(100)).toBeGreaterThan(exact);
  });

  test("within bounds, with spread, drift and reversal: no shift between two trades improves it", () => {
    const random = uniforms(31);
    let turning = 0;
    for (let i = 0; i < 150; i++) {
      const kind = (["decay", "powerDecay", "kernel"] as const)[i % 3];
      const given = variedProblem(random, i, { drift: 0.4 * (random() - 0.5) });
      const problem = asTransient(defineProblem({ ...given, ownImpact: undefined }), kind);
      const N = problem.intervals;
      const X = problem.shares;
      const bounds =
        random() < 0.5 ? { lower: -X, upper: (3 * X) / N + 0.5 * X } : { upper: (2.5 * X) / N + 0.2 * X };
      const found = boundedSchedule(problem, bounds);
      if (found.status !== "optimal") continue;
      expect(found.certificate.verdict).toBe("optimal");
      const { trades } = found.schedule;
      if (trades.some((n) => n < -1)) turning++;
      const least = costReport(problem, found.schedule).objective;
      for (let j = 0; j < 20; j++) {
        const [from, to] = [Math.floor(N * random()), Math.floor(N * random())];
        const size = X * 10 ** (-5 * random());
        const moved = trades.map((n, k) => n + (k === to ? size : 0) - (k === from ? size : 0));
        const isOpen = (k: number): boolean => problem.profile?.open?.[k] !== false;
        if (from === to || !isOpen(from) || !isOpen(to)) continue;
        if (moved[to] > bounds.upper || moved[from] < (bounds.lower ?? 0)) continue;
        const schedule = scheduleFromTrades(problem, moved);
        const excess = costReport(problem, schedule).objective - least;
        expect(excess).toBeGreaterThan(-1e-9 * Math.abs(least));
        if (j > 0) continue;
        const judged = certify(problem, schedule, bounds);
        expect(judged.gapBound).toBeGreaterThan(excess * (1 - 1e-6) - 1e-9 * Math.abs(least));
      }
    }
    expect(turning).toBeGreaterThan(5);
  });

  test("prices the order and every bound at what the next share is worth: both sides, timings, spreads, drifts, trades to buy", () => {
    const random = uniforms(17);
    let [tops, floors, kinks, ups] = [0, 0, 0, 0];
    for (let i = 0; i < 60; i++) {
      const given = variedProblem(random, i, { drift: 0.4 * (random() - 0.5), halfSpread: 0.3 });
      const N = given.intervals;
      const drift = Array.from({ length: N }, () => 4 * (random() - 0.5));
      const profile = { ...given.profile, drift };
      const problem = asTransient(defineProblem({ ...given, ownImpact: undefined, profile }), "powerDecay");
      const X = problem.shares;
      // Every fifth trade must be against the order.
      const lower = Array.from({ length: N }, (_, k) => (k % 5 === 2 ? -X : 0));
      const upper = Array.from({ length: N }, (_, k) => (k % 5 === 2 ? -X / 50 : X / 3));
      if (problem.profile?.open !== undefined) continue;
      const solve = (change: { shares?: number; lower?: number[]; upper?: number[] }) =>
        boundedSchedule(defineProblem({ ...problem, shares: change.shares ?? X }), {
          lower: change.lower ?? lower,
          upper: change.upper ?? upper,
        });
      const found = solve({});
      if (found.status !== "optimal") continue;
      expect(found.certificate.verdict).toBe("optimal");
      const worth = (change: Parameters<typeof solve>[0]): number => {
        const other = requireOptimal(solve(change));
        const whole = defineProblem({ ...problem, shares: change.shares ?? X });
        return costReport(whole, other.schedule).objective;
      };
      const δ = 1e-4 * X;
      const least = worth({});
      const curve = 1e-2 * Math.abs(found.marginalCost) + 1e-3;
      const slope = (worth({ shares: X + δ }) - worth({ shares: X - δ })) / (2 * δ);
      expect(Math.abs(slope - found.marginalCost)).toBeLessThan(curve);
      const at = (bounds: number[], k: number, by: number): number[] =>
        bounds.map((bound, j) => (j === k ? bound + by : bound));
      for (let k = 0; k < N; k++) {
        const n = found.schedule.trades[k];
        const isKink = n === 0;
        if (n === upper[k]) {
          ups += n < 0 ? 1 : 0;
          tops++;
          const saved = (least - worth({ upper: at(upper, k, δ) })) / δ;
          expect(Math.abs(saved - found.upperPrices[k])).toBeLessThan(curve);
        }
        if (n === lower[k]) {
          kinks += isKink && found.lowerPrices[k] > 0 ? 1 : 0;
          floors++;
          const saved = (least - worth({ lower: at(lower, k, -δ) })) / δ;
          expect(Math.abs(saved - found.lowerPrices[k])).toBeLessThan(curve);
        }
      }
    }
    expect(Math.min(tops, floors, kinks, ups)).toBeGreaterThan(3);
  }, 20_000);

  test("has a gap that is the distance itself where nothing binds", () => {
    for (const timing of ["start", "mid", "end"] as const) {
      const problem = defineProblem({ ...problemOf(optima[1]), timing });
      const optimum = costReport(problem, optimalSchedule(problem)).objective;
      const equal = certify(problem, equalSchedule(problem));
      const excess = costReport(problem, equalSchedule(problem)).objective - optimum;
      expect(equal.verdict).toBe("not-optimal");
      expect(equal.isGapLoose).toBe(false);
      expect(Math.abs(equal.gapBound / excess - 1)).toBeLessThan(1e-9);
      expect(certify(problem, equalSchedule(problem), undefined, { tolerance: 1.01 * excess }).verdict).toBe(
        "optimal",
      );
    }
  });
});

describe("the recursion over exponentials", () => {
  /** The same optimum from a full matrix, and from the recursion. */
  const routes = (problem: ExecutionProblem): readonly [ArrayLike<number>, ArrayLike<number> | undefined] => [
    transientWithin(problem, freeBounds(problem)).trades,
    recursiveTrades(problem),
  ];
  const distance = (one: ArrayLike<number>, other: ArrayLike<number>): number =>
    Math.max(...Array.from(one, (n, k) => Math.abs(n - other[k])));

  test("agrees with the full matrix: lengths, volatilities, drifts, pauses, timings, own impact, earlier trades", () => {
    const random = uniforms(5);
    let [taken, left] = [0, 0];
    for (let i = 0; i < 200; i++) {
      const given = variedProblem(random, i, { drift: 0.4 * (random() - 0.5) });
      const ownImpact = (["half", "full"] as const)[i % 2];
      const earlierTrades =
        i % 3 === 0
          ? [
              { ago: 0.1, shares: 2e5 },
              { ago: 2, shares: -1e5 },
            ]
          : undefined;
      const problem = asTransient(defineProblem({ ...given, ownImpact: undefined }), "decay");
      const [dense, ours] = routes(defineProblem({ ...problem, ownImpact, earlierTrades }));
      if (ours === undefined) {
        left++;
        continue;
      }
      taken++;
      expect(distance(dense, ours)).toBeLessThan(1e-13 * problem.shares);
    }
    expect(taken).toBeGreaterThan(150);
    expect(left).toBeGreaterThan(3);
  });

  test("agrees with the closed form where little fades, to what the numbers hold", () => {
    for (const [ρτ, tolerance] of [
      [1e-6, 1e-9],
      [1e-4, 1e-11],
      [0.1, 1e-14],
      [1000, 1e-14],
    ]) {
      const N = 390;
      const impact = decayImpact({ exponentials: [{ impact: 1e-4, rate: ρτ * N }] });
      const problem = defineProblem({ shares: 1, horizon: 1, intervals: N, volatility: 0, impact });
      const inner = -Math.expm1(-ρτ);
      const exact = Array.from(
        { length: N },
        (_, k) => (k === 0 || k === N - 1 ? 1 : inner) / (2 + (N - 2) * inner),
      );
      expect(distance(optimalSchedule(problem).trades, exact)).toBeLessThan(tolerance);
    }
  });

  test("leaves to the full matrix what it cannot decide", () => {
    const impact = decayImpact({ exponentials: [{ impact: 1e-6, rate: 5 }], temporary: 1e-6 });
    const base = { shares: 1e5, horizon: 1, intervals: 20, volatility: 1, impact } as const;
    const falling = { ...base, profile: { drift: Array.from({ length: 20 }, (_, k) => (k < 10 ? -8 : 8)) } };
    // Trades that turn meet the spread from the other side.
    expect(recursiveTrades(defineProblem({ ...falling, halfSpread: 0.05 }))).toBeUndefined();
    expect(recursiveTrades(defineProblem(falling))).toBeDefined();
    // Trades that pay nothing of their own move need not have an optimum.
    expect(recursiveTrades(defineProblem({ ...base, ownImpact: "none" }))).toBeUndefined();
    const power = powerDecayImpact({ impact: 1e-6, timescale: 0.1, exponent: 0.5 });
    expect(recursiveTrades(defineProblem({ ...base, impact: power }))).toBeUndefined();
  });

  test("reads a table between its points, and beyond its end, for trades before the order", () => {
    const values = [4, 2, 1, 0.5];
    const problem = defineProblem({
      ...{ shares: 1, horizon: 4, intervals: 4, volatility: 0, impact: kernelImpact({ values }) },
      earlierTrades: [
        { ago: 0.5, shares: 10 },
        { ago: 9, shares: 1 },
      ],
    });
    const last = scheduleFromTrades(problem, [0, 0, 1, 0]);
    // G(2.5) − G(0.5), and no more recovery from a trade that is older than the table; half of its own move.
    expect(costReport(problem, last).expectedCost).toBeCloseTo(10 * (0.75 - 3) + 2, 12);
  });

  test("tells trades before the order apart by their age, in whatever order they are listed", () => {
    const impact = decayImpact({ exponentials: [{ impact: 1e-4, rate: 2 }] });
    const trades = [
      { ago: 0.2, shares: 500 },
      { ago: 1, shares: -300 },
      { ago: 0.5, shares: 200 },
    ];
    const problem = defineProblem({
      ...{ shares: 1000, horizon: 1, intervals: 8, volatility: 0, impact, earlierTrades: trades },
    });
    const schedule = optimalSchedule(problem);
    const { expectedCost } = costReport(problem, schedule);
    expect(simulatePath(problem, schedule, { seed: 1 }).cost / expectedCost).toBeCloseTo(1, 12);
    const sorted = defineProblem({ ...problem, earlierTrades: [trades[1], trades[2], trades[0]] });
    expect(costReport(sorted, schedule).expectedCost).toBeCloseTo(expectedCost, 12);
  });
});

describe("a desk under impact that fades", () => {
  const problem = defineProblem({
    ...{
      shares: 100_000,
      horizon: 390,
      intervals: 26,
      volatility: 0.05,
      halfSpread: 0.01,
      riskAversion: 1e-6,
    },
    impact: decayImpact({
      exponentials: [{ impact: 4e-6, rate: Math.LN2 / 30 }],
      permanent: 5e-7,
      temporary: 1e-5,
    }),
    ...{ arrivalPrice: 50, timeUnit: "minute", currency: "USD" },
  });

  test("re-plans at noon to the rest of its plan: the price still recovers from the morning's trades", () => {
    for (const timing of ["start", "mid", "end"] as const) {
      const whole = defineProblem({ ...problem, timing });
      const plan = optimalSchedule(whole);
      const later = remainingProblem(whole, plan.trades.slice(0, 10));
      expect(later.earlierTrades).toHaveLength(10);
      optimalSchedule(later).trades.forEach((n, k) => {
        expect(Math.abs(n - plan.trades[k + 10])).toBeLessThan(1e-9 * 1e5);
      });
      // Once more: the trades before the second re-plan are those of both mornings.
      const last = remainingProblem(later, plan.trades.slice(10, 15));
      expect(last.earlierTrades).toHaveLength(15);
      optimalSchedule(last).trades.forEach((n, k) => {
        expect(Math.abs(n - plan.trades[k + 15])).toBeLessThan(1e-9 * 1e5);
      });
      // Without that memory the plan would be another one.
      const forgetful = optimalSchedule(defineProblem({ ...later, earlierTrades: undefined }));
      expect(Math.abs(forgetful.trades[0] - plan.trades[10])).toBeGreaterThan(100);
    }
  });

  test("explains, audits, reads λ off, finds λ for a goal and draws the frontier", () => {
    const plan = optimalSchedule(problem);
    const { verdict, imbalance } = explainSchedule(problem, plan);
    expect(verdict).toBe("optimal");
    expect(imbalance).toBeLessThan(1e-9);
    expect(impliedRiskAversion(problem, plan).riskAversion).toBeCloseTo(1e-6, 13);
    const audit = auditSchedule(problem, equalSchedule(problem).trades);
    expect(audit.verdict).toBe("improvable");
    expect(audit.excess).toBeGreaterThan(100);
    const goal = riskAversionFor(problem, { kind: "done", fraction: 0.7, by: 195 });
    expect(goal.status).toBe("found");
    const points = efficientFrontier(problem, [0, 1e-7, 1e-6]);
    expect(points[0].expectedCost).toBeLessThan(points[2].expectedCost);
    expect(points[2].costVariance).toBeLessThan(points[0].costVariance);
    const costs = simulateCosts(problem, plan, { paths: 20_000, seed: 5 });
    const report = costReport(problem, plan);
    expect(Math.abs(costs.mean - report.expectedCost)).toBeLessThan(4 * costs.meanError);
    expect(Math.abs(costs.standardDeviation - report.standardDeviation)).toBeLessThan(
      4 * costs.standardDeviationError,
    );
  });

  test("trades whole lots with a gap that is proven: as every possibility shows", () => {
    const random = uniforms(8);
    for (let i = 0; i < 40; i++) {
      const small = defineProblem({
        ...{
          shares: 6,
          horizon: 3,
          intervals: 3,
          volatility: 0.3 * random(),
          riskAversion: 1,
          halfSpread: 0.1 * random(),
        },
        impact: powerDecayImpact({
          impact: 0.2,
          timescale: 0.5,
          exponent: 0.5 + random(),
          temporary: 0.1 * random(),
        }),
      });
      const found = requireOptimal(lotSchedule(small, { lot: 1 }));
      const turning = defineProblem({ ...small, profile: { drift: [-3 * random(), 0, 3 * random()] } });
      const lower = i % 2 === 0 ? -2 : 0;
      const { trades } = requireOptimal(lotSchedule(turning, { lot: 1, lower, upper: 5 })).schedule;
      const reached = costReport(turning, scheduleFromTrades(turning, trades)).objective;
      for (const [from, to] of [
        [0, 1],
        [0, 2],
        [1, 0],
        [1, 2],
        [2, 0],
        [2, 1],
      ]) {
        const moved = trades.map((n, k) => n + (k === to ? 1 : 0) - (k === from ? 1 : 0));
        if (moved[from] < lower || moved[to] > 5) continue;
        expect(costReport(turning, scheduleFromTrades(turning, moved)).objective).toBeGreaterThan(
          reached - 1e-9,
        );
      }
      expect(Math.min(...trades)).toBeGreaterThanOrEqual(lower);
      expect(Math.max(...trades)).toBeLessThanOrEqual(5);
      let least = Number.POSITIVE_INFINITY;
      for (let a = 0; a <= 6; a++) {
        for (let b = 0; a + b <= 6; b++) {
          least = Math.min(least, costReport(small, scheduleFromTrades(small, [a, b, 6 - a - b])).objective);
        }
      }
      const ours = costReport(small, found.schedule).objective;
      expect(ours - least).toBeLessThanOrEqual(found.gap + 1e-12);
      expect(ours - least).toBeLessThan(0.02 * least);
      expect(found).toMatchObject({ isExact: false, method: "lower bound" });
    }
    expect(() => lotSchedule(problem, { lot: 1000, minimumTrade: 5000 })).toThrow(
      "options.minimumTrade must be left out under impact that fades",
    );
  });
});

function refusal(problem: ExecutionProblem): [message: string, evidence: { direction: readonly number[] }] {
  try {
    optimalSchedule(problem);
  } catch (error) {
    const { message, evidence } = error as Error & { evidence: { direction: readonly number[] } };
    return [message, evidence];
  }
  throw new Error("It was not refused.");
}

describe("price manipulation", () => {
  const shaped = (values: readonly number[], more: Partial<ProblemInput> = {}): ExecutionProblem =>
    defineProblem({
      ...{ shares: 1, horizon: values.length, intervals: values.length, volatility: 0 },
      ...{ impact: kernelImpact({ values: [...values] }), ...more },
    });
  const cap = Array.from({ length: 12 }, (_, k) => Math.max(0, 1 - (k / 4) ** 2));

  test("of a kernel that falls and is never below 0, yet lets a round trip pay", () => {
    const found = priceManipulation(shaped(cap));
    const exact = round_trips["parabolic cap max(0,1-(t/t0)^2), decreasing and non-negative, t0=4 intervals"];
    if (found.status !== "manipulable") throw new Error(found.message);
    expect(Math.abs(found.gain / -exact.cost - 1)).toBeLessThan(1e-10);
    expect(found.cure).toBeCloseTo(0.183786418810104, 10);
    expect(found.roundTrip.reduce((sum, n) => sum + n, 0)).toBeCloseTo(0, 12);
    // What it says it makes, the cost report says it makes.
    const trip = scheduleFromTrades(
      shaped(cap),
      found.roundTrip.map((n, k) => n + (k === 0 ? 1 : 0)),
    );
    const alone = scheduleFromTrades(shaped(cap), [1, ...new Array(11).fill(0)]);
    const cross = cap.reduce((sum, G, k) => sum + (k === 0 ? 1 : G) * found.roundTrip[k], 0);
    const made =
      costReport(shaped(cap), alone).expectedCost + cross - costReport(shaped(cap), trip).expectedCost;
    expect(made).toBeCloseTo(found.gain, 10);
    expect(() => optimalSchedule(shaped(cap))).toThrow(/^This law of impact lets a round trip make money/);
    // The refusal has a trip of its own: not the best, but one that pays what it says.
    const refusal = ((): NoOptimumError | undefined => {
      try {
        optimalSchedule(shaped(cap));
      } catch (error) {
        return error as NoOptimumError;
      }
      return undefined;
    })();
    const direction = refusal?.evidence.direction ?? [];
    expect(direction.reduce((sum, n) => sum + n, 0)).toBeCloseTo(0, 12);
    const made2 = direction.reduce(
      (sum, n, k) => sum + direction.reduce((all, m, j) => all + 0.5 * n * m * cap[Math.abs(k - j)], 0),
      0,
    );
    expect(made2).toBeLessThan(-0.3 * found.gain);
    expect(refusal?.message).toContain(`change the expected cost by ${Number(made2.toPrecision(6))}·s²`);
    expect(certify(shaped(cap), equalSchedule(shaped(cap))).verdict).toBe("no-optimum");
    const cured = shaped(cap, { impact: kernelImpact({ values: cap, temporary: found.cure * (1 + 1e-9) }) });
    expect(priceManipulation(cured).status).toBe("none");
    const nearly = shaped(cap, { impact: kernelImpact({ values: cap, temporary: found.cure * (1 - 1e-6) }) });
    expect(priceManipulation(nearly).status).toBe("manipulable");
  });

  test("refuses with a trip that pays what the message says, also where a trip costs exactly nothing", () => {
    // On lags below 4 the cap's second differences are those of a parabola, of rank one: the first trip found costs 0.
    const flat = Array.from({ length: 12 }, (_, k) => (k === 0 ? 1 : 0.5 - 0.1 * Math.sin(k)));
    const rising = Array.from({ length: 12 }, (_, k) => 1 + k);
    for (const values of [cap, flat.map((G) => 2 * G), rising, [1, 1, 1, -1], [1, 1 + 1e-6]]) {
      const problem = shaped(values);
      const found = priceManipulation(problem);
      if (found.status === "none") continue;
      const [message, { direction }] = refusal(problem);
      const said = Number(/change the expected cost by (-?[\d.e-]+)·s²/.exec(message)?.[1]);
      let cost = 0;
      direction.forEach((n, k) => {
        direction.forEach((m, j) => {
          cost += 0.5 * n * m * values[Math.abs(k - j)];
        });
      });
      expect(said).toBeLessThan(0);
      expect(Math.abs(cost / said - 1)).toBeLessThan(1e-5);
      expect(cost).toBeGreaterThan(-found.gain * (1 + 1e-9) * direction.length);
      expect(direction.reduce((sum, n) => sum + n, 0)).toBeCloseTo(0, 12);
      expect(Math.max(...direction.map(Math.abs))).toBeCloseTo(1, 14);
    }
  });

  test("of none, although one trade after another in the same direction is cheaper the more there are", () => {
    // The sum of the table is below 0: positive definite over round trips alone, so that shares move between neighbors.
    const values = [1, -0.5, -0.6, -0.4];
    const problem = shaped(values);
    expect(priceManipulation(problem).status).toBe("none");
    const schedule = optimalSchedule(problem);
    expect(certify(problem, schedule).verdict).toBe("optimal");
    const least = costReport(problem, schedule).objective;
    for (let k = 0; k < 3; k++) {
      for (const by of [-1e-3, 1e-3]) {
        const moved = schedule.trades.map((n, j) => n + (j === k ? by : j === k + 1 ? -by : 0));
        expect(costReport(problem, scheduleFromTrades(problem, moved)).objective).toBeGreaterThan(
          least + 1e-8,
        );
      }
    }
  });

  test("is a matter of the intervals that may trade", () => {
    // One interval apart a trip pays; two apart it costs.
    const rising = shaped([1, 1.5, 0.2, 0.1], { profile: { open: [true, false, true, false] } });
    expect(priceManipulation(rising).status).toBe("none");
    expect(optimalSchedule(rising).trades).toEqual([0.5, 0, 0.5, 0]);
    expect(certify(rising, optimalSchedule(rising)).verdict).toBe("optimal");
    const late = shaped([1, 1.5, 0.2, 0.1], { profile: { open: [false, false, true, true] } });
    const found = priceManipulation(late);
    if (found.status !== "manipulable") throw new Error(found.message);
    expect(found.gain).toBeCloseTo(0.5, 12);
    expect(found.roundTrip.slice(0, 2)).toEqual([0, 0]);
    const [, { direction }] = refusal(late);
    expect(direction.map(Math.abs)).toEqual([0, 0, 1, 1]);
    const alone = shaped([1, 1.5], { profile: { open: [false, true] } });
    expect(priceManipulation(alone).message).toBe("With a single trade there is no round trip.");
  });

  test("of none: exponential and power decay have a margin, as in the reference", () => {
    const margins = {
      exponential: Array.from({ length: 12 }, (_, k) => Math.exp(-0.25 * k)),
      "power law": Array.from({ length: 12 }, (_, k) => (1 + k) ** -0.5),
    };
    for (const [name, values] of Object.entries(margins)) {
      const found = priceManipulation(shaped(values));
      expect(found).toMatchObject({ status: "none", reverses: false });
      if (found.status === "none" && name in round_trips) expect(found.margin).toBeGreaterThan(0.1);
    }
  });

  test("triggered by an order: no round trip pays, but the optimum trades back", () => {
    const gaussian = Array.from({ length: 20 }, (_, k) => 1e-4 * Math.exp(-((0.5 * k) ** 2)));
    const found = priceManipulation(shaped(gaussian));
    expect(found).toMatchObject({ status: "none", reverses: true });
    if (found.status === "none") expect(found.margin / 5.98190374052537e-8).toBeCloseTo(1, 6);
    expect(found.message).toMatch(/Yet the cheapest schedule of an order trades back on the way\.$/);
  });

  test("of seed A under start: 10,000 shares sold and bought back make 8.33 USD", () => {
    const source = defineProblem({
      ...{
        shares: 1e6,
        horizon: 3600,
        intervals: 60,
        volatility: 0.004,
        temporaryImpact: 5e-7,
        permanentImpact: 1e-7,
      },
      halfSpread: 1e-4,
    });
    const found = priceManipulation(source);
    if (found.status !== "manipulable") throw new Error(found.message);
    const { roundTrip, gain, profitableFrom } = found;
    const worst = roundTrip.reduce((sum, n) => sum + n * n, 0);
    // Along any trip the cost is (η/τ − γ/2) Σn².
    expect(-gain / worst).toBeCloseTo(5e-7 / 60 - 5e-8, 20);
    expect(2 * 1e8 * (5e-7 / 60 - 5e-8)).toBeCloseTo(-25 / 3, 9);
    const traded = roundTrip.reduce((sum, n) => sum + Math.abs(n), 0);
    expect(profitableFrom * gain).toBeCloseTo(1e-4 * traded, 12);
  });

  test("is a verdict on the law: drifts, spreads and trades before the order do not make it trade back", () => {
    const impact = decayImpact({ exponentials: [{ impact: 1e-4, rate: 2 }], temporary: 1e-6 });
    const base = { shares: 1000, horizon: 1, intervals: 6, volatility: 0, impact } as const;
    const drift = [-9, -9, -9, 9, 9, 9];
    for (const problem of [
      defineProblem({ ...base, profile: { drift } }),
      defineProblem({ ...base, earlierTrades: [{ ago: 0.01, shares: 1e6 }] }),
    ]) {
      expect(Math.min(...optimalSchedule(problem).trades)).toBeLessThan(-1);
      expect(priceManipulation(problem)).toMatchObject({ status: "none", reverses: false });
    }
  });

  test("of a law under which nothing fades: a trip costs nothing, and risk alone decides", () => {
    const flat = shaped([0.3, 0.3, 0.3]);
    expect(priceManipulation(flat)).toMatchObject({ status: "none", margin: 0, reverses: false });
    expect(() => optimalSchedule(flat)).toThrow(/^Under this law of impact a round trip can cost nothing/);
    const impact = decayImpact({ exponentials: [{ impact: 1e-4, rate: 1e-17 }] });
    const still = defineProblem({ shares: 1, horizon: 1, intervals: 5, volatility: 0, impact });
    expect(priceManipulation(still)).toMatchObject({ status: "none", margin: 0 });
    expect(() => optimalSchedule(still)).toThrow(/^Under this law of impact a round trip can cost nothing/);
    const risky = defineProblem({ ...still, volatility: 1, riskAversion: 1e-3 });
    for (const { trades } of [
      optimalSchedule(risky),
      requireOptimal(boundedSchedule(risky, { lower: -1 })).schedule,
    ]) {
      trades.forEach((n, k) => {
        expect(n).toBeCloseTo(k === 0 ? 1 : 0, 9);
      });
    }
    expect(certify(risky, optimalSchedule(risky)).verdict).toBe("optimal");
    expect(certify(risky, equalSchedule(risky)).verdict).toBe("not-optimal");
  });

  test("is cured in the longest interval too", () => {
    const lengths = [0.1, 0.4, 0.3, 0.2];
    const law = (temporary: number) =>
      defineProblem({
        ...{ shares: 1000, horizon: 1, intervals: 4, volatility: 0, ownImpact: "none", profile: { lengths } },
        impact: decayImpact({ exponentials: [{ impact: 1e-4, rate: 2 }], temporary }),
      });
    const found = priceManipulation(law(1e-7));
    if (found.status !== "manipulable") throw new Error(found.message);
    expect(priceManipulation(law(1e-7 + found.cure)).status).toBe("none");
    // A decay that is convex does not help where trades pay nothing of their own move, and neither does a little risk.
    const risky = defineProblem({ ...law(1e-7), volatility: 1, riskAversion: 1e-9 });
    expect(() => optimalSchedule(risky)).toThrow(/^This law of impact lets a round trip make money/);
    expect(certify(risky, equalSchedule(risky)).verdict).toBe("no-optimum");
  });

  test("is not asked of one trade, of a power law or of too many intervals", () => {
    const one = defineProblem({ ...table1, intervals: 1 });
    expect(priceManipulation(one).message).toBe("With a single trade there is no round trip.");
    expect(() => priceManipulation(defineProblem({ ...table1, intervals: 601 }))).toThrow(
      "problem.intervals must be at most 600 for the eigenvalues of all round trips; got 601.",
    );
  });
});

describe("impact that fades is rejected", () => {
  const base = { shares: 1000, horizon: 4, intervals: 4, volatility: 1 } as const;
  const fading = decayImpact({ exponentials: [{ impact: 1e-4, rate: 1 }] });

  test("with what it cannot mean", () => {
    const cost = (more: Partial<ProblemInput>): unknown => {
      const problem = defineProblem({ ...base, impact: fading, ...more });
      return costReport(problem, equalSchedule(problem));
    };
    expect(() => cost({ profile: { permanentImpact: [0, 0, 1e-5, 0] } })).toThrow(
      "problem.profile.permanentImpact must be left out under impact that fades: the law holds what stays of a trade",
    );
    expect(() => cost({ impact: kernelImpact({ values: [1, 0.5] }) })).toThrow(
      "problem.impact.values must be at least 4 numbers, one for each interval",
    );
    const table = kernelImpact({ values: [1, 0.5, 0.3, 0.2] });
    expect(() => cost({ impact: table, profile: { lengths: [1, 1, 1.5, 0.5] } })).toThrow(
      "problem.profile.lengths must be equal under a table of decay",
    );
    expect(() => optimalSchedule(defineProblem({ ...base, impact: fading, intervals: 20_001 }))).toThrow(
      "problem.intervals must be at most 20,000 under impact that fades; got 20001. Use longer intervals.",
    );
    const lengths = Array.from({ length: 3001 }, (_, k) => (k % 2 === 0 ? 4.5 : 3.5) / 3001);
    lengths[0] += 4 - lengths.reduce((sum, length) => sum + length, 0);
    const uneven = defineProblem({ ...base, impact: fading, intervals: 3001, profile: { lengths } });
    expect(() => optimalSchedule(uneven)).toThrow(
      "problem.intervals must be at most 3,000 under impact that fades over intervals that differ in length, where every trade " +
        "meets every other; got 3001. Use longer intervals, or up to 20,000 of one length.",
    );
    expect(() => optimalSchedule(defineProblem({ ...base, impact: fading, riskAversion: -1e-9 }))).toThrow(
      "riskAversion must be 0 or above",
    );
  });

  test("with values out of range, by the name of the field", () => {
    expect(() => decayImpact({ exponentials: [] })).toThrow(
      "exponentials must be an array of at least one { impact, rate }; got an array of length 0.",
    );
    expect(() => decayImpact({ exponentials: [{ impact: 1, rate: 0 }] })).toThrow(
      "exponentials[0].rate must be a finite number above 0 (1/time); got 0.",
    );
    expect(() => powerDecayImpact({ impact: 1, timescale: 1, exponent: -1 })).toThrow("exponent must be");
    expect(() => kernelImpact({ values: [0, 1] })).toThrow(
      "values[0] must be above 0 (currency/share²); got 0.",
    );
    expect(() => defineProblem({ ...base, impact: fading, earlierTrades: [{ ago: -1, shares: 1 }] })).toThrow(
      "earlierTrades[0].ago must be",
    );
    expect(() => defineProblem({ ...base, impact: fading, earlierTrades: 1 as never })).toThrow(
      "earlierTrades must be an array of at most 100,000 { ago, shares }; got 1.",
    );
  });
});
