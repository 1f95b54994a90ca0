import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { findChromium, launchOptions } from "../chromium.mjs";
import { Failure } from "../support/failure.mjs";
import { plotlyType } from "./notebook.mjs";

/** Width of a stored picture: JupyterLab cuts what is wider than its column, and in a window of 1,100 pixels that is 668. */
const width = 660;

/**
 * Draws every chart of some notebooks and puts the picture beside the chart's data, for readers whose viewer does
 * not draw plotly figures.
 *
 * @param {readonly import("./notebook.mjs").Notebook[]} notebooks
 */
export async function addPictures(notebooks) {
  const charts = notebooks
    .flatMap(({ cells }) => cells.flatMap(({ outputs = [] }) => outputs))
    .filter((output) => output.data !== undefined && plotlyType in output.data);
  if (charts.length === 0) return;
  const pictures = await picturesOf(charts.map(({ data = {} }) => data[plotlyType]));
  charts.forEach(({ data = {} }, i) => {
    data["image/png"] = pictures[i];
  });
}

/**
 * Draws figures.
 *
 * @param {readonly unknown[]} figures
 * @returns {Promise<string[]>} PNGs in base64
 */
export async function picturesOf(figures) {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Failure(
      "No Chromium was found, and the pictures beside the charts are drawn by it.\n" +
        "Install one (Debian, Ubuntu: sudo apt-get install chromium), or set CHROMIUM to its path.",
    );
  }
  const browser = await chromium.launch(launchOptions(executablePath));
  try {
    const page = await browser.newPage();
    const plotly = createRequire(import.meta.url).resolve("plotly.js-dist");
    await page.addScriptTag({ content: readFileSync(plotly, "utf8") });
    const pictures = [];
    for (const figure of figures) pictures.push(await picture(page, figure));
    return pictures;
  } finally {
    await browser.close();
  }
}

/**
 * @param {import("playwright-core").Page} page
 * @param {unknown} figure
 * @returns {Promise<string>} a PNG in base64
 */
async function picture(page, figure) {
  const url = await page.evaluate(
    async ({ figure, width }) => {
      // @ts-expect-error: plotly.js is in the page, not here.
      const { Plotly } = window;
      const { height, font } = figure.layout;
      // The chart itself is transparent and gray, for any theme; a picture has white paper of its own.
      const paper = {
        paper_bgcolor: "#ffffff",
        plot_bgcolor: "#ffffff",
        font: { ...font, color: "#222222" },
      };
      const onPaper = { ...figure, layout: { ...figure.layout, ...paper } };
      const image = await Plotly.toImage(onPaper, { format: "png", width, height, scale: 1 });
      return image;
    },
    { figure: /** @type {{ layout: { height: number, font: object } }} */ (figure), width },
  );
  return String(url).slice("data:image/png;base64,".length);
}
