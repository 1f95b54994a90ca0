/**
 * Where the cost of a trade is not convex: the optimum of the convex envelope, which is the optimum where no trade lies on a
 * chord; else the cheapest of many schedules, each the optimum of a convex program in which every trade keeps to a stretch over
 * which its cost is convex, but one that may be anything. What proves it as good as it is, is the certificate.
 *
 * @module
 */
import { type BoundArrays, impliedBounds } from "../model/bounds";
import { NoOptimumError } from "../support/errors";
import { formatSignificant } from "../support/format";
import type { ProgramOptimum } from "./boundedPieces";
import { type Chords, chordsOf } from "./chords";
import { shoot } from "./priceShooting";
import { programValue, type SeparableProgram } from "./separableProgram";
import { stepToOptimum } from "./separableSteps";

/** How many intervals are tried as the one with the trade that may be anything, and how many sizes of it. */
const mostPlaces = 24;
const sizes = 24;
/** How often shares are moved between all pairs of trades, at most. */
const mostRounds = 10;

/** The cheapest schedule that is found. */
export function cheapestOfMany(program: SeparableProgram): ProgramOptimum {
  if (program.reach.lower.some((bound) => bound < 0)) throw fallsWithoutEnd(program);
  const chords = chordsOf(program);
  const whole = shoot(program, chords);
  if (whole !== undefined) return whole;
  let best: ProgramOptimum | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const bounds of patterns(program, chords)) {
    const found = optimumOf(program, bounds);
    if (found === undefined) continue;
    const value = programValue(program, found.trades, found.remaining);
    if (value < least) [best, least] = [found, value];
  }
  if (best === undefined) throw new RangeError("No schedule within these bounds was found.");
  return moved(program, best);
}

/**
 * The schedule after moves of shares from one trade to another that lower the objective, each the best of many sizes: what patterns
 * of whole stretches miss. The prices are those of the schedule before.
 */
function moved(program: SeparableProgram, found: ProgramOptimum): ProgramOptimum {
  const { reach, form } = program;
  const X = form.shares;
  const trades = found.trades.map((n) => (Math.abs(n) < 1e-18 * X ? 0 : n));
  const places = movable(program, trades);
  const valueWith = (i: number, j: number, size: number): number => {
    const next = trades.slice();
    next[i] -= size;
    next[j] += size;
    return programValue(program, next, holdings(X, next));
  };
  let least = programValue(program, trades, holdings(X, trades));
  for (let round = 0, isDone = false; round < mostRounds && !isDone; round++) {
    isDone = true;
    for (const i of places) {
      for (const j of places) {
        if (i === j) continue;
        const most = Math.min(trades[i] - reach.lower[i], reach.upper[j] - trades[j]);
        const size = bestSize((part) => valueWith(i, j, part * most)) * most;
        const value = size > 0 ? valueWith(i, j, size) : least;
        if (!(value < least - 1e-13 * Math.abs(least))) continue;
        trades[i] -= size;
        trades[j] += size;
        [least, isDone] = [value, false];
      }
    }
  }
  return { ...found, trades, remaining: holdings(X, trades) };
}

/** The trades between which shares are moved: all of a short schedule, the largest and the smallest of a long one. */
function movable({ reach }: SeparableProgram, trades: Float64Array): number[] {
  const open = Array.from(trades.keys()).filter((k) => reach.upper[k] > reach.lower[k]);
  if (open.length <= mostPlaces) return open;
  open.sort((a, b) => trades[b] - trades[a]);
  const half = mostPlaces >> 1;
  const used = open.filter((k) => trades[k] > 0);
  return [...new Set([...used.slice(0, half), ...used.slice(-half)])];
}

/** The part between 0 and 1 with the least value: the best of a grid, and golden sections beside it. */
function bestSize(valueAt: (part: number) => number): number {
  let best = [valueAt(0), 0];
  for (let i = 1; i <= sizes; i++) {
    const value = valueAt(i / sizes);
    if (value < best[0]) best = [value, i / sizes];
  }
  let [a, b] = [Math.max(0, best[1] - 1 / sizes), Math.min(1, best[1] + 1 / sizes)];
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 40; i++) {
    const [c, d] = [b - golden * (b - a), a + golden * (b - a)];
    if (valueAt(c) < valueAt(d)) b = d;
    else a = c;
  }
  const middle = 0.5 * (a + b);
  return valueAt(middle) < best[0] ? middle : best[1];
}

