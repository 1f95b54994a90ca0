/** The least of a function of one variable on an interval, by golden sections. */
function leastOn(from: number, to: number, value: (x: number) => number): number {
  const golden = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [from, to];
  for (let i = 0; i < 70; i++) {
    const [c, d] = [b - golden * (b - a), a + golden * (b - a)];
    if (value(c) < value(d)) b = d;
    else a = c;
  }
  return 0.5 * (a + b);
}

/**
 * Minimizes a convex function of numbers that add up to a sum, within bounds, by moving between all pairs until nothing gains. Its
 * kinks must be those of single numbers. Slow, and knows nothing of the problem.
 */
export function minimizeByPairs(
  value: (choice: readonly number[]) => number,
  start: readonly number[],
  bounds: { readonly lower: ArrayLike<number>; readonly upper: ArrayLike<number> },
  rounds = 60,
): number[] {
  const choice = [...start];
  let least = value(choice);
  for (let round = 0; round < rounds; round++) {
    const before = least;
    for (let i = 0; i < choice.length; i++) {
      for (let j = 0; j < i; j++) {
        const with_ = (size: number): number[] => {
          const next = [...choice];
          next[i] -= size;
          next[j] += size;
          return next;
        };
        const from = Math.max(choice[i] - bounds.upper[i], bounds.lower[j] - choice[j]);
        const to = Math.min(choice[i] - bounds.lower[i], bounds.upper[j] - choice[j]);
        if (!(to > from)) continue;
        for (const size of [leastOn(from, to, (by) => value(with_(by))), from, to]) {
          const there = value(with_(size));
          if (there >= least) continue;
          choice.splice(0, choice.length, ...with_(size));
          least = there;
          break;
        }
      }
    }
    if (before - least < 1e-13 * Math.abs(least)) break;
  }
  return choice;
}
