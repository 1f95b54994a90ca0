// Ends the children of a process that was killed, which can do so no longer: `node watchdog.mjs`, told on its standard
// input of each child that starts (`+123`) and ends (`-123`). However that process ends, the input ends with it.

import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { patience, signalGroup } from "./group.mjs";

/** @type {Set<number>} */
const children = new Set();

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith("+")) children.add(pid);
  else children.delete(pid);
}

for (const pid of children) signalGroup(pid, "SIGTERM");
const deadline = performance.now() + patience;
while (performance.now() < deadline && [...children].some((pid) => signalGroup(pid, 0))) await sleep(100);
for (const pid of children) signalGroup(pid, "SIGKILL");
