// @ts-check
"use strict";

const fs = require("node:fs");
const path = require("node:path");

/** The folder of the library's compiled code. Node would keep its first version until a restart. */
class BuiltFolder {
  #folder;
  #files;

  /** @param {string} folder need not exist (yet) */
  constructor(folder) {
    this.#folder = folder;
    this.#files = this.#look();
  }

  /** @returns {string[]} the files that were added, written or removed since the last call */
  takeChanges() {
    const before = this.#files;
    const after = this.#look();
    this.#files = after;
    return [...new Set([...before.keys(), ...after.keys()])].filter(
      (file) => before.get(file) !== after.get(file),
    );
  }

  /** Makes the next `require` of each module of the folder load it again. */
  forgetModules() {
    const root = this.#realFolder() + path.sep;
    for (const file of Object.keys(require.cache)) if (file.startsWith(root)) delete require.cache[file];
  }

  #realFolder() {
    return fs.existsSync(this.#folder) ? fs.realpathSync(this.#folder) : path.resolve(this.#folder);
  }

  /** @returns {Map<string, string>} what tells one version of a file from the next */
  #look() {
    const files = new Map();
    const root = this.#realFolder();
    if (!fs.existsSync(root)) return files;
    for (const name of fs.readdirSync(root, { recursive: true, encoding: "utf8" })) {
      if (!/\.(js|json|d\.ts)$/.test(name)) continue;
      const file = path.join(root, name);
      const stat = fs.statSync(file, { throwIfNoEntry: false });
      if (stat) files.set(file, `${stat.mtimeMs} ${stat.size}`);
    }
    return files;
  }
}

module.exports = { BuiltFolder };
