/**
 * One symbol out of many.
 *
 * @module
 */
import { InputError } from "../support/errors";

/** The symbol to load from those that a file has: the one that the caller names, or the only one. */
export function checkSymbol(
  file: string,
  symbols: readonly string[],
  wanted: string | undefined,
): string | undefined {
  const shown = symbols.slice(0, 8).map((symbol) => `"${symbol}"`);
  const more = symbols.length > 8 ? ` and ${symbols.length - 8} more` : "";
  const list = `${shown.join(", ")}${more}`;
  if (wanted !== undefined) {
    if (symbols.includes(wanted)) return wanted;
    const has = symbols.length === 0 ? "has no column of symbols" : `has ${list}`;
    throw new InputError("options.symbol", wanted, `a symbol of ${file}, which ${has}`);
  }
  if (symbols.length <= 1) return symbols[0];
  throw new InputError("options.symbol", wanted, `one of the ${symbols.length} symbols of ${file}: ${list}`);
}
