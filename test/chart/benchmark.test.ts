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

  test("gives each benchmark a row of its own below one another, with its name, over one axis of slippage", () => {
    const { data, layout } = slippage;
    expect(data.map(({ yaxis }) => yaxis)).toEqual(["y", "y", "y2", "y2"]);
    expect(data.every(({ xaxis }) => xaxis === undefined)).toBe(true);
    const [upper, lower] = [layout.yaxis, layout.yaxis2] as { domain: [number, number] }[];
    expect(upper.domain[0]).toBeGreaterThan(lower.domain[1]);
    expect([upper.domain[1], lower.domain[0] > 0]).toEqual([1, true]);
    expect(layout.xaxis).toMatchObject({ anchor: "y2" });
    expect((layout.annotations as { text: string }[]).map(({ text }) => text)).toEqual(["arrival", "TWAP"]);
  });

  test("names the benchmarks against which slippage varies most and least, whatever its mean", () => {
    const all = benchmarkDistribution(priced, equalSchedule(priced));
    const { arrival, TWAP } = all.slippage;
    const shifted = { ...all, slippage: { TWAP: { ...TWAP, mean: 1 }, arrival } };
    for (const distribution of [all, shifted]) {
      expect(slippageChart(priced, distribution).summary).toContain(
        ": Slippage varies most against arrival (standard deviation 0.14 USD/share) and least against TWAP (0.004)",
      );
    }
  });

  test("draws a single density alone, with numbers on both axes, and says its standard deviation", () => {
    const all = benchmarkDistribution(priced, equalSchedule(priced));
    const { summary, layout } = slippageChart(priced, {
      ...all,
      slippage: { arrival: all.slippage.arrival },
    });
    expect(summary).toBe(
      "Chart. Slippage against benchmarks: positive is money lost: " +
        "Slippage against arrival has a standard deviation of 0.14 USD/share.",
    );
    expect(layout).not.toHaveProperty("annotations");
    expect(layout.yaxis).not.toHaveProperty("showticklabels");
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
