import { describe, expect, test } from "vitest";
import type { LikelihoodPoint } from "../../src/volatility/garchDerivatives";
import { activeAt, faceAt, moved } from "../../src/volatility/garchFace";
import type { Vector3 } from "../../src/volatility/garchSample";

type Matrix = LikelihoodPoint["hessian"];
const diagonal = (a: number, b: number, c: number): Matrix =>
  [a, 0, 0, 0, b, 0, 0, 0, c] as unknown as Matrix;
/** A point of the likelihood by its derivatives. */
const point = (gradient: Vector3, hessian: Matrix): LikelihoodPoint =>
  ({
    logLikelihood: 0,
    next: 1,
    gradient,
    hessian,
    information: diagonal(4, 1, 1),
  }) as unknown as LikelihoodPoint;

const still: Vector3 = [0, 0, 0];
const [omega, alpha, beta, persistence] = [0, 1, 2, 3];

describe("a point within the bounds", () => {
  test("is strict where the likelihood falls in every direction: Newton's step and what it promises", () => {
    const face = faceAt([], point([2, 1, 0], diagonal(-4, -1, -2)));
    expect(face).toEqual({ names: [], isPushed: true, shape: "strict", step: [0.5, 1, 0], gain: 1 });
  });

  test.each([
    ["level", "keeps its value in one", diagonal(-4, -1, 0)],
    ["level", "keeps its value in one but for rounding", diagonal(-4, -1, -1e-12)],
    ["saddle", "rises in one", diagonal(-4, -1, 1)],
    ["saddle", "rises in the first", diagonal(1, -1, -1)],
    [
      "saddle",
      "has a level direction tied to another",
      [-4, 0, 0, 0, 0, -0.5, 0, -0.5, -1] as unknown as Matrix,
    ],
    ["saddle", "rises between two in which it falls", [-4, 0, 0, 0, -1, -2, 0, -2, -1] as unknown as Matrix],
    ["strict", "falls between them as well", [-4, 0, 0, 0, -1, -0.5, 0, -0.5, -1] as unknown as Matrix],
  ] as const)("is %s where the likelihood %s", (shape, _, hessian) => {
    const face = faceAt([], point(still, hessian));
    expect(face.shape).toBe(shape);
    if (shape !== "strict") expect([face.step, face.gain]).toEqual([undefined, Number.POSITIVE_INFINITY]);
  });
});

describe("a point that bounds hold", () => {
  const strict = diagonal(-4, -1, -1);

  test.each([
    ["β = 0", [beta], [0, 0, -1], true],
    ["β = 0", [beta], [0, 0, 1], false],
    ["α = 0", [alpha], [0, -1, 0], true],
    ["α + β = 1", [persistence], [0, 1, 1], true],
    ["α + β = 1", [persistence], [0, -1, -1], false],
    ["α = β = 0", [alpha, beta], [0, -1, 1], false],
  ] as const)(
    "at %s, by bounds %j and slopes %j, is pushed against them: %s",
    (_, active, gradient, isPushed) => {
      expect(faceAt(active, point(gradient, strict)).isPushed).toBe(isPushed);
    },
  );

  test("is looked at along its bounds alone", () => {
    expect(faceAt([beta], point(still, diagonal(-4, -1, 1))).shape).toBe("strict");
    expect(faceAt([alpha], point(still, diagonal(-4, -1, 1))).shape).toBe("saddle");
    // Along α + β = 1 the curvature is that of α less β.
    expect(faceAt([persistence], point(still, diagonal(-4, -1, 0.5))).shape).toBe("strict");
    expect(faceAt([persistence], point(still, diagonal(-4, -1, 2))).shape).toBe("saddle");
    expect(faceAt([persistence], point([0, 1, 0], strict)).step).toEqual([0, 0.5, -0.5]);
    expect(faceAt([omega, alpha, beta], point([-1, -1, -1], strict)).shape).toBe("strict");
    expect(faceAt([omega], point([-1, 1, 0], strict)).step).toEqual([0, 1, 0]);
  });
});

test("bounds hold a point that is on them, and not one beside them", () => {
  expect(activeAt([0.1, 0.05, 0.9])).toEqual([]);
  expect(activeAt([1e-9, 0, 0])).toEqual([omega, alpha, beta]);
  expect(activeAt([2e-9, 1e-9, 1e-9])).toEqual([]);
  expect(activeAt([0.1, 0.3, 1 - 0.3])).toEqual([persistence]);
  expect(activeAt([0.1, 0.3, 1 - 0.3 - 1e-9])).toEqual([]);
});

test("a step keeps to the bounds: those that hold it exactly, and no further than the others", () => {
  expect(moved([0.1, 0.1, 0.8], [-1, 0.1, 0.5], [])).toEqual([1e-9, 0.2, 0.8]);
  expect(moved([0.1, 0.1, 0.8], [0.1, -0.5, 0.1], [])).toEqual([0.2, 0, 0.9]);
  expect(moved([0.1, 0.3, 0.7], [0, 0.2, -0.3], [persistence])).toEqual([0.1, 0.5, 0.5]);
  expect(moved([0.1, 0.3, 0.1], [0, 0.2, -0.05], [beta])).toEqual([0.1, 0.5, 0]);
});
