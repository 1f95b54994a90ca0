/**
 * Errors thrown by the library: ordinary `Error`s with plain fields, told apart by `name` (not by `instanceof`, which fails
 * between two loaded copies of the library).
 *
 * @module
 */

/** Bad input: one parameter has a value that its documentation does not allow. */
export class InputError extends Error {
  /** `"InputError"`, by which it is told apart. */
  override readonly name = "InputError";

  /**
   * @param parameter - the parameter, as the caller wrote it
   * @param value - what was given
   * @param allowed - what is allowed, with its unit
   * @param hint - the next step, where there is one to name
   */
  constructor(
    readonly parameter: string,
    readonly value: unknown,
    readonly allowed: string,
    hint = "",
  ) {
    super(`${parameter} must be ${allowed}; got ${describeValue(value)}.${hint === "" ? "" : ` ${hint}`}`);
  }
}

/** Where a cell stands. */
export interface CellPlace {
  /** What the table is called. */
  readonly file: string;
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** Cell of the line, counted from 1. */
  readonly column: number;
  /** Name of the column, where there is one. */
  readonly header?: string;
}

/** A cell of a table that is not what it should be: an `InputError` that also says where. */
export class DataError extends InputError {
  /** Line of the file, counted from 1. */
  readonly line: number;
  /** Cell of the line, counted from 1. */
  readonly column: number;

  /**
   * @param place - file, line, column and its header
   * @param value - what stands there
   * @param allowed - what may stand there
   * @param hint - the next step, where there is one to name
   */
  constructor(place: CellPlace, value: unknown, allowed: string, hint = "") {
    const { file, line, column, header = "" } = place;
    const of = header === "" ? "" : ` (${header})`;
    super(`${file}, line ${line}, column ${column}${of}`, value, allowed, hint);
    this.line = line;
    this.column = column;
  }
}

/** Why a problem has no optimum that a solver could return. */
export type NoOptimumReason =
  /** The expected cost is not convex in the trades: it falls without end along `direction`. */
  | "cost-not-convex"
  /**
   * Leaving shares saves more permanent impact than trading them costs, ever more so: E + λV is not convex in what is left, or, under
   * a law that is not linear, is not shown to be.
   */
  | "remainder-not-convex"
  /** The risk aversion is negative beyond the limit at which `E + λV` stops being convex. */
  | "risk-seeking-beyond-limit"
  /** The smooth optimum trades in both directions, and with a half spread it is then not the optimum. */
  | "spread-and-reversal";

/** What `NoOptimumError` carries as evidence; which fields there are depends on the reason. */
export interface NoOptimumEvidence {
  /** 2η/γ: intervals must be shorter than this (unit of time). */
  readonly largestInterval?: number;
  /** The smallest number of intervals with which the expected cost is convex. */
  readonly smallestIntervals?: number;
  /**
   * Trades to add, times any large number, to make the expected cost as small as one likes; with `"remainder-not-convex"`
   * what is left is the last of them, and along them E + λV curves down.
   */
  readonly direction?: readonly number[];
  /** The risk aversion at which `E + λV` stops being convex (1/currency). */
  readonly riskAversionLimit?: number;
  /** The trades of the best schedule that was found (shares). */
  readonly trades?: readonly number[];
  /** What that schedule is proven to lie within of the least (currency). */
  readonly gap?: number;
  /** The first interval, counted from 1, whose trade goes against the order. */
  readonly firstReversal?: number;
  /** Of a portfolio: the same as `direction`, N rows of a number for each name. */
  readonly roundTrip?: readonly (readonly number[])[];
  /** Of a portfolio whose permanent impact is not symmetric: a round trip of four legs that makes money. */
  readonly fourLegTrip?: FourLegTrip;
}

/** Selling one name, then another, buying back the first, then the other. */
export interface FourLegTrip {
  /** The name that is sold first. */
  readonly first: string;
  /** The name that is sold second. */
  readonly second: string;
  /** Shares of both. */
  readonly shares: readonly [number, number];
  /** The least number of trades a leg with which the trip makes money before spreads. */
  readonly profitableTradesPerLeg: number;
  /** Numbers of trades a leg, 1, 2, 4 and so on. */
  readonly tradesPerLeg: readonly number[];
  /** What the trip costs with as many, before spreads, below 0 where it makes money (currency). */
  readonly costs: readonly number[];
}

/** The problem is well formed, but it has no optimum of the kind asked for; the fields prove it. */
export class NoOptimumError extends Error {
  /** `"NoOptimumError"`, by which it is told apart. */
  override readonly name = "NoOptimumError";

  /**
   * @param reason - which of the four reasons
   * @param message - the reason in words, with the numbers and the next step
   * @param evidence - the numbers that prove it
   */
  constructor(
    readonly reason: NoOptimumReason,
    message: string,
    readonly evidence: NoOptimumEvidence,
  ) {
    super(message);
  }
}

/** A value in words, short enough for a message. */
function describeValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return `the text ${JSON.stringify(shorten(value))}`;
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `an array of length ${value.length}`;
  if (typeof value === "object" && value !== null) return describeObject(value);
  return Object.is(value, -0) ? "-0" : String(value);
}

/** An object, with its kind where it is one of the language's own, such as a Date. */
function describeObject(value: object): string {
  const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
  if (ArrayBuffer.isView(value) && "length" in value) return `a ${kind} of length ${value.length}`;
  return kind === "Object" ? "an object" : `an object of type ${shorten(kind)}`;
}

function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 37)}…`;
}
