/**
 * The linear law of Almgren and Chriss: with s = +1 for a sell, −1 for a buy, and ζ a standard normal number,
 *
 *     S_k = S_{k−1} + α_k τ_k + σ_k √τ_k ζ_k − s γ_k n_k        (AC eq. 1 with eq. 6)
 *     fill = P_k − s (ε_k sign n_k + η_k n_k / τ_k)             (AC eq. 2 with eq. 7)
 *
 * where the timing says whether P_k is S_{k−1} (`"start"`), S_k (`"end"`) or their mean (`"mid"`). Formula side and
 * simulator side are written independently of each other and of `model/quadratic.ts`.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactCost, ImpactCurvature, ImpactLaw, ImpactWalk } from "../model/law";
import {
  exposedPart,
  type Market,
  marketOf,
  ownPart,
  type UniformMarket,
  uniformMarket,
} from "../model/market";
import { absoluteSum } from "../model/pathSums";
import { sideSign } from "../model/problem";
import { mayLeave, withRestEntry } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { differenceOfProducts, Sum, zeros } from "../support/numbers";
import { carriedMarginals, permanentCost, permanentCurvatures } from "./permanent";

/** A schedule's trades and holdings. */
type Path = Pick<Schedule, "trades" | "remaining">;

/** The linear law of a problem. */
export function linearLaw(problem: ExecutionProblem): ImpactLaw {
  // Looked up when asked for: the cost of a uniform market needs no arrays.
  let known: Market | undefined;
  const market = (): Market => {
    known ??= marketOf(problem);
    return known;
  };
  /** η_k/τ_k. */
  const slope = (k: number): number => market().temporaryImpacts[k] / market().lengths[k];
  return {
    kind: "linear",
    structure: "quadratic",
    ownImpact: ownPart(problem),
    value: (k, n) => market().halfSpreads[k] * Math.abs(n) + slope(k) * n * n,
    marginal: (k, n) => market().halfSpreads[k] * Math.sign(n) + 2 * slope(k) * n,
    inverseMarginal: (k, price) => {
      const ε = market().halfSpreads[k];
      return Math.abs(price) <= ε ? 0 : (price - ε * Math.sign(price)) / (2 * slope(k));
    },
    curvature: (k) => 2 * slope(k),
    temporaryMarginal: (k, n) => 2 * slope(k) * n,
    tradeAt: (k, price, beside) => {
      const curvature = 2 * slope(k) + beside;
      return curvature > 0 ? price / curvature : Number.POSITIVE_INFINITY;
    },
    convexTrades: (k, beside) => [0, 2 * slope(k) + beside >= 0 ? Number.POSITIVE_INFINITY : 0],
    kernel: (j) => market().permanentImpacts[j],
    cost: (schedule) => linearCost(problem, schedule),
    costOfSums: uniformMarket(problem) === undefined ? undefined : uniformCost(problem),
    smoothMarginals: (schedule) => smoothMarginals(problem, schedule),
    curvatures: () => curvatures(problem),
    uniformCurvature:
      uniformMarket(problem) === undefined || mayLeave(problem) ? undefined : uniformCurvature(problem),
    begin: () => linearWalk(problem),
  };
}

/**
 * γ Σ n_k (x_k + c n_k), ε Σ|n_k| and (η/τ) Σ n_k², AC eqs. 4, 6 and 7. Because Σ n_k x_k = ½X² − ½Σn², a constant γ
 * costs ½γX² + (c − ½)γΣn² (AC eq. 8 for c = 0).
 */
export function linearCost(problem: ExecutionProblem, schedule: Path): ImpactCost {
  const { trades } = schedule;
  const [spread, temporary] = [new Sum(), new Sum()];
  const { lengths: τ, temporaryImpacts: η, halfSpreads: ε } = marketOf(problem);
  for (let k = 0; k < trades.length; k++) {
    const n = trades[k];
    spread.add(ε[k] * Math.abs(n));
    temporary.add((η[k] / τ[k]) * (n * n));
  }
  return { permanent: permanentCost(problem, schedule), spread: spread.value, temporary: temporary.value };
}

/** The same where nothing varies: γ(Σ n_k x_k + c Σ n_k²), ε Σ|n_k| and (η/τ) Σ n_k². */
function uniformCost(problem: ExecutionProblem): NonNullable<ImpactLaw["costOfSums"]> {
  const c = ownPart(problem);
  const {
    temporaryImpact: η,
    permanentImpact: γ,
    halfSpread: ε,
    length: τ,
  } = uniformMarket(problem) as UniformMarket;
  return ({ trades, products }, schedule) => ({
    permanent: γ * (products + c * trades),
    spread: ε === 0 ? 0 : ε * absoluteSum(schedule.trades),
    temporary: (η / τ) * trades,
  });
}

/** (2η_k/τ_k + (2c − 1)γ_k) n_k, and what earlier moves cost. */
function smoothMarginals(problem: ExecutionProblem, { trades, remaining }: Path): Float64Array {
  const curvature = tradeCurvatures(problem);
  const marginals = carriedMarginals(problem, { remaining });
  for (let k = 0; k < trades.length; k++) marginals[k] += curvature[k] * trades[k];
  return marginals;
}

function curvatures(problem: ExecutionProblem): ImpactCurvature {
  return {
    trades: withRestEntry(problem, tradeCurvatures(problem), 0),
    holdings: permanentCurvatures(problem),
  };
}

/** 2η_k/τ_k + (2c − 1)γ_k, over a common denominator so that its sign is that of the exact number. */
function tradeCurvatures(problem: ExecutionProblem): Float64Array {
  const curvatures = zeros(problem.intervals);
  if (uniformMarket(problem) !== undefined) return curvatures.fill(uniformCurvature(problem));
  const own = 2 * ownPart(problem) - 1;
  const { lengths: τ, temporaryImpacts: η, permanentImpacts: γ } = marketOf(problem);
  for (let k = 0; k < curvatures.length; k++) {
    curvatures[k] = differenceOfProducts(2 * η[k], 1, -own * γ[k], τ[k]) / τ[k];
  }
  return curvatures;
}

function uniformCurvature(problem: ExecutionProblem): number {
  const { intervals: N, horizon: T } = problem;
  const own = 2 * ownPart(problem) - 1;
  const { temporaryImpact: η, permanentImpact: γ } = uniformMarket(problem) as UniformMarket;
  return 2 * (differenceOfProducts(2 * η, N, -own * γ, T) / (2 * T));
}

/** A linear price forgets nothing and needs no memory: each trade moves it once. */
function linearWalk(problem: ExecutionProblem): ImpactWalk {
  const { lengths: τ, temporaryImpacts: η, permanentImpacts: γ, halfSpreads: ε } = marketOf(problem);
  const s = sideSign(problem);
  // The price that the timing gives a trade has taken this part of the trade's own move already.
  const missing = ownPart(problem) - exposedPart(problem.timing);
  return {
    trade: (k, n) => {
      const move = -s * γ[k] * n;
      return { move, concession: -s * (ε[k] * Math.sign(n) + (η[k] * n) / τ[k]) + missing * move };
    },
  };
}
