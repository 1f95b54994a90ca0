import { describe, expect, test } from "vitest";
import { neutralBasis } from "../../src/portfolio/basis";
import { solveLower, solveUpper } from "../../src/portfolio/cholesky";
import { symmetricEigen } from "../../src/portfolio/eigen";
import { multiply, pack, transpose } from "../../src/portfolio/multiply";
import { factorize } from "../../src/support/cholesky";
import { definite } from "../helpers/portfolios";
import { uniforms } from "../helpers/random";

const buffer = (rows: readonly (readonly number[])[], size = 1): Float64Array =>
  Float64Array.from(rows.flat(), (value) => size * value);

describe("eigenvectors of a symmetric matrix", () => {
  const matrices: Readonly<Record<string, number[][]>> = {
    "one by one": [[3]],
    "two by two": [
      [0, 1],
      [1, 0],
    ],
    zero: [
      [0, 0],
      [0, 0],
    ],
    diagonal: [
      [3, 0, 0],
      [0, 1, 0],
      [0, 0, 3],
    ],
    "of rank one": [1, 2, 3, 4].map((a) => [1, 2, 3, 4].map((b) => a * b)),
    "with an eigenvalue many times over": [1, 2, 3, 4, 5].map((i) =>
      [1, 2, 3, 4, 5].map((j) => (i === j ? 2 : 1)),
    ),
    random: definite(13, 1, uniforms(1)),
  };
  const cases = Object.entries(matrices).flatMap(([name, rows]) =>
    [1, 1e-200, 1e200].map((size) => ({ name, rows, size })),
  );

  test.each(cases)("give it back, and are orthonormal: $name, in units of $size", ({ rows, size }) => {
    const m = rows.length;
    const A = buffer(rows, size);
    const { values, vectors } = symmetricEigen(A, m);
    const largest = Math.max(...rows.flat().map(Math.abs), 1e-3);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < m; j++) {
        let [sum, along] = [0, 0];
        for (let k = 0; k < m; k++) {
          sum +=
            ((values[k] as number) / size) * (vectors[k * m + i] as number) * (vectors[k * m + j] as number);
          along += (vectors[i * m + k] as number) * (vectors[j * m + k] as number);
        }
        expect(Math.abs(sum - ((rows[i] as number[])[j] as number))).toBeLessThan(2e-14 * largest * m);
        expect(along).toBeCloseTo(i === j ? 1 : 0, 13);
      }
    }
    // What was given is left as it was.
    expect(A).toEqual(buffer(rows, size));
  });
});

describe("products and triangular factors", () => {
  test.each([1, 2, 3, 4, 5, 9])("of %d columns are those of plain sums, for any number of rows", (m) => {
    const draw = uniforms(m);
    for (const rows of [1, 2, 3, 6]) {
      const A = Float64Array.from({ length: rows * (m + 1) }, () => draw() - 0.5);
      const B = Float64Array.from({ length: (m + 1) * m }, () => draw() - 0.5);
      const C = multiply(A, pack(B, m + 1, m), rows);
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < m; j++) {
          let sum = 0;
          for (let k = 0; k <= m; k++) sum += (A[i * (m + 1) + k] as number) * (B[k * m + j] as number);
          expect(C[i * m + j]).toBeCloseTo(sum, 14);
        }
      }
    }
    const diagonal = Float64Array.from({ length: m * m }, (_, at) => (at % (m + 1) === 0 ? at + 1 : 0));
    expect(pack(diagonal, m, m).diagonal).toBeDefined();
    const row = Float64Array.from({ length: m }, draw);
    multiply(row, pack(diagonal, m, m), 1).forEach((value, i) => {
      expect(value).toBe((row[i] as number) * (i * (m + 1) + 1));
    });
  });

  test.each([1, 2, 5, 8])("solve equations of size %d", (m) => {
    const rows = definite(m, 1, uniforms(m));
    const L = buffer(rows);
    expect(factorize(L, m)).toBe(-1);
    const B = Float64Array.from({ length: m * 3 }, (_, at) => at - 4);
    const x = B.slice();
    solveLower(L, m, x, 3);
    solveUpper(L, m, x, 3);
    multiply(buffer(rows), pack(x, m, 3), m).forEach((value, at) => {
      expect(value).toBeCloseTo(B[at] as number, 9);
    });
    const broken = buffer(rows);
    broken[m * m - 1] = -1;
    expect(factorize(broken, m)).toBe(m - 1);
  });

  test("a basis of neutral holdings is orthonormal, and orthogonal to all weights, dependent ones too", () => {
    const weights = [
      [1, 2, 3, 4, 5],
      [1, 0, 0, 0, 1],
      [3, 4, 6, 8, 11],
    ].map((row) => Float64Array.from(row));
    const { Z, r } = neutralBasis(weights, 5);
    expect(r).toBe(3);
    const square = multiply(transpose(Z, 5, r), pack(Z, 5, r), r);
    square.forEach((value, at) => {
      expect(value).toBeCloseTo(at % (r + 1) === 0 ? 1 : 0, 14);
    });
    for (const one of weights) {
      for (const value of multiply(one, pack(Z, 5, r), 1)) expect(value).toBeCloseTo(0, 13);
    }
  });
});
