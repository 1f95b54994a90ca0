/**
 * What a fitted GARCH(1,1) says of itself: parameters with their errors, in the returns' own units.
 *
 * @module
 */
import { plainArray } from "../support/numbers";
import type { Ascent } from "./garchAscent";
import { type GarchSample, scoreProductsAt, type Vector3, variancesAt } from "./garchSample";
import { type GarchStatus, messageOf, statusOf } from "./garchStatus";
import { dot, eliminate } from "./smallQuadratic";
import { type VarianceEstimate, type VarianceSettings, varianceEstimate } from "./variance";

/** A parameter with both its errors; there are none but where the fit's status is `"interior"`. */
export interface GarchParameter {
  /** The estimate. */
  readonly value: number;
  /** The robust one: right also where shocks have fatter tails than normal ones. */
  readonly standardError: number | undefined;
  /** From the inverse Hessian alone: right where returns really are conditionally normal. */
  readonly normalError: number | undefined;
}

/** A fitted GARCH(1,1). */
export interface GarchFit {
  /** What was found of the maximum, see {@link GarchStatus}; only `"interior"` has standard errors. */
  readonly status: GarchStatus;
  /** The status in words, with what follows from it. */
  readonly message: string;
  /** ω, in the returns' unit squared. */
  readonly omega: GarchParameter;
  /** α, weight of the last squared return. */
  readonly alpha: GarchParameter;
  /** β, weight of the last variance. */
  readonly beta: GarchParameter;
  /** α + β: what is left of a shock to the variance after one period. */
  readonly persistence: Omit<GarchParameter, "normalError">;
  /** The log-likelihood, in full, at the estimate. */
  readonly logLikelihood: number;
  /** h of the period after the last return; its error is that of the parameters alone. */
  readonly next: VarianceEstimate;
  /** ω/(1 − α − β), to which forecasts return; its variance is NaN where there is none, and its `warnings` say why. */
  readonly longRun: VarianceEstimate;
  /** h_1 … h_n. */
  readonly variances: readonly number[];
  /**
   * How far the gradient says that the maximum still is, in standard errors: √(gᵀ(−H)⁻¹g), along the bounds where some
   * hold; `undefined` where the likelihood is level in some direction.
   */
  readonly distance: number | undefined;
  /** Newton steps of the climb that led highest. */
  readonly iterations: number;
  /** Number of returns. */
  readonly observations: number;
}

/** The fit in the returns' own units, with the errors that its status allows. */
export function summary(
  { θ, point, face, isDone, iterations }: Ascent,
  sample: GarchSample,
  { scale, settings }: { readonly scale: number; readonly settings: VarianceSettings },
): GarchFit {
  const [ω, α, β] = θ;
  const variances = variancesAt(θ, sample);
  const n = variances.length;
  const inverse = face.names.length === 0 ? inverseOf(point.hessian.map((value) => -value)) : undefined;
  const scores = scoreProductsAt(β, sample, variances);
  const robust = inverse === undefined ? undefined : product(product(inverse, scores), inverse);
  const normalErrors = [0, 1, 2].map((i) => Math.sqrt(inverse?.[4 * i] ?? Number.NaN));
  const status = statusOf(face, isDone, normalErrors);
  const message = messageOf(status, face, normalErrors);
  /** √(wᵀMw). */
  const errorOf = (w: Vector3, matrix: readonly number[] | undefined): number | undefined =>
    matrix === undefined || status !== "interior"
      ? undefined
      : Math.sqrt(w.reduce((sum, wi, i) => sum + wi * dot(matrix.slice(3 * i, 3 * i + 3), w), 0));
  const times = (error: number | undefined, unit: number): number | undefined =>
    error === undefined ? undefined : error * unit;
  const parameter = (value: number, w: Vector3, unit: number): GarchParameter =>
    Object.freeze({
      value: value * unit,
      standardError: times(errorOf(w, robust), unit),
      normalError: times(errorOf(w, inverse), unit),
    });
  const estimate = (
    name: string,
    value: number,
    error: number | undefined,
    words: string,
  ): VarianceEstimate =>
    varianceEstimate(
      `GARCH(1,1), ${name}`,
      value * scale,
      (error ?? Number.NaN) * scale,
      n,
      settings,
      error === undefined ? [words] : [],
    );

  for (let t = 0; t < n; t++) variances[t] = variances[t] * scale;
  const longRun = longRunOf(θ, status, message, (w) => errorOf(w, robust));
  return Object.freeze({
    status,
    message,
    omega: parameter(ω, [1, 0, 0], scale),
    alpha: parameter(α, [0, 1, 0], 1),
    beta: parameter(β, [0, 0, 1], 1),
    persistence: Object.freeze({ value: α + β, standardError: errorOf([0, 1, 1], robust) }),
    logLikelihood: point.logLikelihood - 0.5 * n * Math.log(scale),
    next: estimate("next", point.next, errorOf(point.nextGradient, robust), message),
    longRun: estimate("long run", longRun.value, longRun.error, longRun.words),
    variances: plainArray(variances),
    distance: face.step === undefined ? undefined : Math.sqrt(2 * face.gain),
    iterations,
    observations: n,
  });
}

/** ω/(1 − α − β) where the status says that it is one, with an error where it has a useful one. */
function longRunOf(
  [ω, α, β]: Vector3,
  status: GarchStatus,
  message: string,
  errorOf: (w: Vector3) => number | undefined,
): { readonly value: number; readonly error: number | undefined; readonly words: string } {
  if (status !== "interior" && status !== "boundary") {
    return { value: Number.NaN, error: undefined, words: `There is no long-run variance. ${message}` };
  }
  const value = ω / (1 - α - β);
  const error = errorOf([value / ω, value / (1 - α - β), value / (1 - α - β)]);
  if (error === undefined || error < value) return { value, error, words: message };
  return {
    value,
    error: undefined,
    words:
      "The long-run variance is hardly determined: its standard error would exceed it, since α + β is about as near to 1 " +
      "as its own error is large. Take the forecast of the next period, or the sample's variance.",
  };
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
