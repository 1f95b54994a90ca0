/**
 * The likelihood of GARCH(1,1) with its first and second derivatives, in one walk over the returns.
 *
 * @module
 */
import type { Series } from "../support/numbers";

/** (ω, α, β). */
export type Vector3 = readonly [number, number, number];

/** Likelihood and derivatives at one point. Matrices are symmetric, by rows, nine numbers. */
export interface LikelihoodPoint {
  readonly logLikelihood: number;
  readonly gradient: Vector3;
  /** Second derivatives of the log-likelihood. */
  readonly hessian: readonly number[];
  /** Σ of each return's own gradient times itself. */
  readonly scoreProducts: readonly number[];
  /** The variance of the period after the last return, and its derivatives. */
  readonly next: number;
  readonly nextGradient: Vector3;
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
export function negativeTwice([ω, α, β]: Vector3, squares: Float64Array, b: number): number {
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

/**
 * Likelihood, gradient, Hessian and score products. The derivatives of h obey recursions of the same kind as h itself
 * (Fiorentini, Calzolari and Panattoni 1996); of the second ones only those with β are not 0.
 *
 * @param squares - squared returns
 * @param b - the backcast
 * @param variances - is filled with h_1 … h_n
 */
export function likelihoodAt(
  [ω, α, β]: Vector3,
  squares: Float64Array,
  b: number,
  variances: Float64Array,
): LikelihoodPoint {
  const n = squares.length;
  let h = ω + (α + β) * b;
  let [hω, hα, hβ] = [1, b, b];
  let [hωβ, hαβ, hββ] = [0, 0, 0];
  let [sum, product] = [0, 1];
  let [gω, gα, gβ] = [0, 0, 0];
  let [Hωω, Hωα, Hωβ, Hαα, Hαβ, Hββ] = [0, 0, 0, 0, 0, 0];
  let [Pωω, Pωα, Pωβ, Pαα, Pαβ, Pββ] = [0, 0, 0, 0, 0, 0];
  for (let t = 0; t < n; t++) {
    variances[t] = h;
    const square = squares[t];
    const inverse = 1 / h;
    const z = square * inverse;
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
    const ωω = ω1 * ω1;
    const ωα = ω1 * α1;
    const ωβ = ω1 * β1;
    const αα = α1 * α1;
    const αβ = α1 * β1;
    const ββ = β1 * β1;
    Hωω += outer * ωω;
    Hωα += outer * ωα;
    Hωβ += outer * ωβ + surprise * hωβ * inverse;
    Hαα += outer * αα;
    Hαβ += outer * αβ + surprise * hαβ * inverse;
    Hββ += outer * ββ + surprise * hββ * inverse;
    const weight = surprise * surprise;
    Pωω += weight * ωω;
    Pωα += weight * ωα;
    Pωβ += weight * ωβ;
    Pαα += weight * αα;
    Pαβ += weight * αβ;
    Pββ += weight * ββ;

    hωβ = hω + β * hωβ;
    hαβ = hα + β * hαβ;
    hββ = 2 * hβ + β * hββ;
    hω = 1 + β * hω;
    hα = square + β * hα;
    hβ = h + β * hβ;
    h = ω + α * square + β * h;
  }
  return {
    logLikelihood: -0.5 * (n * Math.log(2 * Math.PI) + sum + Math.log(product)),
    gradient: [gω, gα, gβ],
    hessian: [Hωω, Hωα, Hωβ, Hωα, Hαα, Hαβ, Hωβ, Hαβ, Hββ],
    scoreProducts: [Pωω, Pωα, Pωβ, Pωα, Pαα, Pαβ, Pωβ, Pαβ, Pββ],
    next: h,
    nextGradient: [hω, hα, hβ],
  };
}
