/**
 * The proof that no schedule keeps to its limits.
 *
 * @module
 */
import { formatSignificant } from "../support/format";
import type { Matrix } from "./matrices";
import { rowsOf } from "./matrices";
import type { Portfolio } from "./portfolio";
import type { Program } from "./program";
import { projectorOf } from "./projector";

/** Why no schedule keeps to the limits: numbers that anybody can add up. */
export type InfeasiblePortfolioProof =
  | {
      /** A name's caps are too tight by themselves. */
      readonly kind: "caps";
      /** The name. */
      readonly name: string;
      /** Its position (shares). */
      readonly position: number;
      /** The most that all its intervals together may trade towards it (shares). */
      readonly most: number;
      /** What is missing (shares). */
      readonly missing: number;
    }
  | {
      /**
       * Caps and neutrality contradict each other. Each share n_ki is weighted with totalPrices_i − Σ_g changePrices_kg p_gi. Every
       * schedule that trades the positions and is neutral after each trade adds up to `needed`; within the caps
       * the sum is at most `most`, which is less.
       */
      readonly kind: "neutral";
      /** A weight for each name. */
      readonly totalPrices: readonly number[];
      /** A weight for each combination, N rows; 0 in closed intervals. */
      readonly changePrices: Matrix;
      /** Σ_i totalPrices_i X_i − Σ_g changePrices_1g Σ_i p_gi X_i, of the first open interval. */
      readonly needed: number;
      /** Σ_ki of the larger of weight × lower and weight × upper limit. */
      readonly most: number;
    };

/** An answer, not an error: no schedule keeps to the limits. */
export interface PortfolioInfeasible {
  /** `"infeasible"`. */
  readonly status: "infeasible";
  /** Numbers that prove it. */
  readonly proof: InfeasiblePortfolioProof;
  /** The proof in words. */
  readonly message: string;
}

/** The proof from one name's caps; undefined where each name could be traded by itself. */
export function cappedOut(portfolio: Portfolio, { lower, upper }: Program): PortfolioInfeasible | undefined {
  const { positions, names } = portfolio;
  const m = positions.length;
  for (let i = 0; i < m; i++) {
    const position = positions[i];
    let most = 0;
    for (let at = i; at < upper.length; at += m) most += position > 0 ? upper[at] : -lower[at];
    const missing = Math.abs(position) - most;
    if (!(missing > 1e-13 * Math.abs(position))) continue;
    return Object.freeze({
      status: "infeasible",
      proof: Object.freeze({ kind: "caps", name: names[i], position, most, missing }),
      message:
        `No schedule keeps to the limits: the caps of ${names[i]} add up to ${formatSignificant(most, 9)} shares, ` +
        `${formatSignificant(missing, 6)} short of its position of ${formatSignificant(position, 9).replace("-", "−")}.`,
    });
  }
  return undefined;
}

/** By how much the two sides of a proof must differ, beside their terms: rounding. */
const margin = 1e-10;

/**
 * The proof from a direction that leads from trades within the caps to trades that are neutral: where the two cannot meet, what is
 * left between them separates them. Undefined where it does not.
 */
export function contradiction(
  portfolio: Portfolio,
  { form, lower, upper, stiffness, neutral }: Program,
  between: Float64Array,
): PortfolioInfeasible | undefined {
  if (neutral.length === 0) return undefined;
  const { m, N, positions } = form.market;
  const G = neutral.length;
  const r = between.map((value, at) => value * stiffness[at]);
  const projector = projectorOf(
    stiffness.map((value) => 1 / value),
    m,
    neutral,
  );
  projector.project(r, new Float64Array(r.length));
  const { ν, θ } = projector;
  let [most, needed, size] = [0, 0, 0];
  for (let i = 0; i < m; i++) needed += ν[i] * positions[i];
  for (let g = 0; g < G; g++) {
    for (let i = 0; i < m; i++) needed -= θ[g] * (neutral[g] as Float64Array)[i] * positions[i];
  }
  for (let at = 0; at < r.length; at++) {
    const [j, i] = [Math.floor(at / m), at % m];
    let weight = ν[i];
    for (let g = 0; g < G; g++) weight -= θ[j * G + g] * (neutral[g] as Float64Array)[i];
    const reach = weight === 0 ? 0 : Math.max(weight * lower[at], weight * upper[at]);
    most += reach;
    size += Math.abs(reach);
  }
  if (!(needed - most > margin * (size + Math.abs(needed)))) return undefined;
  const changes = new Float64Array(N * G);
  form.intervals.forEach((k, j) => {
    changes.set(θ.subarray(j * G, (j + 1) * G), k * G);
  });
  const proof = {
    ...{ kind: "neutral" as const, totalPrices: Object.freeze(Array.from(ν)) },
    ...{ changePrices: Object.freeze(rowsOf(changes, N, G)), needed, most },
  };
  return Object.freeze({
    status: "infeasible",
    proof: Object.freeze(proof),
    message:
      "No schedule keeps to the limits: trades within the caps cannot trade the positions and be neutral after every trade. " +
      `Weighted with the proof's prices, they reach ${formatSignificant(rounded(most, size + Math.abs(needed)), 6)} at most, and ${formatSignificant(needed, 6)} ` +
      `is needed. Raise caps, first those of ${portfolio.names[tightest(m, r, between)]}, or drop a combination.`,
  });
}

/** What is left of a sum by rounding, and by where the iteration stopped, is 0 to a reader. */
function rounded(sum: number, size: number): number {
  return Math.abs(sum) <= 1e-9 * size ? 0 : sum;
}

/** The name whose trades are pulled hardest. */
function tightest(m: number, r: Float64Array, between: Float64Array): number {
  const pull = new Float64Array(m);
  for (let at = 0; at < r.length; at++) pull[at % m] += r[at] * between[at];
  return pull.reduce((most, value, i) => (value > pull[most] ? i : most), 0);
}
