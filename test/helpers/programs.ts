import type { BoundArrays } from "../../src/model/bounds";
import type { QuadraticObjective } from "../../src/model/quadratic";

export type BoundedProgram = QuadraticObjective & BoundArrays;

/** What a form has besides, and no solver reads. */
export const rest = (N: number) => ({ constant: 0, fixedMarginalCost: 0, open: new Uint8Array(N).fill(1) });

/**
 * A program of 2 to 2,000 trades: urgent or not, bounds from tight to loose, with or without own curvatures for every
 * interval, linear terms, a spread, trades against the order, holdings that cost nothing, and fixed trades.
 */
export function randomProgram(random: () => number, length?: number): BoundedProgram {
  const N = length ?? 2 + Math.floor(Math.exp(random() * Math.log(random() < 0.03 ? 1999 : 150)));
  const isPlain = random() < 0.3;
  const numbers = (length: number, make: () => number) => Float64Array.from({ length }, make);
  const linear = isPlain ? 0 : (4 * random()) / N;
  const urgency = Math.exp(12 * random() - 8);
  const hasPauses = random() < 0.2;
  const hasFree = random() < 0.1;
  const looseness = random() < 0.3 ? 0.2 : 0.3 * N;
  let upper = numbers(N, () => (1 + looseness * random()) / N);
  const room = upper.reduce((sum, bound) => sum + bound, 0);
  if (room < 1.0001) upper = upper.map((bound) => (1.001 * bound) / room);
  const isTwoSided = !isPlain && random() < 0.6;
  const lower = numbers(N, () => (isTwoSided && random() < 0.7 ? (-2 * random()) / N : 0));
  if (hasPauses) {
    for (let k = 0; k < N; k += 3) {
      if (upper.reduce((sum, bound) => sum + bound, 0) - upper[k] < 1.0001) break;
      upper[k] = 0;
    }
  }
  if (hasFree) {
    upper.fill(Number.POSITIVE_INFINITY);
    lower.fill(Number.NEGATIVE_INFINITY);
  }
  return {
    shares: 1,
    tradeCurvatures: numbers(N, () => (isPlain ? 1 : Math.exp(3 * (random() - 0.5)))),
    tradePrices: numbers(N, () => linear * (random() - 0.5)),
    holdingCurvatures: numbers(N - 1, () => urgency * (isPlain ? 1 : random() < 0.1 ? 0 : 2 * random())),
    holdingPrices: numbers(N - 1, () => (linear / N) * (random() - 0.5)),
    halfSpreads: halfSpreads(N, isPlain, random),
    lower,
    upper,
    ...rest(N),
  };
}

/** No spread, one for all trades, or one for each. */
function halfSpreads(N: number, isPlain: boolean, random: () => number): Float64Array {
  const ε = !isPlain && random() < 0.5 ? (2 * random()) / N : 0;
  const isVaried = random() < 0.5;
  return Float64Array.from({ length: N }, () => (isVaried ? ε * random() : ε));
}
