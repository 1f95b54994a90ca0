import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inRoot, root } from "../support/paths.mjs";

const lock = inRoot(".cache/setup.lock");

/**
 * Does the work while no other process of this clone does.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(work) {
  await acquire();
  const release = () => rmSync(lock, { force: true });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.off("exit", release);
    release();
  }
}

async function acquire() {
  mkdirSync(path.dirname(lock), { recursive: true });
  for (let told = false; !tryToCreate(); ) {
    const holder = readHolder();
    if (holder === undefined) continue;
    if (!isAlive(holder)) {
      takeAway(holder);
      continue;
    }
    if (!told) {
      told = true;
      console.log(
        `Another set-up (process ${holder}) is at work in this folder: waiting for it to end.\n` +
          `If process ${holder} is something else, delete ${path.relative(root, lock)}.`,
      );
    }
    await sleep(200);
  }
}

function tryToCreate() {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** The process that holds the lock: undefined when it was just released, NaN when its writer died half-way. */
function readHolder() {
  try {
    const text = readFileSync(lock, "utf8");
    const beingWritten = text === "" && Date.now() - statSync(lock).mtimeMs < 2000;
    return beingWritten ? undefined : Number.parseInt(text, 10);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (Number.isNaN(pid) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

/**
 * Removes the lock of a dead process. Two that wait see the same dead holder: the slower one must not remove
 * the lock which the faster one has made since, so it moves the file aside and looks at what it has got.
 *
 * @param {number} holder
 */
function takeAway(holder) {
  const aside = `${lock}.${process.pid}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  if (Object.is(Number.parseInt(readFileSync(aside, "utf8"), 10), holder)) rmSync(aside);
  else renameSync(aside, lock);
}

/**
 * @param {unknown} error
 * @param {string} code
 */
const hasCode = (error, code) => error instanceof Error && "code" in error && error.code === code;
