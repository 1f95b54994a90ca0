import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  boundedScheduleByHighs,
  type CostReport,
  certify,
  costDistribution,
  costReport,
  defineProblem,
  denseSchedule,
  type ExecutionProblem,
  efficientFrontier,
  equalSchedule,
  optimalSchedule,
  type ProblemInput,
  piecewiseLinearSchedule,
  simulateCosts,
  tridiagonalSchedule,
} from "../../src/index";
import { expectRelative, reference } from "../helpers/reference";

type Report = Omit<CostReport, "standardDeviation">;

interface Optimum extends Report {
  readonly remaining: readonly number[];
  readonly trades: readonly number[];
  readonly marginalCost: number | null;
  readonly marginalCostRange?: readonly [number, number];
  readonly lowerPrices?: readonly (number | null)[];
  readonly upperPrices?: readonly (number | null)[];
  readonly lowerPricesLoosened?: readonly (number | null)[];
  readonly upperPricesLoosened?: readonly (number | null)[];
}

const { profiles, bounded, moneyMachine, mid } = reference<{
  profiles: {
    name: string;
    problem: ProblemInput;
    expectedCostConvex: boolean;
    optimum: Optimum;
    proportional: Report;
  }[];
  bounded: {
    name: string;
    problem: ProblemInput;
    lower: number[];
    upper: number[];
    optimum: Optimum;
    unbounded?: Optimum;
  }[];
  moneyMachine: { problem: ProblemInput; smallestEigenvalue: number; roundTrip: number[] };
  mid: {
    problem: ProblemInput;
    rows: {
      intervals: number;
      timing: "start" | "mid" | "end";
      expectedCost: number;
      costVariance: number;
      objective: number;
      relativeErrorOfVariance: number;
      remaining?: number[];
    }[];
  };
}>("profile");

const convex = profiles.filter(({ expectedCostConvex }) => expectedCostConvex);

/** Asserts every part of a report, each to 1e-12 of the largest. */
function expectReport(report: CostReport, expected: Report, what: string): void {
  const parts = ["permanent", "spread", "temporary", "drift", "expectedCost"] as const;
  const size = Math.max(...parts.map((part) => Math.abs(expected[part])));
  for (const part of parts) {
    expect(Math.abs(report[part] - expected[part]), `${part}, ${what}`).toBeLessThanOrEqual(1e-12 * size);
  }
  expectRelative(report.costVariance, expected.costVariance, 1e-12, `V, ${what}`);
  const whole = size + Math.abs(expected.objective - expected.expectedCost);
  expect(Math.abs(report.objective - expected.objective), `U, ${what}`).toBeLessThanOrEqual(1e-12 * whole);
}

function expectTrades(
  actual: readonly number[],
  expected: readonly number[],
  what: string,
  tolerance: number,
) {
  const size = Math.max(...expected.map(Math.abs));
  expected.forEach((n, k) => {
    expect(Math.abs(actual[k] - n), `trade ${k + 1}, ${what}`).toBeLessThanOrEqual(tolerance * size);
  });
}

