/**
 * Warnings about a ticket: likely slips of units and of digits, not views on the order.
 *
 * @module
 */

import { isWholeLots } from "../solve/lots";
import { readable } from "../support/format";
import { total } from "../support/numbers";
import type { ReadTicket } from "./readTicket";
import { amount } from "./ticketPassport";

/** What looks like a slip, each with the slip that would explain it. */
export function ticketWarnings(read: ReadTicket, upper: readonly number[] | undefined): readonly string[] {
  return [
    ...volatilityWarnings(read),
    ...ruleWarnings(read),
    ...sizeWarnings(read, upper),
    ...stepWarnings(read),
  ];
}

const percent = (fraction: number): string => `${readable(100 * fraction, 6)}%`;

function volatilityWarnings({ dailyVolatility: σ, volatilities }: ReadTicket): string[] {
  return [...dailyWarnings(σ), ...curveWarnings(σ, volatilities)];
}

/** Slices whose volatility, as squares on average, is far from the day's. */
function curveWarnings(σ: number, volatilities: readonly number[] | undefined): string[] {
  if (volatilities === undefined || !(σ > 0)) return [];
  const own = Math.sqrt(total(volatilities.map((value) => value * value)) / volatilities.length);
  if (own <= 4 * σ && own >= σ / 4) return [];
  return [
    `volatilityCurve: ${percent(own)} a day on average, where dailyVolatility says ${percent(σ)}. Are its numbers of a slice, in percent, or of a year?`,
  ];
}

function dailyWarnings(σ: number): string[] {
  if (σ > 0.5) {
    const meant = `if ${readable(σ, 6)}% was meant, write ${readable(σ / 100, 6)}`;
    return [
      `dailyVolatility: ${percent(σ)} a day. Is it in percent? It must be a fraction of the price: ${meant}.`,
    ];
  }
  if (σ > 0.15) {
    const meant = `write ${readable(σ / Math.sqrt(252))} (${percent(σ)}/√252)`;
    return [
      `dailyVolatility: ${percent(σ)} a day (more than 15%). Is it the volatility of a year? Then ${meant}.`,
    ];
  }
  if (σ > 0 && σ < 1e-4) {
    return [
      `dailyVolatility: ${percent(σ)} a day (less than 0.01%). Is it the volatility of a minute, or a variance?`,
    ];
  }
  return [];
}

function ruleWarnings({ rule: { fraction, basisPoints } }: ReadTicket): string[] {
  const warnings: string[] = [];
  if (fraction > 1) {
    const meant = `For ${readable(fraction, 6)}%, write ${readable(fraction / 100, 6)}.`;
    warnings.push(`impactRule.fractionOfDailyVolume: ${percent(fraction)} of a day's volume. ${meant}`);
  }
  if (basisPoints < 0.1) {
    const meant = `If it is a fraction of the price, it is ${readable(1e4 * basisPoints, 6)} bp.`;
    warnings.push(`impactRule.basisPoints: ${readable(basisPoints, 6)} bp (less than 0.1 bp). ${meant}`);
  }
  return warnings;
}

function sizeWarnings(read: ReadTicket, upper: readonly number[] | undefined): string[] {
  const { shares, unit, dailyVolume, volumes, time } = read;
  const meanwhile = total(volumes.volumes);
  const days = total(time.slices.map(({ from, to }) => to - from)) / time.dayLength;
  const warnings: string[] = [];
  if (shares > meanwhile) {
    const of = `the ${amount(meanwhile)} ${unit} that the market is expected to trade in that time`;
    warnings.push(
      `shares: the order of ${amount(shares)} is more than ${of}. Is there a digit too many, or is averageDailyVolume in lots?`,
    );
  }
  if (volumes.isGiven && meanwhile > 2 * dailyVolume * Math.max(1, days)) {
    warnings.push(
      `volumeCurve: its volumes sum to ${amount(meanwhile)} ${unit}, more than twice a day's ${amount(dailyVolume)}. Are they in another unit?`,
    );
  }
  if (upper !== undefined && total(upper) < shares * (1 - 1e-12)) {
    const least = leastCap(read, meanwhile);
    const next =
      least <= 1 ? `It would take ${percent(least)}, or more time.` : "The volume itself is too small.";
    const what = `at most ${readable(total(upper), 6)} of ${amount(shares)} ${unit} can trade within it`;
    warnings.push(`participationCap: ${what}, so no schedule can stay within it. ${next}`);
  }
  return warnings;
}

/** The smallest cap that would do, rounded up to a hundredth of a percent. */
function leastCap({ shares, cap }: ReadTicket, meanwhile: number): number {
  const least = cap?.of === "total" ? shares / (shares + meanwhile) : shares / meanwhile;
  return Math.ceil(1e4 * least - 1e-9) / 1e4;
}

function stepWarnings({ quoted, multiplier, tick, spread, lot, shares, unit }: ReadTicket): string[] {
  const warnings: string[] = [];
  const isWhole = (value: number): boolean =>
    Math.abs(value - Math.round(value)) <= 1e-6 * Math.max(1, Math.abs(value));
  if (tick !== undefined && spread > 0 && spread < multiplier * tick * (1 - 1e-9)) {
    warnings.push(
      `spread: ${readable(spread / multiplier, 6)} is less than the tick of ${readable(tick, 6)}. Is it half of it, or in another unit?`,
    );
  }
  if (tick !== undefined && !isWhole(quoted / tick)) {
    warnings.push(
      `price: ${amount(quoted)} is not a whole number of ticks of ${readable(tick, 6)}. Is the tick right?`,
    );
  }
  if (lot !== undefined && !isWholeLots(shares, lot)) {
    const odd = shares - Math.floor(shares / lot) * lot;
    warnings.push(
      `lot: ${amount(shares)} ${unit} is not a whole number of lots of ${amount(lot)}: ${readable(odd, 6)} ${unit} are left over. Trade them separately.`,
    );
  }
  return warnings;
}
