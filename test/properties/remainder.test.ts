import { describe, expect, test } from "vitest";
import {
  auditSchedule,
  boundedSchedule,
  boundedScheduleByHighs,
  certify,
  compareSchedules,
  costDistribution,
  costReport,
  costTable,
  defineProblem,
  denseSchedule,
  describeProblem,
  type ExecutionProblem,
  efficientFrontier,
  equalSchedule,
  explainSchedule,
  explanationTable,
  impliedRiskAversion,
  lotSchedule,
  optimalSchedule,
  piecewiseLinearSchedule,
  planSchedule,
  problemFromTicket,
  remainingProblem,
  requireOptimal,
  type Schedule,
  scheduleFromCsv,
  scheduleFromJson,
  scheduleFromRemaining,
  scheduleFromTrades,
  scheduleToCsv,
  scheduleToJson,
  simulateCosts,
  simulatePath,
  tridiagonalSchedule,
} from "../../src/index";
import { objectiveValue, quadraticObjective } from "../../src/model/quadratic";
import { decidedWalk } from "../../src/simulate/walk";
import { stream } from "../../src/support/normals";
import { benchmarkDistribution, simulateBenchmarks } from "../../src/tca/index";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { asPower, variedProblem } from "../helpers/varied";

const left = ({ remaining }: Schedule): number => remaining[remaining.length - 1];

/** Table 1 with a price for what is left. */
const open = (more: Partial<Parameters<typeof defineProblem>[0]> = {}): ExecutionProblem =>
  defineProblem({ ...table1, remainderPrice: 1.5, arrivalPrice: 50, currency: "USD", ...more });

/** A problem of any kind that may leave shares, and a schedule that does. */
function variedOpen(random: () => number, i: number): { problem: ExecutionProblem; schedule: Schedule } {
  const finished = variedProblem(random, i);
  const problem = defineProblem({ ...finished, remainderPrice: random() });
  const isOpen = (k: number): boolean => problem.profile?.open?.[k] !== false;
  const weights = Array.from({ length: problem.intervals }, (_, k) => (isOpen(k) ? 0.1 + random() : 0));
  const whole = (weights.reduce((sum, w) => sum + w, 0) / problem.shares) * (1 + random());
  return {
    problem,
    schedule: scheduleFromTrades(
      problem,
      weights.map((w) => w / whole),
    ),
  };
}

