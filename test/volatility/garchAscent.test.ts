import { describe, expect, test } from "vitest";
import { climb } from "../../src/volatility/garchAscent";
import { backcast, squaredReturns } from "../../src/volatility/garchSample";
import { fitGarch } from "../../src/volatility/index";
import { garch, normals, student } from "../reference/garch_series.mjs";

const returnsOf = (count: number, make: (t: number) => number): readonly number[] =>
  Array.from({ length: count }, (_, t) => make(t));

/** The best likelihood of climbs from many starts, each to its end: none is cut short by what others have found. */
function bestOfManyClimbs(returns: readonly number[]): number {
  const { squares, scale } = squaredReturns(returns, 100);
  const sample = { squares: squares.map((square) => square / scale), backcast: backcast(returns) / scale };
  const ends = [0, 0.01, 0.05, 0.2, 0.4, 0.8].flatMap((α) =>
    [0.05, 0.5, 0.9, 0.98, 1].flatMap((persistence) =>
      α > persistence ? [] : [climb([1 - persistence, α, persistence - α], sample, [])],
    ),
  );
  const highest = Math.max(...ends.map((end) => end?.point.logLikelihood ?? Number.NEGATIVE_INFINITY));
  return highest - 0.5 * squares.length * Math.log(scale);
}

describe("a climb that is cut short where it leads to a maximum that is known", () => {
  const crash = (z: () => number): readonly number[] => {
    const returns = [...returnsOf(1001, () => 0.01 * z())];
    returns[112] = -0.2;
    return returns;
  };
  // Of 9,000 hard series those where a rule without regard to how well the maximum is determined missed a higher one.
  const cases: readonly (readonly [
    name: string,
    seed: string,
    make: (z: () => number) => readonly number[],
  ])[] = [
    ["a crash day", "x:C:crash:412", crash],
    [
      "days of eight times the size",
      "x:C:outliers:97",
      (z) => returnsOf(1000, (t) => (t % 97 === 0 ? 0.08 : 0.01) * z()),
    ],
    [
      "returns with fat tails whose maximum lies near α = 0",
      "x:C:t3:263",
      (z) => garch(1000, 0.06, 0.92, student(z, 3), 0.01),
    ],
    [
      "a start from which the way is straight to a lower one",
      "x:B:t4:293",
      (z) => garch(750, 0.2, 0.5, student(z, 4), 0.01),
    ],
    [
      "a rise that turns steeper on its way",
      "x:C:t4:532",
      (z) => garch(1200, 0.06, 0.92, student(z, 4), 0.01),
    ],
    [
      "calm and loud weeks in turn",
      "x:C:breaks3:156",
      (z) => {
        const shock = student(z, 3);
        return returnsOf(1200, (t) => (Math.floor(t / 100) % 3 === 0 ? 0.03 : 0.01) * shock());
      },
    ],
  ];

  test.each(cases)("misses no higher one: %s", (_name, seed, make) => {
    const returns = make(normals(seed));
    expect(fitGarch(returns).logLikelihood).toBeGreaterThan(bestOfManyClimbs(returns) - 1e-6);
  });

  test("misses no higher one in 60 short series", () => {
    for (let i = 0; i < 60; i++) {
      const shock = student(normals(`short:${i}`), 5);
      const returns = returnsOf(100 + i, () => 0.01 * shock());
      expect(fitGarch(returns).logLikelihood).toBeGreaterThan(bestOfManyClimbs(returns) - 1e-6);
    }
  });
});
