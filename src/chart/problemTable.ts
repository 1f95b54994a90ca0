/**
 * A problem in a trader's words.
 *
 * @module
 */

import { duration, unitOf } from "../model/notation";
import { checkProblem, type ExecutionProblem, stepLength } from "../model/problem";
import { checkKeys, checkNumber, positive } from "../support/checks";
import { formatNumber, formatSignificant, readable } from "../support/format";
import type { Table } from "./figure";

/** What else a desk knows of the market. */
export interface DescriptionOptions {
  /** Volume that the market trades over the horizon, above 0 (shares). */
  readonly marketVolume?: number | undefined;
}

/**
 * The parameters of a problem in the words of a desk: basis points, shares of volume, minutes. A slip of units that
 * hides in 5e-7 is plain in "trading evenly concedes 1.39 bp".
 *
 * @param problem - a problem from `defineProblem`
 * @param options - `marketVolume`: what the market trades over the horizon (shares)
 * @returns a table for `show`: what, how much, and where from
 * @throws InputError when an argument is not what it should be
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1e6, horizon: 3600, intervals: 60, volatility: 0.004, temporaryImpact: 5e-7, arrivalPrice: 100,
 *   timeUnit: "second", currency: "USD",
 * });
 * describeProblem(problem).rows[0]; // → ["Order", "sell 1,000,000 shares, worth 100,000,000 USD", "X, S₀"]
 * describeProblem(problem).rows[2]; // → ["Noise of the price over the horizon", "0.24 USD per share, 24 bp", "σ√T"]
 * ```
 */
export function describeProblem(problem: ExecutionProblem, options: DescriptionOptions = {}): Table {
  checkProblem(problem);
  const { marketVolume } = checkKeys("describeProblem's options", options, ["marketVolume"]);
  const { shares: X, horizon: T, intervals: N, arrivalPrice: S0, currency } = problem;
  const price = (value: number): string =>
    `${readable(value)} ${currency} per share${S0 === undefined ? "" : `, ${readable(1e4 * (value / S0))} bp`}`;

  const worth = S0 === undefined ? "" : `, worth ${amount(X * S0)} ${currency}`;
  const rows: [string, string, string][] = [
    ["Order", `${problem.side} ${amount(X)} shares${worth}`, S0 === undefined ? "X" : "X, S₀"],
    [
      "Time",
      `${duration(T, problem)} in ${formatNumber(N)} slices of ${duration(stepLength(problem), problem)}`,
      "T, N",
    ],
    ["Noise of the price over the horizon", price(problem.volatility * Math.sqrt(T)), "σ√T"],
    ["Conceded when trading evenly", price(problem.temporaryImpact * (X / T)), "ηX/T"],
    ["Price moved for good by the order", price(problem.permanentImpact * X), "γX"],
    ["Half of the spread", price(problem.halfSpread), "ε"],
  ];
  if (problem.drift !== 0) rows.push(["Trend of the price over the horizon", price(problem.drift * T), "αT"]);
  if (marketVolume !== undefined) {
    const share = X / checkNumber("marketVolume", marketVolume, positive, "shares");
    rows.push(["Share of the market's volume", `${readable(100 * share)} %`, "X/volume"]);
  }
  rows.push([
    "Price of risk",
    `${formatSignificant(problem.riskAversion)} ${unitOf("riskAversion", problem)}`,
    "λ",
  ]);
  return { kind: "table", caption: "The problem in words", columns: ["What", "How much", "From"], rows };
}

/** An amount in full, as long as anybody can read it. */
function amount(value: number): string {
  return value < 1e21 ? formatNumber(value) : readable(value);
}
