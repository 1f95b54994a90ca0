import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { Failure } from "./failure.mjs";
import { patience, signalGroup } from "./group.mjs";
import { inRoot, root, windows } from "./paths.mjs";

/** @typedef {import("node:child_process").ChildProcess} ChildProcess */

/** @type {Set<ChildProcess>} */
const running = new Set();

/** @type {import("node:stream").Writable | undefined} */
let watchdog;

/**
 * Starts a child at the head of a process group of its own. A Ctrl-C in the terminal then reaches this process
 * alone, which ends its children by one SIGTERM each: JupyterLab, given SIGINT and SIGTERM, forgets its kernels.
 *
 * @param {string} command
 * @param {readonly string[]} options
 * @param {import("node:child_process").SpawnOptions} settings
 * @returns {ChildProcess}
 */
export function start(command, options, settings = {}) {
  watchdog ??= startWatchdog();
  const child = spawn(command, options, {
    cwd: root,
    detached: !windows,
    windowsHide: true,
    stdio: ["ignore", "pipe", "pipe"],
    ...settings,
  });
  // A command that cannot be started has no id, and an error event instead of an exit.
  child.once("error", () => running.delete(child));
  if (child.pid === undefined) return child;
  running.add(child);
  watchdog.write(`+${child.pid}\n`);
  child.once("exit", () => {
    running.delete(child);
    watchdog?.write(`-${child.pid}\n`);
  });
  return child;
}

/** A process apart, which no signal to this one reaches. It ends with this one and keeps it from nothing. */
function startWatchdog() {
  const child = spawn(process.execPath, [inRoot("scripts/support/watchdog.mjs")], {
    cwd: root,
    detached: true,
    windowsHide: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const stdin = /** @type {import("node:net").Socket} */ (child.stdin);
  child.on("error", () => {});
  stdin.on("error", () => {});
  child.unref();
  stdin.unref();
  return stdin;
}

/**
 * Runs a tool to its end without a word; what it printed is for the caller to show.
 *
 * @param {string} command
 * @param {readonly string[]} options
 * @param {import("node:child_process").SpawnOptions} settings
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function runTool(command, options, settings = {}) {
  const child = start(command, options, settings);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
  }
  try {
    const [code] = await once(child, "close");
    return { ok: code === 0, output };
  } catch (error) {
    throw new Failure(`${command} cannot be started: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * @param {string} output
 * @param {number} count
 */
export const lastLines = (output, count) => output.trimEnd().split(/\r?\n/).slice(-count).join("\n");

/** @param {ChildProcess} child */
async function end(child) {
  const pid = /** @type {number} */ (child.pid);
  const gone = once(child, "exit");
  signalGroup(pid, "SIGTERM");
  const timer = setTimeout(() => signalGroup(pid, "SIGKILL"), patience);
  await gone;
  clearTimeout(timer);
  signalGroup(pid, "SIGKILL");
}

/** Ends every process that `start` started. */
export async function endAll() {
  await Promise.all([...running].map(end));
}

/**
 * Ends the children before this process goes: on Ctrl-C, on a polite kill, when the terminal is closed, and
 * when the parent dies without passing its signal on (npm puts a shell between that forwards nothing).
 *
 * @param {{ announce?: () => void, finish?: () => void }} actions `finish`: what is left to do when all children
 *   have ended
 * @returns {{ readonly begun: boolean }} whether this process is on its way out
 */
export function endOnSignal({ announce = () => {}, finish = () => {} } = {}) {
  const leaving = { begun: false };
  /** @param {NodeJS.Signals} signal */
  const leave = async (signal) => {
    if (leaving.begun) return;
    leaving.begun = true;
    announce();
    await endAll();
    finish();
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.on(signal, leave);

  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && leave("SIGHUP"), 500).unref();

  // A closed terminal makes every further line an error, and that must not keep us from ending the children.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  return leaving;
}
