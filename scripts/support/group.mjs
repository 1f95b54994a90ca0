import { spawnSync } from "node:child_process";
import { windows } from "./paths.mjs";

/** JupyterLab gives its kernels 5 s to end before it kills them: our patience, in milliseconds, has to be longer. */
export const patience = 8000;

/**
 * Signals a process that heads a group of its own, and the rest of the group.
 *
 * @param {number} pid
 * @param {NodeJS.Signals | 0} signal 0 only looks
 * @returns {boolean} whether there was a process to signal
 */
export function signalGroup(pid, signal) {
  try {
    if (windows && signal !== 0) {
      return spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { windowsHide: true }).status === 0;
    }
    return process.kill(windows ? pid : -pid, signal);
  } catch {
    return false;
  }
}
