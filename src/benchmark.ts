/**
 * Benchmark prices, and how far an execution was from them.
 *
 * @module
 */
import { InputError } from "./errors";
import type { Side } from "./problem";
import { checkChoice, checkKeys, checkNumber, checkNumbers, notNegative, positive } from "./support/checks";
import { Sum } from "./support/numbers";

/**
 * The prices that an execution can be measured against. Those that contain a price from after the trading say `ahead`:
 *
 * - `"arrival"` (also called `"IS"`): S_0, the price when the order arrived;
 * - `"open"`: the session's opening price;
 * - `"TWAP"`: the mean of S_0 … S_{N−1}, the prices at which intervals begin;
 * - `"VWAP"`: the same prices, weighted by the market's volumes;
 * - `"PWP"`: the VWAP over the time in which a given share of the market's volume adds up to the order
 *   (participation-weighted price);
 * - `"TWAP ahead"`, `"VWAP ahead"`: the same of S_1 … S_N, the prices at which intervals end;
 * - `"close ahead"`: the session's closing price.
 */
export type BenchmarkName =
  | "arrival"
  | "open"
  | "TWAP"
  | "VWAP"
  | "PWP"
  | "TWAP ahead"
  | "VWAP ahead"
  | "close ahead";

const names: readonly BenchmarkName[] = [
  "arrival",
  "open",
  "TWAP",
  "VWAP",
  "PWP",
  "TWAP ahead",
  "VWAP ahead",
  "close ahead",
];

/** What the market did while an order was worked. */
export interface MarketRecord {
  /** S_0 … S_N: the price on arrival, and at the end of each of N intervals (N + 1 numbers, currency/share). */
  readonly prices: readonly number[];
  /** What the whole market traded in each interval, 0 or above (N numbers, shares). */
  readonly volumes?: readonly number[] | undefined;
  /** The session's opening price (currency/share). */
  readonly open?: number | undefined;
  /** The session's closing price (currency/share). */
  readonly close?: number | undefined;
}

/** What `"PWP"` needs besides the market. */
export interface ParticipationTerms {
  /** Size of the order, above 0 (shares). */
  readonly shares: number;
  /** Share of the market's volume that the benchmark trades, above 0 and at most 1. */
  readonly participation: number;
}

/** A trade that was done. */
export interface Fill {
  /** Price (currency/share). */
  readonly price: number;
  /** Size, above 0 for both sides (shares). */
  readonly shares: number;
}

/**
 * A benchmark price from market data.
 *
 * @param benchmark - a name, in small or large letters
 * @param market - prices, and what the benchmark needs of volumes, open and close
 * @param terms - size and participation, for `"PWP"` only
 * @returns the price (currency/share)
 * @throws InputError when the name is unknown (the message lists the possible ones), data that it needs are missing, or a
 *   number is not what it should be
 *
 * Source: seed B section 1 for TWAP and VWAP, which index the prices 1 … N, here `ahead`.
 *
 * @example
 * ```ts
 * const market = { prices: [100, 101, 103, 102], volumes: [500, 300, 200], close: 104 };
 * benchmarkPrice("IS", market); // → 100
 * benchmarkPrice("twap", market); // → 101.333
 * benchmarkPrice("VWAP", market); // → 100.9
 * benchmarkPrice("VWAP ahead", market); // → 101.8
 * benchmarkPrice("PWP", market, { shares: 60, participation: 0.1 }); // → 100.167
 * ```
 */
export function benchmarkPrice(benchmark: string, market: MarketRecord, terms?: ParticipationTerms): number {
  const name = checkBenchmark(benchmark);
  const { prices, volumes, open, close } = checkMarket(market);
  if (name === "open") return needed(name, "open", open);
  if (name === "close ahead") return needed(name, "close", close);
  const weights = benchmarkWeights(name, prices.length - 1, volumes, terms);
  const sum = new Sum();
  weights.forEach((weight, k) => {
    if (weight !== 0) sum.add(weight * (prices[k] as number));
  });
  return sum.value;
}

