/**
 * An order as a desk writes it, and the problem that it becomes.
 *
 * @module
 */
import type { ExecutionProblem, Side, Timing } from "../model/executionProblem";
import type { SessionCalendar } from "../support/calendar";
import type { Series } from "../support/numbers";
import type { ParticipationCap, PlanConstraints } from "./limits";

/** An amount per unit: in currency, or in 1/10,000 of the price. */
export type PerUnit =
  | number
  | {
      /** The amount (1/10,000 of the price). */
      readonly basisPoints: number;
    };

/** The length of a slice as a number with its unit. */
export interface SliceLength {
  /** How many, above 0. */
  readonly value: number;
  /** Of what. */
  readonly unit: "second" | "minute" | "hour";
}

/** The hours of a market, by its own clock, as in a `SessionCalendar` but for the time zone, which the ticket states. */
export type TicketSession = Omit<SessionCalendar, "timeZone">;

/** What trading a part of a day's volume concedes: `{ fractionOfDailyVolume: 0.1, basisPoints: 15 }`. */
export interface TicketImpactRule {
  /** Part of the average daily volume, above 0: 0.1 is 10%. */
  readonly fractionOfDailyVolume: number;
  /** What it costs, above 0 (1/10,000 of the price). */
  readonly basisPoints: number;
  /**
   * The time over which that part is traded evenly: one regular `"day"` (default), so that the rule is about a rate of
   * trading, such as 10% of the market; or the time of the `"order"` itself, so that it is about a size.
   */
  readonly over?: "day" | "order" | undefined;
  /**
   * The power β of the rate by which the cost grows, above 0 and at most 3 (default 1: twice the rate concedes twice as much). With 0.6,
   * as Almgren and others measured, or 0.5, the square root, it concedes less than twice as much: the law is then `powerImpact`.
   */
  readonly exponent?: number | undefined;
  /**
   * What the cost of a rate depends on: the `"clock"` (default), the same in each slice; the `"volume"` of the slice, so that
   * the same part of the market costs the same whenever it trades: η_k is η times (a regular day's volume a minute over the
   * slice's)^β; or the `"market"`, its volume and its volatility: η_k is in proportion to σ_k V_k^−β.
   */
  readonly follows?: "clock" | "volume" | "market" | undefined;
}

/** How far trading moves the price for good: `{ fractionOfDailyVolume: 0.1, basisPoints: 10 }`. */
export interface TicketPermanentRule {
  /** Part of the average daily volume, above 0: 0.1 is 10%. */
  readonly fractionOfDailyVolume: number;
  /** How far trading it moves the price, 0 or above (1/10,000 of the price). */
  readonly basisPoints: number;
}

/** A place to trade at, and its fee. */
export interface TicketVenue {
  /** Its name: `"Lit, posting"`. */
  readonly name: string;
  /** Part of the order that trades here; those of all venues sum to 1. */
  readonly fraction: number;
  /** What each unit pays here, below 0 for a rebate. */
  readonly fee: PerUnit;
  /**
   * Whether the order `"takes"` liquidity here (default) and pays half the spread, or `"makes"` it and pays none. It is not assumed to earn
   * the spread: a passive order is filled more often when the price runs through it.
   */
  readonly liquidity?: "takes" | "makes" | undefined;
}

/** How a day's volume is spread over the day, as `volumeProfile` gives it. */
export interface TicketCurve {
  /** The market's clock at which each part of the day begins: `"09:30"`, in order, the first at the open. */
  readonly starts: readonly string[];
  /** Fraction of the day's volume in each part, 0 or above. */
  readonly fractions: Series;
}

/**
 * An order, its market and its limits in the words and units of a desk. Amounts are of one unit: a share, a contract, a coin.
 */
