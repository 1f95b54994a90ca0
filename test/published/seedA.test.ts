import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inRoot } from "../../scripts/support/paths.mjs";
import { costReport, defineProblem, type ExecutionProblem, scheduleFromRemaining } from "../../src/index";
import {
  type SeedAParameters,
  seedACosts,
  seedADefaults,
  seedAExample,
  seedAFrontier,
  seedAMatrix,
  seedAOptimalTrajectory,
  seedAParameters,
  seedARiskAversions,
  seedASellerSimulation,
  seedASimulation,
  seedATwap,
} from "../../src/published/seedA";
import { expectRelative, reference } from "../helpers/reference";

interface Costs {
  readonly E: number;
  readonly Var: number;
  readonly J: number;
}
interface Run {
  readonly literal_mean: number;
  readonly literal_std_ddof1: number;
  readonly literal_first_5_costs: readonly number[];
  readonly population_mean: number;
  readonly population_sd: number;
  readonly sell_side_mean_same_draws: number;
}
const published = reference<{
  params: SeedAParameters;
  exact: { x_opt: number[]; q_opt: number[]; v_opt: number[]; optimal: Costs; twap: Costs };
  frontier: (Costs & { lam: number })[];
  simulation: { optimal: Run; twap: Run };
}>("seed_a_published");
const { normals } = JSON.parse(readFileSync(inRoot("notebooks/data/seed_a_normals.json"), "utf8")) as {
  normals: number[][];
};

const optimal = seedAOptimalTrajectory(seedAExample);
const twap = seedATwap(seedAExample);
const trajectories = [
  ["optimal", optimal],
  ["twap", twap],
] as const;

describe("seed A's figures, recomputed as printed (1e-11)", () => {
  test("parameters: the example is the reference's, the defaults differ in three", () => {
    expect(seedAExample).toEqual(published.params);
    expect(seedAParameters({ eta: 5e-7, sigma: 0.004, lam: 2e-6 })).toEqual(seedAExample);
    expect(seedAParameters()).toEqual(seedADefaults);
    expect(seedADefaults).toMatchObject({ eta: 1e-6, gamma: 1e-7, sigma: 0.02, lam: 1e-6 });
  });

  test("the optimal trajectory: 61 holdings, 60 trades, 60 rates", () => {
    const { x_opt, q_opt, v_opt } = published.exact;
    expect(optimal.remaining.length).toBe(61);
    x_opt.forEach((x, t) => {
      expectRelative(optimal.remaining[t], x, 1e-11, `x_${t}`);
    });
    q_opt.forEach((q, t) => {
      expectRelative(optimal.trades[t], q, 1e-11, `q_${t}`);
      expectRelative(optimal.rates[t], v_opt[t], 1e-11, `v_${t}`);
    });
  });

  test.each(trajectories)("cost, variance and objective of %s", (name, { remaining }) => {
    const { expectedCost, costVariance, objective } = seedACosts(remaining, seedAExample);
    const expected = published.exact[name];
    expectRelative(expectedCost, expected.E, 1e-11, "E[C]");
    expectRelative(costVariance, expected.Var, 1e-11, "Var(C)");
    expectRelative(objective, expected.J, 1e-11, "J");
  });

  test("the frontier of 20 λ", () => {
    const frontier = seedAFrontier(seedAExample);
    expect(frontier.length).toBe(20);
    published.frontier.forEach(({ lam, E, Var, J }, i) => {
      const point = frontier[i];
      expectRelative(point?.riskAversion as number, lam, 1e-14, `λ ${i}`);
      expectRelative(point?.expectedCost as number, E, 1e-11, `E at ${lam}`);
      expectRelative(point?.costVariance as number, Var, 1e-11, `Var at ${lam}`);
      expectRelative(point?.objective as number, J, 1e-11, `J at ${lam}`);
    });
    expect(seedAFrontier(seedAExample, [1e-8])).toEqual([frontier[0]]);
    expect(seedARiskAversions[0]).toBe(1e-8);
  });

  test.each(trajectories)(
    "the simulation of %s, replayed with the seed's own draws",
    (name, { remaining }) => {
      const run = published.simulation[name];
      const { mean, standardDeviation, costs } = seedASimulation(remaining, seedAExample, normals);
      expect(costs.length).toBe(200);
      expectRelative(mean, run.literal_mean, 1e-11, "mean");
      expectRelative(standardDeviation, run.literal_std_ddof1, 1e-11, "standard deviation");
      run.literal_first_5_costs.forEach((cost, path) => {
        expectRelative(costs[path], cost, 1e-11, `cost ${path}`);
      });
      const seller = seedASellerSimulation(remaining, seedAExample, normals);
      expectRelative(seller.mean, run.sell_side_mean_same_draws, 1e-11, "mean with a seller's signs");
    },
  );
});

