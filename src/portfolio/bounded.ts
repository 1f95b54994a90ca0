/**
 * The optimal schedule of a portfolio within limits.
 *
 * @module
 */
import { checkKeys, checkProgress } from "../support/checks";
import { judgePath, type PortfolioCertificate } from "./certify";
import { checkPortfolio } from "./define";
import type { Settled } from "./face";
import { portfolioForm } from "./form";
import type { PortfolioInfeasible } from "./infeasible";
import { checkLimits, type LimitArrays, type PortfolioLimits } from "./limits";
import { type Matrix, rowsOf } from "./matrices";
import { pathOf, smoothMinimizer, smoothTrades } from "./optimum";
import type { Portfolio } from "./portfolio";
import { type Program, programOf } from "./program";
import { makePortfolioSchedule, type PortfolioSchedule } from "./schedule";
import { search } from "./search";

/** The optimum within limits. */
export interface PortfolioOptimum {
  /** `"optimal"`: the certificate says so. */
  readonly status: "optimal";
  /** The schedule. */
  readonly schedule: PortfolioSchedule;
  /** What one share more of each cap would save: N rows of m, 0 where it does not bind (currency/share). */
  readonly capPrices: Matrix;
  /** Prices of what each interval may change of each neutral combination, N rows, for `certifyPortfolio` (currency/unit of the combination). */
  readonly neutralPrices: Matrix;
  /** The proof that no schedule within the limits is better. */
  readonly certificate: PortfolioCertificate;
  /** How many iterations it took. */
  readonly iterations: number;
}

/** What `boundedPortfolio` answers. */
export type BoundedPortfolioResult = PortfolioOptimum | PortfolioInfeasible;

/** What `boundedPortfolio` may be told besides. */
export interface BoundedPortfolioOptions {
  /** Called from time to time, and once at the end, with the fraction completed (0 to 1); `progressBar` makes one. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/**
 * The schedule that minimizes E + λV within limits: caps on each name's trades, no trading against a position, and combinations of
 * names that are held at 0 from the first trade on. The spread's kink is kept: a name may stand still to save its spread.
 *
 * @param portfolio - a portfolio from `definePortfolio`
 * @param limits - caps (default none), `noReversal` (default true), and neutral combinations (default none)
 * @param options - a function to report progress to
 * @returns the optimum with the price of each cap and a certificate, or the proof that no schedule keeps to the limits
 * @throws InputError when an argument is not what it should be
 * @throws NoOptimumError when the expected cost or E + λV is not convex, as `portfolioSchedule` does
 * @throws RangeError when the numbers lie so far apart that no optimum can be certified
 *
 * Source: the method is described in `admm.ts` and `face.ts`.
 *
 * @example
 * ```ts
 * const portfolio = definePortfolio({
 *   names: ["A", "B"], positions: [1000, -1000], horizon: 4, intervals: 4, covariance: [[1, 0.8], [0.8, 1]],
 *   temporaryImpact: [1e-3, 2e-3], riskAversion: 1e-3,
 * });
 * const capped = boundedPortfolio(portfolio, { caps: 300 });
 * if (capped.status === "optimal") {
 *   capped.schedule.trades.map(([a, b]) => [Math.round(a), Math.round(b)]); // → [[300, -300], [290, -274], [220, -225], [190, -201]]
 *   capped.certificate.verdict; // → "optimal"
 * }
 * const equal = { name: "cash", weights: [1, 1] };
 * boundedPortfolio(portfolio, { caps: [300, 200], neutral: [equal] }).status; // → "infeasible"
 * ```
 */
export function boundedPortfolio(
  portfolio: Portfolio,
  limits: PortfolioLimits = {},
  options: BoundedPortfolioOptions = {},
): BoundedPortfolioResult {
  portfolio = checkPortfolio(portfolio);
  const arrays = checkLimits(portfolio, limits);
  const onProgress = checkProgress(
    checkKeys("boundedPortfolio's options", options, ["onProgress"]).onProgress,
  );
  const result = optimumWithin(portfolio, arrays, onProgress);
  onProgress?.(1);
  return result;
}

/** The optimum within limits that are checked. */
export function optimumWithin(
  portfolio: Portfolio,
  limits: LimitArrays,
  onProgress?: (fraction: number) => void,
): BoundedPortfolioResult {
  const form = portfolioForm(portfolio);
  const program = programOf(form, limits);
  const start =
    form.steps === 1 ? form.market.positions : smoothTrades(form, smoothMinimizer(portfolio, form));
  const { intervals } = form;
  const G = limits.neutral.length;
  /** Rows of the open intervals among those of all. */
  const spread = (rows: Float64Array, columns: number): Float64Array => {
    const all = new Float64Array(portfolio.intervals * columns);
    intervals.forEach((k, j) => {
      all.set(rows.subarray(j * columns, (j + 1) * columns), k * columns);
    });
    return all;
  };
  const judge = ({ n, θ }: Settled): PortfolioCertificate =>
    judgePath(portfolio, pathOf(form, n), limits, { guess: spread(θ, G) });
  const found = search(portfolio, program, { start, judge }, onProgress);
  if ("status" in found) return found;
  const { n, reduced, θ, certificate, iterations } = found;
  const m = portfolio.positions.length;
  return Object.freeze({
    status: "optimal",
    schedule: makePortfolioSchedule(portfolio, "Bounded", pathOf(form, n)),
    capPrices: Object.freeze(rowsOf(spread(capPrices(program, n, reduced), m), portfolio.intervals, m)),
    neutralPrices: Object.freeze(rowsOf(spread(θ, G), portfolio.intervals, G)),
    certificate,
    iterations,
  });
}

/** Where a trade is at its cap, what one share more would save. */
function capPrices(
  { form, lower, upper, spreads }: Program,
  n: Float64Array,
  reduced: Float64Array,
): Float64Array {
  const { m, positions } = form.market;
  return n.map((trade, at) => {
    const position = positions[at % m];
    const isSelling = trade === upper[at] && (trade > 0 || (trade === 0 && position > 0));
    const isBuying = trade === lower[at] && (trade < 0 || (trade === 0 && position < 0));
    // `reduced` of a trade that is held has no spread in it.
    if (isSelling) return Math.max(0, -(reduced[at] + spreads[at]));
    return isBuying ? Math.max(0, reduced[at] - spreads[at]) : 0;
  });
}
