import { describe, expect, test } from "vitest";
import { circulantEigenvalues, circulantProduct } from "../../src/support/circulant";
import { powerOfTwo } from "../../src/support/fourier";
import { uniforms } from "../helpers/random";

/** A first column with c_k = c_{M−k}. */
function column(M: number, random: () => number): Float64Array {
  const c = new Float64Array(M);
  for (let k = 0; k <= M / 2; k++) c[k] = c[(M - k) % M] = random() - 0.5;
  return c;
}

const sizes = [4, 8, 16, 32, 64, 128, 512];

describe("a symmetric circulant matrix", () => {
  test.each(sizes)("of %i rows has the eigenvalues that Fourier's sums give", (M) => {
    const c = column(M, uniforms(M));
    const eigenvalues = circulantEigenvalues(c);
    expect(eigenvalues.length).toBe(M / 2 + 1);
    eigenvalues.forEach((value, k) => {
      // Angles within one turn, so that cosines are right to the last digit.
      const sum = c.reduce((all, entry, j) => all + entry * Math.cos((2 * Math.PI * ((j * k) % M)) / M), 0);
      expect(Math.abs(value - sum)).toBeLessThan(1e-15 * M);
    });
  });

  test.each(sizes)("of %i rows multiplies vectors as the sum over its entries does", (M) => {
    const random = uniforms(M);
    const c = column(M, random);
    const times = circulantProduct(circulantEigenvalues(c));
    for (const length of [M, M - 1, M / 2, 1]) {
      const x = Float64Array.from({ length }, () => random() - 0.5);
      const y = x.slice();
      times(y);
      y.forEach((value, i) => {
        const sum = x.reduce((all, entry, j) => all + c[(i - j + M) % M] * entry, 0);
        expect(Math.abs(value - sum)).toBeLessThan(1e-15 * M);
      });
    }
  });

  test("rounds by a few parts in 1e16 of the norm, however large it is", () => {
    const M = 2 ** 17;
    const random = uniforms(3);
    const c = column(M, random);
    const eigenvalues = circulantEigenvalues(c);
    const x = Float64Array.from({ length: M }, () => random() - 0.5);
    const back = x.slice();
    circulantProduct(eigenvalues)(back);
    circulantProduct(eigenvalues.map((value) => 1 / value))(back);
    // There and back: as far off as the most unlike eigenvalues lie apart.
    const sizesOf = eigenvalues.map(Math.abs);
    const condition = sizesOf.reduce((a, b) => Math.max(a, b)) / sizesOf.reduce((a, b) => Math.min(a, b));
    const norm = Math.hypot(...x.subarray(0, 1000));
    const off = Math.hypot(...back.subarray(0, 1000).map((value, i) => value - x[i]));
    expect(off).toBeLessThan(1e-15 * condition * norm);
  });

  test("has a size that is a power of 2 from 4 on", () => {
    expect([1, 4, 5, 8, 779, 1024, 1025].map(powerOfTwo)).toEqual([4, 4, 8, 8, 1024, 1024, 2048]);
  });
});
