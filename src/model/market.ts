/**
 * The market interval by interval: the one place where a problem's profile is read. An array of the profile replaces its
 * scalar; what has none stands in every interval alike.
 *
 * @module
 */
import { keepingLatest } from "../support/latest";
import { Sum, unfilledArray } from "../support/numbers";
import type { ExecutionProblem, Timing } from "./executionProblem";
import { defaultOwnImpact } from "./impactModel";
import { checkProblem } from "./problem";

/** The parameters of intervals 1 … N, each as N numbers. */
export interface Market {
  /** τ_k (unit of time). */
  readonly lengths: Float64Array;
  /** σ_k (currency/share/√time). */
  readonly volatilities: Float64Array;
  /** η_k, the law's own coefficients (currency·time/share² for a linear one). */
  readonly temporaryImpacts: Float64Array;
  /** γ_k (currency/share²); where nothing can trade, that of the next interval that is open, so that it changes nothing. */
  readonly permanentImpacts: Float64Array;
  /** ε_k (currency/share). */
  readonly halfSpreads: Float64Array;
  /** α_k (currency/share/time). */
  readonly drifts: Float64Array;
  /** 1 where the order may trade, 0 where it may not. */
  readonly open: Uint8Array;
}

/** The parameters of a market that is the same in every interval, and open. */
export interface UniformMarket {
  /** τ = T/N (unit of time). */
  readonly length: number;
  /** σ (currency/share/√time). */
  readonly volatility: number;
  /** η, the law's own coefficient (currency·time/share² for a linear one). */
  readonly temporaryImpact: number;
  /** γ (currency/share²). */
  readonly permanentImpact: number;
  /** ε (currency/share). */
  readonly halfSpread: number;
  /** α (currency/share/time). */
  readonly drift: number;
}

/** The market of a problem that is known to be one. */
export const marketOf: (problem: ExecutionProblem) => Market = keepingLatest(writtenOut);

function writtenOut(problem: ExecutionProblem): Market {
  const { intervals: N, profile = {} } = problem;
  // One piece of memory for all, which takes less time than one for each.
  const memory = new ArrayBuffer(6 * N * Float64Array.BYTES_PER_ELEMENT + N);
  let used = 0;
  const each = (values: readonly number[] | undefined, scalar: number): Float64Array => {
    const array = new Float64Array(memory, used, N);
    used += array.byteLength;
    if (values === undefined) return array.fill(scalar);
    for (let k = 0; k < N; k++) array[k] = values[k];
    return array;
  };
  const open = new Uint8Array(memory, 6 * N * Float64Array.BYTES_PER_ELEMENT, N).fill(1);
  if (profile.open !== undefined) for (let k = 0; k < N; k++) if (!profile.open[k]) open[k] = 0;
  const uniform = uniformMarket(problem);
  const market: Market = {
    lengths:
      uniform === undefined ? each(profile.lengths, problem.horizon / N) : each(undefined, uniform.length),
    volatilities: each(profile.volatility, problem.volatility),
    temporaryImpacts: each(profile.temporaryImpact, problem.temporaryImpact),
    permanentImpacts: each(profile.permanentImpact, problem.permanentImpact),
    halfSpreads: each(profile.halfSpread, problem.halfSpread),
    drifts: each(profile.drift, problem.drift),
    open,
  };
  bridgeClosed(market.permanentImpacts, open);
  return market;
}

/** Gives closed intervals the permanent impact of the next open one, or of the last one that was. */
function bridgeClosed(permanentImpacts: Float64Array, open: Uint8Array): void {
  const N = open.length;
  let last = N - 1;
  while (open[last] === 0) last--;
  permanentImpacts.fill(permanentImpacts[last], last);
  for (let k = last - 1; k >= 0; k--) if (open[k] === 0) permanentImpacts[k] = permanentImpacts[k + 1];
}