describe("a schedule that leaves shares", () => {
  test("is one where the problem has a remainderPrice, and not where it has none", () => {
    const trades = [2e5, 2e5, 2e5, 1e5, 1e5];
    expect(left(scheduleFromTrades(open(), trades))).toBe(2e5);
    expect(left(scheduleFromRemaining(open(), [1e6, 8e5, 6e5, 4e5, 3e5, 2e5]))).toBe(2e5);
    expect(() => scheduleFromTrades(defineProblem(table1), trades)).toThrow(
      "the sum of trades must be the order's 1000000 shares; got 800000. It is off by -200000 shares. " +
        "A problem with a remainderPrice may leave shares.",
    );
    expect(() => scheduleFromTrades(open(), [2e6, 0, 0, 0, 0])).toThrow(
      "the sum of trades must be between 0 and the order's 1000000 shares; got 2000000.",
    );
    expect(() => scheduleFromRemaining(open(), [1e6, 8e5, 6e5, 4e5, 3e5, -1])).toThrow(
      "remaining[5] must be between 0 and the order's 1000000 shares; got -1.",
    );
    expect(() => defineProblem({ ...table1, remainderPrice: -1 })).toThrow(
      "remainderPrice must be a finite number, 0 or above (currency/share); got -1.",
    );
  });

  test("is checked on every call: one that was changed since is rejected", () => {
    const problem = open();
    const schedule = scheduleFromTrades(problem, [2e5, 2e5, 2e5, 1e5, 1e5]);
    const changed = { ...schedule, remaining: [...schedule.remaining.slice(0, -1), 1e5] };
    expect(() => costReport(problem, changed)).toThrow(/schedule\.trades\[4\] must be 200000 shares/);
    const beyond = {
      ...schedule,
      remaining: [1e6, 8e5, 6e5, 4e5, 3e5, -2e5],
      trades: [2e5, 2e5, 2e5, 1e5, 5e5],
    };
    expect(() => costReport(problem, beyond)).toThrow(
      "schedule.remaining[5] must be between 0 and the order's 1000000 shares; got -200000.",
    );
    expect(() => costReport(defineProblem(table1), schedule)).toThrow(
      "schedule.remaining[5] must be 0 shares",
    );
    expect(certify(problem, beyond).verdict).toBe("infeasible");
    expect(certify(defineProblem(table1), schedule).verdict).toBe("infeasible");
  });

  test("costs what a walk without noise loses, whatever law, side, timing and profile", () => {
    const random = uniforms(5);
    for (let i = 0; i < 300; i++) {
      const { problem: linear, schedule } = variedOpen(random, i);
      for (const noisy of [linear, asPower(linear, 0.6)]) {
        const { profile } = noisy;
        const problem = defineProblem({
          ...noisy,
          volatility: 0,
          profile: { ...profile, volatility: undefined },
        });
        const { mean } = simulateCosts(problem, schedule, { paths: 2, seed: 1 });
        const { expectedCost, permanent, spread, temporary, drift, remainder } = costReport(
          problem,
          schedule,
        );
        const size = permanent + spread + temporary + Math.abs(drift) + remainder;
        expect(Math.abs(mean - expectedCost)).toBeLessThan(1e-11 * size);
        expect(remainder).toBe((problem.remainderPrice ?? 0) * left(schedule));
      }
    }
  });

  test("costs on one recorded path what its fills and the last price say, and on one that is decided on the way", () => {
    const problem = open();
    const schedule = scheduleFromTrades(problem, [2e5, 1e5, 1e5, 0, 1e5]);
    const { prices, fills, cost } = simulatePath(problem, schedule, { seed: 4 });
    const got = schedule.trades.reduce((sum, n, k) => sum + n * fills[k], 0) + 5e5 * (prices[5] - 1.5);
    expect(cost).toBeCloseTo(50e6 - got, 4);
    const { play } = decidedWalk(problem, ({ interval }) => schedule.trades[interval]);
    const proceeds = new Float64Array(1);
    play(stream("4:0"), proceeds);
    expect(-proceeds[0]).toBeCloseTo(cost, 4);
  });

  test("has the risk that simulation shows, with what is left at the last price", () => {
    for (const timing of ["start", "mid", "end"] as const) {
      const problem = open({ timing });
      const schedule = scheduleFromTrades(problem, [2e5, 1e5, 1e5, 0, 1e5]);
      const { mean, meanError, standardDeviation, standardDeviationError } = simulateCosts(
        problem,
        schedule,
        {
          paths: 40_000,
          seed: 3,
        },
      );
      const exact = costDistribution(problem, schedule);
      expect(Math.abs(mean - exact.mean)).toBeLessThan(4 * meanError);
      expect(Math.abs(standardDeviation - exact.standardDeviation)).toBeLessThan(4 * standardDeviationError);
    }
  });

  test("is priced by the quadratic form that solvers read", () => {
    const random = uniforms(6);
    for (let i = 0; i < 300; i++) {
      const { problem, schedule } = variedOpen(random, i);
      const { objective, permanent, spread, temporary, drift, remainder } = costReport(problem, schedule);
      const size = permanent + spread + temporary + Math.abs(drift) + remainder + Math.abs(objective);
      expect(Math.abs(objectiveValue(quadraticObjective(problem), schedule) - objective)).toBeLessThan(
        1e-11 * size,
      );
    }
  });
});

