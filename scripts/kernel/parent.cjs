// @ts-check
// Ends the kernel when the Jupyter process that started it is gone: nobody else would.
"use strict";

const parent = process.ppid;
// On Windows the variable holds a handle, not a process id.
const jupyter = process.platform === "win32" ? parent : Number(process.env.JPY_PARENT_PID);

/** @param {number} pid */
function exists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

setInterval(() => {
  // A killed process that nobody has waited for still exists, but has lost its children.
  if (process.ppid !== parent || !exists(jupyter)) process.kill(process.pid, "SIGKILL");
}, 1000);
