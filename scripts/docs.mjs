import { readFileSync } from "node:fs";
import path from "node:path";
import { packages } from "./setup/packages.mjs";
import { perform } from "./setup.mjs";
import { Failure } from "./support/failure.mjs";
import { inRoot, root } from "./support/paths.mjs";
import { endOnSignal } from "./support/processes.mjs";

const folder = inRoot("docs");

/** `npm run docs`: pages of everything public, in `docs/`, to be opened without a server. */
export async function run() {
  endOnSignal();
  await perform([packages]);
  const complaints = await apiPages(folder);
  if (complaints.length > 0) throw new Failure(complaints.join("\n"));
  console.log(`\nThe pages are in ${path.relative(root, folder)}: open index.html.`);
  return 0;
}

/** The modules that the package exports, as they stand in `src/`. */
function entryPoints() {
  const { exports } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
  /** @type {(string | { types: string })[]} */
  const entries = Object.values(exports);
  return entries.flatMap((entry) =>
    typeof entry === "string"
      ? []
      : [inRoot(entry.types.replace("./dist/", "src/").replace(/\.d\.ts$/, ".ts"))],
  );
}

/**
 * Reads every public comment, and writes the pages where a folder is given.
 *
 * @param {string} [out] folder of the pages
 * @returns {Promise<readonly string[]>} what is undocumented, not exported though a public name needs it, or linked wrongly
 */
export async function apiPages(out) {
  // Loaded only now: it may have been installed by this very command.
  const { Application, Logger, LogLevel } = await import("typedoc");
  /** @type {string[]} */
  const complaints = [];
  const app = await Application.bootstrap({
    entryPoints: entryPoints(),
    tsconfig: inRoot("tsconfig.json"),
    name: "optimal-execution",
    readme: inRoot("README.md"),
    disableGit: true,
    disableSources: true,
    validation: { notDocumented: true, notExported: true, invalidLink: true },
    requiredToBeDocumented: ["Function", "Interface", "TypeAlias", "Variable", "Property", "Class", "Method"],
    ...(out === undefined ? {} : { out }),
  });
  app.logger = new (class extends Logger {
    /**
     * @override
     * @param {string} message
     * @param {number} level
     */
    log(message, level) {
      if (level >= LogLevel.Warn) complaints.push(message);
    }
  })();
  const project = await app.convert();
  if (project === undefined) return complaints;
  app.validate(project);
  if (out !== undefined) await app.generateOutputs(project);
  return complaints;
}
