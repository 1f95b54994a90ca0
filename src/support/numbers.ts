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
    // Beyond the largest double there is nothing lost to add: ∞ − ∞ would make NaN of an infinite sum.
    return Number.isFinite(this.total) ? this.total + this.lost : this.total;
  }
}

/** Numbers in a row, as an array or as a typed one: a column of a table of prices. */
export type Series = readonly number[] | Float64Array;

/** One bound for all or one for each; `null` is what JSON makes of an infinity, and means no bound. */
export type Bounds = number | null | Series | readonly (number | null)[];

/** Up to this length an array is a copy of zeros, which are kept. */
const mostCopied = 200_000;

/** Zeros to copy. The first number was none that an integer could hold, so that all are kept as doubles. */
const zerosToCopy = [0.5];
zerosToCopy[0] = 0;

/**
 * An array to be kept, which survives JSON, for callers that write all of its numbers. Copying zeros takes a quarter of the time of
 * an array whose places are marked as empty one by one. And where code meets arrays with and without empty places, the engine
 * checks every number that it reads.
 */
export function unfilledArray(length: number): number[] {
  // Beyond some 3e7 an array of a length given in advance is a hash table.
  if (length > mostCopied) return length > 3e7 ? [] : new Array<number>(length);
  while (zerosToCopy.length < length) zerosToCopy.push(0);
  return zerosToCopy.slice(0, length);
}

/** The same, all 0. */
export function plainZeros(length: number): number[] {
  const array = unfilledArray(length);
  if (length > mostCopied) for (let i = 0; i < length; i++) array[i] = 0;
  return array;
}

/** The numbers of a buffer, or the first `length` of them, as an array, which survives JSON. */
export function plainArray(numbers: Float64Array, length: number = numbers.length): number[] {
  const array = unfilledArray(length);
  for (let i = 0; i < length; i++) array[i] = numbers[i];
  return array;
}

/** A buffer of this many bytes is cut into parts; arrays of a quarter of it and more get their own. */
const sharedBytes = 65_536;

let shared = new ArrayBuffer(0);
let used = 0;

/** The next part of the shared buffer, which no part before it touches; undefined for a large one. */
function nextPart(bytes: number): number | undefined {
  if (bytes > sharedBytes / 4) return undefined;
  if (used + bytes > shared.byteLength) {
    shared = new ArrayBuffer(sharedBytes);
    used = 0;
  }
  const begin = used;
  used += (bytes + 7) & ~7;
  return begin;
}

/**
 * An array of doubles, all 0, to work with: a part of a buffer that many share, which takes a tenth of the time of one with a buffer
 * of its own. Not for what is kept, cached or sent to another thread, where the whole buffer would go with it.
 */
export function zeros(length: number): Float64Array {
  const begin = nextPart(length * Float64Array.BYTES_PER_ELEMENT);
  return begin === undefined ? new Float64Array(length) : new Float64Array(shared, begin, length);
}

/** A copy to work with, of the same kind. */
export function copied(values: Float64Array): Float64Array {
  const copy = zeros(values.length);
  copy.set(values);
  return copy;
}

/** The same of small whole numbers, from 0 to 255. */
export function smallZeros(length: number): Uint8Array {
  const begin = nextPart(length);
  return begin === undefined ? new Uint8Array(length) : new Uint8Array(shared, begin, length);
}

/** Adds numbers without losing digits. */
export function total(values: Series): number {
  const sum = new Sum();
  for (const value of values) sum.add(value);
  return sum.value;
}

/** An amount per share in 1/10,000 of a price's absolute value; NaN where the price is 0 and there are none. */
export function basisPoints(perShare: number, price: number): number {
  return price === 0 ? Number.NaN : 1e4 * (perShare / Math.abs(price));
}

/** The smallest of at least one number. */
export function smallest(values: Float64Array): number {
  let least = values[0];
  for (let k = 1; k < values.length; k++) if (values[k] < least) least = values[k];
  return least;
}

/** The refusal of a result that doubles cannot hold. */
export function beyondRange(what: string): RangeError {
  return new RangeError(
    `${what} leaves the range of floating-point numbers: state the problem in other units of shares, time or currency.`,
  );
}

/** A result, or a RangeError that names it where it is infinite or no number. */
export function finite(what: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw beyondRange(what);
}

/** Refuses results of which one is infinite or no number. */
export function requireFinite(what: string, values: ArrayLike<number>): void {
  // The difference of a number to itself is 0 unless it is infinite or none.
  let probe = 0;
  for (let i = 0; i < values.length; i++) probe += values[i] - values[i];
  if (probe !== 0) throw beyondRange(what);
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
  const aHigh = upperHalf(a);
  const bHigh = upperHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** A number's upper 26 bits; what it has below them is exactly the difference (Veltkamp). */
function upperHalf(value: number): number {
  const scaled = 134217729 * value;
  return scaled - (scaled - value);
}
