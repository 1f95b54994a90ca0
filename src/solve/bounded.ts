/**
 * The optimum with bounds on the trades.
 *
 * @module
 */

import { type Certificate, type CertifyOptions, checkedTolerance, judge } from "../certify/schedule";
import { structureOf } from "../impact/law";
import { type BoundArrays, checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import type { ImpactStructure } from "../model/law";
import { checkProblem } from "../model/problem";
import { type QuadraticObjective, quadraticObjective } from "../model/quadratic";
import { choiceCount } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { formatSignificant } from "../support/format";
import { finite, plainZeros, requireFinite, Sum } from "../support/numbers";
import { answerPrices, type Pieces } from "./boundedPieces";
import { minimizeBounded } from "./boundedProgram";
import { requireOptimum } from "./elimination";
import type { PieceGuess } from "./pieceGuess";
import { scheduleOf } from "./programSchedule";
import { gapLeft, type PricedOptimum, separableWithin } from "./separable";
import { transientWithin } from "./transient";
import { requireReadable, requireRiskAverse } from "./wellPosed";

/** What `boundedSchedule` finds: the optimum, or a proof that no schedule satisfies the bounds. */
export type BoundedResult = BoundedOptimum | BoundedInfeasible;

/** The optimum within bounds, with the shadow prices of the bounds. */
export interface BoundedOptimum {
  /** There is an optimum, and this is it. */
  readonly status: "optimal";
  /** The schedule, called `"Bounded"`. */
  readonly schedule: Schedule;
  /** Shadow price of the order: what one more share to trade would add to E + λV (currency/share). */
  readonly marginalCost: number;
  /** Shadow prices of the lower bounds: the saving per share by which each is lowered; 0 where it is slack (N numbers, currency/share). */
  readonly lowerPrices: readonly number[];
  /** Shadow prices of the upper bounds: the saving per share by which each is raised; 0 where it is slack (N numbers, currency/share). */
  readonly upperPrices: readonly number[];
  /** What `certify` says of the schedule, with the same bounds. */
  readonly certificate: Certificate;
  /** Linear systems solved on the way. */
  readonly iterations: number;
}

/** Bounds that no schedule of the order satisfies. */
export interface BoundedInfeasible {
  /** No schedule satisfies the bounds. */
  readonly status: "infeasible";
  /** The proof: even all trades at this bound add up to `total`, on the wrong side of the order. */
  readonly proof: {
    /** Which bounds miss the order. */
    readonly bound: "lower" | "upper";
    /** Sum of the bounds (shares). */
    readonly total: number;
    /** The order (shares). */
    readonly shares: number;
    /** How far the bounds miss the order, above 0 (shares). */
    readonly missing: number;
  };
  /** The proof in words. */
  readonly message: string;
}

/**
 * The schedule that minimizes E + λV among those that satisfy bounds on the trade of each interval: a participation
 * cap, no trading against the order, a pause (both bounds 0), a first trade that is fixed. The spread's kink
 * is kept: a trade may turn, and pays half the spread either way.
 *
 * @param problem - a problem from `defineProblem`, with a risk aversion of 0 or above
 * @param bounds - lower (default 0) and upper (default none) bounds of each trade (shares)
 * @param options - `tolerance`: the gap that is small enough to take a schedule for the optimum where E + λV is not convex, as it
 *   can be under laws that are not linear (currency, default 0); the prices are then those of a program beside it
 * @returns the optimum with a shadow price for every bound and a certificate, or the proof that no schedule satisfies the
 *   bounds
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the expected cost is not convex, as `optimalSchedule` does; under a law that is not linear, with the
 *   gap that is left
 * @throws RangeError when the numbers lie so far apart that no optimum can be certified
 * @throws RangeError when the optimum, a price or the certificate leaves the range of doubles
 *
 * Source: the Karush–Kuhn–Tucker conditions of AC eq. 15 with bounds; the method is described in `boundedProgram.ts`.
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1_000_000, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7,
 *   riskAversion: 1e-6,
 * });
 * const capped = boundedSchedule(problem, { upper: 250_000 });
 * if (capped.status === "optimal") {
 *   capped.schedule.trades.map(Math.round); // → [250000, 250000, 244876, 147929, 107195]
 *   capped.certificate.verdict; // → optimal
 *   Math.round(1e4 * capped.upperPrices[0]) / 1e4; // → 2.2319
 * }
 * boundedSchedule(problem, { upper: 150_000 }).status; // → infeasible
 * ```
 */
export function boundedSchedule(
  problem: ExecutionProblem,
  bounds: TradeBounds = {},
  options?: CertifyOptions,
): BoundedResult {
  problem = checkProblem(problem);
  return boundedOptimum(problem, checkBounds(problem, bounds), checkedTolerance(options, problem));
}

/**
 * The same for callers that have checked their arguments.
 *
 * @param enough - a gap that is small enough to take a schedule for the optimum (currency)
 * @param guess - where the order before ended, of many that resemble one another
 */
export function boundedOptimum(
  problem: ExecutionProblem,
  arrays: BoundArrays,
  enough = 0,
  guess?: PieceGuess,
): BoundedResult {
  requireRiskAverse(problem);
  const { intervals: N, shares: X } = problem;
  const infeasible = proveInfeasible(X, arrays);
  if (infeasible !== undefined) return infeasible;
  const found = optima[structureOf(problem)](problem, arrays, guess);
  const { trades, remaining, iterations, marginalCost, lowerPrices, upperPrices } = found;
  const schedule = scheduleOf(problem, "Bounded", { trades, remaining });
  const certificate = judge(problem, schedule, arrays, enough);
  if (certificate.verdict === "unproven") {
    throw gapLeft(problem, schedule, certificate.gapBound, "within these bounds");
  }
  if (certificate.verdict !== "optimal") {
    throw new RangeError(
      `The optimum within these bounds cannot be told in floating-point numbers (verdict "${certificate.verdict}"): ` +
        "costs of trades and of holdings lie too far apart. Weaken the drift or the risk aversion, or shorten the horizon.",
    );
  }
  finite("A price of the optimum", marginalCost);
  requireFinite("A price of the optimum", lowerPrices);
  requireFinite("A price of the optimum", upperPrices);
  return Object.freeze({
    status: "optimal",
    schedule,
    marginalCost,
    lowerPrices: lowerPrices.length === N ? lowerPrices : lowerPrices.slice(0, N),
    upperPrices: upperPrices.length === N ? upperPrices : upperPrices.slice(0, N),
    certificate,
    iterations,
  });
}

/** Who finds the optimum within bounds, by what the expected cost looks like. */
const optima: Readonly<
  Record<
    ImpactStructure,
    (problem: ExecutionProblem, bounds: BoundArrays, guess?: PieceGuess) => PricedOptimum
  >
> = { quadratic: quadraticWithin, separable: separableWithin, transient: transientWithin };

function quadraticWithin(problem: ExecutionProblem, bounds: BoundArrays, guess?: PieceGuess): PricedOptimum {
  const hasChoice = choiceCount(problem) > 1;
  if (hasChoice) requireOptimum(problem);
  const form = quadraticObjective(problem);
  // A single trade leaves nothing to choose, and its curvature does not matter.
  const program = hasChoice ? form : { ...form, tradeCurvatures: Float64Array.of(1) };
  const {
    trades,
    remaining,
    prices,
    iterations,
    answers = answerPrices(form),
  } = minimizeBounded(program, bounds, guess);
  requireReadable(problem, remaining, trades);
  const marginalCost =
    (hasChoice ? prices[0] : 2 * form.tradeCurvatures[0] * problem.shares) +
    answers.shared +
    form.fixedMarginalCost;
  const shadowPrices = boundPrices(form, bounds, answers, trades, prices);
  return { trades, remaining, iterations, marginalCost, ...shadowPrices };
}

/** The shadow prices: how far the price of a trade at its bound lies beyond its marginal cost. */
function boundPrices(
  form: QuadraticObjective,
  { lower, upper }: BoundArrays,
  { up, down }: Pick<Pieces, "up" | "down">,
  trades: Float64Array,
  prices: Float64Array,
): { readonly lowerPrices: number[]; readonly upperPrices: number[] } {
  const { tradeCurvatures: a } = form;
  const N = a.length;
  const lowerPrices = plainZeros(N);
  const upperPrices = plainZeros(N);
  for (let k = 0; k < N && N > 1; k++) {
    const n = trades[k];
    // Outwards of its bound, a trade of 0 pays the spread in either direction.
    if (n === upper[k]) upperPrices[k] = Math.max(0, prices[k] - (2 * a[k] * n + (n < 0 ? down[k] : up[k])));
    if (n === lower[k]) lowerPrices[k] = Math.max(0, 2 * a[k] * n + (n <= 0 ? down[k] : up[k]) - prices[k]);
  }
  return { lowerPrices, upperPrices };
}

/** A sum; undefined where a number is infinite. */
function sumWhereFinite(values: Float64Array): number | undefined {
  const sum = new Sum();
  for (let k = 0; k < values.length; k++) {
    if (!Number.isFinite(values[k])) return undefined;
    sum.add(values[k]);
  }
  return sum.value;
}

/** The proof that no schedule satisfies the bounds; undefined where one does. */
export function proveInfeasible(
  shares: number,
  { lower, upper }: BoundArrays,
): BoundedInfeasible | undefined {
  const atLeast = sumWhereFinite(lower);
  const atMost = sumWhereFinite(upper);
  // The bounds of a profile in proportion to the order may miss it by the rounding of their sum.
  const slack = 1e-13 * shares;
  const fail = (bound: "lower" | "upper", total: number): BoundedInfeasible => {
    const [which, beyond] = bound === "upper" ? ["upper", "short of"] : ["lower", "more than"];
    const missing = Math.abs(shares - total);
    return Object.freeze({
      status: "infeasible",
      proof: Object.freeze({ bound, total, shares, missing }),
      message:
        `No schedule satisfies the bounds: the ${which} bounds add up to ${formatSignificant(total, 9)} shares, ` +
        `${formatSignificant(missing, 6)} ${beyond} the order's ${formatSignificant(shares, 9)}.`,
    });
  };
  if (atMost !== undefined && atMost < shares - slack) return fail("upper", atMost);
  if (atLeast !== undefined && atLeast > shares + slack) return fail("lower", atLeast);
  return undefined;
}
