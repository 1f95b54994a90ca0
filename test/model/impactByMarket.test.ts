import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  certify,
  costReport,
  decayImpact,
  defineProblem,
  type ExecutionProblem,
  equalSchedule,
  type ImpactModel,
  impactByMarket,
  linearImpact,
  optimalSchedule,
  type ProfileInput,
  powerImpact,
  requireOptimal,
  scheduleFromJson,
  scheduleFromTrades,
  scheduleToJson,
  simulateCosts,
  volumeSchedule,
} from "../../src/index";
import { minimizeByPairs } from "../helpers/pairDescent";
import { uniforms } from "../helpers/random";

const volumes = [4e5, 1e5, 2e5, 3e5];
const volatility = [2, 1, 1, 1.5];
const order = { shares: 1e5, horizon: 4, intervals: 4, volatility: 1, halfSpread: 0.01, arrivalPrice: 50 };
const laws: readonly (readonly [string, ImpactModel, number])[] = [
  ["linear impact", linearImpact({ temporary: 2e-6, permanent: 1e-7 }), 1],
  ["a square root", powerImpact({ coefficient: 1e-3, exponent: 0.5, permanent: 1e-7 }), 0.5],
  ["the power 3/5", powerImpact({ coefficient: 4e-4, exponent: 0.6 }), 0.6],
  ["a power above 1", powerImpact({ coefficient: 1e-8, exponent: 1.5 }), 1.5],
  ["impact that fades", decayImpact({ exponentials: [{ impact: 1e-7, rate: 1 }], temporary: 2e-6 }), 1],
];

/** The problem with what follows put in. */
function following(
  impact: ImpactModel,
  profile: ProfileInput,
  options: Parameters<typeof impactByMarket>[1],
): ExecutionProblem {
  const problem = defineProblem({ ...order, timing: "mid", impact, profile });
  return defineProblem({
    ...{ ...order, timing: "mid", impact },
    profile: { ...profile, temporaryImpact: impactByMarket(problem, options) },
  });
}

describe.each(laws)("temporary impact that follows the market, under %s", (_, impact, β) => {
  const η = impact.kind === "power" ? impact.coefficient : 2e-6;

  test("is η (σ_k/σ)(v/v_k)^β, with lengths that differ and a closed interval, against the mean of what is open", () => {
    const lengths = [0.5, 1.5, 1.25, 0.75];
    const open = [true, true, false, true];
    const quiet = [4e5, 1e5, 0, 3e5];
    const profile = { volumes: quiet, volatility, lengths, open };
    const problem = defineProblem({ ...order, impact, profile });
    const usual = (4e5 + 1e5 + 3e5) / (0.5 + 1.5 + 0.75);
    const both = impactByMarket(problem, { follows: "both" });
    const byVolume = impactByMarket(problem, { follows: "volume" });
    const byVolatility = impactByMarket(problem, { follows: "volatility" });
    const stated = impactByMarket(problem, { follows: "volume", usualVolume: 5e5 });
    for (const k of [0, 1, 3]) {
      const rate = quiet[k] / lengths[k];
      expect(Math.abs(byVolume[k] / (η * (usual / rate) ** β) - 1)).toBeLessThan(1e-14);
      expect(Math.abs(byVolatility[k] / (η * volatility[k]) - 1)).toBeLessThan(1e-14);
      expect(Math.abs(both[k] / (byVolume[k] * volatility[k]) - 1)).toBeLessThan(1e-14);
      expect(Math.abs(stated[k] / (η * (5e5 / rate) ** β) - 1)).toBeLessThan(1e-14);
    }
    expect([both[2], byVolume[2]]).toEqual([η, η]);
    expect(byVolatility[2]).toBe(η * volatility[2]);
  });

  test("makes the same part of the market cost the same part of its volatility, whenever it trades", () => {
    const problem = following(impact, { volumes, volatility }, { follows: "both" });
    const perShare = volumes.map((volume, k) => {
      const n = 0.1 * volume;
      const trades = volumes.map((_volume, j) => (j === k ? n : 0));
      const whole = defineProblem({ ...problem, shares: n });
      const { temporary } = costReport(whole, scheduleFromTrades(whole, trades));
      return temporary / n / volatility[k];
    });
    for (const cost of perShare) expect(Math.abs(cost / perShare[0] - 1)).toBeLessThan(1e-12);
  });

  test("costs what a walk without noise loses, and survives JSON", () => {
    const problem = defineProblem({
      ...following(impact, { volumes, volatility }, { follows: "volume" }),
      volatility: 0,
      profile: {
        volumes,
        temporaryImpact: impactByMarket(defineProblem({ ...order, impact, profile: { volumes } }), {
          follows: "volume",
        }),
      },
    });
    const schedule = equalSchedule(problem);
    const { mean } = simulateCosts(problem, schedule, { paths: 2, seed: 1 });
    expect(Math.abs(mean / costReport(problem, schedule).expectedCost - 1)).toBeLessThan(1e-12);
    const back = scheduleFromJson(scheduleToJson(problem, schedule)).problem;
    expect(back.profile?.temporaryImpact).toEqual(problem.profile?.temporaryImpact);
  });
});

