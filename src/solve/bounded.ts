/**
 * The optimum with bounds on the trades.
 *
 * @module
 */

import { type Certificate, certify } from "../certify/schedule";
import { type BoundArrays, checkBounds, type TradeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { type QuadraticObjective, quadraticObjective } from "../model/quadratic";
import { makeSchedule, type Schedule } from "../model/schedule";
import { formatSignificant } from "../support/format";
import { finite, plainArray, requireFinite, Sum } from "../support/numbers";
import { answerPrices } from "./boundedPieces";
import { minimizeBounded } from "./boundedProgram";
import { requireOptimum } from "./elimination";
import { requireReadable, requireRiskAverse } from "./wellPosed";

/** What `boundedSchedule` finds: the optimum, or a proof that no schedule keeps the bounds. */
export type BoundedResult = BoundedOptimum | BoundedInfeasible;

/** The optimum within bounds, with what its bounds cost. */
export interface BoundedOptimum {
  readonly status: "optimal";
  /** The schedule, called `"Bounded"`. */
  readonly schedule: Schedule;
  /** What one share more in the order would add to E + λV (currency/share). */
  readonly marginalPrice: number;
  /** What one share less of each least trade would save: 0 where the bound does not bind (N numbers, currency/share). */
  readonly leastPrices: readonly number[];
  /** What one share more of each most trade would save: 0 where the bound does not bind (N numbers, currency/share). */
  readonly mostPrices: readonly number[];
  /** What `certify` says of the schedule, with the same bounds. */
  readonly certificate: Certificate;
  /** Linear systems solved on the way. */
  readonly iterations: number;
}

/** Bounds that no schedule of the order keeps. */
export interface BoundedInfeasible {
  readonly status: "infeasible";
  /** The proof: even all trades at this bound add up to `total`, on the wrong side of the order. */
  readonly proof: {
    readonly bound: "least" | "most";
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
 * The schedule that minimizes E + λV among those that keep bounds on the trade of each interval: a participation
 * cap, no trading against the order, a pause (least and most both 0), a first trade that is fixed. The spread's kink
 * is kept: a trade may turn, and pays half the spread either way.
 *
 * @param problem - a problem from `defineProblem`, with a risk aversion of 0 or above
 * @param bounds - the least (default 0) and the most (default no bound) of each trade (shares)
 * @returns the optimum with a price for every bound and a certificate, or the proof that no schedule keeps the bounds
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the expected cost is not convex, as `optimalSchedule` does
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
 * const capped = boundedSchedule(problem, { most: 250_000 });
 * if (capped.status === "optimal") {
 *   capped.schedule.trades.map(Math.round); // → [250000, 250000, 244876, 147929, 107195]
 *   capped.certificate.verdict; // → optimal
 *   Math.round(1e4 * capped.mostPrices[0]) / 1e4; // → 2.2319
 * }
 * boundedSchedule(problem, { most: 150_000 }).status; // → infeasible
 * ```
 */
export function boundedSchedule(problem: ExecutionProblem, bounds: TradeBounds = {}): BoundedResult {
  problem = checkProblem(problem);
  const arrays = checkBounds(problem, bounds);
  requireRiskAverse(problem);
  const { intervals: N, shares: X } = problem;
  const infeasible = proveInfeasible(X, arrays);
  if (infeasible !== undefined) return infeasible;
  if (N > 1) requireOptimum(problem);

  const form = quadraticObjective(problem);
  // A single trade leaves nothing to choose, and its curvature does not matter.
  const program = N > 1 ? form : { ...form, tradeCurvatures: Float64Array.of(1) };
  const { trades, remaining, prices, iterations } = minimizeBounded(program, arrays);
  requireReadable(problem, remaining, trades);
  const schedule = makeSchedule(problem, "Bounded", plainArray(remaining), plainArray(trades));
  const certificate = certify(problem, schedule, bounds);
  if (certificate.verdict !== "optimal") {
    throw new RangeError(
      `The optimum within these bounds cannot be told in floating-point numbers (verdict "${certificate.verdict}"): ` +
        "costs of trades and of holdings lie too far apart. Weaken the drift or the risk aversion, or shorten the horizon.",
    );
  }
  const { shared } = answerPrices(form);
  const marginalPrice =
    (N > 1 ? prices[0] : 2 * form.tradeCurvatures[0] * X) + shared + form.fixedMarginalCost;
  const { leastPrices, mostPrices } = boundPrices(form, arrays, trades, prices);
  finite("A price of the optimum", marginalPrice);
  requireFinite("A price of the optimum", leastPrices);
  requireFinite("A price of the optimum", mostPrices);
  return Object.freeze({
    status: "optimal",
    schedule,
    marginalPrice,
    leastPrices: Object.freeze(leastPrices),
    mostPrices: Object.freeze(mostPrices),
    certificate,
    iterations,
  });
}

/** What one share of room at each bound would save: how far the price of a trade at its bound lies beyond its marginal cost. */
function boundPrices(
  form: QuadraticObjective,
  { least, most }: BoundArrays,
  trades: Float64Array,
  prices: Float64Array,
): { readonly leastPrices: number[]; readonly mostPrices: number[] } {
  const { tradeCurvatures: a } = form;
  const { up, down } = answerPrices(form);
  const N = a.length;
  const leastPrices = new Array<number>(N).fill(0);
  const mostPrices = new Array<number>(N).fill(0);
  for (let k = 0; k < N && N > 1; k++) {
    const n = trades[k];
    // Outwards of its bound, a trade of 0 pays the spread in either direction.
    if (n === most[k]) mostPrices[k] = Math.max(0, prices[k] - (2 * a[k] * n + (n < 0 ? down[k] : up[k])));
    if (n === least[k]) leastPrices[k] = Math.max(0, 2 * a[k] * n + (n <= 0 ? down[k] : up[k]) - prices[k]);
  }
  return { leastPrices, mostPrices };
}

/** The proof that no schedule keeps the bounds; undefined where one does. */
export function proveInfeasible(shares: number, { least, most }: BoundArrays): BoundedInfeasible | undefined {
  const [atLeast, atMost] = [least, most].map((values) => {
    const sum = new Sum();
    for (const value of values) if (Number.isFinite(value)) sum.add(value);
    return values.every(Number.isFinite) ? sum.value : undefined;
  });
  // The bounds of a profile in proportion to the order may miss it by the rounding of their sum.
  const slack = 1e-13 * shares;
  const fail = (bound: "least" | "most", total: number): BoundedInfeasible => {
    const [words, beyond] = bound === "most" ? ["at most", "fewer"] : ["at least", "more"];
    return Object.freeze({
      status: "infeasible",
      proof: Object.freeze({ bound, total, shares, missing: Math.abs(shares - total) }),
      message:
        `No schedule keeps the bounds: all trades together are ${words} ${formatSignificant(total, 9)} shares, ` +
        `${formatSignificant(Math.abs(shares - total), 6)} ${beyond} than the order of ${formatSignificant(shares, 9)}.`,
    });
  };
  if (atMost !== undefined && atMost < shares - slack) return fail("most", atMost);
  if (atLeast !== undefined && atLeast > shares + slack) return fail("least", atLeast);
  return undefined;
}
