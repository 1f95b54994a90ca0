/**
 * Orders on their way to a worker: their numbers in memory that both threads share, and beside them what is not a number. Objects
 * would be copied field by field and checked anew on the other side, which takes longer than to plan an order.
 *
 * @module
 */
import type { TradeBounds } from "../model/bounds";
import type { ExecutionProblem, Side, Timing } from "../model/executionProblem";
import { isLinear } from "../model/impactModel";
import type { Units } from "../model/notation";
import type { Profile } from "../model/profile";
import { restoreProblem } from "../model/remembered";
import { Cursor } from "./cursor";
import { answerLength } from "./packedAnswers";
import { areNumbers, boundsLength, readBounds, writeBounds } from "./packedBounds";

/** What of an order goes beside its numbers. */
export interface Beside extends Partial<Pick<ExecutionProblem, "impact" | "earlierTrades">> {
  /** Bounds that are not N numbers, which a worker refuses in words. */
  readonly bounds?: TradeBounds | undefined;
}

/** Orders on their way. */
export interface PackedOrders {
  /** The orders one after another, and behind them room for their optima. */
  readonly exchange: SharedArrayBuffer;
  readonly count: number;
  /** How many numbers the orders take. */
  readonly length: number;
  /** Units of time and money, which messages write. */
  readonly units: readonly Units[];
  /** What goes beside numbers, by order. */
  readonly beside: readonly (readonly [index: number, beside: Beside])[];
  /** Bounds of all orders; where each has its own they are among the numbers. */
  readonly bounds: TradeBounds | undefined;
}

/** An order that has arrived, and what it may trade. */
export interface ArrivedOrder {
  readonly problem: ExecutionProblem;
  readonly bounds: TradeBounds | undefined;
}

const sides: readonly Side[] = ["sell", "buy"];
const timings: readonly Timing[] = ["start", "mid", "end"];
const parts = [undefined, "none", "half", "full"] as const;
const none = Number.NaN;

/** Fields of a profile that are numbers, in the order in which they go. */
const series = [
  "lengths",
  "volumes",
  "volatility",
  "temporaryImpact",
  "permanentImpact",
  "halfSpread",
  "drift",
] as const;

/** Numbers of an order that every order has. */
const headLength = 18;

/** Where an order's bounds are: those of all orders, numbers that follow, or beside the numbers, where there may be none. */
const [ofAll, amongNumbers, besideNumbers] = [0, 1, 2];

/**
 * Writes orders for a worker.
 *
 * @param bounds - of all orders, or one for each
 * @param used - memory of an earlier task that has been read, to be used again where it is large enough
 */
export function packOrders(
  problems: readonly ExecutionProblem[],
  bounds: TradeBounds | undefined | readonly (TradeBounds | undefined)[],
  used?: SharedArrayBuffer,
): PackedOrders {
  const own = Array.isArray(bounds) ? (bounds as readonly (TradeBounds | undefined)[]) : undefined;
  const bytes = exchangeBytes(problems, own !== undefined);
  const exchange = used !== undefined && used.byteLength >= bytes ? used : new SharedArrayBuffer(bytes);
  const out = new Cursor(new Float64Array(exchange), 0);
  const units: Units[] = [];
  const beside: [number, Beside][] = [];
  for (let i = 0; i < problems.length; i++) {
    const problem = problems[i];
    const { earlierTrades } = problem;
    const limits = own?.[i];
    const place = own === undefined ? ofAll : placeOf(limits, problem.intervals);
    const impact = isLinear(problem) ? undefined : problem.impact;
    const odd = place === besideNumbers ? limits : undefined;
    if ((impact ?? earlierTrades ?? odd) !== undefined)
      beside.push([i, { impact, earlierTrades, bounds: odd }]);
    writeProblem(out, problem, unitsIndex(units, problem));
    out.write(place);
    if (place === amongNumbers) writeBounds(out, limits as TradeBounds, problem.intervals);
  }
  const shared = own === undefined ? (bounds as TradeBounds | undefined) : undefined;
  return { exchange, count: problems.length, length: out.place, units, beside, bounds: shared };
}

function placeOf(bounds: TradeBounds | undefined, intervals: number): number {
  return bounds !== undefined && areNumbers(bounds, intervals) ? amongNumbers : besideNumbers;
}

