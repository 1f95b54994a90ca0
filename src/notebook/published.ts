/**
 * Published figures in a notebook whose parameters a reader may change: compared while the parameters are the
 * published ones, and said to be of the published run otherwise.
 *
 * @module
 */

import type { Table } from "../chart/figure";
import { type ComparedFigure, checkCompared } from "../published/figures";
import { checkNumber, checkText, notNegative } from "../support/checks";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import { compared } from "./confirm";

/** Whether a notebook runs with the parameters that its source published. */
export interface PublishedRun {
  /** Whether all parameters are the published ones. */
  readonly isPublished: boolean;
  /** Names of the parameters that differ, nested ones with their path: `example.riskAversion`. */
  readonly changed: readonly string[];
}

/**
 * Compares the parameters of a notebook with the published ones.
 *
 * @param parameters - the parameters in use: an object of numbers, texts, arrays, and objects of these
 * @param published - the published ones, with the same names
 * @returns whether they are the same, and the names of those that differ
 * @throws InputError when either is not an object, or a name stands in one of them only
 *
 * @example
 * ```ts
 * publishedRun({ shares: 500, side: "sell" }, { shares: 1000, side: "sell" }).changed; // → ["shares"]
 * ```
 */
export function publishedRun(parameters: object, published: object): PublishedRun {
  const changed = differences(
    checkParameters("parameters", parameters),
    checkParameters("published", published),
    "",
  );
  return { isPublished: changed.length === 0, changed };
}

/**
 * Compares a result with a published figure, in a line of its own. It never throws over a difference: a reader who
 * changed a parameter gets another result, rightly, and the notebook goes on.
 *
 * @param run - what `publishedRun` gave
 * @param claim - what is compared, in words
 * @param actual - the number that was computed
 * @param expected - the published number
 * @param tolerance - the largest allowed |actual − expected| / |expected| (default 1e-12); where `expected` is 0,
 *   the largest allowed |actual|
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const mine = publishedRun({ shares: 500 }, { shares: 1000 });
 * confirmPublished(mine, "cost, USD", 210, 420); // → · cost, USD: 210 here; published 420 (shares changed)
 * ```
 */
export function confirmPublished(
  run: PublishedRun,
  claim: string,
  actual: number,
  expected: number,
  tolerance = 1e-12,
): void {
  checkRun(run);
  checkText("claim", claim);
  checkNumber("tolerance", tolerance, notNegative, "");
  if (run.isPublished) {
    console.log(compared(claim, actual, expected, tolerance).line);
    return;
  }
  // With other parameters a result may be anything, also none at all.
  if (typeof actual !== "number") throw new InputError("actual", actual, "a number");
  if (typeof expected !== "number" || Number.isNaN(expected)) {
    throw new InputError("expected", expected, "a number");
  }
  const [found, wanted] = [formatSignificant(actual, 10), formatSignificant(expected, 10)];
  console.log(`· ${claim}: ${found} here; published ${wanted} (${run.changed.join(", ")} changed)`);
}

/**
 * A table of the figures that a source prints with ours beside them, for `show`. Under other parameters than the published ones
 * ours are shown without a verdict.
 *
 * @param run - what `publishedRun` gave
 * @param caption - what the table says, above it
 * @param figures - what `compareFigures` gave
 * @returns one row a figure: quantity, what is printed, ours, and the verdict in words; before them the place, where there are several
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const run = publishedRun({ shares: 1e6 }, { shares: 1e6 });
 * const figures = compareFigures(figuresAt(almgrenChriss2001, "§ 4.1"), [11080.3, 0.0110803]);
 * publishedTable(run, "Drift", figures).rows[0];
 * // → ["static holdings x̄ (shares)", "1,100", "11,080", "differs by 9,980: the source errs"]
 * ```
 */
export function publishedTable(
  run: PublishedRun,
  caption: string,
  figures: readonly ComparedFigure[],
): Table {
  checkRun(run);
  checkText("caption", caption);
  checkCompared("figures", figures);
  const isOnePlace = new Set(figures.map(({ place }) => place)).size === 1;
  return {
    kind: "table",
    caption: run.isPublished ? caption : `${caption} (${run.changed.join(", ")} changed)`,
    columns: [...(isOnePlace ? [] : ["Place"]), "Quantity", "Printed", "Ours", "Verdict"],
    rows: figures.map((figure) => [
      ...(isOnePlace ? [] : [figure.place]),
      figure.quantity,
      formatSignificant(figure.printed, figure.digits),
      // Two digits more than the source's show how near the rounding is.
      formatSignificant(figure.ours, Math.max(4, Math.min(figure.digits, 6) + 2)),
      run.isPublished ? verdictOn(figure) : "other parameters",
    ]),
  };
}

function verdictOn({ verdict, difference, fault }: ComparedFigure): string {
  if (verdict === "agrees") return fault === undefined ? "agrees" : "agrees with what is printed";
  const size = formatSignificant(Math.abs(difference), 3);
  return `differs by ${size}${fault === undefined ? "" : ": the source errs"}`;
}

type Parameters = Readonly<Record<string, unknown>>;

function checkParameters(name: string, value: unknown): Parameters {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Parameters;
  throw new InputError(name, value, "an object of parameters");
}

function checkRun(run: unknown): void {
  const { isPublished, changed } = (run ?? {}) as Partial<PublishedRun>;
  if (typeof isPublished === "boolean" && Array.isArray(changed)) return;
  throw new InputError("run", run, "what publishedRun gave");
}

function differences(parameters: Parameters, published: Parameters, path: string): string[] {
  for (const name of [...Object.keys(parameters), ...Object.keys(published)]) {
    if (name in parameters && name in published) continue;
    const [lacking, other] = name in parameters ? ["published", "parameters"] : ["parameters", "published"];
    throw new InputError(
      `${lacking}.${path}${name}`,
      undefined,
      `given, since ${other} has it`,
      "Check the spelling on both sides.",
    );
  }
  return Object.keys(published).flatMap((name) => {
    const [mine, theirs] = [parameters[name], published[name]];
    if (isPlain(mine) && isPlain(theirs)) return differences(mine, theirs, `${path}${name}.`);
    return isSame(mine, theirs) ? [] : [`${path}${name}`];
  });
}

const isSame = (one: unknown, other: unknown): boolean =>
  Array.isArray(one) && Array.isArray(other)
    ? one.length === other.length && one.every((entry, i) => isSame(entry, other[i]))
    : Object.is(one, other);

const isPlain = (value: unknown): value is Parameters =>
  typeof value === "object" && value !== null && !Array.isArray(value);
