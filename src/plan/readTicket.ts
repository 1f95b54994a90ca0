/**
 * A ticket, checked field by field.
 *
 * @module
 */
import type { Side, Timing } from "../model/executionProblem";
import { checkChoice, checkName, checkNumber, notNegative, positive } from "../support/checks";
import type { Ticket } from "./ticket";
import { type TicketTime, ticketTime } from "./ticketClock";
import {
  checkImpactRule,
  type ImpactRule,
  permanentFromRule,
  spreadOf,
  type UnitCost,
  unitCost,
} from "./ticketCosts";
import { type TicketCap, ticketCap } from "./ticketLimits";
import { ticketVolatilities } from "./ticketVolatility";
import { type TicketVolumes, ticketVolumes } from "./ticketVolumes";

/** A ticket as it was read: amounts are in currency per unit, times in milliseconds. */
export interface ReadTicket {
  readonly symbol: string | undefined;
  readonly side: Side;
  readonly shares: number;
  /** The price as it is quoted. */
  readonly quoted: number;
  /** The price of a unit (currency). */
  readonly price: number;
  readonly multiplier: number;
  /** As the price is quoted. */
  readonly tick: number | undefined;
  readonly lot: number | undefined;
  readonly dailyVolume: number;
  readonly dailyVolatility: number;
  readonly currency: string;
  readonly unit: string;
  readonly time: TicketTime;
  /** The whole spread (currency/unit). */
  readonly spread: number;
  readonly rule: ImpactRule;
  readonly permanent: { readonly gamma: number; readonly words: string };
  readonly cost: UnitCost;
  readonly cap: TicketCap | undefined;
  readonly volumes: TicketVolumes;
  /** Of each slice, where they differ (fraction of the price per day). */
  readonly volatilities: readonly number[] | undefined;
  readonly riskAversion: number;
  /** What a unit left at the end costs beyond the last price (currency/unit). */
  readonly remainderPrice: number | undefined;
  readonly timing: Timing;
}

/** The fields of a ticket. */
export const ticketFields: readonly (keyof Ticket)[] = [
  ...(["symbol", "side", "shares", "price", "averageDailyVolume", "dailyVolatility"] as const),
  ...([
    "start",
    "end",
    "sliceLength",
    "session",
    "timeZone",
    "spread",
    "impactRule",
    "permanentImpactRule",
  ] as const),
  ...(["fees", "participationCap", "volumeCurve", "volatilityCurve"] as const),
  ...(["riskAversion", "remainderBasisPoints", "timing"] as const),
  ...(["multiplier", "tick", "lot", "unit", "currency"] as const),
];

/** Checks every field. */
export function readTicket(given: Readonly<Record<string, unknown>>): ReadTicket {
  const currency = given.currency === undefined ? "USD" : checkName("currency", given.currency);
  const unit = given.unit === undefined ? "shares" : checkName("unit", given.unit);
  const optional = (name: keyof Ticket, words: string): number | undefined =>
    given[name] === undefined ? undefined : checkNumber(name, given[name], positive, words);
  const multiplier = optional("multiplier", `${currency} per point`) ?? 1;
  const quoted = checkNumber("price", given.price, positive, "as it is quoted");
  const price = quoted * multiplier;
  const tick = optional("tick", "as the price is quoted");
  const dailyVolume = checkNumber(
    "averageDailyVolume",
    given.averageDailyVolume,
    positive,
    `${unit} per day`,
  );
  const time = ticketTime(given as Readonly<Record<keyof Ticket, unknown>>);
  const spread = spreadOf(given.spread, { price, multiplier, tick });
  const base = { price, dailyVolume, currency };
  return {
    symbol: given.symbol === undefined ? undefined : checkName("symbol", given.symbol),
    side: checkChoice("side", given.side, ["sell", "buy"]),
    shares: checkNumber("shares", given.shares, positive, unit),
    ...{ quoted, price, multiplier, tick, dailyVolume, currency, unit, time, spread },
    lot: optional("lot", unit),
    dailyVolatility: checkNumber(
      "dailyVolatility",
      given.dailyVolatility,
      notNegative,
      "fraction of the price per day",
    ),
    rule: checkImpactRule(given.impactRule),
    permanent: permanentFromRule(given.permanentImpactRule, base, spread),
    cost: unitCost(given.fees, spread, base),
    cap: ticketCap(given.participationCap),
    volumes: ticketVolumes(given.volumeCurve, dailyVolume, unit, time),
    volatilities: ticketVolatilities(given.volatilityCurve, time.slices.length),
    riskAversion:
      given.riskAversion === undefined
        ? 0
        : checkNumber("riskAversion", given.riskAversion, notNegative, `1/${currency}`),
    remainderPrice:
      given.remainderBasisPoints === undefined
        ? undefined
        : 1e-4 * price * checkNumber("remainderBasisPoints", given.remainderBasisPoints, notNegative, "bp"),
    timing: given.timing === undefined ? "mid" : checkChoice("timing", given.timing, ["start", "mid", "end"]),
  };
}
