import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchOptions } from "../../../scripts/chromium.mjs";
import {
  defineProblem,
  efficientFrontier,
  equalSchedule,
  type Figure,
  frontierChart,
  remainingChart,
} from "../../../src/index";

const executablePath = findChromium();

/** Parts of plotly.js and of MathJax that the page has and this test uses. */
interface Drawing {
  readonly Plotly: {
    newPlot(node: Element, data: unknown, layout: unknown): Promise<Element>;
    readonly Fx: { hover(node: Element, points: readonly object[]): void };
  };
  formulas: number;
}

/** What plotly.js has made of a figure, the texts beside the pointer among it. */
const draw = (page: Page, { data, layout }: Pick<Figure, "data" | "layout">) =>
  page.evaluate(
    async ([data, layout]) => {
      const drawing = window as unknown as Drawing;
      drawing.formulas = 0;
      const node = document.body.appendChild(document.createElement("div"));
      await drawing.Plotly.newPlot(node, data, layout);
      drawing.Plotly.Fx.hover(node, [{ curveNumber: 0, pointNumber: 1 }]);
      const texts = [...node.querySelectorAll<SVGTextElement>("svg text")];
      const drawn = {
        texts: texts.map(({ textContent }) => textContent ?? ""),
        hidden: texts.filter(({ style }) => style.display === "none").length,
        links: node.querySelectorAll("text a").length,
        formulas: drawing.formulas,
      };
      node.remove();
      return drawn;
    },
    [data, layout] as const,
  );

describe.skipIf(executablePath === undefined)("plotly.js in a page with MathJax", () => {
  const name = "$100-$200 <a href='x'>limit</a> A&B &lt;";
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch(launchOptions(executablePath as string));
    page = await browser.newPage();
    await page.addScriptTag({
      content: readFileSync(createRequire(__filename).resolve("plotly.js-dist"), "utf8"),
    });
    // plotly.js reaches for MathJax's parts when it takes a text for a formula: that is counted.
    await page.evaluate(() => {
      const MathJax = Object.defineProperty({ version: "3.2.2" }, "_", {
        get: () => {
          (window as unknown as Drawing).formulas += 1;
          return undefined;
        },
      });
      Object.assign(window, { MathJax });
    });
  });

  afterAll(() => browser?.close());

  test("takes dollars for formulas, and markup for links, where nothing has made them harmless", async () => {
    const { links, formulas } = await draw(page, {
      data: [{ x: [1, 2], y: [1, 2] }],
      layout: { title: { text: name } },
    });
    expect({ links, formulas: formulas > 0 }).toEqual({ links: 1, formulas: true });
  });

  test("shows names and currencies with dollars and markup as they are written", async () => {
    const problem = defineProblem({
      ...{ shares: 1000, horizon: 10, intervals: 10, volatility: 1, temporaryImpact: 1, riskAversion: 1 },
      currency: "$ <a href='x'>US&A</a>",
    });
    const remaining = await draw(page, remainingChart(problem, [{ ...equalSchedule(problem), name }]));
    const frontier = await draw(page, frontierChart(problem, efficientFrontier(problem, [0.01, 1])));
    for (const { links, formulas, hidden } of [remaining, frontier]) {
      expect({ links, formulas, hidden }).toEqual({ links: 0, formulas: 0, hidden: 0 });
    }
    // The title, whose lines are broken at spaces.
    const bare = (text: string) => text.replaceAll(" ", "");
    const titles = remaining.texts.filter((text) => bare(text).includes(bare(`${name} has sold half`)));
    expect(titles).toHaveLength(1);
    // The titles of both axes, and at the pointer twice.
    expect(frontier.texts.filter((text) => text.includes(problem.currency)).length).toBeGreaterThanOrEqual(3);
  });
});
