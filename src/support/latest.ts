/**
 * Results that are kept for the next question.
 *
 * @module
 */

/** What is asked about: a problem, whose results have as many numbers as it has intervals. */
interface Sized {
  readonly intervals: number;
}

/** Results of more intervals are kept as long as what they are of, and no longer. */
const mostKept = 100_000;

/**
 * A function that keeps its latest result, and gives it again as long as it is asked about the same thing. For what is asked a few
 * times in a row about one order and then about the next: to make it anew takes less time than to collect what a weak map holds.
 */
export function keepingLatest<T extends Sized, R>(make: (thing: T) => R): (thing: T) => R {
  let latest: { readonly thing: T; readonly result: R } | undefined;
  const large = new WeakMap<T, { readonly result: R }>();
  return (thing) => {
    if (latest?.thing === thing) return latest.result;
    if (thing.intervals <= mostKept) {
      latest = { thing, result: make(thing) };
      return latest.result;
    }
    const known = large.get(thing) ?? { result: make(thing) };
    large.set(thing, known);
    return known.result;
  };
}
