/**
 * The certificate in a market that does not vary, in one look at a schedule's numbers. It gives what the general route gives,
 * or nothing where that one is needed: where doubles cannot tell, the schedule is infeasible, or the best prices must be sought.
 *
 * With the same A, R = 2λσ²τ and q = sατ in every interval, the marginal costs of `marginals.ts` are
 *
 *     G_k = A n_k − (1 − u) r_k − Σ_{j>k} r_j,      r_j = R h_j − q,      h_j = (1 − u) x_j + u x_{j−1}
 *
 * @module
 */
import type { BoundArrays } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, uniformMarket } from "../model/market";
import type { Schedule } from "../model/schedule";
import { uniformCurvature } from "./definite";
import { type Coefficients, Found, look } from "./uniformLook";

/** What a certificate says of a feasible schedule of a problem that has an optimum. */
export interface UniformJudgment {
  readonly feasibilityResidual: number;
  readonly optimalityResidual: number;
  readonly tolerance: number;
  readonly gapBound: number;
  readonly curvature: number;
}

/**
 * @param A - second derivative of the expected cost by a trade, the same in every interval (currency/share²)
 * @param bounds - undefined where trades may be any number
 */
export function judgeUniform(
  problem: ExecutionProblem,
  schedule: Schedule,
  A: number,
  bounds: BoundArrays | undefined,
): UniformJudgment | undefined {
  const market = uniformMarket(problem);
  const { intervals: N, shares: X, riskAversion: λ, side, timing } = problem;
  if (market === undefined || N < 2 || schedule.trades.length !== N || schedule.remaining.length !== N + 1)
    return undefined;
  const { volatility: σ, drift: α, length: τ, halfSpread: ε } = market;
  const u = exposedPart(timing);
  const R = 2 * (λ * σ * σ * τ);
  const q = side === "sell" ? α * τ : -α * τ;
  const ownA = u === 0.5 ? A - 0.25 * R : A;
  const curvature = uniformCurvature(N, ownA, R);
  // Where risk is sought or holdings alternate, or a term was lost below the smallest double: for the general route.
  if (!(A > 1e-290 && ownA > 0 && R >= 0 && curvature > 0 && curvature < Number.POSITIVE_INFINITY))
    return undefined;

  const rounding = 1e-12 * X;
  const terms = { A, ownA, R, q, u, ε };
  const found = look(schedule, terms, bounds);
  const { remaining: x } = schedule;
  const feasibilityResidual = Math.max(
    Math.sqrt(found[Found.square]),
    found[Found.outside],
    Math.abs(x[0] - X),
    Math.abs(x[N]),
    Math.abs(x[0] - X - x[N] - found[Found.drifted]),
  );
  const tolerance = 1e-10 * X;
  // With all trades along the order no holding exceeds it, and no term of a marginal cost this one; where its rounding could
  // decide, or a trade may rest at the spread's kink, the general route looks closer.
  const largestTerm = 1.1 * (A * X + N * (R * X + Math.abs(q)));
  const isAlong =
    found[Found.smallest] > (ε === 0 ? -rounding : rounding) ||
    (bounds !== undefined && found[Found.smallest] >= 0);
  if (!(feasibilityResidual <= tolerance && isAlong && 1e-13 * largestTerm <= tolerance * A))
    return undefined;
  const apart = Math.max(0, found[Found.high] - found[Found.low]);
  const optimalityResidual = apart / A;
  if (optimalityResidual <= tolerance) {
    const gapBound = N * apart * (apart / (8 * ownA));
    return { feasibilityResidual, optimalityResidual, tolerance, gapBound, curvature };
  }
  // One price for all is the best one where the optimum's trades too are along the order, as they are without a trend.
  if (bounds !== undefined || (ε > 0 && q !== 0)) return undefined;
  const gapBound = priceGap(schedule, terms);
  if (!Number.isFinite(gapBound)) return undefined;
  return { feasibilityResidual, optimalityResidual, tolerance, gapBound, curvature };
}

/**
 * ½ ρᵀ K⁻¹ ρ for one price for all, as `gap.ts` has it: with ρ_k = G_{k+1} − G_k, which needs no sum over what comes later,
 * K = tridiagonal(−A, 2A + R, −A) and forward substitution.
 */
function priceGap({ trades: n, remaining: x }: Schedule, { A, ownA, R, q, u }: Coefficients): number {
  const N = n.length;
  const [before, after] = [u, 1 - u];
  let D = Number.POSITIVE_INFINITY;
  let held = 0;
  let bound = 0;
  let r = R * (before * x[0] + after * x[1]) - q;
  for (let k = 1; k < N; k++) {
    // For "start" the last interval moves the price of nothing that is left, and its r counts with the weight 0.
    const next = R * (before * x[k] + after * x[k + 1]) - q;
    const ρ = A * (n[k] - n[k - 1]) + after * r + before * next;
    r = next;
    D = R + (k === 1 ? ownA : ownA * (D / (D + ownA)));
    const y = ρ + held;
    const share = y / (D + ownA);
    bound += 0.5 * share * y;
    held = ownA * share;
  }
  return bound;
}
