/**
 * What has no optimum, and what no double can say: the refusals of all routes, in one place.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { isLinear } from "../model/impactModel";
import { exposedPart, marketOf, ownPart, uniformMarket } from "../model/market";
import { duration, unitOf } from "../model/notation";
import { mostIntervals } from "../model/problem";
import { impactCurvature } from "../model/quadratic";
import { InputError, NoOptimumError } from "../support/errors";
import { formatSignificant } from "../support/format";
import { beyondRange } from "../support/numbers";

/**
 * Refuses a uniform market whose expected cost is not convex: two intervals can then trade against each other, s shares
 * one way and s back, and E changes by 2as² plus terms of first order, which falls without end where a < 0.
 *
 * @param a - what `impactCurvature` gives
 */
export function requireConvexCost(problem: ExecutionProblem, a: number): void {
  if (!isInRange(problem, a)) throw beyondRange("The curvature of the expected cost, η/τ ∓ γ/2,");
  if (!(a > 0)) throw notConvex(problem, a);
}

/** Whether a is a number to go by: one that multiples of it are finite of, and 0 only where 2ηN = γT makes it so. */
function isInRange(problem: ExecutionProblem, a: number): boolean {
  if (a !== 0) return Number.isFinite(4 * a);
  const { horizon: T, intervals: N } = problem;
  const { temporaryImpact: η, permanentImpact: γ } = uniformMarket(problem) ?? problem;
  return ownPart(problem) === 0 && 2 * η * N === γ * T && γ * T > 1e-290;
}

function notConvex(problem: ExecutionProblem, a: number): NoOptimumError {
  const { horizon: T, intervals: N } = problem;
  const { temporaryImpact: η, permanentImpact: γ } = uniformMarket(problem) ?? problem;
  const largestInterval = (2 * η) / γ;
  const smallestIntervals = leastConvexIntervals(problem, η, γ);
  const horizon = duration(T, problem);
  const direction = Object.freeze(Array.from({ length: N }, (_, k) => (k === 0 ? 1 : k === 1 ? -1 : 0)));
  const falls =
    a < 0
      ? "Moving s shares from interval 2 to interval 1 changes the expected cost by " +
        `${formatSignificant(2 * a, 6)}·s² plus terms linear in s: it falls without end`
      : "Trading back and forth costs nothing at second order, so that no schedule is best";
  return new NoOptimumError(
    "cost-not-convex",
    `With intervals of ${duration(T / N, problem)} and timing "${problem.timing}" the expected cost is not convex: the ` +
      `coefficient of Σn², η/τ − γ/2, is ${formatSignificant(a, 6)}. ${falls}. Intervals must be shorter than ` +
      `2η/γ = ${duration(largestInterval, problem)}: ` +
      (smallestIntervals === undefined
        ? `no allowed number of intervals, at most ${mostIntervals.toLocaleString("en")}, does that for a horizon of ` +
          `${horizon}. Shorten the horizon, or look at the units of the impacts.`
        : `use at least ${smallestIntervals.toLocaleString("en")} intervals for a horizon of ${horizon}.`),
    smallestIntervals === undefined
      ? { largestInterval, direction }
      : { largestInterval, smallestIntervals, direction },
  );
}

/** The least N with 2ηN > γT, where there is one that a problem may have. */
function leastConvexIntervals(problem: ExecutionProblem, η: number, γ: number): number | undefined {
  const estimate = Math.floor((γ * problem.horizon) / (2 * η));
  // Rounding can put the estimate one too low or one too high. Beyond 2⁵³ counting on would not count at all.
  const last = Math.min(estimate + 2, mostIntervals);
  const uniform = { ...problem, temporaryImpact: η, permanentImpact: γ, profile: undefined };
  for (let lower = Math.max(1, estimate - 1); lower <= last; lower++) {
    if (impactCurvature({ ...uniform, impact: problem.impact, intervals: lower }) > 0) return lower;
  }
  return undefined;
}

