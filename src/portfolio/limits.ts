/**
 * Limits that a portfolio's schedule must keep along the way: caps, no reversal, neutrality.
 *
 * @module
 */
import { anyFinite, checkKeys, checkName, checkNumbers, checkObject, isList } from "../support/checks";
import { InputError } from "../support/errors";
import type { Series } from "../support/numbers";
import { portfolioMarket } from "./market";
import type { Portfolio } from "./portfolio";

/** A combination of names that must be held at 0 after every trade. */
export interface Neutrality {
  /** What it is called in messages, such as `"cash"` or `"banks"`. */
  readonly name: string;
  /** m numbers p: Σ p_i x_i must be 0; prices for cash, prices within a sector and 0 elsewhere for that sector. */
  readonly weights: Series;
}

/** Most shares that a trade may have: one number for all, one for each name, or N rows of m; Infinity or null for none. */
export type Caps = number | null | readonly (number | null)[] | readonly (readonly (number | null)[])[];

/** What the schedule must keep to. */
export interface PortfolioLimits {
  /** Most shares of each name that one interval may trade, either way (shares; default none). */
  readonly caps?: Caps | undefined;
  /** Whether no name may trade against its position (default true). A name whose position is 0 may trade both ways. */
  readonly noReversal?: boolean | undefined;
  /** Combinations of names that are held at 0 from the first open interval on (default none). */
  readonly neutral?: readonly Neutrality[] | undefined;
}

/** Limits over N rows of m. */
export interface LimitArrays {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly neutral: readonly { readonly name: string; readonly weights: Float64Array }[];
}

/** No limits but those of closed intervals. */
export function freeLimits(portfolio: Portfolio): LimitArrays {
  return checkLimits(portfolio, { noReversal: false });
}

/** Checks limits and writes them out for every trade. */
export function checkLimits(portfolio: Portfolio, limits: PortfolioLimits): LimitArrays {
  const given = checkKeys("limits", limits, ["caps", "noReversal", "neutral"]);
  const { m, N, positions, open } = portfolioMarket(portfolio);
  const noReversal = given.noReversal === undefined ? true : given.noReversal;
  if (typeof noReversal !== "boolean") throw new InputError("limits.noReversal", noReversal, "true or false");
  const upper = readCaps(given.caps === undefined ? null : given.caps, N, m);
  const lower = new Float64Array(N * m);
  for (let at = 0; at < N * m; at++) {
    if (open[Math.floor(at / m)] === 0) upper[at] = 0;
    const position = positions[at % m];
    lower[at] = noReversal && position > 0 ? 0 : 0 - upper[at];
    if (noReversal && position < 0) upper[at] = 0;
  }
  return { lower, upper, neutral: checkNeutral(given.neutral, portfolio) };
}

function readCaps(caps: unknown, N: number, m: number): Float64Array {
  const values = new Float64Array(N * m);
  const read = (name: string, cap: unknown): number => {
    if (cap === null) return Number.POSITIVE_INFINITY;
    if (typeof cap === "number" && cap >= 0) return cap;
    throw new InputError(name, cap, "a number, 0 or above, or null for none (shares)");
  };
  if (!isList(caps)) return values.fill(read("limits.caps", caps));
  const isByName = caps.every((cap) => !isList(cap));
  if (caps.length !== (isByName ? m : N)) {
    throw new InputError(
      "limits.caps",
      caps,
      `a number, ${m} numbers, one for each name, or ${N} rows of ${m} (shares)`,
    );
  }
  for (let k = 0; k < N; k++) {
    const row = isByName ? caps : caps[k];
    const name = isByName ? "limits.caps" : `limits.caps[${k}]`;
    if (!isList(row) || row.length !== m) throw new InputError(name, row, `a row of ${m} numbers (shares)`);
    for (let i = 0; i < m; i++) values[k * m + i] = read(`${name}[${i}]`, row[i]);
  }
  return values;
}

function checkNeutral(value: unknown, { names }: Portfolio): LimitArrays["neutral"] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    throw new InputError("limits.neutral", value, "an array of combinations with name and weights");
  }
  return Array.from(value, (entry: unknown, g) => {
    const parameter = `limits.neutral[${g}]`;
    const words = `${parameter}.weights`;
    const given = checkKeys(parameter, checkObject(parameter, entry), ["name", "weights"]);
    const weights = Float64Array.from(checkNumbers(words, given.weights, names.length, anyFinite, ""));
    if (weights.every((weight) => weight === 0))
      throw new InputError(words, given.weights, "not 0 for every name");
    return { name: checkName(`${parameter}.name`, given.name), weights };
  });
}
