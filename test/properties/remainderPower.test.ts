import { describe, expect, test } from "vitest";
import { convexReach } from "../../src/certify/lending";
import {
  auditSchedule,
  boundedSchedule,
  certify,
  costReport,
  defineProblem,
  type ExecutionProblem,
  efficientFrontier,
  explainSchedule,
  impliedRiskAversion,
  lotSchedule,
  optimalSchedule,
  planSchedule,
  remainingProblem,
  requireOptimal,
  type Schedule,
  scheduleFromTrades,
} from "../../src/index";
import { checkBounds } from "../../src/model/bounds";
import { shoot } from "../../src/solve/priceShooting";
import { programValue, separableProgram } from "../../src/solve/separableProgram";
import { stepToOptimum } from "../../src/solve/separableSteps";
import { minimizeByPairs } from "../helpers/pairDescent";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { asPower, variedProblem } from "../helpers/varied";

const left = ({ remaining }: Schedule): number => remaining[remaining.length - 1];

/** Table 1 with a price for what is left, under a power law that concedes as much as the linear one when trading evenly. */
const open = (exponent: number, more: Partial<Parameters<typeof defineProblem>[0]> = {}): ExecutionProblem =>
  asPower(
    defineProblem({ ...table1, remainderPrice: 0.8, arrivalPrice: 50, currency: "USD", ...more }),
    exponent,
  );

describe("how much to leave under power laws", () => {
  test("is what linear impact says at exponent 1, whatever side, timing, profile and bounds", () => {
    const random = uniforms(31);
    let inside = 0;
    for (let i = 0; i < 150; i++) {
      const linear = defineProblem({ ...variedProblem(random, i), remainderPrice: 2 * random() });
      const X = linear.shares;
      const bounds = random() < 0.5 ? {} : { upper: X * (0.1 + random()), mostLeft: X * random() };
      const ofLinear = attempt(() => boundedSchedule(linear, bounds));
      const ofPower = attempt(() => boundedSchedule(asPower(linear, 1), bounds));
      expect(typeof ofPower).toBe(typeof ofLinear);
      if (typeof ofLinear === "string" || typeof ofPower === "string") continue;
      expect(ofPower.status).toBe(ofLinear.status);
      if (ofLinear.status !== "optimal" || ofPower.status !== "optimal") continue;
      const [one, other] = [ofLinear.schedule, ofPower.schedule];
      one.remaining.forEach((x, k) => {
        expect(Math.abs(x - other.remaining[k])).toBeLessThan(1e-9 * X);
      });
      expect(ofPower.certificate.verdict).toBe("optimal");
      const price = Math.abs(ofLinear.marginalCost);
      expect(Math.abs(ofPower.marginalCost - ofLinear.marginalCost)).toBeLessThan(1e-9 * (1 + price));
      ofLinear.upperPrices.forEach((π, k) => {
        expect(Math.abs(ofPower.upperPrices[k] - π)).toBeLessThan(1e-8 * (1 + price));
      });
      if (left(one) > 1 && left(one) < X - 1) inside++;
    }
    expect(inside).toBeGreaterThan(30);
  });

  test.each([0.4, 0.6, 1.5, 2.5])(
    "agrees with moving shares between all pairs of trades and the rest, exponent %d",
    (exponent) => {
      const random = uniforms(Math.round(100 * exponent));
      let inside = 0;
      for (let i = 0; i < 12; i++) {
        const intervals = 2 + (i % 3);
        const problem = open(exponent, {
          intervals,
          timing: (["start", "mid", "end"] as const)[i % 3],
          side: i % 2 === 0 ? "sell" : "buy",
          // A steep law is flat at small trades, where nothing but risk is left to make E + λV convex.
          permanentImpact: exponent > 1 ? 0 : 1e-7,
          remainderPrice: 0.4 + random(),
          riskAversion: 10 ** (-8 + 1.5 * random()),
          drift: i % 4 === 3 ? 0.05 * (random() - 0.5) : 0,
          profile:
            i % 2 === 0 ? undefined : { halfSpread: Array.from({ length: intervals }, () => 0.1 * random()) },
        });
        const upper = i % 4 === 0 ? 3e5 : 1e6;
        const bounds = { upper, mostLeft: i % 5 === 0 ? 3e5 : 1e6 };
        const found = boundedSchedule(problem, bounds);
        if (found.status !== "optimal") {
          expect(intervals * upper + bounds.mostLeft).toBeLessThan(1e6);
          continue;
        }
        const value = (choice: readonly number[]): number => {
          const trades = choice.slice(0, -1);
          // Less than a billionth of the order counts as nothing left.
          if (choice[intervals] < 0.01) trades[0] += choice[intervals];
          return costReport(problem, scheduleFromTrades(problem, trades)).objective;
        };
        const start = [...found.schedule.trades.map(() => 1e6 / (intervals + 1)), 1e6 / (intervals + 1)];
        const by = minimizeByPairs(
          value,
          start.map((n) => Math.min(n, bounds.mostLeft)),
          {
            lower: start.map(() => 0),
            upper: [...found.schedule.trades.map(() => upper), bounds.mostLeft],
          },
        );
        const [ours, theirs] = [costReport(problem, found.schedule).objective, value(by)];
        expect(ours).toBeLessThan(theirs * (1 + 1e-8));
        expect(ours).toBeGreaterThan(theirs * (1 - 1e-6));
        expect(Math.abs(left(found.schedule) - by[intervals])).toBeLessThan(2e3);
        expect(found.certificate.verdict).toBe("optimal");
        if (left(found.schedule) > 1 && left(found.schedule) < bounds.mostLeft - 1) inside++;
      }
      expect(inside).toBeGreaterThan(2);
    },
  );
});