/** A benchmark that is an average of S_0 … S_N. */
export type AverageName = Exclude<BenchmarkName, "open" | "close ahead">;

/** The weights w_0 … w_N, summing to 1, with which a benchmark averages S_0 … S_N. */
export function benchmarkWeights(
  name: AverageName,
  N: number,
  volumes: readonly number[] | undefined,
  terms: ParticipationTerms | undefined,
): Float64Array {
  const weights = new Float64Array(N + 1);
  if (name === "arrival") {
    weights[0] = 1;
    return weights;
  }
  const first = name === "TWAP ahead" || name === "VWAP ahead" ? 1 : 0;
  if (name === "TWAP" || name === "TWAP ahead") return weights.fill(1 / N, first, first + N);
  const Q =
    name === "PWP" ? participated(needed(name, "volumes", volumes), terms) : needed(name, "volumes", volumes);
  const sum = new Sum();
  for (const volume of Q) sum.add(volume);
  const total = checkNumber("the sum of market.volumes", sum.value, positive, "shares");
  for (let k = 0; k < N; k++) weights[first + k] = (Q[k] as number) / total;
  return weights;
}

/** The volumes until a share of them adds up to the order; the last one in part. */
function participated(volumes: readonly number[], terms: ParticipationTerms | undefined): number[] {
  const given = checkKeys('the terms of "PWP"', terms, ["shares", "participation"]);
  const shares = checkNumber("shares", given.shares, positive, "shares");
  const participation = checkNumber(
    "participation",
    given.participation,
    { contains: (value) => value > 0 && value <= 1, words: "a number above 0 and at most 1" },
    "",
  );
  let wanted = shares / participation;
  const taken = volumes.map((volume) => {
    const part = Math.min(volume, wanted);
    wanted -= part;
    return part;
  });
  if (wanted > 1e-12 * (shares / participation)) {
    throw new InputError(
      "market.volumes",
      volumes,
      `volumes of which ${100 * participation} % reach the order of ${shares} shares`,
      'Without them "PWP" has no end: extend the record, or raise the participation.',
    );
  }
  return taken;
}

/** The average price of some fills, Σ n_i p_i / Σ n_i. */
function averagePrice(fills: readonly Fill[]): { readonly price: number; readonly shares: number } {
  const [value, shares] = [new Sum(), new Sum()];
  for (const fill of fills) {
    value.add(fill.price * fill.shares);
    shares.add(fill.shares);
  }
  return { price: value.value / shares.value, shares: shares.value };
}

/** How far an execution was from a benchmark: positive = money lost, for both sides. */
export interface Slippage {
  readonly benchmark: BenchmarkName;
  /** The benchmark (currency/share). */
  readonly benchmarkPrice: number;
  /** The average price of the fills (currency/share). */
  readonly executionPrice: number;
  /** What was traded (shares). */
  readonly shares: number;
  /** s (benchmark − execution), s = +1 for a sell, −1 for a buy (currency/share). */
  readonly perShare: number;
  /** The same over all shares (currency). */
  readonly cost: number;
  /** The same in 1/10,000 of the benchmark. */
  readonly basisPoints: number;
}

/** An execution: its side and its fills. */
export interface Execution {
  readonly side: Side;
  /** At least one fill. */
  readonly fills: readonly Fill[];
}

/**
 * The slippage of an execution against a named benchmark, which desks also call its market impact.
 *
 * @param execution - side and fills
 * @param benchmark - a name, in small or large letters
 * @param market - prices, and what the benchmark needs of volumes, open and close
 * @param participation - for `"PWP"` only: the benchmark's share of the market's volume; its order is what was filled
 * @returns slippage in currency, per share and in basis points, positive = money lost
 * @throws InputError when an argument is not what it should be
 *
 * Source: seed B section 1, which meant to compute it.
 *
 * @example
 * ```ts
 * const market = { prices: [100, 101, 103, 102], volumes: [500, 300, 200] };
 * const fills = [{ price: 100.9, shares: 30 }, { price: 101.5, shares: 20 }];
 * const sold = benchmarkSlippage({ side: "sell", fills }, "VWAP", market);
 * sold.executionPrice; // → 101.14
 * sold.cost; // → -12
 * benchmarkSlippage({ side: "buy", fills }, "IS", market).basisPoints; // → 114
 * ```
 */