/** The market of a problem in which nothing varies, a constant profile included; undefined where something does. */
export function uniformMarket(problem: ExecutionProblem): UniformMarket | undefined {
  const { profile, horizon, intervals } = problem;
  if (profile === undefined) {
    const { volatility, temporaryImpact, permanentImpact, halfSpread, drift } = problem;
    return {
      length: horizon / intervals,
      volatility,
      temporaryImpact,
      permanentImpact,
      halfSpread,
      drift,
    };
  }
  return constantProfile(problem);
}

const constantProfile = keepingLatest((problem: ExecutionProblem): UniformMarket | undefined => {
  const { horizon, intervals, profile = {} } = problem;
  const { lengths = [], open = [] } = profile;
  if (open.includes(false) || lengths.some((length) => length !== lengths[0])) return undefined;
  const market = { length: horizon / intervals } as { -readonly [field in keyof UniformMarket]: number };
  for (const field of ["volatility", "temporaryImpact", "permanentImpact", "halfSpread", "drift"] as const) {
    const values = profile[field];
    if (values?.some((value) => value !== values[0])) return undefined;
    market[field] = values === undefined ? problem[field] : values[0];
  }
  return market;
});

/**
 * Length of one interval, τ = T/N.
 *
 * @param problem - a problem from {@link defineProblem}
 * @returns the length; with `profile.lengths` their mean (unit of time)
 * @throws InputError when `problem` is not from `defineProblem`
 *
 * @example
 * ```ts
 * const problem = defineProblem({ shares: 1e6, horizon: 3600, intervals: 60, volatility: 0, temporaryImpact: 1 });
 * intervalLength(problem); // → 60
 * ```
 */
export function intervalLength(problem: ExecutionProblem): number {
  problem = checkProblem(problem);
  return problem.horizon / problem.intervals;
}

/** The last even grid that was asked for, and its times: orders of a day share one, and to copy is faster than to divide. */
let latestGrid = { horizon: 0, intervals: 0, times: [] as readonly number[] };

/** t_0 … t_N, when intervals begin and end. */
export function gridTimes(problem: ExecutionProblem): number[] {
  const { horizon: T, intervals: N, profile } = problem;
  if (profile?.lengths === undefined || uniformMarket(problem) !== undefined) {
    if (N > mostKept) return evenTimes(T, N);
    if (latestGrid.horizon !== T || latestGrid.intervals !== N) {
      latestGrid = { horizon: T, intervals: N, times: evenTimes(T, N) };
    }
    return latestGrid.times.slice();
  }
  const times = unfilledArray(N + 1);
  const elapsed = new Sum();
  times[0] = 0;
  for (let k = 0; k < N; k++) {
    elapsed.add(profile.lengths[k]);
    times[k + 1] = elapsed.value;
  }
  times[N] = T;
  return times;
}

/** Longer grids are not kept. */
const mostKept = 20_000;

function evenTimes(T: number, N: number): number[] {
  const times = unfilledArray(N + 1);
  const isSafe = Number.isFinite(T * N);
  for (let k = 0; k <= N; k++) times[k] = isSafe ? (T * k) / N : T * (k / N);
  return times;
}

/**
 * The part u of an interval's price move that the interval's own trade gets: the shares exposed to the move are
 * h_k = (1 − u) x_k + u x_{k−1}.
 */
export function exposedPart(timing: Timing): 0 | 0.5 | 1 {
  return timing === "start" ? 0 : timing === "mid" ? 0.5 : 1;
}

/** The part c of its own permanent impact that a trade pays. */
export function ownPart({
  ownImpact,
  timing,
  impact,
}: Pick<ExecutionProblem, "ownImpact" | "timing" | "impact">): 0 | 0.5 | 1 {
  const own = ownImpact ?? defaultOwnImpact(impact);
  if (own === undefined) return exposedPart(timing);
  return own === "none" ? 0 : own === "half" ? 0.5 : 1;
}