describe("what is left under power laws, by hand", () => {
  test("without risk and permanent impact, what each trade's last share costs is the price of leaving it", () => {
    for (const exponent of [0.5, 0.6, 1.5]) {
      const problem = open(exponent, { permanentImpact: 0, remainderPrice: 0.5 });
      const { impact, halfSpread } = problem;
      const coefficient = impact?.kind === "power" ? impact.coefficient : Number.NaN;
      const n = ((0.5 - halfSpread) / ((1 + exponent) * coefficient)) ** (1 / exponent);
      for (const schedule of [optimalSchedule(problem), requireOptimal(boundedSchedule(problem)).schedule]) {
        for (const trade of schedule.trades) expect(Math.abs(trade / n - 1)).toBeLessThan(1e-9);
        expect(Math.abs(left(schedule) - (1e6 - 5 * n))).toBeLessThan(1e-3);
      }
    }
  });

  test("with permanent impact a trade of n spares the rest its move: p = (1 + β) η (n/τ)^β + ε + γ (R − n) with one trade", () => {
    const problem = open(0.6, { intervals: 1, timing: "mid", remainderPrice: 0.5, permanentImpact: 1e-7 });
    const { schedule, marginalCost } = requireOptimal(boundedSchedule(problem));
    const [n, R] = [schedule.trades[0], left(schedule)];
    const { impact, halfSpread, horizon } = problem;
    const coefficient = impact?.kind === "power" ? impact.coefficient : Number.NaN;
    const [η, γ] = [coefficient, 1e-7];
    // E = η n^{1.6}/τ^{0.6} + εn + ½γ(X² − R²) + pR: both choices add as much to it.
    const ofTrade = 1.6 * η * (n / horizon) ** 0.6 + halfSpread;
    const ofRest = 0.5 - γ * R;
    expect(Math.abs(ofTrade - ofRest)).toBeLessThan(1e-12);
    expect(R).toBeGreaterThan(1e5);
    expect(marginalCost).toBeCloseTo(γ * 1e6 + ofTrade, 12);
  });
});

