import { describe, expect, test } from "vitest";
import {
  auditSchedule,
  boundedSchedule,
  certify,
  costReport,
  decayImpact,
  defineProblem,
  type ExecutionProblem,
  efficientFrontier,
  explainSchedule,
  impliedRiskAversion,
  kernelImpact,
  lotSchedule,
  optimalSchedule,
  type ProblemInput,
  planSchedule,
  remainingProblem,
  requireOptimal,
  type Schedule,
  scheduleFromTrades,
  simulateCosts,
} from "../../src/index";
import { minimizeByPairs } from "../helpers/pairDescent";
import { uniforms } from "../helpers/random";
import { asTransient, openIntervals, variedProblem } from "../helpers/varied";

const left = ({ remaining }: Schedule): number => remaining[remaining.length - 1];
const kinds = ["decay", "powerDecay", "kernel"] as const;
const timings = ["start", "mid", "end"] as const;

/** An order in four intervals under Obizhaeva–Wang impact, with enough temporary impact that what is left is no free lunch. */
const base = {
  ...{ shares: 1e5, horizon: 1, intervals: 4, volatility: 1.2, halfSpread: 0.02, riskAversion: 1e-6 },
  impact: decayImpact({ exponentials: [{ impact: 2e-6, rate: 3 }], temporary: 1e-6 }),
  ...{ remainderPrice: 0.5, arrivalPrice: 40, currency: "USD", timeUnit: "day" },
} as const satisfies ProblemInput;
const open = (more: Partial<ProblemInput> = {}): ExecutionProblem => defineProblem({ ...base, ...more });

/** Trades that leave something. */
function someTrades(problem: ExecutionProblem, random: () => number): number[] {
  const trades = new Array<number>(problem.intervals).fill(0);
  for (const k of openIntervals(problem)) trades[k] = 0.1 + random();
  const whole = (trades.reduce((sum, n) => sum + n, 0) / problem.shares) * (1 + random());
  return trades.map((n) => n / whole);
}

function attempt<T>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    return (error as { reason?: string }).reason ?? String(error);
  }
}

