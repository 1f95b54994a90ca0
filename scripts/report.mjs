import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findChromium } from "./chromium.mjs";
import { dist } from "./setup/dist.mjs";
import { packages } from "./setup/packages.mjs";
import { perform } from "./setup.mjs";
import { Failure } from "./support/failure.mjs";
import { inRoot } from "./support/paths.mjs";
import { endOnSignal } from "./support/processes.mjs";

const usage = "Usage: npm run report -- ticket.json [--out FOLDER]";

/**
 * `npm run report -- ticket.json [--out FOLDER]`: the page that a desk reads before an order goes out, from its ticket, as one file
 * that works without a network; and its charts as PNGs where Chromium is found.
 *
 * @param {readonly string[]} options
 */
export async function run(options) {
  endOnSignal();
  const { file, out } = readOptions(options);
  const ticket = readTicket(file);
  await perform([packages, dist]);
  // Loaded only now: they may have been made by this very command.
  const { deskReport } = await import("optimal-execution");
  const { mimeBundle } = await import(inRoot("dist/notebook/show.js"));
  const { reportPage } = await import("./report/page.mjs");
  const report = inWords(() => deskReport(ticket), file);

  mkdirSync(out, { recursive: true });
  const stem = path.join(out, path.basename(file, path.extname(file)));
  writeFileSync(`${stem}.html`, reportPage(report, mimeBundle));
  console.log(`\n${report.title}\n\n${report.summary.join("\n")}\n`);
  console.log(`The report: ${path.relative(process.cwd(), `${stem}.html`)}`);
  await writeCharts(report, stem);
  return 0;
}

/** @param {readonly string[]} options */
function readOptions(options) {
  const at = options.indexOf("--out");
  const out = at < 0 ? "report" : options[at + 1];
  const files = options.filter((_, i) => at < 0 || (i !== at && i !== at + 1));
  const [file] = files;
  if (files.length !== 1 || file === undefined || out === undefined || file.startsWith("-"))
    throw new Failure(usage);
  if (!existsSync(file)) throw new Failure(`There is no file ${file}.\n${usage}`);
  return { file, out };
}

/** @param {string} file */
function readTicket(file) {
  const text = readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Failure(`${file} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * What is wrong with a ticket is said without a trace of the program.
 *
 * @template T
 * @param {() => T} make
 * @param {string} file
 * @returns {T}
 */
function inWords(make, file) {
  try {
    return make();
  } catch (error) {
    const { name, message } = /** @type {Error} */ (error);
    if (["InputError", "NoOptimumError", "RangeError"].includes(name))
      throw new Failure(`${file}: ${message}`);
    throw error;
  }
}

/**
 * @param {import("optimal-execution").DeskReport} report
 * @param {string} stem
 */
async function writeCharts({ parts }, stem) {
  const figures = parts.filter((part) => part.kind === "figure");
  if (figures.length === 0) return;
  if (findChromium() === undefined) {
    console.log(
      "Its charts are not written as PNGs: that takes Chromium, Chrome or Edge, and none was found.",
    );
    return;
  }
  const { picturesOf } = await import("./notebooks/pictures.mjs");
  const pictures = await picturesOf(figures);
  const names = pictures.map((picture, i) => {
    const name = `${stem}-${i + 1}.png`;
    writeFileSync(name, Buffer.from(picture, "base64"));
    return path.relative(process.cwd(), name);
  });
  console.log(`Its charts: ${names.join(", ")}`);
}
