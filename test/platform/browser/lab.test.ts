import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchOptions } from "../../../scripts/chromium.mjs";
import { joined, notebookPaths, plotlyType, readNotebook } from "../../../scripts/notebooks/notebook.mjs";
import { inRoot } from "../../../scripts/support/paths.mjs";

const executablePath = findChromium();
const screenshots = inRoot(".cache", "screenshots");

/** The parts of JupyterLab's own objects that this test uses; the page offers them as `jupyterapp`. */
interface LabOutput {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  toJSON(): { readonly name?: string };
}
interface LabCell {
  readonly node: HTMLElement;
  readonly model: {
    readonly type: string;
    readonly executionCount?: number | null;
    readonly id: string;
    readonly sharedModel: { setSource(source: string): void };
  };
  readonly outputArea?: { readonly model: { readonly length: number; get(i: number): LabOutput } };
}
interface Lab {
  readonly commands: { execute(id: string): Promise<unknown> };
  readonly shell: {
    readonly currentWidget: {
      readonly content: { readonly widgets: readonly LabCell[]; readonly node: HTMLElement };
      readonly sessionContext?: { readonly session?: { readonly kernel?: { readonly status: string } } };
    };
  };
}
declare global {
  interface Window {
    readonly jupyterapp: Lab;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** `npm start` as a user calls it; resolves with the address that it prints. */
async function startLab(port: number): Promise<{ process: ChildProcess; url: URL }> {
  const options = ["--no-browser", "--port", String(port), "--LabApp.expose_app_in_browser=True"];
  const npm = spawn("npm", ["start", "--", ...options], { cwd: inRoot(), detached: true });
  let said = "";
  const url = await new Promise<URL>((resolve, reject) => {
    for (const stream of [npm.stdout, npm.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        const found = /^ +(http:\/\/127\.0\.0\.1:\S+)$/m.exec(said)?.[1];
        if (found !== undefined) resolve(new URL(found));
      });
    }
    npm.once("exit", () => reject(new Error(`npm start has ended:\n${said}`)));
  });
  return { process: npm, url };
}

/** The outputs of all code cells by MIME type, as JupyterLab holds them now. */
const readCells = (page: Page) =>
  page.evaluate(() =>
    window.jupyterapp.shell.currentWidget.content.widgets
      .filter(({ model }) => model.type === "code")
      .map(({ model, outputArea }) => ({
        id: model.id,
        executionCount: model.executionCount,
        outputs: Array.from({ length: outputArea?.model.length ?? 0 }, (_, i) => {
          const output = outputArea?.model.get(i);
          return { type: output?.type, name: output?.toJSON().name, mime: Object.keys(output?.data ?? {}) };
        }),
      })),
  );

/** Screenshots of the notebook from top to bottom, each of a size that can be looked at. */
async function photograph(page: Page, name: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 1500 });
  const scroller = page.locator(".jp-WindowedPanel-outer");
  await scroller.evaluate((node) => node.scrollTo(0, 0));
  let isEnd = false;
  for (let part = 1; !isEnd; part++) {
    // What comes into sight is laid out and painted only then, and changes the height of the whole.
    await page.waitForTimeout(200);
    await page.screenshot({ path: path.join(screenshots, `${name}-${String(part).padStart(2, "0")}.png`) });
    isEnd = await scroller.evaluate((node) => {
      const before = node.scrollTop;
      node.scrollTo(0, before + node.clientHeight);
      return node.scrollTop < before + 2;
    });
  }
}

/** Clicks on the far end of every slider, and waits until its chart has another title. */
async function moveSliders(page: Page): Promise<void> {
  for (const chart of await page.locator(".js-plotly-plot:has(.slider-container)").all()) {
    const title = chart.locator(".gtitle");
    const before = await title.textContent();
    const rail = chart.locator(".slider-rail-touch-rect");
    const { width, height } = (await rail.boundingBox()) as { width: number; height: number };
    await rail.click({ position: { x: width - 5, y: height / 2 } });
    await expect.poll(() => title.textContent()).not.toBe(before);
  }
}

