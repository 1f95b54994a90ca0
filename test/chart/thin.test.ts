import { describe, expect, test } from "vitest";
import { lineChart } from "../../src/index";

const text = { subject: "A walk", finding: "It goes on", xTitle: "step", yTitle: "place" };
const long = 1_000_000;
const x = Array.from({ length: long }, (_, i) => i);
// Smooth, with one point far above and one far below, and a gap.
const y = x.map((i): number | null => Math.sin(i / 1e5));
y[123_456] = 7;
y[654_321] = -7;
y[500_000] = null;

describe("a line of a million points", () => {
  const { data, layout, summary } = lineChart(text, [{ name: "walk", x, y }]);
  const drawn = data[0] as { x: number[]; y: (number | null)[] };

  test("is drawn with some thousands, in order, each one of the line's own", () => {
    expect(drawn.x.length).toBeLessThan(8100);
    expect(drawn.x.length).toBe(drawn.y.length);
    expect(drawn.x.every((place, i) => i === 0 || place > drawn.x[i - 1])).toBe(true);
    expect(drawn.x.every((place, i) => y[place] === drawn.y[i])).toBe(true);
  });

  test("keeps both ends, its extremes and its gap", () => {
    expect([drawn.x[0], drawn.x[drawn.x.length - 1]]).toEqual([0, long - 1]);
    for (const place of [123_456, 654_321, 500_000]) expect(drawn.x).toContain(place);
  });

  test("is in no stretch further from the whole line than a screen can show", () => {
    // Between two neighbors that are drawn no point of the line lies outside of what its stretch shows.
    let k = 0;
    for (let i = 0; i < long; i += 97) {
      while (drawn.x[k + 1] <= i) k++;
      const around = drawn.y.slice(Math.max(0, k - 4), k + 6).filter((value) => value !== null);
      const value = y[i];
      if (value === null) continue;
      expect(value).toBeGreaterThanOrEqual(Math.min(...around));
      expect(value).toBeLessThanOrEqual(Math.max(...around));
    }
  });

  test("says so where it is drawn and where it is described", () => {
    const words = `A walk · ${drawn.x.length.toLocaleString("en")} of 1,000,000 points drawn, all extremes among them`;
    expect((layout.title as { subtitle: { text: string } }).subtitle.text).toBe(words);
    expect(summary).toBe(`Chart. ${words}: It goes on.`);
    expect(JSON.stringify({ data, layout }).length).toBeLessThan(500_000);
  });
});

test("a line of ten thousand points is drawn whole, and so is what a pointer reads of each", () => {
  const few = x.slice(0, 10_000);
  const { data, layout } = lineChart(text, [{ name: "walk", x: few, y: few }]);
  expect((data[0] as { x: number[] }).x).toEqual(few);
  expect((layout.title as { subtitle: { text: string } }).subtitle.text).toBe("A walk");
});