describe("what is left under impact that fades", () => {
  test("costs what a walk without noise loses, whatever kind, side, timing, profile and earlier trades", () => {
    const random = uniforms(51);
    for (let i = 0; i < 200; i++) {
      const varied = asTransient(
        defineProblem({ ...variedProblem(random, i), remainderPrice: random() }),
        kinds[i % 3],
      );
      const earlierTrades =
        i % 4 === 0
          ? [
              { ago: 0.3, shares: 2e5 },
              { ago: 0, shares: -1e5 },
            ]
          : undefined;
      const profile = varied.profile && { ...varied.profile, volatility: undefined };
      const problem = defineProblem({ ...varied, volatility: 0, profile, earlierTrades });
      const schedule = scheduleFromTrades(problem, someTrades(problem, random));
      const { mean } = simulateCosts(problem, schedule, { paths: 2, seed: 1 });
      const { expectedCost, permanent, spread, temporary, drift, remainder } = costReport(problem, schedule);
      const size = Math.abs(permanent) + spread + temporary + Math.abs(drift) + remainder;
      expect(Math.abs(mean - expectedCost)).toBeLessThan(1e-11 * size);
      expect(left(schedule)).toBeGreaterThan(0);
    }
  });

  test("bears what every trade has left at the end, and what the price has yet to recover: by hand", () => {
    const earlierTrades = [{ ago: 0.5, shares: 3e4 }];
    for (const [timing, moments] of [
      ["start", [0, 0.25, 0.5, 0.75]],
      ["mid", [0.125, 0.375, 0.625, 0.875]],
      ["end", [0.25, 0.5, 0.75, 1]],
    ] as const) {
      const problem = open({ timing, earlierTrades });
      const trades = [2e4, 1e4, 0, 3e4];
      const R = 4e4;
      const G = (u: number): number => 2e-6 * Math.exp(-3 * u);
      let cost = 0.5 * R + R * 3e4 * (G(1.5) - G(0.5));
      trades.forEach((n, k) => {
        cost += 0.02 * n + (1e-6 / 0.25) * n * n + 0.5 * G(0) * n * n + R * G(1 - moments[k]) * n;
        cost += n * 3e4 * (G(moments[k] + 0.5) - G(0.5));
        for (let j = 0; j < k; j++) cost += n * trades[j] * G(moments[k] - moments[j]);
      });
      const { expectedCost } = costReport(problem, scheduleFromTrades(problem, trades));
      expect(Math.abs(expectedCost / cost - 1)).toBeLessThan(1e-13);
    }
  });

  test("is what linear impact says where nothing fades", () => {
    const random = uniforms(52);
    let inside = 0;
    for (let i = 0; i < 90; i++) {
      const N = 1 + Math.floor(8 * random());
      const shared = {
        ...{ shares: 1e6, horizon: 5, intervals: N, volatility: 0.95, halfSpread: 0.05 * random() },
        ...{ riskAversion: 10 ** (-8 + 2 * random()), drift: 0.1 * (random() - 0.5), arrivalPrice: 50 },
        ...{ remainderPrice: 1.5 * random(), side: (["sell", "buy"] as const)[i % 2] },
        timing: (["start", "mid", "end"] as const)[i % 3],
        ownImpact: (["half", "full"] as const)[i % 2],
      } as const;
      const linear = defineProblem({ ...shared, temporaryImpact: 2.5e-6, permanentImpact: 1e-7 });
      const values = new Array<number>(N).fill(1e-7);
      const still = defineProblem({ ...shared, impact: kernelImpact({ values, temporary: 2.5e-6 }) });
      const bounds = { upper: 1e6 * (0.2 + random()), mostLeft: 1e6 * random() };
      const [one, other] = [linear, still].map((problem) => attempt(() => boundedSchedule(problem, bounds)));
      if (typeof one === "string" || typeof other === "string") {
        expect(other).toBe(one);
        continue;
      }
      expect(other.status).toBe(one.status);
      if (one.status !== "optimal" || other.status !== "optimal") continue;
      one.schedule.remaining.forEach((x, k) => {
        expect(Math.abs(x - other.schedule.remaining[k])).toBeLessThan(1e-3);
      });
      expect(Math.abs(one.marginalCost - other.marginalCost)).toBeLessThan(
        1e-9 * (1 + Math.abs(one.marginalCost)),
      );
      one.upperPrices.forEach((π, k) => {
        expect(Math.abs(π - other.upperPrices[k])).toBeLessThan(1e-9);
      });
      expect(other.certificate.verdict).toBe("optimal");
      if (left(one.schedule) > 1 && left(one.schedule) < bounds.mostLeft - 1) inside++;
    }
    expect(inside).toBeGreaterThan(15);
  });

  test("agrees with moving shares between all pairs of trades and the rest, for every kind", () => {
    const random = uniforms(53);
    let [inside, all] = [0, 0];
    for (let i = 0; i < 30; i++) {
      const intervals = 2 + (i % 3);
      const problem = asTransient(
        defineProblem({
          ...{ shares: 1e6, horizon: 5, intervals, volatility: 0.95, temporaryImpact: 2.5e-6 },
          ...{ permanentImpact: 1e-7, halfSpread: 0.06, arrivalPrice: 50, drift: 0.05 * (random() - 0.5) },
          profile:
            i % 2 === 0 ? undefined : { halfSpread: Array.from({ length: intervals }, () => 0.1 * random()) },
          ...{ timing: timings[i % 3], side: i % 2 === 0 ? "sell" : "buy" },
          remainderPrice: 0.3 + 1.5 * random(),
          riskAversion: 10 ** (-8 + 1.5 * random()),
        }),
        kinds[Math.floor(i / 3) % 3],
      );
      const N = problem.intervals;
      const bounds = { upper: i % 4 === 0 ? 3e5 : 1e6, mostLeft: i % 5 === 0 ? 6e5 : 1e6 };
      const found = attempt(() => boundedSchedule(problem, bounds));
      if (typeof found === "string") {
        expect(found).toBe("remainder-not-convex");
        continue;
      }
      if (found.status !== "optimal") continue;
      const value = (choice: readonly number[]): number => {
        const trades = choice.slice(0, -1);
        // Less than a billionth of the order counts as nothing left.
        if (choice[N] < 0.01) trades[0] += choice[N];
        return costReport(problem, scheduleFromTrades(problem, trades)).objective;
      };
      const start = new Array<number>(N).fill(2e5);
      const by = minimizeByPairs(value, [...start, 1e6 - 2e5 * N], {
        lower: new Array(N + 1).fill(0),
        upper: [...start.fill(bounds.upper), bounds.mostLeft],
      });
      const [ours, theirs] = [costReport(problem, found.schedule).objective, value(by)];
      expect(ours).toBeLessThan(theirs * (1 + 1e-8));
      expect(found.certificate.verdict).toBe("optimal");
      all++;
      if (left(found.schedule) > 1 && left(found.schedule) < bounds.mostLeft - 1) inside++;
      expect(ours).toBeGreaterThan(theirs * (1 - 1e-5));
    }
    expect(all).toBeGreaterThan(15);
    expect(inside).toBeGreaterThan(5);
  });

  test("with one trade at the end: by hand", () => {
    // A trade pays half of its own impact G, and what is left bears all of it: E = (η/τ + ½G) n² + εn + (p + Gn)(X − n).
    const [G, X] = [2e-6, 1e5];
    const law = (temporary: number): Partial<ProblemInput> => ({
      ...{ intervals: 1, timing: "end", riskAversion: 0 },
      impact: decayImpact({ exponentials: [{ impact: G, rate: 3 }], temporary }),
    });
    const { schedule, marginalCost } = requireOptimal(boundedSchedule(open(law(4e-6))));
    const n = (0.5 - 0.02 - G * X) / (2 * 4e-6 + G - 2 * G);
    expect(Math.abs(schedule.trades[0] / n - 1)).toBeLessThan(1e-9);
    expect(marginalCost).toBeCloseTo(0.5 + G * n, 9);
    // 2η/τ + G − 2G is 0 there: as much is saved as is paid.
    expect(attempt(() => boundedSchedule(open(law(1e-6))))).toBe("remainder-not-convex");
  });
});

