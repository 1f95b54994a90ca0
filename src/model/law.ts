/**
 * What a law of market impact is to the rest of the library: a formula side and a simulator side that do not know each
 * other, tied by one test (a walk without noise costs what the formula says).
 *
 *     E(n) = Σ f_k(n_k)  +  Σ_k n_k Σ_{j<k} G_{jk} n_j  +  c Σ G_{kk} n_k²  −  s Σ α_k τ_k h_k
 *
 * f_k is the spread and the temporary impact of interval k; G_{jk} how far a share of trade j has moved the price that
 * trade k gets; c the part of its own move that a trade pays. Impact changes the expected cost alone: a schedule that is
 * fixed in advance has the same variance under every law.
 *
 * @module
 */
import type { ExponentialDecay } from "./decayImpact";
import type { ImpactModel } from "./impactModel";
import type { PathSums } from "./pathSums";
import type { Schedule } from "./schedule";

/** Expected cost of impact, part by part. */
export interface ImpactCost {
  /** What the moves of the price that trades leave behind cost (currency). */
  readonly permanent: number;
  /** Σ ε_k|n_k| (currency). */
  readonly spread: number;
  /** Σ f_k less the spread (currency). */
  readonly temporary: number;
}

/** The second derivatives of the expected cost of impact: diag over trades plus diag over holdings, Σ ½A_k n_k² + Σ ½B_k x_k². */
export interface ImpactCurvature {
  /** A_1 … A_N; for a law that is not quadratic, lower bounds over all trades (currency/share²). */
  readonly trades: Float64Array;
  /** B_1 … B_{N−1}, above or below 0 (currency/share²). */
  readonly holdings: Float64Array;
}

/** What the impact of one trade does to the walk of a price (currency/share, signed as prices are). */
export interface ImpactStep {
  /** How far the price moves from the beginning of the interval to its end, apart from drift and noise. */
  readonly move: number;
  /** What the fill lies away from the price that the timing gives it. */
  readonly concession: number;
}

/** A walk along a law: remembers what earlier trades have left behind. */
export interface ImpactWalk {
  /** Trades n shares in interval k (counted from 0); to be called once for each interval, in order. */
  readonly trade: (k: number, n: number) => ImpactStep;
}

/**
 * What the expected cost of a law looks like; solvers and certificates are chosen by it, never by the law's name:
 *
 * - `"quadratic"`: E + λV is `quadraticObjective`, and every solver applies;
 * - `"separable"`: Σ f_k(n_k), convex where no permanent impact is in the way, beside the quadratic cost of lasting moves;
 * - `"transient"`: a quadratic form in which every trade meets every other, with f_k of the form ε|n| + ½f″n².
 */
export type ImpactStructure = "quadratic" | "separable" | "transient";

/** What earlier trades have left, where it is a sum of exponentials: G(u) = permanent + Σ impact e^(−rate u). */
export interface RecursiveMemory {
  /** Its parts (currency/share², 1/time). */
  readonly exponentials: readonly ExponentialDecay[];
  /** What stays (currency/share²). */
  readonly permanent: number;
  /** t_k: when each trade happens (unit of time). */
  readonly moments: Float64Array;
  /** How far, by t_k, the price has recovered from trades made before the order, at most 0 in sign with them (currency/share). */
  readonly recovery: Float64Array;
}

/** A law of impact of a problem. Intervals are counted from 0. */
export interface ImpactLaw {
  /** Which law it is. */
  readonly kind: ImpactModel["kind"];
  /** What the expected cost looks like. */
  readonly structure: ImpactStructure;
  /** c. */
  readonly ownImpact: 0 | 0.5 | 1;

  /** f_k(n) (currency). */
  readonly value: (k: number, n: number) => number;
  /** f_k′(n); at n = 0, between its two one-sided values (currency/share). */
  readonly marginal: (k: number, n: number) => number;
  /** The trade n whose marginal f_k′(n) is a price; 0 where the price lies within the spread (shares). */
  readonly inverseMarginal: (k: number, price: number) => number;
  /** f_k″(n) away from the kink at 0; at 0 its limit, which may be Infinity (currency/share²). */
  readonly curvature: (k: number, n: number) => number;
  /** f_k′(n) without the spread (currency/share). */
  readonly temporaryMarginal: (k: number, n: number) => number;
  /**
   * The trade n ≥ 0 at which `temporaryMarginal` plus `beside` n is a price ≥ 0, where the sum rises; Infinity where it never
   * rises so far (shares).
   */
  readonly tradeAt: (k: number, price: number, beside: number) => number;
  /** The trades n ≥ 0 over which f_k(n) + ½ `beside` n² is convex, from and to (shares). */
  readonly convexTrades: (k: number, beside: number) => readonly [from: number, to: number];
  /**
   * G_{jk} for j ≤ k; G_{kk} is how far trade k moves the price after it. Under impact that fades, where shares may be left, they are
   * valued at the end, which is one more k (currency/share²).
   */
  readonly kernel: (j: number, k: number) => number;
  /** G_{jk} by k − j, N numbers, where that is all it depends on: where all intervals have one length. */
  readonly kernelByLag?: Float64Array | undefined;
  /** Whether what a trade leaves falls with its age, ever more slowly, and never below 0: as Pólya's criterion wants it. */
  readonly fadesConvexly?: boolean | undefined;
  /** The same as exponentials, where it is a sum of some. */
  readonly recursive?: RecursiveMemory | undefined;

  /** Formula: the expected cost of a schedule's impact. */
  readonly cost: (schedule: Pick<Schedule, "trades" | "remaining">) => ImpactCost;
  /** The same from sums over the schedule, where these say all: a quadratic law in a market that does not vary. */
  readonly costOfSums?: ((sums: PathSums, schedule: Pick<Schedule, "trades">) => ImpactCost) | undefined;
  /**
   * Formula: ∂cost/∂n_k without the spread and up to a number that all intervals share, which no schedule changes
   * (currency/share). Where shares may be left, the rest is one more trade, and so in `curvatures`.
   */
  readonly smoothMarginals: (schedule: Pick<Schedule, "trades" | "remaining">) => Float64Array;
  /** Formula: the second derivatives of the cost. */
  readonly curvatures: () => ImpactCurvature;
  /** The second derivative of the cost by a trade, where it is the same in every interval and holdings cost nothing. */
  readonly uniformCurvature?: number | undefined;
  /** Simulator: begins a walk. Uses nothing of the formulas. */
  readonly begin: () => ImpactWalk;
}
