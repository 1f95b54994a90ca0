/**
 * From a desk's ticket to a problem.
 *
 * @module
 */
import type { ExecutionProblem } from "../model/executionProblem";
import { coefficientsOf } from "../model/impactModel";
import { linearImpact } from "../model/linearImpact";
import { powerImpact } from "../model/powerImpact";
import { defineProblem } from "../model/problem";
import { checkKeys } from "../support/checks";
import { total } from "../support/numbers";
import { capsOf } from "./limits";
import { type ReadTicket, readTicket, ticketFields } from "./readTicket";
import type { Ticket, TicketProblem } from "./ticket";
import { sliceClock } from "./ticketClock";
import { impactBySlice, pointOfRule } from "./ticketCosts";
import { ticketConstraints } from "./ticketLimits";
import { passportOf } from "./ticketPassport";
import { ticketWarnings } from "./ticketWarnings";

const minute = 60_000;

/**
 * The problem behind a ticket: a desk's words and units in, the model's letters out, and a passport that says in a trader's
 * words how each was read.
 *
 * - Time is in minutes of trading: breaks of the session are left out. A regular day is one session, or 24 hours around
 *   the clock; with dates, half days and nights on which clocks are set have their true length.
 * - σ = daily volatility × price / √(minutes of a regular day). A daily volatility includes the night, so this overstates
 *   the risk of an order that is done before the close.
 * - η: trading `fractionOfDailyVolume` of a day's volume evenly, over a day or over the order's time, concedes
 *   `basisPoints` on each unit (AC § 3.4), and other rates in proportion, or by the rule's `exponent`. It is the same in each
 *   slice, whatever the volume curve, unless the rule says that it follows the volume, or the market: η_k ∝ σ_k V_k^−β.
 * - γ = 0 unless `permanentImpactRule` says otherwise. ε = half the spread and fees, together 0 or above.
 * - An order takes one session; one over several days is planned day by day, or around the clock.
 *
 * @param ticket - the order, see {@link Ticket} for fields, units and defaults
 * @returns the problem, cap and lot as bounds and as constraints, the clock of the slices, the passport and warnings about likely slips
 * @throws InputError when a field is not what it should be or unknown, the order lies outside of the session, or spread and
 *   fees together are below 0
 *
 * Source: the parameters of AC § 3.4.
 *
 * @example
 * ```ts
 * const { problem, bounds, passport } = problemFromTicket({
 *   side: "sell", shares: 200_000, price: 50, averageDailyVolume: 3_900_000, dailyVolatility: 0.02,
 *   start: "10:00", end: "15:30", sliceLength: "5 min", session: { open: "09:30", close: "16:00" },
 *   spread: 0.01, impactRule: { fractionOfDailyVolume: 0.1, basisPoints: 15 }, participationCap: 0.1, riskAversion: 2e-6,
 * });
 * problem.intervals; // → 66
 * problem.volatility; // → 0.0506370
 * problem.temporaryImpact; // → 0.000075
 * bounds?.upper[0]; // → 5000
 * passport[4].howMuch; // → 2% of the price in a day of 390 minutes: 0.0506 USD per share in a minute
 * boundedSchedule(problem, bounds).status; // → optimal
 * ```
 */
export function problemFromTicket(ticket: Ticket): TicketProblem {
  const read = readTicket(checkKeys("problemFromTicket's argument", ticket, ticketFields));
  const problem = problemOf(read);
  const { cap } = read;
  const upper = cap === undefined ? undefined : Object.freeze(Array.from(capsOf(problem, cap)));
  return Object.freeze({
    problem,
    bounds: upper === undefined ? undefined : Object.freeze({ upper }),
    constraints: ticketConstraints(cap, read.lot, read.shares),
    slices: sliceClock(read.time),
    symbol: read.symbol,
    unit: read.unit,
    passport: passportOf(read, problem, upper),
    warnings: Object.freeze([...ticketWarnings(read, upper), ...problem.warnings]),
  });
}

function problemOf(read: ReadTicket): ExecutionProblem {
  const { time, price, cost, rule, currency } = read;
  const lengths = time.slices.map(({ from, to }) => (to - from) / minute);
  const horizon = total(lengths);
  const isEven = lengths.every((length) => length === lengths[0]);
  const dayLength = time.dayLength / minute;
  const reference = pointOfRule(rule, read, rule.over === "day" ? dayLength : horizon);
  const { volumes } = read.volumes;
  const { gamma } = read.permanent;
  const impact =
    rule.exponent === 1
      ? linearImpact({ temporary: reference.impact / reference.rate, permanent: gamma })
      : powerImpact({ exponent: rule.exponent, reference, permanent: gamma });
  const { temporaryImpact: η } = coefficientsOf(impact);
  const slices = lengths.map((length, k) => ({
    ...{ volume: volumes[k], length, volatility: read.volatilities?.[k] ?? read.dailyVolatility },
  }));
  const usual = { volume: read.dailyVolume / dayLength, volatility: read.dailyVolatility };
  const perMinute = (daily: number): number => (daily * price) / Math.sqrt(dayLength);
  return defineProblem({
    side: read.side,
    shares: read.shares,
    horizon,
    intervals: lengths.length,
    volatility: perMinute(read.dailyVolatility),
    impact,
    halfSpread: cost.halfSpread + cost.fees,
    riskAversion: read.riskAversion,
    remainderPrice: read.remainderPrice,
    timing: read.timing,
    arrivalPrice: price,
    profile: {
      volumes,
      lengths: isEven ? undefined : lengths,
      volatility: read.volatilities?.map(perMinute),
      temporaryImpact: impactBySlice(η, rule, usual, slices),
    },
    timeUnit: "minute",
    currency,
  });
}
