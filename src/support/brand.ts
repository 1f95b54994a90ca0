/**
 * Objects that have passed a check.
 *
 * @module
 */

/** Marks objects, and tells those that it has marked. */
export interface Brand {
  /** To be called before an object is frozen. */
  readonly mark: (thing: object) => void;
  readonly has: (thing: unknown) => boolean;
}

/** A constructor that gives back what it is given, so that a class derived from it adds its private field to that. */
class Given {
  constructor(thing: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is what it is for
    return thing;
  }
}

/**
 * A mark that nobody sees, copies or forges: a private field. A weak set would do the same, and take three times as long to make a
 * problem, most of it to collect what the set holds.
 */
export function makeBrand(): Brand {
  class Marked extends Given {
    readonly #isMarked = true;
    static has(thing: object): boolean {
      return #isMarked in thing;
    }
  }
  return {
    mark: (thing) => void new Marked(thing),
    has: (thing) => typeof thing === "object" && thing !== null && Marked.has(thing),
  };
}