describe("the program behind what is left", () => {
  test("is solved by shooting wherever prices have one sign: none left, some, all that may be, or none that may be", () => {
    const random = uniforms(41);
    const seen = { none: 0, some: 0, most: 0 };
    for (let i = 0; i < 60; i++) {
      const most = i % 6 === 0 ? 0 : 1e6 * random() ** 2;
      const problem = open(0.6, {
        ...{ intervals: 2 + (i % 30), permanentImpact: 2e-8, drift: i % 3 === 0 ? -0.001 : 0 },
        ...{ remainderPrice: 0.2 + random(), riskAversion: 10 ** (-8 + 2 * random()) },
      });
      const bounds = checkBounds(problem, { mostLeft: most, upper: i % 4 === 0 ? 4e5 : undefined });
      if (bounds.upper.reduce((sum, n) => sum + n, 0) < 1e6) continue;
      const program = separableProgram(problem, bounds);
      const shot = shoot(program);
      const stepped = stepToOptimum(program);
      expect(shot).toBeDefined();
      if (shot === undefined) continue;
      stepped.trades.forEach((n, k) => {
        expect(Math.abs(n - shot.trades[k])).toBeLessThan(1);
      });
      const R = shot.trades[problem.intervals];
      seen[R === 0 ? "none" : R > most - 1 ? "most" : "some"]++;
      // Its value is the report's, but for what no schedule changes.
      const schedule = scheduleFromTrades(problem, Array.from(shot.trades.slice(0, -1)));
      const { objective } = costReport(problem, schedule);
      const value = programValue(program, shot.trades, shot.remaining) + program.form.constant;
      expect(Math.abs(value / objective - 1)).toBeLessThan(1e-9);
    }
    expect(Math.min(seen.none, seen.some, seen.most)).toBeGreaterThan(5);
  });

  test("leaves nothing where risk is so dear that the last trades are beyond doubles, and says so at once", () => {
    const more = { permanentImpact: 0, halfSpread: 0, remainderPrice: 1e-3 };
    const problem = open(0.6, { intervals: 400, riskAversion: 1, ...more });
    const { schedule, certificate } = requireOptimal(boundedSchedule(problem));
    expect(certificate.verdict).toBe("optimal");
    expect(left(schedule)).toBe(0);
    expect(schedule.trades[0]).toBeGreaterThan(9.9e5);
  });

  test("goes around closed intervals, whose trades have nothing to lend and need not", () => {
    const open_ = [true, true, false, false, true, true];
    const problem = open(0.6, {
      ...{ intervals: 6, permanentImpact: 1e-7, riskAversion: 1e-8, remainderPrice: 0.5 },
      profile: { open: open_ },
    });
    const { schedule } = requireOptimal(boundedSchedule(problem));
    expect(left(schedule)).toBeGreaterThan(1e4);
    expect(schedule.trades.map((n) => n > 0)).toEqual(open_);
    expect(certify(problem, optimalSchedule(problem)).verdict).toBe("optimal");
  });

  test("without bounds trades go with the order where what is left bears permanent impact", () => {
    const problem = open(0.6, {
      timing: "mid",
      riskAversion: 1e-9,
      permanentImpact: 1e-7,
      remainderPrice: 0.5,
    });
    const schedule = optimalSchedule(problem);
    expect(left(schedule)).toBeGreaterThan(1e5);
    schedule.trades.forEach((n, k) => {
      expect(n).toBeCloseTo(requireOptimal(boundedSchedule(problem)).schedule.trades[k], 3);
    });
  });
});