describe("how much to leave", () => {
  test("without risk every trade is (p − γX − ε)/(2a − γN): by hand", () => {
    const problem = open({ remainderPrice: 1 });
    const a = 2.5e-6 - 1.25e-7;
    const n = (1 - 0.25 - 0.0625) / (2 * a - 5 * 2.5e-7);
    const { schedule } = requireOptimal(boundedSchedule(problem));
    for (const trade of schedule.trades) expect(trade).toBeCloseTo(n, 4);
    expect(left(schedule)).toBeCloseTo(1e6 - 5 * n, 4);
    expect(left(optimalSchedule(problem))).toBeCloseTo(1e6 - 5 * n, 4);
  });

  test("with one trade it is a parabola in what is left: by hand, for every timing", () => {
    for (const [timing, own, exposed] of [
      ["start", -0.5, 1],
      ["mid", 0, 0.5],
      ["end", 0.5, 0],
    ] as const) {
      const problem = open({ intervals: 1, riskAversion: 1e-7, timing, drift: 0.02 });
      const w = 1e-7 * 0.95 ** 2 * 5;
      // E + λV = (η/τ + own γ) n² + εn + γ n R-part + pR + risk and drift of h = R + (1 − exposed) n.
      const value = (R: number): number => {
        const n = 1e6 - R;
        const h = R + (1 - exposed) * n;
        return (
          (2.5e-6 / 5) * n * n +
          2.5e-7 * n * (R + (own + 0.5) * n) +
          0.0625 * n +
          1.5 * R +
          w * h * h -
          0.02 * 5 * h
        );
      };
      const { schedule } = requireOptimal(boundedSchedule(problem));
      const best = left(schedule);
      expect(costReport(problem, schedule).objective).toBeCloseTo(value(best), 3);
      for (const R of [0, 0.25e6, 0.5e6, 0.75e6, 1e6, best + 1e3, best - 1e3]) {
        if (R >= 0 && R <= 1e6) expect(value(R)).toBeGreaterThanOrEqual(value(best) - 1e-6);
      }
    }
  });

  test("nothing where leaving is dear, everything where it is free and nothing else counts", () => {
    const dear = open({ remainderPrice: 100, riskAversion: 1e-6 });
    const finished = optimalSchedule(defineProblem({ ...table1, riskAversion: 1e-6 }));
    optimalSchedule(dear).remaining.forEach((x, k) => {
      expect(x).toBeCloseTo(finished.remaining[k], 3);
    });
    const free = requireOptimal(boundedSchedule(open({ remainderPrice: 0 }))).schedule;
    expect(left(free)).toBe(1e6);
    expect(certify(dear, optimalSchedule(dear)).verdict).toBe("optimal");
  });

  test("agrees with HiGHS, and the certificate knows what is not the optimum", async () => {
    const random = uniforms(9);
    let leaving = 0;
    for (let i = 0; i < 60; i++) {
      const intervals = 2 + Math.floor(6 * random());
      const profile =
        random() < 0.5
          ? undefined
          : {
              halfSpread: Array.from({ length: intervals }, () => 0.1 * random()),
              permanentImpact: Array.from({ length: intervals }, () => 2.5e-7 * (0.9 + 0.2 * random())),
              volatility: Array.from({ length: intervals }, () => 0.3 + random()),
            };
      const timing = (["start", "mid", "end"] as const)[i % 3];
      const side = i % 2 === 0 ? "sell" : "buy";
      const problem = open({
        ...{ intervals, timing, side, profile, remainderPrice: 3 * random() },
        riskAversion: random() < 0.3 ? 0 : 10 ** (-8 + 3 * random()),
        drift: 0.1 * (random() - 0.5),
      });
      const bounds = { upper: 1e6 * (0.2 + random()), mostLeft: 1e6 * (0.4 + 0.6 * random()) };
      const found = boundedSchedule(problem, bounds);
      const other = await boundedScheduleByHighs(problem, bounds);
      expect(other.status).toBe(found.status);
      if (found.status !== "optimal" || other.status !== "optimal") continue;
      const [ours, theirs] = [found, other].map(({ schedule }) => costReport(problem, schedule).objective);
      expect(Math.abs(ours - theirs)).toBeLessThan(1e-8 * Math.abs(ours) + 1e-6);
      expect(found.certificate.verdict).toBe("optimal");
      const R = left(found.schedule);
      if (R > 1e3 && R < bounds.mostLeft - 1e3) leaving++;
      const trades = [...found.schedule.trades];
      const k = trades.indexOf(Math.max(...trades));
      trades[k] -= Math.min(1e4, bounds.mostLeft - R);
      if (R >= bounds.mostLeft - 1) continue;
      const moved = scheduleFromTrades(problem, trades);
      const judged = certify(problem, moved, bounds);
      const excess = costReport(problem, moved).objective - ours;
      expect(judged.verdict).toBe("not-optimal");
      // The bound holds, and is near the truth where it says so.
      expect(judged.gapBound).toBeGreaterThan(excess * (1 - 1e-6));
      if (!judged.isGapLoose) expect(judged.gapBound).toBeLessThan(excess * (1 + 1e-6) + 1e-6);
    }
    expect(leaving).toBeGreaterThan(8);
  });

  test("is not asked where E + λV is not convex in it", () => {
    const problem = open({ permanentImpact: 2.4e-6, intervals: 5 });
    expect(() => boundedSchedule(problem)).toThrow(
      /^With a remainderPrice E \+ λV is not convex in what is left: leaving s shares more, in place of the best trades, changes it by -[\d.e-]+·s² USD plus terms linear in s, because shares that are not traded pay for no permanent impact\. Let the order finish \(leave out remainderPrice\), raise riskAversion, or look at the size of permanentImpact beside temporaryImpact\.$/,
    );
    expect(certify(problem, scheduleFromTrades(problem, [1e5, 1e5, 1e5, 1e5, 1e5])).verdict).toBe(
      "no-optimum",
    );
    expect(() => optimalSchedule(open({ riskAversion: -1e-9 }))).toThrow("riskAversion must be 0 or above");
  });

  test("within bounds on it: at most mostLeft, or infeasible with the proof", () => {
    const problem = open({ remainderPrice: 0.5 });
    const free = requireOptimal(boundedSchedule(problem)).schedule;
    expect(left(free)).toBeGreaterThan(3e5);
    expect(left(requireOptimal(boundedSchedule(problem, { mostLeft: 1e5 })).schedule)).toBeCloseTo(1e5, 6);
    expect(boundedSchedule(problem, { upper: 1e5, mostLeft: 4e5 })).toMatchObject({
      status: "infeasible",
      proof: { bound: "upper", total: 9e5, missing: 1e5 },
    });
    expect(() => boundedSchedule(problem, { mostLeft: 2e6 })).toThrow(
      "bounds.mostLeft must be a number from 0 to the order's 1000000 (shares); got 2000000",
    );
    expect(() => boundedSchedule(defineProblem(table1), { mostLeft: 1 })).toThrow(
      "bounds.mostLeft must be left out where the order must finish; got 1. Give the problem a remainderPrice, what a share " +
        "left at the end costs.",
    );
  });
});

