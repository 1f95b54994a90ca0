// What `npm run notebooks -- --html` writes, read where there is no network.

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchOptions } from "../../../scripts/chromium.mjs";
import { withoutFormulas } from "../../../scripts/notebooks/formulas.mjs";
import { notebookPaths, plotlyType, readNotebook } from "../../../scripts/notebooks/notebook.mjs";
import { writePages } from "../../../scripts/notebooks/pages.mjs";
import { inRoot } from "../../../scripts/support/paths.mjs";

const executablePath = findChromium();

describe("formulas", () => {
  const marked = (markdown: string) => withoutFormulas(markdown, () => "F");

  test("are found in a line, in a paragraph of their own and across lines", () => {
    expect(marked("$x_t$ and $\\tfrac12\n\\gamma X^2$,\n\n$$\nE[C]\n$$")).toBe("F and F,\n\nF");
  });

  test("are not seen in code, in prices, nor behind a backslash", () => {
    const text = "`$a$` costs \\$5 or $ 6 and $ 7, in\n```ts\n$a + $b\n```";
    expect(marked(text)).toBe(text);
  });

  test("that cannot be read stop the export", () => {
    expect(() => marked("$\\frac{1$")).toThrow();
  });
});

describe.skipIf(executablePath === undefined)("a notebook written as a page", () => {
  const files = notebookPaths();
  let folder: string;
  let pages: string[];
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(inRoot(".cache"), { recursive: true });
    folder = mkdtempSync(inRoot(".cache", "pages of the test "));
    pages = await writePages(files, folder);
    browser = await chromium.launch(launchOptions(executablePath as string));
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(files.map((file, i) => [path.basename(file), i] as const))(
    "%s: without a network its charts are live, its formulas set, and no picture is without words",
    async (_, i) => {
      const { cells } = readNotebook(files[i] as string);
      const charts = cells.flatMap(({ outputs = [] }) =>
        outputs.filter(({ data = {} }) => plotlyType in data),
      );
      const context = await browser.newContext({ offline: true, viewport: { width: 1100, height: 900 } });
      const page = await context.newPage();
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("request", (request) => {
        if (!/^(file|data|blob):/.test(request.url())) problems.push(request.url());
      });
      await page.goto(pathToFileURL(pages[i] as string).href);
      await page.waitForFunction(
        (count) => document.querySelectorAll("figure.chart .plot-container").length === count,
        charts.length,
      );
      const found = await page.evaluate(() => {
        const figures = [...document.querySelectorAll("figure.chart")];
        const folded = document.querySelectorAll("details.folded:not([open])").length;
        for (const code of document.querySelectorAll("pre, code")) code.remove();
        return {
          sentences: figures.map((figure) => figure.getAttribute("aria-label")),
          traces: figures.map((figure) => figure.querySelectorAll(".trace, .hm").length),
          formulas: document.querySelectorAll(".katex").length,
          folded,
          wordless: document.querySelectorAll("img:not([alt]), img[alt='']").length,
          // A formula that was not set, or one of the words that stand for the parts of the page.
          raw: document.body.innerText.match(/\$\$|\$\\?[A-Za-z]|PartOfThePage/g) ?? [],
        };
      });
      expect(found.sentences).toHaveLength(charts.length);
      for (const sentence of found.sentences) expect(sentence).toMatch(/^Chart\. .+\.$/s);
      for (const traces of found.traces) expect(traces).toBeGreaterThan(0);
      expect(found.formulas).toBeGreaterThan(0);
      expect(found.folded).toBe(
        cells.filter(({ metadata }) => JSON.stringify(metadata).includes('"source_hidden":true')).length,
      );
      expect({ wordless: found.wordless, raw: found.raw }).toEqual({ wordless: 0, raw: [] });
      expect(problems).toEqual([]);
      await context.close();
    },
  );
});
