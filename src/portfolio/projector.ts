/**
 * The projection of slopes onto what keeps totals and neutrality, for trades of which some are held.
 *
 * With weights W of the trades that are free, prices ν_i and θ_j are sought with which W(r − ν_i + θ_jᵀp_i) sums to what is wanted,
 * name by name and, weighted by p, interval by interval. The prices of an interval touch only each other, so they are eliminated
 * first, and a matrix of m × m is left for ν.
 *
 * @module
 */
import { isWhole, type SemiFactor, semiFactor, semiSolve } from "./semidefinite";

/** A projection for one set of free trades. */
export interface Projector {
  /** ν of the last projection, a number for each name. */
  readonly ν: Float64Array;
  /** θ of the last projection, rows of a number for each combination. */
  readonly θ: Float64Array;
  /**
   * Moves the slopes of intervals whose free trades leave some of θ open to where they are nearest to others, by a θ that the free trades
   * do not see.
   */
  readonly complete: (reduced: Float64Array, wanted: Float64Array, stiffness: Float64Array) => void;
  /**
   * Writes W(r − ν + θᵀp) and gives r − ν + θᵀp.
   *
   * @param totals - what each name's result is to sum to (default 0)
   * @param changes - what each interval's is to sum to, weighted by each p (default 0)
   */
  readonly project: (
    r: Float64Array,
    out: Float64Array,
    totals?: Float64Array,
    changes?: Float64Array,
  ) => Float64Array;
}

/** The projection for weights W, M rows of m, 0 where a trade is held. */
export function projectorOf(W: Float64Array, m: number, neutral: readonly Float64Array[]): Projector {
  return neutral.length === 0 ? plainProjector(W, m) : neutralProjector(W, m, neutral);
}

function plainProjector(W: Float64Array, m: number): Projector {
  const sums = new Float64Array(m);
  for (let at = 0; at < W.length; at++) sums[at % m] += W[at];
  const ν = new Float64Array(m);
  return {
    ν,
    θ: new Float64Array(0),
    complete: () => undefined,
    project: (r, out, totals) => {
      ν.fill(0);
      for (let at = 0, i = 0; at < W.length; at++, i = i + 1 === m ? 0 : i + 1) ν[i] += W[at] * r[at];
      for (let i = 0; i < m; i++) ν[i] = sums[i] === 0 ? 0 : (ν[i] - (totals?.[i] ?? 0)) / sums[i];
      const reduced = new Float64Array(W.length);
      for (let at = 0, i = 0; at < W.length; at++, i = i + 1 === m ? 0 : i + 1) {
        reduced[at] = r[at] - ν[i];
        out[at] = W[at] * reduced[at];
      }
      return reduced;
    },
  };
}

