import { describe, expect, test } from "vitest";
import {
  boundedScheduleByHighs,
  certify,
  costReport,
  defineProblem,
  optimalSchedule,
  type PlanConstraints,
  type PlanInfeasible,
  type PlanOptimum,
  planSchedule,
  scheduleFromTrades,
} from "../../src/index";
import { seedA, table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { variedProblem } from "../helpers/varied";

const volumes = [1e6, 8e5, 7e5, 1.5e6];
const problem = defineProblem({
  ...{ shares: 400_000, horizon: 240, intervals: 4, volatility: 0.02, temporaryImpact: 1e-4 },
  ...{ riskAversion: 1e-5, timeUnit: "minute", currency: "USD", profile: { volumes } },
});

function optimum(constraints: PlanConstraints, of = problem): PlanOptimum {
  const result = planSchedule(of, constraints);
  if (result.status !== "optimal") throw new Error(result.message);
  return result;
}

function refusal(constraints: PlanConstraints, of = problem): PlanInfeasible {
  const result = planSchedule(of, constraints);
  if (result.status !== "infeasible") throw new Error("the constraints can be kept");
  return result;
}

describe("a plan keeps its constraints", () => {
  test("without any, it is the optimum that never trades against the order", () => {
    const { schedule, certificate, cost } = optimum({});
    expect(schedule.trades).toEqual(optimalSchedule(problem).trades.map((n) => expect.closeTo(n, 6)));
    expect(certificate.verdict).toBe("optimal");
    expect(cost).toEqual(costReport(problem, schedule));
    expect(schedule.name).toBe("Plan");
  });

  test("caps of others' volume and of the total differ: f V against f (V + n)", () => {
    expect(optimum({ participation: { fraction: 0.12 } }).bounds.upper).toEqual(volumes.map((V) => 0.12 * V));
    const { bounds } = optimum({ participation: { fraction: 0.12, of: "total" } });
    for (const [k, n] of bounds.upper.entries()) expect(n / (volumes[k] + n)).toBeCloseTo(0.12, 14);
    // A cap holds against the order's direction too.
    const turning = optimum({ lower: -1e6, participation: { fraction: 0.12 } });
    expect(turning.bounds.lower).toEqual(volumes.map((V) => -0.12 * V));
  });

  test("pauses stop every interval that they touch, and none that they only border on", () => {
    const trades = (from: number, to: number): readonly number[] =>
      optimum({ pauses: [{ from, to }] }).schedule.trades.map((n) => Math.sign(Math.round(n)));
    expect(trades(60, 120)).toEqual([1, 0, 1, 1]);
    expect(trades(59, 121)).toEqual([0, 0, 0, 1]);
    expect(trades(100, 130)).toEqual([1, 0, 0, 1]);
  });

  test("a paused interval is explained as closed, with what opening it would be worth", () => {
    const { explanation } = optimum({ pauses: [{ from: 0, to: 60 }] });
    expect(explanation.slices.map(({ binds }) => binds)).toEqual(["closed", undefined, undefined, undefined]);
    expect(explanation.slices[0].limitPrice).toBeGreaterThan(0);
    expect(explanation.sentences[1]).toMatch(/the closure of interval 1: one more share there is worth/);
  });

  test("fixed trades stay, also beyond a cap, and the rest is the best around them", () => {
    const fixed = [
      { interval: 1, shares: 150_000 },
      { interval: 4, shares: 0 },
    ];
    const { schedule, explanation } = optimum({ fixed, participation: { fraction: 0.2 } });
    expect(schedule.trades[0]).toBe(150_000);
    expect(schedule.trades[3]).toBe(0);
    expect(schedule.trades[1] + schedule.trades[2]).toBeCloseTo(250_000, 6);
    expect(explanation.verdict).toBe("optimal");
  });

  test("whole lots and a least trade, with what they cost", () => {
    const { schedule, lotCost, areLotsExact, sentences } = optimum({ lot: 1000, minimumTrade: 90_000 });
    for (const n of schedule.trades) expect(n % 1000 === 0 && (n === 0 || n >= 90_000)).toBe(true);
    expect(areLotsExact).toBe(true);
    const free = optimum({}).schedule;
    const added = costReport(problem, schedule).objective - costReport(problem, free).objective;
    expect(lotCost).toBeCloseTo(added, 6);
    expect(sentences.at(-1)).toMatch(/^Whole lots cost [\d,]+\.\d\d USD\.$/);
  });

  test("in 1,000 random mixes it is HiGHS's optimum to 1e-9, or both find none", async () => {
    const random = uniforms(41);
    let [solved, refused] = [0, 0];
    for (let i = 0; i < 1000; i++) {
      const base = variedProblem(random, i);
      const N = base.intervals;
      const fair = base.shares / N;
      const market = Array.from({ length: N }, () => fair * (2 + 20 * random()));
      const varied = defineProblem({ ...base, profile: { ...base.profile, volumes: market } });
      const isTotal = random() < 0.5;
      const fraction = 0.05 + 0.5 * random();
      const upper = random() < 0.5 ? undefined : market.map(() => fair * (0.5 + 4 * random()));
      const fixedAt = Math.floor(N * random());
      const fixed =
        random() < 0.3 && base.profile?.open?.[fixedAt] !== false
          ? [{ interval: fixedAt + 1, shares: 0.5 * fair }]
          : undefined;
      const participation = { fraction, of: isTotal ? ("total" as const) : ("others" as const) };
      const result = planSchedule(varied, { participation, upper, fixed });
      const open = base.profile?.open ?? [];
      const bound = (k: number): number =>
        Math.min(
          (isTotal ? fraction / (1 - fraction) : fraction) * market[k],
          upper?.[k] ?? Number.POSITIVE_INFINITY,
        );
      const most = market.map((_, k) =>
        open[k] === false ? 0 : fixed && k === fixedAt ? 0.5 * fair : bound(k),
      );
      const least = market.map((_, k) => (open[k] !== false && fixed && k === fixedAt ? 0.5 * fair : 0));
      const highs = await boundedScheduleByHighs(varied, { lower: least, upper: most });
      expect(result.status).toBe(highs.status);
      if (result.status === "infeasible" || highs.status === "infeasible") {
        refused++;
        continue;
      }
      solved++;
      const [ours, theirs] = [result, highs].map(({ schedule }) => costReport(varied, schedule).objective);
      expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-9 * Math.abs(theirs));
      expect(certify(varied, result.schedule, result.bounds).verdict).toBe("optimal");
    }
    expect(Math.min(solved, refused)).toBeGreaterThan(100);
  }, 60_000);
});

