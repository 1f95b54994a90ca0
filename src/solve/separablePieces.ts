/**
 * The optimum under a law whose temporary impact is a function of each trade by itself, by linear programs: of the law nothing is
 * asked but values and marginal costs.
 *
 * @module
 */
import { type BoundArrays, freeBounds } from "../model/bounds";
import type { ExecutionProblem } from "../model/executionProblem";
import { quadraticPart } from "../model/quadratic";
import { holdingsAfter } from "../model/schedule";
import { scheduleFromTrades } from "../model/scheduleGate";
import { InputError } from "../support/errors";
import {
  ascending,
  type ConvexTerm,
  type ConvexTerms,
  chordPieces,
  evenPoints,
  type LinearPieces,
  onGrid,
  optimumOf,
  type PiecewiseLinearOptimum,
  piecesProgram,
  provenBound,
  tangentPieces,
  tradesOf,
} from "./linearPieces";
import { programValue, type SeparableProgram, separableProgram, smoothMarginal } from "./separableProgram";
import { remainderUnproven } from "./wellPosed";

/** Pieces in each round but the first, and how far from the last round's trades they reach, in lengths of its pieces. */
const pieces = 8;
const reachInPieces = 1.5;
const firstPieces = 32;
const mostRounds = 60;
/** Where pieces are so short beside the order, their chords are off by less than the last digits of E + λV. */
const shortest = 1e-6;

/** The optimum as linear programs bracket it. */
export interface PiecesOptimum {
  readonly trades: readonly number[];
  /** What tangents prove no schedule within the bounds goes below (currency). */
  readonly lowerBound: number;
}

interface Pieces {
  readonly trades: readonly LinearPieces[];
  readonly holdings: readonly LinearPieces[];
}

/** The terms of a separable program within its reach, which must be finite. */
export function termsOf(program: SeparableProgram): ConvexTerms {
  const { law, form, beside, reach } = program;
  const { shares: X, halfSpreads: ε, tradePrices: p, holdingCurvatures: b, holdingPrices: q } = form;
  const { lower, upper } = reach;
  const N = lower.length;
  const trades = Array.from({ length: N }, (_, k) => ({
    value: (n: number) => law.value(k, n) - ε[k] * Math.abs(n) + 0.5 * beside[k] * n * n + p[k] * n,
    slope: (n: number) => smoothMarginal(program, k, n),
    kink: ε[k],
    from: lower[k],
    to: upper[k],
  }));
  // What the trades before and after it leave a holding.
  const holdings: ConvexTerm[] = [];
  let [least, most] = [X, X];
  const [after, before] = [lower, upper].map((bounds) => bounds.reduce((sum, bound) => sum + bound, 0));
  let [laterLeast, laterMost] = [after, before];
  for (let k = 0; k < N - 1; k++) {
    least -= upper[k];
    most -= lower[k];
    laterLeast -= lower[k];
    laterMost -= upper[k];
    holdings.push({
      value: (x: number) => b[k] * x * x + q[k] * x,
      slope: (x: number) => 2 * b[k] * x + q[k],
      kink: 0,
      from: Math.max(least, laterLeast),
      to: Math.max(least, laterLeast, Math.min(most, laterMost)),
    });
  }
  return { trades, holdings };
}

/** The same where temporary impact is a function of each trade by itself, from both sides. */
export async function separableByPieces(
  problem: ExecutionProblem,
  M: number,
): Promise<PiecewiseLinearOptimum> {
  const form = quadraticPart(problem);
  const { lower, upper } = freeBounds(problem);
  const all = {
    lower: lower.map((bound) => Math.max(bound, 0)),
    upper: upper.map((bound) => Math.min(bound, problem.shares)),
  };
  const separable = separableProgram(problem, all);
  requireConvexPieces(separable);
  const terms = termsOf(separable);
  const cut = (pieces: typeof chordPieces): Pieces => ({
    trades: terms.trades.map((term) => pieces(term, evenPoints(term, M))),
    holdings: terms.holdings.map((term) => pieces(term, evenPoints(term, M))),
  });
  const chords = cut(chordPieces);
  const program = piecesProgram(problem.shares, form.constant, chords);
  const solution = await optimumOf(program);
  const tangents = await optimumOf(piecesProgram(problem.shares, form.constant, cut(tangentPieces)));
  const trades = onGrid(problem.shares, M, tradesOf(solution.solution, chords.trades));
  const schedule = scheduleFromTrades(problem, trades, "Linear program");
  const lowerBound = Math.min(provenBound(tangents), solution.value);
  const π = solution.shadowPrices;
  return Object.freeze({
    schedule,
    value: solution.value,
    objective: programValue(separable, schedule.trades, schedule.remaining) + form.constant,
    gapBound: solution.value - lowerBound,
    lowerBound,
    marginalCost: π[0] + form.fixedMarginalCost,
    shadowPrices: π,
    program,
    solution,
  });
}

