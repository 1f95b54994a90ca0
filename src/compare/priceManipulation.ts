/**
 * Whether a law of impact lets a round trip make money.
 *
 * @module
 */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { impactLaw } from "../impact/law";
import type { ExecutionProblem } from "../model/executionProblem";
import { marketOf } from "../model/market";
import { checkProblem, defineProblem } from "../model/problem";
import { optimalSchedule } from "../solve/optimal";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";

/** What `priceManipulation` finds. */
export type PriceManipulation = NoPriceManipulation | RoundTripThatPays;

/** No round trip makes money. */
export interface NoPriceManipulation {
  /** No trades that sum to 0 lower the expected cost, whatever their size. */
  readonly status: "none";
  /** The least that a round trip costs: λ_min/2 times the sum of its squared trades, with this λ_min (currency/share²). */
  readonly margin: number;
  /**
   * Whether the cheapest schedule of an order, without risk, drift and spread, trades back all the same (transaction-triggered
   * manipulation).
   */
  readonly reverses: boolean;
  /** The verdict in words. */
  readonly message: string;
}

/** A round trip makes money. */
export interface RoundTripThatPays {
  /** The trades of `roundTrip`, times any number, make money without risk, drift and spread. */
  readonly status: "manipulable";
  /** n_1 … n_N, which sum to 0; the largest is 1 share, sold or bought. */
  readonly roundTrip: readonly number[];
  /** What it makes at this size; s times the trades make s² times as much (currency). */
  readonly gain: number;
  /** The size from which on it makes money after half the spread on every share; 0 without a spread (shares of the largest trade). */
  readonly profitableFrom: number;
  /** What temporary impact would have to be added for no round trip to pay (currency·time/share²). */
  readonly cure: number;
  /** The verdict in words. */
  readonly message: string;
}

/** Eigenvalues of a full matrix take seconds beyond. */
const mostIntervals = 600;

/**
 * Whether a round trip makes money: trades that sum to 0 and lower the expected cost. Where one does, no schedule is best, and
 * optimizers refuse the problem. The smallest eigenvalue of the second derivatives of the cost over round trips decides.
 *
 * Even where none pays, the cheapest schedule of an order may trade back on the way; that is a verdict of its own.
 *
 * @param problem - a problem from `defineProblem`, of at most 600 intervals, whose law is linear or fades
 * @returns none, with the margin; or the round trip that pays most, and the temporary impact that would cure it
 * @throws InputError when an argument is not what it should be, or the law is not one in which costs are squares
 *
 * Source: G. Huberman and W. Stanzl, Econometrica 72 (2004); J. Gatheral, Quantitative Finance 10 (2010); A. Alfonsi, A. Schied and
 * A. Slynko, SIAM Journal on Financial Mathematics 3 (2012), for trading back.
 *
 * @example
 * ```ts
 * const shape = Array.from({ length: 12 }, (_, k) => Math.max(0, 1 - (k / 4) ** 2));
 * const problem = defineProblem({
 *   shares: 1, horizon: 12, intervals: 12, volatility: 0, impact: kernelImpact({ values: shape }),
 * });
 * const found = priceManipulation(problem);
 * found.status; // → manipulable
 * if (found.status === "manipulable") found.gain; // → 1.36988
 * ```
 */
export function priceManipulation(problem: ExecutionProblem): PriceManipulation {
  problem = checkProblem(problem);
  const { intervals: N, currency } = problem;
  const { open } = marketOf(problem);
  const places = Array.from(open.keys()).filter((k) => open[k] === 1);
  if (N > mostIntervals) {
    throw new InputError(
      "problem.intervals",
      N,
      `at most ${mostIntervals} for the eigenvalues of all round trips`,
    );
  }
  const unit = `${currency}/share²`;
  if (places.length < 2) {
    const margin = Number.POSITIVE_INFINITY;
    return Object.freeze({
      status: "none",
      margin,
      reverses: false,
      message: "With a single trade there is no round trip.",
    });
  }
  const A = costMatrix(problem, places);
  const { value, trades, norm } = cheapestRoundTrip(A);
  if (value < -1e-12 * norm) {
    return tripThatPays(problem, places, { value, trades });
  }
  if (value <= 1e-12 * norm) {
    return Object.freeze({
      status: "none",
      margin: 0,
      reverses: false,
      message: "No round trip makes money, but one can cost nothing: what a trade leaves hardly fades.",
    });
  }
  const reverses = tradesBack(problem);
  return Object.freeze({
    status: "none",
    margin: value,
    reverses,
    message:
      `No round trip makes money: one of n shares a trade costs at least ${formatSignificant(value / 2, 6)} ${unit} times Σn². ` +
      (reverses
        ? "Yet the cheapest schedule of an order trades back on the way."
        : "The cheapest schedule of an order never trades back."),
  });
}

