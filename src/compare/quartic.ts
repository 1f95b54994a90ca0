/**
 * The least value of a polynomial of fourth degree.
 *
 * @module
 */

/**
 * Where c_1 x + c_2 x² + c_3 x³ + c_4 x⁴ is least, for c_4 ≥ 0; where c_4 is 0, c_3 must be 0 too and c_2 above 0. Between two neighboring
 * zeros of its second derivative the first one is monotonic, and bisection finds its zero to the last digit; it is a minimum where the slope rises.
 */
export function leastOfQuartic([c1, c2, c3, c4]: readonly [number, number, number, number]): number {
  if (c4 === 0) return -c1 / (2 * c2);
  const value = (x: number): number => x * (c1 + x * (c2 + x * (c3 + x * c4)));
  const slope = (x: number): number => c1 + x * (2 * c2 + x * (3 * c3 + x * 4 * c4));
  // All zeros of the slope lie within Cauchy's bound.
  const bound = 1 + Math.max(Math.abs(c1), Math.abs(2 * c2), Math.abs(3 * c3)) / (4 * c4);
  const ends = [-bound, ...zerosOfQuadratic(2 * c2, 6 * c3, 12 * c4), bound];
  let least = Number.NaN;
  for (let i = 1; i < ends.length; i++) {
    const zero = zeroBetween(slope, ends[i - 1], ends[i]);
    if (zero !== undefined && !(value(zero) >= value(least))) least = zero;
  }
  return least;
}

/** The zeros of c_0 + c_1 x + c_2 x², c_2 > 0, in rising order. */
function zerosOfQuadratic(c0: number, c1: number, c2: number): readonly number[] {
  const discriminant = c1 * c1 - 4 * c2 * c0;
  if (!(discriminant > 0)) return [];
  const larger = -0.5 * (c1 + (c1 < 0 ? -1 : 1) * Math.sqrt(discriminant));
  return [larger / c2, c0 / larger].sort((one, other) => one - other);
}

/** Where a monotonic function rises through 0; undefined where it does not. */
function zeroBetween(f: (x: number) => number, from: number, to: number): number | undefined {
  if (!(f(from) <= 0 && f(to) >= 0)) return undefined;
  let [low, high] = [from, to];
  for (let i = 0; i < 1100; i++) {
    const middle = low + (high - low) / 2;
    if (!(middle > low && middle < high)) break;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}
