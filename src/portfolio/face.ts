/**
 * The exact minimum with some trades held at a limit or at 0: conjugate gradients over the others, kept to totals and neutrality by
 * projection, and the search for which trades are to be held.
 *
 * Source: Gould, Hribar and Nocedal (2001), *On the solution of equality constrained quadratic programming problems arising in
 * optimization*, algorithm 6.2.
 *
 * @module
 */
import { freeWhereMissing, freeWronglyHeld, holdViolators, missing } from "./hold";
import type { Program } from "./program";
import { type Projector, projectorOf } from "./projector";
import { largestOf } from "./schedule";

/** Rounds of holding and freeing trades, and steps of conjugate gradients in each. */
const mostRounds = 200;
const mostSteps = 1000;

/** What the steps are held to: trades are wrong by less than this part of the largest. */
const precision = 1e-12;
/** An optimum, and its slopes less the prices of totals and neutrality, without the spread of trades that are held. */
export interface Settled {
  readonly n: Float64Array;
  readonly reduced: Float64Array;
  /** Prices of what an interval may change of each neutral combination, M rows. */
  readonly θ: Float64Array;
}

/**
 * Trades that satisfy all conditions of the optimum to rounding, or the last ones that keep to the limits; undefined where there were
 * none.
 *
 * @param start - trades near the optimum, at a limit or at 0 where they are to be held
 * @param wanted - about what the slopes are there, less the prices of totals and neutrality
 * @param onRound - called before each round
 */
export function settle(
  program: Program,
  start: Float64Array,
  wanted: Float64Array,
  onRound: () => void = () => undefined,
): Settled | undefined {
  const { lower, upper, spreads } = program;
  const n = start.slice();
  const free = new Uint8Array(n.length);
  for (let at = 0; at < n.length; at++) {
    const isKink = spreads[at] > 0 && n[at] === 0;
    free[at] = n[at] > lower[at] && n[at] < upper[at] && !isKink ? 1 : 0;
  }
  let last: Settled | undefined;
  for (let round = 0; round < mostRounds; round++) {
    onRound();
    const signs = n.map((value, at) => (spreads[at] > 0 ? Math.sign(value) : 0));
    const face = minimizeFace(program, n, { free, signs, wanted });
    if (face === undefined) {
      if (freeWhereMissing(program, n, { free, wanted }) === 0) return last;
      continue;
    }
    if (holdViolators(program, n, free, signs) > 0) continue;
    last = { n: n.slice(), ...face };
    if (freeWronglyHeld(program, n, free, face.reduced) === 0) return last;
  }
  return last;
}

/**
 * Moves the free trades to where totals and neutrality are right and the form is least.
 *
 * @returns the slopes less the prices of totals and neutrality; undefined where the free trades cannot make totals and neutrality right
 */
function minimizeFace(
  program: Program,
  n: Float64Array,
  {
    free,
    signs,
    wanted,
  }: { readonly free: Uint8Array; readonly signs: Float64Array; readonly wanted: Float64Array },
): Omit<Settled, "n"> | undefined {
  const { form, stiffness, spreads, neutral, slopesAt } = program;
  const { m } = form.market;
  const W = stiffness.map((value, at) => (free[at] === 1 ? 1 / value : 0));
  const projector = projectorOf(W, m, neutral);
  if (!restore(program, n, projector)) return undefined;
  const slopes = new Float64Array(n.length);
  const refresh = (): void => {
    slopesAt(n, true, slopes);
    for (let at = 0; at < n.length; at++) if (free[at] === 1) slopes[at] += spreads[at] * signs[at];
  };
  refresh();
  descend(program, n, projector, slopes);
  // Anew at the trades found: the steps have changed the slopes a little at a time.
  refresh();
  const reduced = projector.project(slopes, new Float64Array(n.length));
  projector.complete(reduced, wanted, stiffness);
  return { reduced, θ: projector.θ.slice() };
}

/** Makes totals and neutrality of the trades right; whether that could be done. */
function restore({ form, neutral }: Program, n: Float64Array, projector: Projector): boolean {
  const { m, positions } = form.market;
  const scale = Math.max(largestOf(n), largestOf(positions) / form.steps);
  const change = new Float64Array(n.length);
  const zero = new Float64Array(n.length);
  for (let pass = 0; pass < 3; pass++) {
    const { totals, changes, worst } = missing(n, m, positions, neutral);
    if (worst <= 1e-13 * scale) return true;
    projector.project(zero, change, totals, changes);
    for (let at = 0; at < n.length; at++) n[at] += change[at];
  }
  return missing(n, m, positions, neutral).worst <= 1e-11 * scale;
}

/** Projected conjugate gradients, from trades whose totals are right. */
function descend(program: Program, n: Float64Array, projector: Projector, slopes: Float64Array): void {
  const size = n.length;
  const [g, direction, image] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  let r = projector.project(slopes, g);
  let along = dot(r, g);
  const enough = precision * largestOf(n);
  for (let at = 0; at < size; at++) direction[at] = -g[at];
  for (let step = 0; step < mostSteps && largestOf(g) > enough && along > 0; step++) {
    program.slopesAt(direction, false, image);
    const curvature = dot(direction, image);
    if (!(curvature > 0)) break;
    const length = along / curvature;
    for (let at = 0; at < size; at++) {
      n[at] += length * direction[at];
      r[at] += length * image[at];
    }
    r = projector.project(r, g);
    const next = dot(r, g);
    const ratio = next / along;
    along = next;
    for (let at = 0; at < size; at++) direction[at] = ratio * direction[at] - g[at];
  }
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += one[at] * other[at];
  return sum;
}
