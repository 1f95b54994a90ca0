import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchOptions } from "../../../scripts/chromium.mjs";
import type { Figure } from "../../../src/index";
import { figures } from "../../chart/examples";

const executablePath = findChromium();

interface Drawing {
  readonly Plotly: {
    newPlot(node: Element, data: unknown, layout: unknown): Promise<Element>;
    purge(node: Element): void;
  };
}

/** The texts of a drawn figure that reach beyond its edges, and how many there are in all. */
const draw = (page: Page, { data, layout }: Pick<Figure, "data" | "layout">, width: number) =>
  page.evaluate(
    async ([data, layout, width]) => {
      const { Plotly } = window as unknown as Drawing;
      const node = document.body.appendChild(document.createElement("div"));
      await Plotly.newPlot(node, data, { ...layout, width });
      const frame = node.getBoundingClientRect();
      const texts = [...node.querySelectorAll("svg text")].filter(({ textContent }) => textContent !== "");
      const cut = texts.filter((text) => {
        const { left, right, top, width } = text.getBoundingClientRect();
        return width > 0 && (left < frame.left - 1 || right > frame.right + 1 || top < frame.top - 1);
      });
      const words = cut.map(({ textContent }) => textContent);
      node.remove();
      return { words, count: texts.length };
    },
    [data, layout, width] as const,
  );

describe.skipIf(executablePath === undefined)("every chart, drawn", () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch(launchOptions(executablePath as string));
    page = await browser.newPage({ viewport: { width: 1500, height: 800 } });
    await page.addScriptTag({
      content: readFileSync(createRequire(__filename).resolve("plotly.js-dist"), "utf8"),
    });
  });

  afterAll(() => browser?.close());

  // In a window of 900 pixels JupyterLab leaves a chart about 600 when its file browser is open.
  test.each([600, 900, 1400])("shows all of its words at a width of %d pixels", async (width) => {
    for (const figure of figures) {
      const { words, count } = await draw(page, figure, width);
      expect(words, figure.summary).toEqual([]);
      expect(count).toBeGreaterThan(5);
    }
  });

  test("would not, were its title on one line", async () => {
    const [{ data, layout }] = figures;
    const long = { ...layout, title: { ...(layout.title as object), text: "word ".repeat(40) } };
    expect((await draw(page, { data, layout: long }, 900)).words).toEqual(["word ".repeat(40).trim()]);
  });
});