describe("the certificate of what is left under impact that fades", () => {
  test("bounds what another schedule saves", () => {
    const random = uniforms(54);
    let judged = 0;
    for (let i = 0; i < 40; i++) {
      const timing = (["start", "mid", "end"] as const)[i % 3];
      const problem = open({
        ...{
          timing,
          intervals: 2 + (i % 6),
          remainderPrice: 0.2 + random(),
          riskAversion: 10 ** (-6 + random()),
        },
        impact: decayImpact({
          exponentials: [{ impact: 1e-6 * random(), rate: 4 * random() + 0.1 }],
          temporary: 2e-6,
        }),
      });
      const bounds = { upper: 1e5 * (0.3 + random()), mostLeft: 1e5 * random() };
      const found = attempt(() => boundedSchedule(problem, bounds));
      if (typeof found === "string" || found.status !== "optimal") continue;
      expect(found.certificate.verdict).toBe("optimal");
      const trades = [...found.schedule.trades];
      const k = trades.indexOf(Math.max(...trades));
      const less = Math.min(0.2 * trades[k], bounds.mostLeft - left(found.schedule));
      if (!(less > 1)) continue;
      trades[k] -= less;
      const moved = scheduleFromTrades(problem, trades);
      const { verdict, gapBound } = certify(problem, moved, bounds);
      const excess = costReport(problem, moved).objective - costReport(problem, found.schedule).objective;
      expect(verdict).toBe("not-optimal");
      expect(gapBound).toBeGreaterThan(excess * (1 - 1e-6));
      judged++;
    }
    expect(judged).toBeGreaterThan(12);
  });

  test("where what is left escapes more than trading costs, E + λV falls along the direction of the refusal", () => {
    const problem = open({
      impact: decayImpact({ exponentials: [{ impact: 2e-6, rate: 3 }], temporary: 1e-8 }),
      riskAversion: 1e-8,
    });
    let evidence: readonly number[] = [];
    try {
      boundedSchedule(problem);
    } catch (error) {
      const { message, evidence: { direction = [] } = {} } = error as {
        message: string;
        evidence?: { direction?: readonly number[] };
      };
      expect(message).toMatch(/^With a remainderPrice E \+ λV is not convex in what is left/);
      const [, change] = /changes it by (-[\d.e-]+)·s² USD/.exec(message) ?? [];
      const at = (size: number): number => {
        const trades = direction.slice(0, 4).map((n) => 2e4 + size * n);
        return costReport(problem, scheduleFromTrades(problem, trades)).objective;
      };
      const second = (at(100) - 2 * at(0) + at(-100)) / (2 * 100 ** 2);
      expect(Math.abs(second / Number(change) - 1)).toBeLessThan(1e-4);
      expect(second).toBeLessThan(0);
      evidence = direction;
    }
    expect(evidence).toHaveLength(5);
    expect(evidence[4]).toBeGreaterThan(0);
    expect(evidence.reduce((sum, n) => sum + n, 0)).toBeCloseTo(0, 12);
    expect(certify(problem, scheduleFromTrades(problem, [1e4, 1e4, 1e4, 1e4])).verdict).toBe("no-optimum");
    expect(() => optimalSchedule(problem)).toThrow("With a remainderPrice E + λV is not convex");
  });

  test("risk may make up for what E alone does not, and without risk the bound holds as well", () => {
    const impact = kernelImpact({ values: [2e-6, 1e-6, 5e-7, 2.5e-7], temporary: 1e-9 });
    // Trading in the last interval leaves 1e-6 behind, twice half of what it pays of its own 2e-6.
    const brave = open({ impact, riskAversion: 0, timing: "end" });
    expect(attempt(() => boundedSchedule(brave))).toBe("remainder-not-convex");
    const careful = open({ impact, riskAversion: 1e-5 });
    expect(requireOptimal(boundedSchedule(careful)).certificate.verdict).toBe("optimal");
    const calm = open({
      impact: decayImpact({ exponentials: [{ impact: 1e-6, rate: 3 }], temporary: 2e-6 }),
      riskAversion: 0,
    });
    const { schedule, certificate } = requireOptimal(boundedSchedule(calm));
    expect(certificate.verdict).toBe("optimal");
    const trades = schedule.trades.map((n) => 0.9 * n);
    const moved = scheduleFromTrades(calm, trades);
    const excess = costReport(calm, moved).objective - costReport(calm, schedule).objective;
    const { gapBound } = certify(calm, moved, {});
    expect(gapBound).toBeGreaterThan(excess * (1 - 1e-9));
    expect(gapBound).toBeLessThan(30 * excess);
  });

  test("a law that lets round trips make money is refused for that, whatever may be left", () => {
    const impact = kernelImpact({ values: [1e-6, 3e-6, 1e-6, 1e-6] });
    expect(attempt(() => boundedSchedule(open({ impact, riskAversion: 0 })))).toBe("cost-not-convex");
    expect(certify(open({ impact }), scheduleFromTrades(open({ impact }), [1e4, 0, 0, 0])).verdict).toBe(
      "no-optimum",
    );
  });
});

