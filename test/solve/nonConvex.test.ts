import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  certify,
  costReport,
  defineProblem,
  type ExecutionProblem,
  equalSchedule,
  immediateSchedule,
  impactLaw,
  lotSchedule,
  optimalSchedule,
  type ProblemInput,
  powerImpact,
  requireOptimal,
  scheduleFromTrades,
} from "../../src/index";
import { checkBounds } from "../../src/model/bounds";
import { chordAnswer, chordsOf } from "../../src/solve/chords";
import { cheapestOfMany } from "../../src/solve/patterns";
import { separableProgram } from "../../src/solve/separableProgram";
import { powerReference } from "../helpers/powerReference";
import { uniforms } from "../helpers/random";

const right = powerReference.counterexample;
const input: ProblemInput = {
  shares: 1e6,
  horizon: 1,
  intervals: 2,
  volatility: 0,
  currency: "USD",
  impact: powerImpact({ coefficient: 0.0011, exponent: 0.5, permanent: 3e-6 }),
};
const problem = defineProblem(input);
const cost = (trades: readonly number[]): number =>
  costReport(problem, scheduleFromTrades(problem, trades)).objective;

describe("two trades under timing start with permanent impact, where equal slices are a local maximum", () => {
  test("cost what the reference says", () => {
    expect(cost([5e5, 5e5])).toBeCloseTo(right.E_equal, 7);
    expect(cost([9e5, 1e5])).toBeCloseTo(right.E_90_10, 7);
    expect(cost([1e6, 0])).toBeCloseTo(right.E_immediate, 7);
    for (const d of [1e3, 1e4, 1e5]) expect(cost([5e5 + d, 5e5 - d])).toBeLessThan(right.E_equal);
  });

  test("are convex up to 151,250 shares only, and the chord to the whole order touches at 606", () => {
    const program = separableProgram(problem, checkBounds(problem, {}));
    expect(program.law.convexTrades(0, program.own[0])[1]).toBeCloseTo(right.n_star, 6);
    const { from, to } = chordsOf(program);
    expect(from[0]).toBeCloseTo(right.envelope_tangent, 7);
    expect(to[0]).toBe(1e6);
  });

  test("are cheapest all at once, proven within 11.07 but not to be the optimum: the optimum is refused with that gap", () => {
    const all = immediateSchedule(problem);
    const { verdict, gapBound } = certify(problem, all);
    expect(verdict).toBe("unproven");
    expect(gapBound).toBeCloseTo(right.E_immediate - right.envelope_lower_bound, 5);
    expect(() => optimalSchedule(problem)).toThrow(
      expect.objectContaining({
        name: "NoOptimumError",
        reason: "cost-not-convex",
        message: expect.stringMatching(
          /proven to be within 11\.0655 USD of the optimum among schedules that never trade against the order, but not to be the optimum/,
        ),
        evidence: { gap: gapBound, trades: [1e6, 0] },
      }),
    );
    expect(() => boundedSchedule(problem)).toThrow("proven to be within 11.0655 USD of the optimum");
  });

  test("are given where the gap is small enough for the caller", () => {
    const { schedule, certificate } = requireOptimal(boundedSchedule(problem, {}, { tolerance: 12 }));
    expect(schedule.trades).toEqual([1e6, 0]);
    expect(certificate).toMatchObject({ verdict: "optimal", isGapLoose: true });
    expect(() => boundedSchedule(problem, {}, { tolerance: 11 })).toThrow("not to be the optimum");
  });

  test("have gaps that hold for every schedule", () => {
    const least = right.envelope_lower_bound;
    for (const first of [0, 1e5, 3e5, 5e5, 8e5, 1e6]) {
      const schedule = scheduleFromTrades(problem, [first, 1e6 - first]);
      const { gapBound } = certify(problem, schedule);
      expect(cost(schedule.trades) - gapBound).toBeLessThanOrEqual(right.E_immediate + 1e-6);
      // With no risk there is nothing to linearize: the bound is that of the envelope, from everywhere.
      expect(cost(schedule.trades) - gapBound).toBeCloseTo(least, 4);
    }
  });

  test("are convex where a trade pays half of its own impact: equal slices are the optimum", () => {
    const half = defineProblem({ ...input, ownImpact: "half" });
    expect(optimalSchedule(half).trades).toEqual([5e5, 5e5]);
    expect(certify(half, equalSchedule(half)).verdict).toBe("optimal");
  });

  test("need lower bounds of 0 or above, because trading back and forth would seem to make money", () => {
    expect(() => boundedSchedule(problem, { lower: -1e6, upper: 1e7 })).toThrow(
      /for trades larger than 151,000 shares that outweighs temporary impact/,
    );
    const free = certify(problem, immediateSchedule(problem), { lower: null });
    expect(free).toMatchObject({ verdict: "no-optimum", gapBound: Number.POSITIVE_INFINITY });
  });
});

