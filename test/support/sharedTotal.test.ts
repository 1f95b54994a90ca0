import { describe, expect, test } from "vitest";
import { factorize, solveFactored } from "../../src/support/cholesky";
import { type SumsMatrix, sumsProduct, sumsSolver } from "../../src/support/sharedTotal";
import { uniforms } from "../helpers/random";

/** H, entry by entry. */
function full({ column: t, diagonal: d, weights: w, own: v }: SumsMatrix): (i: number, j: number) => number {
  const m = (l: number, j: number): number => (j < l ? 1 : j === l ? v : 0);
  return (i, j) => {
    let sum = t[Math.abs(i - j)] + (i === j ? d[i] : 0);
    for (let l = 0; l < w.length; l++) sum += w[l] * m(l, i) * m(l, j);
    return sum;
  };
}

function randomMatrix(random: () => number, N: number, i: number): SumsMatrix {
  const decay = 0.2 + random();
  const column = Float64Array.from({ length: N }, (_, k) => 1 + (1 + k) ** -decay);
  const size = 10 ** (-3 + 4 * random());
  return {
    column,
    diagonal: column.map(() => (i % 3 === 0 ? 0 : 0.3 * random())),
    weights: column.map(() => (i % 4 === 0 ? 0 : size * (i % 4 === 1 ? 1 : random()))),
    own: [0, 0.5, 1][i % 3],
  };
}

describe("a system whose numbers share a total", () => {
  test("has the product that its entries give, but for what all entries share", () => {
    const random = uniforms(1);
    for (let i = 0; i < 60; i++) {
      const N = 2 + Math.floor(30 * random());
      const matrix = randomMatrix(random, N, i);
      const H = full(matrix);
      const x = Float64Array.from({ length: N }, () => random() - 0.5);
      const y = new Float64Array(N);
      sumsProduct(matrix).times(x, y);
      const whole = x.reduce((sum, value) => sum + value, 0);
      y.forEach((value, k) => {
        const exact = x.reduce((sum, entry, j) => sum + H(k, j) * entry, 0);
        expect(Math.abs(value + matrix.column[N - 1] * whole - exact)).toBeLessThan(
          1e-12 * (1 + Math.abs(exact)),
        );
      });
    }
  });

  test("is solved as Cholesky's factorization solves it, whichever numbers are free", () => {
    const random = uniforms(2);
    for (let i = 0; i < 200; i++) {
      const N = 3 + Math.floor(60 * random());
      const matrix = randomMatrix(random, N, i);
      const H = full(matrix);
      const free = Float64Array.from({ length: N }, (_, k) => (k < 2 || i % 5 < 2 || random() < 0.6 ? 1 : 0));
      const places = Array.from(free.keys()).filter((k) => free[k] === 1);
      const f = places.length;
      const L = new Float64Array(f * f);
      places.forEach((k, a) => {
        places.forEach((j, b) => {
          L[a * f + b] = H(k, j);
        });
      });
      expect(factorize(L, f)).toBe(-1);
      const r = Float64Array.from({ length: N }, () => random() - 0.5);
      const total = random() < 0.5 ? 0 : 10 * random();
      const begun = solveFactored(
        L,
        f,
        Float64Array.from(places, (k) => r[k]),
      );
      const ones = solveFactored(L, f, new Float64Array(f).fill(1));
      const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
      const level = (total - sum(begun)) / sum(ones);
      const solve = sumsSolver(matrix, sumsProduct(matrix), free);
      const found = solve(r, total, 1e-14);
      places.forEach((k, a) => {
        expect(Math.abs(found.x[k] - begun[a] - level * ones[a])).toBeLessThan(1e-11 * (1 + total));
      });
      found.x.forEach((value, k) => {
        if (free[k] === 0) expect(value).toBe(0);
      });
      expect(Math.abs(found.level + matrix.column[N - 1] * total - level)).toBeLessThan(
        1e-9 * (1 + Math.abs(level)),
      );
    }
  });

  test("takes a dozen steps for thousands of numbers where nothing varies", () => {
    const random = uniforms(3);
    const N = 3000;
    const column = Float64Array.from({ length: N }, (_, k) => (1 + k / 50) ** -0.5);
    const weights = new Float64Array(N).fill(1e-5);
    const matrix = { column, weights, diagonal: new Float64Array(N), own: 1 };
    let products = 0;
    const { times, ...rest } = sumsProduct(matrix);
    const counted = {
      ...rest,
      times: (x: Float64Array, y: Float64Array): void => {
        products++;
        times(x, y);
      },
    };
    const r = column.map(() => random() - 0.5);
    sumsSolver(matrix, counted, new Float64Array(N).fill(1))(r, 0, 1e-12);
    expect(products).toBeLessThan(16);
  });
});