/** The round trip of an eigenvector whose eigenvalue is below 0. */
function tripThatPays(
  problem: ExecutionProblem,
  places: readonly number[],
  { value, trades }: { readonly value: number; readonly trades: readonly number[] },
): RoundTripThatPays {
  const { currency } = problem;
  const { halfSpreads, lengths } = marketOf(problem);
  const whole = new Array<number>(problem.intervals).fill(0);
  places.forEach((k, i) => {
    whole[k] = trades[i];
  });
  const gain = -0.5 * value * trades.reduce((sum, n) => sum + n * n, 0);
  const spread = places.reduce((sum, k, i) => sum + halfSpreads[k] * Math.abs(trades[i]), 0);
  const cure = -0.5 * value * places.reduce((longest, k) => Math.max(longest, lengths[k]), 0);
  return Object.freeze({
    status: "manipulable",
    roundTrip: Object.freeze(whole),
    gain,
    profitableFrom: spread / gain,
    cure,
    message:
      `A round trip makes money: with trades of up to s shares, ${formatSignificant(gain, 6)}·s² ${currency}` +
      `${spread > 0 ? ` less ${formatSignificant(spread, 6)}·s for the spread` : ""}. ` +
      `Temporary impact of ${formatSignificant(cure, 6)} more (${currency}·${problem.timeUnit}/share²) would cure it.`,
  });
}

/** Second derivatives of the expected cost by trades. */
function costMatrix(problem: ExecutionProblem, places: readonly number[]): Matrix {
  const law = impactLaw(problem);
  if (law.structure === "separable") {
    throw new InputError(
      "problem.impact.kind",
      law.kind,
      "a law whose costs are squares: linear, or one that fades",
      "Under a power law optimalSchedule tells whether there is an optimum.",
    );
  }
  const M = places.length;
  const A = Matrix.zeros(M, M);
  for (let i = 0; i < M; i++) {
    const k = places[i];
    A.set(i, i, law.curvature(k, 0) + 2 * law.ownImpact * law.kernel(k, k));
    for (let j = 0; j < i; j++) {
      A.set(i, j, law.kernel(places[j], k));
      A.set(j, i, law.kernel(places[j], k));
    }
  }
  return A;
}

/** The smallest eigenvalue over trades that sum to 0, with its trades, the largest of size 1. */
function cheapestRoundTrip(A: Matrix): {
  readonly value: number;
  readonly trades: readonly number[];
  readonly norm: number;
} {
  const M = A.rows;
  // Helmert's contrasts: orthonormal, and each sums to 0.
  const Z = Matrix.zeros(M, M - 1);
  for (let j = 0; j < M - 1; j++) {
    const unit = 1 / Math.sqrt((j + 1) * (j + 2));
    for (let i = 0; i <= j; i++) Z.set(i, j, unit);
    Z.set(j + 1, j, -(j + 1) * unit);
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(Z.transpose().mmul(A).mmul(Z), {
    assumeSymmetric: true,
  });
  const value = Math.min(...realEigenvalues);
  const direction = Z.mmul(eigenvectorMatrix.getColumnVector(realEigenvalues.indexOf(value))).to1DArray();
  const largest = direction.reduce((most, n) => (Math.abs(n) > Math.abs(most) ? n : most), 0);
  const norm = Math.max(...realEigenvalues.map(Math.abs), A.max(), -A.min());
  return { value, trades: direction.map((n) => n / largest), norm };
}

/** Whether the cheapest schedule, without risk, drift and spread, trades against its order. */
function tradesBack(problem: ExecutionProblem): boolean {
  const { profile } = problem;
  const plain = defineProblem({
    ...problem,
    ...{ riskAversion: 0, drift: 0, halfSpread: 0, remainderPrice: undefined, earlierTrades: undefined },
    profile: profile === undefined ? undefined : { ...profile, drift: undefined, halfSpread: undefined },
  });
  return optimalSchedule(plain).trades.some((n) => n < -1e-9 * problem.shares);
}
