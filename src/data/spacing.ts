/**
 * How far apart the rows of a series usually are.
 *
 * @module
 */
import { InputError } from "../support/errors";
import type { Placement } from "./placement";
import type { Stamp } from "./series";

/**
 * The most frequent distance between neighbors within a stretch (ms): of bars the length, which they must have in common; of
 * prices nothing where no distance is that of most.
 */
export function spacingOf(placement: Placement, stamp: Stamp): number | undefined {
  const { spacing, fraction } = commonDistance(placement);
  if (stamp === "price") return fraction > 0.5 ? spacing : undefined;
  if (fraction >= 0.5) return spacing;
  throw new InputError(
    "data.times",
    spacing === 0 ? "no two bars in one session" : "bars at irregular distances",
    "times of bars of one length, at least half of them that far apart",
    "Start from trades, or from bars of equal length.",
  );
}

/** The most frequent distance, the shorter one of two, and the fraction of all that it is. */
function commonDistance({ stretches, elapsed }: Placement): {
  readonly spacing: number;
  readonly fraction: number;
} {
  const counts = new Map<number, number>();
  let all = 0;
  for (const { first, end } of stretches) {
    for (let i = first + 1; i < end; i++) {
      const distance = Math.round((elapsed[i] - elapsed[i - 1]) * 1000) / 1000;
      all += 1;
      // Trades of a year must not fill the memory with their distances: a common one is among the first.
      const count = counts.get(distance);
      if (count !== undefined) counts.set(distance, count + 1);
      else if (counts.size < 100_000) counts.set(distance, 1);
    }
  }
  let [spacing, most] = [0, 0];
  for (const [distance, count] of counts) {
    const isMore = count > most || (count === most && distance < spacing);
    if (distance > 0 && isMore) [spacing, most] = [distance, count];
  }
  return { spacing, fraction: all === 0 ? 0 : most / all };
}
