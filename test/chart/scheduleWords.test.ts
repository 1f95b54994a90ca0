import { describe, expect, test } from "vitest";
import {
  decayImpact,
  defineProblem,
  type ExecutionProblem,
  equalSchedule,
  optimalSchedule,
  remainingChart,
  type Schedule,
  scheduleFromTrades,
  tradesChart,
} from "../../src/index";

const four = defineProblem({
  ...{ shares: 1000, horizon: 4, intervals: 4, volatility: 1, temporaryImpact: 1e-3 },
  ...{ riskAversion: 1e-2, timeUnit: "hour", currency: "USD" },
});
const buying = defineProblem({ ...four, side: "buy" });
const named = (name: string, trades: readonly number[], problem: ExecutionProblem = four): Schedule => ({
  ...scheduleFromTrades(problem, trades),
  name,
});
const remaining = (schedules: readonly Schedule[], problem: ExecutionProblem = four): string =>
  remainingChart(problem, schedules).summary.replace("Chart. Shares Remaining (x): ", "");
const trades = (schedules: readonly Schedule[], problem: ExecutionProblem = four): string =>
  tradesChart(problem, schedules).summary.replace("Chart. Shares Traded per Slice (n): ", "");

const early = named("early", [500, 300, 100, 100]);
const late = named("late", [100, 100, 300, 500]);
const twap = equalSchedule(four);
const short = named("short", [800, 500, -100, -200]);
const long = named("long", [-100, 100, 500, 500]);

describe("the title of the shares remaining", () => {
  test.each([
    ["one", [twap], "TWAP has sold half after 2 hours."],
    ["two", [twap, early], "early has sold half after 60 minutes, TWAP after 2 hours."],
    ["two that agree", [twap, named("even", [250, 250, 250, 250])], "Both have sold half after 2 hours."],
    ["three that agree", [twap, twap, twap], "All 3 schedules have sold half after 2 hours."],
    [
      "two of three",
      [twap, early, { ...twap, name: "even" }],
      "early has sold half after 60 minutes, TWAP and even after 2 hours.",
    ],
    [
      "many: the first and the last",
      [twap, late, early],
      "early is the first to have sold half, after 60 minutes; late the last, after 3 hours.",
    ],
    [
      "one that goes below 0",
      [short],
      "short has sold half after 38 minutes; it oversells by up to 300 shares.",
    ],
    [
      "one that first trades against the order",
      [twap, long],
      "TWAP has sold half after 2 hours, long after 3 hours; long first buys up to 100 shares.",
    ],
  ])("of %s is a sentence", (_, schedules, words) => {
    expect(remaining(schedules)).toBe(words);
  });

  test("speaks of buying where the order buys", () => {
    const bought = [named("short", [800, 500, -100, -200], buying), equalSchedule(buying)];
    expect(remaining(bought, buying)).toBe(
      "short has bought half after 38 minutes, TWAP after 2 hours; short overbuys by up to 300 shares.",
    );
    expect(remaining([named("long", [-100, 100, 500, 500], buying)], buying)).toContain(
      "; it first sells up to 100 shares.",
    );
  });

  test("says in full what the legend calls Within the cap", () => {
    const capped = named("Within the cap", [250, 250, 250, 250]);
    expect(trades([capped, early])).toBe(
      "early sells 50.0% of the order in the first slice, the schedule within the cap 25.0%.",
    );
    expect(trades([capped])).toBe("The schedule within the cap sells 25.0% of the order in the first slice.");
    expect(trades([{ ...capped, name: "Without a cap" }])).toMatch(/^The schedule without a cap sells/);
  });

  test("calls the library's own optimum the optimum", () => {
    for (const name of ["Optimal", "Optimum"]) {
      const words = remaining([{ ...optimalSchedule(four), name }]);
      expect(words).toMatch(/^The optimum has sold half after \d\d minutes\.$/);
    }
  });
});

describe("the title of the trades", () => {
  test.each([
    ["one", [twap], "TWAP sells 25.0% of the order in the first slice."],
    ["two", [twap, early], "early sells 50.0% of the order in the first slice, TWAP 25.0%."],
    ["two that agree", [twap, { ...twap, name: "even" }], "Both sell 25.0% of the order in the first slice."],
    [
      "many: the most and the least",
      [twap, late, early],
      "early sells the most in the first slice, 50.0% of the order; late the least, 10.0%.",
    ],
    ["one against the order", [long], "long buys 10.0% of the order in the first slice."],
    [
      "two, one against the order",
      [twap, long],
      "TWAP sells 25.0% of the order in the first slice, long buys 10.0%.",
    ],
  ])("of %s is a sentence", (_, schedules, words) => {
    expect(trades(schedules)).toBe(words);
  });

  test("says plans and schedules that the legend begins with a capital as words of the sentence", () => {
    const [one, other] = [named("Two-way plan", early.trades), named("Patient schedule", late.trades)];
    expect(trades([one, other])).toBe(
      "The two-way plan sells 50.0% of the order in the first slice, the patient schedule 10.0%.",
    );
    expect(trades([named("VWAP plan", early.trades)])).toMatch(/^VWAP plan sells/);
  });

  test("speaks of what is left where trades were made before", () => {
    const { temporaryImpact: _, permanentImpact: __, ...rest } = four;
    const impact = decayImpact({ exponentials: [{ impact: 1e-3, rate: 1 }] });
    const after = defineProblem({ ...rest, impact, earlierTrades: [{ ago: 1, shares: 100 }] });
    expect(trades([equalSchedule(after)], after)).toBe(
      "TWAP sells 25.0% of what is left in the first slice.",
    );
    expect(
      trades(
        [twap, late, early].map((one) => ({ ...one })),
        after,
      ),
    ).toMatch(/50\.0% of what is left; late/);
  });

  test("speaks of buying where the order buys", () => {
    expect(trades([equalSchedule(buying)], buying)).toBe("TWAP buys 25.0% of the order in the first slice.");
  });
});
