import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundedSchedule, boundedScheduleByHighs, costReport, defineProblem } from "../../src/index";

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
