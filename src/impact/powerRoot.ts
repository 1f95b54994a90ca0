/**
 * The root of a power beside a straight line, by Newton's method from the side from which it cannot overshoot.
 *
 * @module
 */

/** Newton's steps from a start within a factor of 2 are five or six; next to a maximum some fifty. */
const mostSteps = 100;

/**
 * The v ≥ 0 with a v^β + c v = price, for a > 0 and price ≥ 0: for c < 0 the one at which the sum rises, Infinity where it
 * never rises so far.
 */
export function rateAt(β: number, a: number, c: number, price: number): number {
  if (c === 0) return (price / a) ** (1 / β);
  if (β === 1) return a + c > 0 ? price / (a + c) : Number.POSITIVE_INFINITY;
  if (β > 1) return besideConvexPower(β, a, c, price);
  return besideConcavePower(β, a, c, price);
}

/** β > 1: the sum is convex where it rises, and Newton from above falls to the root. */
function besideConvexPower(β: number, a: number, c: number, price: number): number {
  let v =
    c > 0
      ? Math.min((price / a) ** (1 / β), price / c)
      : Math.max(((2 * price) / a) ** (1 / β), ((-2 * c) / a) ** (1 / (β - 1)));
  for (let i = 0; i < mostSteps && v > 0; i++) {
    const power = a * v ** (β - 1);
    const step = ((power + c) * v - price) / (β * power + c);
    if (!(step > 1e-16 * v)) break;
    v -= step;
  }
  return v;
}

/**
 * β < 1: in y = v^β the sum is a y + c y^{1/β}, convex for c > 0, so that Newton from above falls to the root, and concave for
 * c < 0, so that Newton from below climbs to it.
 */
function besideConcavePower(β: number, a: number, c: number, price: number): number {
  const p = 1 / β;
  let y = price / a;
  if (c > 0) y = Math.min(y, (price / c) ** β);
  else if (price > largestSum(β, a, c)) return Number.POSITIVE_INFINITY;
  for (let i = 0; i < mostSteps && y > 0; i++) {
    const line = c * y ** (p - 1);
    const step = ((a + line) * y - price) / (a + p * line);
    if (!(c > 0 ? step > 1e-16 * y : step < -1e-16 * y)) break;
    y -= step;
  }
  return y ** p;
}

/** The largest value of a v^β + c v for β < 1 and c < 0, at aβ v^{β−1} = −c. */
function largestSum(β: number, a: number, c: number): number {
  return a * (1 - β) * ((a * β) / -c) ** (β / (1 - β));
}
