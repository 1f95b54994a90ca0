import { describe, expect, test } from "vitest";
import {
  costReport,
  defineProblem,
  equalSchedule,
  optimalSchedule,
  type ProblemInput,
  scheduleFromTrades,
  simulateCosts,
  volumeSchedule,
} from "../../src/index";
import { benchmarkDistribution, simulateBenchmarks } from "../../src/tca/index";
import { expectRelative, reference } from "../helpers/reference";

interface Law {
  n: number[];
  Q: number[];
  params: { S0: number; tau: number; gamma: number; eta: number; eps: number; sigma: number };
  order: string[];
  mean: number[];
  cov: number[][];
  execution_minus_benchmark: Record<string, { mean: number; var: number; sd: number }>;
}
interface General {
  n: number[];
  S0: number;
  tau: number;
  gamma: number;
  eta: number;
  eps: number;
  sigma: number;
  sum_n: number;
  E_sum_n_S: number;
  V_sum_n_S: number;
}
const { corrected } = reference<{ corrected: { benchmarks: Law[]; general_n: General[] } }>("seed_b");

/** The reference's names: its TWAP averages S_1 … S_N, its `_pre` S_0 … S_{N−1}. */
const own: Record<string, string> = {
  execution: "execution",
  IS: "arrival",
  TWAP: "TWAP look-ahead",
  VWAP: "VWAP look-ahead",
  TWAP_pre: "TWAP",
  VWAP_pre: "VWAP",
};

const problemOf = ({ S0, tau, gamma, eta, eps, sigma }: Law["params"], n: readonly number[]) =>
  defineProblem({
    shares: n.reduce((sum, trade) => sum + trade, 0),
    horizon: tau * n.length,
    intervals: n.length,
    volatility: sigma,
    temporaryImpact: eta,
    permanentImpact: gamma,
    halfSpread: eps,
    arrivalPrice: S0,
  });

describe("the joint law of execution and benchmarks hits the 60-digit reference (1e-12)", () => {
  test.each(corrected.benchmarks.map((row, i) => [i, row] as const))("schedule %i", (_, row) => {
    const problem = problemOf(row.params, row.n);
    const law = benchmarkDistribution(problem, scheduleFromTrades(problem, row.n), {
      benchmarks: ["IS", "TWAP look-ahead", "VWAP look-ahead", "TWAP", "VWAP"],
      volumes: row.Q,
    });
    expect(law.names).toEqual(row.order.map((name) => own[name]));
    const scale = Math.max(...row.cov.flat());
    row.order.forEach((_name, i) => {
      expectRelative(law.means[i], row.mean[i], 1e-13, `mean ${i}`);
      row.order.forEach((_other, j) => {
        const difference = (law.covariance[i]?.[j] as number) - (row.cov[i]?.[j] as number);
        expect(Math.abs(difference), `covariance ${i}, ${j}`).toBeLessThan(1e-13 * scale);
      });
    });
    for (const [name, expected] of Object.entries(row.execution_minus_benchmark)) {
      const slippage = law.slippage[own[name] as "TWAP"];
      // A seller loses what the execution lies below the benchmark.
      expect(Math.abs((slippage?.mean as number) + expected.mean)).toBeLessThan(1e-12);
      expect(Math.abs((slippage?.standardDeviation as number) - expected.sd)).toBeLessThan(1e-12);
    }
  });

  test.each(corrected.general_n.filter(({ S0 }) => S0 > 0).map((row) => [row.n.join(", "), row] as const))(
    "E and V of Σ n_k S̃_k for n = %s",
    (_, row) => {
      const problem = problemOf(row, row.n);
      const { proceeds } = benchmarkDistribution(problem, scheduleFromTrades(problem, row.n));
      expectRelative(proceeds.mean, row.E_sum_n_S, 1e-12, "E");
      expectRelative(proceeds.standardDeviation ** 2, row.V_sum_n_S, 1e-12, "V");
    },
  );
});

const input: ProblemInput = {
  shares: 1e5,
  horizon: 1,
  intervals: 13,
  volatility: 0.9,
  temporaryImpact: 2e-6,
  permanentImpact: 2e-6,
  halfSpread: 0.02,
  drift: 0.3,
  riskAversion: 1e-5,
  arrivalPrice: 50,
};
const volumes = [9, 6, 5, 4, 3, 3, 3, 3, 4, 5, 6, 7, 9].map((volume) => volume * 1e4);

