import { describe, expect, test } from "vitest";
import { certify, costReport, defineProblem, volatilityBand } from "../../src/index";

const problem = defineProblem({
  shares: 1e6,
  horizon: 5,
  intervals: 50,
  volatility: 0.95,
  temporaryImpact: 2.5e-6,
  riskAversion: 1e-6,
  arrivalPrice: 50,
  timeUnit: "day",
});

describe("the band", () => {
  const band = volatilityBand(problem, { value: 0.95, standardError: 0.1, interval: [0.77, 1.17] });

  test("holds the optimum at both ends and at the estimate", () => {
    for (const { problem: at, schedule, report, volatility } of [band.low, band.estimate, band.high]) {
      expect(at.volatility).toBe(volatility);
      expect(certify(at, schedule).verdict).toBe("optimal");
      expect(report).toEqual(costReport(at, schedule));
    }
  });

  test("a riskier market is left sooner and costs more; a plan for the wrong one costs a little more still", () => {
    expect(band.low.report.objective).toBeLessThan(band.estimate.report.objective);
    expect(band.estimate.report.objective).toBeLessThan(band.high.report.objective);
    expect(band.high.schedule.remaining[10]).toBeLessThan(band.low.schedule.remaining[10]);
    expect(band.estimate.regret).toBe(0);
    for (const { regret, report } of [band.low, band.high]) {
      expect(regret).toBeGreaterThan(0);
      // The objective is flat at its minimum: a fifth of σ is a few per cent of the cost at most.
      expect(regret).toBeLessThan(0.03 * report.objective);
    }
  });
});

test("the σ of every interval goes with the day's", () => {
  const volatility = Array.from({ length: 50 }, (_, k) => 0.95 * (1 + Math.abs(k - 24.5) / 50));
  const varied = defineProblem({ ...problem, profile: { volatility } });
  const { low, high } = volatilityBand(varied, { value: 0.95, standardError: 0.1, interval: [0.475, 1.9] });
  low.problem.profile?.volatility?.forEach((σ, k) => {
    expect(σ).toBeCloseTo(volatility[k] / 2, 15);
  });
  expect(high.problem.profile?.volatility?.[0]).toBeCloseTo(2 * volatility[0], 15);
  expect(certify(high.problem, high.schedule).verdict).toBe("optimal");
  expect(high.schedule.trades[0]).toBeGreaterThan(low.schedule.trades[0]);
});
