/**
 * GARCH(1,1): a variance that remembers yesterday's, h_t = ω + α r²_{t−1} + β h_{t−1}, by maximum likelihood.
 *
 * @module
 */

import { anyFinite, checkInteger, checkKeys, checkNumber, notNegative, positive } from "../support/checks";
import { InputError } from "../support/errors";
import type { Estimate } from "../support/estimate";
import type { Series } from "../support/numbers";
import { backcast, type LikelihoodPoint, likelihoodAt, negativeTwice, type Vector3 } from "./garchLikelihood";
import { type Bound, dot, eliminate, solveSmallQuadratic } from "./smallQuadratic";
import {
  checkSeries,
  type VarianceEstimate,
  type VarianceOptions,
  type VarianceSettings,
  varianceEstimate,
  varianceOptions,
  varianceSettings,
} from "./variance";

/** A parameter with both its errors. `standardError` is the robust one. */
export interface GarchParameter extends Estimate {
  /** From the inverse Hessian alone: right where returns really are conditionally normal. */
  readonly normalError: number;
}

/** A fitted GARCH(1,1). */
export interface GarchFit {
  /**
   * - `"interior"`: the gradient vanishes at the estimate, within all bounds;
   * - `"boundary"`: a bound holds the estimate (α = 0, β = 0 or α + β = 1); usual standard errors do not exist and are NaN;
   * - `"not-converged"`: neither was reached; the numbers are the best found, without errors.
   */
  readonly status: "interior" | "boundary" | "not-converged";
  /** ω, in the returns' unit squared. */
  readonly omega: GarchParameter;
  /** α, weight of the last squared return. */
  readonly alpha: GarchParameter;
  /** β, weight of the last variance. */
  readonly beta: GarchParameter;
  /** α + β: what is left of a shock to the variance after one period. */
  readonly persistence: Estimate;
  readonly logLikelihood: number;
  /** h of the period after the last return; its error is that of the parameters alone. */
  readonly next: VarianceEstimate;
  /** ω/(1 − α − β), to which forecasts return. */
  readonly longRun: VarianceEstimate;
  /** h_1 … h_n. */
  readonly variances: Float64Array;
  /** How far the gradient says that the maximum still is, in standard errors: √(gᵀ(−H)⁻¹g); 0 where bounds hold. */
  readonly distance: number;
  readonly iterations: number;
  readonly observations: number;
}

/** The parameters of a GARCH(1,1). */
export interface GarchParameters {
  /** ω, above 0, in the returns' unit squared. */
  readonly omega: number;
  /** α, 0 or above. */
  readonly alpha: number;
  /** β, 0 or above. */
  readonly beta: number;
}

/** A likelihood, its slope, and what the parameters say of the next period. */
export interface GarchLikelihood {
  readonly logLikelihood: number;
  /** Derivatives by ω, α and β. */
  readonly gradient: readonly [number, number, number];
  /** h of the period after the last return. */
  readonly nextVariance: number;
}

/**
 * The log-likelihood of a GARCH(1,1) with normal shocks and mean 0 at given parameters, with its analytic gradient.
 *
 * The first variance is ω + (α + β) b, with b a mean of the first 75 squared returns with weights 0.94^i.
 *
 * @param returns - at least 10 returns, any unit (pure numbers or percent)
 * @param parameters - ω (in the returns' unit squared), α, β
 * @returns log-likelihood, gradient and the next period's variance
 * @throws InputError when an argument is not what it should be
 *
 * Source: T. Bollerslev, Journal of Econometrics 31 (1986) 307–327, § 5.
 *
 * @example
 * ```ts
 * const returns = [1, -2, 0.5, 1.5, -1, 0.3, -0.2, 0.9, 1.1, -1.4];
 * garchLikelihood(returns, { omega: 0.1, alpha: 0.1, beta: 0.8 }).logLikelihood; // → -15.4682
 * ```
 */
export function garchLikelihood(returns: Series, parameters: GarchParameters): GarchLikelihood {
  const { squares } = squaredReturns(returns, 1);
  const given = checkKeys("garchLikelihood's parameters", parameters, ["omega", "alpha", "beta"]);
  const θ: Vector3 = [
    checkNumber("omega", given.omega, positive, "returns squared"),
    checkNumber("alpha", given.alpha, notNegative, ""),
    checkNumber("beta", given.beta, notNegative, ""),
  ];
  const point = likelihoodAt(θ, squares, backcast(returns), new Float64Array(squares.length));
  return Object.freeze({
    logLikelihood: point.logLikelihood,
    gradient: Object.freeze(point.gradient),
    nextVariance: point.next,
  });
}

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