/**
 * The refusal where the expected cost of a market that varies falls along a round trip: trades that sum to 0.
 *
 * @param direction - n_1 … n_N of the round trip, the largest of size 1
 * @param change - what it adds to E at second order, 0 or below (currency/share²)
 */
export function moneyMachine(
  problem: ExecutionProblem,
  direction: readonly number[],
  change: number,
): NoOptimumError {
  const trades = direction.flatMap((n, k) =>
    Math.abs(n) > 1e-6 ? [`${formatSignificant(n)} in interval ${k + 1}`] : [],
  );
  const shown = trades.length > 6 ? [...trades.slice(0, 6), `… (${trades.length} trades)`] : trades;
  return new NoOptimumError(
    "cost-not-convex",
    `With this profile the expected cost is not convex: s times the round trip of ${shown.join(", ")} changes it by ` +
      `${formatSignificant(change, 6)}·s² ${problem.currency} plus terms linear in s` +
      `${change < 0 ? ", so it falls without end" : ", so no schedule is best"}. ` +
      "Permanent impact must not fall so fast over the day: trading would move the price while impact is high and " +
      "take it back while it is low. Raise temporaryImpact, shorten intervals, or level permanentImpact.",
    { direction: Object.freeze([...direction]) },
  );
}

/**
 * The refusal where E + λV is not convex in what is left.
 *
 * @param direction - n_1 … n_N and the rest, the largest of size 1
 * @param change - what it adds to E + λV at second order, 0 or below (currency/share²)
 */
export function remainderNotConvex(
  problem: ExecutionProblem,
  direction: readonly number[],
  change: number,
): NoOptimumError {
  return new NoOptimumError(
    "remainder-not-convex",
    "With a remainderPrice E + λV is not convex in what is left: leaving s shares more, in place of the best trades, changes it by " +
      `${formatSignificant(change / (direction[direction.length - 1] || 1) ** 2, 6)}·s² ${problem.currency} plus terms linear in s, ` +
      "because shares that are not traded pay for no permanent impact. Let the order finish (leave out remainderPrice), raise " +
      "riskAversion, or look at the size of permanentImpact beside temporaryImpact.",
    { direction: Object.freeze([...direction]) },
  );
}

/**
 * The refusal where E + λV is not shown to be convex in what is left, under a law whose curvature hangs on the size of trades.
 */
export function remainderUnproven(problem: ExecutionProblem): NoOptimumError {
  return new NoOptimumError(
    "remainder-not-convex",
    "With a remainderPrice E + λV may not be convex in what is left: shares that are not traded pay for no permanent impact, and " +
      "within these bounds neither risk nor the temporary impact of the largest and smallest trades is shown to make up for it. " +
      "Let the order finish (leave out remainderPrice), narrow the bounds on trades, raise riskAversion, or lower " +
      `permanentImpact, which is ${formatSignificant(lastPermanentImpact(problem), 6)} ${unitOf("permanentImpact", problem)} at the end.`,
    {},
  );
}

function lastPermanentImpact(problem: ExecutionProblem): number {
  return marketOf(problem).permanentImpacts[problem.intervals - 1];
}

/** The refusal of a negative risk aversion at or below the limit at which E + λV stops being convex. */
export function riskSeeking(problem: ExecutionProblem, limit: number): Error {
  if (!Number.isFinite(limit) || limit === 0) return beyondRange("The convexity limit of the risk aversion");
  const unit = unitOf("riskAversion", problem);
  return new NoOptimumError(
    "risk-seeking-beyond-limit",
    `A risk aversion of ${formatSignificant(problem.riskAversion, 6)} ${unit} is at or below the convexity limit of ` +
      `${formatSignificant(limit, 6)} ${unit}: below it E + λV falls without end as holdings swing out. ` +
      "Use a larger risk aversion, fewer intervals or a shorter horizon.",
    { riskAversionLimit: limit },
  );
}

