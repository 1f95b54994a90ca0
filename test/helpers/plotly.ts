import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { JSDOM, VirtualConsole } from "jsdom";

interface Complaint {
  readonly msg: string;
}
interface Plotly {
  validate(data: unknown, layout: unknown): Complaint[] | undefined;
}

let plotly: Plotly | undefined;

/** plotly.js-dist itself, loaded into a page without a screen: enough to read its schema, not to draw. */
function loadPlotly(): Plotly {
  const path = createRequire(__filename).resolve("plotly.js-dist");
  const { window } = new JSDOM("<!doctype html>", {
    runScripts: "outside-only",
    pretendToBeVisual: true,
    // A console of its own that is heard by nobody: it complains of the canvas that it lacks.
    virtualConsole: new VirtualConsole(),
  });
  Object.assign(window, { TextDecoder, TextEncoder });
  Object.assign(window.URL, { createObjectURL: () => "blob:none" });
  window.eval(readFileSync(path, "utf8"));
  return window.Plotly as Plotly;
}

/** What plotly.js finds wrong in a figure by its own schema; empty when nothing. */
export function schemaComplaints(figure: { readonly data: unknown; readonly layout: unknown }): string[] {
  plotly ??= loadPlotly();
  const { data, layout } = JSON.parse(JSON.stringify(figure)) as { data: unknown; layout: unknown };
  const complaints = (plotly.validate(data, layout) ?? []).map(({ msg }) => msg);
  // A slider's arguments are free-form: plotly.js copies them and then complains that the copy is another object.
  return complaints.filter((message) => !/\.args\[\d\] \(set to '(.*)'\) got reset to '\1'/.test(message));
}
