import path from "node:path";

export const windows = process.platform === "win32";

export const root = path.resolve(import.meta.dirname, "../..");

/** @param {string[]} parts */
export const inRoot = (...parts) => path.join(root, ...parts);

/** The project's own compiler: `npx tsc` would run the older one that tslab brings along. */
export const compiler = inRoot("node_modules/typescript/bin/tsc");

export const venvPrograms = inRoot(".venv", windows ? "Scripts" : "bin");
export const venvPython = path.join(venvPrograms, windows ? "python.exe" : "python");
