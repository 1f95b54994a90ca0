/**
 * A problem in a trader's words.
 *
 * @module
 */

import { gridRiskBias } from "../compare/gridRisk";
import type { ExecutionProblem } from "../model/executionProblem";
import { concessionAt, concessionLetters, fadingMoveOf, type ImpactModel } from "../model/impactModel";
import { unitOf } from "../model/notation";
import { checkProblem } from "../model/problem";
import type { Profile } from "../model/profile";
import { checkKeys, checkNumber, positive } from "../support/checks";
import { formatAmount, formatNumber, formatSignificant, readable } from "../support/format";
import { basisPoints } from "../support/numbers";
import type { Table } from "./figure";
import { statedDuration } from "./timeAxis";

/** What else a desk knows of the market. */
export interface DescriptionOptions {
  /** Volume that the market trades over the horizon, above 0 (shares). */
  readonly marketVolume?: number | undefined;
}

/**
 * The parameters of a problem in the words of a desk: basis points, shares of volume, minutes. A slip of units that
 * hides in 5e-7 is plain in "temporary impact at a constant rate: 0.0139 bp". Warnings of the problem stand in the last rows.
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
 * describeProblem(problem).rows[2]; // → ["Price risk over the horizon (one standard deviation)", "0.24 USD per share, 24 bp", "σ√T"]
 * ```
 */
export function describeProblem(problem: ExecutionProblem, options: DescriptionOptions = {}): Table {
  problem = checkProblem(problem);
  const { marketVolume } = checkKeys("describeProblem's options", options, ["marketVolume"]);
  const { shares: X, horizon: T, intervals: N, arrivalPrice: S0, currency } = problem;
  const impact = problem.impact as ImpactModel;
  const price = (value: number): string =>
    `${readable(value)} ${currency} per share${S0 === undefined || S0 === 0 ? "" : `, ${readable(basisPoints(value, S0))} bp`}`;

  const worth = S0 === undefined ? "" : `, worth ${formatAmount(X * S0)} ${currency}`;
  const rows: [string, string, string][] = [
    [
      "Order",
      `${problem.side} ${formatAmount(X)} ${X === 1 ? "share" : "shares"}${worth}`,
      S0 === undefined ? "X" : "X, S₀",
    ],
    [
      "Time",
      `${statedDuration(T, problem)} in ${formatNumber(N)} slices of ${sliceLengths(problem)}`,
      "T, N",
    ],
    ["Price risk over the horizon (one standard deviation)", price(problem.volatility * Math.sqrt(T)), "σ√T"],
    ["Temporary impact at a constant rate", price(concessionAt(impact, X / T)), concessionLetters(impact)],
    ["Permanent impact of the order", price(problem.permanentImpact * X), "γX"],
    ["Half spread", price(problem.halfSpread), "ε"],
  ];
  const fading = fadingMoveOf(impact);
  if (fading > 0) {
    rows.splice(4, 0, ["Move of the whole order at once, which fades", price(fading * X), "(G(0) − γ)X"]);
  }
  if (problem.remainderPrice !== undefined) {
    rows.push(["Shares may be left at the end, each at", price(problem.remainderPrice), "p"]);
  }
  if (problem.drift !== 0) rows.push(["Price drift over the horizon", price(problem.drift * T), "αT"]);
  if (marketVolume !== undefined) {
    const share = X / checkNumber("marketVolume", marketVolume, positive, "shares");
    rows.push(["Participation in market volume", `${readable(100 * share)}%`, "X/volume"]);
  }
  rows.push([
    "Risk aversion",
    `${formatSignificant(problem.riskAversion)} ${unitOf("riskAversion", problem)}`,
    "λ",
  ]);
  const varying = profileText(problem);
  if (varying !== undefined) rows.push(["Varies over the day", varying, "profile"]);
  const risk = gridRiskText(problem);
  if (risk !== undefined) rows.push(["Variance of the optimum on this grid", risk, "V, τ"]);
  for (const warning of problem.warnings) rows.push(["Warning", warning, ""]);
  return { kind: "table", caption: "The order at a glance", columns: ["What", "How much", "From"], rows };
}

/** The length of the slices, or the shortest and the longest of them. */
function sliceLengths(problem: ExecutionProblem): string {
  const { horizon, intervals, profile } = problem;
  const lengths = profile?.lengths ?? [horizon / intervals];
  const shortest = lengths.reduce((least, length) => Math.min(least, length));
  const longest = lengths.reduce((most, length) => Math.max(most, length));
  const text = statedDuration(longest, problem);
  return shortest === longest ? text : `${statedDuration(shortest, problem)} to ${text}`;
}

/** What a profile varies, in words; undefined where there is none. */
function profileText({ profile, intervals }: ExecutionProblem): string | undefined {
  if (profile === undefined) return undefined;
  const { open, ...numbers } = profile;
  const closed = open?.filter((isOpen) => !isOpen).length ?? 0;
  const parts = Object.keys(numbers).map((field) => profileWords[field as keyof typeof numbers]);
  if (closed > 0) parts.push(`closed in ${formatNumber(closed)} of ${formatNumber(intervals)} slices`);
  return parts.length === 0 ? undefined : parts.join(", ");
}

const profileWords: Readonly<Record<Exclude<keyof Profile, "open">, string>> = {
  lengths: "length of the slices",
  volumes: "market volume",
  volatility: "volatility",
  temporaryImpact: "temporary impact",
  permanentImpact: "permanent impact",
  halfSpread: "half spread",
  drift: "drift",
};

/** By how much the grid misstates the variance; undefined where there is nothing to compare. */
function gridRiskText(problem: ExecutionProblem): string | undefined {
  const error = gridRiskBias(problem);
  if (!Number.isFinite(error)) return undefined;
  // Digits of rounding are left out: they differ from machine to machine.
  const off = (value: number): string => {
    const size = 100 * Math.abs(value);
    return size < 1e-3 ? "within 0.001%" : `${readable(size)}% ${value < 0 ? "below" : "above"}`;
  };
  const own = `${off(error)}${Math.abs(error) < 1e-5 ? " of" : ""} continuous trading`;
  if (problem.timing === "mid") return own;
  const mid = gridRiskBias(problem, "mid");
  return Number.isFinite(mid) ? `${own} (timing "mid": ${off(mid)})` : own;
}
