/**
 * What a fitted GARCH(1,1) says of itself: parameters with their errors, in the returns' own units.
 *
 * @module
 */
import type { Estimate } from "../support/estimate";
import { plainArray } from "../support/numbers";
import type { LikelihoodPoint, Vector3 } from "./garchLikelihood";
import { dot, eliminate } from "./smallQuadratic";
import { type VarianceEstimate, type VarianceSettings, varianceEstimate } from "./variance";

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
  readonly variances: readonly number[];
  /** How far the gradient says that the maximum still is, in standard errors: √(gᵀ(−H)⁻¹g); 0 where bounds hold. */
  readonly distance: number;
  readonly iterations: number;
  readonly observations: number;
}

/** The fit in the returns' own units, with the errors that its status allows. */
export function summary(
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
    variances: plainArray(variances),
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
