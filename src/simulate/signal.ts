/**
 * Walks of a signal that reverts to its mean, with the trades that follow it.
 *
 * @module
 */
import { type RecursiveLaw, recursiveLawOf } from "../impact/recursiveLaw";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, ownPart } from "../model/market";
import { checkProblem, sideSign } from "../model/problem";
import type { Schedule } from "../model/schedule";
import type { MeanRevertingSignal, SignalGains } from "../model/signal";
import { anyFinite, checkInteger, checkKeys, checkNumbers } from "../support/checks";
import { InputError } from "../support/errors";
import { checkSeed, fillNormals, stream } from "../support/normals";
import { type Series, Sum } from "../support/numbers";

/** What a simulation needs of `signalFeedback`'s result. */
export interface SignalPlan {
  /** The signal. */
  readonly signal: MeanRevertingSignal;
  /** The best schedule fixed in advance. */
  readonly schedule: Schedule;
  /** The best trade of each interval, given what is known then (N entries). */
  readonly gains: readonly SignalGains[];
}

/** What following a signal was worth on simulated paths. */
export interface SimulatedSignal {
  /** Mean of E + λΣσ²τ h² of the schedule, given the path of the signal (currency). */
  readonly staticMean: number;
  /** The same of the feedback (currency). */
  readonly adaptiveMean: number;
  /** Mean of their difference on the same paths, positive where the feedback saves (currency). */
  readonly saved: number;
  /** Its standard error (currency). */
  readonly savedError: number;
}

/**
 * The trades of a feedback along a path of the signal.
 *
 * @param problem - the problem of `signalFeedback`
 * @param plan - its result
 * @param path - I_0 … I_{N−1}, the signal at the beginning of each interval (currency/share/time)
 * @returns n_1 … n_N (shares); they sum to the order
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const impact = decayImpact({ exponentials: [{ impact: 1e-4, rate: 5 }], temporary: 1e-7 });
 * const problem = defineProblem({ shares: 100_000, horizon: 1, intervals: 3, volatility: 2, riskAversion: 1e-6, impact });
 * const found = signalFeedback(problem, { initial: -1.5, reversion: 2, volatility: 3 });
 * followSignal(problem, found, [-1.5, -1, 0.5]).reduce((sum, n) => sum + n, 0); // → 100000
 * ```
 */
export function followSignal(problem: ExecutionProblem, plan: SignalPlan, path: Series): readonly number[] {
  problem = checkProblem(problem);
  const law = lawOf(problem, plan);
  const signal = checkNumbers(
    "path",
    path,
    problem.intervals,
    anyFinite,
    `${problem.currency}/share/${problem.timeUnit}`,
  );
  return Object.freeze(walk(problem, law, plan, signal).trades);
}

/**
 * What the schedule and the feedback cost on the same simulated paths of the signal: the price's own noise is left out, which moves both
 * alike on average.
 *
 * @param problem - the problem of `signalFeedback`
 * @param plan - its result
 * @param options - number of paths and seed
 * @returns means, and the mean of what the feedback saves with its error
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const impact = decayImpact({ exponentials: [{ impact: 1e-4, rate: 5 }], temporary: 1e-7 });
 * const problem = defineProblem({ shares: 100_000, horizon: 1, intervals: 20, volatility: 2, riskAversion: 1e-6, impact });
 * const found = signalFeedback(problem, { initial: -1.5, reversion: 2, volatility: 3 });
 * const { saved, savedError } = simulateSignal(problem, found, { paths: 20_000, seed: 1 });
 * Math.abs(saved - found.valueOfAdapting) < 4 * savedError; // → true
 * ```
 */
