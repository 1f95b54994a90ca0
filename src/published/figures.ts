/**
 * Figures as sources print them, with ours beside them. Each source is a file of this room with one list of figures; ours are
 * filled in by the caller, a test or a notebook, since this room computes none.
 *
 * @module
 */
import { anyFinite, checkEach, checkNumber, checkText, isList } from "../support/checks";
import { InputError } from "../support/errors";

/** A number that a source prints. */
export interface PublishedFigure {
  /** The source, by authors and year. */
  readonly source: string;
  /** Where it is printed, for example `"Table 2"`, `"Figure 4, caption"` or `"Section 3.4"`. */
  readonly place: string;
  /** What it measures, with its unit. */
  readonly quantity: string;
  /** Whether the source chose it, or it follows from what was chosen. */
  readonly kind: "assumption" | "result";
  /** The number. */
  readonly printed: number;
  /**
   * How many significant digits are printed: 3 of 0.0625, 4 of 1,286, and 2 of 1,100 where the text rounds to hundreds. Of a printed
   * 0 it is one more than there are decimals.
   */
  readonly digits: number;
  /** What is wrong with it, where something is. */
  readonly fault?: string;
}

/** A number that a source prints, with ours beside it. */
export interface ComparedFigure extends PublishedFigure {
  /** Our number. */
  readonly ours: number;
  /** Our number less the printed one. */
  readonly difference: number;
  /** Half a unit of the last printed digit, which is what rounding explains. */
  readonly halfUnit: number;
  /** Whether the difference is within it. */
  readonly verdict: "agrees" | "differs";
}

/** A statement of a source that is wrong, and the right one. */
export interface Erratum {
  /** Where it is printed. */
  readonly place: string;
  /** What is printed. */
  readonly printed: string;
  /** What is right. */
  readonly correct: string;
  /** Why. */
  readonly reason: string;
}

/**
 * Our numbers beside those of a source. They agree when they are no further apart than half a unit of the last printed
 * digit.
 *
 * @param figures - figures of a source
 * @param ours - our numbers, as many and in the same order
 * @returns one row a figure, with the difference and the verdict
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const cells = figuresAt(almgrenChriss2001, "Table 2").filter(({ quantity }) => quantity.includes("ρ = −0.1"));
 * compareFigures(cells, [19.13, 38.25, 95.63, 191.25]).map(({ verdict }) => verdict);
 * // → ["agrees", "agrees", "agrees", "differs"]
 * ```
 */
export function compareFigures(
  figures: readonly PublishedFigure[],
  ours: readonly number[],
): readonly ComparedFigure[] {
  checkFigures("figures", figures);
  if (!isList(ours) || ours.length !== figures.length) {
    throw new InputError("ours", ours, `an array of ${figures.length} numbers, one for each figure`);
  }
  return Object.freeze(
    figures.map((figure, i) => {
      const mine = checkNumber(`ours[${i}]`, ours[i], anyFinite, "");
      const difference = mine - figure.printed;
      const halfUnit = halfUnitOf(figure);
      // A number that ends in a 5 may be rounded to either side, and neither it nor half a unit is exact in binary.
      const agrees = Math.abs(difference) <= halfUnit * (1 + 1e-9);
      return Object.freeze({
        ...{ ...figure, ours: mine, difference, halfUnit },
        verdict: agrees ? "agrees" : "differs",
      } as const);
    }),
  );
}

/**
 * The figures of one place, in the order in which they are printed there.
 *
 * @param figures - figures of a source
 * @param place - the beginning of the place: `"Figure 4"` includes `"Figure 4, caption"`
 * @returns those figures
 * @throws InputError when there are none, or an argument is not what it should be
 *
 * @example
 * ```ts
 * figuresAt(almgrenChriss2001, "Figure 3").map(({ printed }) => printed); // → [0.95, 1.645]
 * ```
 */
export function figuresAt<Figure extends PublishedFigure>(
  figures: readonly Figure[],
  place: string,
): readonly Figure[] {
  checkFigures("figures", figures);
  checkText("place", place);
  const found = figures.filter((figure) => figure.place === place || figure.place.startsWith(`${place}, `));
  if (found.length > 0) return Object.freeze(found);
  const places = [...new Set(figures.map((figure) => `"${figure.place}"`))];
  throw new InputError("place", place, `one of ${places.join(", ")}`);
}

/** Refuses what is not a list of published figures. */
export function checkFigures(parameter: string, figures: unknown): void {
  checkEach(parameter, figures, fields, "figure of a source");
}

/** Refuses what `compareFigures` did not give. */
export function checkCompared(parameter: string, figures: unknown): void {
  checkEach(
    parameter,
    figures,
    {
      ...fields,
      ...{ ours: Number.isFinite, difference: Number.isFinite, halfUnit: Number.isFinite },
      verdict: (value) => value === "agrees" || value === "differs",
    },
    "figure from compareFigures",
  );
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

const fields: Readonly<Record<string, (value: unknown) => boolean>> = {
  ...{ source: isText, place: isText, quantity: isText },
  kind: (value) => value === "assumption" || value === "result",
  printed: Number.isFinite,
  digits: (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 17,
  fault: (value) => value === undefined || isText(value),
};

function halfUnitOf({ printed, digits }: PublishedFigure): number {
  const [, exponent] = printed.toExponential().split("e");
  return 0.5 * 10 ** (Number(exponent) + 1 - digits);
}

/** What may be said of a figure beyond its place, its quantity and its text. */
export interface FigureNotes {
  /** `"result"` unless said. */
  readonly kind?: PublishedFigure["kind"];
  /** Where zeros at the end of an integer are not meant. */
  readonly digits?: number;
  /** What is wrong with it. */
  readonly fault?: string;
}

/**
 * Writes the figures of one source from their printed texts, `"1,286"` or `"2.5e-7"`, whose digits it counts: all of them but zeros at
 * the beginning.
 */
export function figuresOf(
  source: string,
): (place: string, quantity: string, text: string, notes?: FigureNotes) => PublishedFigure {
  return (place, quantity, text, { kind = "result", digits = digitsOf(text), fault } = {}) => {
    const printed = Number(text.replaceAll(",", ""));
    return Object.freeze({
      ...{ source, place, quantity, kind, printed, digits },
      ...(fault === undefined ? {} : { fault }),
    });
  };
}

function digitsOf(text: string): number {
  const written = text.replace(/e.*$/, "").replaceAll(/\D/g, "");
  const counted = written.replace(/^0+/, "");
  return counted === "" ? written.length : counted.length;
}
