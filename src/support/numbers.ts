/**
 * Arithmetic where the plain operators lose digits.
 *
 * @module
 */

/**
 * Adds numbers one at a time and keeps what rounding drops (Neumaier's form of Kahan's summation), so that
 * the error of a sum does not grow with the number of terms.
 */
export class Sum {
  private total = 0;
  private lost = 0;

  add(value: number): void {
    const next = this.total + value;
    this.lost +=
      Math.abs(this.total) >= Math.abs(value) ? this.total - next + value : value - next + this.total;
    this.total = next;
  }

  get value(): number {
    return this.total + this.lost;
  }
}

/**
 * `a·b − c·d`, right to the last digit or two even where the products nearly cancel: both products are formed
 * exactly, as a rounded part and its error (Dekker 1971), before they are subtracted.
 */
export function differenceOfProducts(a: number, b: number, c: number, d: number): number {
  const ab = a * b;
  const cd = c * d;
  const difference = ab - cd;
  const correction = productError(a, b, ab) - productError(c, d, cd);
  // Where the splitting below leaves the range of doubles, the plain difference is all there is.
  return Number.isFinite(correction) ? difference + correction : difference;
}

/** What the rounding of `a * b` to `product` dropped. */
function productError(a: number, b: number, product: number): number {
  const [aHigh, aLow] = split(a);
  const [bHigh, bLow] = split(b);
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** Two halves of 26 bits whose sum is the number (Veltkamp). */
function split(value: number): readonly [number, number] {
  const scaled = 134217729 * value;
  const high = scaled - (scaled - value);
  return [high, value - high];
}
