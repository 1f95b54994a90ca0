import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { explainDisk } from "../support/disk.mjs";
import { Failure } from "../support/failure.mjs";
import { compiler, inRoot } from "../support/paths.mjs";
import { lastLines, runTool } from "../support/processes.mjs";
import { stampedStep, stampOf } from "./step.mjs";

const source = inRoot("src");
const product = inRoot("dist");

export const dist = stampedStep({
  name: "dist",
  product,
  inputs() {
    const files = filesIn(source).sort();
    return [
      readFileSync(inRoot("tsconfig.json")),
      JSON.parse(readFileSync(inRoot("node_modules/typescript/package.json"), "utf8")).version,
      ...files.flatMap((file) => [file, readFileSync(path.join(source, file))]),
    ];
  },
  async make() {
    // Without its memory the compiler writes every file anew; where sources do not compile it writes none, and
    // notebooks that are open keep what was built before.
    rmSync(path.join(product, ".tsbuildinfo"), { force: true });
    const { ok, output } = await runTool(process.execPath, [compiler, "-p", "tsconfig.json"]);
    if (!ok) {
      const disk = explainDisk(output);
      const problem = disk === undefined ? "src/ does not compile" : "dist/ could not be written";
      throw new Failure(`${problem}:\n${lastLines(output, 40)}${disk === undefined ? "" : `\n${disk}`}`);
    }
    removeOrphans();
  },
});

/**
 * What the compiler's watch mode leaves to be done after it has rebuilt: outputs of modules that are gone are
 * removed, and so is the stamp, which spoke of the sources that `dist` was built from before.
 */
export function tidyAfterRebuild() {
  removeOrphans();
  if (!dist.isDone()) rmSync(stampOf(product), { force: true });
}

/** Removes the outputs of modules that are gone, which the compiler leaves where they are. */
function removeOrphans() {
  for (const file of filesIn(product)) {
    const module = /^(.*?)(?:\.d\.ts|\.js\.map|\.js)$/.exec(file)?.[1];
    if (module !== undefined && !existsSync(path.join(source, `${module}.ts`))) {
      rmSync(path.join(product, file), { force: true });
    }
  }
}

/** @param {string} folder */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
}