describe("a desk that may leave shares", () => {
  const volumes = [8e5, 5e5, 4e5, 5e5, 9e5];
  const problem = open({ profile: { volumes }, riskAversion: 1e-7, remainderPrice: 2.5, timeUnit: "hour" });

  test("plans under a cap that would not let it finish, and is told what is left", () => {
    const participation = { fraction: 0.2 } as const;
    const finished = planSchedule(defineProblem({ ...problem, remainderPrice: undefined }), {
      participation,
    });
    expect(finished.status).toBe("infeasible");
    const plan = requireOptimal(planSchedule(problem, { participation }));
    const R = left(plan.schedule);
    expect(R).toBeCloseTo(1e6 - 0.2 * 3.1e6, 6);
    expect(plan.bounds.mostLeft).toBe(1e6);
    expect(certify(problem, plan.schedule, plan.bounds).verdict).toBe("optimal");
    expect(plan.cost.remainder).toBeCloseTo(2.5 * R, 6);
    expect(plan.sentences).toContain(
      "380,000 shares are left at 2.5 USD/share, since every slice is at a limit.",
    );
  });

  test("is told that a share at the margin costs as much traded as left, where no limit holds every slice", () => {
    const cheap = open({ profile: { volumes }, riskAversion: 1e-7, remainderPrice: 0.5, timeUnit: "hour" });
    const plan = requireOptimal(planSchedule(cheap, { participation: { fraction: 0.9 } }));
    expect(plan.sentences.filter((sentence) => / shares are left /.test(sentence))).toEqual([
      expect.stringMatching(
        / at 0\.5 USD\/share: trading the last of them would cost as much as leaving it\.$/,
      ),
    ]);
  });

  test("is told what gives way where too much would be left", () => {
    const tight = planSchedule(problem, { participation: { fraction: 0.2 }, mostLeft: 1e5 });
    expect(tight.status === "infeasible" && tight.message).toBe(
      "No schedule keeps the limits: they allow 720,000 shares in total, 280,000 short of the order's 1,000,000. Enough on " +
        "its own: 29.1% instead of 20% of the others' volume; or 1.56 hours more at the last interval's pace, if the market is open that long; or leave 280,000 " +
        "more shares untraded.",
    );
  });

  test("has it explained: leaving one more share saves nothing where nothing holds it, and has a price where something does", () => {
    const free = requireOptimal(boundedSchedule(problem));
    const { remainder, slices, imbalance, verdict } = explainSchedule(problem, free.schedule, {});
    expect(verdict).toBe("optimal");
    expect(remainder).toMatchObject({ binds: "finished" });
    const cheap = defineProblem({ ...problem, remainderPrice: 0.7 });
    const some = requireOptimal(boundedSchedule(cheap)).schedule;
    const explained = explainSchedule(cheap, some, {});
    expect(explained.remainder).toEqual({ shares: left(some), binds: undefined, saving: 0 });
    expect(explained.imbalance).toBeLessThan(1e-9);
    expect(imbalance).toBeLessThan(1e-9);
    expect(slices).toHaveLength(5);
    // By differences: what one share more left saves within a bound on it.
    const bound = 0.5 * left(some);
    const held = requireOptimal(boundedSchedule(cheap, { mostLeft: bound })).schedule;
    const { saving = 0, binds } = explainSchedule(cheap, held, { mostLeft: bound }).remainder ?? {};
    const objective = (mostLeft: number): number =>
      costReport(cheap, requireOptimal(boundedSchedule(cheap, { mostLeft })).schedule).objective;
    expect(binds).toBe("most left");
    expect(saving).toBeGreaterThan(0.01);
    expect(Math.abs((objective(bound - 50) - objective(bound + 50)) / 100 - saving)).toBeLessThan(1e-5);
    expect(
      explanationTable(cheap, explainSchedule(cheap, held, { mostLeft: bound })).rows[5]?.slice(0, 5),
    ).toEqual(["Left", Math.round(bound).toLocaleString("en"), "", "", "most left"]);
  });

  test("has foreign schedules audited, with what they leave and the λ that they imply", () => {
    const cheap = defineProblem({ ...problem, remainderPrice: 0.7 });
    const best = requireOptimal(boundedSchedule(cheap)).schedule;
    expect(auditSchedule(cheap, best.trades).verdict).toBe("optimal");
    const half = auditSchedule(cheap, [1e5, 1e5, 1e5, 1e5, 1e5], { mostLeft: 2e5 });
    expect(half.verdict).toBe("breaks limits");
    expect(half.sentences[0]).toBe("It leaves 500,000 shares, more than the 200,000 that may be left.");
    expect(auditSchedule(cheap, [1e6, 1e5, 0, 0, 0]).verdict).toBe("not the order");
    const implied = impliedRiskAversion(cheap, best, {});
    expect(implied.riskAversion).toBeCloseTo(1e-7, 14);
    expect(implied.isExplained).toBe(true);
  });

  test("trades in whole lots: as good as every possibility", () => {
    const random = uniforms(21);
    for (let i = 0; i < 60; i++) {
      const small = defineProblem({
        ...{ shares: 7, horizon: 3, intervals: 3, volatility: 0.3, temporaryImpact: 0.1 + 0.2 * random() },
        ...{ permanentImpact: 0.02 * random(), halfSpread: 0.1 * random(), riskAversion: random() },
        ...{ remainderPrice: 1.5 * random(), timing: (["start", "end"] as const)[i % 2] },
      });
      const minimumTrade = i % 4 === 0 ? 2 : undefined;
      const found = requireOptimal(lotSchedule(small, { lot: 1, minimumTrade }));
      let least = Number.POSITIVE_INFINITY;
      for (let code = 0; code < 512; code++) {
        const trades = [code & 7, (code >> 3) & 7, code >> 6];
        if (trades[0] + trades[1] + trades[2] > 7) continue;
        if (trades.some((n) => n > 0 && n < (minimumTrade ?? 0))) continue;
        least = Math.min(least, costReport(small, scheduleFromTrades(small, trades)).objective);
      }
      const ours = costReport(small, found.schedule).objective;
      expect(ours - least).toBeLessThan(found.isExact ? 1e-12 : found.gap + 1e-12);
    }
  });

  test("re-plans to the same, compares, exports and reads back, and sees it in tables", () => {
    const cheap = defineProblem({ ...problem, remainderPrice: 0.7 });
    const plan = requireOptimal(boundedSchedule(cheap)).schedule;
    const later = remainingProblem(cheap, plan.trades.slice(0, 2));
    const rest = requireOptimal(boundedSchedule(later)).schedule;
    rest.trades.forEach((n, k) => {
      expect(n).toBeCloseTo(plan.trades[k + 2], 3);
    });
    expect(left(rest)).toBeCloseTo(left(plan), 3);
    const twap = equalSchedule(cheap);
    const { difference, simulated } = compareSchedules(cheap, plan, twap, { paths: 20_000, seed: 2 });
    expect(Math.abs(simulated.mean - difference.mean)).toBeLessThan(4 * simulated.meanError);
    expect(Math.abs(simulated.standardDeviation / difference.standardDeviation - 1)).toBeLessThan(0.03);
    expect(scheduleFromCsv(cheap, scheduleToCsv(cheap, plan)).remaining).toEqual(plan.remaining);
    const { problem: read, schedule } = scheduleFromJson(scheduleToJson(cheap, plan));
    expect(read.remainderPrice).toBe(0.7);
    expect(schedule.remaining).toEqual(plan.remaining);
    const rows = describeProblem(cheap).rows.map(([what, howMuch]) => `${what}: ${howMuch}`);
    expect(rows).toContain("Shares may be left at the end, each at: 0.7 USD per share, 140 bp");
    expect(costTable(cheap, { Plan: costReport(cheap, plan) }).rows).toHaveLength(1);
  });

  test("has files read in one way only", () => {
    const small = defineProblem({ ...table1, shares: 10_000, intervals: 2, remainderPrice: 1 });
    expect(left(scheduleFromCsv(small, "trade\n3000\n2000\n"))).toBe(5000);
    expect(() => scheduleFromCsv(small, "trade\n3.000\n2.000\n")).toThrow(
      "the sum of trades must be the order's 10000 shares, or less where every number can be read in one way only; got 5. " +
        'With decimal: "," and thousands: "." they sum to 5000, with decimal: "." to 5: say which in the options.',
    );
    expect(left(scheduleFromCsv(small, "trade\n3.000\n2.000\n", { decimal: ".", thousands: "," }))).toBe(
      9995,
    );
    expect(left(scheduleFromCsv(small, "trade\n3.000\n2.000\n", { decimal: ",", thousands: "." }))).toBe(
      5000,
    );
    expect(() => scheduleFromCsv(small, "trade\n3.000\n7.000\n")).toThrow("they do sum to it");
    expect(() => scheduleFromCsv(small, "trade\n9000\n2000\n")).toThrow("It is off by 1000 shares.");
    expect(left(scheduleFromCsv(small, "remaining\n6000\n2500\n"))).toBe(2500);
  });

  test("sees the frontier with it", () => {
    const λs = [0, 1e-8, 1e-7, 1e-6];
    const cheap = defineProblem({ ...table1, remainderPrice: 1 });
    const points = efficientFrontier(cheap, λs);
    λs.forEach((riskAversion, i) => {
      const at = defineProblem({ ...cheap, riskAversion });
      expect(points[i].objective).toBeCloseTo(costReport(at, optimalSchedule(at)).objective, 3);
    });
    for (let i = 1; i < λs.length; i++) {
      expect(points[i].costVariance).toBeLessThan(points[i - 1].costVariance);
      expect(points[i].expectedCost).toBeGreaterThan(points[i - 1].expectedCost);
    }
  });

  test("says it on the ticket", () => {
    const ticket = {
      ...{
        side: "sell" as const,
        shares: 200_000,
        price: 50,
        averageDailyVolume: 1_000_000,
        dailyVolatility: 0.02,
      },
      ...{ start: "10:00", end: "12:00", sliceLength: "10 min", session: { open: "09:30", close: "16:00" } },
      ...{ spread: 0.01, impactRule: { fractionOfDailyVolume: 0.1, basisPoints: 15 } },
      ...{ participationCap: 0.2, riskAversion: 1e-6, remainderBasisPoints: 20 },
    } as const;
    const { problem: order, constraints, passport } = problemFromTicket(ticket);
    expect(order.remainderPrice).toBeCloseTo(0.1, 15);
    expect(passport).toContainEqual({
      what: "May be left at the end",
      howMuch: "each at 0.1 USD per share, 20 bp beyond the last price",
      from: "remainderBasisPoints",
    });
    const plan = requireOptimal(planSchedule(order, constraints));
    expect(left(plan.schedule)).toBeGreaterThan(0);
    expect(() => problemFromTicket({ ...ticket, remainderBasisPoints: -1 })).toThrow(
      "remainderBasisPoints must be a finite number, 0 or above (bp); got -1.",
    );
  });
});

describe("calls that know finished orders only say so", () => {
  const problem = open({ riskAversion: 1e-6 });
  const message = (call: string): string =>
    `problem.remainderPrice must be left out for ${call}, which knows orders that finish; got 1.5. boundedSchedule, ` +
    "planSchedule and optimalSchedule also decide how much to leave.";

  test("by name", async () => {
    expect(() => denseSchedule(problem)).toThrow(message("denseSchedule"));
    expect(() => tridiagonalSchedule(problem)).toThrow(message("tridiagonalSchedule"));
    await expect(piecewiseLinearSchedule(problem, { pieces: 4 })).rejects.toThrow(
      message("piecewiseLinearSchedule"),
    );
    expect(() => benchmarkDistribution(problem, equalSchedule(problem))).toThrow(
      message("benchmarkDistribution"),
    );
    expect(() => simulateBenchmarks(problem, equalSchedule(problem), { paths: 10, seed: 1 })).toThrow(
      message("simulateBenchmarks"),
    );
  });
});