describe.skipIf(executablePath === undefined)("in JupyterLab as `npm start` starts it", () => {
  let lab: { process: ChildProcess; url: URL };
  let browser: Browser;
  const foreign: string[] = [];

  beforeAll(async () => {
    mkdirSync(screenshots, { recursive: true });
    lab = await startLab(await freePort());
    browser = await chromium.launch(launchOptions(executablePath as string));
  });

  afterAll(async () => {
    await browser?.close();
    if (lab?.process.pid === undefined) return;
    const ended = new Promise((resolve) => lab.process.once("exit", resolve));
    process.kill(-lab.process.pid, "SIGTERM");
    await ended;
  });

  test.each(notebookPaths().map((file) => ({ name: path.basename(file), file })))(
    "$name: all cells run without an error, and every chart is drawn",
    async ({ name, file }) => {
      const before = readFileSync(file, "utf8");
      const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("request", (request) => {
        const { protocol, host } = new URL(request.url());
        if (/^(https?|wss?):$/.test(protocol) && host !== lab.url.host) foreign.push(request.url());
      });
      // The stored notebook is not to be touched: whatever the page would save is refused.
      await page.route("**/api/contents/**", (route) =>
        route.request().method() === "PUT" ? route.abort() : route.continue(),
      );

      // A workspace of its own: JupyterLab would open again what the last one had open.
      const workspace = `/lab/workspaces/${path.parse(name).name}/tree/notebooks/${name}`;
      await page.goto(new URL(`${workspace}${lab.url.search}`, lab.url).href);
      const charts = readNotebook(file).cells.flatMap(({ outputs = [] }) =>
        outputs.flatMap(({ data = {} }) =>
          plotlyType in data ? [data[plotlyType] as { layout: { height: number } }] : [],
        ),
      );
      await page.waitForFunction(() => {
        const widget = window.jupyterapp?.shell.currentWidget;
        return widget?.sessionContext?.session?.kernel?.status === "idle";
      });

      await page.evaluate(() => window.jupyterapp.commands.execute("notebook:clear-all-cell-outputs"));
      expect((await readCells(page)).flatMap(({ outputs }) => outputs)).toEqual([]);
      await page.evaluate(() => window.jupyterapp.commands.execute("notebook:run-all-cells"));
      await page.waitForFunction(
        () => window.jupyterapp.shell.currentWidget.sessionContext?.session?.kernel?.status === "idle",
      );

      // A cell for the reader's own answers is empty, and is not run.
      const empty = new Set(
        readNotebook(file)
          .cells.filter(({ source }) => joined(source) === "")
          .map(({ id }) => id),
      );
      const cells = (await readCells(page)).filter(({ id }) => !empty.has(id));
      expect(cells.map(({ executionCount }) => executionCount)).toEqual(cells.map((_, i) => i + 1));
      for (const { id, outputs } of cells) {
        for (const { type, name } of outputs)
          expect(`${id}: ${type} ${name ?? ""}`).not.toMatch(/error|stderr/);
      }
      expect(
        cells.flatMap(({ outputs }) => outputs.filter(({ mime }) => mime.includes(plotlyType))),
      ).toHaveLength(charts.length);

      // All of the notebook at once, so that nothing is left undrawn because it is out of sight.
      const height = await page.evaluate(() => {
        const { widgets } = window.jupyterapp.shell.currentWidget.content;
        return widgets.reduce((sum, { node }) => sum + node.scrollHeight + 20, 300);
      });
      await page.setViewportSize({ width: 1280, height: Math.min(height, 16_000) });
      await page.waitForFunction(
        (count) => document.querySelectorAll(".js-plotly-plot .plot-container").length >= count,
        charts.length,
      );
      const drawn = await page.evaluate(() =>
        [...document.querySelectorAll(".js-plotly-plot")].map((chart) => ({
          traces: chart.querySelectorAll(".trace, .hm").length,
          height: chart.getBoundingClientRect().height,
        })),
      );
      // A formula that is wider than its column is cut off, or scrolls where nobody looks.
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll(".jp-RenderedMarkdown mjx-math")].flatMap((formula) => {
          const column = formula.closest(".jp-RenderedMarkdown") as HTMLElement;
          const isCut = formula.getBoundingClientRect().right > column.getBoundingClientRect().right + 1;
          return isCut ? [`in “${column.innerText.slice(0, 60)}…”`] : [];
        }),
      );
      expect(cut).toEqual([]);
      await photograph(page, name.replace(".ipynb", ""));
      await moveSliders(page);
      expect(drawn).toHaveLength(charts.length);
      // The window has just changed its size: a chart that then shrinks to nothing is seen here.
      expect(drawn.map(({ height }) => height)).toEqual(charts.map(({ layout }) => layout.height));
      for (const { traces } of drawn) expect(traces).toBeGreaterThan(0);
      expect(problems).toEqual([]);
      expect(readFileSync(file, "utf8")).toBe(before);
      await page.close();
    },
  );

  test("cells that an earlier failure kept from running show no number", async () => {
    const page = await browser.newPage();
    await page.route("**/api/contents/**", (route) =>
      route.request().method() === "PUT" ? route.abort() : route.continue(),
    );
    const workspace = "/lab/workspaces/aborted/tree/notebooks/00_start.ipynb";
    await page.goto(new URL(`${workspace}${lab.url.search}`, lab.url).href);
    await page.waitForFunction(() => {
      const widget = window.jupyterapp?.shell.currentWidget;
      return widget?.sessionContext?.session?.kernel?.status === "idle";
    });
    const stored = await readCells(page);
    expect(stored.every(({ executionCount }) => typeof executionCount === "number")).toBe(true);
    await page.evaluate(() => {
      const { widgets } = window.jupyterapp.shell.currentWidget.content;
      const first = widgets.find(({ model }) => model.type === "code");
      first?.model.sharedModel.setSource('throw new Error("stop");');
      return window.jupyterapp.commands.execute("notebook:run-all-cells");
    });
    await expect
      .poll(async () => (await readCells(page)).map(({ executionCount }) => typeof executionCount))
      .toEqual(["number", ...stored.slice(1).map(() => "object")]);
    const [failed, ...aborted] = await readCells(page);
    expect(failed?.outputs.map(({ type }) => type)).toEqual(["error"]);
    expect(aborted.map(({ executionCount }) => executionCount)).toEqual(aborted.map(() => null));
    await page.close();
  });

  test("no page asked any other host for anything", () => {
    expect(foreign).toEqual([]);
  });
});
