/**
 * Permanent impact that is not symmetric: how long a horizon it survives, and the round trip that it invites.
 *
 * With A = H/τ + (c − ½)S and K the skew part, N intervals that are alike have a convex expected cost exactly if
 *
 *     N < π / atan(κ/2),    κ the largest |eigenvalue| of A^(−½) K A^(−½):
 *
 * the second derivatives fall apart into chains 2, −1 ± iκ/2 of N − 1 holdings, with eigenvalues 2 − 2√(1 + κ²/4) cos(jπ/N). So any
 * asymmetry can be exploited once there are enough intervals.
 *
 * @module
 */
import { ownPart } from "../model/market";
import { duration } from "../model/notation";
import { factorize } from "../support/cholesky";
import type { FourLegTrip } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import { solveLower } from "./cholesky";
import { symmetricEigen } from "./eigen";
import { type PortfolioMarket, portfolioMarket } from "./market";
import { multiply, pack, transpose } from "./multiply";
import type { Portfolio } from "./portfolio";

/** The least N, of intervals as long as the mean one, with which the expected cost is not convex; undefined for a symmetric impact or A not positive definite. */
export function firstExploitable(portfolio: Portfolio): number | undefined {
  const { m, skewPart: K, ...market } = portfolioMarket(portfolio);
  if (K === undefined) return undefined;
  const speed = portfolio.intervals / portfolio.horizon;
  const own = ownPart(portfolio) - 0.5;
  const A = market.temporary.map((value, at) => speed * value + own * market.symmetricPart[at]);
  if (factorize(A, m, 0) !== -1) return undefined;
  const left = K.slice();
  solveLower(A, m, left, m);
  const turned = transpose(left, m, m);
  solveLower(A, m, turned, m);
  const square = multiply(transpose(turned, m, m), pack(turned, m, m), m);
  const κ = Math.sqrt(symmetricEigen(square, m).values.reduce((most, value) => Math.max(most, value), 0));
  return Math.ceil(Math.PI / Math.atan(κ / 2));
}

/** The names between which the asymmetry pays most beside what trading them costs, and the trip. */
export function fourLegTrip(portfolio: Portfolio): FourLegTrip | undefined {
  const market = portfolioMarket(portfolio);
  const { m, skewPart: K, temporary: H, positions } = market;
  if (K === undefined) return undefined;
  let [best, a, b] = [0, 0, 0];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) {
      const gain = K[i * m + j] / (Math.sqrt(H[i * m + i]) * Math.sqrt(H[j * m + j]));
      if (gain > best) [best, a, b] = [gain, i, j];
    }
  }
  const size = positions.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const other = size * Math.sqrt(H[a * m + a] / H[b * m + b]);
  const cost = (trades: number): number =>
    tripCost(portfolio, market, { a, b, shares: [size, other], trades });
  const [one, two] = [cost(1), cost(2)];
  // α/L + β for L trades a leg, with β below 0.
  const profitableTradesPerLeg = Math.max(1, Math.floor((2 * (one - two)) / (one - 2 * two)) + 1);
  const tradesPerLeg = [1, 2, 4];
  while (
    (tradesPerLeg[tradesPerLeg.length - 1] as number) < profitableTradesPerLeg &&
    tradesPerLeg.length < 12
  ) {
    tradesPerLeg.push(2 * (tradesPerLeg[tradesPerLeg.length - 1] as number));
  }
  const { names } = portfolio;
  return Object.freeze({
    ...{ first: names[a], second: names[b], shares: [size, other] as const, profitableTradesPerLeg },
    ...{ tradesPerLeg: Object.freeze(tradesPerLeg), costs: Object.freeze(tradesPerLeg.map(cost)) },
  });
}

/** The trip played out, price by price, before spreads. */
function tripCost(
  portfolio: Portfolio,
  { m, permanent: Γ, temporary: H }: PortfolioMarket,
  trip: {
    readonly a: number;
    readonly b: number;
    readonly shares: readonly number[];
    readonly trades: number;
  },
): number {
  const { a, b, shares, trades } = trip;
  const speed = portfolio.intervals / portfolio.horizon;
  const own = ownPart(portfolio);
  const fallen = new Float64Array(m);
  let cost = 0;
  for (const [name, leg] of [
    [a, shares[0]],
    [b, shares[1]],
    [a, -shares[0]],
    [b, -shares[1]],
  ]) {
    const n = leg / trades;
    for (let k = 0; k < trades; k++) {
      cost += n * (fallen[name] + own * Γ[name * m + name] * n + speed * H[name * m + name] * n);
      for (let i = 0; i < m; i++) fallen[i] += Γ[i * m + name] * n;
    }
  }
  return cost;
}

/** The trip in words. */
export function describeTrip(trip: FourLegTrip, currency: string): string {
  const { first, second, shares, tradesPerLeg, costs } = trip;
  const listed = costs.map((cost, i) => {
    const count = i === 0 ? "one trade a leg" : `${tradesPerLeg[i]}`;
    return `${formatNumber(cost).replace("-", "−")} ${i === 0 ? `${currency} ` : ""}with ${count}`;
  });
  return (
    `selling ${formatNumber(shares[0])} of ${first}, then ${formatNumber(shares[1])} of ${second}, and buying both back in that ` +
    `order costs ${listed.join(", ")}, before spreads`
  );
}

/** What a portfolio with an asymmetric permanent impact is warned of. */
export function asymmetryWarnings(portfolio: Portfolio): string[] {
  const trip = fourLegTrip(portfolio);
  if (trip === undefined) return [];
  const first = firstExploitable(portfolio);
  const length = duration(portfolio.horizon / portfolio.intervals, portfolio);
  const until =
    first === undefined
      ? "The permanent impact is not symmetric, and outweighs the temporary one at this interval length"
      : `The permanent impact is not symmetric: with intervals of ${length} the expected cost is convex for fewer than ` +
        `${formatSignificant(first, 6)} of them, and not from there on`;
  return [`${until}. A round trip then makes money: ${describeTrip(trip, portfolio.currency)}.`];
}
