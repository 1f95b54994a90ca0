/**
 * Trading on a signal that reverts to its mean, under impact that fades exponentially: the best schedule fixed in advance, and the
 * feedback that is best on the way.
 *
 * The signal follows dI = −θI dt + ν dB and is the price's trend, so that over an interval the price is expected to move by
 * I (1 − e^{−θτ})/θ. When trade k is decided, what counts is z = (x, D_1 … D_m, I): what is left, what each exponential has left in the
 * price, and the signal. With
 *
 *     cost of a trade = n Σ D_r + ½(H) n² − s m I h + w h²,     h = x − vn
 *     x′ = x − n,  D_r′ = e^{−ρ_rτ}(D_r + g_r n),  I′ = e^{−θτ} I + noise
 *
 * with v = 1, ½, 0 for the timings "start", "mid", "end": what an interval no longer holds of its own trade, which is decided at its
 * beginning. Linear impact is the member without exponentials, in which D is what stays.
 *
 * the least cost from there on is zᵀPz and a constant that gathers P_II times the variance of the noise: a Riccati recursion from the
 * last trade, which must take what is left. The best trade is linear in z.
 *
 * @module
 */
import { type RecursiveLaw, recursiveLawOf } from "../impact/recursiveLaw";
import type { ExecutionProblem } from "../model/executionProblem";
import { exposedPart, ownPart, uniformMarket } from "../model/market";
import { checkProblem, defineProblem, sideSign } from "../model/problem";
import { requireFinish } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import type { MeanRevertingSignal, SignalGains } from "../model/signal";
import { anyFinite, checkKeys, checkNumber, notNegative, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { finite } from "../support/numbers";
import { optimalSchedule } from "./optimal";
import { riccati } from "./signalRiccati";
import { requireRiskAverse } from "./wellPosed";

/** Both ways to trade on a signal. */
export interface SignalFeedback {
  /** The signal. */
  readonly signal: MeanRevertingSignal;
  /** The best schedule fixed in advance, when all that is known of the signal is where it begins. */
  readonly schedule: Schedule;
  /** The order with the trend that is expected at the start as its `profile.drift`: what `schedule` is the optimum of. */
  readonly expected: ExecutionProblem;
  /** The best trade of each interval, given what is known then (N entries). */
  readonly gains: readonly SignalGains[];
  /** E + λΣσ²τ h² of the schedule, h the shares that an interval holds (currency). */
  readonly staticObjective: number;
  /** The same, expected at the start, for the feedback (currency). */
  readonly adaptiveObjective: number;
  /** What following the signal saves, on average (currency). */
  readonly valueOfAdapting: number;
}

/**
 * The best use of a signal that reverts to its mean, under linear impact or exponential decay, without bounds on the trades: beforehand
 * as a schedule, and on the way as a feedback: each trade is decided at the beginning of its interval, whatever its timing. The risk
 * that is charged is that of what is held, λσ²τ Σ E[h²].
 *
 * A spread is not allowed: it makes small trades not worth their while, so that there is a band of what is known in which the best trade is 0,
 * and beyond it no line. Nor is another law, under which costs are no squares. A path of the price's trend that is known beforehand
 * is `profile.drift`, which every law and every call takes.
 *
 * @param problem - a problem with linear impact or `decayImpact`, a market that does not vary, no spread and no drift of its own
 * @param signal - where it begins, how fast it reverts, how much it varies
 * @returns the schedule, the feedback, and what adapting is worth
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when a round trip makes money
 *
 * Source: E. Neuman and M. Voß, "Optimal signal-adaptive trading with temporary and transient price impact", SIAM Journal on
 * Financial Mathematics 13 (2022); N. Gârleanu and L. H. Pedersen, Journal of Economic Theory 165 (2016), § 2, in discrete time.
 *
 * @example
 * ```ts
 * const impact = decayImpact({ exponentials: [{ impact: 1e-4, rate: 5 }], temporary: 1e-7 });
 * const problem = defineProblem({ shares: 100_000, horizon: 1, intervals: 20, volatility: 2, riskAversion: 1e-6, impact });
 * const found = signalFeedback(problem, { initial: -1.5, reversion: 2, volatility: 3 });
 * Math.round(found.staticObjective); // → 197165
 * Math.round(found.adaptiveObjective); // → 195308
 * ```
 */
export function signalFeedback(problem: ExecutionProblem, signal: MeanRevertingSignal): SignalFeedback {
  problem = checkProblem(problem);
  const law = requireSignalProblem(problem);
  const { initial, reversion, volatility } = checkSignal(signal, problem);
  const { intervals: N, horizon, shares: X, riskAversion: λ } = problem;
  const τ = horizon / N;
  const trend = (value: number): number => (value * -Math.expm1(-reversion * τ)) / (reversion * τ);
  const drift = Array.from({ length: N }, (_, k) => trend(initial * Math.exp(-reversion * k * τ)));
  const expected = defineProblem({ ...problem, profile: { ...problem.profile, drift } });
  const schedule = optimalSchedule(expected);
  const noise = (volatility ** 2 * -Math.expm1(-2 * reversion * τ)) / (2 * reversion);
  const { gains, value, worth } = riccati(
    {
      ...{ N, τ, s: sideSign(problem), c: ownPart(problem), law, traded: 1 - exposedPart(problem.timing) },
      ...{ risk: λ * problem.volatility ** 2 * τ, move: trend(1) * τ, keep: Math.exp(-reversion * τ), noise },
    },
    { shares: X, signal: initial },
  );
  finite("The value of the feedback", value + worth);
  return Object.freeze({
    signal: Object.freeze({ initial, reversion, volatility }),
    schedule,
    expected,
    gains: Object.freeze(gains),
    staticObjective: value,
    adaptiveObjective: value + worth,
    valueOfAdapting: -worth + 0,
  });
}

/** Rejects a problem in which the best trade is not a linear function of what is known. */
export function requireSignalProblem(problem: ExecutionProblem): RecursiveLaw {
  requireFinish(problem, "a signal");
  requireRiskAverse(problem);
  const { drift, halfSpread, profile, earlierTrades } = problem;
  const law = recursiveLawOf(problem, "a signal");
  if (drift !== 0) throw new InputError("problem.drift", drift, "0 for a signal, which is the trend itself");
  if (halfSpread !== 0) {
    throw new InputError(
      "problem.halfSpread",
      halfSpread,
      "0 for a signal: with a spread small trades are not worth their while, and the best trade is no linear function of what is known",
      "Leave the spread out to see what following the signal is worth at most, or give a trend that is known as profile.drift.",
    );
  }
  const { volumes: _, ...varying } = profile ?? {};
  if (Object.keys(varying).length > 0 || uniformMarket(problem) === undefined) {
    throw new InputError("problem.profile", profile, "left out for a signal, but for its volumes");
  }
  if (earlierTrades !== undefined) {
    throw new InputError("problem.earlierTrades", earlierTrades, "left out for a signal");
  }
  return law;
}

function checkSignal(value: unknown, { currency, timeUnit }: ExecutionProblem): MeanRevertingSignal {
  const given = checkKeys("signal", value, ["initial", "reversion", "volatility"]);
  const unit = `${currency}/share/${timeUnit}`;
  return {
    initial: checkNumber("signal.initial", given.initial, anyFinite, unit),
    reversion: checkNumber("signal.reversion", given.reversion, positive, `1/${timeUnit}`),
    volatility: checkNumber("signal.volatility", given.volatility, notNegative, `${unit}/√${timeUnit}`),
  };
}
