import { describe, expect, test } from "vitest";
import { lineChart } from "../../src/index";
import { lines } from "./examples";

describe("the chart of lines", () => {
  test("draws a band below its line, and keeps a gap", () => {
    expect(lines.data).toHaveLength(4);
    expect(lines.data[1]).toMatchObject({ fill: "tonexty", y: [1.1, 2.1], showlegend: false });
    expect(lines.data[3]).toMatchObject({ name: "with a gap", y: [null, 3] });
  });

  test("refuses none, too many, and x and y of different lengths", () => {
    const text = { subject: "a", finding: "b", xTitle: "x", yTitle: "y" };
    const line = { name: "a", x: [1, 2], y: [1, 2] };
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
