/**
 * Whether a law of impact that fades lets a round trip make money.
 *
 * @module
 */
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import { factorize, solveUpper } from "../support/cholesky";
import { type InputError, NoOptimumError } from "../support/errors";
import { formatSignificant } from "../support/format";
import { indefiniteDirection, neighborColumn } from "../support/toeplitz";
import { mostFullIntervals, tooManyForFull } from "./transientForm";
import { remainderNotConvex } from "./wellPosed";

/** Refuses a law under which a round trip makes money, with the trip. */
export function requireNoManipulation(problem: ExecutionProblem): void {
  const { fadesConvexly, kernelByLag, ownImpact } = impactLaw(problem);
  // Pólya: with half of its value at 0 paid by each trade itself, such a kernel makes no round trip pay, and risk makes all cost.
  if (fadesConvexly && ownImpact >= 0.5 && problem.riskAversion > 0) return;
  const { temporaryImpacts: η, lengths: τ, open } = marketOf(problem);
  const { intervals: N } = problem;
  let reach = N;
  if (kernelByLag !== undefined) {
    const own = leastOf(η, τ) + (2 * ownImpact - 1) * kernelByLag[0];
    if (fadesConvexly && isFarFromFree(kernelByLag, own)) return;
    const found = intervalsOfTrip(kernelByLag, own);
    if (found === undefined) return;
    // Beyond what a full matrix holds, the trip is sought where the recursion has met one, and some way on: the first may cost nothing.
    if (N > mostFullIntervals) reach = Math.max(found, 1000);
  }
  const places = Array.from(open.keys()).filter((k) => open[k] === 1 && k < reach);
  const f = places.length - 1;
  if (f < 1 && reach === N) return;
  if (places.length > mostFullIntervals) throw tooManyForTrips(problem);
  const second = secondDerivative(problem);
  const K = overNeighbors(second, places);
  const begin = firstFalling(K, f);
  if (begin === undefined && reach < N) throw tooManyForTrips(problem);
  if (begin === undefined) return;
  const { moved, change } = downhill(K, begin);
  const trip = new Array<number>(N).fill(0);
  places.forEach((k, i) => {
    trip[k] = (moved[i - 1] ?? 0) - (moved[i] ?? 0);
  });
  if (
    change >=
    -1e-12 * places.reduce((most, k) => Math.max(most, second(k, k), Math.abs(second(places[0], k))), 0)
  ) {
    throw new NoOptimumError(
      "cost-not-convex",
      "Under this law of impact a round trip can cost nothing, so that no schedule is the only best one: what a trade leaves hardly fades. " +
        "Raise its temporary impact, or let it fade faster.",
      {},
    );
  }
  const largest = trip.reduce((most, n) => Math.max(most, Math.abs(n)), 0);
  const direction = Object.freeze(trip.map((n) => n / largest + 0));
  throw new NoOptimumError(
    "cost-not-convex",
    "This law of impact lets a round trip make money, so that no schedule is best: s times the trades of evidence.direction, which sum to " +
      `0, change the expected cost by ${formatSignificant(Math.min(0, change) / (2 * largest ** 2), 6)}·s² ${problem.currency} plus terms linear in s. ` +
      "Raise its temporary impact (priceManipulation says by how much), or use a decay that falls and is convex.",
    { direction },
  );
}

/**
 * Refuses an order that may be left unfinished where E + λV is not convex in what is left: shares that are left bear what trades left
 * in the price, and leave nothing themselves. The order that finishes is known to have an optimum.
 *
 * @param A - second derivatives by trades and by what is left, by rows
 */
export function requireConvexRest(problem: ExecutionProblem, A: Float64Array): void {
  const { open } = marketOf(problem);
  const N = open.length;
  const places = [...Array.from(open.keys()).filter((k) => open[k] === 1), N];
  const f = places.length - 1;
  const K = overNeighbors((j, k) => A[j * (N + 1) + k], places);
  const moved = firstFalling(K, f);
  if (moved === undefined) return;
  const direction = new Array<number>(N + 1).fill(0);
  places.forEach((k, i) => {
    direction[k] = (moved[i - 1] ?? 0) - (moved[i] ?? 0);
  });
  let change = 0;
  for (let i = 0; i < f; i++) for (let j = 0; j < f; j++) change += 0.5 * moved[i] * K[i * f + j] * moved[j];
  throw remainderNotConvex(problem, direction, Math.min(0, change));
}

