// @ts-check
// How a failed cell is put in words, in the three fields of a Jupyter `error` message.
"use strict";

const path = require("node:path");
const { fileURLToPath } = require("node:url");
const { inspect, types } = require("node:util");
const { innermostFirst, wrapped } = require("./words.cjs");

/** @typedef {{ ename: string, evalue: string, traceback: string[] }} Failure */

const REPOSITORY = path.join(__dirname, "..", "..");

/** tslab passes diagnostics and thrown values to the same function; this is the format of the former. */
const DIAGNOSTIC_FORMAT = "%s%d:%d - %s";

/** @param {unknown[]} args of the call by which tslab reports something */
const isDiagnostic = (args) => args.length === 5 && args[0] === DIAGNOSTIC_FORMAT;

/**
 * @param {unknown[][]} diagnostics tslab reports a fault and each of its reasons as diagnostics of the same place
 * @returns {Failure}
 */
function compileFailure(diagnostics) {
  /** @type {Map<string, string[]>} */
  const faults = new Map();
  for (const [, file, line, column, message] of diagnostics) {
    const place = `${line}:${column}`;
    const reasons = faults.get(place);
    if (reasons) reasons.push(String(message));
    else faults.set(place, [`${file}`, String(message)]);
  }
  const lines = [...faults].flatMap(([place, [file, ...reasons]]) => {
    const [first, ...others] = innermostFirst(reasons);
    return [`${file}${place} - ${first}`, ...others];
  });
  return { ename: "CompileError", evalue: lines[0] ?? "", traceback: lines.flatMap(asLines) };
}

/**
 * @param {unknown} value anything a cell may throw
 * @returns {Failure}
 */
function thrownFailure(value) {
  try {
    if (isInterrupt(value)) return failure("Interrupted", "the cell was interrupted");
    if (!isError(value)) return failure("Thrown", typeof value === "string" ? value : inspect(value));
    return failure(nameOf(value), String(value.message), [...framesOf(value), ...causesOf(value)]);
  } catch {
    // A getter or an inspection function of the value throws in its turn.
    return failure("Thrown", "a value that cannot be shown");
  }
}

/**
 * @param {string} ename
 * @param {string} evalue
 * @param {string[]} [lines]
 * @returns {Failure}
 */
function failure(ename, evalue, lines = []) {
  return { ename, evalue, traceback: [...heading(ename, evalue), ...lines] };
}

/**
 * @param {string} name
 * @param {string} message
 */
const heading = (name, message) => asLines(message === "" ? name : `${name}: ${message}`);

/**
 * The lines of a traceback, which are shown. (`evalue`, for programs, keeps the message as it is.)
 *
 * @param {string} text
 */
const asLines = (text) => wrapped(text).split("\n");

/**
 * @param {unknown} value
 * @returns {value is Error} errors made in another realm included
 */
const isError = (value) => value instanceof Error || types.isNativeError(value);

/**
 * The two errors an interrupt shows up as: Node's in a synchronous loop, tslab's in an `await`.
 *
 * @param {unknown} value
 */
const isInterrupt = (value) =>
  isError(value) &&
  (("code" in value && value.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED") ||
    value.message === "Interrupted asynchronously");

/** @param {Error} error */
const nameOf = (error) => String(error.name || "Error");

/**
 * @param {Error} error
 * @returns {string[]}
 */
function causesOf(error) {
  const lines = [];
  const seen = new Set([error]);
  for (let { cause } = error; cause !== undefined && !seen.has(/** @type {any} */ (cause)); ) {
    if (!isError(cause))
      return [...lines, ...heading("Caused by", typeof cause === "string" ? cause : inspect(cause))];
    seen.add(cause);
    lines.push(...heading(`Caused by: ${nameOf(cause)}`, String(cause.message)), ...framesOf(cause));
    cause = cause.cause;
  }
  return lines;
}

/** Node's own machinery, and the kernel's. What a reader can act on is in the cells and in libraries. */
const MACHINERY = /node:(internal|vm)|\/node_modules\/(tslab|@tslab|zeromq)\/|\/scripts\/kernel\//;

const CELL_FRAME = /^\s+at .*?(cell \[\w+\])/;

/**
 * @param {Error} error
 * @returns {string[]} the frames worth reading
 */
function framesOf(error) {
  const frames = String(error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line) && !MACHINERY.test(line.replaceAll("\\", "/")))
    .map(readable);
  // Without line numbers the anonymous functions of one cell look the same.
  return frames.filter((frame, i) => frame !== frames[i - 1]);
}

/** @param {string} frame */
function readable(frame) {
  return frame
    .replace(/(cell \[\w+\]):\d+:\d+/, "$1") // These are lines of the compiled code: they would mislead.
    .replace(/at Proxy\.(?=.*\(cell \[)/, "at ") // tslab keeps the functions of earlier cells in a Proxy.
    .replace(/file:\/\/[^\s)]+?(?=:\d+:\d+)/, (url) => fileURLToPath(url))
    .replace(/(:\d+):\d+(\)?)$/, "$1$2")
    .replace(REPOSITORY + path.sep, "");
}

/**
 * @param {Failure} failure
 * @returns {string | undefined} the label of the cell whose code led to it, if a frame tells
 */
function originOf({ traceback }) {
  const cells = traceback.map((line) => CELL_FRAME.exec(line)?.[1]);
  return cells.filter((cell) => cell !== undefined).at(-1);
}

module.exports = { compileFailure, isDiagnostic, originOf, thrownFailure };
