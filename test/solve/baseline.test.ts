import { describe, expect, test } from "vitest";
import {
  defineProblem,
  equalSchedule,
  immediateSchedule,
  participationSchedule,
  volumeSchedule,
} from "../../src/index";

const problem = defineProblem({ shares: 100, horizon: 2, intervals: 8, volatility: 1, temporaryImpact: 1 });

test("equal slices trade X/N in every interval and end at nothing", () => {
  const schedule = equalSchedule(problem);
  expect(schedule.trades).toEqual(new Array(8).fill(12.5));
  expect(schedule.remaining).toEqual([100, 87.5, 75, 62.5, 50, 37.5, 25, 12.5, 0]);
  expect(schedule.rates).toEqual(new Array(8).fill(50));
  expect(schedule.times).toEqual([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]);
});

test("the immediate schedule is done after one interval", () => {
  expect(immediateSchedule(problem).remaining).toEqual([100, 0, 0, 0, 0, 0, 0, 0, 0]);
});

describe("a volume profile", () => {
  test("decides the proportions of the trades, and only they count", () => {
    const profile = [4, 2, 1, 1, 1, 1, 2, 4];
    const schedule = volumeSchedule(problem, profile);
    expect(schedule.trades).toEqual([25, 12.5, 6.25, 6.25, 6.25, 6.25, 12.5, 25]);
    expect(schedule.remaining.at(-1)).toBe(0);
    expect(
      volumeSchedule(
        problem,
        profile.map((volume) => 1e9 * volume),
      ).trades,
    ).toEqual(schedule.trades);
  });

  test("of even volumes is TWAP", () => {
    expect(volumeSchedule(problem, new Array(8).fill(3)).trades).toEqual(equalSchedule(problem).trades);
  });

  test("may have pauses, and is refused when nothing is traded at all", () => {
    expect(volumeSchedule(problem, [0, 1, 0, 0, 0, 0, 0, 1]).trades).toEqual([0, 50, 0, 0, 0, 0, 0, 50]);
    expect(() => volumeSchedule(problem, new Array(8).fill(0))).toThrow(
      "the sum of volumes must be a finite number above 0 (shares); got 0. All volumes are 0, so there is no profile to follow.",
    );
    expect(() => volumeSchedule(problem, [1, 1, 1, -1, 1, 1, 1, 1])).toThrow(
      "volumes[3] must be a finite number, 0 or above (shares); got -1.",
    );
    expect(() => volumeSchedule(problem, [1, 2])).toThrow("volumes must be an array of 8 numbers (shares)");
  });
});

describe("a participation", () => {
  const volumes = new Array(8).fill(100);

  test("trades its fraction of volume until the order is done, and then nothing", () => {
    const result = participationSchedule(problem, { participation: 0.3, volumes });
    expect(result.status).toBe("done");
    if (result.status !== "done") return;
    expect(result.schedule.trades.slice(0, 3)).toEqual([30, 30, 30]);
    expect(result.schedule.trades[3]).toBeCloseTo(10, 12);
    expect(result.schedule.trades.slice(4)).toEqual([0, 0, 0, 0]);
    expect(result.schedule.remaining.at(-1)).toBe(0);
  });

  test("that is too low answers with the remainder and the one that would do", () => {
    const result = participationSchedule(problem, { participation: 0.1, volumes });
    expect(result).toMatchObject({ status: "unfinished", remainder: 20, sufficientParticipation: 0.125 });
    expect(participationSchedule(problem, { participation: 0.125, volumes }).status).toBe("done");
  });

  test("must be a fraction", () => {
    for (const [participation, words] of [
      [0, "0"],
      [1.5, "1.5"],
      [Number.NaN, "NaN"],
      [10, "10"],
    ] as const) {
      expect(() => participationSchedule(problem, { participation, volumes })).toThrow(
        `participation must be a number above 0 and at most 1 (fraction of volume); got ${words}.`,
      );
    }
  });
});

describe("volumes", () => {
  const two = defineProblem({ ...problem, intervals: 2 });

  test("whose rounding would oversell leave a rest of 0, not below", () => {
    for (const volumes of [
      [1e308, 1],
      [1 / 3, 1e-17],
      [0.1, 0.7],
    ]) {
      const { remaining } = volumeSchedule(two, volumes);
      for (const left of remaining) expect(left).toBeGreaterThanOrEqual(0);
    }
    const five = defineProblem({ ...problem, shares: 1e6, intervals: 5 });
    expect(volumeSchedule(five, [1, 1, 1, 1e-300, 0]).remaining.every((left) => left >= 0)).toBe(true);
  });

  test("that add up to more than a number can hold are refused for that", () => {
    expect(() => volumeSchedule(two, [1.7e308, 1.7e308])).toThrow(
      "the sum of volumes must be a finite number above 0 (shares); got Infinity. " +
        "Together these volumes are more than a number can hold: state them in larger units.",
    );
  });

  test("are asked for after the problem", () => {
    for (const call of [volumeSchedule, participationSchedule] as const) {
      expect(() => call(undefined as never, [1] as never)).toThrow(
        "problem must be the result of defineProblem; got nothing. Call defineProblem({ … }) first.",
      );
    }
  });

  test("so small that no participation can be told are refused", () => {
    expect(() => participationSchedule(two, { participation: 0.5, volumes: [5e-324, 5e-324] })).toThrow(
      "The participation that would finish leaves the range of floating-point numbers",
    );
  });
});
