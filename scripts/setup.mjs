import { dist } from "./setup/dist.mjs";
import { kernelspec } from "./setup/kernelspec.mjs";
import { alone } from "./setup/lock.mjs";
import { packages } from "./setup/packages.mjs";
import { python } from "./setup/python.mjs";
import { endOnSignal } from "./support/processes.mjs";

/** @typedef {import("./setup/step.mjs").Step} Step */

/** Makes this folder ready for use: everything lands inside it, and what is up to date stays as it is. */
export function setUp() {
  return perform([packages, python, dist, kernelspec]);
}

/** @param {readonly Step[]} steps */
export function perform(steps) {
  return alone(async () => {
    for (const step of steps) await take(step);
  });
}

/** @param {Step} step */
async function take(step) {
  const began = performance.now();
  const name = step.name.padEnd(16);
  const done = step.isDone();
  if (!done) {
    if (process.stdout.isTTY) process.stdout.write(`${name} …\r`);
    await step.make();
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${name} ${done ? "unchanged" : "done     "} ${seconds.padStart(5)} s`);
}

export async function run() {
  endOnSignal();
  await setUp();
}
