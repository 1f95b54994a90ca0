import { describe, expect, test } from "vitest";
import { type CostSample, costHistogram, defineProblem, equalSchedule, simulateCosts } from "../../src/index";
import { schemaComplaints } from "../helpers/plotly";
import { testRefusals, unitsMissing } from "../helpers/refusals";
import { histogram, problem, samples } from "./examples";

const [sample] = samples;
const none = undefined as never;

describe("the histogram", () => {
  test("counts every path, in 40 bins of its own, as a density whose area is 1", () => {
    for (const bar of [histogram.data[0], histogram.data[2]] as {
      y: number[];
      customdata: number[];
      width: number;
    }[]) {
      expect(bar.y).toHaveLength(40);
      expect(bar.customdata.reduce((sum, count) => sum + count, 0)).toBe(500);
      expect(bar.y.reduce((sum, density) => sum + density * bar.width, 0)).toBeCloseTo(1, 12);
    }
    const [optimal, , twap] = histogram.data as { width: number }[];
    expect(optimal.width).toBeLessThan(0.5 * twap.width);
  });

  test("says of one sample what it costs, of several which is cheapest and which steadiest", () => {
    const [optimal, twap] = samples.map(({ name, simulated }) => ({ name, simulated }));
    const finding = (...shown: CostSample[]) =>
      costHistogram(problem, shown).summary.replace(
        "Chart. Distribution of Realized Costs (Simulation): ",
        "",
      );
    expect(finding(twap)).toBe("TWAP costs 54,573 USD on average, with a standard deviation of 142,543 USD.");
    expect(finding(twap, optimal)).toBe(
      "TWAP costs 6,108 USD less than the optimum on average; its standard deviation is 162% higher.",
    );
    expect(finding(optimal, twap, { ...twap, name: "Again" })).toBe(
      "TWAP costs least on average, 54,573 USD; the optimum varies least, with a standard deviation of 54,319 USD.",
    );
  });

  test("says it of the exact distributions where all are given", () => {
    const finding = (...shown: CostSample[]) => costHistogram(problem, shown).summary.split(": ")[1];
    const [optimal, twap] = samples;
    expect(finding(twap)).toBe("TWAP costs 50,972 USD on average, with a standard deviation of 140,295 USD.");
    expect(finding(optimal, twap)).toBe(
      "The optimum costs 4,298 USD more than TWAP on average; its standard deviation is 60% lower.",
    );
    expect(finding(optimal, { name: twap.name, simulated: twap.simulated })).toBe(
      "The optimum costs 6,108 USD more than TWAP on average; its standard deviation is 62% lower.",
    );
  });

  test("puts three samples one below the other, and two into one plot", () => {
    const [optimal, twap] = samples;
    const three = costHistogram(problem, [optimal, twap, { ...twap, name: "Again" }]);
    expect(new Set(three.data.map(({ yaxis }) => yaxis))).toEqual(new Set(["y", "y2", "y3"]));
    expect(schemaComplaints(three)).toEqual([]);
    expect(histogram.layout).not.toHaveProperty("yaxis2");
  });

  test("is called what its caller says", () => {
    const { summary } = costHistogram(problem, samples, { subject: "Costs under the other timing" });
    expect(summary).toMatch(/^Chart\. Costs under the other timing: /);
    expect(() => costHistogram(problem, samples, { subject: 5 as never })).toThrow(
      "subject must be a text; got 5.",
    );
  });

  test("shows what its caller finds", () => {
    const finding = "The formulas promise too much";
    const { summary, data } = costHistogram(problem, samples, { finding });
    expect(summary).toBe(`Chart. Distribution of Realized Costs (Simulation): ${finding}.`);
    expect(data).toEqual(costHistogram(problem, samples).data);
    expect(() => costHistogram(problem, samples, { finding: "" })).toThrow("finding must be a text");
  });

  test("refuses samples that cannot be drawn", () => {
    const certain = defineProblem({ ...problem, volatility: 0 });
    const schedule = equalSchedule(certain);
    const flat = {
      name: "flat",
      simulated: { ...simulateCosts(certain, schedule, { paths: 2, seed: 1 }), costs: new Float64Array(2) },
    };
    expect(() => costHistogram(certain, [flat])).toThrow("Without volatility there is no histogram.");
    expect(() => costHistogram(problem, [])).toThrow("samples must be an array of 1 to 4 samples");
    expect(() => costHistogram(problem, samples, { bins: 1 })).toThrow(
      "bins must be an integer from 2 to 500; got 1.",
    );
  });

  test("says of costs that differ by rounding alone that they do", () => {
    const calm = defineProblem({
      ...problem,
      shares: 1e6,
      horizon: 1,
      intervals: 2,
      volatility: 1e-12,
      temporaryImpact: 1e6,
    });
    const simulated = simulateCosts(calm, equalSchedule(calm), { paths: 100, seed: 1 });
    const costs = Float64Array.from(simulated.costs, (cost, i) => cost + (i % 2) * 256);
    expect(() => costHistogram(calm, [{ name: "a", simulated: { ...simulated, costs } }])).toThrow(
      /^samples must be samples whose costs differ by more than rounding; got an array of length 1\. They lie between \d+ and \d+ USD: with so little volatility there is no histogram\.$/,
    );
  });

  testRefusals([
    [
      "no samples",
      () => costHistogram(problem, none),
      "samples must be an array of 1 to 4 samples; got nothing.",
    ],
    ["no units", () => costHistogram(none, samples), unitsMissing],
    [
      "a sample that is null",
      () => costHistogram(problem, [null] as never),
      "samples[0] must be a sample with a name and what simulateCosts gives; got null.",
    ],
    [
      "a sample without a name",
      () => costHistogram(problem, [{ ...sample, name: 5 }] as never),
      "samples[0].name must be a text; got 5.",
    ],
    [
      "a sample without a simulation",
      () => costHistogram(problem, [{ name: "a" }] as never),
      "samples[0].simulated must be the result of simulateCosts; got nothing.",
    ],
    [
      "costs that are no numbers",
      () =>
        costHistogram(problem, [
          { name: "a", simulated: { ...sample?.simulated, costs: [1, Number.NaN] } },
        ] as never),
      "samples[0].simulated.costs[1] must be a finite number; got NaN.",
    ],
    [
      "a distribution that is none",
      () => costHistogram(problem, [{ ...sample, distribution: null }] as never),
      "samples[0].distribution must be left out, or the result of costDistribution; got null.",
    ],
    [
      "a field that it does not know",
      () => costHistogram(problem, [{ ...sample, law: {} }] as never),
      'samples[0] field "law" must be left out: there is no such field. Known fields: name, simulated, distribution; ' +
        "got an object.",
    ],
  ]);
});
