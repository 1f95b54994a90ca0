/**
 * Percentages, as charts and tables write them.
 *
 * @module
 */
import { formatNumber } from "../support/format";

/** A fraction as a percentage: 0.166 is `"16.6%"`. */
export function percent(value: number, decimals = 1): string {
  return `${formatNumber(100 * value, decimals)}%`;
}
