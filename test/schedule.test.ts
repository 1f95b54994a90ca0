import { describe, expect, test } from "vitest";
import { defineProblem, scheduleFromRemaining, scheduleFromTrades } from "../src/index";

const problem = defineProblem({ shares: 100, horizon: 6, intervals: 3, volatility: 1, temporaryImpact: 1 });

test("trades and holdings are two views of one schedule", () => {
  const byTrades = scheduleFromTrades(problem, [50, 60, -10], "Mine");
  expect(byTrades).toEqual({
    name: "Mine",
    remaining: [100, 50, -10, 0],
    trades: [50, 60, -10],
    rates: [25, 30, -5],
    times: [0, 2, 4, 6],
  });
  expect(scheduleFromRemaining(problem, byTrades.remaining, "Mine")).toEqual(byTrades);
});

test("arrays of doubles are taken too, and nothing that is given is kept or changed", () => {
  const trades = Float64Array.from([50, 30, 20]);
  const schedule = scheduleFromTrades(problem, trades as never);
  trades[0] = 0;
  expect(schedule.trades).toEqual([50, 30, 20]);
});

describe("a schedule from outside is refused", () => {
  const cases: [string, () => unknown, string][] = [
    [
      "with too few trades",
      () => scheduleFromTrades(problem, [50, 50]),
      "trades must be an array of 3 numbers (shares); got an array of length 2.",
    ],
    [
      "with a hole",
      () => scheduleFromTrades(problem, [50, Number.NaN, 50]),
      "trades[1] must be a finite number (shares); got NaN.",
    ],
    [
      "with a text",
      () => scheduleFromTrades(problem, [50, "30", 20] as never),
      'trades[1] must be a finite number (shares); got the text "30". Write the number without quotation marks.',
    ],
    [
      "that trades less than the order",
      () => scheduleFromTrades(problem, [50, 30, 19]),
      "the sum of trades must be the order's 100 shares; got 99. It is off by -1 shares.",
    ],
    [
      "that is no array",
      () => scheduleFromTrades(problem, 100 as never),
      "trades must be an array of 3 numbers (shares); got 100.",
    ],
    [
      "without a name",
      () => scheduleFromTrades(problem, [50, 30, 20], ""),
      'name must be a text of 1 to 40 characters; got the text "".',
    ],
    [
      "that begins elsewhere",
      () => scheduleFromRemaining(problem, [90, 50, 20, 0]),
      "remaining[0] must be the order's 100 shares; got 90.",
    ],
    [
      "that does not end",
      () => scheduleFromRemaining(problem, [100, 50, 20, 1]),
      "remaining[3] must be 0 shares; got 1.",
    ],
    [
      "of another length",
      () => scheduleFromRemaining(problem, [100, 50, 0]),
      "remaining must be an array of 4 numbers (shares); got an array of length 3.",
    ],
  ];
  test.each(cases)("%s", (_, make, message) => {
    expect(make).toThrow(message);
  });
});
