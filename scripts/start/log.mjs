import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { explainError } from "../support/disk.mjs";
import { inRoot } from "../support/paths.mjs";

export const logFile = inRoot(".cache/jupyter.log");

export const lostPort = /port \d+ is (already in use|not available)/i;

/** Warnings that stay in the log file, because nobody who reads them has anything to do. */
const harmless = [
  // The server ends by a signal whenever the start command does.
  /received signal 15/,
  // Trust is for outputs with scripts. These notebooks have none, and to trust a file is its reader's decision.
  /Notebook .* is not trusted/,
  // jupyter_server counts the pings of its websockets in milliseconds, tornado in seconds. A shorter time, which would
  // please tornado, would close connections that are alive.
  /websocket_ping_timeout \(\d+\) cannot be longer/,
];

/**
 * Whether a line of JupyterLab's log is the first of a message that belongs on the terminal.
 *
 * @param {string} line
 */
export const isTrouble = (line) => /^\[[WEC] /.test(line) && !harmless.some((known) => known.test(line));

export function newLog() {
  mkdirSync(path.dirname(logFile), { recursive: true });
  writeFileSync(logFile, "");
}

/**
 * Everything goes to the log file; warnings and errors, with the lines that belong to them, to the terminal too.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @param {(line: string) => void} onLine
 */
export function follow(child, onLine) {
  let isShown = false;
  let isLogged = true;
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      if (isLogged) isLogged = log(line);
      onLine(line);
      if (line.startsWith("[")) isShown = isTrouble(line);
      if (isShown && !lostPort.test(line)) console.log(`[jupyter] ${line}`);
    });
  }
}

/**
 * Appends, for a second JupyterLab of this folder may write there as well.
 *
 * @param {string} line
 * @returns {boolean} whether the line was written; JupyterLab runs on without its log
 */
function log(line) {
  try {
    appendFileSync(logFile, `${line}\n`);
    return true;
  } catch (error) {
    console.log(`JupyterLab goes on without its log. ${explainError(error) ?? error}`);
    return false;
  }
}
