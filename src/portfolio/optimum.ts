/**
 * The schedule of a portfolio that minimizes E + λV.
 *
 * @module
 */
import { blockMinimizer } from "./blocks";
import { chainMinimizer } from "./chains";
import { noOptimum, requireConvexCost } from "./convexity";
import { type Minimizer, type PortfolioForm, pairOf } from "./form";
import type { Portfolio } from "./portfolio";
import type { Path } from "./schedule";

/** The minimizer of a form's smooth part, by the fastest route that it allows. Throws NoOptimumError where there is no minimum. */
export function smoothMinimizer(portfolio: Portfolio, form: PortfolioForm): Minimizer {
  const pair = pairOf(form);
  const chains = pair === undefined ? undefined : chainMinimizer(form, pair);
  // Where P is positive definite and B has no part of it, so is E.
  if (chains === undefined || pair?.b !== undefined) requireConvexCost(portfolio);
  const minimizer = chains ?? blockMinimizer(form);
  if (!("solve" in minimizer)) throw noOptimum(portfolio, minimizer, "objective");
  return minimizer;
}

/**
 * The trades of a form's minimum with spreads paid as if no name were traded against its position, M rows of m: the minimum itself
 * where none is.
 */
export function smoothTrades(form: PortfolioForm, minimizer: Minimizer): Float64Array {
  const { steps, ε, market } = form;
  const { m, halfSpreads, positions } = market;
  const trades = new Float64Array(steps * m);
  // Spreads that do not vary cost the same whenever they are paid.
  const varies = ε.some((factor) => factor !== ε[0]) && halfSpreads.some((half) => half > 0);
  const prices = varies
    ? trades.map((_, at) => ε[Math.floor(at / m)] * halfSpreads[at % m] * Math.sign(positions[at % m]))
    : undefined;
  minimizer.solve(prices, trades);
  return trades;
}

/** Trades of the open intervals as the path over all intervals, with holdings summed from the end. */
export function pathOf({ market, intervals, steps }: PortfolioForm, trades: Float64Array): Path {
  const { m, N, positions } = market;
  const n = new Float64Array(N * m);
  for (let j = 0; j < steps; j++) n.set(trades.subarray(j * m, (j + 1) * m), intervals[j] * m);
  const x = new Float64Array((N + 1) * m);
  for (let at = N * m - 1; at >= m; at--) x[at] = x[at + m] + n[at];
  x.set(positions);
  return { x, n };
}

/** Whether some name that pays a spread is traded both ways, beyond rounding. */
export function payingBothWays({ market, steps, ε }: PortfolioForm, trades: Float64Array): boolean {
  const { m, halfSpreads } = market;
  let largest = 0;
  for (let at = 0; at < trades.length; at++) largest = Math.max(largest, Math.abs(trades[at]));
  const doubt = 1e-12 * largest;
  for (let i = 0; i < m; i++) {
    let [isPaid, isSold, isBought] = [false, false, false];
    for (let j = 0; j < steps; j++) {
      const n = trades[j * m + i];
      if (halfSpreads[i] * ε[j] > 0 && Math.abs(n) > doubt) isPaid = true;
      if (n > doubt) isSold = true;
      if (n < -doubt) isBought = true;
    }
    if (isPaid && isSold && isBought) return true;
  }
  return false;
}
