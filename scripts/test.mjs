import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { findChromium } from "./chromium.mjs";
import { setUp } from "./setup.mjs";
import { compiler, inRoot } from "./support/paths.mjs";
import { endOnSignal, runTool, start } from "./support/processes.mjs";
import { countTests, sum, summary } from "./test/count.mjs";

/** @typedef {import("./test/count.mjs").Counts} Counts */

const report = inRoot(".cache/vitest.json");

/**
 * Everything that this project is checked by. A part that fails does not keep the others from running.
 *
 * @param {string[]} options for vitest
 */
export async function run(options) {
  endOnSignal();
  await setUp();

  const parts = [
    await check("types", [compiler, "-p", "tsconfig.check.json"]),
    // Cells are compiled by the TypeScript that tslab brings along: it has to understand our declarations.
    await check("declarations, as cells see them", [
      inRoot("node_modules/typescript-5-0/bin/tsc"),
      ...["-p", "tsconfig.notebook.json"],
    ]),
    await check("lint and format", [inRoot("node_modules/@biomejs/biome/bin/biome"), "check"]),
    await tests(options),
  ];

  if (findChromium() === undefined) console.log(withoutChromium());
  const total = sum(parts);
  console.log(summary(total));
  return total.failed > 0 ? 1 : 0;
}

/**
 * @param {string} name
 * @param {readonly string[]} tool a script of Node's and its options
 * @returns {Promise<Counts>}
 */
async function check(name, tool) {
  const began = performance.now();
  const { ok, output } = await runTool(process.execPath, tool);
  if (!ok) console.log(`\n${output.trim()}\n`);
  tell(name, ok, began);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
}

/**
 * @param {readonly string[]} options
 * @returns {Promise<Counts>}
 */
async function tests(options) {
  const began = performance.now();
  // A run that stops half-way must not be judged by the report of an earlier one.
  mkdirSync(inRoot(".cache"), { recursive: true });
  rmSync(report, { force: true });
  const vitest = start(
    process.execPath,
    [
      ...[inRoot("node_modules/vitest/vitest.mjs"), "run"],
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...options],
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  const [code] = await once(vitest, "exit");
  const counts = countTests(readReport(), code === 0);
  tell("tests", counts.failed === 0, began);
  return counts;
}

function readReport() {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * @param {string} name
 * @param {boolean} ok
 * @param {number} began
 */
function tell(name, ok, began) {
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${name.padEnd(32)} ${ok ? "passed" : "FAILED"} ${seconds.padStart(6)} s`);
}

function withoutChromium() {
  const where = process.env.CHROMIUM ? `there is none at CHROMIUM=${process.env.CHROMIUM}` : "none was found";
  return `
******************************************************************************
THE TESTS IN A BROWSER WERE SKIPPED: they need Chromium, and ${where}.
Debian and Ubuntu: apt-get install chromium. Elsewhere: install Chrome, Chromium
or Edge, or name the program of one: CHROMIUM=/path/to/chromium npm test
******************************************************************************
`;
}
