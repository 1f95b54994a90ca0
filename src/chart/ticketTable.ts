/**
 * A ticket's passport as a table.
 *
 * @module
 */
import type { TicketProblem } from "../plan/ticket";
import { checkEach, checkHas, isList } from "../support/checks";
import { InputError } from "../support/errors";
import type { Table } from "./figure";

const isText = (value: unknown): boolean => typeof value === "string";

/**
 * The passport of a ticket, to be read before anything is traded; warnings are in the last rows.
 *
 * @param ticket - what `problemFromTicket` gave
 * @returns a table for `show`: what, how much, and from which fields
 * @throws InputError when the argument is not what it should be
 *
 * @example
 * ```ts
 * const ticket = problemFromTicket({
 *   symbol: "ACME", side: "buy", shares: 10_000, price: 20, averageDailyVolume: 1e6, dailyVolatility: 0.03,
 *   start: "09:30", end: "11:00", sliceLength: "15 min", spread: 0.02,
 *   impactRule: { fractionOfDailyVolume: 0.1, basisPoints: 15 },
 * });
 * ticketTable(ticket).rows[0];
 * // → ["Order", "buy 10,000 shares of ACME at 20 USD, worth 200,000 USD", "shares, price: X, S₀"]
 * ```
 */
export function ticketTable(ticket: Pick<TicketProblem, "passport" | "warnings">): Table {
  checkHas("ticket", ticket, ["passport", "warnings"], "what problemFromTicket gives");
  const { passport, warnings } = ticket;
  checkEach(
    "ticket.passport",
    passport,
    { what: isText, howMuch: isText, from: isText },
    "row of a passport",
  );
  if (!isList(warnings)) throw new InputError("ticket.warnings", warnings, "an array of texts");
  const rows = passport.map(({ what, howMuch, from }) => [what, howMuch, from]);
  for (const [i, warning] of Array.from(warnings as readonly unknown[]).entries()) {
    if (typeof warning !== "string") throw new InputError(`ticket.warnings[${i}]`, warning, "a text");
    rows.push(["Warning", warning, ""]);
  }
  return {
    kind: "table",
    caption: "The ticket, as it was read",
    columns: ["What", "How much", "From"],
    rows,
  };
}
