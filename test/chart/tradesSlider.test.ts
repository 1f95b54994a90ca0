import { describe, expect, test } from "vitest";
import {
  costReport,
  decayImpact,
  defineProblem,
  equalSchedule,
  optimalSchedule,
  tradesChart,
  tradesSlider,
} from "../../src/index";
import { schemaComplaints } from "../helpers/plotly";

const problemOf = (rate: number) =>
  defineProblem({
    ...{ shares: 1000, horizon: 10, intervals: 5, volatility: 1, timeUnit: "hour", currency: "USD" },
    impact: decayImpact({ exponentials: [{ impact: 1e-3, rate }] }),
  });
const rates = [100, 0.5, 0.01];
const problems = rates.map((rate) => ({ name: String(rate), problem: problemOf(rate) }));
const figure = tradesSlider(problems, { prefix: "ρ = ", suffix: " 1/hour", active: 1 });

interface Position {
  readonly data: readonly { y: number[]; name: string }[];
  readonly traces: readonly number[];
  readonly layout: { title: { text: string } };
}
const positions = figure.frames as unknown as readonly Position[];

describe("each position of the slider", () => {
  test.each(rates.map((rate, i) => [rate, i]))("draws the optimum's trades: ρ = %d", (rate, i) => {
    const { trades } = optimalSchedule(problemOf(rate));
    expect(positions[i].data).toHaveLength(1);
    expect(positions[i].data[0].y).toEqual([...trades, trades[4]]);
    expect(positions[i].traces).toEqual([0]);
  });

  test("says what the first slice trades, and what the optimum and equal slices cost under its own problem", () => {
    const problem = problemOf(0.01);
    const optimum = optimalSchedule(problem);
    const [own, even] = [optimum, equalSchedule(problem)].map((one) => costReport(problem, one));
    const [least, equal, saved] = [own.expectedCost, even.expectedCost, even.objective - own.objective].map(
      (money) => money.toFixed(0),
    );
    const first = ((100 * optimum.trades[0]) / 1000).toFixed(1);
    expect(positions[2].layout.title.text.replaceAll("<br>", " ")).toBe(
      `The optimum sells ${first}% of the order in the first slice; it costs ${least} USD on average (TWAP ${equal} USD) and, risk included, saves ${saved} USD`,
    );
  });
});

test("the chart begins at the active position, with equal slices beside it, drawn as in the chart of trades", () => {
  const { problem } = problems[1];
  const chart = tradesChart(problem, [optimalSchedule(problem), equalSchedule(problem)]);
  expect(figure.data).toEqual(chart.data);
  expect(figure.summary).toMatch(
    /^Chart\. Trades of the optimum: 3 positions of a slider, ρ = 100 to 0.01 1\/hour\. The/,
  );
  expect(tradesSlider(problems).data[0]).toEqual(positions[0].data[0]);
});

test("the axis is the same for all positions, and holds all of their trades", () => {
  const back = {
    name: "falling",
    problem: defineProblem({ ...problemOf(100), drift: -0.5 }),
  };
  const { layout, frames } = tradesSlider([...problems, back]);
  const all = (frames as unknown as readonly Position[]).flatMap(({ data }) => data.flatMap(({ y }) => y));
  const [low, high] = (layout.yaxis as { range: [number, number] }).range;
  expect(Math.min(...all)).toBeLessThan(0);
  expect(low).toBeLessThan(Math.min(...all));
  expect(high).toBeGreaterThan(Math.max(...all));
  expect((figure.layout.yaxis as { range: [number, number] }).range[0]).toBe(0);
});

test("plotly.js knows every property", () => {
  expect(schemaComplaints(tradesSlider(problems, { start: "10:00" }))).toEqual([]);
});

test("one problem, another order, another grid or a place beyond the last is refused", () => {
  expect(() => tradesSlider([problems[0]])).toThrow(
    "problems must be an array of 2 to 60 problems, each with its name",
  );
  const grid = defineProblem({ ...problemOf(1), intervals: 4 });
  const buy = defineProblem({ ...problemOf(1), side: "buy" });
  const larger = defineProblem({ ...problemOf(1), shares: 2000 });
  const minutes = defineProblem({ ...problemOf(1), timeUnit: "minute" });
  for (const problem of [grid, buy, larger, minutes]) {
    expect(() => tradesSlider([problems[0], { name: "other", problem }])).toThrow(
      "problems[1] must be an order with the side, shares and grid of problems[0]",
    );
  }
  expect(() => tradesSlider(problems, { active: 3 })).toThrow("options.active must be");
});

test("the ends of the slider say their unit", () => {
  const { annotations } = figure.layout as unknown as { annotations: readonly { text: string }[] };
  const [first, last] = [problems[0], problems[problems.length - 1]].map(({ name }) => `ρ = ${name} 1/hour`);
  expect(annotations.map(({ text }) => text)).toEqual([first, last]);
});
