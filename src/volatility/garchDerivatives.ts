/**
 * The likelihood of GARCH(1,1) with its first and second derivatives, in one walk over the returns.
 *
 * @module
 */
import { factorsPerLog, type GarchSample, logLikelihoodOf, type Vector3 } from "./garchSample";

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

/** Returns in one go of {@link advance}: enough that reading and writing its sums costs nothing. */
const stretch = 256;

/**
 * Likelihood, gradient, Hessian and information. The derivatives of h obey recursions of the same kind as h itself
 * (Fiorentini, Calzolari and Panattoni 1996); of the second ones only those with β are not 0.
 */
export function likelihoodAt([ω, α, β]: Vector3, { squares, backcast: b }: GarchSample): LikelihoodPoint {
  const sums = new Float64Array(24);
  sums.set([ω + (α + β) * b, 0, 1, 1, b, b]);
  for (let from = 0; from < squares.length; from += stretch) {
    advance(sums, ω, α, β, squares, from, Math.min(from + stretch, squares.length));
  }
  const [h, sum, product, hω, hα, hβ] = sums;
  const [gω, gα, gβ, Hωω, Hωα, Hωβ, Hαα, Hαβ, Hββ, Iωω, Iωα, Iωβ, Iαα, Iαβ, Iββ] = sums.subarray(9);
  return {
    logLikelihood: logLikelihoodOf(sum + Math.log(product), squares.length),
    gradient: [gω, gα, gβ],
    hessian: [Hωω, Hωα, Hωβ, Hωα, Hαα, Hαβ, Hωβ, Hαβ, Hββ],
    information: [Iωω, Iωα, Iωβ, Iωα, Iαα, Iαβ, Iωβ, Iαβ, Iββ].map((one) => 0.5 * one),
    next: h,
    nextGradient: [hω, hα, hβ],
  };
}

/**
 * Walks over some of the returns. In short stretches, and with sums that are read from an array of doubles: in one loop
 * over all returns, with sums that begin at the integer 0, it was at times compiled to run at half the speed.
 */
function advance(
  sums: Float64Array,
  ω: number,
  α: number,
  β: number,
  squares: Float64Array,
  from: number,
  to: number,
): void {
  // biome-ignore format: a line for each kind
  let h = sums[0], sum = sums[1], product = sums[2],
    hω = sums[3], hα = sums[4], hβ = sums[5], hωβ = sums[6], hαβ = sums[7], hββ = sums[8],
    gω = sums[9], gα = sums[10], gβ = sums[11],
    Hωω = sums[12], Hωα = sums[13], Hωβ = sums[14], Hαα = sums[15], Hαβ = sums[16], Hββ = sums[17],
    Iωω = sums[18], Iωα = sums[19], Iωβ = sums[20], Iαα = sums[21], Iαβ = sums[22], Iββ = sums[23];
  for (let t = from; t < to; t++) {
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
    const bent = surprise * inverse;
    gω += surprise * ω1;
    gα += surprise * α1;
    gβ += surprise * β1;
    const outer = 0.5 - z;
    Hωω += outer * (ω1 * ω1);
    Hωα += outer * (ω1 * α1);
    Hωβ += outer * (ω1 * β1) + bent * hωβ;
    Hαα += outer * (α1 * α1);
    Hαβ += outer * (α1 * β1) + bent * hαβ;
    Hββ += outer * (β1 * β1) + bent * hββ;
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
  // biome-ignore format: a line for each kind
  sums.set([
    h, sum, product, hω, hα, hβ, hωβ, hαβ, hββ, gω, gα, gβ,
    Hωω, Hωα, Hωβ, Hαα, Hαβ, Hββ,
    Iωω, Iωα, Iωβ, Iαα, Iαβ, Iββ,
  ]);
}
