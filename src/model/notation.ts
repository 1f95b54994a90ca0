/**
 * One table for every quantity of the model: the paper's letter, the name the library uses, its unit and
 * where the literature defines it. Messages, axis titles and the documentation read this table, so that a
 * letter, a name and a unit cannot drift apart.
 *
 * Sources are cited as *AC* (Almgren and Chriss, "Optimal execution of portfolio transactions",
 * Journal of Risk 3, 2001, with the equation numbers of the December 2000 text).
 *
 * @module
 */

import { checkName } from "../support/checks";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";

/** The units in which a problem is stated: any consistent set will do. */
export interface Units {
  /** Name of the time unit, for example `"second"` or `"day"`. */
  readonly timeUnit: string;
  /** Name of the currency, for example `"USD"`. */
  readonly currency: string;
}

/** What the notation table says of one quantity. */
export interface Quantity {
  /** The letter that the literature uses. */
  readonly symbol: string;
  /** The quantity in words, as it stands on an axis or in a message. */
  readonly title: string;
  /** The unit, with `{currency}` and `{time}` where the problem's own names go. */
  readonly unit: string;
  /** Where the literature defines it. */
  readonly source: string;
}

/** The quantities that have a row in the notation table. */
export type QuantityName =
  | "shares"
  | "horizon"
  | "intervals"
  | "intervalLength"
  | "volatility"
  | "drift"
  | "permanentImpact"
  | "temporaryImpact"
  | "halfSpread"
  | "remainderPrice"
  | "riskAversion"
  | "arrivalPrice"
  | "time"
  | "remaining"
  | "trades"
  | "rates"
  | "expectedCost"
  | "costVariance"
  | "standardDeviation"
  | "objective";

/** Every quantity of the model by the name that the library gives it. */
export const notation: Readonly<Record<QuantityName, Quantity>> = {
  shares: { symbol: "X", title: "Shares to trade", unit: "shares", source: "AC § 1.1" },
  horizon: { symbol: "T", title: "Horizon", unit: "{time}", source: "AC § 1.1" },
  intervals: { symbol: "N", title: "Number of intervals", unit: "", source: "AC § 1.1" },
  intervalLength: { symbol: "τ", title: "Length of an interval", unit: "{time}", source: "AC § 1.1" },
  volatility: {
    symbol: "σ",
    title: "Price volatility",
    unit: "{currency}/share/√{time}",
    source: "AC eq. 1",
  },
  drift: { symbol: "α", title: "Price drift", unit: "{currency}/share/{time}", source: "AC § 4.1" },
  permanentImpact: {
    symbol: "γ",
    title: "Permanent impact",
    unit: "{currency}/share²",
    source: "AC eq. 6",
  },
  temporaryImpact: {
    symbol: "η",
    title: "Temporary impact",
    unit: "{currency}·{time}/share²",
    source: "AC eq. 7",
  },
  halfSpread: { symbol: "ε", title: "Half spread", unit: "{currency}/share", source: "AC eq. 7" },
  remainderPrice: {
    symbol: "p",
    title: "Price of a share left",
    unit: "{currency}/share",
    source: "Perold 1988",
  },
  riskAversion: { symbol: "λ", title: "Risk aversion", unit: "1/{currency}", source: "AC eq. 15" },
  arrivalPrice: { symbol: "S₀", title: "Arrival price", unit: "{currency}/share", source: "AC § 1.2" },
  time: { symbol: "t", title: "Time", unit: "{time}", source: "AC § 1.1" },
  remaining: { symbol: "x", title: "Shares remaining", unit: "shares", source: "AC § 1.1" },
  trades: { symbol: "n", title: "Shares traded per slice", unit: "shares", source: "AC § 1.1" },
  rates: { symbol: "v", title: "Trading rate", unit: "shares/{time}", source: "AC § 1.3" },
  expectedCost: { symbol: "E", title: "Expected cost", unit: "{currency}", source: "AC eq. 4" },
  costVariance: { symbol: "V", title: "Variance of cost", unit: "{currency}²", source: "AC eq. 5" },
  standardDeviation: {
    symbol: "√V",
    title: "Standard deviation of cost",
    unit: "{currency}",
    source: "AC eq. 5",
  },
  objective: { symbol: "U", title: "Objective E + λV", unit: "{currency}", source: "AC eq. 15" },
};

/**
 * The unit of a quantity in a problem's own names.
 *
 * @param name - a name of the notation table
 * @param units - the problem, or any object with its `timeUnit` and `currency`
 * @returns the unit, an empty text for a pure number
 * @throws InputError when there is no such name, or `units` lacks one of its two
 *
 * @example
 * ```ts
 * unitOf("volatility", { timeUnit: "second", currency: "USD" }); // → "USD/share/√second"
 * ```
 */
export function unitOf(name: QuantityName, units: Units): string {
  const { unit } = checkQuantity(name);
  const { currency, timeUnit } = checkUnits(units);
  return unit.replaceAll("{currency}", () => currency).replaceAll("{time}", () => timeUnit);
}

/**
 * The title of an axis that shows a quantity: words, letter and unit.
 *
 * @param name - a name of the notation table
 * @param units - the problem, or any object with its `timeUnit` and `currency`
 * @returns for example `"Trading rate v (shares/second)"`
 * @throws InputError when there is no such name, or `units` lacks one of its two
 *
 * @example
 * ```ts
 * axisTitle("time", { timeUnit: "second", currency: "USD" }); // → "Time t (second)"
 * ```
 */
export function axisTitle(name: QuantityName, units: Units): string {
  const { title, symbol } = checkQuantity(name);
  const unit = unitOf(name, units);
  return unit === "" ? `${title} ${symbol}` : `${title} ${symbol} (${unit})`;
}

function checkQuantity(name: QuantityName): Quantity {
  if (typeof name === "string" && Object.hasOwn(notation, name)) return notation[name];
  throw new InputError("name", name, `a name of the notation table: ${Object.keys(notation).join(", ")}`);
}

/** A problem, or anything else that names its unit of time and its currency. */
export function checkUnits(units: Units): Units {
  if (typeof units !== "object" || units === null) {
    throw new InputError("units", units, "a problem, or an object with its timeUnit and currency");
  }
  checkName("units.timeUnit", units.timeUnit);
  checkName("units.currency", units.currency);
  return units;
}

/** A length of time in words, for messages and titles: `"1,800 seconds"`. */
export function duration(value: number, units: Pick<Units, "timeUnit">): string {
  const text = formatSignificant(value, 6);
  return `${text} ${text === "1" ? units.timeUnit : timeUnits(units)}`;
}

/** The unit of time in the plural, where it is a word that has one. */
export function timeUnits({ timeUnit }: Pick<Units, "timeUnit">): string {
  return /^(second|minute|hour|day|week|month|year|period)$/.test(timeUnit) ? `${timeUnit}s` : timeUnit;
}
