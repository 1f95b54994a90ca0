import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  boundedScheduleByHighs,
  costReport,
  defineProblem,
  type ExecutionProblem,
} from "../../src/index";
import { uniforms } from "../helpers/random";

const unit = fc.double({ min: 0, max: 1, noNaN: true });

/** An order with caps from tight to loose, in half of the cases with a spread, a drift, and room to trade against it. */
const bounded = fc
  .record({
    intervals: fc.integer({ min: 1, max: 80 }),
    urgency: fc.double({ min: 0.05, max: 20, noNaN: true }),
    isIndifferent: fc.boolean(),
    spread: fc.option(unit, { nil: 0 }),
    trend: fc.option(unit, { nil: 0.5 }),
    room: unit,
    // HiGHS keeps bounds to tolerances of its own: one that lies 1e-10 of the order from another confuses it.
    back: fc.option(fc.double({ min: 0.05, max: 1, noNaN: true }), { nil: 0 }),
    side: fc.constantFrom("sell" as const, "buy" as const),
    timing: fc.constantFrom("start" as const, "end" as const),
  })
  .map(({ intervals: N, urgency, isIndifferent, spread, trend, room, back, side, timing }) => {
    const [X, η] = [1e5, 1e-6];
    const problem = defineProblem({
      shares: X,
      horizon: 1,
      intervals: N,
      volatility: 1,
      temporaryImpact: η,
      riskAversion: isIndifferent ? 0 : urgency ** 2 * η,
      halfSpread: 0.5 * spread * η * X,
      drift: 4 * (trend - 0.5) * η * X * Math.max(1, urgency),
      side,
      timing,
    });
    return { problem, bounds: { upper: ((1.02 + 0.3 * N * room) * X) / N, lower: (-2 * back * X) / N } };
  });

/** Half of the intervals paused, some trades fixed or free to turn, caps in half orders, trends up to a hundred times η. */
function degenerate(random: () => number): [ExecutionProblem, { lower: number[]; upper: number[] }] {
  const draw = (...choices: number[]): number => choices[Math.floor(random() * choices.length)];
  const N = 2 + Math.floor(30 * random());
  const X = 1 + Math.floor(10 * random());
  const upper = Array.from({ length: N }, () => draw(0, 0, 0, 0.5, 1, 1.5, 2) * X);
  const lower = upper.map((most) => draw(0, 0, 0, 0, 0, 0, 0, most, most, -X));
  const problem = defineProblem({
    shares: X,
    horizon: N,
    intervals: N,
    volatility: draw(0, 1) * random(),
    riskAversion: draw(0, 1) * random(),
    temporaryImpact: 1,
    drift: draw(0, 1, -1) * 10 ** (5 * random() - 3),
    halfSpread: draw(0, 1) * random(),
    timing: (["start", "mid", "end"] as const)[Math.floor(3 * random())],
  });
  return [problem, { lower, upper }];
}

describe("boundedScheduleByHighs", () => {
  test("agrees with boundedSchedule on 200 problems, objective to 1e-12, and both are certified", async () => {
    await fc.assert(
      fc.asyncProperty(bounded, async ({ problem, bounds }) => {
        const [own, other] = [
          boundedSchedule(problem, bounds),
          await boundedScheduleByHighs(problem, bounds),
        ];
        if (own.status !== "optimal" || other.status !== "optimal") throw new Error("there is an optimum");
        expect([own.certificate.verdict, other.certificate.verdict]).toEqual(["optimal", "optimal"]);
        const [a, b] = [own, other].map(({ schedule }) => costReport(problem, schedule));
        const size = Math.abs(a?.temporary ?? 0) + Math.abs(a?.drift ?? 0) + Math.abs(a?.objective ?? 0);
        expect(Math.abs((a?.objective ?? 0) - (b?.objective ?? 1))).toBeLessThan(1e-12 * size);
      }),
      { numRuns: 200, seed: 31 },
    );
  });

  test("2,000 problems of pauses, trends, no volatility and degenerate bounds: solved, and HiGHS finds nothing better", async () => {
    const random = uniforms(5);
    let [optimal, compared] = [0, 0];
    for (let i = 0; i < 2000; i++) {
      const [problem, bounds] = degenerate(random);
      // No refusal: whatever is feasible here has an optimum that doubles can tell.
      const own = boundedSchedule(problem, bounds);
      if (own.status === "infeasible") continue;
      optimal++;
      expect(own.certificate.verdict).toBe("optimal");
      const other = await boundedScheduleByHighs(problem, bounds);
      if (other.status !== "optimal") throw new Error("HiGHS finds none where there is one");
      const [a, b] = [costReport(problem, own.schedule), costReport(problem, other.schedule)];
      const size = a.temporary + Math.abs(a.drift) + a.spread + Math.abs(a.objective);
      expect(a.objective - b.objective).toBeLessThanOrEqual(1e-9 * size);
      if (b.objective - a.objective <= 1e-9 * size) compared++;
    }
    expect(optimal).toBeGreaterThan(900);
    expect(compared).toBe(optimal);
  });

  test("gives the same proof where no schedule keeps the bounds", async () => {
    const problem = defineProblem({
      shares: 100,
      horizon: 1,
      intervals: 4,
      volatility: 1,
      temporaryImpact: 1,
    });
    expect(await boundedScheduleByHighs(problem, { upper: 20 })).toEqual(
      boundedSchedule(problem, { upper: 20 }),
    );
  });

  test("refuses what boundedSchedule refuses", async () => {
    const input = { shares: 100, horizon: 1, intervals: 4, volatility: 1, temporaryImpact: 1 };
    await expect(boundedScheduleByHighs(defineProblem({ ...input, riskAversion: -1e-3 }))).rejects.toThrow(
      "riskAversion must be 0 or above",
    );
    await expect(boundedScheduleByHighs(defineProblem({ ...input, permanentImpact: 100 }))).rejects.toThrow(
      "is not convex",
    );
    await expect(boundedScheduleByHighs(defineProblem({ ...input, intervals: 2001 }))).rejects.toThrow(
      "problem.intervals must be at most 2,000 for HiGHS, which would take minutes with more; got 2001. " +
        "Use boundedSchedule, which takes milliseconds.",
    );
    await expect(boundedScheduleByHighs(defineProblem(input), { upper: Number.NaN })).rejects.toThrow(
      "bounds.upper",
    );
  });
});
