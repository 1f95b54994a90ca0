/**
 * The model's parameters from a ticket's words: σ from a daily volatility, η and γ from rules of thumb, ε from spread and fees.
 *
 * @module
 */

import { followingMarket } from "../model/impactByMarket";
import { exponents } from "../model/powerImpact";
import {
  anyFinite,
  checkChoice,
  checkKeys,
  checkName,
  checkNumber,
  isList,
  notNegative,
  positive,
} from "../support/checks";
import { InputError } from "../support/errors";
import { formatSignificant } from "../support/format";
import { total } from "../support/numbers";

/** What rules are about: a price and the spread in currency per unit, a volume per day. */
export interface RuleBase {
  readonly price: number;
  readonly dailyVolume: number;
  readonly currency: string;
}

/** A rule of impact, checked. */
export interface ImpactRule {
  readonly fraction: number;
  readonly basisPoints: number;
  readonly over: "day" | "order";
  /** β. */
  readonly exponent: number;
  readonly follows: "clock" | "volume" | "market";
}

const ruleFields = ["fractionOfDailyVolume", "basisPoints"];

/** Checks what speed costs. */
export function checkImpactRule(value: unknown): ImpactRule {
  const given = checkKeys("impactRule", value, [...ruleFields, "over", "exponent", "follows"]);
  const over =
    given.over === undefined ? "day" : checkChoice("impactRule.over", given.over, ["day", "order"]);
  const fraction = checkNumber("impactRule.fractionOfDailyVolume", given.fractionOfDailyVolume, positive, "");
  const basisPoints = checkNumber("impactRule.basisPoints", given.basisPoints, positive, "basis points");
  const follows =
    given.follows === undefined
      ? "clock"
      : checkChoice("impactRule.follows", given.follows, ["clock", "volume", "market"]);
  const exponent = checkNumber("impactRule.exponent", given.exponent ?? 1, exponents, "");
  return { fraction, basisPoints, over, exponent, follows };
}

/** A slice's own market. */
export interface SliceMarket {
  /** What it trades (units), and how long it lasts (minutes). */
  readonly volume: number;
  readonly length: number;
  /** Of a day at its pace (fraction of the price per day). */
  readonly volatility: number;
}

/**
 * η of each slice where it follows the market: η times (the market's volume in a usual minute over that in a minute of the slice)^β, and, where it
 * follows the volatility too, the slice's over the day's. Then η_k|n/τ_k|^β is one function of n/V_k for all slices, or the slice's volatility
 * times one.
 *
 * @param usual - the volume of a usual minute, and the volatility of a day
 */
export function impactBySlice(
  η: number,
  { exponent, follows }: ImpactRule,
  usual: { readonly volume: number; readonly volatility: number },
  slices: readonly SliceMarket[],
): readonly number[] | undefined {
  if (follows === "clock") return undefined;
  const volumes = slices.map(({ volume, length }) => volume / length / usual.volume);
  const volatilities = slices.map(({ volatility }) => volatility / usual.volatility);
  const market = follows === "market" ? { volumes, volatilities } : { volumes };
  return followingMarket(η, exponent, market, (what, k) => {
    const [name, value] =
      what === "volumes" ? ["volume", slices[k].volume] : ["volatility", slices[k].volatility];
    const words = `above 0 where impactRule.follows is "${follows}": without ${name} no trade has a price`;
    throw new InputError(`the ${name} of slice ${k + 1}`, value, words);
  });
}

/** What a rule says: a rate of trading, and what it concedes on each unit. */
export interface RulePoint {
  /** v = q·volume/T (units/minute). */
  readonly rate: number;
  /** b basis points of the price (currency/unit). */
  readonly impact: number;
}

/**
 * What a rule says: trading v = q·volume/T evenly concedes b basis points of the price on each unit, and the model says ηv^β.
 * Almgren and Chriss calibrate theirs in this way: a bid–ask spread for each 1% of the daily volume (AC § 3.4).
 *
 * @param time - T, a day or the order's own time
 */
export function pointOfRule(
  { fraction, basisPoints }: ImpactRule,
  { price, dailyVolume }: RuleBase,
  time: number,
): RulePoint {
  return { rate: (fraction * dailyVolume) / time, impact: basisPoints * 1e-4 * price };
}

/** γ from a rule: a part of a day's volume moves the price by a given amount. */
export function permanentFromRule(
  value: unknown,
  { price, dailyVolume }: RuleBase,
  spread: number,
): { readonly gamma: number; readonly words: string } {
  if (value === undefined || value === "none") return { gamma: 0, words: "none" };
  if (value === "spread") {
    // AC § 3.4: 10% of the daily volume moves the price by the bid–ask spread.
    return { gamma: spread / (0.1 * dailyVolume), words: "the spread for 10% of a day's volume" };
  }
  if (typeof value !== "object" || value === null) {
    throw new InputError(
      "permanentImpactRule",
      value,
      '"none", "spread" or a rule such as { fractionOfDailyVolume: 0.1, basisPoints: 10 }',
    );
  }
  const given = checkKeys("permanentImpactRule", value, ruleFields);
  const name = "permanentImpactRule";
  const fraction = checkNumber(`${name}.fractionOfDailyVolume`, given.fractionOfDailyVolume, positive, "");
  const points = checkNumber(`${name}.basisPoints`, given.basisPoints, notNegative, "basis points");
  const percent = formatSignificant(100 * fraction, 6);
  return {
    gamma: (points * 1e-4 * price) / (fraction * dailyVolume),
    words: `${formatSignificant(points, 6)} bp for ${percent}% of a day's volume`,
  };
}

