import { describe, expect, test } from "vitest";
import { lineChart } from "../../src/index";
import { lines } from "./examples";

describe("the chart of lines", () => {
  test("draws a band below its line, and keeps a gap", () => {
    expect(lines.data).toHaveLength(4);
    expect(lines.data[1]).toMatchObject({ fill: "tonexty", y: [1.1, 2.1], showlegend: false });
    expect(lines.data[3]).toMatchObject({ name: "with a gap", y: [null, 3] });
  });

  test("names a band in the legend where it has a name", () => {
    const band = { lower: [0, 1], upper: [2, 3], name: "Quartiles" };
    const { data } = lineChart(text, [{ ...line, band }]);
    expect(data[1]).toMatchObject({
      name: "Quartiles",
      showlegend: true,
      fillcolor: "rgba(0, 114, 178, 0.2)",
    });
  });

  test.each([
    ["Cost (USD)", [-262_018.491712, 5], undefined, "%{y:,.0f} USD"],
    ["E + λV (million USD)", [0.0446916295606, 1], undefined, "%{y:,.4~r} million USD"],
    ["Volume (% of the day's)", [4, 12.25], undefined, "%{y:,.4~r}% of the day's"],
    ["Variance", [1e-5, 2e-4], undefined, "%{y:.3~e}"],
    ["LP − QP (USD)", [0.5, 3_362_931], "y", "%{y:,.4~r} USD"],
  ] as const)(
    "tells the pointer of %s about four digits and the unit",
    (yTitle, y, logarithmic, template) => {
      const { data } = lineChart({ ...text, yTitle, logarithmic }, [
        { ...line, y: y.map((value) => (logarithmic === undefined ? value : Math.abs(value))) },
      ]);
      expect(data[0].hovertemplate).toBe(template);
    },
  );

  test.each([
    ["Time after the open (hours), middle of the slice", "Time after the open: %{x:,.4~r}"],
    ["True σ (USD/share)", "True σ: %{x:,.4~r} USD/share"],
    ["Pieces M", "Pieces M: %{x:,.4~r}"],
    ["", "%{x:,.4~r}"],
  ])("heads what the pointer reads with the title %j", (xTitle, head) => {
    const { layout } = lineChart({ ...text, xTitle }, [line]);
    expect(layout.xaxis).toMatchObject({ unifiedhovertitle: { text: head } });
  });

  test("shows the times of a problem in the unit that a person would say, and asks for no title then", () => {
    const { xTitle: _, ...words } = text;
    const time = { timeUnit: "second", horizon: 3600 };
    const { data, layout } = lineChart({ ...words, time }, [{ ...line, x: [0, 3600] }]);
    expect(data[0].x).toEqual([0, 60]);
    expect(layout.xaxis).toMatchObject({ title: { text: "Time (minutes)" }, dtick: 10 });
    const clock = lineChart({ ...words, time, start: "09:30" }, [{ ...line, x: [0, 3600] }]);
    expect(clock.layout.xaxis).toMatchObject({ title: { text: "Time of day" } });
    expect(() => lineChart(words, [line])).toThrow(
      "text must be an object with subject, finding, xTitle, yTitle; got an object.",
    );
    expect(() => lineChart({ ...words, time: 5 as never }, [line])).toThrow(
      "text.time must be left out, or the problem whose times these are; got 5.",
    );
    expect(() => lineChart({ ...words, time: { ...time, horizon: -1 } }, [line])).toThrow(
      "text.time.horizon must be a finite number above 0 (unit of time); got -1.",
    );
  });

  const text = { subject: "a", finding: "b", xTitle: "x", yTitle: "y" };
  const line = { name: "a", x: [1, 2], y: [1, 2] };

  test.each([
    [
      { x: [0, 1] },
      "x",
      "series[0].x[0] must be a finite number above 0, as the axis is logarithmic; got 0.",
    ],
    [
      { y: [1, -1] },
      "y",
      "series[0].y[1] must be a finite number above 0, as the axis is logarithmic, or null for a gap; got -1.",
    ],
    [
      { y: [1, Number.POSITIVE_INFINITY] },
      undefined,
      "series[0].y[1] must be a finite number, or null for a gap; got Infinity.",
    ],
    [{ y: [1, "2"] }, "both", 'or null for a gap; got the text "2".'],
    [{ x: [1, null] }, undefined, "series[0].x[1] must be a finite number; got null."],
    [
      { band: { lower: [0, 1], upper: [2, 2] } },
      "both",
      "series[0].band.lower[0] must be a finite number above 0, as the axis is logarithmic; got 0.",
    ],
    [
      { band: { lower: [0, 1], upper: [2] } },
      undefined,
      "series[0].band.upper must be an array of as many numbers as x has",
    ],
    [
      { band: {} },
      undefined,
      "series[0].band must be left out, or an object with lower and upper; got an object.",
    ],
  ] as const)("rejects what its axes cannot show, %#", (change, logarithmic, message) => {
    expect(() => lineChart({ ...text, logarithmic }, [{ ...line, ...(change as object) }])).toThrow(message);
  });

  test("refuses none, too many, and x and y of different lengths", () => {
    expect(() => lineChart(text, [])).toThrow(
      "series must be an array of 1 to 7 lines; got an array of length 0.",
    );
    expect(() => lineChart(text, new Array(8).fill(line))).toThrow("got an array of length 8");
    expect(() => lineChart(text, [{ ...line, y: [1] }])).toThrow(
      "series[0].y must be an array of as many numbers as x has; got an array of length 1.",
    );
    expect(() => lineChart(undefined as never, [line])).toThrow(
      "text must be an object with subject, finding",
    );
    expect(() => lineChart(text, [5] as never)).toThrow(
      "series[0] must be a line with name, x and y; got 5.",
    );
    expect(() => lineChart({ ...text, logarithmic: "z" as never }, [line])).toThrow(
      'logarithmic must be "x", "y" or "both"',
    );
  });
});
