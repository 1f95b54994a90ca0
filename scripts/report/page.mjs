import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chartHtml, drawing, escaped } from "../support/charts.mjs";

/** @typedef {import("optimal-execution").DeskReport} DeskReport */
/** @typedef {import("optimal-execution").ReportPart} ReportPart */

const require = createRequire(import.meta.url);

/**
 * A report as one page that works without a network: charts live, tables, words for every chart. plotly.js comes in its basic
 * bundle, which has the two kinds of traces that reports draw, in a third of the size.
 *
 * @param {DeskReport} report
 * @param {(picture: unknown) => Readonly<Record<string, unknown>>} mimeBundle what `show` would send of a chart or a table
 * @returns {string}
 */
export function reportPage({ title, status, summary, parts }, mimeBundle) {
  const plotly = readFileSync(require.resolve("plotly.js-basic-dist-min"), "utf8");
  const license = readFileSync(require.resolve("plotly.js-basic-dist-min/LICENSE"), "utf8");
  const body = parts.map((part) => section(part, mimeBundle)).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<div class="summary ${status}">${paragraphs(summary)}</div>
${body}
</main>
<!-- plotly.js:
${license.replaceAll("--", "- -")}
-->
<script>${plotly.replaceAll("</script", "<\\/script")}</script>
<script>${drawing}</script>
</body>
</html>
`;
}

/**
 * @param {ReportPart} part
 * @param {(picture: unknown) => Readonly<Record<string, unknown>>} mimeBundle
 */
function section(part, mimeBundle) {
  if (part.kind === "prose") return `<h2>${escaped(part.heading)}</h2>\n${paragraphs(part.sentences)}`;
  if (part.kind === "table") return String(mimeBundle(part)["text/html"]);
  const { data, layout, config } = part;
  return chartHtml({ data, layout, config }, part.summary);
}

/** @param {readonly string[]} sentences */
const paragraphs = (sentences) => sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join("\n");

const style = `
body { font: 16px/1.5 system-ui, sans-serif; color: #222; background: #fff; margin: 0; }
main { max-width: 960px; margin: 0 auto; padding: 24px; }
h1 { font-size: 26px; } h2 { font-size: 19px; margin-top: 32px; }
.summary { border-left: 4px solid #0072b2; padding: 4px 16px; background: #f5f8fa; }
.summary.infeasible { border-color: #d55e00; background: #fdf5ef; }
.chart { margin: 24px 0; }
table { border-collapse: collapse; margin: 24px 0; font-size: 14px; width: 100%; }
caption { text-align: left; font-weight: 600; padding-bottom: 6px; white-space: normal !important; }
th, td { padding: 4px 8px; border-bottom: 1px solid #ddd; font-variant-numeric: tabular-nums; }
tbody th { font-weight: 400; }
@media print { .chart, table, tr { break-inside: avoid; } }
`;
