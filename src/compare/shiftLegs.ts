/**
 * The legs of a plan around a scheduled event: what is traded before it, and after it for each of its outcomes, given how much is
 * held at the event. Holdings and trades are affine in that number, so that E and V are parabolas of it.
 *
 * @module
 */
import type { QuadraticObjective } from "../model/quadratic";
import { type Elimination, eliminate, unfold } from "../solve/elimination";
import { beyondRange } from "../support/numbers";

/** Holdings and trades. */
export interface Leg {
  readonly remaining: readonly number[];
  readonly trades: readonly number[];
}

/** What a path is when nothing is held at the event, and by how much it changes for each share that is. */
export interface AffinePath {
  readonly base: Leg;
  readonly perShare: Leg;
}

/**
 * The path through the event of one outcome: up to it the best way from X to what is held, from it on the best way to 0.
 *
 * @param form - E + λV of the outcome over the whole order
 * @param after - how many intervals are over at the event
 */
export function pathThrough(form: QuadraticObjective, after: number): AffinePath {
  const before = partOf(form, 0, after);
  const rest = eliminated(partOf(form, after, form.tradeCurvatures.length));
  const first = unfold(eliminated(before), form.shares);
  // The first leg that ends with a share is the last leg of that share, seen from its end.
  const mirrored = unfold(eliminated(reversed(withoutPrices(before))), 1);
  const firstPerShare = {
    remaining: [...mirrored.remaining].reverse(),
    trades: [...mirrored.trades].reverse().map((n) => -n),
  };
  const last = unfold(rest, 0);
  const lastPerShare = unfold({ ...rest, shift: new Float64Array(rest.shift.length) }, 1);
  return { base: joined(first, last), perShare: joined(firstPerShare, lastPerShare) };
}

/** The path with so much held at the event. */
export function pathAt({ base, perShare }: AffinePath, held: number): Leg {
  const along = (from: readonly number[], by: readonly number[]): number[] =>
    from.map((value, k) => value + held * by[k]);
  return {
    remaining: along(base.remaining, perShare.remaining),
    trades: along(base.trades, perShare.trades),
  };
}

/**
 * The parabola c_0 + c_1 x + c_2 x² of a form, less its constant, along a path where x is held at the event, for paths on which all trades are with the
 * order.
 */
export function parabolaAlong(
  form: QuadraticObjective,
  { base, perShare }: AffinePath,
): readonly [number, number, number] {
  const { tradeCurvatures: a, tradePrices: p, halfSpreads: ε } = form;
  const { holdingCurvatures: b, holdingPrices: q } = form;
  const c: [number, number, number] = [0, 0, 0];
  const add = (curvature: number, price: number, from: number, by: number): void => {
    c[0] += (curvature * from + price) * from;
    c[1] += (2 * curvature * from + price) * by;
    c[2] += curvature * by * by;
  };
  for (let k = 0; k < a.length; k++) {
    add(a[k], p[k] + ε[k], base.trades[k], perShare.trades[k]);
    if (k < b.length) add(b[k], q[k], base.remaining[k + 1], perShare.remaining[k + 1]);
  }
  return c;
}

/** The elimination of a part of a form that is convex as a whole. */
function eliminated(form: QuadraticObjective): Elimination {
  const elimination = eliminate(form);
  if (elimination.failed !== -1) throw beyondRange("What decides on the optimum around the event");
  return elimination;
}

/** The form of the trades from one interval to before another, with holdings 0 at its end. */
function partOf(form: QuadraticObjective, from: number, to: number): QuadraticObjective {
  return {
    ...form,
    tradeCurvatures: form.tradeCurvatures.slice(from, to),
    tradePrices: form.tradePrices.slice(from, to),
    halfSpreads: form.halfSpreads.slice(from, to),
    holdingCurvatures: form.holdingCurvatures.slice(from, to - 1),
    holdingPrices: form.holdingPrices.slice(from, to - 1),
    open: form.open.slice(from, to),
  };
}

function withoutPrices(form: QuadraticObjective): QuadraticObjective {
  const zeros = (array: Float64Array): Float64Array => new Float64Array(array.length);
  return {
    ...form,
    tradePrices: zeros(form.tradePrices),
    halfSpreads: zeros(form.halfSpreads),
    holdingPrices: zeros(form.holdingPrices),
  };
}

function reversed(form: QuadraticObjective): QuadraticObjective {
  return {
    ...form,
    tradeCurvatures: form.tradeCurvatures.slice().reverse(),
    holdingCurvatures: form.holdingCurvatures.slice().reverse(),
    open: form.open.slice().reverse(),
  };
}

/** Two legs, the second of which begins with what the first ends with. */
function joined(first: Leg, second: Leg): Leg {
  return {
    remaining: [...first.remaining, ...second.remaining.slice(1)],
    trades: [...first.trades, ...second.trades],
  };
}
