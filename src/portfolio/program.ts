/**
 * A form with limits, and its slopes: what the solver within limits works on.
 *
 * @module
 */
import { holdingsAfter, type PortfolioForm } from "./form";
import type { LimitArrays } from "./limits";
import { multiply, type Packed, pack, transpose } from "./multiply";

/** Trades of the open intervals, M rows of m. */
export interface Program {
  readonly form: PortfolioForm;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** ε. */
  readonly spreads: Float64Array;
  /** 2a_jD_i, D the diagonal of H: what a trade's slope changes by where nothing else changes. */
  readonly stiffness: Float64Array;
  /** The weights of the combinations that are held at 0. */
  readonly neutral: readonly Float64Array[];
  /** Adds nothing to `slopes` that is the same for a name in all intervals. */
  readonly slopesAt: (trades: Float64Array, withLinear: boolean, slopes: Float64Array) => void;
}

/** Limits of N intervals as those of the open ones. */
export function programOf(form: PortfolioForm, limits: LimitArrays): Program {
  const { market, steps: M, intervals, ε, h } = form;
  const { m, halfSpreads, temporary } = market;
  const size = M * m;
  const [lower, upper] = [new Float64Array(size), new Float64Array(size)];
  const [spreads, stiffness] = [new Float64Array(size), new Float64Array(size)];
  for (let j = 0; j < M; j++) {
    const from = intervals[j] * m;
    lower.set(limits.lower.subarray(from, from + m), j * m);
    upper.set(limits.upper.subarray(from, from + m), j * m);
    for (let i = 0; i < m; i++) {
      spreads[j * m + i] = ε[j] * halfSpreads[i];
      stiffness[j * m + i] = 2 * h[j] * temporary[i * m + i];
    }
  }
  const neutral = limits.neutral.map(({ weights }) => weights);
  return { form, lower, upper, spreads, stiffness, neutral, slopesAt: slopesOf(form) };
}

/** A matrix where some coefficient of it is not 0. */
function packed(coefficients: Float64Array, matrix: Float64Array | undefined, m: number): Packed | undefined {
  if (matrix === undefined || coefficients.every((value) => value === 0)) return undefined;
  return pack(matrix, m, m);
}

/**
 * Slopes of the smooth part by trades whose sum is X: 2A_jn_j, and for every holding y_1 … y_{j−1} that trade j is part of, 2B y − φα and
 * what K adds.
 */
function slopesOf(form: PortfolioForm): Program["slopesAt"] {
  const { market, steps: M, h, g, v, β, δ, φ, κ } = form;
  const { m, temporary, symmetricPart, covariance, skewPart, drifts } = market;
  const [H, S, C] = [pack(temporary, m, m), packed(g, symmetricPart, m), packed(v, covariance, m)];
  const [heldC, heldS] = [packed(β, covariance, m), packed(δ, symmetricPart, m)];
  const skew = packed(κ, skewPart === undefined ? undefined : transpose(skewPart, m, m), m);
  const buffer = new Float64Array(M * m);
  const carry = new Float64Array(m);
  const addRows = (
    out: Float64Array,
    rows: Float64Array,
    weights: Float64Array,
    count: number,
    factor: number,
  ): void => {
    for (let j = 0, at = 0; j < count; j++) {
      const weight = factor * weights[j];
      for (let i = 0; i < m; i++, at++) out[at] += weight * rows[at];
    }
  };
  return (trades, withLinear, slopes) => {
    const y = holdingsAfter(trades, M, m);
    // What the holdings' own slopes are, one row for each.
    const held = new Float64Array(M * m);
    if (heldC !== undefined) addRows(held, multiply(y, heldC, M - 1, buffer), β, M - 1, 2);
    if (heldS !== undefined) addRows(held, multiply(y, heldS, M - 1, buffer), δ, M - 1, 2);
    if (skew !== undefined) addSkew(form, held, y, multiply(y, skew, M - 1, buffer), trades);
    if (withLinear) {
      for (let j = 0; j < M - 1; j++) for (let i = 0; i < m; i++) held[j * m + i] -= φ[j] * drifts[i];
    }
    slopes.fill(0);
    addRows(slopes, multiply(trades, H, M, buffer), h, M, 2);
    if (S !== undefined) addRows(slopes, multiply(trades, S, M, buffer), g, M, 2);
    if (C !== undefined) addRows(slopes, multiply(trades, C, M, buffer), v, M, -2);
    carry.fill(0);
    for (let j = 1; j < M; j++) {
      for (let i = 0; i < m; i++) {
        carry[i] += held[(j - 1) * m + i];
        slopes[j * m + i] += carry[i];
      }
    }
  };
}

/** Of Σ κ_j y_jᵀK y_{j−1}: κ_jK y_{j−1} − κ_{j+1}K y_{j+1} for holding j, with y_0 what all trades sum to. */
function addSkew(
  { steps: M, market, κ }: PortfolioForm,
  held: Float64Array,
  y: Float64Array,
  turned: Float64Array,
  trades: Float64Array,
): void {
  const { m, skewPart } = market;
  const K = skewPart as Float64Array;
  for (let i = 0; i < m; i++) {
    for (let l = 0; l < m; l++) held[i] += κ[0] * K[i * m + l] * (y[l] + trades[l]);
  }
  for (let j = 0; j < M - 1; j++) {
    for (let i = 0; i < m; i++) {
      if (j > 0) held[j * m + i] += κ[j] * turned[(j - 1) * m + i];
      if (j < M - 2) held[j * m + i] -= κ[j + 1] * turned[(j + 1) * m + i];
    }
  }
}
