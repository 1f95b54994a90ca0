/**
 * The convex envelope of a trade's cost that is convex on one side of some size and concave on the other: the cost itself up to
 * where a chord touches it, and the chord from there on (or the other way round).
 *
 * @module
 */
import { type SeparableProgram, smoothMarginal } from "./separableProgram";

/** For each trade the chord of its envelope; `slope` is NaN where it needs none. */
export interface Chords {
  /** Slope of the chord, without the spread (currency/share). */
  readonly slope: Float64Array;
  /** Where the chord begins and ends (shares). */
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** The chords of a program whose trades go from 0 upwards. */
export function chordsOf(program: SeparableProgram): Chords {
  const { law, own, reach } = program;
  const N = own.length;
  const chords = {
    slope: new Float64Array(N).fill(Number.NaN),
    from: new Float64Array(N),
    to: new Float64Array(N),
  };
  for (let k = 0; k < N; k++) {
    const [low, high] = [Math.max(0, reach.lower[k]), reach.upper[k]];
    const [from, to] = law.convexTrades(k, own[k]);
    if (own[k] >= 0 || low >= high || (from <= low && high <= to)) continue;
    // The fixed end lies where the cost is concave; the other end is where the chord touches.
    const isHigh = from === 0;
    const fixed = isHigh ? high : low;
    const touch = isHigh ? [low, Math.min(to, high)] : [high, Math.max(from, low)];
    const other = tangent(program, k, fixed, touch as [number, number]);
    chords.from[k] = Math.min(fixed, other);
    chords.to[k] = Math.max(fixed, other);
    chords.slope[k] = chordSlope(program, k, chords.from[k], chords.to[k]);
  }
  return chords;
}

/** Slope of the chord between two trades of the same sign. */
function chordSlope({ law, own, form }: SeparableProgram, k: number, a: number, b: number): number {
  const rise = law.value(k, b) - law.value(k, a);
  return rise / (b - a) + 0.5 * own[k] * (a + b) - form.halfSpreads[k];
}

/**
 * The trade between two at which the chord to a fixed trade touches the cost, by halving: between a far end, at which the chord
 * lies on one side of the tangent, and the turn, at which it lies on the other.
 */
function tangent(
  program: SeparableProgram,
  k: number,
  fixed: number,
  [far, turn]: readonly [number, number],
): number {
  const isBeyond = (n: number): boolean => {
    const [a, b] = [Math.min(n, fixed), Math.max(n, fixed)];
    const less = chordSlope(program, k, a, b) - smoothMarginal(program, k, n);
    return n < fixed ? less > 0 : less < 0;
  };
  // The chord to the far end may lie below the cost all the way.
  if (!isBeyond(far)) return far;
  let [beyond, before] = [far, turn];
  for (let i = 0; i < 200; i++) {
    const middle = 0.5 * (beyond + before);
    if (middle === beyond || middle === before) break;
    if (isBeyond(middle)) beyond = middle;
    else before = middle;
  }
  return beyond;
}

/** The trade that is cheapest at a price above 0, by the envelope; it jumps where the price is a chord's slope. */
export function chordAnswer(
  { law, beside }: SeparableProgram,
  { slope, from, to }: Chords,
  k: number,
  price: number,
): number {
  const trade = law.tradeAt(k, price, beside[k]);
  if (Number.isNaN(slope[k])) return trade;
  return price < slope[k] ? Math.min(trade, from[k]) : Math.max(Math.min(trade, Number.MAX_VALUE), to[k]);
}
