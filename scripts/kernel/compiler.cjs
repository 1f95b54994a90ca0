// @ts-check
// Repairs of the TypeScript compiler that tslab brings along and runs in watch mode.
"use strict";

const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

/** @typedef {typeof import("@tslab/typescript-for-tslab")} TypeScript */
/** @typedef {{ path: string, notify: (file: string, kind: number) => void }} Watcher */

/** Must run before any module of tslab is loaded. */
function repairCompiler() {
  const file = createRequire(require.resolve("tslab/package.json")).resolve("@tslab/typescript-for-tslab");
  /** @type {TypeScript} */
  const ts = require(file);
  /** @type {Set<Watcher>} */
  const fileWatchers = new Set();
  /** @type {Set<Watcher>} */
  const folderWatchers = new Set();

  /**
   * Takes the place of the compiler's function, in the one form in which tslab calls it.
   *
   * @param {string[]} rootFiles
   * @param {object} options
   * @param {any[]} rest
   */
  function createWatchCompilerHost(rootFiles, options, ...rest) {
    const create = /** @type {(...args: any[]) => any} */ (ts.createWatchCompilerHost);
    const host = create(rootFiles, { ...options, strict: true }, ...rest);
    separateTimers(host);
    host.watchFile = recorded(host.watchFile, fileWatchers);
    host.watchDirectory = recorded(host.watchDirectory, folderWatchers);
    return host;
  }

  /**
   * Takes the place of the compiler's function, and writes names of properties out before tslab sees them.
   *
   * @param {any} host
   */
  function createWatchProgram(host) {
    const { afterProgramCreate } = host;
    host.afterProgramCreate = (/** @type {any} */ builder) => {
      const { emit } = builder;
      builder.emit = (/** @type {any[]} */ ...args) => {
        const [source, write, token, only, transformers] = args;
        const before = [writtenOut(ts, builder.getProgram().getTypeChecker())];
        return emit(source, write, token, only, { ...transformers, before });
      };
      afterProgramCreate(builder);
    };
    return ts.createWatchProgram(host);
  }

  // The exports of the compiler are read-only, so tslab is handed a copy.
  const module = /** @type {NodeJS.Module} */ (require.cache[file]);
  module.exports = { ...ts, createWatchCompilerHost, createWatchProgram };

  /**
   * Tells the compiler about changes on disk. It watches the disk by itself, but may hear of a change only
   * after the cell that depends on it, and not at all of a package that is a link.
   *
   * @param {string[]} files
   */
  function filesChanged(files) {
    const changed = new Set(files.map(withSlashes));
    for (const { path: watched, notify } of [...fileWatchers]) {
      if (!changed.has(watched)) continue;
      const { Changed, Deleted } = ts.FileWatcherEventKind;
      notify(watched, fs.existsSync(watched) ? Changed : Deleted);
    }
    for (const { path: watched, notify } of [...folderWatchers]) {
      const inside = [...changed].filter((name) => name.startsWith(`${watched}/`));
      const linked = path.basename(watched) === "node_modules" ? linksIn(watched) : [];
      for (const name of [...inside, ...linked]) notify(name, ts.FileWatcherEventKind.Created);
    }
  }

  /**
   * Whether a cell ends with `process.stdout.write(…)`, whose value nobody wants to see.
   *
   * @param {string} code
   */
  function endsWithWrite(code) {
    const source = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest);
    const last = source.statements.at(-1);
    if (!last || !ts.isExpressionStatement(last) || !ts.isCallExpression(last.expression)) return false;
    return /^process\.std(out|err)\.write$/.test(last.expression.expression.getText(source));
  }

  return { version: ts.version, filesChanged, endsWithWrite };
}

/**
 * The compiler keeps two timers: one to update the program, one to look again for modules it did not find,
 * which it starts when a file appears. tslab has room for the first only (it fires it by hand, before each
 * cell) and throws for every cell from then on.
 *
 * @param {any} host
 */
function separateTimers(host) {
  const { setTimeout: setUpdateTimer, clearTimeout: clearUpdateTimer } = host;
  const lookups = new Set();
  host.setTimeout = (/** @type {() => void} */ callback, /** @type {number} */ delay) => {
    if (callback.name !== "invalidateResolutionsOfFailedLookup") return setUpdateTimer(callback, delay);
    const timer = setTimeout(() => {
      lookups.delete(timer);
      callback();
    }, delay);
    lookups.add(timer.unref());
    return timer;
  };
  host.clearTimeout = (/** @type {any} */ timer) => {
    if (!lookups.delete(timer)) return clearUpdateTimer(timer);
    clearTimeout(timer);
  };
}

/**
 * tslab turns a variable of an earlier cell, `a`, into `exports.a`. It overlooks the one in `{ a }`, which then is not
 * defined when the cell runs, and takes the property in `const { a: b } = c` for one, where the type of c comes from an
 * earlier cell. Both are written so that it cannot go wrong.
 *
 * @param {TypeScript} ts
 * @param {import("@tslab/typescript-for-tslab").TypeChecker} checker
 * @returns {(context: any) => (source: any) => any}
 */
function writtenOut(ts, checker) {
  return (context) => (source) => {
    const { factory } = context;
    /**
     * @param {any} node
     * @returns {any}
     */
    const visit = (node) => {
      if (
        ts.isBindingElement(node) &&
        node.propertyName !== undefined &&
        ts.isIdentifier(node.propertyName)
      ) {
        // An identifier that was not parsed stands for nothing but its text.
        const property = factory.createIdentifier(node.propertyName.text);
        const { dotDotDotToken, name, initializer } = ts.visitEachChild(node, visit, context);
        return factory.updateBindingElement(node, dotDotDotToken, property, name, initializer);
      }
      if (!ts.isShorthandPropertyAssignment(node)) return ts.visitEachChild(node, visit, context);
      const declarations = checker.getShorthandAssignmentValueSymbol(node)?.declarations ?? [];
      // The file in which tslab declares what earlier cells have left.
      const isEarlier = declarations.some((one) =>
        /(^|\/)__prev__\.d\.ts$/.test(one.getSourceFile().fileName),
      );
      if (!isEarlier) return ts.visitEachChild(node, visit, context);
      const name = node.name.text;
      const value = factory.createPropertyAccessExpression(factory.createIdentifier("exports"), name);
      const fallback = node.objectAssignmentInitializer;
      return factory.createPropertyAssignment(
        name,
        fallback === undefined ? value : factory.createAssignment(value, ts.visitNode(fallback, visit)),
      );
    };
    return ts.visitEachChild(source, visit, context);
  };
}

/** @typedef {(path: string, notify: Watcher["notify"], ...rest: unknown[]) => { close(): void }} Watch */

/**
 * @param {Watch} watch
 * @param {Set<Watcher>} watchers filled with those at work
 * @returns {Watch}
 */
function recorded(watch, watchers) {
  return (path, notify, ...rest) => {
    const watcher = { path, notify };
    const handle = watch(path, notify, ...rest);
    watchers.add(watcher);
    return {
      close() {
        watchers.delete(watcher);
        handle.close();
      },
    };
  };
}

/** @param {string} folder */
function linksIn(folder) {
  if (!fs.existsSync(folder)) return [];
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isSymbolicLink()).map((entry) => `${folder}/${entry.name}`);
}

/** @param {string} file The compiler writes paths with slashes, on Windows too. */
const withSlashes = (file) => file.replaceAll(path.sep, "/");

module.exports = { repairCompiler };
