/**
 * From bytes to text: which encoding a file has, and what it is where it is no text.
 *
 * @module
 */
import { isUtf8 } from "node:buffer";
import { DataError, InputError } from "../support/errors";

/** How the characters of a file are written as bytes. */
export type Encoding = "UTF-8" | "UTF-16 LE" | "UTF-16 BE" | "Windows-1252";

export const encodings: readonly Encoding[] = ["UTF-8", "UTF-16 LE", "UTF-16 BE", "Windows-1252"];

const labels: Readonly<Record<Encoding, string>> = {
  "UTF-8": "utf-8",
  "UTF-16 LE": "utf-16le",
  "UTF-16 BE": "utf-16be",
  "Windows-1252": "windows-1252",
};

/** Files that are often taken for CSV files: their first bytes, as Latin-1, what they are, and the next step. */
const others: readonly (readonly [start: string, kind: string, step: string])[] = [
  ["PK\x03\x04", "a ZIP archive, such as a workbook of Excel", "Unpack it, or save the sheet as CSV."],
  ["\xd0\xcf\x11\xe0", "a workbook of Excel", "Save the sheet as CSV."],
  ["\x1f\x8b", "a file compressed by gzip", "Unpack it first: gunzip -k."],
  ["BZh", "a file compressed by bzip2", "Unpack it first: bunzip2 -k."],
  ["\x28\xb5\x2f\xfd", "a file compressed by zstd", "Unpack it first: zstd -d."],
  ["7z\xbc\xaf", "a 7z archive", "Unpack it first."],
  ["PAR1", "a Parquet file", "Query it, or write it as CSV."],
  ["ARROW1", "an Arrow file", "Write it as CSV."],
  ["\x89HDF", "an HDF5 file", "Write its table as CSV."],
  ["SQLite format 3", "an SQLite database", "Query it, or write the table as CSV."],
  ["%PDF", "a PDF document", "Ask its source for a CSV file."],
];

/** The first characters of texts that are no tables. */
const documents: readonly (readonly [start: RegExp, kind: string, step: string])[] = [
  [
    /^\s*<(?:!doctype|html|\?xml)/i,
    "a web page or XML",
    "The download may have failed: open it in a browser.",
  ],
  [/^\s*[[{]/, "JSON", "Read it with JSON.parse, and hand over its columns."],
];

/** A text and the encoding that it was read by. */
export interface Decoded {
  readonly text: string;
  readonly encoding: Encoding;
}

/**
 * Reads bytes as text: by the mark at their beginning, where there is one; else as UTF-16 where every other byte is 0 as
 * in Latin letters; else as UTF-8 where they are valid UTF-8; else as Windows-1252.
 *
 * @param name - what messages call the file
 * @param forced - the encoding, where the caller knows it
 */
export function decode(name: string, bytes: Uint8Array, forced: Encoding | undefined): Decoded {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  for (const [mark, kind, step] of others) {
    if (start.startsWith(mark)) throw new InputError(name, start, `a table as text, not ${kind}`, step);
  }
  const encoding = forced ?? encodingOf(bytes);
  try {
    const decoder = new TextDecoder(labels[encoding], { fatal: true });
    return { text: decoder.decode(bytes), encoding };
  } catch {
    const hint = "Leave options.encoding out to have it found.";
    throw new InputError(
      "options.encoding",
      encoding,
      `the encoding of ${name}; its bytes are another's`,
      hint,
    );
  }
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "UTF-16 LE";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "UTF-16 BE";
  const head = bytes.subarray(0, 512);
  const zeros = [0, 1].map((odd) => head.filter((byte, i) => byte === 0 && i % 2 === odd).length);
  if (zeros[1] > head.length / 4 && zeros[0] === 0) return "UTF-16 LE";
  if (zeros[0] > head.length / 4 && zeros[1] === 0) return "UTF-16 BE";
  return isUtf8(bytes) ? "UTF-8" : "Windows-1252";
}

/** Refuses a text that is no table: with control characters, a web page, JSON. */
export function checkIsTable(name: string, text: string): void {
  const start = text.slice(0, 200);
  const found = documents.find(([pattern]) => pattern.test(start));
  if (found !== undefined) {
    throw new InputError(name, start, `a table with rows and columns, not ${found[1]}`, found[2]);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  const control = /[\0-\x08\x0e-\x1f\x7f\x81\x8d\x8f\x90\x9d\ufffd]/.exec(text);
  if (control === null) return;
  const line = text.slice(0, control.index).split(/\r\n|\r|\n/).length;
  const hint = "The file is damaged, binary, or in another encoding: give options.encoding.";
  throw new DataError({ file: name, line, column: 1 }, control[0], "text without control characters", hint);
}