/** α + β stays below 1, so that there is a variance to return to. */
const largestPersistence = 1 - 1e-8;
const mostIterations = 200;

/**
 * Fits a GARCH(1,1) with normal shocks and mean 0 by maximum likelihood: Newton's method with analytic first and second
 * derivatives, each step the exact solution of a small quadratic programme within ω > 0, α ≥ 0, β ≥ 0, α + β < 1.
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
  const n = squares.length;
  // In units of the sample's own variance every fit begins alike, whether returns are fractions or percent.
  for (let t = 0; t < n; t++) squares[t] = squares[t] / scale;
  const b = backcast(returns) / scale;

  const variances = new Float64Array(n);
  let θ = bestStart(squares, b);
  let point = likelihoodAt(θ, squares, b, variances);
  let active: readonly number[] = [];
  let iterations = 0;
  let isDone = false;
  while (!isDone && iterations < mostIterations) {
    iterations++;
    const found = ascend(θ, point, squares, b, variances);
    active = found.active;
    isDone = found.isDone;
    θ = found.θ;
    point = found.point;
  }
  const status = !isDone ? "not-converged" : active.length > 0 ? "boundary" : "interior";
  return summary(status, θ, point, { scale, variances, iterations, settings });
}

/** Squares of returns, and their mean. */
function squaredReturns(returns: Series, least: number): { squares: Float64Array; scale: number } {
  const r = checkSeries("returns", returns, Math.max(10, least), anyFinite, "pure numbers");
  const squares = new Float64Array(r.length);
  let sum = 0;
  for (let t = 0; t < r.length; t++) {
    const square = r[t] ** 2;
    squares[t] = square;
    sum += square;
  }
  const scale = sum / r.length;
  if (!(scale > 1e-300 && scale < 1e300)) {
    throw new InputError("returns", returns, "returns that are not all 0 and can be squared");
  }
  return { squares, scale };
}

function bestStart(squares: Float64Array, b: number): Vector3 {
  let [best, least] = [[0.05, 0.05, 0.9] as Vector3, Number.POSITIVE_INFINITY];
  for (const [α, persistence] of starts) {
    const θ: Vector3 = [1 - persistence, α, persistence - α];
    const value = negativeTwice(θ, squares, b);
    if (value < least) [best, least] = [θ, value];
  }
  return best;
}

/** One step uphill, as long as it leads uphill. */
function ascend(
  θ: Vector3,
  point: LikelihoodPoint,
  squares: Float64Array,
  b: number,
  variances: Float64Array,
): { θ: Vector3; point: LikelihoodPoint; active: readonly number[]; isDone: boolean } {
  const [ω, α, β] = θ;
  const bounds: Bound[] = [
    { normal: [1, 0, 0], level: 1e-9 - ω },
    { normal: [0, 1, 0], level: -α },
    { normal: [0, 0, 1], level: -β },
    { normal: [0, -1, -1], level: α + β - largestPersistence },
  ];
  const g = point.gradient.map((slope) => -slope);
  const curvature = point.hessian.map((value) => -value);
  // Far from the maximum the Hessian need not be definite; the products of scores always are.
  const answer =
    (isPositiveDefinite(curvature) ? solveSmallQuadratic(g, curvature, bounds) : undefined) ??
    solveSmallQuadratic(g, withRidge(point.scoreProducts), bounds);
  if (answer === undefined) return { θ, point, active: [], isDone: false };
  const { step, active } = answer;
  const promised = -dot(g, step);
  // The last step gains less than the likelihood's sum rounds away, and so cannot be judged by it; but it doubles the
  // digits of the parameters.
  if (promised < 1e-9) {
    const last = moved(θ, step, 1);
    return { θ: last, point: likelihoodAt(last, squares, b, variances), active, isDone: true };
  }
  for (let length = 1; length > 1e-10; length /= 2) {
    const next = moved(θ, step, length);
    const reached = likelihoodAt(next, squares, b, variances);
    if (reached.logLikelihood >= point.logLikelihood + 1e-4 * length * promised) {
      return { θ: next, point: reached, active, isDone: false };
    }
  }
  // No length leads higher: the likelihood is level to rounding, if the promise was small, and otherwise stuck.
  const back = likelihoodAt(θ, squares, b, variances);
  return { θ, point: back, active, isDone: promised < 1e-6 };
}

