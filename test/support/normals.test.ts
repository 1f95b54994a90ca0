import { describe, expect, test } from "vitest";
import { normalQuantile } from "../../src/support/normalDistribution";
import { fillNormals, stream } from "../../src/support/normals";

const count = 4_000_000;
const sample = new Float64Array(count);
fillNormals(stream("test"), sample, count);

/** A share of the sample against its probability, in standard errors. */
function standardErrors(hits: number, probability: number): number {
  return Math.abs(hits / count - probability) / Math.sqrt((probability * (1 - probability)) / count);
}

// Seeds are fixed. Five standard errors raise a false alarm in one of two million checks of a right generator.
describe(`${count.toLocaleString("en")} normal numbers`, () => {
  test("have the moments 0, 1, 0, 3, 0, 15 of the normal law (5 standard errors)", () => {
    const sums = [0, 0, 0, 0, 0, 0];
    for (const z of sample) {
      let power = 1;
      for (let i = 0; i < 6; i++) {
        power *= z;
        sums[i] = sums[i] + power;
      }
    }
    const expected = [0, 1, 0, 3, 0, 15];
    // Variance of z^m is E z^(2m) − (E z^m)², with E z^(2m) = (2m − 1)!!.
    const variances = [1, 2, 15, 96, 945, 10170];
    sums.forEach((sum, i) => {
      const error = Math.sqrt(variances[i] / count);
      expect(Math.abs(sum / count - expected[i]) / error, `moment ${i + 1}`).toBeLessThan(5);
    });
  });

  test("have the tails of the normal law, on both sides (5 standard errors)", () => {
    const tails: [number, number][] = [
      [1, 0.15865525393145705],
      [2, 0.02275013194817921],
      [3, 1.3498980316300957e-3],
      // The ziggurat's own tail begins here.
      [3.442619855899, 2.8805425619582e-4],
      [4, 3.167124183311998e-5],
      [4.5, 3.3976731247300535e-6],
    ];
    for (const [z, probability] of tails) {
      for (const side of [1, -1]) {
        let hits = 0;
        for (const value of sample) if (side * value > z) hits++;
        expect(standardErrors(hits, probability), `${side} beyond ${z}`).toBeLessThan(5);
      }
    }
  });

  test("fill 128 equally likely cells evenly (chi-square within 5 standard deviations)", () => {
    const cells = 128;
    const edges = Array.from({ length: cells - 1 }, (_, i) => normalQuantile((i + 1) / cells));
    const hits = new Float64Array(cells);
    for (const z of sample) {
      let [low, high] = [0, cells - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (z < edges[middle]) high = middle;
        else low = middle + 1;
      }
      hits[low] = hits[low] + 1;
    }
    const expected = count / cells;
    const chiSquare = hits.reduce((sum, hit) => sum + (hit - expected) ** 2 / expected, 0);
    expect(Math.abs(chiSquare - (cells - 1)) / Math.sqrt(2 * (cells - 1))).toBeLessThan(5);
  });

  test("are not correlated with their neighbors, nor are their squares (5 standard errors)", () => {
    for (const lag of [1, 2, 7, 60]) {
      let [plain, squares] = [0, 0];
      for (let i = lag; i < count; i++) {
        const [u, v] = [sample[i], sample[i - lag]];
        plain += u * v;
        squares += (u * u - 1) * (v * v - 1);
      }
      expect(Math.abs(plain) / Math.sqrt(count), `lag ${lag}`).toBeLessThan(5);
      expect(Math.abs(squares) / (2 * Math.sqrt(count)), `squares, lag ${lag}`).toBeLessThan(5);
    }
  });

  test("differ between streams, repeat within one, and do not depend on how they are cut", () => {
    const [a, b] = [new Float64Array(1000), new Float64Array(1000)];
    fillNormals(stream("a"), a, 1000);
    fillNormals(stream("b"), b, 1000);
    expect(a.some((value, i) => value === b[i])).toBe(false);
    const pieces = stream("a");
    const piece = new Float64Array(250);
    for (let i = 0; i < 4; i++) {
      fillNormals(pieces, piece, 250);
      expect([...piece]).toEqual([...a.subarray(250 * i, 250 * (i + 1))]);
    }
  });
});