/** The spread (currency/unit), however it was written. */
export function spreadOf(
  value: unknown,
  {
    price,
    multiplier,
    tick,
  }: { readonly price: number; readonly multiplier: number; readonly tick: number | undefined },
): number {
  if (typeof value !== "object" || value === null) {
    return multiplier * checkNumber("spread", value, notNegative, "as the price is quoted");
  }
  const given = checkKeys("spread", value, ["basisPoints", "ticks"]);
  if (given.ticks === undefined) {
    return price * 1e-4 * checkNumber("spread.basisPoints", given.basisPoints, notNegative, "basis points");
  }
  if (given.basisPoints !== undefined) {
    throw new InputError(
      "spread.ticks",
      given.ticks,
      "left out where basisPoints is given: both say the same thing",
    );
  }
  if (tick === undefined)
    throw new InputError("tick", undefined, "the step of the price, as the spread is in ticks");
  return multiplier * tick * checkNumber("spread.ticks", given.ticks, notNegative, "ticks");
}

/** Spread and fees, as what each unit pays. */
export interface UnitCost {
  /** Half the spread, as far as it is paid (currency/unit). */
  readonly halfSpread: number;
  /** Fees less rebates (currency/unit). */
  readonly fees: number;
  /** How the fees are made up, in words; undefined if there are none. */
  readonly words: string | undefined;
}

/** What each unit pays for crossing the spread and in fees; refused where it earns on balance. */
export function unitCost(value: unknown, spread: number, base: RuleBase): UnitCost {
  const cost = costByVenue(value, spread, base);
  const sum = cost.halfSpread + cost.fees;
  if (sum >= 0) return cost;
  throw new InputError(
    "half the spread and fees together",
    sum,
    `0 or above (${base.currency} per unit)`,
    "In the model, a trade that earns would be repeated back and forth without end. " +
      "Lower the rebate or the fraction that makes liquidity, or leave the rebate out and subtract it from the cost afterward.",
  );
}

function costByVenue(value: unknown, spread: number, base: RuleBase): UnitCost {
  const half = spread / 2;
  if (value === undefined) return { halfSpread: half, fees: 0, words: undefined };
  if (!isList(value))
    return { halfSpread: half, fees: perUnit("fees", value, base), words: "one fee for all" };
  if (value.length === 0) throw new InputError("fees", value, "a fee, or an array of at least one venue");
  const venues = Array.from(value, (one, i) => checkVenue(`fees[${i}]`, one, base));
  const whole = total(venues.map(({ fraction }) => fraction));
  if (!(Math.abs(whole - 1) <= 1e-9)) {
    throw new InputError(
      "the sum of the fractions of fees",
      whole,
      "1",
      "The whole order must be assigned to venues.",
    );
  }
  const paid = total(venues.map(({ fraction, takes }) => (takes ? fraction * half : 0)));
  const fees = total(venues.map(({ fraction, fee }) => fraction * fee));
  const words = venues.map(
    ({ name, fraction, takes }) =>
      `${formatSignificant(100 * fraction, 6)}% ${takes ? "takes" : "makes"} at ${name}`,
  );
  return { halfSpread: paid, fees, words: words.join(", ") };
}

function checkVenue(
  name: string,
  value: unknown,
  base: RuleBase,
): { readonly name: string; readonly fraction: number; readonly fee: number; readonly takes: boolean } {
  const given = checkKeys(name, value, ["name", "fraction", "fee", "liquidity"]);
  const liquidity =
    given.liquidity === undefined
      ? "takes"
      : checkChoice(`${name}.liquidity`, given.liquidity, ["takes", "makes"]);
  return {
    name: checkName(`${name}.name`, given.name),
    fraction: checkNumber(`${name}.fraction`, given.fraction, notNegative, "fraction of the order"),
    fee: perUnit(`${name}.fee`, given.fee, base),
    takes: liquidity === "takes",
  };
}

/** A fee in currency per unit, however it was written. */
function perUnit(name: string, value: unknown, { price, currency }: RuleBase): number {
  if (typeof value !== "object" || value === null)
    return checkNumber(name, value, anyFinite, `${currency} per unit`);
  const given = checkKeys(name, value, ["basisPoints"]);
  return price * 1e-4 * checkNumber(`${name}.basisPoints`, given.basisPoints, anyFinite, "basis points");
}
