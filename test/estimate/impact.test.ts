import { describe, expect, test } from "vitest";
import { estimatePermanentImpact, estimateTemporaryImpact } from "../../src/estimate/impact";
import { fitLine } from "../../src/estimate/leastSquares";
import {
  defineProblem,
  equalSchedule,
  optimalSchedule,
  type ProblemInput,
  volumeSchedule,
} from "../../src/index";
import { type FillSample, simulateFills } from "../../src/simulate/fills";
import type { Estimate } from "../../src/support/estimate";
import { moments } from "../helpers/moments";
import { expectRelative, reference } from "../helpers/reference";

const truth = {
  shares: 1e6,
  horizon: 3600,
  intervals: 60,
  volatility: 0.004,
  temporaryImpact: 5e-7,
  permanentImpact: 1e-7,
  halfSpread: 0.01,
  riskAversion: 2e-6,
} satisfies ProblemInput;
const τ = 60;

/** Three shapes of seed A's order, so that rates differ; they fit any market, whatever they are optimal for. */
const seedA = defineProblem({ ...truth, timing: "end" });
const shapes = [
  optimalSchedule(seedA),
  equalSchedule(seedA),
  volumeSchedule(
    seedA,
    Array.from({ length: 60 }, (_, k) => 1 + (k % 7)),
  ),
];

function fillsOf(
  change: Partial<ProblemInput>,
  orders: number,
  seed: number | string,
  slippageNoise = 0,
): FillSample {
  return simulateFills(defineProblem({ ...truth, timing: "end", ...change }), shapes, {
    orders,
    seed,
    slippageNoise,
  });
}

function expectWithin(estimate: Estimate | undefined, value: number, errors: number, what: string): void {
  const z = ((estimate?.value as number) - value) / (estimate?.standardError as number);
  expect(Math.abs(z), `${what}: ${estimate?.value} against ${value}`).toBeLessThan(errors);
}

describe("temporary impact", () => {
  test('is recovered without error under timing "start", where nothing else is in the slippage', () => {
    for (const side of ["sell", "buy"] as const) {
      const estimate = estimateTemporaryImpact(fillsOf({ timing: "start", side, drift: 1e-4 }, 3, 1));
      expectRelative(estimate.value, 5e-7, 1e-10, "η");
      expectRelative(estimate.halfSpread.value, 0.01, 1e-10, "ε");
      expectRelative(estimate.rSquared, 1, 1e-12, "R²");
      expect(estimate.residualDeviation).toBeLessThan(1e-12);
      expect(estimate.observations).toBe(180);
    }
  });

  test("is recovered from noisy fills within 4 standard errors, and the noise with it", () => {
    for (const side of ["sell", "buy"] as const) {
      const estimate = estimateTemporaryImpact(fillsOf({ timing: "start", side }, 30, 2, 0.02));
      expectWithin(estimate, 5e-7, 4, "η");
      expectWithin(estimate.halfSpread, 0.01, 4, "ε");
      expectRelative(estimate.residualDeviation, 0.02, 4 / Math.sqrt(2 * 1798), "noise");
    }
  });

  test('under timing "end" contains γτ, and the intercept the drift, as documented', () => {
    for (const side of ["sell", "buy"] as const) {
      const estimate = estimateTemporaryImpact(fillsOf({ side, drift: 1e-4 }, 60, 3));
      expectWithin(estimate, 5e-7 + 1e-7 * τ, 4, "η + γτ");
      expectWithin(estimate.halfSpread, 0.01 - (side === "sell" ? 1 : -1) * 1e-4 * τ, 4, "ε ∓ ατ");
      expectRelative(estimate.residualDeviation, 0.004 * Math.sqrt(τ), 4 / Math.sqrt(2 * 3598), "σ√τ");
    }
  });

  test("has honest standard errors: 300 estimates lie about the truth as they say", () => {
    const runs = Array.from({ length: 300 }, (_, seed) =>
      estimateTemporaryImpact(fillsOf({ timing: "start" }, 3, `honest ${seed}`, 0.02)),
    );
    for (const z of [
      runs.map(({ value, standardError }) => (value - 5e-7) / standardError),
      runs.map(({ halfSpread }) => (halfSpread.value - 0.01) / halfSpread.standardError),
    ]) {
      const { mean, deviation } = moments(z);
      expect(Math.abs(mean)).toBeLessThan(0.25);
      expect(Math.abs(deviation - 1)).toBeLessThan(0.15);
    }
  });

  test("follows the units: η per minute is a 60th of η per second", () => {
    const { rates, slippages } = fillsOf({ timing: "start" }, 3, 4, 0.02);
    const perSecond = estimateTemporaryImpact({ rates, slippages });
    const perMinute = estimateTemporaryImpact({ rates: rates.map((rate) => 60 * rate), slippages });
    expectRelative(perMinute.value, perSecond.value / 60, 1e-12, "η");
    expectRelative(perMinute.standardError, perSecond.standardError / 60, 1e-12, "its error");
    expectRelative(perMinute.halfSpread.value, perSecond.halfSpread.value, 1e-12, "ε");
  });

  test("of slippages that are all the same is 0, and nothing is explained", () => {
    const estimate = estimateTemporaryImpact({ rates: [1, 2, 3], slippages: [0.5, 0.5, 0.5] });
    expect(estimate).toEqual({
      value: 0,
      standardError: 0,
      halfSpread: { value: 0.5, standardError: 0 },
      residualDeviation: 0,
      rSquared: 0,
      observations: 3,
    });
    expect(Object.isFrozen(estimate) && Object.isFrozen(estimate.halfSpread)).toBe(true);
  });

  test("refuses what it cannot tell apart, and says so", () => {
    const estimate = (rates: unknown, slippages: unknown) => () =>
      estimateTemporaryImpact({ rates, slippages } as never);
    const same =
      "rates must be rates that differ (shares/time); got an array of length 3. Every rate is the same, 200, so the " +
      "slope cannot be told from the intercept. Add fills at other rates.";
    expect(estimate([200, 200, 200], [1, 2, 3])).toThrow(same);
    expect(estimate([200, 200 + 1e-10, 200 - 1e-10], [1, 2, 3])).toThrow(same);
    expect(estimate([1, 2], [1, 2])).toThrow(
      "rates must be an array of at least 3 numbers (shares/time); got an array of length 2.",
    );
    expect(estimate([1, 2, 3], [1, 2])).toThrow(
      "slippages must be an array of 3 numbers (currency/share), one for each of rates; got an array of length 2.",
    );
    expect(estimate([1, -2, 3], [1, 2, 3])).toThrow(
      "rates[1] must be a finite number above 0 (shares/time); got -2.",
    );
    expect(estimate([1, 2, 3], [1, 2, Number.POSITIVE_INFINITY])).toThrow(
      "slippages[2] must be a finite number (currency/share); got Infinity.",
    );
    expect(() => estimateTemporaryImpact({ rates: [1, 2, 3], slippage: [1, 2, 3] } as never)).toThrow(
      'estimateTemporaryImpact\'s sample field "slippage" must be left out: there is no such field. ' +
        "Known fields: rates, slippages, signedVolumes, priceMoves; got an array of length 3.",
    );
    expect(estimate([1, 2, 3e200], [1, 2, 3])).toThrow(
      "The sums of squares leave the range of floating-point numbers. " +
        "State the observations in other units of shares or time.",
    );
  });
});

