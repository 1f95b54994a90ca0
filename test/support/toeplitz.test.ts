import { describe, expect, test } from "vitest";
import { factorize } from "../../src/support/cholesky";
import { indefiniteDirection, toeplitzProduct } from "../../src/support/toeplitz";
import { uniforms } from "../helpers/random";

const inner = (x: Float64Array, y: Float64Array): number =>
  x.reduce((sum, value, k) => sum + value * y[k], 0);

function product(t: Float64Array, x: Float64Array): Float64Array {
  return x.map((_, i) => x.reduce((sum, value, j) => sum + t[Math.abs(i - j)] * value, 0));
}

describe("a symmetric Toeplitz matrix", () => {
  test("multiplies as its entries do, within the rounding it states, which is not far above what is seen", () => {
    const random = uniforms(1);
    let nearest = 0;
    for (const N of [2, 3, 4, 5, 31, 32, 33, 200, 1000]) {
      const t = Float64Array.from({ length: N }, (_, k) => (1 + k) ** -0.4);
      const x = t.map(() => random() - 0.3);
      const { times, rounding } = toeplitzProduct(t);
      const y = x.slice();
      times(y);
      const off = product(t, x).map((value, k) => value - y[k]);
      const distance = Math.sqrt(inner(off, off));
      const bound = rounding * Math.sqrt(inner(x, x));
      expect(distance).toBeLessThan(bound);
      nearest = Math.max(nearest, distance / bound);
    }
    expect(nearest).toBeGreaterThan(1e-3);
  });

  test("is positive definite where Cholesky's factorization says so, and otherwise has a direction that proves it", () => {
    const random = uniforms(2);
    let [definite, not] = [0, 0];
    for (let i = 0; i < 500; i++) {
      const N = 1 + Math.floor(30 * random());
      const t = Float64Array.from({ length: N }, (_, k) =>
        k === 0 ? 1 : (2 * (random() - 0.5)) / k ** random(),
      );
      const A = new Float64Array(N * N);
      for (let a = 0; a < N; a++) for (let b = 0; b < N; b++) A[a * N + b] = t[Math.abs(a - b)];
      const failed = factorize(A, N);
      const direction = indefiniteDirection(t);
      if (direction === undefined) {
        definite++;
        expect(failed).toBe(-1);
        continue;
      }
      not++;
      // The first pivot that fails is the same.
      expect(direction.length - 1).toBe(failed);
      const whole = new Float64Array(N);
      whole.set(direction);
      const value = inner(whole, product(t, whole));
      expect(value).toBeLessThan(1e-12);
      expect(Math.abs(value - A[failed * N + failed])).toBeLessThan(1e-9 * (1 + Math.abs(value)));
    }
    expect(Math.min(definite, not)).toBeGreaterThan(50);
  });

  test("is not positive definite by rounding alone", () => {
    expect(indefiniteDirection(Float64Array.of(1, 1, 1))).toEqual(Float64Array.of(1, -1));
    expect(indefiniteDirection(Float64Array.of(1, 1 - 2 ** -53))).toBeDefined();
    expect(indefiniteDirection(Float64Array.of(0))).toEqual(Float64Array.of(1));
    expect(indefiniteDirection(Float64Array.of(-1, 0))).toEqual(Float64Array.of(1));
    expect(indefiniteDirection(Float64Array.of(1, 1 - 1e-12))).toBeUndefined();
  });
});