describe("what a percentage point of the cap is worth", () => {
  test("is what the optimum saves when the cap is raised a little", () => {
    for (const of of ["others", "total"] as const) {
      const at = (fraction: number): PlanOptimum => optimum({ participation: { fraction, of } });
      const step = 1e-6;
      const saved = at(0.115 - step).cost.objective - at(0.115 + step).cost.objective;
      const { participationPrice = 0, sentences } = at(0.115);
      expect(participationPrice).toBeGreaterThan(0);
      expect(Math.abs(participationPrice / ((0.01 * saved) / (2 * step)) - 1)).toBeLessThan(1e-5);
      expect(sentences.at(-1)).toMatch(
        /^At the margin, raising the cap of 11\.5% would save [\d,]+ USD per percentage point\.$/,
      );
    }
    // Other bounds that bind are not the cap's.
    const besides = { upper: [100_000, 1e6, 1e6, 1e6], participation: { fraction: 0.115 } };
    const capAlone = (fraction: number): number =>
      optimum({ ...besides, participation: { fraction } }).cost.objective;
    const saved = (capAlone(0.115 - 1e-6) - capAlone(0.115 + 1e-6)) / 2e-6;
    expect(Math.abs((optimum(besides).participationPrice ?? 0) / (0.01 * saved) - 1)).toBeLessThan(1e-5);
    const loose = optimum({ participation: { fraction: 0.9 } });
    expect(loose.participationPrice).toBe(0);
    expect(loose.sentences.at(-1)).toBe("The cap of 90% does not bind.");
    expect(optimum({}).participationPrice).toBeUndefined();
  });
});

