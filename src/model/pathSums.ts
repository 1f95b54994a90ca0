/**
 * Sums over a schedule: all that a market which does not vary needs to price it, and whether its numbers belong together.
 *
 * @module
 */
import { Sum } from "../support/numbers";
import type { Schedule } from "./schedule";

/** Sums over k = 1 … N. */
export interface PathSums {
  /** Σ n_k² (shares²). */
  readonly trades: number;
  /** Σ x_k² (shares²). */
  readonly holdings: number;
  /** Σ n_k x_k (shares²). */
  readonly products: number;
  /** Σ (x_{k−1} − x_k − n_k)², 0 but for rounding where trades are what holdings differ by (shares²). */
  readonly disagreement: number;
}

/** Long enough that a call for each costs nothing, short enough that plain sums inside lose no digit that counts. */
const blockLength = 256;

/**
 * The sums, to some 1e-14 of the sums of absolute values: plain within blocks of 256, four terms at a time, and compensated
 * between them.
 */
export function pathSums({ trades: n, remaining: x }: Pick<Schedule, "trades" | "remaining">): PathSums {
  const N = n.length;
  const [trades, holdings, products] = [new Sum(), new Sum(), new Sum()];
  let disagreement = 0;
  for (let first = 0; first < N; first += blockLength) {
    addBlock(n, x, first, Math.min(N, first + blockLength));
    trades.add(block[0]);
    holdings.add(block[1]);
    products.add(block[2]);
    disagreement += block[3];
  }
  return { trades: trades.value, holdings: holdings.value, products: products.value, disagreement };
}

/** What `addBlock` found last: numbers in an array take no room of their own. */
const block = new Float64Array(4);

function addBlock(n: readonly number[], x: readonly number[], first: number, end: number): void {
  let trades = 0;
  let holdings = 0;
  let products = 0;
  let disagreement = 0;
  let before = x[first];
  let k = first;
  for (; k + 3 < end; k += 4) {
    const n0 = n[k];
    const n1 = n[k + 1];
    const n2 = n[k + 2];
    const n3 = n[k + 3];
    const x0 = x[k + 1];
    const x1 = x[k + 2];
    const x2 = x[k + 3];
    const x3 = x[k + 4];
    trades += n0 * n0 + n1 * n1 + (n2 * n2 + n3 * n3);
    holdings += x0 * x0 + x1 * x1 + (x2 * x2 + x3 * x3);
    products += n0 * x0 + n1 * x1 + (n2 * x2 + n3 * x3);
    const d0 = before - x0 - n0;
    const d1 = x0 - x1 - n1;
    const d2 = x1 - x2 - n2;
    const d3 = x2 - x3 - n3;
    disagreement += d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3);
    before = x3;
  }
  for (; k < end; k++) {
    const d = before - x[k + 1] - n[k];
    before = x[k + 1];
    trades += n[k] * n[k];
    holdings += before * before;
    products += n[k] * before;
    disagreement += d * d;
  }
  block[0] = trades;
  block[1] = holdings;
  block[2] = products;
  block[3] = disagreement;
}

/** Σ|v_k|, in the same way. */
export function absoluteSum(values: readonly number[]): number {
  const sum = new Sum();
  for (let first = 0; first < values.length; first += blockLength) {
    const end = Math.min(values.length, first + blockLength);
    let part = 0;
    let other = 0;
    let k = first;
    for (; k + 1 < end; k += 2) {
      part += Math.abs(values[k]);
      other += Math.abs(values[k + 1]);
    }
    if (k < end) part += Math.abs(values[k]);
    sum.add(part + other);
  }
  return sum.value;
}
