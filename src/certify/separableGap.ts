/**
 * The gap of a schedule from prices, as `separable.ts` says.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { withRest } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { Sum, total } from "../support/numbers";
import { cheapestTrade, gapBetween, slopeAt, type TradeCosts } from "./answers";
import { guessFrom, improve, solveGuess } from "./guess";
import { type Point, priceEdges } from "./leveling";
import { costSquares, marginalCosts, objectiveSquares } from "./marginals";

/** Points from which the bound is taken, at most. */
const mostPoints = 30;
const mostGuesses = 40;
/** A bound this near to a saving that there is, relatively, is the gap. */
const near = 1e-3;

/** What follows from a schedule's trades and holdings. */
export function pointAt(problem: ExecutionProblem, schedule: Pick<Schedule, "trades" | "remaining">): Point {
  const { smooth, largestTerm } = marginalCosts(problem, schedule, costSquares(problem));
  return { trades: withRest(problem, schedule).trades, smooth, largestTerm };
}

/** Σ_k φ_k(n_k) − φ_k(m_k) − (g + R_k)(n_k − m_k), with g + R_k = φ_k′(n_k) − (smooth_k − g). */
function gapAt(
  costs: TradeCosts,
  { trades, smooth }: Point,
  g: number,
): { bound: number; cheapest: Float64Array } {
  const cheapest = new Float64Array(trades.length);
  const sum = new Sum();
  for (let k = 0; k < trades.length; k++) {
    const n = trades[k];
    const price = slopeAt(costs, k, n) - smooth[k] + g;
    cheapest[k] = cheapestTrade(costs, k, price);
    sum.add(Math.max(0, gapBetween(costs, k, n, cheapest[k], price)));
  }
  return { bound: sum.value, cheapest };
}

/**
 * The bound of trades that have one price: at a price between those at which they would fall and rise, or where that is off by the
 * rounding of a tiny trade, at the best one.
 */
export function ownGap(costs: TradeCosts, point: Point, enough: number): number {
  const { high, low } = priceEdges(costs, point);
  const g =
    Number.isFinite(high) && Number.isFinite(low) ? 0.5 * (high + low) : Number.isFinite(high) ? high : low;
  if (!Number.isFinite(g)) return 0;
  let { bound } = gapAt(costs, point, g);
  const flat = flatPrice(costs, point);
  if (bound > 1e-3 * enough && flat !== undefined) bound = Math.min(bound, gapAt(costs, point, flat).bound);
  return bound <= 1e-3 * enough ? bound : Math.min(bound, bestGap(costs, point).bound);
}

/** The price of what is left, where something is that could be more or less: by itself it costs nothing, and any other price moves all of it. */
function flatPrice(
  { law, own, lent, lower, upper }: TradeCosts,
  { trades, smooth }: Point,
): number | undefined {
  const last = trades.length - 1;
  const isFlat = law.curvature(last, upper[last]) === 0 && own[last] === lent[last];
  return isFlat && trades[last] > lower[last] && trades[last] < upper[last] ? smooth[last] : undefined;
}

/** The least bound over all prices, at which the cheapest trades add up to the order. */
function bestGap(costs: TradeCosts, point: Point): ReturnType<typeof gapAt> {
  const order = total(point.trades);
  let [below, above] = bracket(costs, point, order);
  let best = gapAt(costs, point, 0.5 * (below + above));
  for (let i = 0; i < 100 && above - below > 1e-16 * Math.max(Math.abs(above), Math.abs(below)); i++) {
    const middle = 0.5 * (below + above);
    const found = gapAt(costs, point, middle);
    if (found.bound < best.bound) best = found;
    const traded = total(found.cheapest);
    if (traded === order) break;
    if (traded < order) below = middle;
    else above = middle;
  }
  return best;
}

/** Prices at which the cheapest trades add up to less than the order, and to more. */
function bracket(costs: TradeCosts, point: Point, order: number): [below: number, above: number] {
  const { high, low } = priceEdges(costs, point);
  const finite = [high, low].filter(Number.isFinite);
  let [below, above] = [Math.min(...finite, 0), Math.max(...finite, 0)];
  if (finite.length > 0) [below, above] = [Math.min(...finite), Math.max(...finite)];
  const traded = (g: number): number => total(gapAt(costs, point, g).cheapest);
  // Where costs are convex, trades fall and rise at these prices already.
  for (let by = point.largestTerm, i = 0; i < 60 && traded(below) > order; i++, by *= 2) below -= by;
  for (let by = point.largestTerm, i = 0; i < 60 && traded(above) < order; i++, by *= 2) above += by;
  return [below, above];
}

/**
 * The least bound on the gap of a schedule, from points between it and the optimum, and how far it may lie above the gap.
 *
 * @param enough - a bound that is small enough to stop (currency)
 */
