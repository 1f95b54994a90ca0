import { describe, expect, test } from "vitest";
import {
  almgren2005Impact,
  costReport,
  defineProblem,
  type ExecutionProblem,
  equalSchedule,
  impactBand,
  linearImpact,
  optimalSchedule,
  type PowerErrors,
  type ProblemInput,
  powerImpact,
} from "../../src/index";
import { normalQuantile } from "../../src/support/normalDistribution";
import { powerReference } from "../helpers/powerReference";
import { uniforms } from "../helpers/random";

/** 10% of a day's volume of a stock of Table 3. */
function order(
  { V, Theta, sigma_bp, T }: { V: number; Theta: number; sigma_bp: number; T: number },
  change: Partial<ProblemInput> = {},
): { readonly problem: ExecutionProblem; readonly errors: PowerErrors; readonly toBp: number } {
  const price = 40;
  const { impact, errors } = almgren2005Impact({
    ...{ price, dailyVolume: V, sharesOutstanding: Theta, dailyVolatility: sigma_bp / 1e4 },
  });
  const problem = defineProblem({
    ...{
      shares: 0.1 * V,
      horizon: T,
      intervals: 10,
      volatility: (price * sigma_bp) / 1e4,
      timing: "mid",
      impact,
    },
    ...change,
  });
  return { problem, errors, toBp: 1e4 / (0.1 * V * price) };
}

