import { expect, test } from "vitest";
import { isPositiveDefinite, smallestEigenvalue, uniformCurvature } from "../../src/certify/definite";
import type { Squares } from "../../src/certify/marginals";
import { uniforms } from "../helpers/random";

/** The size of what is added up on the diagonal, which rounding is relative to. */
const sizeOf = ({ trades: A, holdings: B }: Squares) =>
  B.reduce((most, b, k) => Math.max(most, Math.abs(A[k]) + Math.abs(A[k + 1]) + Math.abs(b)), 0);

const lessened = ({ trades, holdings }: Squares, shift: number): Squares => ({
  trades,
  holdings: holdings.map((b) => b - shift),
});

test("the smallest eigenvalue is where the matrix less a number stops being positive definite", () => {
  const random = uniforms(71);
  // Alike, over six powers of ten, some below 0, holdings of both signs, trades that cost nothing, and far from 1.
  const kinds = [
    () => 1 + 0.3 * random(),
    () => 10 ** (6 * random() - 3),
    () => random() - 0.2,
    () => 1 + 0.3 * random(),
    () => (random() < 0.1 ? 0 : 1),
    () => 1e90 * (1 + random()),
    () => 1e-90 * (1 + random()),
    () => 1e-153 * (1 + random()),
    () => 1e153 * (1 + random()),
  ];
  for (let i = 0; i < 3500; i++) {
    const kind = i % kinds.length;
    const N = 2 + Math.floor(150 * random() ** 2);
    const A = Float64Array.from({ length: N }, kinds[kind]);
    const unit = [1e90, 1e-90, 1e-153, 1e153][kind - 5] ?? 1;
    const holding = () => (kind === 3 ? random() - 0.5 : random() < 0.1 ? 0 : 0.1 * random());
    const B = Float64Array.from({ length: N - 1 }, () => unit * holding());
    const squares = { trades: A, holdings: i % 10 === 0 ? B.fill(0) : B };
    const found = smallestEigenvalue(squares);
    const error = 1e-11 * Math.abs(found) + 1e-15 * N * sizeOf(squares);
    expect(isPositiveDefinite(lessened(squares, found - error))).toBe(true);
    expect(isPositiveDefinite(lessened(squares, found + error))).toBe(false);
  }
});

test("where nothing varies it is the closed form, for two trades and for a day of minutes", () => {
  for (const N of [2, 3, 10, 390, 5000]) {
    for (const [a, b] of [
      [1, 0],
      [1, 1e-6],
      [1, 3],
      [-1, 5],
      [1e-7, 1e-9],
    ]) {
      const squares = { trades: new Float64Array(N).fill(a), holdings: new Float64Array(N - 1).fill(b) };
      const right = uniformCurvature(N, a, b);
      // The matrix's entries carry a rounding of 1e-16 of themselves, whatever is left of them.
      expect(Math.abs(smallestEigenvalue(squares) - right)).toBeLessThan(
        1e-11 * Math.abs(right) + 1e-15 * (4 * Math.abs(a) + b),
      );
    }
  }
});

test("two wells a little apart, whose eigenvalues nearly coincide", () => {
  for (const apart of [0, 1e-14, 1e-9, 1e-3]) {
    const B = new Float64Array(41).fill(1);
    [B[8], B[32]] = [1e-3, 1e-3 * (1 + apart)];
    const squares = { trades: new Float64Array(42).fill(1e-3), holdings: B };
    const found = smallestEigenvalue(squares);
    expect(isPositiveDefinite(lessened(squares, found * (1 - 1e-11)))).toBe(true);
    expect(isPositiveDefinite(lessened(squares, found * (1 + 1e-11)))).toBe(false);
  }
});

test("without holdings to choose there is none", () => {
  const none = { trades: Float64Array.of(1), holdings: new Float64Array(0) };
  expect(smallestEigenvalue(none)).toBe(Number.POSITIVE_INFINITY);
});
