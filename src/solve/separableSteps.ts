/**
 * The optimum of a convex separable program by Newton's steps: in each, temporary impact is replaced by the parabola that fits it
 * at the trades so far, and the bounded quadratic program that is left is solved exactly. It takes drifts against the order and
 * trades that must be made, where prices of both signs cancel and shooting is of no use.
 *
 * @module
 */
import type { QuadraticObjective } from "../model/quadratic";
import type { ProgramOptimum } from "./boundedPieces";
import { minimizeBounded } from "./boundedProgram";
import { programValue, type SeparableProgram, smoothMarginal } from "./separableProgram";

const mostSteps = 200;

/** The optimum, as near as doubles tell. */
export function stepToOptimum(program: SeparableProgram): ProgramOptimum {
  const { form } = program;
  const { shares: X } = form;
  const N = form.tradeCurvatures.length;
  let best: ProgramOptimum | undefined;
  let leastError = Number.POSITIVE_INFINITY;
  let trades: Float64Array = new Float64Array(N).fill(X / N);
  let value = Number.POSITIVE_INFINITY;
  let iterations = 0;
  for (let i = 0, idle = 0; i < mostSteps && idle < 5; i++) {
    const parabola = parabolas(program, trades, X * 10 ** Math.max(-16, -3 - i));
    const found = minimizeBounded(parabola, program);
    iterations += found.iterations;
    const { error, prices } = pricesOf(program, found);
    if (error < leastError) [best, leastError, idle] = [{ ...found, prices }, error, 0];
    else idle++;
    if (error === 0) break;
    [trades, value] = towards(program, { trades, value }, found);
  }
  return { ...(best as ProgramOptimum), iterations };
}

/** Each trade's temporary impact as the parabola with its slope and curvature at a trade, of at least `least` shares. */
function parabolas(
  { law, form, beside, own }: SeparableProgram,
  trades: Float64Array,
  least: number,
): QuadraticObjective {
  const N = trades.length;
  const tradeCurvatures = new Float64Array(N);
  const tradePrices = form.tradePrices.slice();
  const halfSpreads = form.halfSpreads.slice();
  for (let k = 0; k < N; k++) {
    const n = Math.max(Math.abs(trades[k]), least);
    // Never so flat, beside what an equal slice has, that the program's numbers lie too far apart.
    const flattest = 1e-12 * law.curvature(k, form.shares / N) - own[k];
    const curvature = Math.max(law.curvature(k, n), flattest);
    const atZero = law.temporaryMarginal(k, n) - curvature * n;
    tradeCurvatures[k] = 0.5 * (curvature + beside[k]);
    // Where marginal impact flattens, its line begins above 0, on both sides alike: a wider spread. Where it steepens, the line
    // fits the trade's own side alone.
    if (atZero >= 0) halfSpreads[k] += atZero;
    else tradePrices[k] += trades[k] < 0 ? -atZero : atZero;
  }
  return { ...form, tradeCurvatures, tradePrices, halfSpreads };
}

/** The prices of trades, and how well one price fits them: how far apart their marginal costs are, over the largest price. */
function pricesOf(
  program: SeparableProgram,
  { trades, remaining }: ProgramOptimum,
): { readonly error: number; readonly prices: Float64Array } {
  const { form, lower, upper, shared } = program;
  const { halfSpreads: ε, holdingCurvatures: b, holdingPrices: q } = form;
  let [high, low, size] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0];
  // The largest trade that is free tells the price: that of a tiny one may hang on its rounding.
  let [largest, free] = [0, Number.NaN];
  const prices = new Float64Array(trades.length);
  let carried = 0;
  for (let k = trades.length - 1; k >= 0; k--) {
    const n = trades[k];
    if (k < trades.length - 1) carried += 2 * b[k] * remaining[k + 1] + q[k];
    prices[k] = carried;
    const smooth = smoothMarginal(program, k, n) - carried - shared;
    const isFree = n !== 0 && n > lower[k] && n < upper[k];
    if (isFree && Math.abs(n) > largest) {
      largest = Math.abs(n);
      free = smooth + Math.sign(n) * ε[k];
    }
    if (n > lower[k]) high = Math.max(high, smooth + (n > 0 ? ε[k] : -ε[k]));
    if (n < upper[k]) low = Math.min(low, smooth + (n < 0 ? -ε[k] : ε[k]));
    size = Math.max(size, Math.abs(carried), Math.abs(smooth), ε[k]);
  }
  const apart = Math.max(0, high - low) / size;
  // Where nothing can fall, or nothing can rise, one side tells the price.
  const middle = !Number.isFinite(high) ? low : !Number.isFinite(low) ? high : 0.5 * (high + low);
  const last = Number.isNaN(free) ? middle : free;
  return {
    error: apart < 1e-16 ? 0 : apart,
    prices: prices.map((later) => later + (Number.isFinite(last) ? last : 0)),
  };
}

/** As far towards the step's trades as the objective falls. */
function towards(
  program: SeparableProgram,
  { trades, value }: { readonly trades: Float64Array; readonly value: number },
  next: ProgramOptimum,
): [trades: Float64Array, value: number] {
  const whole = programValue(program, next.trades, next.remaining);
  if (value === Number.POSITIVE_INFINITY || whole <= value) return [next.trades, whole];
  for (let part = 0.5; part > 1e-9; part *= 0.5) {
    const between = trades.map((n, k) => n + part * (next.trades[k] - n));
    const there = programValue(program, between, holdings(program, between));
    if (there <= value) return [between, there];
  }
  // At the optimum, rounding alone may stand in the way.
  return [next.trades, whole];
}

function holdings({ form }: SeparableProgram, trades: Float64Array): Float64Array {
  const remaining = new Float64Array(trades.length + 1);
  remaining[0] = form.shares;
  for (let k = 0; k < trades.length; k++) remaining[k + 1] = remaining[k] - trades[k];
  return remaining;
}