/** Refuses a negative risk aversion, for solvers that know bounds or other laws than the linear one. */
export function requireRiskAverse(problem: ExecutionProblem): void {
  if (problem.riskAversion >= 0) return;
  const isOther = !isLinear(problem);
  throw new InputError(
    "riskAversion",
    problem.riskAversion,
    `0 or above (${unitOf("riskAversion", problem)}) for ${isOther ? "a law that is not linear" : "a schedule within bounds"}`,
    isOther
      ? "With a negative one there can be several minima."
      : "With a negative one, bounds can have several minima; optimalSchedule knows the one without bounds.",
  );
}

/**
 * Holdings this many times the order are rounded to 1e-8 of it, and the operations behind them add up to some 2e-7: at
 * ten times as much, trades and holdings of one optimum were seen to disagree by a millionth of the order.
 */
const mostLeverage = 1e8;

/**
 * Refuses holdings and trades beyond the range of doubles, and holdings so large beside the order that their rounding
 * swallows it: nobody could say whether such a schedule still trades the order.
 */
export function requireReadable(
  problem: ExecutionProblem,
  remaining: ArrayLike<number>,
  trades: ArrayLike<number>,
): void {
  let largest = 0;
  for (let k = 0; k < remaining.length; k++) largest = Math.max(largest, Math.abs(remaining[k]));
  for (let k = 0; k < trades.length; k++) largest = Math.max(largest, Math.abs(trades[k]));
  if (Number.isFinite(largest) && largest <= mostLeverage * problem.shares) return;
  const { drift, profile, riskAversion, shares } = problem;
  const why = Number.isFinite(largest)
    ? `holdings of ${formatSignificant(largest, 3)} shares, whose rounding swallows the order of ` +
      `${formatSignificant(shares, 6)} shares`
    : "holdings beyond the range of floating-point numbers";
  throw new RangeError(
    drift !== 0 && profile?.drift === undefined
      ? `With a drift of ${drift} ${unitOf("drift", problem)} the optimum has ${why}. ` +
          "Use a smaller drift or a larger risk aversion."
      : riskAversion < 0
        ? `With a risk aversion of ${riskAversion} ${unitOf("riskAversion", problem)}, next to its limit, the optimum ` +
          `has ${why}. Use a larger risk aversion.`
        : `The optimum has ${why}: state the problem in other units of shares, time or currency.`,
  );
}

/** The first trade against the order that is larger than rounding, counted from 0; −1 where there is none. */
export function firstReversal(trades: readonly number[], shares: number): number {
  const tolerance = 1e-12 * shares;
  return trades.findIndex((n) => n < -tolerance);
}

/**
 * Refuses what cannot be an optimum: numbers that `requireReadable` refuses, and, where there is a half spread, a change
 * of direction. The spread has a kink where a trade changes sign: a smooth optimum that stays on one side of every kink
 * is the optimum; one that crosses it is not, and must not be returned as if it were.
 */
export function requireProper(
  problem: ExecutionProblem,
  remaining: readonly number[],
  trades: readonly number[],
): void {
  requireReadable(problem, remaining, trades);
  const halfSpreads = problem.profile?.halfSpread ?? [problem.halfSpread];
  const halfSpread = halfSpreads.reduce((most, ε) => Math.max(most, ε));
  if (halfSpread === 0) return;
  const first = firstReversal(trades, problem.shares);
  if (first === -1) return;
  const causes =
    exposedPart(problem.timing) === 0.5
      ? "weaken the drift or the negative risk aversion that causes the reversal, or use more intervals"
      : "weaken the drift or the negative risk aversion that causes the reversal";
  throw new NoOptimumError(
    "spread-and-reversal",
    `The optimum without a spread trades against the order in interval ${first + 1} ` +
      `(${formatSignificant(trades[first], 6)} shares), and with a half spread of ` +
      `${halfSpread} ${unitOf("halfSpread", problem)} it is then not the optimum. ` +
      `Use boundedSchedule, which knows the spread's kink; or set halfSpread to 0, or ${causes}.`,
    { firstReversal: first + 1 },
  );
}
