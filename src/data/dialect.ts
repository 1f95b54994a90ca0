/**
 * What separates the cells of a file.
 *
 * @module
 */
import type { ColumnKind } from "./columnKinds";
import { type Delimiter, type Grid, gridOf } from "./grid";
import { nearness } from "./header";
import { type FoundLayout, findLayout } from "./layout";
import type { CheckedOptions } from "./options";

/** A text taken apart, and where its table stands. */
export interface Dialect {
  readonly grid: Grid;
  readonly found: FoundLayout;
}

const delimiters: readonly Delimiter[] = [",", ";", "\t", "|"];

/** Characters among which a header stands. */
const headLength = 65_536;

/**
 * Takes a text apart by the delimiter that its first line names (`sep=;`), or that the caller gives, or else by the one
 * with which a table is found; where that are several, by the one that makes most cells.
 */
export function findDialect(text: string, kinds: readonly ColumnKind[], options: CheckedOptions): Dialect {
  const named = /^"?sep=([,;\t|])"?\r?(?:\n|$)/i.exec(text.slice(0, 16));
  const firstRow = named === null ? 0 : 1;
  const own = options.delimiter ?? (named?.[1] as Delimiter | undefined);
  const head = text.slice(0, headLength);
  let best: { readonly delimiter: Delimiter; readonly score: number } | undefined;
  // A delimiter that does not occur makes one cell of each line, as the comma does, which stands first.
  const occurring = delimiters.filter((mark) => mark === "," || head.includes(mark));
  for (const delimiter of own === undefined ? occurring : [own]) {
    const grid = gridOf(head, delimiter);
    const { layout, header } = findLayout(grid, firstRow, kinds, options);
    const width = grid.rows === 0 ? 0 : grid.starts.length / grid.rows;
    const closest = header === undefined ? 0 : nearness(header);
    const score = layout === undefined ? Math.min(closest, 99) : 100 + width;
    if (best === undefined || score > best.score) best = { delimiter, score };
  }
  const grid = gridOf(text, (best as { readonly delimiter: Delimiter }).delimiter);
  return { grid, found: findLayout(grid, firstRow, kinds, options) };
}
