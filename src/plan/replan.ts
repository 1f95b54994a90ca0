/**
 * The rest of an order after some fills, as a new order: re-planning at noon.
 *
 * @module
 */
import type { EarlierTrade, ExecutionProblem, ProblemInput } from "../model/executionProblem";
import { changedCoefficients, remembersTrades } from "../model/impactModel";
import { exposedPart, gridTimes, marketOf, uniformMarket } from "../model/market";
import { checkProblem, defineProblem } from "../model/problem";
import type { ProfileInput } from "../model/profile";
import { anyFinite, checkKeys, checkNumbers, isList } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber } from "../support/format";
import { type Series, Sum } from "../support/numbers";

/** What has changed since the order was planned. */
export interface RemainingChanges {
  /** σ from now on (currency/share/√time); it replaces the profile's. */
  readonly volatility?: number | undefined;
  /** η from now on, the coefficient of the problem's law (currency·time/share² for a linear one); it replaces the profile's. */
  readonly temporaryImpact?: number | undefined;
  /** γ from now on (currency/share²); it replaces the profile's. */
  readonly permanentImpact?: number | undefined;
  /** ε from now on (currency/share); it replaces the profile's. */
  readonly halfSpread?: number | undefined;
  /** α from now on (currency/share/time); it replaces the profile's. */
  readonly drift?: number | undefined;
  /** λ from now on (1/currency). */
  readonly riskAversion?: number | undefined;
  /** The price now, to which basis points of the remaining order refer (currency/share). */
  readonly arrivalPrice?: number | undefined;
  /** Arrays for the intervals that are left, in place of the problem's own; `lengths` need not sum to the time that is left. */
  readonly profile?: ProfileInput | undefined;
}

const scalars = ["volatility", "temporaryImpact", "permanentImpact", "halfSpread", "drift"] as const;

/**
 * The problem of what is left: the shares not yet filled, in the intervals that are left, with the parameters as they are
 * now. Its optimum is the plan from here on: `optimalSchedule`, `planSchedule` and all else take it.
 *
 * Linear impact affects the future through the price alone, so past fills matter only through their sum. Where impact fades, the
 * price has yet to recover from them: they go on as the new problem's `earlierTrades`. Without
 * changes, and with fills as planned, the new optimum is the rest of the old one.
 *
 * @param problem - a problem from `defineProblem`
 * @param fills - the trades in the intervals that are over, whether or not as planned, 0 allowed (shares)
 * @param changes - parameters that have changed, and new arrays for the intervals that are left
 * @returns the problem of what is left
 * @throws InputError when an argument is not what it should be, when nothing is left to trade, or no interval to trade it in
 *
 * Source: AC § 3.1, on re-planning under mean and variance.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
 * });
 * const plan = optimalSchedule(problem);
 * const left = remainingProblem(problem, plan.trades.slice(0, 2));
 * optimalSchedule(left).trades.map(Math.round); // → [144189, 88664, 65146]
 * plan.trades.slice(2).map(Math.round); // → [144189, 88664, 65146]
 * ```
 */
export function remainingProblem(
  problem: ExecutionProblem,
  fills: Series,
  changes: RemainingChanges = {},
): ExecutionProblem {
  problem = checkProblem(problem);
  const { intervals: N, shares: X } = problem;
  if (!isList(fills) || fills.length >= N) {
    throw new InputError(
      "fills",
      fills,
      `an array of fewer than ${N} numbers (shares), one for each interval that is over`,
      isList(fills) ? "With the last interval over there is nothing left to plan." : "",
    );
  }
  const done = checkNumbers("fills", fills, fills.length, anyFinite, "shares");
  const left = new Sum();
  left.add(X);
  for (const n of done) left.add(-n);
  const shares = left.value;
  if (!(shares > 1e-9 * X)) {
    throw new InputError(
      "the sum of fills",
      X - shares,
      `below the order's ${formatNumber(X)} shares`,
      shares < -1e-9 * X ? "The excess is a new order, on the other side." : "The order is done.",
    );
  }
  const given = checkKeys("changes", changes, [
    ...scalars,
    "riskAversion",
    "arrivalPrice",
    "profile",
  ]) as RemainingChanges;
  const { profile: own, ...plain } = given;
  const profile = { ...restOf(problem, done.length), ...own };
  // A scalar that has changed stands for all that is left, where no new array does.
  for (const name of scalars)
    if (given[name] !== undefined && own?.[name] === undefined) delete profile[name];
  const horizon = horizonOf(problem, done.length, own);
  const { temporaryImpact, permanentImpact, ...others } = plain;
  const coefficients = stated({ temporaryImpact, permanentImpact });
  const whole: ProblemInput = {
    ...problem,
    ...stated(others),
    ...changedCoefficients(problem, coefficients),
    earlierTrades: remembered(problem, done),
    shares,
    horizon,
    intervals: N - done.length,
  };
  return defineProblem({ ...whole, profile: Object.keys(profile).length === 0 ? undefined : profile });
}

/** The fills as trades made before the rest, where the law of impact remembers them. */
function remembered(
  problem: ExecutionProblem,
  fills: readonly number[],
): readonly EarlierTrade[] | undefined {
  const { impact, earlierTrades = [], timing } = problem;
  if (!remembersTrades(impact)) return problem.earlierTrades;
  const times = gridTimes(problem);
  const now = times[fills.length];
  const u = exposedPart(timing);
  return [
    ...earlierTrades.map(({ ago, shares }) => ({ ago: ago + now, shares })),
    ...fills.map((shares, k) => ({ ago: now - (times[k] + u * (times[k + 1] - times[k])), shares })),
  ];
}

type Arrays = { -readonly [name in keyof ProfileInput]: ProfileInput[name] };

/** The problem's profile from an interval on. */
function restOf({ profile = {} }: ExecutionProblem, from: number): Arrays {
  return Object.fromEntries(
    Object.entries(profile).map(([name, values]) => [name, (values as readonly unknown[]).slice(from)]),
  ) as Arrays;
}

/** The time that is left, as the sum of the lengths that are left. */
function horizonOf(problem: ExecutionProblem, from: number, own: ProfileInput | undefined): number {
  const { horizon: T, intervals: N } = problem;
  const given = own?.lengths;
  if (
    given === undefined &&
    (uniformMarket(problem) !== undefined || problem.profile?.lengths === undefined)
  ) {
    return (T * (N - from)) / N;
  }
  const sum = new Sum();
  for (const length of given ?? marketOf(problem).lengths.slice(from)) sum.add(length);
  return sum.value;
}

/** The fields that were given, without those that are undefined. */
function stated<T extends object>(fields: T): { [field in keyof T]?: NonNullable<T[field]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof stated<T>
  >;
}
