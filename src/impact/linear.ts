/**
 * The price model: how time and a trade move the price, and what a trade gets. The simulator walks it step by
 * step; the formulas of `cost/report.ts` are its expectation and variance, and know nothing of it.
 *
 * @module
 */
import { type ExecutionProblem, sideSign, stepLength, type Timing } from "../model/problem";

/**
 * With s = +1 for a sell, −1 for a buy, and ζ a standard normal number,
 *
 *     S_k = S_{k−1} + α τ + σ √τ ζ_k − s γ n_k          (AC eq. 1 with eq. 6)
 *     fill = P_k − s (ε sign n_k + η n_k / τ)           (AC eq. 2 with eq. 7)
 *     cost = s (X S_0 − Σ n_k fill_k)
 *
 * where the timing says whether P_k is S_{k−1} (`"start"`) or S_k (`"end"`).
 */
export interface PriceModel {
  /** +1 for a sell, −1 for a buy. */
  readonly sign: 1 | -1;
  /** Standard deviation of an interval's noise, σ√τ (currency/share). */
  readonly noise: number;
  readonly timing: Timing;
  /** Price move of an interval apart from its noise, by what it trades (currency/share). */
  readonly move: (trade: number) => number;
  /** What a fill lies away from its price P_k (currency/share). */
  readonly concession: (trade: number) => number;
}

/** The price model of a problem. */
export function priceModel(problem: ExecutionProblem): PriceModel {
  const { drift: α, volatility: σ, permanentImpact: γ, temporaryImpact: η, halfSpread: ε, timing } = problem;
  const τ = stepLength(problem);
  const sign = sideSign(problem);
  return {
    sign,
    noise: σ * Math.sqrt(τ),
    timing,
    move: (trade) => α * τ - sign * γ * trade,
    concession: (trade) => -sign * (ε * Math.sign(trade) + (η * trade) / τ),
  };
}
