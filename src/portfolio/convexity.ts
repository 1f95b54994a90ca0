/**
 * The refusal of portfolios that have no optimum, with the round trip that proves it.
 *
 * @module
 */
import { ownPart } from "../model/market";
import { duration, unitOf } from "../model/notation";
import { factorize } from "../support/cholesky";
import { NoOptimumError, type NoOptimumEvidence } from "../support/errors";
import { formatSignificant } from "../support/format";
import { describeTrip, firstExploitable, fourLegTrip } from "./asymmetry";
import { blockMinimizer } from "./blocks";
import { solveLower } from "./cholesky";
import { symmetricEigen } from "./eigen";
import { type Fall, type PortfolioForm, portfolioForm } from "./form";
import { portfolioMarket } from "./market";
import { combination, frozenRows } from "./matrices";
import { transpose } from "./multiply";
import type { Portfolio } from "./portfolio";

/** Refuses a portfolio whose expected cost is not convex. */
export function requireConvexCost(portfolio: Portfolio): void {
  const fall = blockMinimizer(portfolioForm(portfolio, 0));
  if (!("solve" in fall)) throw noOptimum(portfolio, fall, "cost");
}

/** The refusal of a form that falls. */
export function noOptimum(portfolio: Portfolio, fall: Fall, what: "cost" | "objective"): NoOptimumError {
  const form = portfolioForm(portfolio);
  const { roundTrip, largest } = tripOf(form, fall);
  const change = Math.min(0, fall.change / largest ** 2);
  const falls =
    change < 0
      ? `falls without end along a round trip, by ${formatSignificant(-change, 6)}·s² ${portfolio.currency} for s times its trades`
      : "does not rise along a round trip, so that no schedule is best";
  if (what === "objective") {
    return new NoOptimumError(
      "risk-seeking-beyond-limit",
      `With a risk aversion of ${formatSignificant(portfolio.riskAversion, 6)} ${unitOf("riskAversion", portfolio)} E + λV ${falls}. ` +
        "Use a larger risk aversion, fewer intervals or a shorter horizon.",
      { roundTrip },
    );
  }
  const { words, evidence } = whyOf(portfolio);
  return new NoOptimumError("cost-not-convex", `The expected cost of this portfolio ${falls}. ${words}`, {
    roundTrip,
    ...evidence,
  });
}

/** The trades of a fall over all intervals, the largest of size 1. */
function tripOf(
  { steps, intervals, market }: PortfolioForm,
  { holdings }: Fall,
): { readonly roundTrip: readonly (readonly number[])[]; readonly largest: number } {
  const { m, N } = market;
  const trades = new Float64Array(N * m);
  for (let j = 0; j < steps; j++) {
    for (let i = 0; i < m; i++) {
      const before = j === 0 ? 0 : holdings[(j - 1) * m + i];
      trades[intervals[j] * m + i] = before - holdings[j * m + i];
    }
  }
  const largest = trades.reduce((most, n) => Math.max(most, Math.abs(n)), 0);
  const roundTrip = frozenRows(
    trades.map((n) => n / largest + 0),
    N,
    m,
  );
  return { roundTrip, largest };
}

function whyOf(portfolio: Portfolio): { readonly words: string; readonly evidence: NoOptimumEvidence } {
  const trip = fourLegTrip(portfolio);
  const { horizon: T, intervals: N } = portfolio;
  const length = duration(T / N, portfolio);
  const first = firstExploitable(portfolio);
  if (trip !== undefined && first !== undefined) {
    return {
      words:
        `The permanent impact is not symmetric, and with intervals of ${length} the cost is convex for fewer than ${first} of them: ` +
        `${describeTrip(trip, portfolio.currency)}. Make permanentImpact symmetric, (Γ + Γᵀ)/2, or shorten the horizon.`,
      evidence: { fourLegTrip: trip },
    };
  }
  const worst = largestInterval(portfolio);
  if (worst === undefined) {
    return {
      words:
        "Permanent impact must not fall so fast over the day, or differ so much between directions: trading would move prices " +
        "while impact is high and take them back while it is low. Raise temporaryImpact, shorten intervals, or level permanentImpact.",
      evidence: {},
    };
  }
  const smallestIntervals = Math.floor(T / worst.length) + 1;
  return {
    words:
      `Intervals of ${length} are too long: what permanent impact gives back outweighs temporary impact, most for ${worst.names}. ` +
      `They must be shorter than ${duration(worst.length, portfolio)}: use at least ${smallestIntervals.toLocaleString("en")} intervals.`,
    evidence: { largestInterval: worst.length, smallestIntervals },
  };
}

/** 2 over the largest eigenvalue of H⁻¹S: the interval that is too long for some combination of names. */
function largestInterval(
  portfolio: Portfolio,
): { readonly length: number; readonly names: string } | undefined {
  if (ownPart(portfolio) >= 0.5 || portfolio.profile !== undefined) return undefined;
  const { m, temporary, symmetricPart } = portfolioMarket(portfolio);
  const L = temporary.slice();
  factorize(L, m, 0);
  const left = symmetricPart.slice();
  solveLower(L, m, left, m);
  const turned = transpose(left, m, m);
  solveLower(L, m, turned, m);
  const { values, vectors } = symmetricEigen(turned, m);
  const worst = values.reduce((most, value, i) => (value > values[most] ? i : most), 0);
  const weights = Array.from(
    vectors.subarray(worst * m, (worst + 1) * m),
    (w, i) => w / Math.sqrt(temporary[i * m + i]),
  );
  return { length: 2 / values[worst], names: combination(portfolio.names, weights) };
}
