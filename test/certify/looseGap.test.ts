import { expect, test } from "vitest";
import type { Chain } from "../../src/certify/chain";
import { frankWolfeGap } from "../../src/certify/looseGap";
import { uniforms } from "../helpers/random";

/** Four trades in whole shares, with bounds on both sides of 0 and a spread. */
function randomChain(random: () => number): Chain {
  const whole = (low: number, high: number) => low + Math.floor((high - low + 1) * random());
  const spread = Float64Array.from({ length: 4 }, () => random());
  const lower = Float64Array.from({ length: 4 }, () => whole(-3, 0));
  const upper = Float64Array.from({ length: 4 }, () => whole(0, 3));
  return {
    n: lower.map((low, k) => whole(low, upper[k])),
    M: Float64Array.from({ length: 4 }, () => 4 * random() - 2),
    up: spread,
    down: spread.map((ε) => -ε),
    lower,
    upper,
    A: new Float64Array(4),
    B: new Float64Array(3),
  };
}

test("the Frank–Wolfe bound is what the linear part can fall by, found by trying every whole trade: 300 chains", () => {
  const random = uniforms(21);
  for (let i = 0; i < 300; i++) {
    const chain = randomChain(random);
    const { n, M, up, lower, upper } = chain;
    const cost = (m: number, k: number) => M[k] * m + up[k] * Math.abs(m);
    // All corners of the linear program are whole, because its bounds and the order are.
    let best = Number.POSITIVE_INFINITY;
    const tryFrom = (k: number, left: number, sum: number): void => {
      if (k === 4) {
        if (left === 0) best = Math.min(best, sum);
        return;
      }
      for (let m = lower[k]; m <= upper[k]; m++) tryFrom(k + 1, left - m, sum + cost(m, k));
    };
    let [given, now] = [0, 0];
    for (let k = 0; k < 4; k++) {
      given += n[k];
      now += cost(n[k], k);
    }
    tryFrom(0, given, 0);
    expect(Math.abs(frankWolfeGap(chain) - (now - best))).toBeLessThan(1e-12);
  }
});

test("without bounds there is no such bound", () => {
  const chain = randomChain(uniforms(22));
  expect(frankWolfeGap({ ...chain, upper: chain.upper.fill(Number.POSITIVE_INFINITY) })).toBe(
    Number.POSITIVE_INFINITY,
  );
});