describe(`a day that varies, against ${profiles.length} cases at 60 digits`, () => {
  test("costs of the optimum and of trades in proportion to time agree part by part within 1e-12", () => {
    for (const { name, problem: input, optimum, proportional } of convex) {
      const problem = defineProblem(input);
      expectReport(costReport(problem, optimalSchedule(problem)), optimum, name);
      expectReport(costReport(problem, equalSchedule(problem)), proportional, `TWAP, ${name}`);
      const { mean, standardDeviation } = costDistribution(problem, equalSchedule(problem));
      expectRelative(mean, proportional.expectedCost, 1e-12, `mean, ${name}`);
      expectRelative(standardDeviation ** 2, proportional.costVariance, 1e-12, `deviation, ${name}`);
    }
  });

  test.each([
    ["the elimination", optimalSchedule],
    ["the tridiagonal route", tridiagonalSchedule],
    ["the dense route", denseSchedule],
  ])("%s finds every trade within 1e-12 of the largest", (_, route) => {
    for (const { name, problem, optimum } of convex) {
      const schedule = route(defineProblem(problem));
      expectTrades(schedule.trades, optimum.trades, name, 1e-12);
      expectTrades(schedule.remaining, optimum.remaining, name, 1e-12);
    }
  });

  test("every optimum is certified, and one with a ten-thousandth moved is not", () => {
    for (const { name, problem: input } of convex) {
      const problem = defineProblem(input);
      const optimal = optimalSchedule(problem);
      expect(certify(problem, optimal).verdict, name).toBe("optimal");
      const open = optimal.trades.flatMap((_, k) => (problem.profile?.open?.[k] === false ? [] : [k]));
      const moved = [...optimal.trades];
      moved[open[0]] += 1e-4 * problem.shares;
      moved[open[1]] -= 1e-4 * problem.shares;
      const remaining = [problem.shares];
      for (const n of moved) remaining.push(remaining[remaining.length - 1] - n);
      const schedule = { ...optimal, trades: moved, remaining };
      const { verdict, gapBound } = certify(problem, schedule);
      expect(verdict, name).toBe("not-optimal");
      const { objective } = costReport(problem, { ...schedule, remaining: [...remaining.slice(0, -1), 0] });
      const gap = objective - costReport(problem, optimal).objective;
      expect(Math.abs(gapBound - gap), name).toBeLessThanOrEqual(1e-3 * gap + 1e-12 * Math.abs(objective));
    }
  });

  test("the frontier has each optimum's cost and variance", () => {
    for (const { name, problem: input, optimum } of convex) {
      const [point] = efficientFrontier(defineProblem(input), [input.riskAversion ?? 0]);
      const size = Math.abs(optimum.temporary) + Math.abs(optimum.drift);
      expect(Math.abs(point.expectedCost - optimum.expectedCost), name).toBeLessThanOrEqual(1e-12 * size);
      expectRelative(point.costVariance, optimum.costVariance, 1e-12, name);
    }
  });

  test("simulated means and deviations lie within 5 standard errors", () => {
    for (const { name, problem: input, proportional } of convex) {
      const problem = defineProblem(input);
      const { mean, meanError, standardDeviation, standardDeviationError } = simulateCosts(
        problem,
        equalSchedule(problem),
        { paths: 20_000, seed: 7 },
      );
      expect(Math.abs(mean - proportional.expectedCost), name).toBeLessThan(5 * meanError);
      const deviation = Math.sqrt(proportional.costVariance);
      expect(Math.abs(standardDeviation - deviation), name).toBeLessThan(5 * standardDeviationError);
    }
  });

  test("a cost that only its risk makes convex is refused with a round trip that costs less than nothing", () => {
    const odd = profiles.filter(({ expectedCostConvex }) => !expectedCostConvex);
    expect(odd).toHaveLength(1);
    const problem = defineProblem(odd[0].problem);
    expectMoneyMachine(problem);
  });
});

/** Asserts that no optimum is given, and that the round trip of the refusal makes money when it is walked. */
function expectMoneyMachine(problem: ExecutionProblem): void {
  let direction: readonly number[] = [];
  for (const route of [optimalSchedule, tridiagonalSchedule, denseSchedule, boundedSchedule]) {
    try {
      route(problem);
      expect.unreachable("a money machine has no optimum");
    } catch (error) {
      expect(error).toMatchObject({ name: "NoOptimumError", reason: "cost-not-convex" });
      direction = (error as { evidence: { direction: number[] } }).evidence.direction;
    }
  }
  expect(direction.reduce((sum, n) => sum + n, 0)).toBeCloseTo(0, 12);
  expect(Math.max(...direction.map(Math.abs))).toBe(1);
  // Added to equal slices at a size at which the second order rules, the round trip makes money without end.
  const base = equalSchedule(problem).trades;
  const costWith = (size: number): number => {
    const trades = base.map((n, k) => n + size * direction[k]);
    const remaining = [problem.shares];
    for (const n of trades) remaining.push(remaining[remaining.length - 1] - n);
    remaining[problem.intervals] = 0;
    return costReport(problem, { ...equalSchedule(problem), trades, remaining }).expectedCost;
  };
  const size = 1e3 * problem.shares;
  expect(costWith(size) + costWith(-size) - 2 * costWith(0)).toBeLessThan(0);
  expect(costWith(1e6 * problem.shares)).toBeLessThan(costWith(1e5 * problem.shares));
  expect(certify(problem, equalSchedule(problem)).verdict).toBe("no-optimum");
}

test("permanent impact that ends at noon is a money machine though every a_k is above 0, and is refused with its round trip", () => {
  const problem = defineProblem(moneyMachine.problem);
  expectMoneyMachine(problem);
  const { curvature } = certify(problem, equalSchedule(problem));
  expectRelative(curvature, moneyMachine.smallestEigenvalue, 1e-9, "smallest eigenvalue");
});

