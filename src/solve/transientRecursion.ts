/**
 * The optimum without bounds where impact fades as a sum of m exponentials: dynamic programming from the last trade, which takes what is
 * left, to the first. The state before a trade is z = (x, D_1 … D_m), the shares left and what each exponential has left in the price;
 * with V(z) = zᵀPz + 2pᵀz to come, a trade n costs
 *
 *     n (ΣD_r − γx + q_k) + own_k n² + w_k h² + l_k h + V(Az + Bn),      h = x − vn,   w_k = λσ_k²τ_k,   l_k = −sα_kτ_k
 *
 * and its optimum is linear in z: O(N m²) for the schedule, O(N m) for each refinement, in which marginal costs take the place of q.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import type { RecursiveMemory } from "../model/law";
import { exposedPart, marketOf } from "../model/market";
import { sideSign } from "../model/problem";

/** The numbers of a problem, interval by interval. */
interface Stages {
  readonly N: number;
  readonly memory: RecursiveMemory;
  /** The last interval that may trade. */
  readonly last: number;
  readonly open: ArrayLike<number>;
  readonly own: Float64Array;
  readonly risk: Float64Array;
  readonly drift: Float64Array;
  /** v: how much of its own trade an interval no longer holds. */
  readonly traded: number;
  /** e^{−ρ_r (t_{k+1} − t_k)}, m numbers for each k. */
  readonly kept: Float64Array;
}

/** The trades, or undefined where the recursion does not apply or does not settle: a full matrix decides then. */
export function recursiveTrades(problem: ExecutionProblem): Float64Array | undefined {
  const { recursive: memory, ownImpact } = impactLaw(problem);
  // Trades that pay at least half of their own move make the form positive definite.
  if (memory === undefined || ownImpact === 0) return undefined;
  const stages = stagesOf(problem, memory, ownImpact);
  const { halfSpreads } = marketOf(problem);
  const { N, open } = stages;
  // As if every trade paid the spread along the order; that is so where none turns out to go against it.
  const first = memory.recovery.map((value, k) => value + halfSpreads[k] + memory.permanent * problem.shares);
  const feedback = feedbackOf(stages);
  if (feedback === undefined) return undefined;
  const trades = follow(stages, feedback, { q: first, l: stages.drift }, problem.shares);
  const none = new Float64Array(N);
  for (let round = 0; round < 2; round++) {
    const q = marginals(stages, first, trades, problem.shares);
    const step = follow(stages, feedback, { q, l: none }, 0);
    for (let k = 0; k < N; k++) trades[k] += step[k];
  }
  if (trades.some((n, k) => n < 0 && halfSpreads[k] > 0)) return undefined;
  const slopes = marginals(stages, first, trades, problem.shares).filter((_, k) => open[k] === 1);
  const [least, most] = [Math.min(...slopes), Math.max(...slopes)];
  const size = slopes.reduce((sum, slope) => sum + Math.abs(slope), 0) / slopes.length;
  return most - least <= 1e-9 * size ? trades : undefined;
}

function stagesOf(problem: ExecutionProblem, memory: RecursiveMemory, ownImpact: number): Stages {
  const { lengths: τ, volatilities: σ, drifts: α, temporaryImpacts: η, open } = marketOf(problem);
  const { exponentials, permanent, moments } = memory;
  const N = problem.intervals;
  const m = exponentials.length;
  const whole = exponentials.reduce((sum, { impact }) => sum + impact, permanent);
  const s = sideSign(problem);
  const kept = new Float64Array(N * m);
  for (let k = 0; k < N - 1; k++) {
    for (let r = 0; r < m; r++)
      kept[k * m + r] = Math.exp(-exponentials[r].rate * (moments[k + 1] - moments[k]));
  }
  return {
    ...{ N, memory, open, kept, last: open.lastIndexOf(1), traded: 1 - exposedPart(problem.timing) },
    own: τ.map((length, k) => ownImpact * whole + η[k] / length),
    risk: τ.map((length, k) => problem.riskAversion * σ[k] * σ[k] * length),
    drift: τ.map((length, k) => -s * α[k] * length),
  };
}

/** n = constant + gains·z, whatever the linear terms. */
interface Feedback {
  /** −S/R, m + 1 numbers for each trade. */
  readonly gains: Float64Array;
  /** R: half the second derivative by one trade, answered by all later ones. */
  readonly curvatures: Float64Array;
  /** B, m + 1 numbers for each trade. */
  readonly turns: Float64Array;
}

/** A_ii of interval k. */
function goes({ kept, memory }: Stages, k: number, i: number): number {
  return i === 0 ? 1 : kept[k * memory.exponentials.length + i - 1];
}

