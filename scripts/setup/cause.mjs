import { explainDisk } from "../support/disk.mjs";

const noConnection =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|NewConnectionError|Failed to establish|name resolution|ProxyError|timed out/i;

const kept = "what has been downloaded so far is kept in .cache/.";

/**
 * A hint for the reader of a package tool's output: why it failed, and what to do.
 *
 * @param {string} output
 */
export function explainOutput(output) {
  const disk = explainDisk(output);
  if (disk !== undefined) return disk;
  return noConnection.test(output)
    ? "The package index cannot be reached: the set-up needs a network connection once. Behind a proxy, set " +
        `HTTPS_PROXY.\nThen start again: ${kept}`
    : `Start again when that is cured: ${kept}`;
}
