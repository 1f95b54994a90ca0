/**
 * A chart's place in a page, its sentence for those who do not see it, and its data; {@link drawing} draws it.
 *
 * @param {{ layout: Readonly<Record<string, unknown>>, data?: unknown, config?: unknown }} figure
 * @param {string} sentence
 */
export function chartHtml(figure, sentence) {
  // A "<" in a text could end the script that holds it.
  const json = JSON.stringify(figure).replaceAll("<", "\\u003c");
  return (
    `<figure class="chart" role="group" aria-label="${escaped(sentence)}">` +
    `<div style="height: ${figure.layout.height ?? 450}px"></div>` +
    `<script type="application/json">${json}</script></figure>`
  );
}

/** @param {string} text */
export const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Draws the charts, whose gray suits any theme, in the page's black; a chart follows the width of its window. */
export const drawing = `
for (const figure of document.querySelectorAll("figure.chart")) {
  const [place, source] = figure.children;
  const { data, layout, config, frames } = JSON.parse(source.textContent);
  layout.font = { ...layout.font, color: "#222222" };
  Plotly.newPlot(place, { data, layout, config, frames });
  addEventListener("resize", () => Plotly.Plots.resize(place));
}`;
