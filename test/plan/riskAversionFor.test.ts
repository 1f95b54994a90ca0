import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  costDistribution,
  costReport,
  defineProblem,
  optimalSchedule,
  type RiskAversionFound,
  type RiskAversionGoal,
  riskAversionFor,
  type TradeBounds,
  valueAtRisk,
} from "../../src/index";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { variedProblem } from "../helpers/varied";

const problem = defineProblem({
  ...{ ...table1, intervals: 50, arrivalPrice: 50, currency: "USD", timeUnit: "day" },
  profile: { volumes: new Array(50).fill(200_000) },
});

const found = (goal: RiskAversionGoal, bounds?: TradeBounds): RiskAversionFound => {
  const answer = riskAversionFor(problem, goal, bounds);
  if (answer.status !== "found") throw new Error(answer.message);
  return answer;
};
const at = (riskAversion: number) => defineProblem({ ...problem, riskAversion });

describe("the optimum for the λ that is found does what was asked", () => {
  test("so much done by a time, on the grid and between its times", () => {
    const { riskAversion, schedule, message } = found({ kind: "done", by: 1 });
    expect(schedule.remaining[10]).toBeCloseTo(500_000, 3);
    expect(optimalSchedule(at(riskAversion)).remaining).toEqual(schedule.remaining);
    expect(message).toBe("The optimum for a risk aversion of 1.31e-6/USD has 50% done within 1 day.");
    const between = found({ kind: "done", fraction: 0.3, by: 0.55 }).schedule.remaining;
    expect(0.5 * (between[5] + between[6])).toBeCloseTo(700_000, 3);
  });

  test("an expected cost, in currency and in basis points", () => {
    const { schedule, riskAversion, others } = found({ kind: "expectedCost", basisPoints: 150 });
    expect(costReport(problem, schedule).expectedCost).toBeCloseTo(750_000, 3);
    expect(others).toEqual([]);
    expect(found({ kind: "expectedCost", cost: 750_000 }).riskAversion).toBe(riskAversion);
  });

  test("a quantile of the cost, by two λ: the cheaper one first", () => {
    const { riskAversion, others, message } = found({ kind: "costQuantile", level: 0.95, basisPoints: 500 });
    expect(others).toHaveLength(1);
    const reports = [riskAversion, others[0]].map((λ) => costReport(problem, optimalSchedule(at(λ))));
    for (const λ of [riskAversion, others[0]]) {
      const distribution = costDistribution(problem, optimalSchedule(at(λ)));
      expect(valueAtRisk(distribution, 0.95)).toBeCloseTo(2_500_000, 2);
    }
    expect(reports[0].expectedCost).toBeLessThan(reports[1].expectedCost);
    expect(reports[0].standardDeviation).toBeGreaterThan(reports[1].standardDeviation);
    expect(message).toBe(
      "The optimum for a risk aversion of 1.87e-7/USD costs 500.0 bp at the 95% level. " +
        "So does that for 2.92e-6/USD, which costs more on average and risks less.",
    );
  });

  test("a participation at the start, in the first interval that is open", () => {
    expect(found({ kind: "participation", fraction: 0.3 }).schedule.trades[0]).toBeCloseTo(60_000, 4);
    const open = problem.profile?.volumes?.map((_, k) => k >= 2);
    const later = defineProblem({ ...problem, profile: { ...problem.profile, open } });
    const answer = riskAversionFor(later, { kind: "participation", fraction: 0.3 });
    if (answer.status !== "found") throw new Error(answer.message);
    expect(answer.schedule.trades.slice(0, 3).map((n) => Math.round(n))).toEqual([0, 0, 60_000]);
  });

  test("for 40 problems of every timing and profile: λ is found again from its optimum's expected cost", () => {
    const random = uniforms(31);
    for (let i = 0; i < 40; i++) {
      const λ = 10 ** (-7 + 2 * random());
      const varied = variedProblem(random, i, { riskAversion: λ, drift: 0, profile: { drift: undefined } });
      if (varied.intervals < 3) continue;
      const bounds = { lower: 0 };
      const optimum = boundedSchedule(varied, bounds);
      if (optimum.status === "infeasible") continue;
      const cost = costReport(varied, optimum.schedule).expectedCost;
      const answer = riskAversionFor(varied, { kind: "expectedCost", cost }, bounds);
      if (answer.status !== "found") throw new Error(answer.message);
      const again = costReport(varied, answer.schedule).expectedCost;
      expect(Math.abs(again - cost)).toBeLessThanOrEqual(1e-10 * Math.abs(cost));
      expect(answer.interval.low).toBeLessThanOrEqual(λ * (1 + 1e-4));
    }
  }, 20_000);
});

