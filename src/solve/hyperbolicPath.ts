/**
 * The optimum's path where risk is averted, a hyperbolic sine, by addition theorems.
 *
 * @module
 */
import { unfilledArray } from "../support/numbers";

/** 1 − e^{−y} without cancellation for small y. */
export function rise(y: number): number {
  return -Math.expm1(-y);
}

/**
 * Writes, for k = 0 … N − 1,
 *
 *     x_k     = X sinh((N−k)θ)/sinh(Nθ)
 *     n_{k+1} = X 2 sinh(θ/2) cosh((N−k−½)θ)/sinh(Nθ)
 *     v_{k+1} = n_{k+1}/τ
 *
 * Two exponentials for every k would take nearly all the time. The addition theorems
 *
 *     sinh(u + iθ) = sinh(u) cosh(iθ) + cosh(u) sinh(iθ),    cosh(u + iθ) = cosh(u) cosh(iθ) + sinh(u) sinh(iθ)
 *
 * carry a block of points from its last one, by one table over i for all blocks, and that point from the block behind it. All
 * terms are positive: no digit is lost to cancellation. After 8 blocks, or a factor of e⁸, the exponentials are evaluated anew, so
 * that rounding does not add up.
 */
export function writeHyperbolic(X: number, N: number, θ: number, { x, n, v, τ }: Paths): void {
  const { length, cosh, sinh } = hyperbolicTables(blockLength(N, θ), θ);
  const [C, S] = hyperbolicPair(length * θ);
  const blocksFromOne = Math.min(8, Math.floor(8 / (length * θ)));
  const size = X / rise(2 * N * θ);
  // What follows is nothing beside the order, and arithmetic on the smallest doubles of all is slow.
  const end = Math.min(N - 1, Math.floor(690 / θ));
  x.fill(0, end + 1);
  n.fill(0, end + 1);
  v.fill(0, end + 1);
  let [sinhOfX, coshOfX, sinhOfN, coshOfN] = [0, 0, 0, 0];
  for (let last = end, block = 0; last >= 0; last -= length, block++) {
    if (!(block % blocksFromOne > 0)) {
      const scale = size * Math.exp(-last * θ);
      const [r, half] = [rise(2 * (N - last) * θ), rise((2 * (N - last) - 1) * θ)];
      sinhOfX = scale * r;
      coshOfX = scale * (2 - r);
      sinhOfN = rise(θ) * scale * half;
      coshOfN = rise(θ) * scale * (2 - half);
    } else {
      const [s, t] = [sinhOfX, sinhOfN];
      sinhOfX = s * C + coshOfX * S;
      coshOfX = coshOfX * C + s * S;
      sinhOfN = t * C + coshOfN * S;
      coshOfN = coshOfN * C + t * S;
    }
    const first = Math.max(0, last - length + 1);
    let k = last;
    // Two points a turn: the loop itself takes as long as what is in it.
    for (let i = 0; k > first; k -= 2, i += 2) {
      const c = cosh[i];
      const s = sinh[i];
      const nextC = cosh[i + 1];
      const nextS = sinh[i + 1];
      const trade = coshOfN * c + sinhOfN * s;
      const nextTrade = coshOfN * nextC + sinhOfN * nextS;
      x[k] = sinhOfX * c + coshOfX * s;
      x[k - 1] = sinhOfX * nextC + coshOfX * nextS;
      n[k] = trade;
      n[k - 1] = nextTrade;
      v[k] = trade / τ;
      v[k - 1] = nextTrade / τ;
    }
    if (k === first) {
      const i = last - first;
      x[k] = sinhOfX * cosh[i] + coshOfX * sinh[i];
      n[k] = coshOfN * cosh[i] + sinhOfN * sinh[i];
      v[k] = n[k] / τ;
    }
  }
}

/** Where they are written to. */
export interface Paths {
  readonly x: number[];
  readonly n: number[];
  /** The rates, with τ the length of an interval; where none are asked for, `n` again, with τ = 1. */
  readonly v: number[];
  readonly τ: number;
}

/** cosh and sinh of a number above 0. */
function hyperbolicPair(u: number): readonly [number, number] {
  const growth = Math.expm1(u);
  const part = growth / (1 + growth);
  return [1 + 0.5 * growth * part, 0.5 * (growth + part)];
}

/** cosh(iθ) and sinh(iθ), doubled until they are long enough. */
function hyperbolicTables(
  length: number,
  θ: number,
): { readonly length: number; readonly cosh: readonly number[]; readonly sinh: readonly number[] } {
  const cosh = unfilledArray(length);
  const sinh = unfilledArray(length);
  cosh[0] = 1;
  sinh[0] = 0;
  for (let filled = 1; filled < length; filled *= 2) {
    const [C, S] = hyperbolicPair(filled * θ);
    const end = Math.min(2 * filled, length);
    for (let i = filled; i < end; i++) {
      const c = cosh[i - filled];
      const s = sinh[i - filled];
      cosh[i] = C * c + S * s;
      sinh[i] = S * c + C * s;
    }
  }
  return { length, cosh, sinh };
}

/**
 * Some √N points: fewer have more exponentials to share, more a longer table to fill. A block spans at most a
 * factor of e⁸: otherwise its last point would underflow long before its first.
 */
function blockLength(N: number, θ: number): number {
  return Math.max(1, Math.min(Math.ceil(2 * Math.sqrt(N)), Math.floor(8 / θ)));
}
