/**
 * The certificate of an optimum in a market that varies, in one look at a schedule's numbers: `uniform.ts` for arrays. It gives what
 * the general route gives, or nothing where that one is needed: where a term of E + λV is not convex by itself, where doubles
 * cannot tell, or where the schedule is not the optimum and its gap is asked for.
 *
 * The marginal costs of `marginals.ts`, less what all of them share, are
 *
 *     G_k = A_k n_k − Σ_{j≥k} (γ_{j+1} − γ_j) x_j − (1 − u) r_k − Σ_{j>k} r_j,      r_j = R_j h_j − q_j
 *
 * with R_j = 2λσ_j²τ_j, q_j = s α_j τ_j and h_j = (1 − u) x_j + u x_{j−1}.
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, marketOf } from "../model/market";
import { mayLeave } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { keepingLatest } from "../support/latest";
import { Sum, smallest, zeros } from "../support/numbers";
import { kinks } from "./chain";
import { judgeConvexity } from "./convexity";
import type { UniformJudgment } from "./uniform";

/** The coefficients of the marginal costs. */
interface Coefficients {
  /** Second derivatives of E by trades (currency/share²). */
  readonly A: Float64Array;
  /** γ_{k+1} − γ_k, and 0 after the last (currency/share²). */
  readonly steps: Float64Array;
  readonly R: Float64Array;
  readonly q: Float64Array;
  /** What the spread costs on either side of 0, see `Chain` (currency/share). */
  readonly up: Float64Array;
  readonly down: Float64Array;
  readonly open: Uint8Array;
  readonly u: 0 | 0.5 | 1;
  /** The smallest A_k of E, and of E + λV, over the open trades. */
  readonly perShare: number;
  readonly leastOwn: number;
  readonly curvature: number;
  /** How large a term of a marginal cost is at most, with all trades along the order (currency/share). */
  readonly largestTerm: number;
}

/** Of a problem in which every term is convex by itself; undefined for others. */
const coefficientsOf = keepingLatest((problem: ExecutionProblem): Coefficients | undefined => {
  if (mayLeave(problem) || problem.intervals < 2) return undefined;
  const { isConvex, curvature, cost, squares, perShare } = judgeConvexity(problem);
  const leastOwn = smallest(squares.trades);
  const isByTerms = leastOwn > 0 && squares.holdings.length > 0 && smallest(squares.holdings) >= 0;
  if (!isConvex || !isByTerms || !(curvature > 0 && perShare > 1e-290)) return undefined;

  const { riskAversion: λ, intervals: N, shares: X, side, timing } = problem;
  const {
    lengths: τ,
    volatilities: σ,
    drifts: α,
    permanentImpacts: γ,
    halfSpreads: ε,
    open,
  } = marketOf(problem);
  const s = side === "sell" ? 1 : -1;
  const [steps, R, q] = [zeros(N), zeros(N), zeros(N)];
  const { up, down } = kinks(ε);
  const { trades: A } = cost;
  let [moves, most] = [0, 0];
  for (let k = 0; k < N; k++) {
    const step = k < N - 1 ? γ[k + 1] - γ[k] : 0;
    const risk = 2 * (λ * σ[k] * σ[k] * τ[k]);
    const trend = s * α[k] * τ[k];
    steps[k] = step;
    R[k] = risk;
    q[k] = trend;
    moves += (Math.abs(step) + risk) * X + Math.abs(trend);
    if (A[k] > most) most = A[k];
  }
  const largestTerm = 1.1 * (most * X + moves - smallest(down));
  const arrays = { A, steps, R, q, up, down, open };
  return { ...arrays, u: exposedPart(timing), perShare, leastOwn, curvature, largestTerm };
});

/** What a look finds, by its place in an array of doubles: fields of an object would be boxed one by one. */
enum Found {
  /** The largest |x_{k−1} − x_k − n_k|, and their sum. */
  apart,
  drifted,
  /** How far a trade lies beyond its bound. */
  outside,
  smallest,
  /** The highest marginal cost of trades that could fall, the lowest of those that could rise. */
  high,
  low,
}

/** @param bounds - undefined where trades may be any number */
export function judgeVaried(
  problem: ExecutionProblem,
  schedule: Schedule,
  bounds: BoundArrays | undefined,
): UniformJudgment | undefined {
  const { intervals: N, shares: X } = problem;
  const { remaining: x } = schedule;
  if (schedule.trades.length !== N || x.length !== N + 1) return undefined;
  const terms = coefficientsOf(problem);
  if (terms === undefined) return undefined;
  const found = look(schedule, terms, bounds);
  const feasibilityResidual = Math.max(
    found[Found.apart],
    found[Found.outside],
    Math.abs(x[0] - X),
    Math.abs(x[N]),
    Math.abs(x[0] - X - x[N] - found[Found.drifted]),
  );
  const tolerance = 1e-10 * X;
  const { perShare, leastOwn, curvature, largestTerm } = terms;
  // With all trades along the order no holding exceeds it, and no term of a marginal cost the largest one.
  const isAlong = found[Found.smallest] >= -1e-12 * X;
  if (!(feasibilityResidual <= tolerance && isAlong && 1e-13 * largestTerm <= tolerance * perShare))
    return undefined;
  const apart = Math.max(0, found[Found.high] - found[Found.low]);
  const optimalityResidual = apart / perShare;
  if (!(optimalityResidual <= tolerance)) return undefined;
  // No marginal cost misses the middle price by more than half of that, and each trade gains at most its square over 2A_k.
  const gapBound = N * apart * (apart / (8 * leastOwn));
  return { feasibilityResidual, optimalityResidual, tolerance, gapBound, curvature };
}

/** From the end, since a marginal cost holds what comes later. */
function look(
  { trades, remaining: x }: Schedule,
  { A, steps, R, q, up, down, open, u }: Coefficients,
  bounds: BoundArrays | undefined,
): Float64Array {
  const own = 1 - u;
  const later = new Sum();
  let [farthest, drifted, outside] = [0, 0, 0];
  let [least, high, low] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let k = trades.length - 1; k >= 0; k--) {
    const n = trades[k];
    const d = x[k] - x[k + 1] - n;
    drifted += d;
    farthest = Math.max(farthest, Math.abs(d));
    least = Math.min(least, n);
    const carried = steps[k] * x[k + 1];
    const r = R[k] * (u * x[k] + own * x[k + 1]) - q[k];
    const smooth = A[k] * n - (later.value + (carried + own * r));
    later.add(carried + r);
    const lower = bounds === undefined ? Number.NEGATIVE_INFINITY : bounds.lower[k];
    const upper = bounds === undefined ? Number.POSITIVE_INFINITY : bounds.upper[k];
    if (open[k] === 0) {
      outside = Math.max(outside, Math.abs(n), lower - n, n - upper);
      continue;
    }
    outside = Math.max(outside, lower - n, n - upper);
    // A hair off its bound or off 0, a trade could still move: whether that matters is for the general route.
    if (!(n <= lower)) high = Math.max(high, smooth + (n > 0 ? up[k] : down[k]));
    if (!(n >= upper)) low = Math.min(low, smooth + (n < 0 ? down[k] : up[k]));
  }
  return Float64Array.of(farthest, drifted, outside, least, high, low);
}