describe("constraints that no schedule keeps", () => {
  test("are proven by their sums, with the smallest relaxation of each limit on its own", () => {
    const { proof, relaxations, message } = refusal({
      participation: { fraction: 0.11 },
      pauses: [{ from: 120, to: 180 }],
      upper: 140_000,
    });
    expect(proof).toEqual({ least: 0, most: 338_000, shares: 400_000, crossedInterval: undefined });
    expect(relaxations.map(({ limit }) => limit)).toEqual(["participation", "pauses", "time", "order"]);
    expect(message).toBe(
      "No schedule keeps the limits: they allow 338,000 shares in total, 62,000 short of the order's 400,000. " +
        "Enough on its own: 15% instead of 11% of the others' volume; or no pauses; or 26.6 minutes more at the last interval's pace, if the market is open that long; " +
        "or leave 62,000 shares untraded.",
    );
  });

  test("each relaxation is enough, and a hair less is not", () => {
    const random = uniforms(43);
    let tried = 0;
    for (let i = 0; i < 200; i++) {
      const N = 2 + Math.floor(10 * random());
      const market = Array.from({ length: N }, () => (random() < 0.1 ? 0 : 1e5 * random()));
      const of = random() < 0.5 ? ("others" as const) : ("total" as const);
      const shares = 0.3 * market.reduce((sum, volume) => sum + volume, 0) + 1;
      const order = defineProblem({
        ...seedA,
        shares,
        intervals: N,
        timing: "start",
        temporaryImpact: 1,
        profile: { volumes: market },
      });
      const constraints: PlanConstraints = {
        participation: { fraction: 0.05 + 0.4 * random(), of },
        upper: random() < 0.5 ? undefined : market.map((volume) => 0.2 * volume + shares * 0.5 * random()),
        lower: random() < 0.7 ? undefined : market.map((volume) => 0.2 * volume),
      };
      const result = planSchedule(order, constraints);
      if (result.status === "optimal") continue;
      for (const { limit, value } of result.relaxations) {
        tried++;
        const isEnough = (by: number): boolean => {
          const scaled = (bounds: PlanConstraints["upper"]) =>
            (bounds as number[] | undefined)?.map((bound) => bound * by);
          const changed: Partial<PlanConstraints> =
            limit === "participation"
              ? { participation: { fraction: by, of } }
              : limit === "upper" || limit === "lower"
                ? { [limit]: scaled(constraints[limit]) }
                : {};
          const smaller =
            limit === "order" ? defineProblem({ ...order, shares: Math.max(1e-9, shares - by) }) : order;
          try {
            return planSchedule(smaller, { ...constraints, ...changed }).status === "optimal";
          } catch {
            // Upper bounds that are scaled below the lower ones contradict them.
            return false;
          }
        };
        if (limit === "time") continue;
        expect(isEnough(value), limit).toBe(true);
        expect(isEnough(limit === "lower" ? value * 1.0001 + 1e-6 : value * 0.9999), limit).toBe(false);
      }
    }
    expect(tried).toBeGreaterThan(100);
  });

  test("more time is counted at the last interval's pace, by arithmetic", () => {
    const { relaxations } = refusal({ participation: { fraction: 0.08 } });
    const time = relaxations.find(({ limit }) => limit === "time");
    // 80,000 shares at 0.08 × 1.5 million an hour.
    expect(time?.value).toBeCloseTo((80_000 / 120_000) * 60, 10);
    expect(time?.words).toBe("40 minutes more at the last interval's pace, if the market is open that long");
  });

  test("two limits that exclude each other are named by their interval", () => {
    const crossed = refusal({ lower: [0, 100_000, 0, 0], participation: { fraction: 0.12 } });
    expect(crossed.proof.crossedInterval).toBe(2);
    expect(crossed.message).toBe(
      "No schedule keeps the limits: in interval 2 at least 100,000 shares must trade and at most 96,000 may. " +
        "Enough on its own: 12.5% instead of 12% of the others' volume; or lower bounds 4.0% lower.",
    );
    const both = refusal({
      fixed: [
        { interval: 1, shares: 300_000 },
        { interval: 2, shares: 200_000 },
      ],
    });
    expect(both.message).toBe(
      "No schedule keeps the limits: they demand 500,000 shares in total, 100,000 more than the order's 400,000. " +
        "Relaxing one limit is not enough: relax several.",
    );
  });

  test("lots that the limits leave no room for say so", () => {
    expect(refusal({ participation: { fraction: 0.101 }, lot: 50_000 }).message).toMatch(
      /^No schedule in lots of 50,000 shares satisfies the bounds/,
    );
  });
});

test("wrong constraints are refused, with the parameter and what it must be", () => {
  const wrong = (constraints: unknown) => () => planSchedule(problem, constraints as PlanConstraints);
  expect(wrong({ cap: 1 })).toThrow('constraints field "cap" must be left out');
  expect(wrong({ participation: { fraction: 1, of: "total" } })).toThrow(
    "constraints.participation.fraction must be below 1 of the total volume; got 1.",
  );
  expect(wrong({ participation: { fraction: 0.1, of: "all" } })).toThrow(
    "constraints.participation.of must be",
  );
  expect(wrong({ pauses: [{ from: 60, to: 60 }] })).toThrow(
    "constraints.pauses[0].to must be above 60, where the pause begins, and at most 240 (minute); got 60.",
  );
  expect(wrong({ fixed: [{ interval: 5, shares: 1 }] })).toThrow(
    "constraints.fixed[0].interval must be an integer from 1 to 4",
  );
  expect(
    wrong({
      fixed: [
        { interval: 2, shares: 1 },
        { interval: 2, shares: 1 },
      ],
    }),
  ).toThrow("constraints.fixed[1].interval must be an interval that no other entry fixes; got 2.");
  expect(wrong({ minimumTrade: 5 })).toThrow("constraints.lot must be given with a minimumTrade (shares)");
  const plain = defineProblem(table1);
  expect(() => planSchedule(plain, { participation: { fraction: 0.1 } })).toThrow(
    "problem.profile.volumes must be given for a cap on participation (shares); got nothing.",
  );
});

test("a plan is plain data: it survives JSON and structuredClone", () => {
  const plan = optimum({ participation: { fraction: 0.12 }, lot: 1000 });
  expect(structuredClone(plan)).toEqual(plan);
  const again = JSON.parse(JSON.stringify(plan)) as PlanOptimum;
  expect(scheduleFromTrades(problem, again.schedule.trades).trades).toEqual(plan.schedule.trades);
});
