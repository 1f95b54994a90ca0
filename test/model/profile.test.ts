import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  certify,
  costReport,
  defineProblem,
  efficientFrontier,
  equalSchedule,
  immediateSchedule,
  intervalLength,
  optimalSchedule,
  type ProblemInput,
  type ProfileInput,
  participationSchedule,
  scheduleFromRemaining,
  scheduleFromTrades,
  simulateCosts,
  simulatePath,
  timeConstant,
  tridiagonalSchedule,
  volumeSchedule,
} from "../../src/index";

const base: ProblemInput = {
  shares: 1000,
  horizon: 10,
  intervals: 4,
  volatility: 1,
  temporaryImpact: 1e-3,
  permanentImpact: 1e-4,
  halfSpread: 0.01,
  drift: 0.02,
  riskAversion: 1e-4,
  timeUnit: "hour",
  currency: "USD",
};
const withProfile = (profile: ProfileInput, change: Partial<ProblemInput> = {}) =>
  defineProblem({ ...base, ...change, profile });

describe("a profile is refused by field, index, value and unit", () => {
  const wrong: [string, ProfileInput, string][] = [
    [
      "a length of 0",
      { lengths: [5, 0, 2, 3] },
      "profile.lengths[1] must be a finite number above 0 (hour); got 0.",
    ],
    [
      "lengths that miss the horizon",
      { lengths: [1, 2, 3, 3] },
      "the sum of profile.lengths must be the horizon, 10 (hour); got 9. It is off by -1.",
    ],
    [
      "a volume below 0",
      { volumes: [1, 2, -3, 4] },
      "profile.volumes[2] must be a finite number, 0 or above (shares); got -3.",
    ],
    [
      "a volatility that is no number",
      { volatility: [1, Number.NaN, 1, 1] },
      "profile.volatility[1] must be a finite number, 0 or above (USD/share/√hour); got NaN.",
    ],
    [
      "a temporary impact of 0",
      { temporaryImpact: [1, 1, 1, 0] },
      "profile.temporaryImpact[3] must be a finite number above 0 (USD·hour/share²); got 0.",
    ],
    [
      "a permanent impact below 0",
      { permanentImpact: [-1, 1, 1, 1] },
      "profile.permanentImpact[0] must be a finite number, 0 or above (USD/share²); got -1.",
    ],
    [
      "a half spread in words",
      { halfSpread: [0, 0, "0.1", 0] as unknown as number[] },
      'profile.halfSpread[2] must be a finite number, 0 or above (USD/share); got the text "0.1". Write the number without quotation marks.',
    ],
    [
      "an infinite drift",
      { drift: [0, 0, 0, Number.POSITIVE_INFINITY] },
      "profile.drift[3] must be a finite number (USD/share/hour); got Infinity.",
    ],
    [
      "an open that is no yes or no",
      { open: [true, 1, true, true] as unknown as boolean[] },
      "profile.open[1] must be true or false; got 1.",
    ],
    [
      "too few numbers",
      { volatility: [1, 2] },
      "profile.volatility must be an array of 4 numbers (USD/share/√hour); got an array of length 2.",
    ],
    [
      "too few answers",
      { open: [true] },
      "profile.open must be an array of 4 entries, each true or false; got an array of length 1.",
    ],
    [
      "a day without trading",
      { open: [false, false, false, false] },
      "profile.open must be true for at least one interval; got an array of length 4. Nothing could be traded.",
    ],
    [
      "an unknown field",
      { sigma: [1, 1, 1, 1] } as ProfileInput,
      'profile field "sigma" must be left out: there is no such field. Known fields: lengths, volumes, volatility, temporaryImpact, permanentImpact, halfSpread, drift, open; got an array of length 4.',
    ],
  ];
  test.each(wrong)("%s", (_, profile, message) => {
    expect(() => withProfile(profile)).toThrow(expect.objectContaining({ name: "InputError", message }));
  });

  test("a hole is an entry too", () => {
    const open = [true, true, true, true];
    delete open[2];
    expect(() => withProfile({ open })).toThrow("profile.open[2] must be true or false; got nothing.");
  });
});