describe("a desk that may leave shares under impact that fades", () => {
  const volumes = [8e4, 5e4, 6e4, 9e4];
  const impact = decayImpact({ exponentials: [{ impact: 1e-6, rate: 3 }], temporary: 2e-6 });
  const problem = open({ profile: { volumes }, impact, remainderPrice: 0.22 });
  const best = requireOptimal(boundedSchedule(problem)).schedule;

  test("plans, has it explained and audited, and the risk aversion back", () => {
    expect(left(best)).toBeGreaterThan(5e3);
    expect(left(best)).toBeLessThan(9e4);
    const capped = requireOptimal(planSchedule(problem, { participation: { fraction: 0.1 } }));
    expect(left(capped.schedule)).toBeGreaterThan(left(best));
    const { remainder, imbalance, verdict } = explainSchedule(problem, best, {});
    expect(verdict).toBe("optimal");
    expect(remainder).toEqual({ shares: left(best), binds: undefined, saving: 0 });
    expect(imbalance).toBeLessThan(1e-9);
    expect(auditSchedule(problem, best.trades).verdict).toBe("optimal");
    const implied = impliedRiskAversion(problem, best, {});
    expect(implied.riskAversion).toBeCloseTo(1e-6, 12);
    expect(certify(problem, optimalSchedule(problem)).verdict).toBe("optimal");
  });

  test("what one share more left saves within a bound on it is its price: by differences", () => {
    const bound = 0.5 * left(best);
    const held = requireOptimal(boundedSchedule(problem, { mostLeft: bound })).schedule;
    const { saving = 0, binds } = explainSchedule(problem, held, { mostLeft: bound }).remainder ?? {};
    const objective = (mostLeft: number): number =>
      costReport(problem, requireOptimal(boundedSchedule(problem, { mostLeft })).schedule).objective;
    expect(binds).toBe("most left");
    expect(saving).toBeGreaterThan(0.001);
    expect(Math.abs((objective(bound - 5) - objective(bound + 5)) / 10 - saving)).toBeLessThan(1e-6);
  });

  test("re-plans to the same, with what the price has yet to recover", () => {
    const later = remainingProblem(problem, best.trades.slice(0, 2));
    expect(later.earlierTrades).toHaveLength(2);
    const rest = requireOptimal(boundedSchedule(later)).schedule;
    rest.trades.forEach((n, k) => {
      expect(n).toBeCloseTo(best.trades[k + 2], 3);
    });
    expect(left(rest)).toBeCloseTo(left(best), 3);
  });

  test("leaves less the more risk costs, and the frontier says what that costs", () => {
    const aversions = [1e-6, 3e-6, 1e-5];
    const optima = aversions.map((riskAversion) =>
      optimalSchedule(defineProblem({ ...problem, riskAversion })),
    );
    expect(left(optima[0])).toBeGreaterThan(left(optima[1]));
    expect(left(optima[1])).toBeGreaterThan(left(optima[2]));
    efficientFrontier(problem, aversions).forEach(({ expectedCost }, i) => {
      expect(Math.abs(expectedCost / costReport(problem, optima[i]).expectedCost - 1)).toBeLessThan(1e-9);
    });
  });

  test("trades in whole lots, within a gap that every possibility confirms", () => {
    const random = uniforms(55);
    for (let i = 0; i < 30; i++) {
      const small = defineProblem({
        ...{ shares: 7, horizon: 3, intervals: 3, volatility: 0.3, riskAversion: random() },
        impact: decayImpact({
          exponentials: [{ impact: 0.05 * random(), rate: 1 }],
          temporary: 0.1 + 0.2 * random(),
        }),
        ...{ halfSpread: 0.1 * random(), remainderPrice: 1.5 * random() },
      });
      const found = attempt(() => requireOptimal(lotSchedule(small, { lot: 1 })));
      if (typeof found === "string") continue;
      let least = Number.POSITIVE_INFINITY;
      for (let code = 0; code < 512; code++) {
        const trades = [code & 7, (code >> 3) & 7, code >> 6];
        if (trades[0] + trades[1] + trades[2] > 7) continue;
        least = Math.min(least, costReport(small, scheduleFromTrades(small, trades)).objective);
      }
      const ours = costReport(small, found.schedule).objective;
      expect(ours - least).toBeLessThan(found.gap + 1e-12);
      expect(ours - least).toBeGreaterThan(-1e-12);
    }
  });
});