/** Second derivatives over shares that move between neighboring places, by rows. */
function overNeighbors(second: (j: number, k: number) => number, places: readonly number[]): Float64Array {
  const f = places.length - 1;
  const at = (i: number, j: number): number => second(places[i], places[j]);
  const K = new Float64Array(f * f);
  for (let i = 0; i < f; i++) {
    for (let j = 0; j <= i; j++) {
      K[i * f + j] = K[j * f + i] = at(i + 1, j + 1) - at(i + 1, j) - at(i, j + 1) + at(i, j);
    }
  }
  return K;
}

/** The first direction in which a matrix does not rise; undefined where it rises in all. */
function firstFalling(K: Float64Array, f: number): Float64Array | undefined {
  const L = K.slice();
  const failed = factorize(L, f);
  if (failed === -1) return undefined;
  const begin = new Float64Array(f);
  for (let k = 0; k < failed; k++) begin[k] = -L[failed * f + k];
  solveUpper(L, f, begin, failed);
  begin[failed] = 1;
  return begin;
}

/**
 * The first direction in which a matrix falls may fall by rounding alone: steps v − Kv/c, with c above the largest eigenvalue, turn it
 * towards the one in which it falls most.
 *
 * @returns the direction and vᵀKv
 */
function downhill(
  K: Float64Array,
  begin: Float64Array,
): { readonly moved: Float64Array; readonly change: number } {
  const f = begin.length;
  const times = (v: Float64Array): Float64Array =>
    v.map((_, i) => {
      let sum = 0;
      for (let j = 0; j < f; j++) sum += K[i * f + j] * v[j];
      return sum;
    });
  let c = 0;
  for (let i = 0; i < f; i++) {
    let row = 0;
    for (let j = 0; j < f; j++) row += Math.abs(K[i * f + j]);
    c = Math.max(c, row);
  }
  if (c === 0) return { moved: begin, change: 0 };
  let moved: Float64Array = begin;
  const steps = Math.min(300, Math.ceil(3e8 / (f * f)));
  for (let step = 0; step < steps; step++) {
    const slope = times(moved);
    const next = moved.map((value, i) => value - slope[i] / c);
    const size = next.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    moved = next.map((value) => value / size);
  }
  const slope = times(moved);
  return { moved, change: moved.reduce((sum, value, i) => sum + value * slope[i], 0) };
}

/** Of E, by two trades. */
function secondDerivative(problem: ExecutionProblem): (j: number, k: number) => number {
  const { curvature, kernel, ownImpact } = impactLaw(problem);
  return (j, k) =>
    j === k ? curvature(k, 0) + 2 * ownImpact * kernel(k, k) : kernel(Math.min(j, k), Math.max(j, k));
}

function tooManyForTrips({ intervals }: ExecutionProblem): InputError {
  return tooManyForFull(intervals, "the search for a round trip that makes money");
}

/**
 * Whether round trips plainly cost: a convex decay is a sum of triangles (m − j)₊, of which the narrowest, m = 1, costs
 * G(0) − 2G(τ) + G(2τ) times the square of every trade, and none makes money.
 *
 * @param own - by how much the second derivative by one trade exceeds G(0), in every interval
 */
function isFarFromFree(G: Float64Array, own: number): boolean {
  return G.length > 2 && own + G[0] - 2 * G[1] + G[2] > 1e-13 * G[0];
}

/**
 * Among how many intervals, all open, a round trip first pays; undefined where none does: over shares that move between neighbors the
 * second derivatives are then a Toeplitz matrix.
 */
function intervalsOfTrip(G: Float64Array, own: number): number | undefined {
  const held = indefiniteDirection(neighborColumn(G, own));
  return held && held.length + 1;
}

/** The least 2η_k/τ_k. */
function leastOf(η: Float64Array, τ: Float64Array): number {
  return η.reduce((least, value, k) => Math.min(least, (2 * value) / τ[k]), Number.POSITIVE_INFINITY);
}