describe("permanent impact", () => {
  test("is recovered within 4 standard errors, for both sides and timings, and σ√τ with it", () => {
    for (const timing of ["start", "end"] as const) {
      for (const side of ["sell", "buy"] as const) {
        const estimate = estimatePermanentImpact(fillsOf({ timing, side }, 60, 5));
        expectWithin(estimate, 1e-7, 4, "γ");
        expectRelative(estimate.residualDeviation, 0.004 * Math.sqrt(τ), 4 / Math.sqrt(2 * 3599), "σ√τ");
        expect(estimate.trend).toBeUndefined();
        expect(estimate.observations).toBe(3600);
      }
    }
  });

  test("with a drift needs the trend: without it the drift passes for impact", () => {
    const fills = fillsOf({ side: "buy", drift: 1e-4 }, 60, 6);
    const { trend, ...rest } = estimatePermanentImpact({ ...fills, trend: true });
    expectWithin(rest, 1e-7, 4, "γ");
    expectWithin(trend, 1e-4 * τ, 4, "ατ");
    const blind = estimatePermanentImpact(fills);
    expect((blind.value - 1e-7) / blind.standardError).toBeGreaterThan(5);
  });

  test("has honest standard errors: 300 estimates lie about the truth as they say", () => {
    const samples = Array.from({ length: 300 }, (_, seed) => fillsOf({ drift: 1e-4 }, 3, `honest ${seed}`));
    const runs = samples.map((fills) => estimatePermanentImpact({ ...fills, trend: true }));
    const driftless = Array.from({ length: 300 }, (_, seed) =>
      estimatePermanentImpact(fillsOf({}, 3, `origin ${seed}`)),
    );
    for (const z of [
      runs.map(({ value, standardError }) => (value - 1e-7) / standardError),
      runs.map(({ trend }) => ((trend?.value as number) - 1e-4 * τ) / (trend?.standardError as number)),
      driftless.map(({ value, standardError }) => (value - 1e-7) / standardError),
    ]) {
      const { mean, deviation } = moments(z);
      expect(Math.abs(mean)).toBeLessThan(0.25);
      expect(Math.abs(deviation - 1)).toBeLessThan(0.15);
    }
  });

  test("refuses what it cannot tell apart, and says so", () => {
    const estimate = (sample: unknown) => () => estimatePermanentImpact(sample as never);
    expect(estimate({ signedVolumes: [0, 0], priceMoves: [1, 2] })).toThrow(
      "signedVolumes must be volumes that are not all 0 (shares); got an array of length 2. " +
        "Every volume is 0, so no move can be an impact. Add intervals with trades.",
    );
    expect(estimate({ signedVolumes: [5, 5, 5], priceMoves: [1, 2, 3], trend: true })).toThrow(
      "signedVolumes must be volumes that differ (shares); got an array of length 3. Every volume is the same, 5, so " +
        "the impact cannot be told from the trend. Add intervals with other volumes, or leave out trend.",
    );
    expect(estimate({ signedVolumes: [1, 2], priceMoves: [1, 2], trend: true })).toThrow(
      "signedVolumes must be an array of at least 3 numbers (shares); got an array of length 2.",
    );
    expect(estimate({ signedVolumes: [1, 2], priceMoves: [1] })).toThrow(
      "priceMoves must be an array of 2 numbers (currency/share), one for each of signedVolumes; " +
        "got an array of length 1.",
    );
    expect(estimate({ signedVolumes: [1, 2], priceMoves: [1, 2], trend: "yes" })).toThrow(
      'trend must be true or false; got the text "yes".',
    );
    expect(estimate({ signedVolumes: [1, 1], priceMoves: [1, 2] })).not.toThrow();
  });
});