/** Weights of the combinations in units of their largest, one row for each name. */
function rowsOfNeutral(
  neutral: readonly Float64Array[],
  m: number,
): { readonly p: Float64Array; readonly unit: number[] } {
  const G = neutral.length;
  const unit = neutral.map((weights) => weights.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  const p = new Float64Array(m * G);
  for (let i = 0; i < m; i++) {
    for (let g = 0; g < G; g++) p[i * G + g] = (neutral[g] as Float64Array)[i] / (unit[g] as number);
  }
  return { p, unit };
}

function neutralProjector(W: Float64Array, m: number, neutral: readonly Float64Array[]): Projector {
  const G = neutral.length;
  const M = W.length / m;
  const { p, unit } = rowsOfNeutral(neutral, m);
  const schur = new Float64Array(m * m);
  const factors: SemiFactor[] = [];
  for (let j = 0; j < M; j++) {
    const w = W.subarray(j * m, (j + 1) * m);
    for (let i = 0; i < m; i++) schur[i * m + i] += w[i];
    const factor = semiFactor(squareOf(w, p, G), G);
    factors.push(factor);
    subtractInterval(schur, w, p, factor);
  }
  const whole = semiFactor(schur, m);
  const [ν, θ] = [new Float64Array(m), new Float64Array(M * G)];
  const prices = new Float64Array(M * G);
  return {
    ν,
    θ: prices,
    complete: (reduced, wanted, stiffness) => {
      factors.forEach((factor, j) => {
        if (isWhole(factor)) return;
        const more = completeRow({ reduced, wanted, stiffness, W, p }, j * m, m, G);
        for (let g = 0; g < G; g++) prices[j * G + g] += more[g] / (unit[g] as number);
      });
    },
    project: (r, out, totals, changes) => {
      ν.fill(0);
      θ.fill(0);
      for (let j = 0; j < M; j++) {
        const t = θ.subarray(j * G, (j + 1) * G);
        for (let i = 0; i < m; i++) {
          const value = W[j * m + i] * r[j * m + i];
          ν[i] += value;
          for (let g = 0; g < G; g++) t[g] -= value * p[i * G + g];
        }
        for (let g = 0; g < G; g++) t[g] += (changes?.[j * G + g] ?? 0) / (unit[g] as number);
        semiSolve(factors[j] as SemiFactor, t);
        spread(ν, W.subarray(j * m, (j + 1) * m), p, t, 1);
      }
      for (let i = 0; i < m; i++) ν[i] -= totals?.[i] ?? 0;
      semiSolve(whole, ν);
      const reduced = finish(W, r, out, { ν, θ, p, factors });
      for (let at = 0; at < prices.length; at++) prices[at] = θ[at] / (unit[at % G] as number);
      return reduced;
    },
  };
}

/** Σ w p pᵀ. */
function squareOf(w: Float64Array, p: Float64Array, G: number): Float64Array {
  const square = new Float64Array(G * G);
  for (let i = 0; i < w.length; i++) {
    if (w[i] === 0) continue;
    for (let g = 0; g < G; g++) {
      const value = w[i] * p[i * G + g];
      for (let l = 0; l < G; l++) square[g * G + l] += value * p[i * G + l];
    }
  }
  return square;
}

/** Takes WP(PᵀWP)⁻¹PᵀW off the matrix of the names. */
function subtractInterval(
  schur: Float64Array,
  w: Float64Array,
  p: Float64Array,
  { L, size: G }: SemiFactor,
): void {
  const m = w.length;
  const rows = new Float64Array(m * G);
  for (let i = 0; i < m; i++) {
    if (w[i] === 0) continue;
    for (let g = 0; g < G; g++) {
      let rest = w[i] * p[i * G + g];
      for (let l = 0; l < g; l++) rest -= L[g * G + l] * rows[i * G + l];
      const pivot = L[g * G + g];
      rows[i * G + g] = pivot === 0 ? 0 : rest / pivot;
    }
  }
  for (let i = 0; i < m; i++) {
    if (w[i] === 0) continue;
    for (let g = 0; g < G; g++) {
      const value = rows[i * G + g];
      if (value === 0) continue;
      for (let l = 0; l <= i; l++) schur[i * m + l] -= value * rows[l * G + g];
    }
  }
}

/** ν + sign·w (pᵀθ). */
function spread(ν: Float64Array, w: Float64Array, p: Float64Array, θ: Float64Array, sign: number): void {
  const G = θ.length;
  for (let i = 0; i < w.length; i++) {
    let price = 0;
    for (let g = 0; g < G; g++) price += θ[g] * p[i * G + g];
    ν[i] += sign * w[i] * price;
  }
}

/** θ_j with ν known, and what is left. */
function finish(
  W: Float64Array,
  r: Float64Array,
  out: Float64Array,
  { ν, θ, p, factors }: { ν: Float64Array; θ: Float64Array; p: Float64Array; factors: readonly SemiFactor[] },
): Float64Array {
  const m = ν.length;
  const G = p.length / m;
  const reduced = new Float64Array(W.length);
  for (let j = 0; j < factors.length; j++) {
    const extra = new Float64Array(G);
    for (let i = 0; i < m; i++) {
      for (let g = 0; g < G; g++) extra[g] += W[j * m + i] * ν[i] * p[i * G + g];
    }
    semiSolve(factors[j] as SemiFactor, extra);
    for (let g = 0; g < G; g++) θ[j * G + g] += extra[g];
    for (let i = 0; i < m; i++) {
      let price = 0;
      for (let g = 0; g < G; g++) price += θ[j * G + g] * p[i * G + g];
      const at = j * m + i;
      reduced[at] = r[at] - ν[i] + price;
      out[at] = W[at] * reduced[at];
    }
  }
  return reduced;
}

/** How much more the slopes of free trades count, which are right as they are. */
const freeWeight = 1e8;

/** Adds p θ to the slopes of an interval, for the θ that brings them nearest to those wanted, which it gives. */
function completeRow(
  row: Readonly<Record<"reduced" | "wanted" | "stiffness" | "W" | "p", Float64Array>>,
  from: number,
  m: number,
  G: number,
): Float64Array {
  const { reduced, wanted, stiffness, W, p } = row;
  const square = new Float64Array(G * G);
  const right = new Float64Array(G);
  for (let i = 0; i < m; i++) {
    const at = from + i;
    const isFree = W[at] > 0;
    const weight = (isFree ? freeWeight : 1) / stiffness[at];
    const off = isFree ? 0 : wanted[at] - reduced[at];
    for (let g = 0; g < G; g++) {
      const value = weight * p[i * G + g];
      right[g] += value * off;
      for (let l = 0; l < G; l++) square[g * G + l] += value * p[i * G + l];
    }
  }
  semiSolve(semiFactor(square, G), right);
  for (let i = 0; i < m; i++) {
    if (W[from + i] > 0) continue;
    for (let g = 0; g < G; g++) reduced[from + i] += right[g] * p[i * G + g];
  }
  return right;
}
