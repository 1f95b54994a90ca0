/**
 * A text taken apart into cells: where each begins and ends. Nothing is copied, so that large files stay cheap.
 *
 * @module
 */

/** What separates the cells of a row. */
export type Delimiter = "," | ";" | "\t" | "|";

/** How the lines of a text end. */
export type LineEnds = "LF" | "CRLF" | "CR" | "mixed";

/** The cells of a text, by number; row `r` has the cells from `firstCells[r]` up to `firstCells[r + 1]`. */
export interface Grid {
  readonly text: string;
  readonly delimiter: Delimiter;
  readonly rows: number;
  readonly firstCells: Uint32Array;
  /** Where cells begin and end in the text, without the blanks and the quotation marks around them. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly lineEnds: LineEnds;
  /** Whether the last row ends as the others do. */
  readonly isClosed: boolean;
  readonly quotedCells: number;
  /** What is wrong with the quotation marks of a row. */
  readonly quoteFaults: ReadonlyMap<number, string>;
  /** Rows with a quoted cell that spans lines. */
  readonly spans: ReadonlyMap<number, Span>;
}

/** What a quoted cell contains besides words. */
export interface Span {
  readonly breaks: number;
  readonly delimiters: number;
}

const quote = 34;
const feed = 10;
const carriage = 13;

/** A buffer that grows, and doubles when it does. */
class Positions {
  private buffer: Uint32Array;
  private count = 0;

  constructor(expected: number) {
    this.buffer = new Uint32Array(expected);
  }

  push(position: number): void {
    if (this.count === this.buffer.length) {
      const larger = new Uint32Array(2 * this.count);
      larger.set(this.buffer);
      this.buffer = larger;
    }
    this.buffer[this.count++] = position;
  }

  get length(): number {
    return this.count;
  }

  values(): Uint32Array {
    return this.buffer.subarray(0, this.count);
  }
}

/** A grid in the making. */
interface Draft {
  readonly text: string;
  /** The delimiter's code. */
  readonly mark: number;
  readonly starts: Positions;
  readonly ends: Positions;
  readonly firstCells: Positions;
  readonly quoteFaults: Map<number, string>;
  readonly spans: Map<number, Span>;
  readonly ended: Record<"LF" | "CRLF" | "CR", number>;
  quotedCells: number;
}

/**
 * Takes a text apart by RFC 4180. Every CR, LF and CRLF outside of quotation marks ends a row, whichever the others are.
 * What the RFC does not allow is kept as a fault of its row, because a row above the header may be anything.
 */
export function gridOf(text: string, delimiter: Delimiter): Grid {
  const expected = Math.max(64, text.length >> 3);
  const draft: Draft = {
    text,
    mark: delimiter.charCodeAt(0),
    starts: new Positions(expected),
    ends: new Positions(expected),
    firstCells: new Positions(Math.max(16, text.length >> 6)),
    quoteFaults: new Map(),
    spans: new Map(),
    ended: { LF: 0, CRLF: 0, CR: 0 },
    quotedCells: 0,
  };
  draft.firstCells.push(0);
  for (let at = 0; at < text.length; ) at = readRow(draft, at);
  const { starts, ends, firstCells, quoteFaults, spans, ended, quotedCells } = draft;
  const kinds = (["LF", "CRLF", "CR"] as const).filter((kind) => ended[kind] > 0);
  const last = text.charCodeAt(text.length - 1);
  return {
    ...{ text, delimiter, quoteFaults, spans, quotedCells },
    rows: firstCells.length - 1,
    firstCells: firstCells.values(),
    starts: starts.values(),
    ends: ends.values(),
    lineEnds: kinds.length > 1 ? "mixed" : (kinds[0] ?? "LF"),
    isClosed: text === "" || last === feed || last === carriage,
  };
}

/** Reads the cells of one row; gives the position of the next. */
function readRow(draft: Draft, from: number): number {
  const { text, mark, ended, starts, firstCells } = draft;
  let at = readCell(draft, from);
  while (text.charCodeAt(at) === mark) at = readCell(draft, at + 1);
  firstCells.push(starts.length);
  if (at >= text.length) return at;
  const isPair = text.charCodeAt(at) === carriage && text.charCodeAt(at + 1) === feed;
  ended[isPair ? "CRLF" : text.charCodeAt(at) === feed ? "LF" : "CR"] += 1;
  return at + (isPair ? 2 : 1);
}

