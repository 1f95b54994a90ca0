/**
 * Which trades are held at a limit or at 0, and which are to be freed.
 *
 * @module
 */
import type { Program } from "./program";
import { largestOf } from "./schedule";

/** A slope frees a trade when it would move it by more than this part of the largest. */
const doubt = 1e-10;

/** Holds trades that went beyond a limit, or through 0 where that costs, at it; gives how many. */
export function holdViolators(
  { lower, upper }: Program,
  n: Float64Array,
  free: Uint8Array,
  signs: Float64Array,
): number {
  const slack = 1e-13 * largestOf(n);
  let count = 0;
  for (let at = 0; at < n.length; at++) {
    if (free[at] === 0) continue;
    const low = signs[at] > 0 ? Math.max(0, lower[at]) : lower[at];
    const high = signs[at] < 0 ? Math.min(0, upper[at]) : upper[at];
    if (n[at] >= low && n[at] <= high) continue;
    if (n[at] < low - slack || n[at] > high + slack) count++;
    n[at] = n[at] < low ? low : high;
    free[at] = 0;
  }
  return count;
}

/** A held trade that could make a sum right: what it costs by unit of the sum, and how far it goes. */
interface Offer {
  readonly at: number;
  readonly cost: number;
  readonly reach: number;
  readonly towards: number;
}

/** More is freed than is missing by this factor: moves that keep other sums take some of it away. */
const generosity = 1.5;

/**
 * Frees the trades that cost least to move, of each name and each interval whose sums are wrong though no free trade could make
 * them right, until they reach far enough; gives how many.
 */
export function freeWhereMissing(
  program: Program,
  n: Float64Array,
  { free, wanted }: { readonly free: Uint8Array; readonly wanted: Float64Array },
): number {
  const { form, neutral, lower, upper } = program;
  const { m, positions } = form.market;
  const G = neutral.length;
  const enough = 1e-11 * Math.max(largestOf(n), largestOf(positions) / form.steps);
  const { totals, changes } = missing(n, m, positions, neutral);
  const sums = new Map<number, { readonly lacks: number; readonly offers: Offer[] }>();
  const offer = (sum: number, at: number, lacks: number, weight: number): void => {
    const towards = lacks * weight;
    const cost = costOfMove(program, n, at, wanted[at], towards) / Math.abs(weight);
    if (cost === Number.POSITIVE_INFINITY) return;
    const reach = Math.abs(weight) * (towards > 0 ? upper[at] - n[at] : n[at] - lower[at]);
    const known = sums.get(sum) ?? { lacks: Math.abs(lacks), offers: [] };
    known.offers.push({ at, cost, reach, towards });
    sums.set(sum, known);
  };
  for (let at = 0; at < n.length; at++) {
    if (free[at] === 1) continue;
    const [j, i] = [Math.floor(at / m), at % m];
    if (Math.abs(totals[i]) > enough) offer(i, at, totals[i], 1);
    for (let g = 0; g < G; g++) {
      const weights = neutral[g] as Float64Array;
      const lacks = changes[j * G + g];
      if (weights[i] !== 0 && Math.abs(lacks) > enough * largestOf(weights))
        offer(m + j * G + g, at, lacks, weights[i]);
    }
  }
  let count = 0;
  for (const { lacks, offers } of sums.values()) {
    let left = generosity * lacks;
    for (const { at, reach, towards } of offers.sort((one, other) => one.cost - other.cost)) {
      if (left <= 0) break;
      release(program, n, free, at, towards);
      left -= reach;
      count++;
    }
  }
  return count;
}

/** Frees a trade; one that stands at the spread's kink makes a first step off it, so that its sign is known. */
function release({ spreads }: Program, n: Float64Array, free: Uint8Array, at: number, towards: number): void {
  free[at] = 1;
  if (n[at] === 0 && spreads[at] > 0) n[at] = Math.sign(towards) * Number.MIN_VALUE;
}

/** What a share more (or less, for a `towards` below 0) of a held trade costs; Infinity where its limit forbids it. */
function costOfMove(
  { lower, upper, spreads }: Program,
  n: Float64Array,
  at: number,
  slope: number,
  towards: number,
): number {
  const value = n[at];
  if (towards > 0)
    return value < upper[at] ? slope + (value < 0 ? -spreads[at] : spreads[at]) : Number.POSITIVE_INFINITY;
  return value > lower[at] ? -(slope + (value > 0 ? spreads[at] : -spreads[at])) : Number.POSITIVE_INFINITY;
}

/** Frees trades that are held though a move would save something; gives how many. */
export function freeWronglyHeld(
  program: Program,
  n: Float64Array,
  free: Uint8Array,
  reduced: Float64Array,
): number {
  const { lower, upper, spreads, stiffness } = program;
  const largest = largestOf(n);
  let count = 0;
  for (let at = 0; at < n.length; at++) {
    if (free[at] === 1 || lower[at] === upper[at]) continue;
    const up = reduced[at] + (n[at] < 0 ? -spreads[at] : spreads[at]);
    const down = reduced[at] + (n[at] > 0 ? spreads[at] : -spreads[at]);
    const enough = doubt * largest * stiffness[at];
    const rises = n[at] < upper[at] && up < -enough;
    const falls = n[at] > lower[at] && down > enough;
    if (!rises && !falls) continue;
    release(program, n, free, at, rises ? 1 : -1);
    count++;
  }
  return count;
}

/** What the trades lack of their totals, and of a neutral change in each interval. */
export function missing(
  n: Float64Array,
  m: number,
  positions: Float64Array,
  neutral: readonly Float64Array[],
): { readonly totals: Float64Array; readonly changes: Float64Array; readonly worst: number } {
  const G = neutral.length;
  const totals = positions.slice();
  const changes = new Float64Array((n.length / m) * G);
  for (let at = 0; at < n.length; at++) totals[at % m] -= n[at];
  let worst = largestOf(totals);
  for (let g = 0; g < G; g++) {
    const p = neutral[g] as Float64Array;
    const unit = largestOf(p);
    for (let j = 0; j < n.length / m; j++) {
      let sum = 0;
      for (let i = 0; i < m; i++) sum += p[i] * ((j === 0 ? positions[i] : 0) - n[j * m + i]);
      changes[j * G + g] = sum;
      worst = Math.max(worst, Math.abs(sum) / unit);
    }
  }
  return { totals, changes, worst };
}
