/**
 * The power law of temporary impact, with linear permanent impact: with s = +1 for a sell, −1 for a buy,
 *
 *     S_k = S_{k−1} + α_k τ_k + σ_k √τ_k ζ_k − s γ_k n_k
 *     fill = P_k − s (ε_k sign n_k + η_k |n_k/τ_k|^β sign n_k)         (Almgren 2003, with h(v) = ηv^β)
 *
 * so that a trade costs f_k(n) = ε_k|n| + η_k τ_k^{−β} |n|^{1+β}. Formula side and simulator side are written independently of
 * each other.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactCost, ImpactLaw, ImpactWalk } from "../model/law";
import { exposedPart, type Market, marketOf, ownPart } from "../model/market";
import type { PowerImpact } from "../model/powerImpact";
import { sideSign } from "../model/problem";
import { withRestEntry } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { Sum } from "../support/numbers";
import { carriedMarginals, permanentCost, permanentCurvatures } from "./permanent";
import { rateAt } from "./powerRoot";

/** The power law of a problem. */
export function powerLaw(problem: ExecutionProblem, { exponent: β }: PowerImpact): ImpactLaw {
  const market = marketOf(problem);
  const { halfSpreads: ε, lengths: τ } = market;
  /** η_k |n/τ_k|^β: the price conceded, of either sign of n. */
  const concession = (k: number, n: number): number => market.temporaryImpacts[k] * (Math.abs(n) / τ[k]) ** β;
  return {
    kind: "power",
    structure: "separable",
    ownImpact: ownPart(problem),
    value: (k, n) => (ε[k] + concession(k, n)) * Math.abs(n),
    marginal: (k, n) => (ε[k] + (1 + β) * concession(k, n)) * Math.sign(n),
    inverseMarginal: (k, price) => {
      const beyond = Math.abs(price) - ε[k];
      if (!(beyond > 0)) return 0;
      return Math.sign(price) * τ[k] * (beyond / ((1 + β) * market.temporaryImpacts[k])) ** (1 / β);
    },
    // At 0 the limit, infinite for β < 1.
    curvature: (k, n) => ((1 + β) * β * market.temporaryImpacts[k] * (Math.abs(n) / τ[k]) ** (β - 1)) / τ[k],
    temporaryMarginal: (k, n) => (1 + β) * concession(k, n) * Math.sign(n),
    tradeAt: (k, price, beside) =>
      τ[k] * rateAt(β, (1 + β) * market.temporaryImpacts[k], beside * τ[k], price),
    convexTrades: (k, beside) => {
      if (beside >= 0) return [0, Number.POSITIVE_INFINITY];
      const slope = (1 + β) * β * market.temporaryImpacts[k];
      const turn = τ[k] * (slope / (-beside * τ[k])) ** (1 / (1 - β));
      if (β === 1) return [0, slope + beside * τ[k] >= 0 ? Number.POSITIVE_INFINITY : 0];
      return β < 1 ? [0, turn] : [turn, Number.POSITIVE_INFINITY];
    },
    kernel: (j) => market.permanentImpacts[j],
    cost: (schedule) => powerCost(problem, market, β, schedule),
    smoothMarginals: (schedule) => smoothMarginals(problem, market, β, schedule),
    curvatures: () => leastCurvatures(problem, market, β),
    begin: () => powerWalk(problem, β),
  };
}

/** γ Σ n_k (x_k + c n_k), ε Σ|n_k| and Σ η_k τ_k^{−β} |n_k|^{1+β}. */
function powerCost(
  problem: ExecutionProblem,
  { lengths: τ, temporaryImpacts: η, halfSpreads: ε }: Market,
  β: number,
  schedule: Pick<Schedule, "trades" | "remaining">,
): ImpactCost {
  const { trades } = schedule;
  const [spread, temporary] = [new Sum(), new Sum()];
  for (let k = 0; k < trades.length; k++) {
    const size = Math.abs(trades[k]);
    spread.add(ε[k] * size);
    temporary.add(η[k] * (size / τ[k]) ** β * size);
  }
  return { permanent: permanentCost(problem, schedule), spread: spread.value, temporary: temporary.value };
}

/** (1 + β) η_k |n_k/τ_k|^β sign n_k + (2c − 1)γ_k n_k, and what earlier moves cost. */
function smoothMarginals(
  problem: ExecutionProblem,
  { lengths: τ, temporaryImpacts: η, permanentImpacts: γ }: Market,
  β: number,
  { trades, remaining }: Pick<Schedule, "trades" | "remaining">,
): Float64Array {
  const own = 2 * ownPart(problem) - 1;
  const marginals = carriedMarginals(problem, { remaining });
  for (let k = 0; k < trades.length; k++) {
    const n = trades[k];
    const temporary = (1 + β) * η[k] * (Math.abs(n) / τ[k]) ** β;
    marginals[k] += Math.sign(n) * temporary + own * γ[k] * n;
  }
  return marginals;
}

/** Lower bounds over all trades: f″ falls to 0, at large trades for β < 1 and at small ones for β > 1. */
function leastCurvatures(
  problem: ExecutionProblem,
  { lengths: τ, temporaryImpacts: η, permanentImpacts: γ }: Market,
  β: number,
): ReturnType<ImpactLaw["curvatures"]> {
  const own = 2 * ownPart(problem) - 1;
  const trades = γ.map((moved, k) => (β === 1 ? (2 * η[k]) / τ[k] : 0) + own * moved);
  return { trades: withRestEntry(problem, trades, 0), holdings: permanentCurvatures(problem) };
}

/** Nothing is left behind but the price itself: each trade moves it once. */
function powerWalk(problem: ExecutionProblem, β: number): ImpactWalk {
  const { lengths: τ, temporaryImpacts: η, permanentImpacts: γ, halfSpreads: ε } = marketOf(problem);
  const s = sideSign(problem);
  // The price that the timing gives a trade has taken this part of the trade's own move already.
  const missing = ownPart(problem) - exposedPart(problem.timing);
  return {
    trade: (k, n) => {
      const move = -s * γ[k] * n;
      const rate = Math.abs(n / τ[k]);
      const conceded = n === 0 ? 0 : Math.sign(n) * (ε[k] + η[k] * rate ** β);
      return { move, concession: missing * move - s * conceded };
    },
  };
}