describe(`bounds on a day that varies, against ${bounded.length} optima at 60 digits`, () => {
  test("every trade within 1e-11 of the largest, every price within 1e-11, each certified", () => {
    for (const { name, problem: input, lower, upper, optimum } of bounded) {
      const problem = defineProblem(input);
      const found = boundedSchedule(problem, { lower: lower, upper: upper });
      if (found.status !== "optimal") throw new Error(`${name}: ${found.message}`);
      expectTrades(found.schedule.trades, optimum.trades, name, 1e-11);
      const report = costReport(problem, found.schedule);
      expectReport(report, optimum, name);
      expect(found.certificate.gapBound, name).toBeLessThanOrEqual(1e-12 * Math.abs(optimum.objective));
      const size = Math.abs(found.marginalCost);
      if (optimum.marginalCost !== null) {
        expect(Math.abs(found.marginalCost - optimum.marginalCost), name).toBeLessThanOrEqual(1e-11 * size);
      } else {
        const [low, high] = optimum.marginalCostRange as readonly [number, number];
        expect(found.marginalCost, name).toBeGreaterThanOrEqual(low * (1 - 1e-12));
        expect(found.marginalCost, name).toBeLessThanOrEqual(high * (1 + 1e-12));
      }
      for (const [prices, tight, loose] of [
        [found.lowerPrices, optimum.lowerPrices, optimum.lowerPricesLoosened],
        [found.upperPrices, optimum.upperPrices, optimum.upperPricesLoosened],
      ] as const) {
        prices.forEach((price, k) => {
          const [one, other] = [tight?.[k], loose?.[k] ?? tight?.[k]];
          if (typeof one !== "number" || typeof other !== "number") return;
          expect(price, `price ${k + 1}, ${name}`).toBeGreaterThanOrEqual(
            Math.min(one, other) - 1e-11 * size,
          );
          expect(price, `price ${k + 1}, ${name}`).toBeLessThanOrEqual(Math.max(one, other) + 1e-11 * size);
        });
      }
    }
  });

  test("without bounds the same problems have the optima that stand beside", () => {
    const free = bounded.filter(({ unbounded }) => unbounded !== undefined);
    expect(free).toHaveLength(4);
    for (const { name, problem: input, unbounded } of free) {
      const problem = defineProblem(input);
      for (const route of [optimalSchedule, tridiagonalSchedule, denseSchedule]) {
        expectTrades(route(problem).trades, unbounded?.trades ?? [], name, 1e-12);
      }
      expect(certify(problem, optimalSchedule(problem)).verdict, name).toBe("optimal");
    }
  });

  test("HiGHS finds the same objective within 1e-9", async () => {
    for (const { name, problem: input, lower, upper, optimum } of bounded) {
      const problem = defineProblem(input);
      const found = await boundedScheduleByHighs(problem, { lower: lower, upper: upper });
      if (found.status !== "optimal") throw new Error(`${name}: ${found.message}`);
      expectRelative(costReport(problem, found.schedule).objective, optimum.objective, 1e-9, name);
    }
  });
});

test("chords bound the optimum of a day that varies from above, and refuse squares that are not convex one by one", async () => {
  let [solved, refused] = [0, 0];
  for (const { problem: input, optimum } of convex) {
    const problem = defineProblem({ ...input, drift: 0, profile: { ...input.profile, drift: undefined } });
    try {
      const { value, gapBound, objective } = await piecewiseLinearSchedule(problem, { pieces: 25 });
      const best = boundedSchedule(problem, { lower: 0, upper: problem.shares });
      if (best.status !== "optimal") throw new Error(best.message);
      const lower = costReport(problem, best.schedule).objective;
      expect(value).toBeGreaterThanOrEqual(lower * (1 - 1e-12));
      expect(value - lower).toBeLessThanOrEqual(gapBound + 1e-12 * lower);
      expect(objective).toBeLessThanOrEqual(value * (1 + 1e-12));
      solved++;
    } catch (error) {
      expect((error as Error).message).toMatch(/a chord would lie below its square/i);
      refused++;
    }
    expect(optimum.trades.length).toBe(problem.intervals);
  }
  expect(solved).toBeGreaterThan(3);
  expect(refused).toBeGreaterThan(3);
});

describe("timing mid at the 2001 paper's λ = 1e-6", () => {
  test.each(mid.rows.map((row) => [row.intervals, row.timing, row] as const))(
    "N = %i, %s: cost, variance and objective at 60 digits",
    (intervals, timing, row) => {
      const problem = defineProblem({ ...mid.problem, intervals, timing });
      const schedule = optimalSchedule(problem);
      const report = costReport(problem, schedule);
      expectRelative(report.expectedCost, row.expectedCost, 1e-13, "E");
      expectRelative(report.costVariance, row.costVariance, 1e-13, "V");
      expectRelative(report.objective, row.objective, 1e-13, "U");
      row.remaining?.forEach((x, k) => {
        expect(Math.abs(schedule.remaining[k] - x)).toBeLessThanOrEqual(1e-13 * problem.shares);
      });
      const [point] = efficientFrontier(problem, [1e-6]);
      expectRelative(point.costVariance, row.costVariance, 1e-12, "V of the frontier");
    },
  );
});
