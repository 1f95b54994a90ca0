import { describe, expect, test } from "vitest";
import { defineProblem, equalSchedule, scheduleFromTrades, simulateCosts } from "../../src/index";
import { blockPaths, decidedWalk, fixedWalk, forEachBlock } from "../../src/simulate/walk";
import { stream } from "../../src/support/normals";
import { table1 } from "../helpers/problems";
import { uniforms } from "../helpers/random";
import { variedProblem, variedTrades } from "../helpers/varied";

describe("a walk", () => {
  test("along decisions that are the trades of a schedule is that of the schedule, to the last bit", () => {
    const random = uniforms(3);
    for (let i = 0; i < 100; i++) {
      const problem = variedProblem(random, i);
      const trades = variedTrades(problem, random);
      const [fixed, decided] = [new Float64Array(20), new Float64Array(20)];
      fixedWalk(problem, trades).play(stream("walk"), fixed);
      decidedWalk(problem, ({ interval }) => trades[interval]).play(stream("walk"), decided);
      expect(decided).toEqual(fixed);
    }
  });

  test("shows a decision what is left and the price before its interval, and nothing later", () => {
    const problem = defineProblem({ ...table1, riskAversion: 1e-6 });
    const seen: number[][] = [];
    const recorded: number[] = [];
    const walk = decidedWalk(
      problem,
      ({ interval, remaining, price }) => {
        seen.push([interval, remaining, price]);
        return remaining / (problem.intervals - interval);
      },
      { start: 50, visit: ({ prices }) => recorded.push(...prices) },
    );
    walk.play(stream("seen"), new Float64Array(2));
    expect(seen.map(([k]) => k)).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
    expect(seen.map(([, left]) => left)).toEqual([1e6, 8e5, 6e5, 4e5, 2e5, 1e6, 8e5, 6e5, 4e5, 2e5]);
    expect(seen.slice(0, 5).map(([, , price]) => price)).toEqual(recorded.slice(0, 5));
    expect(seen[5][2]).toBe(50);
  });

  test("lets a decision answer to the price: to sell only after a rise does better than the even pace it is compared with", () => {
    const problem = defineProblem({ ...table1, intervals: 20 });
    const costs = new Float64Array(4000);
    const mean = (values: Float64Array): number => values.reduce((sum, x) => sum + x, 0) / values.length;
    const { sign, play } = decidedWalk(problem, ({ remaining, interval, price }) =>
      interval === 19 ? remaining : remaining * (price > 0 ? 0.1 : 0.02),
    );
    play(stream("gains"), costs);
    expect(costs.every(Number.isFinite)).toBe(true);
    // It waits after losses, and the last slice pays for it.
    expect(mean(costs) * -sign).toBeGreaterThan(
      simulateCosts(problem, equalSchedule(problem), { paths: 4000, seed: 1 }).mean,
    );
  });

  test("at the middle of an interval gives the mean of the prices at its ends", () => {
    const problem = defineProblem({ ...table1, timing: "mid", temporaryImpact: 1e-300, halfSpread: 0 });
    fixedWalk(problem, [2e5, 2e5, 2e5, 2e5, 2e5], {
      visit: ({ prices, fills }) => {
        fills.forEach((fill, k) => {
          expect(fill).toBe(0.5 * (prices[k] + prices[k + 1]));
        });
      },
    }).play(stream("mid"), new Float64Array(5));
  });

  test("pays more of its own impact where that is asked for, and only that", () => {
    const trades = [3e5, 2e5, 2e5, 2e5, 1e5];
    const cost = (ownImpact: "none" | "half" | "full"): number => {
      const problem = defineProblem({ ...table1, ownImpact });
      return simulateCosts(problem, scheduleFromTrades(problem, trades), { paths: 2, seed: 1 }).costs[0];
    };
    const own = 2.5e-7 * trades.reduce((sum, n) => sum + n * n, 0);
    expect(cost("full") - cost("none")).toBeCloseTo(own, 6);
    expect(cost("half") - cost("none")).toBeCloseTo(own / 2, 6);
  });
});

test("blocks cover all paths once, each with the stream of its number", () => {
  const paths = 2 * blockPaths + 5;
  const ends: number[][] = [];
  forEachBlock({ end: paths }, "7", (state, first, last) => {
    expect(state).toEqual(stream(`7:${first / blockPaths}`));
    ends.push([first, last]);
  });
  expect(ends).toEqual([
    [0, blockPaths],
    [blockPaths, 2 * blockPaths],
    [2 * blockPaths, paths],
  ]);
});