export function benchmarkSlippage(
  execution: Execution,
  benchmark: string,
  market: MarketRecord,
  participation?: number,
): Slippage {
  const given = checkKeys("execution", execution, ["side", "fills"]);
  const sign = checkChoice("side", given.side, ["sell", "buy"]) === "sell" ? 1 : -1;
  const fills = checkFills(given.fills);
  if (fills.length === 0) throw new InputError("fills", fills, "an array of at least one fill");
  const name = checkBenchmark(benchmark);
  const { price, shares } = averagePrice(fills);
  const terms = participation === undefined ? undefined : { shares, participation };
  const reference = benchmarkPrice(name, market, terms);
  const perShare = sign * (reference - price);
  return Object.freeze({
    benchmark: name,
    benchmarkPrice: reference,
    executionPrice: price,
    shares,
    perShare,
    cost: perShare * shares,
    basisPoints: 1e4 * (perShare / reference),
  });
}

/** An order and what became of it. */
export interface OrderRecord {
  readonly side: Side;
  /** What was ordered, above 0 (shares). */
  readonly shares: number;
  /** The price when it was decided to trade (currency/share). */
  readonly decisionPrice: number;
  /** The price when trading began (currency/share; default the decision price). */
  readonly arrivalPrice?: number | undefined;
  /** What was traded, at most the order; empty where nothing was. */
  readonly fills: readonly Fill[];
  /** The price at which what was not traded is valued; needed where something was not (currency/share). */
  readonly finalPrice?: number | undefined;
  /** Commissions and taxes (currency; default 0). */
  readonly fees?: number | undefined;
}

/** The implementation shortfall and its parts, positive = money lost, for both sides. */
export interface Shortfall {
  /** What the price did between decision and arrival, on what was filled (currency). */
  readonly delay: number;
  /** Fills against the arrival price (currency). */
  readonly trading: number;
  /** What the price did from the decision to the end, on what was not filled (currency). */
  readonly opportunity: number;
  /** As given (currency). */
  readonly fees: number;
  /** Paper less real result, computed for itself; the four parts sum to it (currency). */
  readonly total: number;
  /** The total in 1/10,000 of the order's value at the decision. */
  readonly basisPoints: number;
  /** What was filled, and what was not (shares). */
  readonly filled: number;
  readonly unfilled: number;
}

/**
 * The implementation shortfall of an order: what it would have been worth had all of it been done at once, free, at
 * the price of the decision, less what it came to.
 *
 * @param order - side, size, prices, fills, fees
 * @returns the total and its parts: delay, trading, opportunity cost and fees
 * @throws InputError when a field is not what it should be, more was filled than ordered, or something was not filled and
 *   there is no final price
 *
 * Source: Perold (1988), *The implementation shortfall: paper versus reality*, with delay and trading told apart.
 *
 * @example
 * ```ts
 * const shortfall = implementationShortfall({
 *   side: "buy", shares: 1000, decisionPrice: 50, arrivalPrice: 50.1,
 *   fills: [{ price: 50.2, shares: 500 }, { price: 50.4, shares: 300 }], finalPrice: 51, fees: 8,
 * });
 * shortfall.total; // → 428
 * shortfall.delay; // → 80
 * shortfall.trading; // → 140
 * shortfall.opportunity; // → 200
 * ```
 */
