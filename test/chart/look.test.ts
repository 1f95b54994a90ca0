import { describe, expect, test } from "vitest";
import { frameColors } from "../../src/chart/figure";
import { faint, familyColors, lineStyles, looks, looksOf } from "../../src/chart/look";
import {
  equalSchedule,
  immediateSchedule,
  lineChart,
  optimalSchedule,
  remainingChart,
  tradesChart,
} from "../../src/index";
import { frontier, histogram, problem, slider } from "./examples";

/** Relative luminance and contrast after WCAG 2.2. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((i) => Number.parseInt(color.slice(i, i + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The paper of JupyterLab's light and of its dark theme. */
const papers = ["#ffffff", "#111111"];
const family = Array.from({ length: 7 }, (_, i) => `λ = ${i}`);

describe("on a light and on a dark page", () => {
  test.each(papers)(
    "lines stand out from %s: a contrast of 3 at least, as WCAG asks of graphics",
    (paper) => {
      for (const color of [...looks.map((look) => look.color), ...(familyColors(family) as string[])]) {
        expect(contrast(color, paper), color).toBeGreaterThanOrEqual(3);
      }
    },
  );

  test("words stand out from both as well as one color can", () => {
    const best = Math.sqrt(contrast("#ffffff", "#111111"));
    for (const paper of papers) expect(contrast(frameColors.words, paper)).toBeGreaterThan(0.99 * best);
  });

  test("the paper of a figure is the page's own, and the pointer's words have a paper with contrast", () => {
    for (const { layout } of [frontier, histogram, slider]) {
      const { paper_bgcolor, plot_bgcolor, hoverlabel } = layout as {
        paper_bgcolor: string;
        plot_bgcolor: string;
        hoverlabel: { bgcolor: string; font: { color: string } };
      };
      expect([paper_bgcolor, plot_bgcolor]).toEqual(["rgba(0, 0, 0, 0)", "rgba(0, 0, 0, 0)"]);
      expect(contrast(hoverlabel.bgcolor, hoverlabel.font.color)).toBeGreaterThan(7);
    }
  });
});

describe("a schedule", () => {
  const lineOf = (trace: Readonly<Record<string, unknown>>) => trace.line as { color: string; dash: string };
  const [optimal, twap, now] = [optimalSchedule(problem), equalSchedule(problem), immediateSchedule(problem)];

  test("has one look in every chart, whatever stands before it", () => {
    const first = lineOf(remainingChart(problem, [optimal, twap]).data[0]);
    const { name, times: x, remaining: y } = optimal;
    const line = { subject: "", finding: "", xTitle: "", yTitle: "" };
    for (const trace of [
      remainingChart(problem, [twap, now, optimal]).data[2],
      tradesChart(problem, [{ ...twap, name: "Mine" }, optimal]).data[1],
      lineChart(line, [
        { name: "Other", x, y },
        { name, x, y },
      ]).data[1],
      slider.data[0],
    ]) {
      expect(lineOf(trace)).toMatchObject({ color: first.color, dash: first.dash });
    }
    expect(lineOf(histogram.data[1]).color).toBe(first.color);
    const { marker } = frontier.data[2] as { marker: { color: string } };
    expect(marker.color).toBe(lineOf(slider.data[1]).color);
  });

  test("of another name takes a look that is left, and no two look alike", () => {
    for (const names of [
      ["a", "b", "c", "d", "e", "f", "g"],
      ["a", "b", "c", "TWAP", "d", "e", "Optimal"],
      ["Optimal", "Optimum", "VWAP", "VWAP-like", "TWAP", "Immediate", "x"],
    ]) {
      expect(new Set(looksOf(names)).size).toBe(7);
    }
    expect(looksOf(["a", "b"])).toEqual(looks.slice(0, 2));
    expect(looksOf(["a", "Optimal"])).toEqual([looks[4], looks[0]]);
  });

  test("whose name every object has is a name like others", () => {
    expect(looksOf(["constructor", "toString"])).toEqual(looks.slice(0, 2));
  });
});

describe("a family that differs by one number", () => {
  test("has colors in the order of the numbers, however they are listed", () => {
    const colors = familyColors(["λ = 1e-6", "λ = 0", "λ = 0.01"]) as string[];
    expect(familyColors(["λ = 0", "λ = 1e-6", "λ = 0.01"])).toEqual([colors[1], colors[0], colors[2]]);
    expect(familyColors(["1,000 paths", "20 paths", "300 paths"])).toEqual([colors[2], colors[1], colors[0]]);
  });

  test("is none where words differ, a number stands twice, or only two are left", () => {
    for (const names of [
      ["λ = 0", "λ = 1", "η = 2"],
      ["λ = 0", "λ = 0.0", "λ = 1"],
      ["λ = 0", "λ = 1"],
      ["a", "b", "c"],
      ["20 days", "60 days", "60 weeks"],
    ]) {
      expect(familyColors(names)).toBeUndefined();
    }
  });

  test("is solid, each line thinner than the one below it, so that lines that coincide both show", () => {
    const styles = lineStyles(family);
    expect(new Set(styles.map(({ dash }) => dash))).toEqual(new Set(["solid"]));
    expect(styles.every(({ width }, i) => i === 0 || width < styles[i - 1].width)).toBe(true);
    expect(styles[6].width).toBeGreaterThanOrEqual(1.5);
  });
});

test("a faint color is the color, seen through", () => {
  expect(faint("#0072B2", 0.4)).toBe("rgba(0, 114, 178, 0.4)");
});