describe("where impact follows the volume and nothing else counts", () => {
  test.each(laws.slice(0, 4))("VWAP is the optimum under %s", (_, impact) => {
    const still = { ...impact, permanent: 0 } as ImpactModel;
    const problem = following(still, { volumes }, { follows: "volume" });
    const vwap = volumeSchedule(problem);
    for (const schedule of [optimalSchedule(problem), requireOptimal(boundedSchedule(problem)).schedule]) {
      schedule.trades.forEach((n, k) => {
        expect(Math.abs(n - vwap.trades[k])).toBeLessThan(1e-6 * order.shares);
      });
    }
    expect(certify(problem, vwap, { lower: 0 }).verdict).toBe("optimal");
  });

  test.each(laws.slice(0, 4))("and with volatility trades go as V_k σ_k^(−1/β), under %s", (_, impact, β) => {
    const still = { ...impact, permanent: 0 } as ImpactModel;
    const problem = following(still, { volumes, volatility }, { follows: "both" });
    const weights = volumes.map((volume, k) => volume * volatility[k] ** (-1 / β));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    optimalSchedule(problem).trades.forEach((n, k) => {
      expect(Math.abs(n - (order.shares * weights[k]) / whole)).toBeLessThan(1e-6 * order.shares);
    });
  });

  test("with risk it is what moving shares between all pairs finds", () => {
    const random = uniforms(61);
    for (const [, impact] of laws) {
      const profile = { volumes: volumes.map((volume) => volume * (0.5 + random())), volatility };
      const problem = defineProblem({
        ...following(impact, profile, { follows: "both" }),
        riskAversion: 1e-6,
      });
      const value = (trades: readonly number[]): number =>
        costReport(problem, scheduleFromTrades(problem, trades)).objective;
      const by = minimizeByPairs(value, new Array<number>(4).fill(2.5e4), {
        lower: new Array(4).fill(0),
        upper: new Array(4).fill(1e5),
      });
      const ours = value(requireOptimal(boundedSchedule(problem)).schedule.trades);
      expect(ours).toBeLessThan(value(by) * (1 + 1e-12));
      expect(ours).toBeGreaterThan(value(by) * (1 - 1e-7));
    }
  });
});

describe("what cannot be followed is said", () => {
  const impact = powerImpact({ coefficient: 1e-3, exponent: 0.5 });
  const make = (profile: ProfileInput | undefined, more: object = {}): ExecutionProblem =>
    defineProblem({ ...order, impact, profile, ...more });
  const cases: readonly (readonly [string, () => unknown, string])[] = [
    [
      "no volumes",
      () => impactByMarket(make(undefined), { follows: "volume" }),
      "problem.profile.volumes must be one number for each interval, for impact to follow",
    ],
    [
      "no volatility",
      () => impactByMarket(make({ volumes }), { follows: "both" }),
      "problem.profile.volatility must be one number for each interval, for impact to follow",
    ],
    [
      "an interval without volume",
      () => impactByMarket(make({ volumes: [1, 0, 1, 1] }), { follows: "volume" }),
      "problem.profile.volumes[1] must be above 0 where impact follows it: without, no trade has a price; got 0.",
    ],
    [
      "an interval without volatility",
      () => impactByMarket(make({ volatility: [1, 1, 0, 1] }), { follows: "volatility" }),
      "problem.profile.volatility[2] must be above 0 where impact follows it: without, no trade has a price; got 0.",
    ],
    [
      "two sources of what an interval costs",
      () => impactByMarket(make({ volumes, temporaryImpact: [1, 1, 1, 1] }), { follows: "volume" }),
      "problem.profile.temporaryImpact must be left out where impact is to follow the market: both say what each interval costs",
    ],
    [
      "no temporary impact",
      () =>
        impactByMarket(
          make({ volumes }, { impact: decayImpact({ exponentials: [{ impact: 1e-6, rate: 1 }] }) }),
          { follows: "volume" },
        ),
      "problem.temporaryImpact must be above 0, where it is to follow the market; got 0.",
    ],
    [
      "a usual volume that nothing uses",
      () => impactByMarket(make({ volatility }), { follows: "volatility", usualVolume: 1 }),
      "usualVolume must be left out where impact follows the volatility alone; got 1.",
    ],
    [
      "a usual volume of 0",
      () => impactByMarket(make({ volumes }), { follows: "volume", usualVolume: 0 }),
      "usualVolume must be a finite number above 0",
    ],
    [
      "something else",
      () => impactByMarket(make({ volumes }), { follows: "clock" as never }),
      'follows must be "volume", "volatility" or "both"',
    ],
  ];
  test.each(cases)("%s", (_, run, message) => {
    expect(run).toThrow(message);
  });
});
