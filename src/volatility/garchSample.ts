/**
 * What a GARCH(1,1) is fitted to, and the sums over it that need no derivatives.
 *
 * @module
 */
import { anyFinite } from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";
import { checkSeries } from "./variance";

/** (ω, α, β). */
export type Vector3 = readonly [number, number, number];

/** What the likelihood is taken of. */
export interface GarchSample {
  /** r_1² … r_n². */
  readonly squares: Float64Array;
  /** What the first variance remembers of before the sample. */
  readonly backcast: number;
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

/** ln of a product of variances, with one logarithm for eight of them; see {@link negativeTwice}. */
export const factorsPerLog = 8;

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

/** h_1 … h_n. */
export function variancesAt([ω, α, β]: Vector3, { squares, backcast }: GarchSample): Float64Array {
  const variances = new Float64Array(squares.length);
  let h = ω + (α + β) * backcast;
  for (let t = 0; t < squares.length; t++) {
    variances[t] = h;
    h = ω + α * squares[t] + β * h;
  }
  return variances;
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

/** Σ of each return's own gradient of the likelihood times itself. */
export function scoreProductsAt(
  β: number,
  { squares, backcast: b }: GarchSample,
  variances: Float64Array,
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
