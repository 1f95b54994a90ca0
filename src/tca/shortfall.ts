/**
 * How far an execution was from where it should have been: slippage against a benchmark, and implementation shortfall.
 *
 * @module
 */

import type { Side } from "../model/executionProblem";
import {
  anyFinite,
  checkChoice,
  checkKeys,
  checkNumber,
  checkRecord,
  isMissing,
  positive,
} from "../support/checks";
import { InputError } from "../support/errors";
import { basisPoints, Sum } from "../support/numbers";
import {
  type BenchmarkName,
  type BenchmarkText,
  benchmarkPrice,
  checkBenchmark,
  checkParticipation,
} from "./benchmark";
import { checkPrice, type MarketData } from "./market";

/** A trade that was done. A blotter's other fields, such as time and venue, are left alone. */
export interface Fill {
  /** Price (currency/share). */
  readonly price: number;
  /** Size, above 0 for both sides (shares). */
  readonly shares: number;
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
  /** The benchmark, by its full name. */
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
  /** The same in 1/10,000 of the benchmark's absolute value; NaN where that is 0. */
  readonly basisPoints: number;
}

/** An execution: its side and its fills. Other fields are left alone. */
export interface Execution {
  /** Whether it sells or buys. */
  readonly side: Side;
  /** At least one fill. */
  readonly fills: readonly Fill[];
}

/**
 * The slippage of an execution against a named benchmark, which desks also call its market impact.
 *
 * @param execution - side and fills
 * @param benchmark - a name, in lower or upper case
 * @param market - prices, and what the benchmark needs of volumes, open and close
 * @param options - `participation`, for `"PWP"`, whose order is what was filled
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
export function benchmarkSlippage<Record extends Execution, Market extends MarketData>(
  execution: Record,
  benchmark: BenchmarkText,
  market: Market,
  options: SlippageOptions = {},
): Slippage {
  const { participation } = checkKeys("benchmarkSlippage's options", options, ["participation"]);
  const given = checkRecord("execution", execution, "an object with side and fills");
  const sign = checkChoice("side", given.side, ["sell", "buy"]) === "sell" ? 1 : -1;
  const fills = checkFills(given.fills);
  if (fills.length === 0) throw new InputError("fills", fills, "an array of at least one fill");
  const name = checkBenchmark(benchmark);
  const { price, shares } = averagePrice(fills);
  const terms = name === "PWP" ? { shares, participation: checkParticipation(participation) } : undefined;
  const reference = benchmarkPrice(name, market, terms);
  const perShare = sign * (reference - price);
  return Object.freeze({
    benchmark: name,
    benchmarkPrice: reference,
    executionPrice: price,
    shares,
    perShare,
    cost: perShare * shares,
    basisPoints: basisPoints(perShare, reference),
  });
}

/** Options of `benchmarkSlippage`. */
export interface SlippageOptions {
  /** For `"PWP"` only: fraction of the market's volume that the benchmark trades, above 0 and at most 1. */
  readonly participation?: number | undefined;
}

/** A parent order and what became of it. Other fields are left alone. */
export interface ParentOrder {
  /** Whether it sells or buys. */
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
  /** Commissions and taxes, negative where rebates exceed them (currency; default 0). */
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
  /** The total in 1/10,000 of the order's absolute value at the decision; NaN where that is 0. */
  readonly basisPoints: number;
  /** What was filled (shares). */
  readonly filled: number;
  /** What was not (shares). */
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
export function implementationShortfall<Order extends ParentOrder>(order: Order): Shortfall {
  const given = checkRecord("order", order, "an object with side, shares, decisionPrice and fills");
  const sign = checkChoice("side", given.side, ["sell", "buy"]) === "sell" ? 1 : -1;
  const shares = checkNumber("shares", given.shares, positive, "shares");
  const decision = checkPrice("decisionPrice", given.decisionPrice);
  const arrival = isMissing(given.arrivalPrice) ? decision : checkPrice("arrivalPrice", given.arrivalPrice);
  const fills = checkFills(given.fills);
  const fees = isMissing(given.fees) ? 0 : checkNumber("fees", given.fees, anyFinite, "currency");

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
  if (unfilled > 0 && isMissing(given.finalPrice)) {
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
    basisPoints: basisPoints(total.value / shares, decision),
    filled: filled.value,
    unfilled,
  });
}

function checkFills(fills: unknown): readonly Fill[] {
  if (!Array.isArray(fills)) throw new InputError("fills", fills, "an array of fills { price, shares }");
  // `Array.from` shows the holes that `map` would pass over.
  return Array.from(fills, (fill: unknown, i) => {
    const given = checkRecord(`fills[${i}]`, fill, "a fill { price, shares }");
    return {
      price: checkPrice(`fills[${i}].price`, given.price),
      shares: checkNumber(`fills[${i}].shares`, given.shares, positive, "shares"),
    };
  });
}
