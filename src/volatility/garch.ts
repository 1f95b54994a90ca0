/**
 * GARCH(1,1): a variance that remembers yesterday's, h_t = ω + α r²_{t−1} + β h_{t−1}, by maximum likelihood.
 *
 * @module
 */

import { checkInteger, checkKeys } from "../support/checks";
import type { Series } from "../support/numbers";
import { type Ascent, ascend } from "./garchAscent";
import { type GarchFit, summary } from "./garchFit";
import {
  backcast,
  type GarchSample,
  likelihoodAt,
  negativeTwice,
  squaredReturns,
  type Vector3,
} from "./garchLikelihood";
import { type VarianceOptions, varianceOptions, varianceSettings } from "./variance";

/** Starts: α and persistence, each with the ω that gives the sample's variance. */
const starts: readonly (readonly [number, number])[] = [
  [0.05, 0.98],
  [0.1, 0.98],
  [0.2, 0.98],
  [0.05, 0.9],
  [0.1, 0.9],
  [0.2, 0.7],
  [0.05, 0.5],
];

const mostIterations = 200;

/**
 * Fits a GARCH(1,1) with normal shocks and mean 0 by maximum likelihood: Newton's method with analytic first and second
 * derivatives, each step the exact solution of a small quadratic program within ω > 0, α ≥ 0, β ≥ 0, α + β < 1.
 *
 * Standard errors are robust (the sandwich H⁻¹PH⁻¹ of Bollerslev and Wooldridge 1992), hence right even where shocks
 * have fatter tails than normal ones.
 *
 * @param returns - at least 100 returns, any unit, not all 0; subtract their mean first where it matters
 * @param options - period, periods a year, level of the intervals
 * @returns parameters with errors, likelihood, the path of variances, the next one and the long-run one
 * @throws InputError when an argument is not what it should be
 *
 * Source: T. Bollerslev, Journal of Econometrics 31 (1986) 307–327; T. Bollerslev and J. M. Wooldridge, Econometric
 * Reviews 11 (1992) 143–172.
 *
 * @example
 * ```ts
 * const { close } = simulateBars({ bars: 1000, volatility: 0.02, seed: 3, garch: { alpha: 0.1, beta: 0.85 } });
 * const fit = fitGarch(logReturns(close));
 * fit.status; // → interior
 * Math.abs(fit.alpha.value - 0.1) < 3 * fit.alpha.standardError; // → true
 * ```
 */
export function fitGarch(returns: Series, options: VarianceOptions = {}): GarchFit {
  const settings = varianceSettings(checkKeys("fitGarch's options", options, varianceOptions));
  const { squares, scale } = squaredReturns(returns, 100);
  // In units of the sample's own variance every fit begins alike, whether returns are fractions or percent.
  for (let t = 0; t < squares.length; t++) squares[t] = squares[t] / scale;
  const variances = new Float64Array(squares.length);
  const sample: GarchSample = { squares, backcast: backcast(returns) / scale, variances };

  const start = bestStart(sample);
  let reached: Ascent = { θ: start, point: likelihoodAt(start, sample), active: [], isDone: false };
  let iterations = 0;
  while (!reached.isDone && iterations < mostIterations) {
    iterations++;
    reached = ascend(reached, sample);
  }
  const { θ, point, active, isDone } = reached;
  const status = !isDone ? "not-converged" : active.length > 0 ? "boundary" : "interior";
  return summary(status, θ, point, { scale, variances, iterations, settings });
}

function bestStart(sample: GarchSample): Vector3 {
  let [best, least] = [[0.05, 0.05, 0.9] as Vector3, Number.POSITIVE_INFINITY];
  for (const [α, persistence] of starts) {
    const θ: Vector3 = [1 - persistence, α, persistence - α];
    const value = negativeTwice(θ, sample);
    if (value < least) [best, least] = [θ, value];
  }
  return best;
}

/**
 * Forecasts of the variance by a fitted GARCH(1,1): each period closer to the long-run variance by the factor α + β.
 *
 * @param fit - the result of `fitGarch`
 * @param periods - how many periods ahead, an integer from 1 to 100,000
 * @returns the variance of each of the next periods; their sum is the variance over all of them
 * @throws InputError when an argument is not what it should be
 *
 * Source: R. F. Engle and T. Bollerslev, Econometric Reviews 5 (1986) 1–50.
 *
 * @example
 * ```ts
 * const { close } = simulateBars({ bars: 1000, volatility: 0.02, seed: 3, garch: { alpha: 0.1, beta: 0.85 } });
 * const fit = fitGarch(logReturns(close));
 * const ahead = garchForecast(fit, 250);
 * ahead[0] === fit.next.variance; // → true
 * Math.abs(ahead[249] / fit.longRun.variance - 1) < 0.01; // → true
 * ```
 */
export function garchForecast(fit: GarchFit, periods: number): readonly number[] {
  const count = checkInteger("periods", periods, 1, 100_000);
  const [v, next, φ] = [fit.longRun.variance, fit.next.variance, fit.persistence.value];
  return Object.freeze(Array.from({ length: count }, (_, k) => v + φ ** k * (next - v)));
}