describe("the certificate of what is left under power laws", () => {
  test("bounds what another schedule saves, closely where it says so", () => {
    const random = uniforms(77);
    let [tight, leaving, lending] = [0, 0, 0];
    for (let i = 0; i < 60; i++) {
      const varied = variedProblem(random, i, { ownImpact: undefined, drift: 0 });
      const problem = asPower(
        defineProblem({
          ...varied,
          remainderPrice: 2 * random(),
          profile: { ...varied.profile, permanentImpact: undefined, drift: undefined },
        }),
        i % 3 === 0 ? 0.5 : 0.7,
      );
      const bounds = { upper: 1e6 * (0.2 + random()), mostLeft: 1e6 * random() };
      const found = attempt(() => boundedSchedule(problem, bounds));
      if (typeof found === "string" || found.status !== "optimal" || problem.intervals < 2) continue;
      expect(found.certificate.verdict).toBe("optimal");
      const { lengths = [], volatility = [] } = problem.profile ?? {};
      const last = problem.intervals - 1;
      const { permanent } = problem.impact as { permanent: number };
      if (permanent > 2 * problem.riskAversion * volatility[last] ** 2 * lengths[last]) lending++;
      const trades = [...found.schedule.trades];
      const k = trades.indexOf(Math.max(...trades));
      const less = Math.min(0.2 * trades[k], bounds.mostLeft - left(found.schedule));
      if (!(less > 1)) continue;
      trades[k] -= less;
      const moved = scheduleFromTrades(problem, trades);
      const judged = certify(problem, moved, bounds);
      const excess = costReport(problem, moved).objective - costReport(problem, found.schedule).objective;
      expect(judged.verdict).toBe("not-optimal");
      expect(judged.gapBound).toBeGreaterThan(excess * (1 - 1e-6));
      leaving++;
      if (judged.isGapLoose) continue;
      tight++;
      expect(judged.gapBound).toBeLessThan(excess * (1 + 2e-3) + 1e-6);
    }
    expect(leaving).toBeGreaterThan(20);
    expect(tight).toBeGreaterThan(15);
    expect(lending).toBeGreaterThan(10);
  });

  test("where small trades are nearly free and shares that are left bear permanent impact, nothing is shown, and it is said", () => {
    const problem = open(1.5, { riskAversion: 0 });
    const words =
      /^With a remainderPrice E \+ λV may not be convex in what is left: .* or lower permanentImpact, which is 2\.5e-7 USD\/share² at the end\.$/;
    expect(() => boundedSchedule(problem)).toThrow(words);
    expect(() => optimalSchedule(problem)).toThrow(words);
    expect(attempt(() => boundedSchedule(problem))).toBe("remainder-not-convex");
    const some = scheduleFromTrades(problem, [1e5, 1e5, 1e5, 1e5, 1e5]);
    expect(certify(problem, some)).toMatchObject({ verdict: "unproven", gapBound: Number.POSITIVE_INFINITY });
    // It is not convex: half way between nothing traded and a little costs more than the mean of both.
    const cost = (n: number): number =>
      costReport(problem, scheduleFromTrades(problem, [0, 0, 0, 0, n])).objective;
    expect(cost(50) - 0.5 * (cost(0) + cost(100))).toBeGreaterThan(1e-4);
    // Risk makes up for it, where trades pay half of their own move.
    const feared = open(1.5, { riskAversion: 2.5e-7, ownImpact: "half" });
    expect(requireOptimal(boundedSchedule(feared)).certificate.verdict).toBe("optimal");
    expect(certify(feared, optimalSchedule(feared)).verdict).toBe("optimal");
  });

  test("trades that would rather be left are no optimum's: without caps the same is shown as with them", () => {
    const random = uniforms(88);
    let shown = 0;
    for (let i = 0; i < 60; i++) {
      const N = 10 + Math.floor(90 * random());
      const profile = {
        permanentImpact: i % 4 === 0 ? Array.from({ length: N }, (_, k) => 1e-7 * (1 + k / N)) : undefined,
        halfSpread: i % 3 === 0 ? Array.from({ length: N }, () => 0.05 * random()) : undefined,
      };
      const problem = open(0.6, {
        ...{ intervals: N, timing: (["start", "mid", "end"] as const)[i % 3], ownImpact: "half", profile },
        ...{ permanentImpact: 1e-7 + 1e-7 * random(), riskAversion: 10 ** (-9 + random()) },
        ...{
          remainderPrice: 0.2 + 0.3 * random(),
          drift: 0.01 * (random() - 0.5),
          side: (["sell", "buy"] as const)[i % 2],
        },
      });
      const free = attempt(() => boundedSchedule(problem));
      if (typeof free === "string" || free.status !== "optimal") continue;
      expect(free.certificate.verdict).toBe("optimal");
      const upper = 1.5 * Math.max(...free.schedule.trades, 1e3);
      const capped = attempt(() => boundedSchedule(problem, { upper, mostLeft: 999_999 }));
      // With a cap that does not bind, and no proof that needs everything to be left.
      if (typeof capped === "string" || capped.status !== "optimal") continue;
      free.schedule.trades.forEach((n, k) => {
        expect(Math.abs(n - capped.schedule.trades[k])).toBeLessThan(1);
      });
      if (attempt(() => boundedSchedule(problem, { mostLeft: 999_999 })) === "remainder-not-convex") shown++;
      // A trade beyond what any optimum has is judged as well, and never better than it is.
      const all = scheduleFromTrades(problem, [1e6, ...new Array<number>(N - 1).fill(0)]);
      const judged = certify(problem, all, {});
      const excess = costReport(problem, all).objective - costReport(problem, free.schedule).objective;
      expect(judged.verdict).toBe("not-optimal");
      expect(judged.gapBound).toBeGreaterThan(excess * (1 - 1e-6));
    }
    expect(shown).toBeGreaterThan(5);
  });

  test("the largest trade that an optimum may have is the one whose last share costs as much as leaving it: by hand", () => {
    for (const timing of ["start", "mid", "end"] as const) {
      const problem = open(0.6, {
        ...{
          timing,
          ownImpact: "half",
          riskAversion: 1e-9,
          permanentImpact: 1e-7,
          remainderPrice: 0.6,
          drift: 0.003,
        },
        profile: { permanentImpact: [1e-7, 1.2e-7, 1.2e-7, 1.3e-7, 1.3e-7] },
      });
      const bounds = checkBounds(problem, {});
      const { reach } = convexReach(problem, bounds) ?? {};
      const coefficient = problem.impact?.kind === "power" ? problem.impact.coefficient : Number.NaN;
      const kept = { start: 1, mid: 0.5, end: 0 }[timing];
      const held = 2 * 1e-9 * 0.95 ** 2 * 1e6 - 0.003;
      const rises = [0.3e-7, 0.1e-7, 0.1e-7, 0, 0];
      rises.forEach((rise, k) => {
        const price = 0.6 - 0.0625 + rise * 1e6 + (4 - k + kept) * held;
        const n = (price / (1.6 * coefficient)) ** (1 / 0.6);
        expect(Math.abs((reach?.upper[k] ?? 0) / n - 1)).toBeLessThan(1e-12);
      });
      expect(reach?.upper[5]).toBe(1e6);
    }
  });

  test("a trade whose own cost is not convex is no ground for leaving shares either", () => {
    // As much permanent impact that the largest trades escape more of it than they pay.
    const problem = open(0.5, { permanentImpact: 1e-6, riskAversion: 1e-5, remainderPrice: 2 });
    expect(attempt(() => boundedSchedule(problem))).toBe("remainder-not-convex");
    const small = attempt(() => boundedSchedule(problem, { upper: 1e5 }));
    expect(typeof small === "string" ? small : small.status).toBe("optimal");
    // Nor is it where risk is nothing: large trades cost less and less, and may be the better ones.
    expect(attempt(() => boundedSchedule(open(0.5, { permanentImpact: 1e-6, remainderPrice: 0.3 })))).toBe(
      "remainder-not-convex",
    );
    // Trades against the order may be followed by trades of any size.
    const brave = { intervals: 50, ownImpact: "half", permanentImpact: 2e-7, remainderPrice: 0.3 } as const;
    const turning = open(0.6, brave);
    expect(attempt(() => boundedSchedule(turning, { lower: -1e5 }))).toBe("remainder-not-convex");
    expect(requireOptimal(boundedSchedule(turning)).certificate.verdict).toBe("optimal");
  });
});