export function simulateSignal(
  problem: ExecutionProblem,
  plan: SignalPlan,
  options: { readonly paths: number; readonly seed: number | string },
): SimulatedSignal {
  problem = checkProblem(problem);
  const law = lawOf(problem, plan);
  const given = checkKeys("simulateSignal's options", options, ["paths", "seed"]);
  const paths = checkInteger("paths", given.paths, 2, 10_000_000);
  const state = stream(`${checkSeed(given.seed)}:signal`);
  const { intervals: N, horizon } = problem;
  const { initial, reversion: θ, volatility: ν } = plan.signal;
  const τ = horizon / N;
  const keep = Math.exp(-θ * τ);
  const noise = ν * Math.sqrt(-Math.expm1(-2 * θ * τ) / (2 * θ));
  const ζ = new Float64Array(N);
  const signal = new Float64Array(N);
  const [ofSchedule, ofFeedback, squares] = [new Sum(), new Sum(), new Sum()];
  for (let path = 0; path < paths; path++) {
    fillNormals(state, ζ, N);
    signal[0] = initial;
    for (let k = 1; k < N; k++) signal[k] = keep * signal[k - 1] + noise * ζ[k];
    const fixed = walk(problem, law, plan, signal, plan.schedule.trades).cost;
    const adaptive = walk(problem, law, plan, signal).cost;
    ofSchedule.add(fixed);
    ofFeedback.add(adaptive);
    squares.add((fixed - adaptive) ** 2);
  }
  const saved = (ofSchedule.value - ofFeedback.value) / paths;
  const variance = Math.max(0, (squares.value - paths * saved * saved) / (paths - 1));
  return Object.freeze({
    staticMean: ofSchedule.value / paths,
    adaptiveMean: ofFeedback.value / paths,
    saved,
    savedError: Math.sqrt(variance / paths),
  });
}

function lawOf(problem: ExecutionProblem, plan: unknown): RecursiveLaw {
  const { signal, schedule, gains } = checkKeys("plan", plan, [
    ...["signal", "schedule", "expected", "gains", "staticObjective", "adaptiveObjective", "valueOfAdapting"],
  ]) as unknown as SignalPlan;
  const law = recursiveLawOf(problem, "a signal");
  const { intervals } = problem;
  const isGain = (gain: SignalPlan["gains"][number] | undefined): boolean =>
    typeof gain === "object" &&
    gain !== null &&
    [gain.remaining, gain.signal, ...(Array.isArray(gain.left) ? gain.left : [Number.NaN])].every((value) =>
      Number.isFinite(value),
    ) &&
    gain.left.length === law.exponentials.length + 1;
  const isSignal = [signal?.initial, signal?.reversion, signal?.volatility].every((value) =>
    Number.isFinite(value),
  );
  if (!isSignal || !Array.isArray(gains) || gains.length !== intervals || !Array.from(gains).every(isGain)) {
    throw new InputError("plan", plan, "the result of signalFeedback for this problem");
  }
  checkNumbers("plan.schedule.trades", schedule?.trades, intervals, anyFinite, "shares");
  return law;
}

/** One path: trades that follow the signal, or given ones, and what they cost. */
function walk(
  problem: ExecutionProblem,
  { exponentials, permanent, temporary }: RecursiveLaw,
  { gains, signal: { reversion: θ } }: SignalPlan,
  signal: ArrayLike<number>,
  given?: readonly number[],
): { readonly trades: number[]; readonly cost: number } {
  const { intervals: N, horizon, shares, riskAversion: λ, volatility: σ } = problem;
  const τ = horizon / N;
  const s = sideSign(problem);
  const own = ownPart(problem);
  // How much of its own trade an interval no longer holds.
  const traded = 1 - exposedPart(problem.timing);
  const parts = [...exponentials, { impact: permanent, rate: 0 }];
  const left = new Float64Array(parts.length);
  const trades = new Array<number>(N);
  let remaining = shares;
  let cost = 0;
  for (let k = 0; k < N; k++) {
    const gain = gains[k];
    let n = given?.[k] ?? gain.remaining * remaining + gain.signal * signal[k];
    if (given === undefined)
      gain.left.forEach((slope, r) => {
        n += slope * left[r];
      });
    trades[k] = n;
    parts.forEach(({ impact }, r) => {
      cost += n * (left[r] + own * impact * n);
      left[r] += impact * n;
    });
    cost += (temporary / τ) * n * n;
    const held = remaining - traded * n;
    remaining -= n;
    const move = (signal[k] * -Math.expm1(-θ * τ)) / θ;
    cost += λ * σ * σ * τ * held * held - s * move * held;
    parts.forEach(({ rate }, r) => {
      left[r] *= Math.exp(-rate * τ);
    });
  }
  return { trades, cost };
}
