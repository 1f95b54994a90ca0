/**
 * The optimum under a law whose temporary impact is a function of each trade by itself.
 *
 * @module
 */
import { convexReach } from "../certify/lending";
import { judge } from "../certify/schedule";
import { freeTrades } from "../impact/freeTrades";
import { type BoundArrays, impliedBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import { mayLeave } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { InputError, NoOptimumError } from "../support/errors";
import { formatSignificant } from "../support/format";
import { plainZeros } from "../support/numbers";
import type { ProgramOptimum } from "./boundedPieces";
import { cheapestOfMany } from "./patterns";
import { shoot } from "./priceShooting";
import { scheduleOf } from "./programSchedule";
import { isConvexTrade, type SeparableProgram, separableProgram, smoothMarginal } from "./separableProgram";
import { stepToOptimum } from "./separableSteps";
import { remainderUnproven, requireReadable, requireRiskAverse } from "./wellPosed";

/** An optimum, with the program that it belongs to. */
export interface SeparableOptimum extends ProgramOptimum {
  readonly program: SeparableProgram;
}

/** The optimum within bounds that are known to be feasible. */
export function minimizeSeparable(problem: ExecutionProblem, bounds: BoundArrays): SeparableOptimum {
  const program = separableProgram(problem, withinReach(problem, bounds));
  if (mayLeave(problem) && !isConvex(program)) throw remainderUnproven(problem);
  const found = isConvex(program) ? (shoot(program) ?? stepToOptimum(program)) : cheapestOfMany(program);
  requireReadable(problem, found.remaining, found.trades);
  return { ...found, program };
}

/** Bounds that hold the optimum, within which E + λV is convex but for single trades; throws where it is not. */
function withinReach(problem: ExecutionProblem, bounds: BoundArrays): BoundArrays {
  const reach = impliedBounds(problem.shares, bounds);
  const convex = convexReach(problem, reach);
  if (convex === undefined) {
    const finished = { ...problem, remainderPrice: undefined };
    const ofTrades = {
      lower: reach.lower.slice(0, problem.intervals),
      upper: reach.upper.slice(0, problem.intervals),
    };
    throw convexReach(finished, ofTrades) === undefined ? fallingImpact(problem) : remainderUnproven(problem);
  }
  return convex.reach === reach ? bounds : convex.reach;
}

function isConvex(program: SeparableProgram): boolean {
  for (let k = 0; k < program.own.length; k++) if (!isConvexTrade(program, k)) return false;
  return true;
}

/** The optimum over all schedules of the order; where the cost of a trade is not convex, over those that never trade back. */
export function separableOptimum(problem: ExecutionProblem): Schedule {
  requireRiskAverse(problem);
  const { trades, remaining, program } = minimizeSeparable(problem, freeTrades(problem));
  const schedule = scheduleOf(problem, "Optimal", { trades, remaining });
  if (!isConvex(program)) {
    const { verdict, gapBound } = judge(problem, schedule, undefined);
    if (verdict !== "optimal")
      throw gapLeft(problem, schedule, gapBound, "among schedules that never trade against the order");
  }
  return schedule;
}

/** The refusal where E + λV is not convex and the best schedule that was found is not proven to be the optimum. */
export function gapLeft(
  problem: ExecutionProblem,
  { trades }: Schedule,
  gap: number,
  among: string,
): NoOptimumError {
  const money = `${formatSignificant(gap, 6)} ${problem.currency}`;
  return new NoOptimumError(
    "cost-not-convex",
    `A trade that pays nothing of its own permanent impact (timing "${problem.timing}") escapes it, and for some sizes of trades ` +
      "that outweighs temporary impact: E + λV is not convex. The best schedule found is proven to be within " +
      `${money} of the optimum ${among}, but not to be the optimum: boundedSchedule returns it when given a tolerance of at least that much. ` +
      'Where trades pay half of their own impact (timing "mid", or ownImpact "half"), E + λV is convex.',
    { gap, trades },
  );
}

/** An optimum within bounds, with its prices. */
export interface PricedOptimum {
  readonly trades: Float64Array;
  readonly remaining: Float64Array;
  readonly iterations: number;
  /** What one more share to trade would add (currency/share). */
  readonly marginalCost: number;
  /** Shadow prices of the bounds (N numbers, currency/share). */
  readonly lowerPrices: number[];
  readonly upperPrices: number[];
}

/** The optimum within bounds that are known to be feasible, with its prices. */
export function separableWithin(problem: ExecutionProblem, bounds: BoundArrays): PricedOptimum {
  const { program, trades, remaining, prices, iterations } = minimizeSeparable(problem, bounds);
  const { form, shared } = program;
  const { lower, upper } = bounds;
  const N = trades.length;
  const lowerPrices = plainZeros(N);
  const upperPrices = plainZeros(N);
  for (let k = 0; k < N; k++) {
    const n = trades[k];
    const ε = form.halfSpreads[k];
    const smooth = smoothMarginal(program, k, n) - shared;
    // Outwards of its bound, a trade of 0 pays the spread in either direction.
    if (n === upper[k]) upperPrices[k] = Math.max(0, prices[k] - (smooth + (n < 0 ? -ε : ε)));
    if (n === lower[k]) lowerPrices[k] = Math.max(0, smooth + (n <= 0 ? -ε : ε) - prices[k]);
  }
  const marginalCost = prices[0] + shared + form.fixedMarginalCost;
  return { trades, remaining, iterations, marginalCost, lowerPrices, upperPrices };
}

/** The refusal of permanent impact that falls faster over the day than risk makes up for. */
function fallingImpact(problem: ExecutionProblem): InputError {
  const { permanentImpacts: γ } = marketOf(problem);
  const k = γ.findIndex((impact, i) => i > 0 && impact < γ[i - 1]);
  return new InputError(
    `problem.profile.permanentImpact[${k}]`,
    γ[k],
    `at least the one before it, ${formatSignificant(γ[k - 1], 6)}, or below it by no more than risk makes up for, under a law that ` +
      "is not linear",
    "Where permanent impact falls, round trips could make money. Level it, or raise the risk aversion.",
  );
}