/** θ + length · step, where rounding must not carry a weight below 0. */
function moved([ω, α, β]: Vector3, step: readonly number[], length: number): Vector3 {
  const [dω, dα, dβ] = step as Vector3;
  return [ω + length * dω, Math.max(0, α + length * dα), Math.max(0, β + length * dβ)];
}

/** By the leading minors of a 3 × 3 matrix. */
function isPositiveDefinite(m: readonly number[]): boolean {
  const [a, b, c, , e, f, , , i] = m as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const minor = a * e - b * b;
  return a > 0 && minor > 0 && i * minor - a * f * f + 2 * b * c * f - e * c * c > 0;
}

function withRidge(m: readonly number[]): readonly number[] {
  return m.map((value, i) => (i % 4 === 0 ? value * (1 + 1e-8) + 1e-10 : value));
}

/** The fit in the returns' own units, with the errors that its status allows. */
function summary(
  status: GarchFit["status"],
  [ω, α, β]: Vector3,
  point: LikelihoodPoint,
  run: {
    readonly scale: number;
    readonly variances: Float64Array;
    readonly iterations: number;
    readonly settings: VarianceSettings;
  },
): GarchFit {
  const { scale, variances, iterations, settings } = run;
  const n = variances.length;
  const inverse = status === "interior" ? inverseOf(point.hessian.map((value) => -value)) : undefined;
  const robust = inverse === undefined ? undefined : product(product(inverse, point.scoreProducts), inverse);
  /** √(wᵀMw), NaN where there is no M. */
  const errorOf = (w: Vector3, matrix: readonly number[] | undefined): number =>
    matrix === undefined
      ? Number.NaN
      : Math.sqrt(w.reduce((sum, wi, i) => sum + wi * dot(matrix.slice(3 * i, 3 * i + 3), w), 0));
  const parameter = (value: number, w: Vector3, unit: number): GarchParameter =>
    Object.freeze({
      value: value * unit,
      standardError: errorOf(w, robust) * unit,
      normalError: errorOf(w, inverse) * unit,
    });
  const estimate = (name: string, value: number, w: Vector3): VarianceEstimate =>
    varianceEstimate(`GARCH(1,1), ${name}`, value * scale, errorOf(w, robust) * scale, n, settings);

  const v = ω / (1 - α - β);
  for (let t = 0; t < n; t++) variances[t] = variances[t] * scale;
  return Object.freeze({
    status,
    omega: parameter(ω, [1, 0, 0], scale),
    alpha: parameter(α, [0, 1, 0], 1),
    beta: parameter(β, [0, 0, 1], 1),
    persistence: Object.freeze({ value: α + β, standardError: errorOf([0, 1, 1], robust) }),
    logLikelihood: point.logLikelihood - 0.5 * n * Math.log(scale),
    next: estimate("next", point.next, point.nextGradient),
    longRun: estimate("long run", v, [v / ω, v / (1 - α - β), v / (1 - α - β)]),
    variances,
    distance: inverse === undefined ? 0 : errorOf(point.gradient, inverse),
    iterations,
    observations: n,
  });
}

function inverseOf(m: readonly number[]): readonly number[] | undefined {
  const columns = [0, 1, 2].map((k) =>
    eliminate([0, 1, 2].map((i) => [...m.slice(3 * i, 3 * i + 3), i === k ? 1 : 0])),
  );
  if (columns.includes(undefined)) return undefined;
  return Array.from({ length: 9 }, (_, i) => (columns[i % 3] as number[])[Math.floor(i / 3)]);
}

function product(a: readonly number[], b: readonly number[]): readonly number[] {
  return Array.from({ length: 9 }, (_, i) => {
    const [row, column] = [Math.floor(i / 3), i % 3];
    return [0, 1, 2].reduce((sum, k) => sum + a[3 * row + k] * b[3 * k + column], 0);
  });
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
