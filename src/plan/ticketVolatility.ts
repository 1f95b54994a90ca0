/**
 * How volatile the market is in each slice of a ticket.
 *
 * @module
 */
import { checkNumbers, isList, notNegative } from "../support/checks";
import { InputError } from "../support/errors";

/**
 * The volatility of each slice, as the standard deviation that a whole day at its pace would have (fraction of the price per day); undefined
 * where it is the same all day.
 *
 * @param curve - the ticket's `volatilityCurve`, unchecked
 */
export function ticketVolatilities(curve: unknown, slices: number): readonly number[] | undefined {
  if (curve === undefined || curve === "flat") return undefined;
  const unit = "fraction of the price per day";
  if (isList(curve)) return checkNumbers("volatilityCurve", curve, slices, notNegative, unit);
  throw new InputError("volatilityCurve", curve, `"flat", or the volatility of each slice (${unit})`);
}
