import { expect, test } from "vitest";
import { fillLogRatios, logRatio } from "../../src/volatility/logRatio";
import { expectRelative } from "../helpers/reference";

/** ln(1 + x) for exact small x, by its own series: 40 terms are enough for |x| ≤ 0.3. */
function ln1p(x: number): number {
  let sum = 0;
  for (let k = 40; k >= 1; k--) sum = (k % 2 === 1 ? 1 / k : -1 / k) + x * sum * 1;
  return x * sum;
}

test("is right to the last digits on both sides of where the series ends, and far from it", () => {
  // 1 + x is exact for multiples of 2⁻²⁰, so that nothing but the logarithm is tested.
  for (const k of [1, -1, 1000, -1000, 50_000, 51_300, 52_600, -49_900, -52_600, 200_000]) {
    const x = k * 2 ** -20;
    // From the far side ln(a/b) is correct to 2e-16 absolute, which at |ln| ≥ 0.049 is 5e-15.
    expectRelative(logRatio(1 + x, 1), ln1p(x), Math.abs(x) < 0.045 ? 4e-16 : 5e-15, `k = ${k}`);
  }
  expect(logRatio(8, 1)).toBe(Math.log(8));
  expect(logRatio(3, 3)).toBe(0);
});

test("fills a block with the same numbers", () => {
  const [a, b] = [
    [100, 101, 150, 99],
    [99, 100, 100, 101],
  ] as const;
  const out = new Float64Array(3);
  fillLogRatios({ values: a, first: 1 }, { values: b, first: 0 }, 3, out);
  expect([...out]).toEqual([logRatio(101, 99), logRatio(150, 100), logRatio(99, 100)]);
});