describe("a profile", () => {
  test("is copied and frozen, and a copy of the problem is the same problem", () => {
    const volatility = [1, 2, 3, 4];
    const problem = withProfile({
      volatility: Float64Array.from(volatility),
      open: [true, false, true, true],
    });
    volatility[0] = 9;
    expect(problem.profile).toEqual({ volatility: [1, 2, 3, 4], open: [true, false, true, true] });
    expect(Object.isFrozen(problem.profile?.volatility)).toBe(true);
    expect(defineProblem({ ...problem })).toEqual(problem);
    expect(defineProblem(JSON.parse(JSON.stringify(problem)))).toEqual(problem);
  });

  test("of nothing is none", () => {
    expect(withProfile({}).profile).toBeUndefined();
    expect(withProfile({ drift: undefined }).profile).toBeUndefined();
  });

  test("that is constant gives the results of its scalars to the last digit, whatever the scalars say", () => {
    for (const timing of ["start", "mid", "end"] as const) {
      for (const halfSpread of [0, 0.01]) {
        const drift = halfSpread === 0 ? 0.02 : 0;
        const plain = defineProblem({ ...base, timing, halfSpread, drift });
        const four = (value: number): number[] => new Array<number>(4).fill(value);
        const other = { volatility: 7, temporaryImpact: 7, permanentImpact: 7, halfSpread: 7, drift: 7 };
        const varied = withProfile(
          {
            lengths: four(2.5),
            volumes: four(100),
            volatility: four(1),
            temporaryImpact: four(1e-3),
            permanentImpact: four(1e-4),
            halfSpread: four(halfSpread),
            drift: four(drift),
            open: [true, true, true, true],
          },
          { ...other, timing },
        );
        const results = [plain, varied].map((problem) => {
          const optimal = optimalSchedule(problem);
          const capped = boundedSchedule(problem, { upper: 300 });
          return [
            optimal,
            tridiagonalSchedule(problem),
            costReport(problem, optimal),
            certify(problem, optimal),
            capped,
            simulateCosts(problem, optimal, { paths: 50, seed: 3 }),
            efficientFrontier(problem, [0, 1e-3, 10]),
            timeConstant(problem),
            immediateSchedule(problem),
          ];
        });
        expect(results[1]).toEqual(results[0]);
      }
    }
  });

  test("of lengths sets the grid, the rates and the time-weighted schedule", () => {
    const problem = withProfile({ lengths: [1, 2, 3, 4] });
    const twap = equalSchedule(problem);
    expect(twap.times).toEqual([0, 1, 3, 6, 10]);
    expect(twap.trades).toEqual([100, 200, 300, 400]);
    expect(twap.rates).toEqual([100, 100, 100, 100]);
    expect(intervalLength(problem)).toBe(2.5);
  });

  test("of volumes is what volume schedules follow when nothing else is given", () => {
    const problem = withProfile({ volumes: [4000, 1000, 1000, 4000] });
    expect(volumeSchedule(problem).trades).toEqual([400, 100, 100, 400]);
    expect(participationSchedule(problem, { participation: 0.1 })).toMatchObject({ status: "done" });
    expect(volumeSchedule(problem, [1, 1, 1, 1]).trades).toEqual([250, 250, 250, 250]);
    expect(() => volumeSchedule(defineProblem(base))).toThrow(
      "volumes must be an array of 4 numbers (shares); got nothing. Or give the problem profile.volumes.",
    );
  });
});

describe("a closed interval", () => {
  const problem = withProfile({ open: [false, true, false, true], lengths: [1, 2, 3, 4] });

  test("is passed over by every baseline and every optimum", () => {
    for (const schedule of [
      equalSchedule(problem),
      immediateSchedule(problem),
      volumeSchedule(problem, [1, 1, 1, 1]),
      optimalSchedule(problem),
      tridiagonalSchedule(problem),
    ]) {
      expect([schedule.trades[0], schedule.trades[2]]).toEqual([0, 0]);
      expect(schedule.remaining[1]).toBe(1000);
    }
    expect(immediateSchedule(problem).trades).toEqual([0, 1000, 0, 0]);
  });

  test("still runs the risk", () => {
    const open = withProfile({ lengths: [1, 2, 3, 4] });
    const trades = [0, 500, 0, 500];
    const closed = costReport(problem, scheduleFromTrades(problem, trades));
    expect(closed).toEqual(costReport(open, scheduleFromTrades(open, trades)));
    expect(closed.costVariance).toBeCloseTo(1 * 1000 ** 2 + 2 * 500 ** 2 + 3 * 500 ** 2, 6);
    const { prices } = simulatePath(problem, scheduleFromTrades(problem, trades), { seed: 1 });
    expect(prices[1]).not.toBe(prices[0]);
  });

  test("refuses a trade, however the schedule comes in", () => {
    const says = "0 (shares): profile.open says that this interval is closed";
    expect(() => scheduleFromTrades(problem, [250, 250, 250, 250])).toThrow(
      `trades[0] must be ${says}; got 250.`,
    );
    expect(() => scheduleFromRemaining(problem, [1000, 1000, 500, 400, 0])).toThrow(
      `[2] must be ${says}; got 100.`,
    );
    const open = withProfile({ lengths: [1, 2, 3, 4] });
    const foreign = equalSchedule(open);
    expect(() => costReport(problem, foreign)).toThrow(`schedule.trades[0] must be ${says}`);
    expect(() => costReport(problem, { ...foreign })).toThrow(`schedule.trades[0] must be ${says}`);
    expect(certify(problem, foreign).verdict).toBe("infeasible");
  });

  test("is bounded by 0, and a bound that contradicts is refused by its index", () => {
    const capped = boundedSchedule(problem, { lower: 100, upper: 900 });
    if (capped.status !== "optimal") throw new Error(capped.message);
    expect([capped.schedule.trades[0], capped.schedule.trades[2]]).toEqual([0, 0]);
    expect(() => boundedSchedule(problem, { lower: [100, 0, 0, 0] })).toThrow(
      "bounds.lower[0] must be at most 0 (shares), as profile.open says that this interval is closed; got 100.",
    );
    expect(boundedSchedule(problem, { upper: 400 })).toMatchObject({
      status: "infeasible",
      proof: { bound: "upper", total: 800, missing: 200 },
    });
  });
});

test("a schedule of another grid with the same horizon is refused by the time that differs", () => {
  const [one, other] = [withProfile({ lengths: [1, 2, 3, 4] }), withProfile({ lengths: [4, 3, 2, 1] })];
  const says = "schedule.times[1] must be the problem's 4 hour; got 1. Make the schedule from this problem.";
  expect(() => costReport(other, equalSchedule(one))).toThrow(says);
  expect(() => costReport(other, { ...equalSchedule(one) })).toThrow(says);
  expect(() => costReport(defineProblem(base), equalSchedule(one))).toThrow("schedule.times[1]");
});

test("a time constant is refused where the market varies", () => {
  expect(() => timeConstant(withProfile({ volatility: [1, 2, 3, 4] }))).toThrow(
    "problem.profile must be left out or constant for a time constant; got an object. " +
      "Where the market varies, the pace of the optimum does too.",
  );
});