/** The backward recursion of P; undefined where a trade has no curvature. */
function feedbackOf(stages: Stages): Feedback | undefined {
  const { N, memory, last, open, own, risk, traded: v } = stages;
  const { exponentials, permanent: γ } = memory;
  const size = exponentials.length + 1;
  const [gains, curvatures, turns] = [
    new Float64Array(N * size),
    new Float64Array(N),
    new Float64Array(N * size),
  ];
  let P = new Float64Array(size * size);
  // The last trade is n = x.
  P[0] = own[last] - γ + risk[last] * (1 - v) ** 2;
  for (let i = 1; i < size; i++) P[i] = P[i * size] = 0.5;
  for (let k = last - 1; k >= 0; k--) {
    const at = k * size;
    const rest = new Float64Array(size * size);
    const S = new Float64Array(size).fill(0.5);
    S[0] = -0.5 * γ - risk[k] * v;
    let R = own[k] + risk[k] * v * v;
    turns[at] = -1;
    for (let i = 1; i < size; i++) turns[at + i] = goes(stages, k, i) * exponentials[i - 1].impact;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const value = P[i * size + j] * goes(stages, k, j);
        rest[i * size + j] = goes(stages, k, i) * value;
        S[j] += turns[at + i] * value;
        R += turns[at + i] * P[i * size + j] * turns[at + j];
      }
    }
    rest[0] += risk[k];
    if (open[k] === 1) {
      if (!(R > 1e-13 * own[k])) return undefined;
      curvatures[k] = R;
      for (let i = 0; i < size; i++) {
        gains[at + i] = -S[i] / R;
        for (let j = 0; j < size; j++) rest[i * size + j] -= (S[i] * S[j]) / R;
      }
    }
    P = rest;
  }
  return { gains, curvatures, turns };
}

/** The optimum for linear terms q and l: constants backward, trades forward. */
function follow(
  stages: Stages,
  { gains, curvatures, turns }: Feedback,
  { q, l }: { readonly q: Float64Array; readonly l: Float64Array },
  shares: number,
): Float64Array {
  const { N, last, open, traded: v } = stages;
  const size = stages.memory.exponentials.length + 1;
  const constants = new Float64Array(N);
  const p = new Float64Array(size);
  p[0] = 0.5 * (q[last] + l[last] * (1 - v));
  for (let k = last - 1; k >= 0; k--) {
    let s0 = 0.5 * (q[k] - l[k] * v);
    for (let i = 0; i < size; i++) s0 += turns[k * size + i] * p[i];
    if (open[k] === 1) constants[k] = -s0 / curvatures[k];
    for (let i = 0; i < size; i++) p[i] = goes(stages, k, i) * p[i] + gains[k * size + i] * s0;
    p[0] += 0.5 * l[k];
  }
  const trades = new Float64Array(N);
  const z = new Float64Array(size);
  z[0] = shares;
  for (let k = 0; k < last; k++) {
    let n = constants[k];
    for (let i = 0; i < size; i++) n += gains[k * size + i] * z[i];
    trades[k] = n;
    for (let i = 0; i < size; i++) z[i] = goes(stages, k, i) * z[i] + turns[k * size + i] * n;
  }
  trades[last] = z[0];
  return trades;
}

/** What one share more in each trade adds: q, what earlier trades left, what it leaves to later ones, its own, and risk. */
function marginals(stages: Stages, q: Float64Array, trades: Float64Array, shares: number): Float64Array {
  const { N, memory, own, risk, drift, traded: v, kept } = stages;
  const { exponentials, permanent: γ } = memory;
  const m = exponentials.length;
  const slopes = new Float64Array(N);
  const left = new Float64Array(m);
  const holding = new Float64Array(N);
  let x = shares;
  for (let k = 0; k < N; k++) {
    const n = trades[k];
    holding[k] = 2 * risk[k] * (x - v * n) + drift[k];
    // Of what stays, γX is in q: later and earlier trades together are all but this one.
    let slope = q[k] - γ * n + 2 * own[k] * n;
    for (let r = 0; r < m; r++) {
      slope += left[r];
      left[r] = kept[k * m + r] * (left[r] + exponentials[r].impact * n);
    }
    slopes[k] = slope;
    x -= n;
  }
  const later = new Float64Array(m);
  let held = 0;
  for (let k = N - 1; k >= 0; k--) {
    for (let r = 0; r < m; r++) {
      later[r] *= kept[k * m + r];
      slopes[k] += exponentials[r].impact * later[r];
      later[r] += trades[k];
    }
    slopes[k] -= v * holding[k] + held;
    held += holding[k];
  }
  return slopes;
}
