import { describe, expect, test } from "vitest";
import { garchTable, varianceTable } from "../../src/index";
import {
  fitGarch,
  type GarchFit,
  garchForecast,
  priceVolatility,
  type VarianceEstimate,
} from "../../src/volatility/index";
import { reference } from "../helpers/reference";
import { garchSeries } from "../reference/garch_series.mjs";

interface Best {
  readonly kind: string;
  readonly logLikelihood: number;
}

const best = reference<readonly Best[]>("garch");
const fits = garchSeries.map(({ kind, returns }) => ({ kind, returns, fit: fitGarch(returns) }));
const ofKind = (kind: string): readonly GarchFit[] =>
  fits.filter((one) => one.kind === kind).map(({ fit }) => fit);
const withStatus = (status: GarchFit["status"]): readonly GarchFit[] =>
  fits.map(({ fit }) => fit).filter((fit) => fit.status === status);

describe("300 series that are hard to fit", () => {
  test("are the series of the reference figures", () => {
    expect(garchSeries).toHaveLength(300);
    expect(best.map(({ kind }) => kind)).toEqual(garchSeries.map(({ kind }) => kind));
  });

  test("are fitted as well as arch fits them from the best of four starts, or better", () => {
    const short = fits
      .map(({ kind, fit }, i) => ({ i, kind, by: best[i].logLikelihood - fit.logLikelihood }))
      .filter(({ by }) => by > 1e-6);
    expect(short).toEqual([]);
  });

  test("converge, all of them", () => {
    expect(withStatus("not-converged")).toEqual([]);
  });

  test("have errors that make sense, or none and a reason", () => {
    for (const { fit } of fits) {
      const { status, message, alpha, beta, next, longRun } = fit;
      const errors = [alpha, beta].flatMap(({ standardError, normalError }) => [standardError, normalError]);
      if (status === "interior") {
        for (const error of errors) expect(error).toBeGreaterThan(0);
        expect([alpha.normalError, beta.normalError].every((error) => (error ?? 2) < 1)).toBe(true);
        expect(fit.distance).toBeLessThan(1e-4);
      } else {
        expect(errors.every((error) => error === undefined)).toBe(true);
        expect(next.warnings).toEqual([message]);
      }
      const isSaid = ({ standardError, warnings }: VarianceEstimate): boolean =>
        Number.isNaN(standardError) === warnings.length > 0;
      expect(isSaid(next) && isSaid(longRun)).toBe(true);
      expect(longRun.standardError).not.toBeGreaterThan(longRun.variance);
    }
  });

  test("say in tables what they are, and never NaN", () => {
    for (const { fit } of fits) {
      const tables = [garchTable("Fit", fit), varianceTable("Fit", [fit.next, fit.longRun])];
      expect(JSON.stringify(tables)).not.toMatch(/NaN|undefined|Infinity/);
      if (fit.status !== "interior") expect(tables[0]?.caption).toBe(`Fit. ${fit.message}`);
    }
  });
});

describe("a status", () => {
  test("of returns of one size: not identified, and the next variance is their square", () => {
    for (const kind of ["constant", "to and fro"]) {
      for (const fit of ofKind(kind)) {
        expect(fit.status).toBe("not-identified");
        expect(fit.message).toMatch(
          /^The likelihood is level at its maximum: several α and β fit equally well/,
        );
      }
    }
    const r = 0.01;
    const { next, logLikelihood, longRun } = fitGarch(new Array<number>(250).fill(r));
    expect(next.variance / r ** 2).toBeCloseTo(1, 9);
    // Every variance r²: −½ n (ln 2π + ln r² + 1).
    expect(logLikelihood).toBeCloseTo(-125 * (Math.log(2 * Math.PI) + Math.log(r * r) + 1), 8);
    expect(longRun.variance).toBeNaN();
  });

  test("at α = 0: not identified, without a long-run variance", () => {
    const held = withStatus("not-identified").filter(({ alpha }) => alpha.value === 0);
    expect(held.length).toBeGreaterThan(30);
    for (const { message, longRun } of held) {
      expect(message).toMatch(
        /^The likelihood has its maximum at α = 0: the variance does not react to returns/,
      );
      expect(longRun.warnings).toEqual([`There is no long-run variance. ${message}`]);
    }
  });

  test("at α + β = 1: integrated; forecasts rise by ω, and a long-run σ is refused with the next step", () => {
    const held = withStatus("integrated");
    expect(held.length).toBeGreaterThan(5);
    for (const fit of held) {
      expect(fit.persistence.value).toBeCloseTo(1, 14);
      const [first, second, third] = garchForecast(fit, 3);
      expect(first).toBe(fit.next.variance);
      expect((second - first) / fit.omega.value).toBeCloseTo(1, 6);
      expect((third - second) / fit.omega.value).toBeCloseTo(1, 6);
    }
    const [fit] = held as [GarchFit];
    expect(fit.message).toBe(
      "The likelihood has its maximum at α + β = 1 (IGARCH): a shock to the variance never fades, there is no long-run " +
        "variance, and the usual standard errors do not exist.",
    );
    expect(() => priceVolatility(fit.longRun, { price: 50, periodLength: 1 })).toThrow(
      "volatility.variance must be a finite number above 0, to have a square root; got NaN. There is no long-run " +
        `variance. ${fit.message} Hand over another estimate, such as a fit's next or closeToCloseVolatility's.`,
    );
  });

  test("at β = 0: on the boundary, with a long-run variance and no errors", () => {
    const held = withStatus("boundary").filter(({ beta }) => beta.value === 0);
    expect(held.length).toBeGreaterThan(5);
    for (const { message, omega, alpha, longRun } of held) {
      expect(message).toBe(
        "The likelihood has its maximum at β = 0; the usual standard errors do not exist there.",
      );
      expect(longRun.variance / (omega.value / (1 - alpha.value))).toBeCloseTo(1, 12);
    }
  });
});

test("a fit in percent handed to priceVolatility is refused with the likely slip", () => {
  const [fit] = ofKind("percent") as [GarchFit];
  expect(() => priceVolatility(fit, { price: 50, periodLength: 1 })).toThrow(
    /^volatility must be an estimate of at most 300% a year, as a fraction; got the text "[\d,]+% a year"\. Were the returns in percent\? Estimate it from fractions, 0\.01 for 1%\. If it is right, hand over its volatility as a number\.$/,
  );
});

test("forecasts are refused without a fit, in words", () => {
  expect(() => garchForecast(undefined as never, 5)).toThrow(
    "fit must be the result of fitGarch; got nothing.",
  );
});
