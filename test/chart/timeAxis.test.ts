import { describe, expect, test } from "vitest";
import { spokenDuration, statedDuration, timeAxis } from "../../src/chart/timeAxis";
import {
  defineProblem,
  equalSchedule,
  lineChart,
  remainingChart,
  scheduleSlider,
  tradesChart,
  volatilityBand,
  volatilityBandChart,
} from "../../src/index";
import { problem, schedules } from "./examples";

const words = { subject: "a", finding: "b", yTitle: "y" };

describe("the axis of time", () => {
  test.each([
    [60, "second", "Time (seconds)", [0, 60], 10],
    [120, "second", "Time (seconds)", [0, 120], 15],
    [3600, "second", "Time (minutes)", [0, 60], 10],
    [10_800, "second", "Time (minutes)", [0, 180], 30],
    [23_400, "second", "Time (hours)", [0, 6.5], 1],
    [390, "minute", "Time (hours)", [0, 6.5], 1],
    [0.5, "hour", "Time (minutes)", [0, 30], 5],
    [1, "hours", "Time (minutes)", [0, 60], 10],
    [5, "day", "Time (days)", [0, 5], 1],
    [60, "day", "Time (days)", [0, 60], 10],
    [40, "tick", "Time (tick)", [0, 40], 5],
  ])(
    "of %d %s is in the unit that a person would say, with round ticks",
    (horizon, timeUnit, title, x, dtick) => {
      const axis = timeAxis({ horizon, timeUnit });
      expect(axis.title).toBe(title);
      expect(axis.places([0, horizon])).toEqual(x);
      expect(axis.axis).toMatchObject({ tick0: 0, dtick });
    },
  );

  test("leaves ticks to plotly.js where a step would be a fraction, or none of the steps is long enough", () => {
    for (const horizon of [0.5, 1, 1e6]) {
      expect(timeAxis({ horizon, timeUnit: "day" }).axis).not.toHaveProperty("dtick");
    }
  });

  test("tells the pointer the unit", () => {
    expect(timeAxis({ horizon: 3600, timeUnit: "second" }).axis.unifiedhovertitle).toEqual({
      text: "%{x:,.3~r} minutes",
    });
  });

  test("is the same for every chart of schedules", () => {
    const day = defineProblem({
      ...problem,
      timing: "mid",
      horizon: 23_400,
      intervals: 26,
      volatility: 1e-3,
    });
    const band = volatilityBand(day, { value: 1e-3, standardError: 1e-4, interval: [8e-4, 12e-4] });
    const twap = equalSchedule(day);
    for (const figure of [
      remainingChart(day, [twap]),
      tradesChart(day, [twap]),
      scheduleSlider(day, [0, 1e-7]),
      volatilityBandChart(band),
      lineChart({ ...words, time: day }, [{ name: "a", x: twap.times, y: twap.remaining }]),
    ]) {
      expect(figure.layout.xaxis).toMatchObject({ title: { text: "Time (hours)" }, dtick: 1 });
      expect((figure.data[0] as { x: number[] }).x[26]).toBe(6.5);
    }
  });
});

describe("with a start, the axis", () => {
  test("shows the time of day, and the title says it", () => {
    const { data, layout, summary } = remainingChart(problem, schedules, { start: "09:30" });
    expect(layout.xaxis).toMatchObject({ type: "date", title: { text: "Time of day" }, tickformat: "%H:%M" });
    expect(layout.xaxis).toMatchObject({ unifiedhovertitle: { text: "%{x|%H:%M}" } });
    const { x } = data[0] as { x: string[] };
    expect([x[0], x[1], x[60]].map((text) => text.slice(11))).toEqual([
      "09:30:00.000",
      "09:31:00.000",
      "10:30:00.000",
    ]);
    expect(summary).toBe("Chart. Shares Remaining (x): The optimum has sold half by 09:34, TWAP by 10:00.");
  });

  test("has seconds where the horizon is a few minutes", () => {
    const short = timeAxis({ horizon: 120, timeUnit: "second" }, "23:59");
    expect(short.axis.tickformat).toBe("%H:%M:%S");
    expect(short.when(90)).toBe("by 00:00:30");
  });

  test.each(["9:30", "24:00", "09:60", "09:30:00", "", 930, null])("refuses %s", (start) => {
    expect(() => tradesChart(problem, schedules, { start: start as never })).toThrow(
      'start must be a time of day with hours and minutes, such as "09:30"; got ',
    );
  });

  test("is refused where a clock cannot show the problem's time", () => {
    const days = defineProblem({ ...problem, timeUnit: "day" });
    expect(() => remainingChart(days, [equalSchedule(days)], { start: "09:30" })).toThrow(
      'start must be left out, as a clock does not show the problem\'s unit of time; got the text "09:30". ' +
        'State the problem in seconds, minutes or hours; its timeUnit is "day".',
    );
    expect(() => timeAxis({ horizon: 25, timeUnit: "hour" }, "09:30")).toThrow(
      'start must be left out, as the horizon is longer than a day; got the text "09:30".',
    );
  });
});

test.each([
  [230, "second", "3.8 minutes", "3.83333 minutes"],
  [1800, "second", "30 minutes", "30 minutes"],
  [60, "second", "1 minute", "1 minute"],
  [37.2, "second", "37 seconds", "37.2 seconds"],
  [0.04, "hour", "2.4 minutes", "2.4 minutes"],
  [11_700, "second", "3.3 hours", "3.25 hours"],
  [90, "minute", "90 minutes", "90 minutes"],
  [0.314, "day", "31% of a day", "0.314 days"],
  [0.085, "day", "8.5% of a day", "0.085 days"],
  [0.996, "day", "1 day", "0.996 days"],
  [1.314, "day", "1.3 days", "1.314 days"],
  [0, "day", "0 days", "0 days"],
])("%d %s is said as %s, and stated as %s", (time, timeUnit, spoken, stated) => {
  expect(spokenDuration(time, { timeUnit })).toBe(spoken);
  expect(statedDuration(time, { timeUnit })).toBe(stated);
});
