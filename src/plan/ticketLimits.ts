/**
 * What a ticket allows: its cap and its lots.
 *
 * @module
 */

import { isWholeLots } from "../solve/lots";
import { between, checkChoice, checkKeys, checkNumber, type NumberRange, portion } from "../support/checks";
import { InputError } from "../support/errors";
import type { PlanConstraints } from "./limits";

/** A cap on participation, checked. */
export interface TicketCap {
  readonly fraction: number;
  readonly of: "others" | "total";
}

/** The cap as the ticket writes it, checked; undefined without one. */
export function ticketCap(value: unknown): TicketCap | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null) {
    return { fraction: checkFraction("participationCap", value, portion), of: "others" };
  }
  const given = checkKeys("participationCap", value, ["fraction", "of"]);
  const of =
    given.of === undefined
      ? "others"
      : checkChoice("participationCap.of", given.of, ["others", "total"] as const);
  const range = of === "others" ? portion : between(0, 1);
  return { fraction: checkFraction("participationCap.fraction", given.fraction, range), of };
}

function checkFraction(parameter: string, value: unknown, range: NumberRange): number {
  if (typeof value === "number" && value > 1 && value <= 100) {
    const words = `${range.words} (fraction of volume)`;
    throw new InputError(parameter, value, words, `For ${value}%, write ${value / 100}.`);
  }
  return checkNumber(parameter, value, range, "fraction of volume");
}

/** Cap and lot as `planSchedule` takes them. */
export function ticketConstraints(
  cap: TicketCap | undefined,
  lot: number | undefined,
  shares: number,
): PlanConstraints {
  return Object.freeze({
    ...(cap === undefined ? {} : { participation: Object.freeze(cap) }),
    ...(lot === undefined || !isWholeLots(shares, lot) ? {} : { lot }),
  });
}
