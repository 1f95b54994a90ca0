import { createInterface } from "node:readline";
import { tidyAfterRebuild } from "../setup/dist.mjs";
import { compiler } from "../support/paths.mjs";
import { start } from "../support/processes.mjs";

/** Keeps `dist/` fresh while notebooks are open: the kernel loads the new code when its import cell runs again. */
export function watchSources() {
  const child = start(process.execPath, [
    ...[compiler, "-p", "tsconfig.json"],
    ...["--watch", "--preserveWatchOutput", "--pretty", "false"],
  ]);
  if (child.stdout === null) return;

  let isFirst = true;
  /** @type {string[]} */
  let errors = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (/Found \d+ errors?\. Watching/.test(line)) {
      tidyAfterRebuild();
      // A deleted module is missed at first (TS6053): the compiler notices by itself and builds once more.
      const isPassing = errors.some((error) => error.startsWith("error TS6053"));
      if (errors.length > 0 && !isPassing) say([...errors, "dist stays as it was until src compiles"]);
      if (errors.length === 0 && !isFirst) say(["dist rebuilt"]);
      isFirst = false;
      errors = [];
    } else if (line.trim() !== "" && !/(Starting|File change detected\.)/.test(line)) {
      errors.push(line);
    }
  });
}

/** @param {readonly string[]} lines */
const say = (lines) => console.log(lines.map((line) => `[tsc] ${line}`).join("\n"));
