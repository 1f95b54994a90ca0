import { describe, expect, test } from "vitest";
import { minimizeCoupled, walkDownhill } from "../../src/solve/activeSet";
import type { ProgramOptimum } from "../../src/solve/boundedPieces";
import { minimizeBounded } from "../../src/solve/boundedProgram";
import { type BoundedProgram, randomProgram, rest } from "../helpers/programs";
import { uniforms } from "../helpers/random";

const minimize = (program: BoundedProgram) => minimizeBounded(program, program);

/**
 * How far trades are from the conditions of an optimum, as shares of the order: from summing to it, from the bounds,
 * and from one price that fits all marginal costs. Uses nothing of the solver.
 */
function residual(program: BoundedProgram, trades: Float64Array): number {
  const { shares: X, tradeCurvatures: a, tradePrices: p, halfSpreads, lower, upper } = program;
  const N = a.length;
  const holdings = [X];
  for (const n of trades) holdings.push((holdings.at(-1) as number) - n);
  let worst = Math.abs(holdings[N]);
  let [floor, ceiling] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let carried = 0;
  let size = 0;
  for (let k = N - 1; k >= 0; k--) {
    const [n, ε] = [trades[k], halfSpreads[k]];
    worst = Math.max(worst, n - upper[k], lower[k] - n);
    if (k < N - 1) {
      carried += 2 * program.holdingCurvatures[k] * holdings[k + 1] + program.holdingPrices[k];
    }
    const smooth = 2 * a[k] * n + p[k] - carried;
    size = Math.max(size, Math.abs(carried));
    if (n < upper[k]) ceiling = Math.min(ceiling, smooth + (n < 0 ? -ε : ε));
    if (n > lower[k]) floor = Math.max(floor, smooth + (n > 0 ? ε : -ε));
  }
  // Marginal costs are sums of terms as large as `size`, which rounding shifts by that much times 1e-16 for each.
  return Math.max(worst, Math.max(0, floor - ceiling) / Math.max(1, size));
}

describe("the bounded program", () => {
  const random = uniforms(7);
  const programs = Array.from({ length: 3000 }, () => randomProgram(random));

  test("3,000 random ones satisfy the conditions of an optimum to 1e-10, bounds to the last bit", () => {
    let upper = 0;
    for (const program of programs) {
      const { trades, iterations } = minimize(program);
      expect(residual(program, trades)).toBeLessThan(1e-10);
      trades.forEach((n, k) => {
        expect(n).toBeGreaterThanOrEqual(program.lower[k]);
        expect(n).toBeLessThanOrEqual(program.upper[k]);
      });
      upper = Math.max(upper, iterations);
    }
    // A method that barely settles would show here first.
    expect(upper).toBeLessThan(100);
  });

  test("the measure of that is no formality: moving a millionth between two trades is seen", () => {
    for (const program of programs.slice(0, 300)) {
      const { trades } = minimize(program);
      const [from, to] = [
        trades.findIndex((n, k) => n > program.lower[k] + 1e-5),
        [...trades].map((n, k) => n < program.upper[k] - 1e-5).lastIndexOf(true),
      ];
      if (from === to || from === -1 || to === -1) continue;
      const moved = Float64Array.from(trades);
      moved[from] = moved[from] - 1e-6;
      moved[to] = moved[to] + 1e-6;
      expect(residual(program, moved)).toBeGreaterThan(1e-10);
    }
  });

  test("prices are those of an optimum: each trade is the cheapest answer to its own", () => {
    for (const program of programs.slice(0, 500)) {
      const { trades, prices, remaining } = minimize(program);
      const N = trades.length;
      for (let k = 0; k < N - 1; k++) {
        const step = 2 * program.holdingCurvatures[k] * remaining[k + 1] + program.holdingPrices[k];
        expect(Math.abs(prices[k] - prices[k + 1] - step)).toBeLessThan(
          1e-12 * Math.max(1, Math.abs(prices[k])),
        );
      }
    }
  });

  test("the route that needs no convex terms finds the same optimum on all 3,000", () => {
    for (const program of programs) {
      const { trades } = minimizeCoupled(program, program);
      expect(residual(program, trades)).toBeLessThan(1e-10);
    }
  });

  test("so does the walk downhill, one trade at a time, from a feasible schedule", () => {
    for (const program of programs.filter(({ lower }) => lower.length < 200).slice(0, 1000)) {
      const { trades } = walkDownhill(program, program, 5000);
      expect(residual(program, trades)).toBeLessThan(1e-10);
    }
  });

  test("an answer neither changes with the next program of as many trades nor depends on the one before", () => {
    const random = uniforms(12);
    const programs = Array.from({ length: 2_000 }, () => randomProgram(random)).filter(
      ({ tradeCurvatures }) => tradeCurvatures.length === 12,
    );
    expect(programs.length).toBeGreaterThan(20);
    const answers = programs.map(minimize);
    const numbers = ({ trades, remaining, prices, iterations }: ProgramOptimum) =>
      structuredClone({ trades, remaining, prices, iterations });
    const seen = answers.map(numbers);
    for (let i = programs.length - 1; i >= 0; i--) expect(numbers(minimize(programs[i]))).toEqual(seen[i]);
    expect(answers.map(numbers)).toEqual(seen);
  });

  test("with every trade at its bound it says so, whichever way the bounds force it", () => {
    const base: BoundedProgram = {
      shares: 1,
      tradeCurvatures: Float64Array.of(1, 1, 1),
      tradePrices: new Float64Array(3),
      holdingCurvatures: Float64Array.of(1, 1),
      holdingPrices: new Float64Array(2),
      halfSpreads: new Float64Array(3),
      ...rest(3),
      lower: new Float64Array(3),
      upper: Float64Array.of(0.5, 0.25, 0.25),
    };
    expect([...minimize(base).trades]).toEqual([0.5, 0.25, 0.25]);
    const forced = { ...base, lower: Float64Array.of(0, 0.25, 0.75), upper: Float64Array.of(1, 1, 1) };
    expect([...minimize(forced).trades]).toEqual([0, 0.25, 0.75]);
  });

  test("that is not convex term by term needs one system where nothing binds, negative trades or not", () => {
    const program: BoundedProgram = {
      shares: 1,
      tradeCurvatures: Float64Array.of(1, 1, 1),
      tradePrices: Float64Array.of(3, 0, -3),
      holdingCurvatures: Float64Array.of(-0.1, -0.1),
      holdingPrices: new Float64Array(2),
      halfSpreads: new Float64Array(3),
      ...rest(3),
      lower: new Float64Array(3).fill(-10),
      upper: new Float64Array(3).fill(10),
    };
    const { trades, iterations } = minimizeCoupled(program, program);
    expect(trades[0]).toBeLessThan(0);
    expect(iterations).toBe(1);
  });
});
