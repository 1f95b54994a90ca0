import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  boundedScheduleByHighs,
  costReport,
  defineProblem,
  type ExecutionProblem,
  optimalSchedule,
  piecewiseLinearSchedule,
  requireOptimal,
} from "../../src/index";
import { certifyLinear } from "../../src/linear/index";
import { chordPieces, evenPoints, type LinearPieces, tangentPieces } from "../../src/solve/linearPieces";
import { termsOf } from "../../src/solve/separablePieces";
import { separableProgram } from "../../src/solve/separableProgram";
import { seedB, table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { asPower, variedProblem } from "../helpers/varied";

const objectiveOf = (problem: ExecutionProblem, schedule: Parameters<typeof costReport>[1]): number =>
  costReport(problem, schedule).objective;

/** A piecewise function at a number. */
function at({ from, value, lengths, slopes }: LinearPieces, n: number): number {
  let [sum, left] = [value, n - from];
  lengths.forEach((length, m) => {
    sum += slopes[m] * Math.min(Math.max(left, 0), length);
    left -= length;
  });
  return sum;
}

describe("chords and tangents of a power law", () => {
  test("have the cost of a trade between them, and meet it at their points, on both sides of the spread's kink", () => {
    for (const exponent of [0.4, 0.6, 1, 1.7]) {
      const problem = asPower(defineProblem({ ...table1, timing: "end", halfSpread: 0.3 }), exponent);
      const bounds = { lower: new Float64Array(5).fill(-3e5), upper: new Float64Array(5).fill(5e5) };
      const [term] = termsOf(separableProgram(problem, bounds)).trades;
      const whole = (n: number): number => term.value(n) + term.kink * Math.abs(n);
      for (const pieces of [1, 3, 8]) {
        const points = evenPoints(term, pieces);
        expect(points).toContain(0);
        const [chords, tangents] = [chordPieces(term, points), tangentPieces(term, points)];
        for (const cut of [chords, tangents]) {
          for (let m = 1; m < cut.slopes.length; m++) {
            expect(cut.slopes[m]).toBeGreaterThanOrEqual(cut.slopes[m - 1] * (1 - 1e-12) - 1e-12);
          }
          for (const n of points) expect(Math.abs(at(cut, n) - whole(n))).toBeLessThan(1e-9 * whole(5e5));
        }
        for (let n = -3e5; n <= 5e5; n += 7e3) {
          expect(at(chords, n)).toBeGreaterThan(whole(n) - 1e-9 * whole(5e5));
          expect(at(tangents, n)).toBeLessThan(whole(n) + 1e-9 * whole(5e5));
        }
      }
    }
  });

  test("have the optimum between them, ever closer: four times for twice as many pieces", async () => {
    for (const exponent of [0.5, 0.6, 1.5]) {
      const problem = asPower(defineProblem({ ...seedB, intervals: 6, timing: "end" }), exponent);
      const best = objectiveOf(problem, optimalSchedule(problem));
      const gaps: number[] = [];
      for (const pieces of [12, 24, 48, 96]) {
        const found = await piecewiseLinearSchedule(problem, { pieces });
        expect(found.lowerBound).toBeLessThan(best);
        expect(found.value).toBeGreaterThan(best * (1 - 1e-12));
        expect(found.gapBound).toBe(found.value - found.lowerBound);
        expect(Math.abs(found.objective / objectiveOf(problem, found.schedule) - 1)).toBeLessThan(1e-12);
        expect(found.objective).toBeLessThan(found.value * (1 + 1e-12));
        expect(found.objective).toBeGreaterThan(best * (1 - 1e-12));
        const { solution, shadowPrices } = found.solution;
        expect(certifyLinear(found.program, solution, shadowPrices).verdict).toBe("optimal");
        gaps.push(found.gapBound);
      }
      // Where trades lie between points hangs on the number of pieces; over three doublings it evens out.
      expect(gaps[0] / gaps[3]).toBeGreaterThan(30);
      expect(gaps[3] / best).toBeLessThan(4e-3);
    }
  });

  test("with exponent 1 are those of linear impact: the same trades, value and prices", async () => {
    const problem = defineProblem({ ...seedB, timing: "end", drift: 0.1 });
    const [linear, power] = await Promise.all(
      [problem, asPower(problem, 1)].map((one) => piecewiseLinearSchedule(one, { pieces: 40 })),
    );
    expect(power.schedule.trades).toEqual(linear.schedule.trades);
    expect(Math.abs(power.value / linear.value - 1)).toBeLessThan(1e-12);
    expect(Math.abs(power.marginalCost / linear.marginalCost - 1)).toBeLessThan(1e-9);
    expect(linear.lowerBound).toBe(linear.value - linear.gapBound);
  });

  test("price one share more: by the difference of two optima", async () => {
    const problem = asPower(defineProblem({ ...seedB, timing: "mid" }), 0.6);
    const { marginalCost } = await piecewiseLinearSchedule(problem, { pieces: 500 });
    const [less, more] = [-0.5, 0.5].map((by) => {
      const other = defineProblem({ ...problem, shares: problem.shares + by });
      return objectiveOf(other, optimalSchedule(other));
    });
    expect(Math.abs(marginalCost / (more - less) - 1)).toBeLessThan(5e-3);
  });
});

describe("HiGHS under power laws", () => {
  test("finds the same optimum from values and marginal costs alone, whatever side, timing, profile and bounds", async () => {
    const random = uniforms(17);
    let [turning, leaving] = [0, 0];
    for (let i = 0; i < 25; i++) {
      const varied = variedProblem(random, i, { ownImpact: "half", drift: i % 5 === 0 ? 2 : 0.1 });
      const leaves = i % 3 === 0;
      const problem = asPower(
        defineProblem({
          ...varied,
          timing: i % 2 === 0 ? "start" : "end",
          remainderPrice: leaves ? 0.2 + random() : undefined,
          permanentImpact: leaves ? 0 : varied.permanentImpact,
          profile: { ...varied.profile, permanentImpact: undefined, drift: undefined },
        }),
        [0.5, 0.6, 1.4][i % 3],
      );
      const X = problem.shares;
      const bounds = {
        upper: (X / problem.intervals) * (1.2 + 3 * random()),
        lower: i % 5 === 0 ? -0.2 * X : 0,
      };
      const ours = boundedSchedule(problem, bounds);
      const theirs = await boundedScheduleByHighs(problem, bounds);
      expect(theirs.status).toBe(ours.status);
      if (ours.status !== "optimal" || theirs.status !== "optimal") continue;
      const [best, found] = [ours, theirs].map(({ schedule }) => objectiveOf(problem, schedule));
      const { lowerBound = Number.NaN, certificate, schedule } = theirs;
      const size = 1e-9 * Math.abs(best) + 1e-9 * X;
      expect(found).toBeGreaterThan(best - size);
      expect(found).toBeLessThan(best + 1e-7 * Math.abs(best));
      expect(lowerBound).toBeLessThan(best + size);
      expect(found - lowerBound).toBeLessThan(1e-6 * Math.abs(best));
      expect(certificate.gapBound).toBeLessThan(1e-6 * Math.abs(best));
      if (schedule.trades.some((n) => n < -1)) turning++;
      if (schedule.remaining[problem.intervals] > 1) leaving++;
    }
    expect(turning).toBeGreaterThan(1);
    expect(leaving).toBeGreaterThan(2);
  });

  test("says what cannot be cut into pieces", async () => {
    const problem = asPower(defineProblem({ ...table1, riskAversion: 1e-6 }), 0.5);
    await expect(boundedScheduleByHighs(problem, { lower: Number.NEGATIVE_INFINITY })).rejects.toThrow(
      "bounds.lower must be finite for HiGHS under a law that is not linear (shares, interval 1); got -Infinity.",
    );
    const escaping = asPower(defineProblem({ ...table1, permanentImpact: 3e-6 }), 0.5);
    for (const call of [
      () => boundedScheduleByHighs(escaping),
      () => piecewiseLinearSchedule(escaping, { pieces: 10 }),
    ]) {
      await expect(call()).rejects.toThrow(
        "problem.timing must be one under which the cost of interval 1 is convex by itself, which timing and what a trade pays of its own " +
          'permanent impact (ownImpact) decide; got the text "start". A chord would lie below it. Use boundedSchedule.',
      );
    }
    const falling = defineProblem({
      ...escaping,
      riskAversion: 0,
      ownImpact: "half",
      profile: { permanentImpact: [3e-7, 3e-7, 2e-7, 2e-7, 2e-7] },
    });
    await expect(piecewiseLinearSchedule(falling, { pieces: 10 })).rejects.toThrow(
      "one whose permanent impact does not fall after interval 2 faster than risk makes up for",
    );
    const leaving = defineProblem({ ...problem, remainderPrice: 1, riskAversion: 0, ownImpact: "half" });
    await expect(boundedScheduleByHighs(leaving)).rejects.toThrow(
      /^With a remainderPrice E \+ λV may not be convex/,
    );
    await expect(boundedScheduleByHighs(problem, { upper: 1e5 })).resolves.toMatchObject({
      status: "infeasible",
    });
  });

  test("is no slower than it must be: 60 intervals", async () => {
    const problem = asPower(defineProblem({ ...table1, intervals: 60, riskAversion: 1e-6 }), 0.6);
    const { schedule } = requireOptimal(boundedSchedule(problem, { upper: 5e4 }));
    const theirs = await boundedScheduleByHighs(problem, { upper: 5e4 });
    if (theirs.status !== "optimal") throw new Error(theirs.message);
    theirs.schedule.trades.forEach((n, k) => {
      expect(Math.abs(n - schedule.trades[k])).toBeLessThan(20);
    });
  });
});