export function implementationShortfall(order: OrderRecord): Shortfall {
  const given = checkKeys("order", order, [
    "side",
    "shares",
    "decisionPrice",
    "arrivalPrice",
    "fills",
    "finalPrice",
    "fees",
  ]);
  const sign = checkChoice("side", given.side, ["sell", "buy"]) === "sell" ? 1 : -1;
  const shares = checkNumber("shares", given.shares, positive, "shares");
  const decision = checkPrice("decisionPrice", given.decisionPrice);
  const arrival =
    given.arrivalPrice === undefined ? decision : checkPrice("arrivalPrice", given.arrivalPrice);
  const fills = checkFills(given.fills);
  const fees = given.fees === undefined ? 0 : checkNumber("fees", given.fees, notNegative, "currency");

  const [filled, value] = [new Sum(), new Sum()];
  for (const fill of fills) {
    filled.add(fill.shares);
    value.add(fill.shares * fill.price);
  }
  const unfilled = Math.abs(shares - filled.value) <= 1e-9 * shares ? 0 : shares - filled.value;
  if (unfilled < 0) {
    throw new InputError(
      "fills",
      fills,
      `fills of at most the order of ${shares} shares, not of ${filled.value}`,
    );
  }
  if (unfilled > 0 && given.finalPrice === undefined) {
    throw new InputError(
      "finalPrice",
      undefined,
      `given (currency/share): ${unfilled} shares were not filled, and must be valued`,
    );
  }
  const final = unfilled === 0 ? decision : checkPrice("finalPrice", given.finalPrice);
  const total = new Sum();
  for (const part of [shares * decision, -value.value, -unfilled * final]) total.add(sign * part);
  total.add(fees);
  return Object.freeze({
    delay: sign * filled.value * (decision - arrival) + 0,
    trading: sign * (filled.value * arrival - value.value) + 0,
    opportunity: sign * unfilled * (decision - final) + 0,
    fees,
    total: total.value,
    basisPoints: 1e4 * (total.value / (shares * decision)),
    filled: filled.value,
    unfilled,
  });
}

/** A benchmark's name, however it is written. */
export function checkBenchmark(name: unknown): BenchmarkName {
  const wanted = typeof name === "string" ? name.trim().toUpperCase() : undefined;
  const found = wanted === "IS" ? "arrival" : names.find((known) => known.toUpperCase() === wanted);
  if (found !== undefined) return found;
  const list = names.map((known) => (known === "arrival" ? '"IS" (or "arrival")' : `"${known}"`)).join(", ");
  throw new InputError("benchmark", name, `one of the possible benchmarks: ${list}`);
}

function checkMarket(market: MarketRecord): MarketRecord {
  const given = checkKeys("market", market, ["prices", "volumes", "open", "close"]);
  const isList = Array.isArray(given.prices) || given.prices instanceof Float64Array;
  if (!isList || (given.prices as readonly number[]).length < 2) {
    throw new InputError("market.prices", given.prices, "an array of at least 2 prices (currency/share)");
  }
  const { length } = given.prices as readonly number[];
  const price = (field: "open" | "close"): number | undefined =>
    given[field] === undefined ? undefined : checkPrice(`market.${field}`, given[field]);
  return {
    prices: checkNumbers("market.prices", given.prices, length, anyPrice, "currency/share"),
    volumes:
      given.volumes === undefined
        ? undefined
        : checkNumbers("market.volumes", given.volumes, length - 1, notNegative, "shares"),
    open: price("open"),
    close: price("close"),
  };
}

/** A simulated price may turn negative; one of zero has no basis points. */
const anyPrice = { contains: (value: number) => value !== 0, words: "a finite number other than 0" };

function checkPrice(name: string, value: unknown): number {
  return checkNumber(name, value, anyPrice, "currency/share");
}

function checkFills(fills: unknown): readonly Fill[] {
  if (!Array.isArray(fills)) throw new InputError("fills", fills, "an array of fills { price, shares }");
  return fills.map((fill: unknown, i) => {
    const given = checkKeys(`fills[${i}]`, fill, ["price", "shares"]);
    return {
      price: checkPrice(`fills[${i}].price`, given.price),
      shares: checkNumber(`fills[${i}].shares`, given.shares, positive, "shares"),
    };
  });
}

function needed<T>(benchmark: BenchmarkName, field: "volumes" | "open" | "close", value: T | undefined): T {
  if (value !== undefined) return value;
  throw new InputError(`market.${field}`, value, `given: the benchmark "${benchmark}" needs it`);
}
