/**
 * The only file that reads from disk.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { InputError } from "../support/errors";
import { type LoadedBars, type LoadedPrices, parseBars, parsePrices } from "./bars";
import type { CsvOptions } from "./csv";

/**
 * Loads bars from a CSV file, the project's own or anybody's: see {@link parseBars} for what it must look like.
 *
 * @param file - path of the file, UTF-8
 * @param options - separator and names of columns, where they are not the usual ones
 * @returns times and columns of numbers
 * @throws InputError when the file cannot be read, or a cell is not what it should be; it then also has the fields
 *   `line` and `column`
 *
 * @example
 * ```ts
 * loadBars("notebooks/data/aapl.csv").times[0]; // → 2005-01-03
 * ```
 */
export function loadBars(file: string, options: CsvOptions = {}): LoadedBars {
  return parseBars(contentOf(file), { name: path.basename(file), ...options });
}

/**
 * Loads prices from a CSV file: see {@link parsePrices} for what it must look like.
 *
 * @param file - path of the file, UTF-8
 * @param options - separator and names of columns, where they are not the usual ones
 * @returns times and prices
 * @throws InputError when the file cannot be read, or a cell is not what it should be; it then also has the fields
 *   `line` and `column`
 *
 * @example
 * ```ts
 * loadPrices("notebooks/data/emini_5s.csv").times[0]; // → 2013-09-03 08:30:00
 * ```
 */
export function loadPrices(file: string, options: CsvOptions = {}): LoadedPrices {
  return parsePrices(contentOf(file), { name: path.basename(file), ...options });
}

function contentOf(file: unknown): string {
  if (typeof file !== "string" || file === "") {
    throw new InputError("file", file, "the path of a CSV file");
  }
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { message } = error as Error;
    throw new InputError("file", file, "the path of a file that can be read", message);
  }
}
