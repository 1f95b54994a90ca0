import { expect, test } from "vitest";
import {
  boundedSchedule,
  defineProblem,
  equalSchedule,
  explainSchedule,
  explanationChart,
  explanationTable,
  requireOptimal,
} from "../../src/index";
import { schemaComplaints } from "../helpers/plotly";
import { seedA, table1 } from "../helpers/problems";

const problem = defineProblem({ ...table1, riskAversion: 1e-6, currency: "USD", timeUnit: "day" });
const bounds = { upper: 250_000 };
const explanation = explainSchedule(
  problem,
  requireOptimal(boundedSchedule(problem, bounds)).schedule,
  bounds,
);

test("the chart lays what waiting saves beside what it risks, where slices meet, with bars for limits", () => {
  const { data, layout, summary } = explanationChart(problem, explanation);
  const [bars, saved, risked] = data as { type: string; name: string; x: number[]; y: number[] }[];
  expect(bars).toMatchObject({ type: "bar", x: [0.5, 1.5, 2.5, 3.5, 4.5] });
  expect(bars.y).toEqual(explanation.slices.map(({ limitPrice }) => limitPrice));
  expect(saved).toMatchObject({ name: "Cost saved by waiting", x: [1, 2, 3, 4] });
  expect(saved.y).toEqual(explanation.slices.slice(0, 4).map(({ costSaved }) => costSaved));
  expect(risked.y).toEqual(explanation.slices.slice(0, 4).map(({ riskCarried }) => riskCarried));
  expect(layout.yaxis).toMatchObject({ title: { text: "At the margin (USD/share)" } });
  expect(summary).toBe(
    "Chart. What a share saves and risks by waiting for the next slice: Limits bind in 2 of 5 intervals. " +
      "The most valuable one is the upper bound of interval 1: one more share there is worth 2.23 USD/share.",
  );
  expect(schemaComplaints({ data, layout })).toEqual([]);
});

test("where nothing has a price there are no bars", () => {
  const plain = explanationChart(problem, explainSchedule(problem, equalSchedule(problem)));
  expect(plain.data).toHaveLength(2);
  expect(plain.summary).toContain("moving one share from interval 2 to interval 1 saves 1.44 USD/share.");
});

test("its axis shows the time of day where a start is given", () => {
  const clock = defineProblem({ ...seedA, timeUnit: "second", intervals: 4 });
  const chart = explanationChart(clock, explainSchedule(clock, equalSchedule(clock)), { start: "09:30" });
  const [{ x }] = chart.data as unknown as [{ x: string[] }];
  expect(x.map((time) => time.slice(11, 16))).toEqual(["09:45", "10:00", "10:15"]);
});

test("the table has a row a slice, and says what binds", () => {
  const { caption, rows, columns } = explanationTable(problem, explanation);
  expect(caption).toBe(
    "What waiting saves, what it carries, and what a limit is worth, at the margin (USD/share)",
  );
  expect(columns).toEqual([
    ...["Interval", "Trade (shares)", "Cost saved", "Risk carried", "Binds", "Shadow price"],
  ]);
  expect(rows).toEqual([
    ["1", "250,000", "0", "1.35", "upper bound", "2.23"],
    ["2", "250,000", "0.0243", "0.902", "upper bound", "0.878"],
    ["3", "244,876", "0.46", "0.46", "", ""],
    ["4", "147,929", "0.193", "0.193", "", ""],
    ["5", "107,195", "", "", "", ""],
  ]);
});

test("what is no explanation of this problem is refused", () => {
  const other = defineProblem({ ...table1, intervals: 4 });
  expect(() => explanationChart(other, explanation)).toThrow(
    "explanation.slices must be an array of 4 slices, as the problem has",
  );
  expect(() => explanationTable(problem, {} as never)).toThrow(
    "explanation must be the result of explainSchedule",
  );
});
