import { describe, expect, test } from "vitest";
import {
  decayImpact,
  defineProblem,
  describeProblem,
  type ImpactModel,
  kernelImpact,
  optimalSchedule,
  type ProblemInput,
  powerDecayImpact,
} from "../../src/index";

// 1% of a day's 5,000,000 shares moves the price of 50 by 8 bp, which fade.
const g = (8e-4 * 50) / 50_000;
const order: Omit<ProblemInput, "impact"> = {
  ...{ shares: 400_000, horizon: 390, intervals: 26, volatility: 0.05, arrivalPrice: 50 },
  ...{ timeUnit: "minute", currency: "USD" },
};
const table = Array.from({ length: 26 }, (_, k) => g / (1 + k));
const laws: readonly (readonly [name: string, law: (times: number) => ImpactModel])[] = [
  ["one exponential", (times) => decayImpact({ exponentials: [{ impact: times * g, rate: 0.02 }] })],
  [
    "two exponentials",
    (times) =>
      decayImpact({
        exponentials: [0.25, 0.75].map((part, r) => ({ impact: part * times * g, rate: 10 ** -r })),
      }),
  ],
  ["a power of time", (times) => powerDecayImpact({ impact: times * g, timescale: 10, exponent: 0.5 })],
  ["a table", (times) => kernelImpact({ values: table.map((value) => times * value) })],
];
const warningsOf = (impact: ImpactModel, change: Partial<ProblemInput> = {}): readonly string[] =>
  defineProblem({ ...order, impact, ...change }).warnings;

describe.each(laws)("an order whose impact fades as %s", (_, law) => {
  test("is not warned of for its lack of temporary impact", () => {
    expect(warningsOf(law(1), { riskAversion: 2e-7 })).toEqual([]);
  });

  test("is warned of moves that are too small or too large to be true, in the unit of a move", () => {
    // Half of the whole order's move is 32 bp; of one of 26 equal trades, 32/26 bp.
    const [small, large] = [2e-4, 300].map((times) => warningsOf(law(times))[0]);
    expect(small).toBe(
      "impact: the whole order at once would concede 0.0064 bp (less than 0.01 bp). The order is small, or is the move for " +
        "another currency? Expected unit: USD/share².",
    );
    expect(large).toBe(
      "impact: each of 26 equal trades would concede 3.69% of the arrival price by its own move (more than 3%). Is it per lot, " +
        "or a fraction of the price instead of a price? Expected unit: USD/share².",
    );
    const between = [4e-4, 200].map((times) => warningsOf(law(times)));
    expect(between).toEqual([[], []]);
  });

  test("is warned of a risk aversion only where the optimum trades all but all at once", () => {
    const ratio = 100 + 1 / 100 - 2;
    const edge = (ratio * 0.5 * g) / (0.05 ** 2 * 15);
    expect(warningsOf(law(1), { riskAversion: 0.999 * edge })).toEqual([]);
    expect(warningsOf(law(1), { riskAversion: 1.001 * edge })).toEqual([
      expect.stringContaining(
        "riskAversion: the optimum trades more than 99% of the order in the first of 26 intervals",
      ),
    ]);
    const problem = defineProblem({ ...order, impact: law(1), riskAversion: 1.001 * edge });
    expect(optimalSchedule(problem).trades[0] / problem.shares).toBeGreaterThan(0.99);
  });

  test("is described with its move, beside what stays and what is temporary", () => {
    const rows = describeProblem(defineProblem({ ...order, impact: law(1) })).rows.slice(3, 6);
    expect(rows).toEqual([
      ["Temporary impact at a constant rate", "0 USD per share, 0 bp", "ηX/T"],
      ["Move of the whole order at once, which fades", "0.32 USD per share, 64 bp", "(G(0) − γ)X"],
      ["Permanent impact of the order", "0 USD per share, 0 bp", "γX"],
    ]);
  });
});

test("temporary impact beside a move that fades counts as well", () => {
  const withTemporary = (temporary: number) =>
    decayImpact({ exponentials: [{ impact: 1e-6 * g, rate: 0.02 }], temporary });
  expect(warningsOf(withTemporary(1e-5))).toEqual([]);
  expect(warningsOf(withTemporary(2e-3))).toEqual([
    expect.stringMatching(/^temporaryImpact: trading evenly would concede 4\.1% of the arrival price/),
  ]);
});
