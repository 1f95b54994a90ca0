import { describe, expect, test } from "vitest";
import {
  capSlider,
  costReport,
  defineProblem,
  equalSchedule,
  participationChart,
  planSchedule,
  requireOptimal,
} from "../../src/index";
import { schemaComplaints } from "../helpers/plotly";
import { table1 } from "../helpers/problems";

// 1,000,000 shares of Table 1 in a market that is twice as busy at its ends.
const volumes = [4e6, 2e6, 2e6, 2e6, 4e6];
const problem = defineProblem({
  ...{ ...table1, riskAversion: 2e-6, arrivalPrice: 50 },
  ...{ timeUnit: "day", currency: "USD", profile: { volumes } },
});
const free = requireOptimal(planSchedule(problem));

interface Position {
  readonly traces: readonly number[];
  readonly data: readonly [{ y: (number | undefined)[]; name: string }, { y: number[]; name: string }];
  readonly layout: { title: { text: string; subtitle: { text: string } } };
}
const positionsOf = (figure: { frames?: readonly unknown[] }) => figure.frames as readonly Position[];
const titleOf = ({ layout }: Position) => layout.title.text.replaceAll("<br>", " ");

describe("each position of the slider", () => {
  const caps = [0.07, 0.08, 0.1, 0.5];
  const figure = capSlider(problem, caps);
  const positions = positionsOf(figure);

  test("shows what the plan within its cap takes of the volume, and the cap", () => {
    const plan = requireOptimal(planSchedule(problem, { participation: { fraction: 0.1 } }));
    const expected = plan.schedule.trades.map((n, k) => (100 * n) / volumes[k]);
    const [own, cap] = positions[2].data;
    expect(own).toMatchObject({ name: "Within the cap", y: [...expected, expected[4]] });
    expect(cap).toMatchObject({ name: "Cap", y: [10, 10] });
    // The frame redraws these two of the three lines.
    const names = positions[2].traces.map((i) => figure.data[i].name);
    expect([names, figure.data[2].name]).toEqual([["Within the cap", "Cap"], "Without a cap"]);
  });

  test("says how many slices the cap holds back, and what it adds to the objective", () => {
    const plan = requireOptimal(planSchedule(problem, { participation: { fraction: 0.1 } }));
    const held = plan.schedule.trades.filter((n, k) => n >= 0.1 * volumes[k] * (1 - 1e-9)).length;
    const added = plan.cost.objective - costReport(problem, free.schedule).objective;
    expect(held).toBeGreaterThan(0);
    expect(added).toBeGreaterThan(1);
    const money = Math.round(added).toLocaleString("en-US");
    const points = ((1e4 * added) / (problem.shares * (problem.arrivalPrice ?? 0))).toFixed(1);
    expect(titleOf(positions[2])).toBe(
      `A cap of 10% holds back ${held} of 5 slices and adds ${money} ${problem.currency} (${points} bp) to E + λV`,
    );
  });

  test("that no schedule keeps has an empty line, and says what would be left", () => {
    // 7% of 14,000,000 is 980,000.
    expect(titleOf(positions[0])).toBe(
      "No schedule keeps a cap of 7%: 20,000 of 1,000,000 shares would be left",
    );
    expect(positions[0].data[0].y).toEqual(new Array(6).fill(undefined));
    expect(positions[0].data[1].y).toEqual([7.000000000000001, 7.000000000000001]);
  });

  test("that holds nothing back says so, and shows the plan without a cap", () => {
    expect(titleOf(positions[3])).toBe("A cap of 50% holds nothing back");
    const unbound = (figure.data[2] as { y: number[] }).y;
    positions[3].data[0].y.forEach((percent, k) => {
      expect(percent).toBeCloseTo(unbound[k], 8);
    });
  });

  test("leaves the axis where it is", () => {
    const { yaxis } = figure.layout as { yaxis: { range: number[] } };
    const peak = Math.max(...free.schedule.trades.map((n, k) => (100 * n) / volumes[k]));
    expect(yaxis.range[0]).toBe(0);
    expect(yaxis.range[1]).toBeGreaterThan(peak);
  });
});

test("slices that a cap does not hold are not counted: neither those at 0, nor those at a cap of no worth", () => {
  // The price falls so fast that a patient seller would go short: the last slices stand at 0, whatever the cap.
  const falling = defineProblem({ ...problem, riskAversion: 0, drift: -5 });
  const plan = requireOptimal(planSchedule(falling, { participation: { fraction: 0.15 } }));
  const worth = (limit: string) =>
    plan.explanation.slices.filter(({ binds, limitPrice = 0 }) => binds === limit && limitPrice > 0).length;
  expect(worth("lower bound")).toBeGreaterThan(0);
  expect(worth("upper bound")).toBeGreaterThan(0);
  const [position] = positionsOf(capSlider(falling, [0.15, 0.5]));
  expect(titleOf(position)).toContain(`holds back ${worth("upper bound")} of 5 slices`);
  // Every slice of an even market is at the cap that equal slices need, and would not trade more for a higher one.
  const even = defineProblem({ ...problem, riskAversion: 0, profile: { volumes: new Array(5).fill(2e6) } });
  expect(titleOf(positionsOf(capSlider(even, [0.1, 0.5]))[0])).toBe("A cap of 10% holds nothing back");
});

test("the slider begins at the cap that is asked for, or at the largest", () => {
  const activeOf = ({ layout }: { layout: Readonly<Record<string, unknown>> }) =>
    (layout.sliders as { active: number; steps: { label: string }[] }[])[0];
  const begun = capSlider(problem, [0.08, 0.1, 0.2], { cap: 0.11 });
  expect(activeOf(begun).active).toBe(1);
  expect(begun.data[1]).toMatchObject({ y: [10, 10] });
  expect(activeOf(capSlider(problem, [0.08, 0.1, 0.2])).active).toBe(2);
  expect(activeOf(begun).steps.map(({ label }) => label)).toEqual(["8%", "10%", "20%"]);
  expect(begun.summary).toContain(
    "Chart. Participation by cap: 3 positions of a slider. A cap of 10% holds back",
  );
});

test("with a start the axis shows the time of day, and plotly.js knows every property", () => {
  const day = defineProblem({
    ...{ shares: 1000, horizon: 240, intervals: 4, volatility: 1, temporaryImpact: 1e-3, riskAversion: 1e-3 },
    ...{ timeUnit: "minute", profile: { volumes: [4000, 0, 2000, 4000] } },
  });
  const { data, layout } = capSlider(day, [0.08, 0.12, 0.3], { start: "10:00" });
  const chart = participationChart(day, [equalSchedule(day)], { start: "10:00" });
  expect(layout.xaxis as object).toEqual(chart.layout.xaxis);
  expect(schemaComplaints({ data, layout })).toEqual([]);
  // Without a volume there is nothing to take part in.
  expect((data[0] as { y: unknown[] }).y[1]).toBeUndefined();
});

test("caps that do not rise, are too few, or have no volumes are refused", () => {
  const refused = "caps must be an array of 2 to 60 rising numbers above 0 (fractions of volume); got";
  expect(() => capSlider(problem, [0.1])).toThrow(refused);
  expect(() => capSlider(problem, [0.2, 0.1])).toThrow(refused);
  expect(() => capSlider(problem, [0, 0.1])).toThrow("caps[0] must be a finite number above 0");
  expect(() => capSlider(problem, [0.1, 0.2], { cap: -1 })).toThrow("options.cap must be");
  expect(() => capSlider(defineProblem(table1), [0.1, 0.2])).toThrow(
    "problem.profile.volumes must be given for a chart of participation (shares); got nothing.",
  );
});
