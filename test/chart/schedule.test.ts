import { describe, expect, test } from "vitest";
import { defineProblem, equalSchedule, remainingChart, tradesChart } from "../../src/index";
import { problem, scheduleFigures, schedules } from "./examples";

describe("a chart of schedules", () => {
  test("has units on both axes", () => {
    expect(scheduleFigures.map(({ layout }) => layout.xaxis)).toMatchObject([
      { title: { text: "Time (minutes)" } },
      { title: { text: "Time (minutes)" } },
    ]);
    expect(scheduleFigures.map(({ layout }) => layout.yaxis)).toMatchObject([
      { title: { text: "Shares remaining x (shares)" } },
      { title: { text: "Shares traded per slice n (shares)" } },
    ]);
  });

  test("refuses schedules that are none, too many, or of another problem", () => {
    expect(() => remainingChart(problem, [])).toThrow(
      "schedules must be an array of 1 to 7 schedules; got an array of length 0.",
    );
    expect(() => tradesChart(problem, new Array(8).fill(schedules[0]))).toThrow("got an array of length 8");
    expect(() => remainingChart(defineProblem({ ...problem, intervals: 30 }), schedules)).toThrow(
      "schedule must be a schedule of 30 intervals",
    );
  });
});

test("a day that varies is drawn in real time: a night is as wide as it is long", () => {
  const day = defineProblem({
    ...problem,
    intervals: 3,
    profile: { lengths: [600, 2400, 600], open: [true, false, true] },
  });
  const twap = equalSchedule(day);
  expect(remainingChart(day, [twap]).data[0]).toMatchObject({
    x: [0, 10, 50, 60],
    y: [1e6, 5e5, 5e5, 0],
  });
  expect(tradesChart(day, [twap]).data[0]).toMatchObject({ x: [0, 10, 50, 60], y: [5e5, 0, 5e5, 5e5] });
});
