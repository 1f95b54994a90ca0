/**
 * The only file that reads from disk.
 *
 * @module
 */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { checkChoice, checkObject } from "../support/checks";
import { InputError } from "../support/errors";
import { barsFrom, type LoadedBars, type LoadedPrices, pricesFrom } from "./bars";
import type { Source } from "./csv";
import { decode, encodings } from "./encoding";
import type { CsvOptions } from "./options";

/**
 * Loads bars from a CSV file of any origin, and finds out what the file is: see {@link parseBars}. The
 * encoding is found out too.
 *
 * @param file - path of the file, of at most 500 MB
 * @param options - how the file is written, where that is to be forced
 * @returns times, columns of numbers, and what was found out
 * @throws InputError when the file cannot be read or is no text, or a cell is not what it should be; it then also has the
 *   fields `line` and `column`
 *
 * @example
 * ```ts
 * loadBars("notebooks/data/aapl.csv").times[0]; // → 2005-01-03
 * loadBars("notebooks/data/aapl.csv").readAs; // → comma, dates YYYY-MM-DD
 * ```
 */
export function loadBars(file: string, options: CsvOptions = {}): LoadedBars {
  return barsFrom(sourceOf(file, options), { name: nameOf(file), ...options });
}

/**
 * Loads prices from a CSV file, and finds out what the file is: see {@link parsePrices}. The encoding is found out too.
 *
 * @param file - path of the file, of at most 500 MB
 * @param options - how the file is written, where that is to be forced
 * @returns times, prices, and what was found out
 * @throws InputError when the file cannot be read or is no text, or a cell is not what it should be; it then also has the
 *   fields `line` and `column`
 *
 * @example
 * ```ts
 * loadPrices("notebooks/data/emini_5s.csv").times[0]; // → 2013-09-03 08:30:00
 * ```
 */
export function loadPrices(file: string, options: CsvOptions = {}): LoadedPrices {
  return pricesFrom(sourceOf(file, options), { name: nameOf(file), ...options });
}

/** A text holds about 5e8 characters at most. */
const mostBytes = 5e8;

function nameOf(file: string): string {
  return path.basename(file);
}

function sourceOf(file: unknown, options: CsvOptions): Source {
  if (typeof file !== "string" || file === "") {
    throw new InputError("file", file, "the path of a CSV file");
  }
  const { encoding } = checkObject("options", options);
  const forced = encoding === undefined ? undefined : checkChoice("options.encoding", encoding, encodings);
  return decode(nameOf(file), bytesOf(file), forced);
}

function bytesOf(file: string): Buffer {
  let size = 0;
  try {
    size = statSync(file).size;
    if (size <= mostBytes) return readFileSync(file);
  } catch (error) {
    const { message } = error as Error;
    throw new InputError("file", file, "the path of a file that can be read", message);
  }
  const hint = `It has ${Math.round(size / 1e6)} MB: split it, or query it where it lies.`;
  throw new InputError("file", file, "the path of a file of at most 500 MB", hint);
}