/** Reads one cell; gives the position of what ends it. */
function readCell(draft: Draft, from: number): number {
  const { text, mark, starts, ends, firstCells, quoteFaults, spans } = draft;
  const start = skipBlanks(text, from, mark);
  if (text.charCodeAt(start) === quote) {
    starts.push(start + 1);
    const row = firstCells.length - 1;
    const cell = quotedCell(text, start, mark);
    if (cell.fault !== "") quoteFaults.set(row, cell.fault);
    if (cell.breaks > 0) spans.set(row, widest(spans.get(row), cell));
    draft.quotedCells += 1;
    ends.push(cell.end);
    return cell.next;
  }
  starts.push(start);
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === mark || code === feed || code === carriage) break;
    if (code === quote) quoteFaults.set(firstCells.length - 1, "a quotation mark stands within a cell");
  }
  let end = at;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  ends.push(end);
  return at;
}

interface QuotedCell extends Span {
  /** Position of the closing quotation mark. */
  readonly end: number;
  /** Position of what ends the cell. */
  readonly next: number;
  readonly fault: string;
}

function quotedCell(text: string, opening: number, mark: number): QuotedCell {
  let breaks = 0;
  let delimiters = 0;
  let at = opening + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      if (text.charCodeAt(at + 1) !== quote) break;
      at += 1;
    } else if (code === mark) delimiters += 1;
    else if (code === feed || (code === carriage && text.charCodeAt(at + 1) !== feed)) breaks += 1;
  }
  const end = at;
  if (at >= text.length) {
    return { end, next: end, breaks, delimiters, fault: "a quotation mark opens and none closes" };
  }
  const next = skipBlanks(text, at + 1, mark);
  const code = text.charCodeAt(next);
  const isOver = next >= text.length || code === mark || code === feed || code === carriage;
  if (isOver) return { end, next, breaks, delimiters, fault: "" };
  let stop = next;
  while (stop < text.length && ![mark, feed, carriage].includes(text.charCodeAt(stop))) stop += 1;
  return { end: stop, next: stop, breaks, delimiters, fault: "something follows a closing quotation mark" };
}

function widest(one: Span = { breaks: 0, delimiters: 0 }, other: Span): Span {
  return {
    breaks: one.breaks + other.breaks,
    delimiters: Math.max(one.delimiters, other.delimiters),
  };
}

function skipBlanks(text: string, from: number, mark: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) !== mark && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/** A blank, a tab, a no-break space; a tab that delimits is asked for before. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 160;
}

/** Number of cells of a row. */
export function widthOf(grid: Grid, row: number): number {
  return grid.firstCells[row + 1] - grid.firstCells[row];
}

/** The text of a cell; an empty one where the row is shorter. */
export function cellText(grid: Grid, row: number, column: number): string {
  if (column >= widthOf(grid, row)) return "";
  const cell = grid.firstCells[row] + column;
  const text = grid.text.slice(grid.starts[cell], grid.ends[cell]);
  return grid.quotedCells > 0 && text.includes('"') ? text.replaceAll('""', '"').trim() : text.trim();
}

/** All cells of a row. */
export function rowTexts(grid: Grid, row: number): readonly string[] {
  return Array.from({ length: widthOf(grid, row) }, (_, column) => cellText(grid, row, column));
}

/** Whether all cells of a row are empty. */
export function isEmptyRow(grid: Grid, row: number): boolean {
  for (let cell = grid.firstCells[row]; cell < grid.firstCells[row + 1]; cell++) {
    if (grid.ends[cell] > grid.starts[cell]) return false;
  }
  return true;
}

/** Line of the file on which a row begins, counted from 1: quoted cells may span lines. */
export function lineOf(grid: Grid, row: number): number {
  let line = row + 1;
  for (const [spanned, { breaks }] of grid.spans) if (spanned < row) line += breaks;
  return line;
}