describe("a desk that may leave shares under a power law", () => {
  const volumes = [8e5, 5e5, 4e5, 5e5, 9e5];
  const problem = open(0.6, {
    ...{
      profile: { volumes },
      riskAversion: 1e-7,
      remainderPrice: 0.6,
      timeUnit: "hour",
      permanentImpact: 1e-7,
    },
  });
  const best = requireOptimal(boundedSchedule(problem)).schedule;

  test("plans, has it explained and audited, and the risk aversion back", () => {
    expect(left(best)).toBeGreaterThan(1e5);
    const capped = requireOptimal(planSchedule(problem, { participation: { fraction: 0.1 } }));
    expect(left(capped.schedule)).toBeGreaterThan(left(best));
    expect(capped.cost.remainder).toBeCloseTo(0.6 * left(capped.schedule), 6);
    const { remainder, imbalance, verdict } = explainSchedule(problem, best, {});
    expect(verdict).toBe("optimal");
    expect(remainder).toEqual({ shares: left(best), binds: undefined, saving: 0 });
    expect(imbalance).toBeLessThan(1e-9);
    expect(auditSchedule(problem, best.trades).verdict).toBe("optimal");
    const implied = impliedRiskAversion(problem, best, {});
    expect(implied.riskAversion).toBeCloseTo(1e-7, 13);
    expect(implied.isExplained).toBe(true);
  });

  test("what one share more left saves within a bound on it is its price: by differences", () => {
    const bound = 0.5 * left(best);
    const held = requireOptimal(boundedSchedule(problem, { mostLeft: bound })).schedule;
    const { saving = 0, binds } = explainSchedule(problem, held, { mostLeft: bound }).remainder ?? {};
    const objective = (mostLeft: number): number =>
      costReport(problem, requireOptimal(boundedSchedule(problem, { mostLeft })).schedule).objective;
    expect(binds).toBe("most left");
    expect(saving).toBeGreaterThan(0.001);
    expect(Math.abs((objective(bound - 50) - objective(bound + 50)) / 100 - saving)).toBeLessThan(1e-6);
  });

  test("re-plans to the same, and a frontier leaves less the more risk costs", () => {
    const later = remainingProblem(problem, best.trades.slice(0, 2));
    const rest = requireOptimal(boundedSchedule(later)).schedule;
    rest.trades.forEach((n, k) => {
      expect(n).toBeCloseTo(best.trades[k + 2], 2);
    });
    const aversions = [1e-8, 1e-7, 1e-6];
    const optima = aversions.map((riskAversion) =>
      optimalSchedule(defineProblem({ ...problem, riskAversion })),
    );
    expect(left(optima[0])).toBeGreaterThan(left(optima[1]));
    expect(left(optima[1])).toBeGreaterThan(left(optima[2]));
    efficientFrontier(problem, aversions).forEach(({ expectedCost, costVariance }, i) => {
      const report = costReport(problem, optima[i]);
      expect(Math.abs(expectedCost / report.expectedCost - 1)).toBeLessThan(1e-9);
      expect(Math.abs(costVariance / report.costVariance - 1)).toBeLessThan(1e-9);
    });
  });

  test("trades in whole lots: as good as every possibility", () => {
    const random = uniforms(22);
    for (let i = 0; i < 40; i++) {
      const small = asPower(
        defineProblem({
          ...{ shares: 7, horizon: 3, intervals: 3, volatility: 0.3, temporaryImpact: 0.1 + 0.2 * random() },
          ...{ permanentImpact: 0.01 * random(), halfSpread: 0.1 * random(), riskAversion: random() },
          ...{ remainderPrice: 1.5 * random(), timing: (["start", "end"] as const)[i % 2] },
        }),
        0.6,
      );
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
});

function attempt<T>(make: () => T): T | string {
  try {
    return make();
  } catch (error) {
    return (error as { reason?: string }).reason ?? String(error);
  }
}
