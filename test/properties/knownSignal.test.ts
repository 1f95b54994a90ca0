import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  certify,
  costReport,
  defineProblem,
  type ExecutionProblem,
  optimalSchedule,
  requireOptimal,
  scheduleFromTrades,
} from "../../src/index";
import { minimizeByPairs } from "../helpers/pairDescent";
import { asPower, asTransient } from "../helpers/varied";

/** A trend that is known: the price falls while the order sells, then recovers. */
const trend = [-0.06, -0.03, 0.01, 0.05];
const base = {
  ...{
    shares: 1e6,
    horizon: 4,
    intervals: 4,
    volatility: 0.95,
    temporaryImpact: 2.5e-6,
    permanentImpact: 1e-7,
  },
  ...{ halfSpread: 0.05, riskAversion: 5e-8, arrivalPrice: 50 },
} as const;
const laws: readonly (readonly [string, (problem: ExecutionProblem) => ExecutionProblem])[] = [
  ["linear impact", (problem) => problem],
  ["a power law below 1", (problem) => asPower(problem, 0.6)],
  ["a power law above 1", (problem) => asPower(problem, 1.5)],
  ["exponential decay", (problem) => asTransient(problem, "decay")],
  ["power-law decay", (problem) => asTransient(problem, "powerDecay")],
  ["a table of decay", (problem) => asTransient(problem, "kernel")],
];

describe.each(laws)("a path of the price's trend that is known, under %s", (_, withLaw) => {
  test.each(["start", "mid", "end"] as const)(
    "timing %s: the optimum follows it, and no other schedule is better",
    (timing) => {
      for (const side of ["sell", "buy"] as const) {
        const drift = side === "sell" ? trend : trend.map((α) => -α);
        const known = withLaw(defineProblem({ ...base, timing, side, profile: { drift } }));
        const { schedule, certificate } = requireOptimal(boundedSchedule(known));
        expect(certificate.verdict).toBe("optimal");
        expect(certify(known, optimalSchedule(known)).verdict).toBe("optimal");
        const report = costReport(known, schedule);
        // By hand: what is held bears the trend.
        const u = { start: 0, mid: 0.5, end: 1 }[timing];
        const byHand = trend.reduce(
          (sum, α, k) => sum - α * ((1 - u) * schedule.remaining[k + 1] + u * schedule.remaining[k]),
          0,
        );
        expect(Math.abs(report.drift - byHand)).toBeLessThan(1e-9 * 1e6);
        const value = (trades: readonly number[]): number =>
          costReport(known, scheduleFromTrades(known, trades)).objective;
        const by = minimizeByPairs(value, new Array<number>(4).fill(2.5e5), {
          lower: new Array(4).fill(0),
          upper: new Array(4).fill(1e6),
        });
        expect(report.objective).toBeLessThan(value(by) + 1e-6);
        expect(report.objective).toBeGreaterThan(value(by) * (1 - 1e-6));
        // Against a price that runs away first, the order hurries; what the trend is worth is more than nothing.
        const blind = requireOptimal(
          boundedSchedule(withLaw(defineProblem({ ...base, timing, side }))),
        ).schedule;
        expect(schedule.remaining[1]).toBeLessThan(blind.remaining[1]);
        expect(value(blind.trades)).toBeGreaterThan(report.objective + 1);
      }
    },
  );
});
