import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";

/**
 * What a disk may have against a write, by the codes and words of the programs that meet it, and what to do about it.
 *
 * @type {{ signs: RegExp, advice: (place: string) => string }[]}
 */
const obstacles = [
  {
    signs: /\b(ENOSPC|EDQUOT)\b|no space left on device|disk quota exceeded/i,
    advice: () =>
      `The disk is full: the set-up takes about 1 GB in ${root}. Make room there, then start again.`,
  },
  {
    signs: /\bEROFS\b|read-only file system/i,
    advice: (place) =>
      `${place} cannot be written to, its disk is read-only. Copy the project to a disk that can be written to, ` +
      "and start it there.",
  },
  {
    signs: /\b(EACCES|EPERM)\b|permission denied/i,
    advice: (place) =>
      `You may not write to ${place}. Become its owner (on Linux and macOS: sudo chown -R "$USER" "${root}"), or ` +
      "copy the project to a folder of your own and start it there.",
  },
];

/**
 * @param {string} text a code of an error, or what a program has printed
 * @param {string} place
 * @returns {string | undefined} undefined if it does not speak of the disk
 */
export function explainDisk(text, place = root) {
  return obstacles.find(({ signs }) => signs.test(text))?.advice(place);
}

/**
 * @param {unknown} error anything that a command has thrown
 * @returns {string | undefined} undefined if it does not come from the disk
 */
export function explainError(error) {
  if (!(error instanceof Error && "code" in error)) return undefined;
  // A write to a file that is open already fails without naming it.
  const place = "path" in error ? String(error.path) : root;
  const code = String(error.code);
  const nearest = nearestOf(place);
  if (nearest.isFile && /^(ENOTDIR|EEXIST)$/.test(code)) {
    return `${nearest.place} is a file, but has to be a folder. Move it away, then start again.`;
  }
  // Node says ENOENT of a folder that cannot be made on a read-only disk.
  return explainDisk(code === "ENOENT" ? writeProblem(nearest.place) : code, place);
}

/**
 * The place itself if it exists, or else what exists of the way to it.
 *
 * @param {string} place
 * @returns {{ place: string, isFile: boolean }}
 */
function nearestOf(place) {
  try {
    return { place, isFile: statSync(place).isFile() };
  } catch {
    return nearestOf(path.dirname(place));
  }
}

/**
 * @param {string} place
 * @returns {string} the code of the error with which a write there would end, "" if with none
 */
function writeProblem(place) {
  try {
    accessSync(place, constants.W_OK);
    return "";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "";
  }
}
