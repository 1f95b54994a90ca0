/**
 * Findings in words: who is where among several, said in one sentence.
 *
 * @module
 */

/** What is known of one of several things that a sentence compares. */
export interface Compared {
  /** Its name, as the legend has it. */
  readonly name: string;
  /** What the sentence sorts by. */
  readonly size: number;
  /** What the sentence says of it, for example `"16.6%"`. Equal texts are equal to the reader. */
  readonly text: string;
}

/** Names that share a text, in the order in which they were given. */
export interface Group {
  readonly names: readonly string[];
  readonly text: string;
}

/**
 * A name inside a sentence: Optimal, Plan, Two-way plan and Within the cap are *the optimum*, *the plan*, *the two-way plan* and *the
 * schedule within the cap*; other names stay as they are.
 */
export function spoken(name: string): string {
  if (/^(?:[A-Z][a-z-]+ (?:plan|schedule)|Plan)$/.test(name))
    return `the ${name[0].toLowerCase()}${name.slice(1)}`;
  if (/^(Within|Without) (a|the) /.test(name)) return `the schedule ${name[0].toLowerCase()}${name.slice(1)}`;
  return name === "Optimal" || name === "Optimum" ? "the optimum" : name;
}

/** The first word of a sentence with a capital, where it is one of ours. Names of the data keep their first letter. */
export function sentence(text: string): string {
  return text.replace(/^(?:the|both|all) /, (word) => word[0].toUpperCase() + word.slice(1));
}

/** Names in a row: `"A"`, `"A and B"`, `"A, B and C"`. */
export function listed(names: readonly string[]): string {
  const all = names.map(spoken);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all[all.length - 1]}`;
}

/** Those with the same text together, from the smallest size to the largest. */
export function grouped(compared: readonly Compared[]): readonly Group[] {
  const sorted = [...compared].sort((one, other) => one.size - other.size);
  const texts = [...new Set(sorted.map(({ text }) => text))];
  return texts.map((text) => ({
    text,
    names: compared.filter((one) => one.text === text).map(({ name }) => name),
  }));
}

/** `"Both"` or `"All 3 schedules"`, for sentences about what is the same for all. */
export function allOf(count: number, what: string): string {
  return count === 2 ? "both" : `all ${count} ${what}`;
}
