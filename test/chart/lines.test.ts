import { describe, expect, test } from "vitest";
import { lineChart } from "../../src/index";
import { lines } from "./examples";

describe("the chart of lines", () => {
  test("draws a band below its line, and keeps a gap", () => {
    expect(lines.data).toHaveLength(4);
    expect(lines.data[1]).toMatchObject({ fill: "tonexty", y: [1.1, 2.1], showlegend: false });
    expect(lines.data[3]).toMatchObject({ name: "with a gap", y: [null, 3] });
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