describe.each(["start", "end"] as const)("timing %s", (timing) => {
  describe.each(["sell", "buy"] as const)("%s", (side) => {
    const problem = defineProblem({ ...input, timing, side });
    const schedule = optimalSchedule(defineProblem({ ...problem, drift: 0 }));
    const options = {
      benchmarks: ["arrival", "TWAP", "VWAP", "PWP", "TWAP look-ahead", "VWAP look-ahead"],
      volumes,
      participation: 0.2,
    };
    const law = benchmarkDistribution(problem, schedule, options);

    test("slippage against arrival is the cost per share of costReport, in mean and deviation", () => {
      const { expectedCost, standardDeviation } = costReport(problem, schedule);
      expectRelative(law.slippage.arrival?.mean as number, expectedCost / problem.shares, 1e-11, "mean");
      expectRelative(
        law.slippage.arrival?.standardDeviation as number,
        standardDeviation / problem.shares,
        1e-12,
        "deviation",
      );
    });

    test("agrees with 40,000 walked paths: means, deviations and correlations within 5 standard errors", () => {
      const paths = 40_000;
      const run = simulateBenchmarks(problem, schedule, { paths, seed: 5, ...options });
      const samples = law.names.map((name) => (name === "execution" ? run.execution : run.benchmarks[name]));
      const means = samples.map((sample) => sample.reduce((sum, value) => sum + value, 0) / paths);
      samples.forEach((sample, i) => {
        const variance = law.covariance[i]?.[i] as number;
        const z = (means[i] - law.means[i]) / Math.sqrt(variance / paths);
        expect(variance < 1e-20 ? means[i] - law.means[i] : z, law.names[i]).toBeLessThan(5);
        expect(variance < 1e-20 ? 0 : z, law.names[i]).toBeGreaterThan(-5);
        samples.forEach((other, j) => {
          if (j < i) return;
          let sum = 0;
          for (let p = 0; p < paths; p++) {
            sum += (sample[p] - means[i]) * (other[p] - means[j]);
          }
          const expected = law.covariance[i]?.[j] as number;
          const error = Math.sqrt((variance * (law.covariance[j]?.[j] as number) + expected ** 2) / paths);
          expect(Math.abs(sum / (paths - 1) - expected)).toBeLessThanOrEqual(5 * error + 1e-15);
        });
      });
    });

    test("the walked paths are those of simulateCosts", () => {
      const { costs } = simulateCosts(problem, schedule, { paths: 1500, seed: 5 });
      const { execution } = simulateBenchmarks(problem, schedule, { paths: 1500, seed: 5 });
      const sign = side === "sell" ? 1 : -1;
      costs.forEach((cost, p) => {
        expect(Math.abs(sign * (50 - execution[p]) * problem.shares - cost)).toBeLessThan(1e-6);
      });
    });
  });
});

describe("zero variance", () => {
  test("equal slices against the TWAP of the prices that they trade at: nothing is left to chance", () => {
    const problem = defineProblem(input);
    const { slippage } = benchmarkDistribution(problem, equalSchedule(problem));
    expect(slippage.TWAP?.standardDeviation).toBeLessThan(1e-16);
    expect(slippage["TWAP look-ahead"]?.standardDeviation).toBeGreaterThan(0.01);
    const late = defineProblem({ ...input, timing: "end" });
    expect(
      benchmarkDistribution(late, equalSchedule(late)).slippage["TWAP look-ahead"]?.standardDeviation,
    ).toBeLessThan(1e-16);
  });

  test("a volume profile against the VWAP of the same volumes", () => {
    const problem = defineProblem(input);
    const { slippage } = benchmarkDistribution(problem, volumeSchedule(problem, volumes), { volumes });
    expect(slippage.VWAP?.standardDeviation).toBeLessThan(1e-16);
  });
});

describe("what cannot be is refused", () => {
  const problem = defineProblem(input);
  const law = (options: unknown) => () =>
    benchmarkDistribution(problem, equalSchedule(problem), options as never);
  test("by whole messages", () => {
    const bare = defineProblem({ ...input, arrivalPrice: undefined });
    expect(() => benchmarkDistribution(bare, equalSchedule(bare))).toThrow(
      "arrivalPrice must be given (currency/share): benchmarks are prices; got nothing.",
    );
    expect(() => simulateBenchmarks(bare, equalSchedule(bare), { paths: 2, seed: 1 })).toThrow(
      "arrivalPrice",
    );
    expect(law({ benchmarks: ["VWAP"] })).toThrow(
      'market.volumes must be given: the benchmark "VWAP" needs it',
    );
    expect(law({ benchmarks: ["open"] })).toThrow("the model knows no session");
    expect(law({ benchmarks: [] })).toThrow("benchmarks must be an array of at least one name");
    expect(law({ volumes: [1, 2] })).toThrow("volumes must be an array of 13 numbers (shares)");
    expect(law({ volume: [1, 2] })).toThrow('options field "volume" must be left out');
    expect(law({ benchmarks: ["PWP"], volumes, participation: 2 })).toThrow(
      'participation must be a number above 0 and at most 1 (fraction of the volume, for "PWP"); got 2.',
    );
    expect(law({ benchmarks: ["PWP"], volumes, participation: 0.1 })).toThrow(
      'Without them "PWP" has no end',
    );
  });
});