export function leastGap(
  problem: ExecutionProblem,
  costs: TradeCosts,
  schedule: Pick<Schedule, "trades" | "remaining">,
  enough: number,
): { readonly bound: number; readonly rest: number } {
  let point = pointAt(problem, schedule);
  let saved = 0;
  let least = { bound: Number.POSITIVE_INFINITY, rest: Number.POSITIVE_INFINITY };
  for (let i = 0; i < mostPoints; i++) {
    let next = nearer(problem, costs, point, parabolicTrades(problem, costs, point));
    // A bound from a point that is left at once is not worth its time.
    const isFar = i < mostPoints - 1 && next !== undefined && next.saved > 0.1 * near * saved;
    if (!isFar) {
      const { bound, cheapest } = bestGap(costs, point);
      if (saved + bound < least.bound) least = { bound: saved + bound, rest: bound };
      if (bound <= near * least.bound || least.bound <= enough) break;
      next ??= nearer(problem, costs, point, cheapest);
    }
    if (next === undefined) break;
    saved += next.saved;
    point = next.point;
  }
  return least;
}

/** The optimum if every trade's cost were the parabola that touches it at the point; undefined where that has none. */
function parabolicTrades(
  problem: ExecutionProblem,
  costs: TradeCosts,
  { trades, smooth }: Point,
): Float64Array | undefined {
  const { law, own, ε, lower, upper } = costs;
  const n = Float64Array.from(trades);
  // At 0 a parabola may be infinitely steep, or flat.
  const least = 1e-9 * problem.shares;
  const sizes = n.map((trade) => Math.max(Math.abs(trade), least));
  const steep = sizes.map((size, k) => law.curvature(k, size));
  const curvatures = steep.map((curvature, k) => curvature + own[k]);
  // Where marginal impact flattens, its tangent begins above 0, on both sides alike, as a spread does.
  const wider = sizes.map((size, k) => Math.max(0, law.temporaryMarginal(k, size) - steep[k] * size));
  const M = smooth.map((marginal, k) => marginal - wider[k] * Math.sign(n[k]));
  const { holdings } = costSquares(problem);
  const squares = objectiveSquares(problem, { trades: curvatures, holdings });
  const up = ε.map((half, k) => half + wider[k]);
  const chain = {
    n,
    M,
    up,
    down: up.map((half) => -half),
    lower,
    upper,
    A: squares.trades,
    B: squares.holdings,
  };
  let guess = guessFrom(chain);
  for (let i = 0; i < mostGuesses; i++) {
    const solution = solveGuess(chain, guess);
    if (solution === undefined) return undefined;
    const next = improve(chain, guess, solution, i >= mostGuesses / 2);
    if (next === undefined || i === mostGuesses - 1) {
      return solution.trades.map((trade, k) => Math.min(Math.max(trade, lower[k]), upper[k]));
    }
    guess = next;
  }
  return undefined;
}

/**
 * The point on the way to other trades from which the objective would rise again, and what going there saves; undefined where
 * the other trades are not the order's, or nothing is saved.
 */
function nearer(
  problem: ExecutionProblem,
  costs: TradeCosts,
  { trades, smooth }: Point,
  goal: Float64Array | undefined,
): { readonly point: Point; readonly saved: number } | undefined {
  if (goal === undefined) return undefined;
  const X = problem.shares;
  const way = goal.map((m, k) => m - trades[k]);
  if (!(Math.abs(total(way)) <= 1e-9 * X)) return undefined;
  const prices = way.map((_, k) => slopeAt(costs, k, trades[k]) - smooth[k]);
  const square = riskAlong(problem, costs, way);
  const at = (part: number): number[] => Array.from(way, (d, k) => trades[k] + part * d);
  const slope = (part: number): number => {
    const sum = new Sum();
    at(part).forEach((n, k) => {
      const marginal = slopeAt(costs, k, n) + costs.ε[k] * Math.sign(n === 0 ? way[k] : n);
      sum.add((marginal - prices[k]) * way[k]);
    });
    return sum.value + part * square;
  };
  let [low, high] = [0, 1];
  if (slope(1) <= 0) low = 1;
  for (let i = 0; i < 30 && low < 1; i++) {
    const middle = 0.5 * (low + high);
    if (slope(middle) <= 0) low = middle;
    else high = middle;
  }
  if (low === 0) return undefined;
  const there = at(low);
  const saved = new Sum();
  there.forEach((n, k) => {
    saved.add(gapBetween(costs, k, trades[k], n, prices[k]));
  });
  saved.add(-0.5 * low * low * square);
  const remaining = [X];
  const made = there.slice(0, problem.intervals);
  for (const n of made) remaining.push(remaining[remaining.length - 1] - n);
  return { point: pointAt(problem, { trades: made, remaining }), saved: saved.value };
}

/** The second derivative along a way of what the objective holds beside the trades' own costs. */
function riskAlong(problem: ExecutionProblem, { lent }: TradeCosts, way: Float64Array): number {
  const { holdings } = costSquares(problem);
  const squares = objectiveSquares(problem, { trades: lent, holdings });
  const sum = new Sum();
  let held = 0;
  for (let k = 0; k < way.length; k++) {
    sum.add(squares.trades[k] * way[k] * way[k]);
    held -= way[k];
    if (k < way.length - 1) sum.add(squares.holdings[k] * held * held);
  }
  return sum.value;
}