describe("seed A's faults", () => {
  const problem = (timing: "start" | "end"): ExecutionProblem =>
    defineProblem({
      side: "buy",
      shares: seedAExample.X0,
      horizon: seedAExample.T,
      intervals: seedAExample.N,
      volatility: seedAExample.sigma,
      temporaryImpact: seedAExample.eta,
      permanentImpact: seedAExample.gamma,
      riskAversion: seedAExample.lam,
      timing,
    });
  const report = (timing: "start" | "end", remaining: readonly number[]) =>
    costReport(problem(timing), scheduleFromRemaining(problem(timing), remaining));

  test.each(trajectories)('(a) of %s the formula gives the law of timing "end" …', (_, { remaining }) => {
    const formula = seedACosts(remaining, seedAExample);
    const law = report("end", remaining);
    expectRelative(formula.expectedCost, law.expectedCost, 1e-13, "E");
    expectRelative(formula.costVariance, law.costVariance, 1e-13, "V");
    expectRelative(formula.objective, law.objective, 1e-13, "objective");
  });

  test.each(trajectories)(
    '(a) … and the simulation of %s has that of "start"',
    (name, { remaining, trades }) => {
      const { X0, T, N, gamma, sigma } = seedAExample;
      const law = report("start", remaining);
      const { population_mean, population_sd } = published.simulation[name];
      expectRelative(law.expectedCost, population_mean, 1e-12, "E");
      expectRelative(law.standardDeviation, population_sd, 1e-12, "√V");

      const formula = seedACosts(remaining, seedAExample);
      const ownImpact = gamma * trades.reduce((sum, q) => sum + q * q, 0);
      expectRelative(formula.expectedCost - law.expectedCost, ownImpact, 1e-10, "γ Σ q²");
      expectRelative(
        formula.costVariance - law.costVariance,
        sigma ** 2 * (T / N) * X0 ** 2,
        1e-10,
        "σ² Δt X²",
      );
      const still = normals.slice(0, 2).map((row) => row.map(() => 0));
      expectRelative(
        seedASimulation(remaining, seedAExample, still).mean,
        law.expectedCost,
        1e-11,
        "E walked",
      );
      const { mean } = seedASimulation(remaining, seedAExample, normals);
      expect(Math.abs(mean - law.expectedCost)).toBeLessThan((4 * law.standardDeviation) / Math.sqrt(200));
    },
  );

  test.each(trajectories)(
    "(b) of %s a seller's signs mirror each path's noise about the mean",
    (_, { remaining }) => {
      const buyer = seedASimulation(remaining, seedAExample, normals);
      const seller = seedASellerSimulation(remaining, seedAExample, normals);
      const { expectedCost } = report("start", remaining);
      buyer.costs.forEach((cost, path) => {
        const mirrored = 2 * expectedCost - seller.costs[path];
        expect(Math.abs(cost - mirrored), `path ${path}`).toBeLessThan(1e-6);
      });
      expectRelative(seller.standardDeviation, buyer.standardDeviation, 1e-11, "deviation");
    },
  );

  test("(c) the matrix is tridiagonal, and its form is the formula's objective", () => {
    const Q = seedAMatrix(seedAExample);
    Q.forEach((row, i) => {
      row.forEach((entry, j) => {
        if (Math.abs(i - j) > 1) expect(entry).toBe(0);
        expect(entry).toBe(Q[j]?.[i]);
      });
    });
    for (const [, { remaining: x }] of trajectories) {
      const form = Q.reduce(
        (sum, row, i) => sum + x[i] * row.reduce((part, entry, j) => part + entry * x[j], 0),
        0,
      );
      expectRelative(form, seedACosts(x, seedAExample).objective, 1e-12, "xᵀQx");
    }
  });
});

describe("the published calls", () => {
  test("give frozen data", () => {
    const { costs } = seedASimulation(twap.remaining, seedAExample, normals);
    for (const part of [
      optimal,
      optimal.remaining,
      optimal.rates,
      twap.trades,
      costs,
      seedAFrontier(seedAExample, []),
    ]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  test("take a single slice", () => {
    expect(seedAOptimalTrajectory(seedAParameters({ N: 1 })).remaining).toEqual([1e6, 0]);
  });

  test("do not depend on the arrival price but for rounding", () => {
    const { mean } = seedASimulation(twap.remaining, seedAExample, normals, 10);
    expectRelative(mean, published.simulation.twap.literal_mean, 1e-10, "mean");
  });

  test("refuse parameters that are none, in words", () => {
    expect(() => seedAMatrix(undefined as never)).toThrow(
      "parameters must be an object with named fields; got nothing.",
    );
    expect(() => seedAParameters({ N: 2001 })).toThrow(
      "parameters.N must be an integer from 1 to 2,000; got 2001.",
    );
    expect(() => seedATwap({ ...seedAExample, T: 0 })).toThrow(
      "parameters.T must be a finite number above 0; got 0.",
    );
    expect(() => seedACosts(twap.remaining, { ...seedAExample, eta: undefined as never })).toThrow(
      "parameters.eta must be a finite number; got nothing.",
    );
    expect(() => seedAFrontier(seedAExample, 1 as never)).toThrow(
      "riskAversions must be an array of numbers (1/currency); got 1.",
    );
    expect(() => seedASimulation(twap.remaining, seedAExample, normals, Number.NaN)).toThrow(
      "arrivalPrice must be a finite number (currency/share); got NaN.",
    );
  });

  test("refuse arrays of another shape", () => {
    expect(() => seedACosts([1e6, 0], seedAExample)).toThrow(
      "remaining must be an array of 61 numbers (shares); got an array of length 2.",
    );
    expect(() => seedASimulation(twap.remaining, seedAExample, [])).toThrow(
      "normals must be an array of two or more rows of 60 numbers; got an array of length 0.",
    );
    expect(() => seedASimulation(twap.remaining, seedAExample, [[], []])).toThrow(
      "normals[0] must be an array of 60 numbers (standard normal); got an array of length 0.",
    );
  });
});
