/**
 * Mixtures of normal distributions: the cost of a plan that depends on which of several things happens.
 *
 * @module
 */
import { checkEach, checkNumber, portion } from "../support/checks";
import { InputError } from "../support/errors";
import { normalProbability } from "../support/normalDistribution";
import { checkDistribution, type NormalDistribution, quantile } from "./distribution";

/** One of the things that may happen, and how a variable is distributed if it does. */
export interface MixturePart {
  /** How probable it is, above 0; those of all parts sum to 1. */
  readonly probability: number;
  /** The distribution if it happens. */
  readonly distribution: NormalDistribution;
}

/**
 * The value that a mixture of normal variables does not exceed with probability p. It is not the mixture of the parts'
 * quantiles, nor that of a normal variable with the mixture's mean and variance.
 *
 * @param parts - one for each thing that may happen
 * @param p - the probability, above 0 and below 1
 * @returns the value (unit of the distributions)
 * @throws InputError when an argument is not what it should be, or the probabilities do not sum to 1
 * @throws RangeError when the result leaves the range of doubles
 *
 * @example
 * ```ts
 * const calm = { probability: 0.5, distribution: { mean: 0, standardDeviation: 1 } };
 * const wild = { probability: 0.5, distribution: { mean: 0, standardDeviation: 10 } };
 * mixtureQuantile([calm, wild], 0.95); // → 12.8155
 * ```
 */
export function mixtureQuantile(parts: readonly MixturePart[], p: number): number {
  checkParts(parts);
  const ends = parts.map(({ distribution }) => quantile(distribution, p));
  // At the largest of the parts' quantiles no part has less than p below it, at the smallest none has more.
  let [low, high] = [Math.min(...ends), Math.max(...ends)];
  for (let i = 0; i < 2100; i++) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) break;
    if (probabilityBelow(parts, middle) < p) low = middle;
    else high = middle;
  }
  return high;
}

function probabilityBelow(parts: readonly MixturePart[], value: number): number {
  return parts.reduce((sum, { probability, distribution: { mean, standardDeviation } }) => {
    // A certain value is below or it is not.
    const below =
      standardDeviation === 0 ? Number(value >= mean) : normalProbability((value - mean) / standardDeviation);
    return sum + probability * below;
  }, 0);
}

function checkParts(parts: unknown): asserts parts is readonly MixturePart[] {
  checkEach("parts", parts, ["probability", "distribution"], "part with probability and distribution");
  const given = parts as readonly MixturePart[];
  for (const [i, part] of given.entries()) {
    checkNumber(`parts[${i}].probability`, part.probability, portion, "");
    checkDistribution(part.distribution, `parts[${i}].distribution`);
  }
  checkProbabilities("parts", given);
}

/** Refuses probabilities that do not sum to 1. */
export function checkProbabilities(
  parameter: string,
  parts: readonly { readonly probability: number }[],
): void {
  const sum = parts.reduce((all, { probability }) => all + probability, 0);
  if (Math.abs(sum - 1) <= 1e-12) return;
  throw new InputError(`the sum of the probabilities of ${parameter}`, sum, "1");
}
