import { describe, expect, test } from "vitest";
import {
  fitGarch,
  type GarchFit,
  garchForecast,
  garchLikelihood,
  logReturns,
  simulateBars,
} from "../../src/volatility/index";
import { moments } from "../helpers/moments";
import { expectRelative } from "../helpers/reference";
import { figures } from "../helpers/volatilityReference";

const { returns, mle } = figures.garch;

describe("the fit", () => {
  const fit = fitGarch(returns);

  test("finds the reference maximum: likelihood, parameters, errors, next and long-run variance", () => {
    expect(fit.status).toBe("interior");
    expectRelative(fit.logLikelihood, mle.loglik, 1e-12, "log-likelihood");
    // Newton's last step has doubled the digits; the reference was maximized at 60 digits.
    expectRelative(fit.omega.value, mle.omega, 1e-9, "ω");
    expectRelative(fit.alpha.value, mle.alpha, 1e-9, "α");
    expectRelative(fit.beta.value, mle.beta, 1e-9, "β");
    expectRelative(fit.next.variance, mle.next_variance, 1e-9, "next");
    expectRelative(fit.longRun.variance, mle.long_run_variance, 1e-9, "long run");
    const errors = [fit.omega, fit.alpha, fit.beta].map(({ normalError }) => normalError);
    errors.forEach((error, i) => {
      expectRelative(error ?? Number.NaN, mle.se_inverse_hessian[i], 1e-9, `error ${i}`);
    });
    expect(fit.distance).toBeLessThan(1e-9);
  });

  test("does not depend on the unit of the returns", () => {
    const fractions = fitGarch(returns.map((r) => r / 100));
    expectRelative(fractions.omega.value, fit.omega.value / 1e4, 1e-9, "ω");
    expectRelative(fractions.alpha.value, fit.alpha.value, 1e-9, "α");
    expectRelative(fractions.alpha.standardError ?? 0, fit.alpha.standardError ?? 1, 1e-8, "its error");
    expectRelative(
      fractions.logLikelihood,
      fit.logLikelihood + returns.length * Math.log(100),
      1e-12,
      "likelihood",
    );
    expectRelative(fractions.variances[500], fit.variances[500] / 1e4, 1e-9, "h");
  });

  test("recovers the truth from 100 simulated series, off by what its robust errors say", () => {
    const fits = Array.from({ length: 100 }, (_, seed) => {
      const garch = { alpha: 0.1, beta: 0.85 };
      return fitGarch(logReturns(simulateBars({ bars: 1501, volatility: 0.01, seed, garch }).close));
    });
    expect(fits.filter(({ status }) => status === "interior")).toHaveLength(100);
    const zsOf = (
      pick: (fit: GarchFit) => { value: number; standardError: number | undefined },
      truth: number,
    ): number[] => fits.map((one) => (pick(one).value - truth) / (pick(one).standardError ?? Number.NaN));
    const inAlpha = moments(zsOf((one) => one.alpha, 0.1));
    const inBeta = moments(zsOf((one) => one.beta, 0.85));
    // Of 100: means good to 0.1, deviations to 0.07; β is known to come out low in samples of this size.
    expect(Math.abs(inAlpha.mean)).toBeLessThan(0.5);
    expect(Math.abs(inBeta.mean)).toBeLessThan(0.7);
    expect(Math.abs(inAlpha.deviation - 1)).toBeLessThan(0.3);
    expect(Math.abs(inBeta.deviation - 1)).toBeLessThan(0.4);
  });

  test("says when a bound holds it, and gives no errors there", () => {
    // Variance without memory: often α = 0 fits best.
    const fits = Array.from({ length: 10 }, (_, seed) =>
      fitGarch(logReturns(simulateBars({ bars: 400, volatility: 0.01, seed }).close)),
    );
    const held = fits.filter(({ status }) => status === "boundary");
    expect(held.length).toBeGreaterThan(0);
    expect(fits.filter(({ status }) => status === "not-converged")).toEqual([]);
    for (const { alpha, beta, persistence } of held) {
      expect(Math.min(alpha.value, beta.value, 1 - persistence.value)).toBeLessThan(1e-7);
      expect(alpha.standardError).toBeUndefined();
    }
  });

  test("climbs higher than any start of a grid, whatever the series", () => {
    for (const seed of [1, 2, 3]) {
      const series = logReturns(
        simulateBars({ bars: 700, volatility: 0.02, seed, garch: { alpha: 0.2, beta: 0.5 } }).close,
      );
      const { logLikelihood } = fitGarch(series);
      const variance = series.reduce((sum, r) => sum + r * r, 0) / series.length;
      for (const alpha of [0.02, 0.1, 0.3]) {
        for (const beta of [0.1, 0.4, 0.65]) {
          const omega = variance * (1 - alpha - beta);
          expect(garchLikelihood(series, { omega, alpha, beta }).logLikelihood).toBeLessThanOrEqual(
            logLikelihood,
          );
        }
      }
    }
  });

  test("refuses what is no series of returns", () => {
    expect(() => fitGarch(returns.slice(0, 50))).toThrow("returns must be an array of at least 100 numbers");
    expect(() => fitGarch(new Array(200).fill(0))).toThrow("returns that are not all 0 and can be squared");
    expect(() => fitGarch([...returns, Number.NaN])).toThrow("returns[1000] must be a finite number");
  });
});

test("the forecast follows the recursion, returns to the long run, and sums over a horizon", () => {
  const fit = fitGarch(returns);
  const ahead = garchForecast(fit, 400);
  let h = fit.next.variance;
  ahead.slice(0, 50).forEach((value, k) => {
    expectRelative(value, h, 1e-12, `day ${k + 1}`);
    h = fit.omega.value + fit.persistence.value * h;
  });
  expectRelative(ahead[399], fit.longRun.variance, 0.01, "far ahead");
  expect(() => garchForecast(fit, 0)).toThrow("periods must be an integer from 1 to 100,000; got 0.");
});