describe("the band of a cost", () => {
  test.each(powerReference.athl.rows)(
    "$name in $T days is that of the reference, with and without the error of β",
    (row) => {
      const { problem, errors, toBp } = order(row);
      const all = impactBand(problem, errors, { schedule: "equal" });
      expect(all.cost.value * toBp).toBeCloseTo(row.J, 9);
      // The reference linearizes in β, here it moves by one standard error either way: off by the cube of 0.04 ln 10.
      expect(all.cost.standardError * toBp).toBeCloseTo(row.sd_J_with_beta_error, 2);
      const without = impactBand(problem, { ...errors, exponent: 0 }, { schedule: "equal" });
      expect(without.cost.standardError * toBp).toBeCloseTo(row.sd_J, 10);
      expect([without.cost.low * toBp, without.cost.high * toBp]).toEqual(
        row.J_95.map((end) => expect.closeTo(end, 8)),
      );
      expect(without.parts.exponent).toBe(0);
      expect(all.parts.permanent * toBp).toBeCloseTo(0.5 * row.sd_I, 10);
      expect(all.parts.temporary * toBp).toBeCloseTo(row.sd_K, 10);
    },
  );

  test("is what laws drawn with these errors scatter by", () => {
    const { problem, errors } = order(
      { V: 1.929e6, Theta: 1.68e8, sigma_bp: 226, T: 0.5 },
      { riskAversion: 1e-6 },
    );
    const { cost, remaining, expectedRegret, schedule } = impactBand(problem, errors);
    const random = uniforms(7);
    const normal = (): number => normalQuantile(random());
    const law = problem.impact as ReturnType<typeof powerImpact>;
    const samples = Array.from({ length: 400 }, () => {
      const [a, b, c] = [normal(), normal(), normal()];
      const exponent = law.exponent + c * errors.exponent;
      const impact = powerImpact({
        exponent,
        reference: {
          rate: errors.rate,
          impact: law.coefficient * errors.rate ** law.exponent * (1 + b * errors.temporary),
        },
        permanent: law.permanent * (1 + a * errors.permanent),
      });
      const truth = defineProblem({ ...problem, impact });
      const best = optimalSchedule(truth);
      const report = costReport(truth, schedule);
      return [report.expectedCost, best.remaining[3], report.objective - costReport(truth, best).objective];
    });
    const mean = (i: number): number => samples.reduce((sum, row) => sum + row[i], 0) / samples.length;
    const deviation = (i: number): number =>
      Math.sqrt(samples.reduce((sum, row) => sum + (row[i] - mean(i)) ** 2, 0) / samples.length);
    // The standard error of a deviation from 400 draws is 3.5%; of a mean of squares 7%.
    expect(Math.abs(deviation(0) / cost.standardError - 1)).toBeLessThan(0.12);
    expect(Math.abs(deviation(1) / remaining[3].standardError - 1)).toBeLessThan(0.12);
    expect(Math.abs(mean(2) / expectedRegret - 1)).toBeLessThan(0.3);
    // First order against second.
    expect(expectedRegret).toBeLessThan(0.05 * cost.standardError);
  });

  test("has the level that is asked for, and the schedule", () => {
    const { problem, errors } = order({ V: 1e6, Theta: 1e8, sigma_bp: 200, T: 0.5 }, { riskAversion: 1e-6 });
    const [wide, narrow] = [0.95, 0.5].map((level) => impactBand(problem, errors, { level }));
    expect((wide.cost.high - wide.cost.low) / (narrow.cost.high - narrow.cost.low)).toBeCloseTo(2.9059, 3);
    expect(wide.schedule).toEqual(optimalSchedule(problem));
    expect(wide.remaining[0]).toMatchObject({ value: problem.shares, standardError: 0 });
    expect(wide.remaining[10].value).toBe(0);
    const equal = equalSchedule(problem);
    expect(impactBand(problem, errors, { schedule: equal })).toEqual(
      impactBand(problem, errors, { schedule: "equal" }),
    );
  });

  test("carries the errors of linear impact too, whose power may be in doubt", () => {
    const linear = defineProblem({
      ...{ shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, riskAversion: 1e-6, timing: "mid" },
      impact: linearImpact({ temporary: 2.5e-6, permanent: 2.5e-7 }),
    });
    const errors = { permanent: 0.1, temporary: 0.2, exponent: 0, rate: 2e5 };
    const { parts, schedule } = impactBand(linear, errors);
    const { permanent, temporary } = costReport(linear, schedule);
    expect(parts.permanent).toBeCloseTo(0.1 * permanent, 6);
    expect(parts.temporary).toBeCloseTo(0.2 * temporary, 6);
    // About the rate of equal slices, another power changes nothing of their cost.
    const turned = impactBand(linear, { ...errors, exponent: 0.05 }, { schedule: "equal" });
    expect(turned.parts.exponent).toBeLessThan(1e-6);
  });

  test("moves a profile's coefficients as well", () => {
    const η = [2e-3, 1e-3, 1e-3, 2e-3];
    const problem = defineProblem({
      ...{ shares: 1e5, horizon: 1, intervals: 4, volatility: 1, riskAversion: 1e-6, timing: "mid" },
      ...{ impact: powerImpact({ coefficient: 1.5e-3, exponent: 0.5 }), profile: { temporaryImpact: η } },
    });
    const { parts } = impactBand(
      problem,
      { permanent: 0, temporary: 0.1, exponent: 0, rate: 1 },
      { schedule: "equal" },
    );
    expect(parts.temporary).toBeCloseTo(0.1 * costReport(problem, equalSchedule(problem)).temporary, 6);
  });

  test.each([
    [{ permanent: 1 }, "errors.permanent must be a number from 0 to below 1 (fraction of γ); got 1."],
    [{ exponent: -0.1 }, "errors.exponent must be a finite number, 0 or above (added to β); got -0.1."],
    [{ rate: 0 }, "errors.rate must be a finite number above 0 (shares/time); got 0."],
    [
      { exponent: 0.6 },
      "errors.exponent must be so small that 0.6 ± it stays above 0 and at most 3 (β); got 0.6.",
    ],
    [
      { exponent: 2.5 },
      "errors.exponent must be so small that 0.6 ± it stays above 0 and at most 3 (β); got 2.5.",
    ],
  ])("rejects %o", (change, message) => {
    const { problem, errors } = order({ V: 1e6, Theta: 1e8, sigma_bp: 200, T: 0.5 });
    expect(() => impactBand(problem, { ...errors, ...change })).toThrow(message);
  });
});

describe("a desk's rule", () => {
  test("10% of a day's volume costs 15 bp, turned into a power law, does so", () => {
    const [price, volume] = [50, 5e6];
    const impact = powerImpact({ exponent: 0.6, reference: { rate: 0.1 * volume, impact: 15e-4 * price } });
    const problem = defineProblem({
      ...{ shares: 0.1 * volume, horizon: 1, intervals: 13, volatility: 1, impact },
    });
    const { expectedCost } = costReport(problem, equalSchedule(problem));
    expect((1e4 * expectedCost) / (0.1 * volume * price)).toBeCloseTo(15, 12);
  });
});