/** Refuses terms that are not convex one by one, though they may be together: a chord would lie below them. */
export function requireConvexPieces(program: SeparableProgram): void {
  const { problem, law, beside, reach, form } = program;
  const { lower, upper } = reach;
  const falling = form.holdingCurvatures.findIndex((value) => value < 0);
  const concave = beside.findIndex((curvature, k) => {
    const [from, to] = law.convexTrades(k, curvature);
    return lower[k] < upper[k] && !(from === 0 ? Math.max(-lower[k], upper[k]) <= to : lower[k] >= from);
  });
  if (falling === -1 && concave === -1) return;
  if (concave === problem.intervals) throw remainderUnproven(problem);
  throw new InputError(
    "problem.timing",
    problem.timing,
    concave === -1
      ? `one whose permanent impact does not fall after interval ${falling + 1} faster than risk makes up for`
      : `one under which the cost of interval ${concave + 1} is convex by itself, which timing and what a trade pays of ` +
          "its own permanent impact (ownImpact) decide",
    "A chord would lie below it. Use boundedSchedule.",
  );
}

/**
 * The optimum within bounds by chords that are laid ever closer around the last round's trades, and a bound from tangents that touch
 * there and all along.
 */
export async function optimumByPieces(
  problem: ExecutionProblem,
  bounds: BoundArrays,
): Promise<PiecesOptimum> {
  const { shares: X } = problem;
  const separable = separableProgram(problem, bounds);
  requireConvexPieces(separable);
  const terms = termsOf(separable);
  const { constant } = separable.form;
  const all = [...terms.trades, ...terms.holdings];
  let points = all.map((term) => evenPoints(term, firstPieces));
  let width = (reachInPieces * X) / firstPieces;
  let trades: number[] = [];
  for (let round = 0; ; round++) {
    const chords = split(
      all.map((term, i) => chordPieces(term, points[i])),
      terms,
    );
    const { solution } = await optimumOf(piecesProgram(X, constant, chords));
    trades = tradesOf(solution, chords.trades);
    const found = [...trades, ...holdingsOf(X, trades)];
    const isOutside = found.some((value, i) => isAtEdge(all[i], points[i], value, 1e-9 * X));
    if (!isOutside && width <= shortest * X) break;
    if (round === mostRounds)
      throw new Error(
        "HiGHS could not solve this problem. Use boundedSchedule, which solves it without HiGHS.",
      );
    if (round > 0 && !isOutside) width *= reachInPieces / (pieces / 2);
    points = all.map((term, i) => pointsAround(term, found[i], width));
  }
  const touching = all.map((term, i) =>
    [...new Set([...evenPoints(term, firstPieces), ...points[i]])].sort(ascending),
  );
  const tangents = split(
    all.map((term, i) => tangentPieces(term, touching[i])),
    terms,
  );
  return { trades, lowerBound: provenBound(await optimumOf(piecesProgram(X, constant, tangents))) };
}

function split(pieces: readonly LinearPieces[], { trades: { length: N } }: ConvexTerms): Pieces {
  return { trades: pieces.slice(0, N), holdings: pieces.slice(N) };
}

function holdingsOf(X: number, trades: readonly number[]): number[] {
  return holdingsAfter(X, trades).slice(1, -1);
}

/** Points within `width` of a number, and within the term's ends. */
function pointsAround(term: ConvexTerm, middle: number, width: number): number[] {
  const from = Math.max(term.from, Math.min(middle - width, term.to));
  const to = Math.min(term.to, Math.max(middle + width, term.from));
  return evenPoints({ ...term, from, to }, pieces);
}

/** Whether a number lies at an end of its points beyond which the term goes on. */
function isAtEdge({ from, to }: ConvexTerm, points: readonly number[], value: number, near: number): boolean {
  const [first, last] = [points[0], points[points.length - 1]];
  return (value <= first + near && first > from + near) || (value >= last - near && last < to - near);
}
