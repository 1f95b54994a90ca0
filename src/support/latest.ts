/**
 * Results that are kept for the next question.
 *
 * @module
 */

/**
 * A function that keeps its latest result, and gives it again as long as it is asked about the same thing. For what is asked a few
 * times in a row about one order and then about the next: to make it anew takes less time than to collect what a weak map holds.
 */
export function keepingLatest<T extends object, R>(make: (thing: T) => R): (thing: T) => R {
  let latest: { readonly thing: T; readonly result: R } | undefined;
  return (thing) => {
    if (latest === undefined || latest.thing !== thing) latest = { thing, result: make(thing) };
    return latest.result;
  };
}
