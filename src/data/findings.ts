/**
 * What was found out about a file, as data and in a sentence.
 *
 * @module
 */
import type { DateForm } from "./dateForms";
import type { Encoding } from "./encoding";
import type { Delimiter, LineEnds } from "./grid";
import type { Thousands } from "./options";

/** How a file turned out to be written, and what was done with its rows. */
export interface Findings {
  /** Nothing where a text was given and no file. */
  readonly encoding: Encoding | undefined;
  /** How lines end. */
  readonly lineEnds: LineEnds;
  /** What separates cells. */
  readonly delimiter: Delimiter;
  /** Lines above the header that were skipped. */
  readonly skippedRows: number;
  /** Rows of headers. */
  readonly headerRows: number;
  /** Header of each column that was read, or its number counted from 1 where there is no header. */
  readonly columns: Readonly<Record<string, string | number>>;
  /** The symbol that was loaded, where the file has any. */
  readonly symbol: string | undefined;
  /** How dates are written. */
  readonly dates: DateForm;
  /** Time zone that the times name, by which they are to be read. */
  readonly timeZone: string | undefined;
  /** Order in the file; the result always has the oldest first. */
  readonly order: "oldest first" | "newest first";
  /** The decimal mark. */
  readonly decimal: "." | ",";
  /** What separates thousands. */
  readonly thousands: Thousands | undefined;
  /** What stood with numbers: currency and percent signs, which were dropped, and `K`, `M`, `B`, `T`, by which they were multiplied. */
  readonly marks: readonly string[];
  /** Rows without prices that were dropped. */
  readonly droppedRows: number;
  /** Rows that lack some of their numbers, dropped by `options.missing`. */
  readonly incompleteRows: number;
  /** Empty lines between rows. */
  readonly emptyRows: number;
  /** Rows below the last one that were skipped. */
  readonly footerRows: number;
  /** Rows that have the time of the row before them. */
  readonly duplicates: number;
  /** What was done with them. */
  readonly duplicatesWere: "kept" | "merged" | undefined;
  /** Rows without a volume, for which the whole column was left out. */
  readonly withoutVolume: number;
}

const delimiterWords: Readonly<Record<Delimiter, string>> = {
  ",": "comma",
  ";": "semicolon",
  "\t": "tab",
  "|": "vertical bar",
};
const thousandsWords: Readonly<Record<Thousands, string>> = {
  ",": "commas",
  ".": "points",
  " ": "blanks",
  "'": "apostrophes",
};

/** A count with its noun: `1 row`, `3 rows`. */
function rows(count: number, noun = "row"): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** What was found out, in one sentence; what goes without saying is left out. */
export function describeFindings(found: Findings): string {
  const { columns, skippedRows, headerRows, marks, symbol, timeZone, withoutVolume } = found;
  const isSaid = (wanted: boolean, words: string): readonly string[] => (wanted ? [words] : []);
  const scales = marks.filter((mark) => /^[KMBT]$/.test(mark));
  const dropped = marks.filter((mark) => !/^[KMBT]$/.test(mark) && mark !== "( )");
  const renamed = Object.entries(columns).filter(
    ([name, header]) => typeof header === "string" && !isUsual(name, header),
  );
  const aboveWhat = headerRows === 0 ? "the first row" : "the header";
  return [
    ...isSaid(found.encoding !== undefined && found.encoding !== "UTF-8", `${found.encoding}`),
    delimiterWords[found.delimiter],
    ...isSaid(found.lineEnds === "mixed", "mixed line ends"),
    ...isSaid(found.order === "newest first", "newest-first rows reversed"),
    `dates ${found.dates}`,
    ...isSaid(timeZone !== undefined, `times of ${timeZone}`),
    ...isSaid(found.decimal === ",", "decimal comma"),
    ...isSaid(
      found.thousands !== undefined,
      `thousands separated by ${thousandsWords[found.thousands ?? ","]}`,
    ),
    ...isSaid(dropped.length > 0, `${dropped.join(" and ")} dropped`),
    ...isSaid(scales.length > 0, `${scales.join(", ")} multiplied out`),
    ...isSaid(marks.includes("( )"), "numbers in parentheses negative"),
    ...isSaid(skippedRows > 0, `${rows(skippedRows)} above ${aboveWhat} skipped`),
    ...isSaid(headerRows === 0, `no header: columns ${Object.keys(columns).join(", ")}`),
    ...isSaid(headerRows > 1, `${headerRows} rows of headers`),
    ...renamed.map(([name, header]) => `${name} from "${header}"`),
    ...isSaid(withoutVolume === 0 && "open" in columns && !("volume" in columns), "no volume"),
    ...isSaid(symbol !== undefined, `symbol ${symbol}`),
    ...isSaid(found.droppedRows > 0, `${rows(found.droppedRows)} without prices dropped`),
    ...isSaid(found.incompleteRows > 0, `${rows(found.incompleteRows)} without all numbers dropped`),
    ...isSaid(found.emptyRows > 0, `${rows(found.emptyRows, "empty line")} dropped`),
    ...isSaid(found.footerRows > 0, `${rows(found.footerRows)} below the last skipped`),
    ...isSaid(found.duplicates > 0, `${rows(found.duplicates)} with the time before ${found.duplicatesWere}`),
    ...isSaid(withoutVolume > 0, `volume left out: ${rows(withoutVolume)} without one`),
  ].join(", ");
}

/** Whether a header says by itself what its column is read as. */
function isUsual(name: string, header: string): boolean {
  const plain = header
    .toLowerCase()
    .replaceAll(/[<>[\]]/g, "")
    .trim();
  return (
    plain === name || name === "time" || name === "date" || (name === "volume" && /^vol\.?$/.test(plain))
  );
}
