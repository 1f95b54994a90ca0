import { describe, expect, test } from "vitest";
import {
  auditSchedule,
  boundedSchedule,
  costDistribution,
  costReport,
  defineProblem,
  efficientFrontier,
  equalSchedule,
  explainSchedule,
  impliedRiskAversion,
  optimalSchedule,
  type ProblemInput,
  parameterSensitivity,
  planSchedule,
  powerImpact,
  remainingProblem,
  requireOptimal,
  riskAversionFor,
  scheduleFromJson,
  scheduleToJson,
  simulateCosts,
  valueAtRisk,
  valueAtRiskSchedule,
} from "../../src/index";

/** What a desk asks for, under power laws: each answer against a second way to it. */
const input: ProblemInput = {
  ...{ shares: 1e6, horizon: 5, intervals: 20, volatility: 0.95, halfSpread: 0.0625, riskAversion: 1e-6 },
  ...{ arrivalPrice: 50, timeUnit: "day", currency: "USD", timing: "mid" },
  profile: { volumes: Array.from({ length: 20 }, (_, k) => 4e5 + 2e4 * Math.abs(k - 10)) },
};

describe.each([0.5, 1.5])("under a power of %d", (exponent) => {
  const impact = powerImpact({ exponent, reference: { rate: 2e5, impact: 0.5 }, permanent: 2.5e-7 });
  const problem = defineProblem({ ...input, impact });
  const best = optimalSchedule(problem);
  const cost = costReport(problem, best);
  const bounds = { lower: 0, upper: 9e4 };
  const capped = requireOptimal(boundedSchedule(problem, bounds));

  test("simulated costs have the mean and the deviation of the distribution", () => {
    const { mean, standardDeviation } = costDistribution(problem, best);
    const simulated = simulateCosts(problem, best, { paths: 20_000, seed: 3 });
    expect(Math.abs(simulated.mean - mean)).toBeLessThan(4 * simulated.meanError);
    expect(Math.abs(simulated.standardDeviation / standardDeviation - 1)).toBeLessThan(4 / Math.sqrt(40_000));
    expect(mean).toBe(cost.expectedCost);
  });

  test("the frontier rises in cost as it falls in risk, with slope −λ", () => {
    const λs = [1e-7, 1e-6, 1e-5];
    const points = efficientFrontier(problem, λs);
    expect(points[1].objective).toBeCloseTo(cost.objective, 4);
    points.slice(1).forEach((point, i) => {
      const slope =
        (points[i].expectedCost - point.expectedCost) / (point.costVariance - points[i].costVariance);
      expect(slope).toBeGreaterThan(λs[i]);
      expect(slope).toBeLessThan(λs[i + 1]);
    });
    const within = requireOptimal(efficientFrontier(problem, [1e-6], bounds));
    expect(within[0].expectedCost).toBeCloseTo(costReport(problem, capped.schedule).expectedCost, 4);
  });

  test("an explanation gives the caps the prices that the solver gives them", () => {
    const { verdict, slices, imbalance } = explainSchedule(problem, capped.schedule, bounds);
    expect(verdict).toBe("optimal");
    expect(imbalance).toBeLessThan(1e-12);
    expect(slices.some(({ binds }) => binds === "upper bound")).toBe(true);
    slices.forEach(({ limitPrice = 0 }, k) => {
      expect(limitPrice).toBeCloseTo(capped.upperPrices[k] + capped.lowerPrices[k], 11);
    });
  });

  test("a schedule tells the λ behind it, an audit that it is the optimum, and what equal slices cost more", () => {
    const implied = impliedRiskAversion(problem, best);
    expect(implied.isExplained).toBe(true);
    expect((implied.riskAversion ?? 0) / 1e-6).toBeCloseTo(1, 9);
    expect(auditSchedule(problem, best).verdict).toBe("optimal");
    const { verdict, excess = 0 } = auditSchedule(problem, equalSchedule(problem));
    expect(verdict).toBe("improvable");
    const right = costReport(problem, equalSchedule(problem)).objective - cost.objective;
    expect(excess / right).toBeCloseTo(1, 9);
  });

  test("λ in words: the schedule found has the half done, the cost or the quantile that was asked for", () => {
    const half = requireFound(riskAversionFor(problem, { kind: "done", fraction: 0.5, by: 1 }));
    expect(half.schedule.remaining[4]).toBeCloseTo(5e5, 2);
    const dear = requireFound(riskAversionFor(problem, { kind: "expectedCost", cost: cost.expectedCost }));
    expect(dear.riskAversion / 1e-6).toBeCloseTo(1, 6);
    const asked = 1.02 * valueAtRisk(costDistribution(problem, best), 0.95);
    const budget = requireFound(riskAversionFor(problem, { kind: "costQuantile", level: 0.95, cost: asked }));
    const met = valueAtRisk(costDistribution(problem, budget.schedule), 0.95);
    expect(met / asked).toBeCloseTo(1, 8);
  });

  test("the least value at risk is below that of its neighbors", () => {
    const least = requireOptimal(valueAtRiskSchedule(problem, { level: 0.95 }));
    expect(least.residual).toBeLessThan(1e-9);
    for (const factor of [0.9, 1.1]) {
      const other = defineProblem({ ...problem, riskAversion: factor * least.riskAversion });
      const schedule = optimalSchedule(other);
      expect(valueAtRisk(costDistribution(problem, schedule), 0.95)).toBeGreaterThan(least.valueAtRisk);
    }
  });

  test("what is left, with fills as planned, has the rest of the plan as its optimum", () => {
    const left = remainingProblem(problem, best.trades.slice(0, 6));
    const rest = optimalSchedule(left).trades;
    // Risk and drift of what is over are gone, and permanent impact is paid alike by all that is left.
    rest.forEach((n, k) => {
      expect(n / 1e6).toBeCloseTo(best.trades[k + 6] / 1e6, 10);
    });
  });

  test("a plan keeps cap, pause and lots, and says what a percentage point of the cap is worth", () => {
    const constraints = { participation: { fraction: 0.13 }, pauses: [{ from: 1, to: 1.5 }] };
    const plan = requireOptimal(planSchedule(problem, constraints));
    expect(plan.certificate.verdict).toBe("optimal");
    expect(plan.schedule.trades.slice(4, 6)).toEqual([0, 0]);
    const more = requireOptimal(
      planSchedule(problem, { ...constraints, participation: { fraction: 0.1301 } }),
    );
    const worth = (plan.cost.objective - more.cost.objective) / 0.01;
    expect((plan.participationPrice ?? 0) / worth).toBeCloseTo(1, 2);
    const lots = requireOptimal(planSchedule(problem, { ...constraints, lot: 1000 }));
    expect(lots.areLotsExact).toBe(true);
    expect(lots.schedule.trades.every((n) => Math.abs(n / 1000 - Math.round(n / 1000)) < 1e-9)).toBe(true);
    const refused = planSchedule(problem, { participation: { fraction: 0.05 } });
    expect(refused.status).toBe("infeasible");
  });

  test("a coefficient that is wrong by a factor costs the regret of the schedule that it gives", () => {
    const found = parameterSensitivity(problem, [2]).find(({ parameter }) => parameter === "temporaryImpact");
    const doubled = { ...impact, coefficient: 2 * impact.coefficient };
    const schedule = optimalSchedule(defineProblem({ ...problem, impact: doubled }));
    const regret = costReport(problem, schedule).objective - cost.objective;
    expect((found?.regret ?? 0) / regret).toBeCloseTo(1, 9);
  });

  test("a schedule comes back from JSON with its problem, law and certificate", () => {
    const received = scheduleFromJson(scheduleToJson(problem, capped.schedule, bounds));
    expect(received.problem).toEqual(problem);
    expect(received.problem.impact).toEqual(impact);
    expect(received.schedule.trades).toEqual(capped.schedule.trades);
    expect(received.certificate.verdict).toBe("optimal");
  });
});

function requireFound<T extends { readonly status: string }>(answer: T): Extract<T, { status: "found" }> {
  expect(answer.status).toBe("found");
  return answer as Extract<T, { status: "found" }>;
}