function holdings(X: number, trades: Float64Array): Float64Array {
  const remaining = new Float64Array(trades.length + 1);
  remaining[0] = X;
  for (let k = 0; k < trades.length; k++) remaining[k + 1] = remaining[k] - trades[k];
  remaining[trades.length] = 0;
  return remaining;
}

/** The optimum within narrower bounds; undefined where none trades the order. */
function optimumOf(program: SeparableProgram, bounds: BoundArrays): ProgramOptimum | undefined {
  const X = program.form.shares;
  let [least, most] = [0, 0];
  for (let k = 0; k < bounds.lower.length; k++) {
    if (bounds.lower[k] > bounds.upper[k]) return undefined;
    least += bounds.lower[k];
    most += bounds.upper[k];
  }
  if (least > X * (1 + 1e-13) || most < X * (1 - 1e-13)) return undefined;
  const narrowed = { ...program, ...bounds, reach: impliedBounds(X, bounds) };
  return shoot(narrowed, noChords(narrowed)) ?? stepToOptimum(narrowed);
}

/** Chords for trades that keep to where their cost is convex: none. */
function noChords({ own }: SeparableProgram): Chords {
  const none = new Float64Array(own.length);
  return { slope: none.map(() => Number.NaN), from: none, to: none };
}

/** Bounds of the convex programs. */
function* patterns(program: SeparableProgram, chords: Chords): Generator<BoundArrays> {
  const { law, own, reach } = program;
  const isOpen = (k: number): boolean => reach.upper[k] > 0;
  const places = Array.from(own.keys()).filter((k) => isOpen(k) && !Number.isNaN(chords.slope[k]));
  const flattens = places.some((k) => law.convexTrades(k, own[k])[0] === 0);
  yield* flattens ? topPatterns(program, places) : startPatterns(program, places);
}

/** Cost flattens for large trades: some trades at their upper bounds, one of any size, the others small. */
function* topPatterns({ law, own, reach, form }: SeparableProgram, places: number[]): Generator<BoundArrays> {
  const X = form.shares;
  const small = reach.upper.map((bound, k) => Math.min(bound, law.convexTrades(k, own[k])[1]));
  const tops = spread(places.length, mostPlaces);
  for (const top of tops) {
    const fixed = places.slice(0, top);
    const taken = fixed.reduce((sum, k) => sum + reach.upper[k], 0);
    if (taken > X) break;
    const [lower, upper] = [reach.lower.slice(), small.slice()];
    for (const k of fixed) lower[k] = upper[k] = reach.upper[k];
    yield { lower, upper };
    const free = places[top];
    if (free === undefined) continue;
    const most = Math.min(reach.upper[free], X - taken);
    for (let i = 1; i <= sizes; i++) {
      const size = (most * i) / sizes;
      const [from, to] = [lower.slice(), upper.slice()];
      from[free] = to[free] = Math.max(size, reach.lower[free]);
      yield { lower: from, upper: to };
    }
  }
}

/** Cost steepens from nothing: the first intervals trade enough, the others not at all. */
function* startPatterns({ law, own, reach }: SeparableProgram, places: number[]): Generator<BoundArrays> {
  for (const count of spread(places.length, 4 * mostPlaces)) {
    const [lower, upper] = [reach.lower.slice(), reach.upper.slice()];
    places.forEach((k, i) => {
      if (i < count) lower[k] = Math.max(lower[k], law.convexTrades(k, own[k])[0]);
      else upper[k] = lower[k];
    });
    yield { lower, upper };
  }
}

/** 0 … count, at most so many of them, the first ones all. */
function spread(count: number, most: number): number[] {
  if (count < most) return Array.from({ length: count + 1 }, (_, i) => i);
  const half = most >> 1;
  const rest = Array.from({ length: half }, (_, i) => Math.round(half + ((count - half) * (i + 1)) / half));
  return [...Array.from({ length: half }, (_, i) => i), ...rest];
}

function fallsWithoutEnd({ problem, own, law, reach }: SeparableProgram): NoOptimumError {
  const k = reach.lower.findIndex((bound) => bound < 0);
  const [from, to] = law.convexTrades(k, own[k]);
  const which =
    from === 0 ? `larger than ${formatSignificant(to)}` : `smaller than ${formatSignificant(from)}`;
  return new NoOptimumError(
    "cost-not-convex",
    `A trade that pays nothing of its own permanent impact (timing "${problem.timing}", ownImpact "none" by default or by choice) ` +
      `escapes it, and for trades ${which} shares that outweighs temporary impact: the expected cost is not convex, and trading back ` +
      'and forth would seem to make money. Give lower bounds of 0 or above, or let trades pay half of it: ownImpact "half".',
    {},
  );
}
