import { readFileSync } from "node:fs";
import path from "node:path";
import { Failure } from "../support/failure.mjs";
import { inRoot, root, windows } from "../support/paths.mjs";
import { lastLines, runTool } from "../support/processes.mjs";
import { explainOutput } from "./cause.mjs";
import { stampedStep } from "./step.mjs";

/** Fields of package.json that decide what `npm ci` installs; a new script or description changes nothing. */
const fields = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies", "overrides"];

export const packages = stampedStep({
  name: "npm packages",
  product: inRoot("node_modules"),
  inputs() {
    const manifest = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
    return [
      readFileSync(inRoot("package-lock.json")),
      JSON.stringify(fields.map((field) => manifest[field] ?? {})),
      `${process.version} ${process.platform} ${process.arch} ${root}`,
    ];
  },
  async make() {
    const { command, first } = npm();
    const { ok, output } = await runTool(
      command,
      // With NODE_ENV=production npm would leave out the devDependencies, which are all there is.
      [...first, "ci", "--include=dev", "--no-audit", "--no-fund"],
      {
        // .npmrc names the cache relative to the folder that npm was called in: here it is absolute.
        env: { ...process.env, npm_config_cache: inRoot(".cache/npm") },
        // npm ships to Windows as a .cmd file, which only a shell can run.
        shell: windows && first.length === 0,
      },
    );
    if (!ok)
      throw new Failure(
        `The npm packages could not be installed:\n${told(output)}\n${explainOutput(output)}`,
      );
  },
});

/**
 * What npm has to say; where it ends without an error, as on a full disk, its warnings.
 *
 * @param {string} output
 */
function told(output) {
  const lines = output
    .split(/\r?\n/)
    .filter((line) => !/A complete log of this run|^npm error\s*$/.test(line));
  const errors = lines.filter((line) => !/npm warn/.test(line));
  const isSilent = errors.every((line) => line.trim() === "");
  return lastLines((isSilent ? lines : errors).join("\n"), 15);
}

/** npm as a script when npm itself started us (then it is surely the one that fits), else the one on PATH. */
function npm() {
  const script = process.env.npm_execpath;
  // Other package managers set the same variable.
  return script !== undefined && path.basename(script) === "npm-cli.js"
    ? { command: process.execPath, first: [script] }
    : { command: "npm", first: [] };
}
