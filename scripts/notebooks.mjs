import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { editsOf, tryEdits } from "./notebooks/edits.mjs";
import { normalized, notebookPaths, readNotebook, writeNotebook } from "./notebooks/notebook.mjs";
import { setUp } from "./setup.mjs";
import { Failure } from "./support/failure.mjs";
import { inRoot, venvPython } from "./support/paths.mjs";
import { endOnSignal, runTool } from "./support/processes.mjs";

/**
 * `npm run notebooks [-- NAME …]`: executes the notebooks (all, or those whose file name contains a NAME), each from
 * a fresh kernel, and stores their outputs with pictures and without timestamps. When a cell of one fails, none is
 * stored. `npm run notebooks -- --html [NAME …]` writes them as pages instead, as they are stored.
 *
 * `npm run notebooks -- --edits [NAME …]` tries instead what a reader does: it changes parameters of each, one by one
 * and several at once, runs all, and says what failed and which numbers in the prose are no longer true.
 *
 * @param {readonly string[]} options
 */
export async function run(options) {
  const names = options.filter((option) => option !== "--edits" && option !== "--html");
  endOnSignal();
  await setUp();
  const files = notebookPaths().filter(
    (file) => names.length === 0 || names.some((name) => path.basename(file).includes(name)),
  );
  if (files.length === 0)
    throw new Failure(`No notebook in notebooks/ has a name with ${names.join(" or ")}.`);

  if (options.includes("--edits")) return tryAllEdits(files);
  // Loaded only now: npm packages may have been missing when this command began.
  if (options.includes("--html")) {
    const { writePages } = await import("./notebooks/pages.mjs");
    const pages = await writePages(files, inRoot("html"));
    console.log(`Wrote ${pages.map((page) => path.relative(inRoot(), page)).join(", ")}.`);
    return;
  }

  const executed = inRoot(".cache", "executed");
  console.log(`Executing ${files.map((file) => path.basename(file)).join(", ")} …`);
  const { ok, output } = await runTool(venvPython, [inRoot("scripts/python/execute.py"), executed, ...files]);
  if (!ok) throw new Failure(`${output.trim()}\n\nNothing was stored.`);

  const notebooks = files.map((file) => normalized(readNotebook(path.join(executed, path.basename(file)))));
  const { addPictures } = await import("./notebooks/pictures.mjs");
  await addPictures(notebooks);
  notebooks.forEach((notebook, i) => {
    writeNotebook(/** @type {string} */ (files[i]), notebook);
    writePictures(notebook);
  });
  console.log(`Stored ${files.length} notebook${files.length === 1 ? "" : "s"} with outputs.`);
}

/** @param {readonly string[]} files */
async function tryAllEdits(files) {
  let failed = 0;
  for (const file of files) {
    const { single, combined } = editsOf(file);
    console.log(`${path.basename(file)}, with`);
    for (const { edit, faults } of await tryEdits(file, [...single.map((one) => [one]), combined])) {
      console.log([`  ${edit}: ${faults.length === 0 ? "✓" : ""}`, ...faults].join("\n    "));
      failed += faults.length;
    }
  }
  if (failed > 0) throw new Failure(`${failed} fault${failed === 1 ? "" : "s"} after edits.`);
}

/**
 * The charts of cells that are tagged `readme` go to `notebooks/pictures/` as well, where the README shows them.
 *
 * @param {import("./notebooks/notebook.mjs").Notebook} notebook
 */
function writePictures({ cells }) {
  for (const { id, metadata, outputs = [] } of cells) {
    if (!(/** @type {string[]} */ (metadata.tags ?? []).includes("readme"))) continue;
    for (const { data = {} } of outputs) {
      if (!("image/png" in data)) continue;
      mkdirSync(inRoot("notebooks", "pictures"), { recursive: true });
      writeFileSync(
        inRoot("notebooks", "pictures", `${id}.png`),
        Buffer.from(String(data["image/png"]), "base64"),
      );
    }
  }
}
