import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inRoot } from "../support/paths.mjs";

/** Written straight into .venv, where its JupyterLab looks: nothing is registered outside this folder. */
const files = [
  {
    file: inRoot(".venv/share/jupyter/kernels/tslab/kernel.json"),
    content: {
      argv: [process.execPath, inRoot("scripts/kernel/launch.cjs"), "{connection_file}"],
      display_name: "TypeScript (tslab)",
      language: "typescript",
      interrupt_mode: "signal",
    },
  },
  {
    // JupyterLab would ask for its news in a pop-up, and look for updates of a version that is pinned here.
    file: inRoot(".venv/share/jupyter/lab/settings/overrides.json"),
    // And of the width of its list of files, the names get what the times of the last change would take.
    content: {
      "@jupyterlab/apputils-extension:notification": { fetchNews: "false", checkForUpdates: false },
      "@jupyterlab/filebrowser-extension:browser": { showLastModifiedColumn: false },
    },
  },
].map(({ file, content }) => ({ file, text: `${JSON.stringify(content, null, 2)}\n` }));

/** @type {import("./step.mjs").Step} */
export const kernelspec = {
  name: "tslab kernel",
  isDone: () => files.every(({ file, text }) => existsSync(file) && readFileSync(file, "utf8") === text),
  async make() {
    for (const { file, text } of files) {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  },
};
