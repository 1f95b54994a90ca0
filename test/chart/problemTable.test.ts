import { expect, test } from "vitest";
import { defineProblem, describeProblem } from "../../src/index";
import { problem } from "./examples";

const priced = defineProblem({ ...problem, arrivalPrice: 100, halfSpread: 0.01, drift: 1e-6 });
const rowsOf = (table: ReturnType<typeof describeProblem>): Readonly<Record<string, string>> =>
  Object.fromEntries(table.rows.map(([what, how]) => [what, how]));

test("an order at a glance is in the words of a desk: basis points, minutes, percent of the volume", () => {
  const { caption, columns, rows } = describeProblem(priced, { marketVolume: 1e7 });
  expect({ caption, columns }).toEqual({
    caption: "The order at a glance",
    columns: ["What", "How much", "From"],
  });
  expect(rows).toEqual([
    ["Order", "sell 1,000,000 shares, worth 100,000,000 USD", "X, S₀"],
    ["Time", "60 minutes in 60 slices of 1 minute", "T, N"],
    ["Price risk over the horizon (one standard deviation)", "0.24 USD per share, 24 bp", "σ√T"],
    ["Temporary impact at a constant rate", "0.000139 USD per share, 0.0139 bp", "ηX/T"],
    ["Permanent impact of the order", "0.1 USD per share, 10 bp", "γX"],
    ["Half spread", "0.01 USD per share, 1 bp", "ε"],
    ["Price drift over the horizon", "0.0036 USD per share, 0.36 bp", "αT"],
    ["Participation in market volume", "10%", "X/volume"],
    ["Risk aversion", "2e-6 1/USD", "λ"],
    [
      "Variance of the optimum on this grid",
      expect.stringMatching(/^[\d.]+% above continuous trading/),
      "V, τ",
    ],
  ]);
});

test("slices of several lengths are named from the shortest to the longest, each in its own unit", () => {
  const lengths = [45, ...new Array<number>(59).fill(3555 / 59)];
  const varied = defineProblem({ ...problem, profile: { lengths } });
  expect(rowsOf(describeProblem(varied)).Time).toBe(
    "60 minutes in 60 slices of 45 seconds to 1.00424 minutes",
  );
});

test("a unit of time that no clock shows stays as it is", () => {
  const days = defineProblem({ ...problem, timeUnit: "day", horizon: 5, intervals: 5 });
  expect(rowsOf(describeProblem(days)).Time).toBe("5 days in 5 slices of 1 day");
});
