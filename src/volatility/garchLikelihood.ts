/**
 * The likelihood of GARCH(1,1) with its first and second derivatives, in one walk over the returns.
 *
 * @module
 */
import { anyFinite, checkKeys, checkNumber, notNegative, positive } from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";
import { checkSeries } from "./variance";

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
  /** The log-likelihood, in full. */
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
  const sample = { squares, backcast: backcast(returns), variances: new Float64Array(squares.length) };
  const point = likelihoodAt(θ, sample);
  return Object.freeze({
    logLikelihood: point.logLikelihood,
    gradient: Object.freeze(point.gradient),
    nextVariance: point.next,
  });
}

/** Squares of returns, and their mean. */
export function squaredReturns(returns: Series, least: number): { squares: Float64Array; scale: number } {
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

/** (ω, α, β). */
export type Vector3 = readonly [number, number, number];

/** Likelihood and derivatives at one point. Matrices are symmetric, by rows, nine numbers. */
export interface LikelihoodPoint {
  readonly logLikelihood: number;
  readonly gradient: Vector3;
  /** Second derivatives of the log-likelihood. */
  readonly hessian: readonly number[];
  /** What −`hessian` would be on average: ½ Σ ∇h ∇hᵀ/h², never indefinite. */
  readonly information: readonly number[];
  /** The variance of the period after the last return, and its derivatives. */
  readonly next: number;
  readonly nextGradient: Vector3;
}

/** What the likelihood is taken of. */
export interface GarchSample {
  /** r_1² … r_n². */
  readonly squares: Float64Array;
  /** What the first variance remembers of before the sample. */
  readonly backcast: number;
  /** Is filled with h_1 … h_n. */
  readonly variances: Float64Array;
}

/** What the first variance remembers of before the sample: a mean of early squared returns with weights 0.94^i. */
export function backcast(returns: Series): number {
  let [sum, weights, weight] = [0, 0, 1];
  for (let i = 0; i < Math.min(75, returns.length); i++) {
    sum += weight * returns[i] ** 2;
    weights += weight;
    weight *= 0.94;
  }
  return sum / weights;
}

/** ln of a product of variances, with one logarithm for eight of them; see {@link logLikelihood}. */
const factorsPerLog = 8;

/**
 * Σ ln h + Σ r²/h with h_1 = ω + (α + β) b and h_t = ω + α r²_{t−1} + β h_{t−1}, for choosing where to start. The
 * returns have a variance near 1, so that a product of eight h stays within the range of doubles.
 */
export function negativeTwice([ω, α, β]: Vector3, { squares, backcast: b }: GarchSample): number {
  let h = ω + (α + β) * b;
  let [sum, product] = [0, 1];
  for (let t = 0; t < squares.length; t++) {
    const square = squares[t];
    sum += square / h;
    product *= h;
    if (t % factorsPerLog === factorsPerLog - 1) {
      sum += Math.log(product);
      product = 1;
    }
    h = ω + α * square + β * h;
  }
  return sum + Math.log(product);
}

/** The log-likelihood from what {@link negativeTwice} sums. */
export function logLikelihoodOf(sum: number, count: number): number {
  return -0.5 * (count * Math.log(2 * Math.PI) + sum);
}

/**
 * Likelihood, gradient, Hessian and information; fills the sample's variances on the way. The derivatives of h obey
 * recursions of the same kind as h itself (Fiorentini, Calzolari and Panattoni 1996); of the second ones only those with
 * β are not 0.
 */
export function likelihoodAt(
  [ω, α, β]: Vector3,
  { squares, backcast, variances }: GarchSample,
): LikelihoodPoint {
  return derivatives(ω, α, β, squares, backcast, variances);
}

/**
 * By scalars, and without a list of first values: what is read from arrays of several kinds, integers among them, would make
 * the whole loop three times as slow.
 */
function derivatives(
  ω: number,
  α: number,
  β: number,
  squares: Float64Array,
  b: number,
  variances: Float64Array,
): LikelihoodPoint {
  let h = ω + (α + β) * b;
  // biome-ignore format: a line for each kind
  let sum = 0, product = 1, hω = 1, hα = b, hβ = b, hωβ = 0, hαβ = 0, hββ = 0, gω = 0, gα = 0, gβ = 0,
    Hωω = 0, Hωα = 0, Hωβ = 0, Hαα = 0, Hαβ = 0, Hββ = 0,
    Iωω = 0, Iωα = 0, Iωβ = 0, Iαα = 0, Iαβ = 0, Iββ = 0;
  for (let t = 0; t < squares.length; t++) {
    variances[t] = h;
    const inverse = 1 / h;
    const z = squares[t] * inverse;
    sum += z;
    product *= h;
    if (t % factorsPerLog === factorsPerLog - 1) {
      sum += Math.log(product);
      product = 1;
    }
    const ω1 = hω * inverse;
    const α1 = hα * inverse;
    const β1 = hβ * inverse;
    const surprise = 0.5 * (z - 1);
    gω += surprise * ω1;
    gα += surprise * α1;
    gβ += surprise * β1;
    const outer = 0.5 - z;
    Hωω += outer * (ω1 * ω1);
    Hωα += outer * (ω1 * α1);
    Hωβ += outer * (ω1 * β1) + surprise * hωβ * inverse;
    Hαα += outer * (α1 * α1);
    Hαβ += outer * (α1 * β1) + surprise * hαβ * inverse;
    Hββ += outer * (β1 * β1) + surprise * hββ * inverse;
    Iωω += ω1 * ω1;
    Iωα += ω1 * α1;
    Iωβ += ω1 * β1;
    Iαα += α1 * α1;
    Iαβ += α1 * β1;
    Iββ += β1 * β1;
    hωβ = hω + β * hωβ;
    hαβ = hα + β * hαβ;
    hββ = 2 * hβ + β * hββ;
    hω = 1 + β * hω;
    hα = squares[t] + β * hα;
    hβ = h + β * hβ;
    h = ω + α * squares[t] + β * h;
  }
  return {
    logLikelihood: logLikelihoodOf(sum + Math.log(product), squares.length),
    gradient: [gω, gα, gβ],
    hessian: [Hωω, Hωα, Hωβ, Hωα, Hαα, Hαβ, Hωβ, Hαβ, Hββ],
    information: [Iωω, Iωα, Iωβ, Iωα, Iαα, Iαβ, Iωβ, Iαβ, Iββ].map((sum) => 0.5 * sum),
    next: h,
    nextGradient: [hω, hα, hβ],
  };
}

/** Σ of each return's own gradient of the likelihood times itself, for variances that are already filled in. */
export function scoreProductsAt(
  β: number,
  { squares, backcast: b, variances }: GarchSample,
): readonly number[] {
  let hω = 1;
  let hα = b;
  let hβ = b;
  let [Pωω, Pωα, Pωβ, Pαα, Pαβ, Pββ] = [0, 0, 0, 0, 0, 0];
  for (let t = 0; t < squares.length; t++) {
    const h = variances[t];
    const square = squares[t];
    const slope = (0.5 * (square / h - 1)) / h;
    const [gω, gα, gβ] = [slope * hω, slope * hα, slope * hβ];
    Pωω += gω * gω;
    Pωα += gω * gα;
    Pωβ += gω * gβ;
    Pαα += gα * gα;
    Pαβ += gα * gβ;
    Pββ += gβ * gβ;
    hω = 1 + β * hω;
    hα = square + β * hα;
    hβ = h + β * hβ;
  }
  return [Pωω, Pωα, Pωβ, Pωα, Pαα, Pαβ, Pωβ, Pαβ, Pββ];
}