describe("the answer of an envelope to a price", () => {
  test("jumps at the chord's slope, from where the chord begins to where it ends, under powers below and above 1", () => {
    for (const exponent of [0.5, 2]) {
      const impact = powerImpact({ exponent, reference: { rate: 1e6, impact: 0.5 }, permanent: 1e-6 });
      const program = separableProgram(defineProblem({ ...input, impact }), checkBounds(problem, {}));
      const chords = chordsOf(program);
      const [slope, from, to] = [chords.slope[0], chords.from[0], chords.to[0]];
      expect(from).toBeLessThan(to);
      // Under a power above 1 small trades earn money, and the slope is below 0: every price is above it.
      expect(slope > 0).toBe(exponent < 1);
      const below = slope > 0 ? chordAnswer(program, chords, 0, 0.999 * slope) : from;
      expect(below).toBeLessThanOrEqual(from);
      expect(below).toBeGreaterThanOrEqual(0.9 * from);
      expect(chordAnswer(program, chords, 0, Math.max(1.001 * slope, 1e-9))).toBeGreaterThanOrEqual(to);
      // Both ends of the chord cost the same at its slope, and what lies between costs more.
      const costAt = (n: number): number =>
        program.law.value(0, n) + 0.5 * program.own[0] * n * n - slope * n;
      expect(Math.abs(costAt(from) - costAt(to))).toBeLessThan(1e-9 * Math.abs(program.law.value(0, to)));
      for (const part of [0.1, 0.5, 0.9])
        expect(costAt(from + part * (to - from))).toBeGreaterThan(costAt(from));
    }
  });
});

describe("where trades stay in the convex part, the optimum is proven to be global", () => {
  test("for small orders under a power below 1, whatever the bounds say of large ones", () => {
    const small = defineProblem({ ...input, shares: 1e5, intervals: 10, volatility: 1, riskAversion: 1e-6 });
    const { schedule, certificate } = requireOptimal(boundedSchedule(small));
    expect(certificate.verdict).toBe("optimal");
    expect(certificate.gapBound).toBeLessThan(1e-10);
    expect(certify(small, optimalSchedule(small)).verdict).toBe("optimal");
    expect(Math.min(...schedule.trades)).toBeGreaterThan(0);
  });

  test("for a power above 1, where no trade is so small that permanent impact outweighs", () => {
    const order = defineProblem({
      ...input,
      horizon: 5,
      intervals: 10,
      volatility: 0.95,
      riskAversion: 1e-6,
      impact: powerImpact({ coefficient: 1.25e-11, exponent: 2, permanent: 2.5e-7 }),
    });
    const schedule = optimalSchedule(order);
    expect(certify(order, schedule)).toMatchObject({ verdict: "optimal" });
    // A finer grid over a longer time leaves a tail of trades that would be better left out.
    const long = defineProblem({ ...order, horizon: 30, intervals: 60 });
    expect(() => optimalSchedule(long)).toThrow("E + λV is not convex");
    const { schedule: short } = requireOptimal(boundedSchedule(long, {}, { tolerance: 5 }));
    expect(short.trades.filter((n) => n > 0).length).toBeLessThan(30);
  });
});

describe("whole lots of an order whose large trades would be concave", () => {
  test("are proven by the table, not by descent", () => {
    const order = defineProblem({ ...input, intervals: 10, volatility: 1, riskAversion: 1e-6 });
    const [, to] = impactLaw(order).convexTrades(0, -3e-6);
    expect(to).toBeLessThan(order.shares);
    expect(impactLaw(order).convexTrades(0, -1.5e-6)[1]).toBeGreaterThan(order.shares);
    const lots = lotSchedule(order, { lot: 1e5 });
    expect(lots).toMatchObject({ status: "optimal", isExact: true, method: "table" });
    const small = lotSchedule(defineProblem({ ...order, shares: 5e5 }), { lot: 1e5 });
    expect(small).toMatchObject({ status: "optimal", isExact: true, method: "descent" });
  });
});

describe("the cheapest of many", () => {
  /** The least cost over a fine grid of three trades. */
  function gridLeast(order: ExecutionProblem, upper: number): number {
    const { shares: X } = order;
    let least = Number.POSITIVE_INFINITY;
    const steps = 60;
    for (let i = 0; i <= steps; i++) {
      for (let j = 0; i + j <= steps; j++) {
        const trades = [(X * i) / steps, (X * j) / steps, (X * (steps - i - j)) / steps];
        if (trades.some((n) => n > upper * (1 + 1e-12))) continue;
        least = Math.min(least, costReport(order, scheduleFromTrades(order, trades)).objective);
      }
    }
    return least;
  }

  test("is no dearer than the best of a grid, on random orders of three trades", () => {
    const random = uniforms(4);
    let open = 0;
    for (let i = 0; i < 24; i++) {
      const exponent = [0.3, 0.5, 0.7, 1.5, 2, 3][i % 6];
      const permanent = 10 ** (-6.5 + random());
      const reference = { rate: 1e6, impact: 0.2 + random() };
      const order = defineProblem({
        ...input,
        intervals: 3,
        volatility: random() < 0.5 ? 0 : 0.5,
        riskAversion: 1e-7,
        halfSpread: random() < 0.5 ? 0 : 0.1,
        impact: powerImpact({ exponent, permanent, reference }),
      });
      const upper = random() < 0.5 ? 1e6 : 6e5;
      const program = separableProgram(order, checkBounds(order, { upper }));
      if (!Number.isNaN(chordsOf(program).slope[0])) open++;
      else continue;
      const { trades } = cheapestOfMany(program);
      const found = costReport(order, scheduleFromTrades(order, Array.from(trades)));
      const least = gridLeast(order, upper) * (1 + 1e-9);
      expect(found.objective).toBeLessThanOrEqual(least);
      const { gapBound, verdict } = certify(order, scheduleFromTrades(order, Array.from(trades)), { upper });
      expect(["optimal", "unproven"]).toContain(verdict);
      expect(found.objective - gapBound).toBeLessThanOrEqual(least);
    }
    expect(open).toBeGreaterThan(10);
  });
});