describe("200 given trades, against regressions with 60 digits (1e-11)", () => {
  interface Fit {
    readonly coefficients: Readonly<Record<string, { readonly estimate: number; readonly se: number }>>;
    readonly residual_sd: number;
    readonly rss: number;
    readonly r2: number;
    readonly n: number;
  }
  const given = reference<{
    rows: [side: number, shares: number, minutes: number, pre: number, exec: number, post: number][];
    temporary: Fit;
    temporary_with_intercept: Fit;
    permanent: Fit;
    permanent_weighted: Fit;
  }>("calibration");
  const rows = given.rows.map(([side, shares, minutes, pre, exec, post]) => ({
    side,
    shares,
    minutes,
    paid: exec - pre,
    moved: post - pre,
  }));
  const expectEstimate = ({ value, standardError }: Estimate, fit: Fit, name: string): void => {
    const expected = fit.coefficients[name];
    expectRelative(value, expected?.estimate as number, 1e-11, name);
    expectRelative(standardError, expected?.se as number, 1e-11, `${name}'s error`);
  };

  test("temporary impact and half spread", () => {
    const estimate = estimateTemporaryImpact({
      rates: rows.map(({ shares, minutes }) => Math.abs(shares) / minutes),
      slippages: rows.map(({ side, paid }) => side * paid),
    });
    expectEstimate(estimate, given.temporary, "eta");
    expectEstimate(estimate.halfSpread, given.temporary, "eps");
    expectRelative(estimate.residualDeviation, given.temporary.residual_sd, 1e-11, "residual");
  });

  test("a line with an intercept, and its R²", () => {
    const fit = fitLine(
      rows.map(({ shares, minutes }) => shares / minutes),
      rows.map(({ paid }) => paid),
      { intercept: true },
    );
    const expected = given.temporary_with_intercept;
    expectEstimate(fit.slope, expected, "eta");
    expectEstimate(fit.intercept as Estimate, expected, "intercept");
    expectRelative(fit.residualDeviation, expected.residual_sd, 1e-11, "residual");
    expectRelative(fit.rSquared, expected.r2, 1e-11, "R²");
  });

  test("permanent impact, plain and with moves and volumes over √τ", () => {
    const plain = estimatePermanentImpact({
      signedVolumes: rows.map(({ shares }) => shares),
      priceMoves: rows.map(({ moved }) => moved),
    });
    const weighted = estimatePermanentImpact({
      signedVolumes: rows.map(({ shares, minutes }) => shares / Math.sqrt(minutes)),
      priceMoves: rows.map(({ moved, minutes }) => moved / Math.sqrt(minutes)),
    });
    for (const [estimate, expected] of [
      [plain, given.permanent],
      [weighted, given.permanent_weighted],
    ] as const) {
      expectEstimate(estimate, expected, "gamma");
      expectRelative(estimate.residualDeviation, expected.residual_sd, 1e-11, "residual");
      expectRelative(estimate.rSquared, expected.r2, 1e-11, "R²");
      expect(estimate.observations).toBe(expected.n);
    }
  });
});