export interface Ticket {
  /** What is traded, for tables: `"ACME"`. */
  readonly symbol?: string | undefined;
  /** `"sell"` or `"buy"`. */
  readonly side: Side;
  /** Size of the order, above 0, fractions allowed (units). */
  readonly shares: number;
  /** Price now, above 0, as it is quoted (currency; points where there is a `multiplier`). */
  readonly price: number;
  /** What the market trades on a usual day, without this order, above 0 (units). */
  readonly averageDailyVolume: number;
  /** Standard deviation of the return over a day, 0 or above: 0.02 is 2%. */
  readonly dailyVolatility: number;
  /** When trading may begin: `"10:00"`, or with its date, `"2024-11-29 10:00"`, by the clock of `timeZone` or with an offset. */
  readonly start: string;
  /** When it must be done: the next such time after the start. */
  readonly end: string;
  /** Length of a slice: `"5 min"`, `"30 s"`, `"1 hour"`, or `{ value: 5, unit: "minute" }`. */
  readonly sliceLength: string | SliceLength;
  /**
   * Hours of the market, `{ open: "09:30", close: "16:00" }`, with breaks, half days and holidays where there are any; or
   * `"around the clock"`, with days of 24 hours. A day of `averageDailyVolume` and `dailyVolatility` is a regular session.
   * Without it they are those of New York, and the passport says so.
   */
  readonly session?: TicketSession | "around the clock" | undefined;
  /** Zone of the clock by its IANA name, `"America/New_York"`; needed only with dates. */
  readonly timeZone?: string | undefined;
  /** Bid–ask spread, 0 or above: as the price is quoted, in basis points of it, or in ticks. */
  readonly spread:
    | PerUnit
    | {
        /** How many of the ticket's `tick`. */
        readonly ticks: number;
      };
  /** What speed costs. */
  readonly impactRule: TicketImpactRule;
  /**
   * How far the order moves the price for good: `"none"` (default); `"spread"`, the rule of Almgren and Chriss, by the
   * spread for 10% of a day's volume; or a rule of your own.
   */
  readonly permanentImpactRule?: "none" | "spread" | TicketPermanentRule | undefined;
  /** Fees of each unit, on top of half the spread: one for all, or by venue (default 0). */
  readonly fees?: PerUnit | readonly TicketVenue[] | undefined;
  /**
   * The largest part of the market's volume that the order may be (default no cap): 0.1 is 10% of what others trade, n ≤ cV;
   * `{ fraction: 0.1, of: "total" }` is 10% of what others and the order trade together, n ≤ cV/(1 − c).
   */
  readonly participationCap?: number | ParticipationCap | undefined;
  /**
   * How volume is spread over the day: `"flat"` (default); `"u-shape"`, four times as much per minute at open and close as in
   * the middle; what `volumeProfile` gives; or what the market trades in each slice, without this order (units).
   */
  readonly volumeCurve?: "flat" | "u-shape" | TicketCurve | Series | undefined;
  /**
   * How volatile each slice is: `"flat"` (default), as `dailyVolatility` says; or, for each slice, the standard deviation of the return that a
   * whole day at its pace would have, 0 or above (fractions of the price).
   */
  readonly volatilityCurve?: "flat" | Series | undefined;
  /** Risk aversion λ, 0 or above (default 0: cost alone); `riskAversionFor` finds the one that meets a goal (1/currency). */
  readonly riskAversion?: number | undefined;
  /**
   * What each unit left at the end costs beyond the last price, 0 or above: with it the order need not finish (1/10,000 of the
   * price).
   */
  readonly remainderBasisPoints?: number | undefined;
  /** Which price a trade gets (default `"mid"`: evenly through its slice). */
  readonly timing?: Timing | undefined;
  /** What a point of the price is worth per unit, above 0: 50 for a future of 50 USD a point (default 1) (currency). */
  readonly multiplier?: number | undefined;
  /** The smallest step of the price, above 0 (as the price is quoted). */
  readonly tick?: number | undefined;
  /** The smallest size of a trade, above 0 (units). */
  readonly lot?: number | undefined;
  /** What is traded, in the plural: `"contracts"`, `"BTC"` (default `"shares"`). The library's own messages say shares. */
  readonly unit?: string | undefined;
  /** Name of the currency (default `"USD"`). */
  readonly currency?: string | undefined;
}

/** A line of the passport: what the ticket came to, in a trader's words. */
export interface PassportRow {
  /** What it is about. */
  readonly what: string;
  /** How much, with its unit. */
  readonly howMuch: string;
  /** Which fields of the ticket it comes from, and the letter that it became. */
  readonly from: string;
}

/** The clock at the ends of each slice: `"10:05"`, with date and offset where the ticket has dates (N texts each). */
export interface SliceClock {
  /** When each slice begins. */
  readonly starts: readonly string[];
  /** When each slice ends; after a break the next one begins later. */
  readonly ends: readonly string[];
}

/** The problem that a ticket becomes, as plain data. */
export interface TicketProblem {
  /** The problem, in minutes of trading time and in currency per unit. */
  readonly problem: ExecutionProblem;
  /** The cap as bounds for `boundedSchedule`, `certify` and `efficientFrontier`; undefined without one. */
  readonly bounds:
    | {
        /** The most of each trade (N numbers, units). */
        readonly upper: readonly number[];
      }
    | undefined;
  /** Cap and lot for `planSchedule` and `auditSchedule`; an odd lot is left out, as it would allow no schedule. */
  readonly constraints: PlanConstraints;
  /** When slices begin and end. */
  readonly slices: SliceClock;
  /** What was traded, where the ticket says it. */
  readonly symbol: string | undefined;
  /** What is traded, in the plural. */
  readonly unit: string;
  /** The ticket back in a trader's words, with every assumption. */
  readonly passport: readonly PassportRow[];
  /** What looks like a slip; those of the problem are among them. */
  readonly warnings: readonly string[];
}