/** How many bytes orders and their optima take at most. */
function exchangeBytes(problems: readonly ExecutionProblem[], hasBounds: boolean): number {
  let length = 0;
  for (const { intervals: N, profile } of problems) {
    length += headLength + answerLength(N);
    if (profile !== undefined) length += (series.length + 1) * N;
    if (hasBounds) length += boundsLength(N);
  }
  return length * Float64Array.BYTES_PER_ELEMENT;
}

/** The place of a problem's units among those of the chunk. */
function unitsIndex(units: Units[], { timeUnit, currency }: Units): number {
  for (let i = 0; i < units.length; i++) {
    if (units[i].timeUnit === timeUnit && units[i].currency === currency) return i;
  }
  return units.push({ timeUnit, currency }) - 1;
}

function writeProblem(out: Cursor, problem: ExecutionProblem, units: number): void {
  out.write(problem.shares);
  out.write(problem.horizon);
  out.write(problem.intervals);
  out.write(problem.volatility);
  out.write(problem.temporaryImpact);
  out.write(problem.permanentImpact);
  out.write(problem.halfSpread);
  out.write(problem.drift);
  out.write(problem.riskAversion);
  out.write(problem.arrivalPrice ?? none);
  out.write(problem.remainderPrice ?? none);
  out.write(sides.indexOf(problem.side));
  out.write(timings.indexOf(problem.timing));
  out.write(parts.indexOf(problem.ownImpact));
  out.write(units);
  writeProfile(out, problem.profile);
}

/** A bit for each field that there is, and the fields' numbers; −1 without a profile. */
function writeProfile(out: Cursor, profile: Profile | undefined): void {
  if (profile === undefined) {
    out.write(-1);
    return;
  }
  const { open } = profile;
  let known = open === undefined ? 0 : 1;
  for (let i = 0; i < series.length; i++) if (profile[series[i]] !== undefined) known += 2 << i;
  out.write(known);
  for (const field of series) {
    const values = profile[field];
    if (values !== undefined) out.writeAll(values);
  }
  if (open !== undefined) for (let k = 0; k < open.length; k++) out.write(open[k] ? 1 : 0);
}

/** Reads orders back, in their order. */
export class OrderReader {
  private readonly from: Cursor;
  private readonly beside: ReadonlyMap<number, Beside>;
  private index = 0;

  constructor(private readonly packed: PackedOrders) {
    this.from = new Cursor(new Float64Array(packed.exchange), 0);
    this.beside = new Map(packed.beside);
  }

  /** The next order. */
  next(): ArrivedOrder {
    const { from } = this;
    const beside = this.beside.get(this.index++);
    const problem = readProblem(from, this.packed.units, beside);
    const place = from.read();
    if (place === amongNumbers) return { problem, bounds: readBounds(from, problem.intervals) };
    return { problem, bounds: place === ofAll ? this.packed.bounds : beside?.bounds };
  }
}

function readProblem(from: Cursor, units: readonly Units[], beside: Beside | undefined): ExecutionProblem {
  const shares = from.read();
  const horizon = from.read();
  const intervals = from.read();
  const volatility = from.read();
  const temporaryImpact = from.read();
  const permanentImpact = from.read();
  const halfSpread = from.read();
  const drift = from.read();
  const riskAversion = from.read();
  const arrivalPrice = from.read();
  const remainderPrice = from.read();
  const side = sides[from.read()];
  const timing = timings[from.read()];
  const ownImpact = parts[from.read()];
  const { timeUnit, currency } = units[from.read()];
  const profile = readProfile(from, intervals);
  return restoreProblem(
    {
      side,
      shares,
      horizon,
      intervals,
      volatility,
      temporaryImpact,
      permanentImpact,
      ownImpact,
      earlierTrades: beside?.earlierTrades,
      halfSpread,
      remainderPrice: Number.isNaN(remainderPrice) ? undefined : remainderPrice,
      drift,
      riskAversion,
      timing,
      profile,
      arrivalPrice: Number.isNaN(arrivalPrice) ? undefined : arrivalPrice,
      timeUnit,
      currency,
      warnings: [],
    },
    beside?.impact,
  );
}

function readProfile(from: Cursor, N: number): Profile | undefined {
  const known = from.read();
  if (known < 0) return undefined;
  const profile: { -readonly [field in keyof Profile]: Profile[field] } = {};
  for (let i = 0; i < series.length; i++) if (known & (2 << i)) profile[series[i]] = from.readAll(N);
  if (known & 1) profile.open = from.readAll(N).map((open) => open === 1);
  return profile;
}
