import { expect, test } from "vitest";
import { eliminate, solveSmallQuadratic } from "../../src/volatility/smallQuadratic";

const B = [2, 0, 0, 0, 2, 0, 0, 0, 2];

test("finds the free minimum where no bound is in the way", () => {
  const { step, active } = solveSmallQuadratic([-2, -4, -2], B, []) ?? {};
  expect(step).toEqual([1, 2, 1]);
  expect(active).toEqual([]);
});

test("stops at a bound, and at the corner of two", () => {
  // x ≤ ½, and y ≤ 1 besides.
  const x = { normal: [-1, 0, 0], level: -0.5 };
  const y = { normal: [0, -1, 0], level: -1 };
  expect(solveSmallQuadratic([-2, -4, -2], B, [x])).toEqual({ step: [0.5, 2, 1], active: [0] });
  expect(solveSmallQuadratic([-2, -4, -2], B, [x, y])).toEqual({ step: [0.5, 1, 1], active: [0, 1] });
});

test("leaves a bound alone that does not bind, and says so when bounds contradict each other", () => {
  const far = { normal: [1, 0, 0], level: -10 };
  expect(solveSmallQuadratic([-2, 0, 0], B, [far])?.active).toEqual([]);
  const [up, down] = [
    { normal: [1, 0, 0], level: 1 },
    { normal: [-1, 0, 0], level: 1 },
  ];
  expect(solveSmallQuadratic([0, 0, 0], B, [up, down])).toBeUndefined();
});

test("elimination pivots, and refuses a singular matrix", () => {
  expect(
    eliminate([
      [0, 1, 2],
      [2, 0, 6],
    ]),
  ).toEqual([3, 2]);
  expect(
    eliminate([
      [1, 1, 2],
      [1, 1, 2],
    ]),
  ).toBeUndefined();
});