describe("where no λ will do", () => {
  test("the least or the greatest value is said, in the goal's unit", () => {
    const cheap = riskAversionFor(problem, { kind: "expectedCost", basisPoints: 40 });
    expect(cheap).toMatchObject({
      status: "impossible",
      message: "Impossible: the expected cost is at least 137.0 bp.",
    });
    const twap = costReport(problem, optimalSchedule(at(0)));
    if (cheap.status === "impossible") expect(cheap.least).toBeCloseTo(twap.expectedCost / 5000, 8);
    expect(riskAversionFor(problem, { kind: "done", by: 4 }).message).toBe(
      "Impossible: the fraction done within 4 days is at least 80.0%.",
    );
  });

  test("a budget that no risk aversion exceeds is no impossibility", () => {
    const answer = riskAversionFor(problem, { kind: "expectedCost", basisPoints: 9999 });
    expect(answer.status).toBe("impossible");
    expect(answer).toMatchObject({
      message: expect.stringMatching(
        /^No risk aversion costs that much: the expected cost is at most [\d,.]+ bp\.$/,
      ),
    });
  });

  test("the least quantile is found between the λ that are looked at", () => {
    const answer = riskAversionFor(problem, { kind: "costQuantile", level: 0.95, basisPoints: 400 });
    if (answer.status !== "impossible") throw new Error("impossible expected");
    const quantileAt = (λ: number): number =>
      valueAtRisk(costDistribution(problem, optimalSchedule(at(λ))), 0.95) / 5000;
    const fine = Array.from({ length: 400 }, (_, i) => quantileAt(10 ** (-7 + i / 200)));
    expect(answer.least).toBeLessThanOrEqual(Math.min(...fine) + 1e-9);
    expect(answer.least).toBeGreaterThan(Math.min(...fine) - 1e-3);
  });
});

describe("within bounds", () => {
  test("a whole interval of λ is given where they hold the schedule", () => {
    const { interval, riskAversion, message } = found(
      { kind: "done", fraction: 0.8, by: 2 },
      { upper: 40_000 },
    );
    expect(interval.high).toBe(Number.POSITIVE_INFINITY);
    expect(riskAversion).toBe(interval.low);
    expect(message).toBe(
      "The optimum for any risk aversion from 9.19e-6/USD upwards has 80% done within 2 days.",
    );
    const doneAt = (λ: number): number => {
      const result = boundedSchedule(at(λ), { upper: 40_000 });
      return result.status === "optimal" ? 1e6 - result.schedule.remaining[20] : Number.NaN;
    };
    expect(doneAt(interval.low * 1.01)).toBeCloseTo(800_000, 4);
    expect(doneAt(interval.low * 0.9)).toBeLessThan(799_999);
  });

  test("what they forbid is impossible, and bounds that miss the order are proven infeasible", () => {
    expect(riskAversionFor(problem, { kind: "done", fraction: 0.9, by: 2 }, { upper: 40_000 })).toMatchObject(
      {
        status: "impossible",
        message: "Impossible: the fraction done within 2 days is at most 80.0%.",
      },
    );
    expect(riskAversionFor(problem, { kind: "done", by: 2 }, { upper: 10_000 })).toMatchObject({
      status: "infeasible",
    });
  });
});

test("a goal that is none is refused, with what it must be", () => {
  const refusal = (goal: unknown) => () => riskAversionFor(problem, goal as RiskAversionGoal);
  expect(refusal({ kind: "fast" })).toThrow(
    'goal.kind must be "done", "expectedCost", "costQuantile" or "participation"; got the text "fast".',
  );
  expect(refusal({ kind: "done", by: 5 })).toThrow(
    "goal.by must be a number above 0 and below 5 (day); got 5.",
  );
  expect(refusal({ kind: "done", by: 1, fraction: 1 })).toThrow(
    "goal.fraction must be a number above 0 and below 1",
  );
  expect(refusal({ kind: "expectedCost" })).toThrow("goal must be given either cost or basisPoints");
  expect(refusal({ kind: "expectedCost", cost: 1, basisPoints: 1 })).toThrow("either cost or basisPoints");
  expect(refusal({ kind: "costQuantile", level: 0.3, cost: 1 })).toThrow(
    "goal.level must be a number above 0.5",
  );
  expect(refusal({ kind: "done", by: 1, cost: 3 })).toThrow(/cost/);
  const plain = defineProblem(table1);
  expect(() => riskAversionFor(plain, { kind: "expectedCost", basisPoints: 9 })).toThrow(
    "problem.arrivalPrice must be given, and not 0, for a goal in basis points; got nothing.",
  );
  expect(() => riskAversionFor(plain, { kind: "participation", fraction: 0.1 })).toThrow(
    "problem.profile.volumes must be given for a goal of participation (shares); got nothing.",
  );
});

test("without risk every λ is alike", () => {
  const calm = defineProblem({ ...table1, volatility: 0 });
  expect(riskAversionFor(calm, { kind: "done", fraction: 0.6, by: 3 })).toMatchObject({
    status: "found",
    riskAversion: 0,
  });
});
