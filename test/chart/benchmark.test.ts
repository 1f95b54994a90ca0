import { describe, expect, test } from "vitest";
import { defineProblem, equalSchedule, slippageChart } from "../../src/index";
import { benchmarkDistribution } from "../../src/tca/index";
import { priced, slippage } from "./examples";

describe("the chart of slippage", () => {
  test("has a density for each benchmark that is left to chance, whose area is 1, and bars of the simulation", () => {
    const [bars, density] = slippage.data as { x: number[]; y: number[]; width: number }[];
    expect(bars?.y.reduce((sum, y) => sum + y * (bars?.width as number), 0)).toBeCloseTo(1, 10);
    const step = density?.x[1] - density?.x[0];
    expect(density?.y.reduce((sum, y) => sum + y * step, 0)).toBeCloseTo(1, 3);
  });

  test("refuses what is no distribution, no simulation and no problem", () => {
    const distribution = benchmarkDistribution(priced, equalSchedule(priced));
    expect(() => slippageChart(priced, {} as never)).toThrow(
      "distribution must be the result of benchmarkDistribution; got an object.",
    );
    expect(() => slippageChart(priced, distribution, { simulated: 5 as never })).toThrow(
      "simulated must be the result of simulateBenchmarks",
    );
    expect(() => slippageChart(undefined as never, distribution)).toThrow("units must be a problem");
  });

  test("refuses a distribution that leaves nothing to chance", () => {
    const certain = defineProblem({ ...priced, volatility: 0 });
    expect(() => slippageChart(certain, benchmarkDistribution(certain, equalSchedule(certain)))).toThrow(
      "distribution must be of 1 to 7 benchmarks whose slippage is left to chance",
    );
  });
});
