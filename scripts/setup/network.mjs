const noConnection =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|NewConnectionError|Failed to establish|name resolution|ProxyError|timed out/i;

/**
 * A hint for the reader of a package tool's output.
 *
 * @param {string} output
 */
export const explainNetwork = (output) =>
  noConnection.test(output)
    ? "The package index cannot be reached: the set-up needs a network connection once. Behind a proxy, set " +
      "HTTPS_PROXY.\nThen start again: what has been downloaded so far is kept in .cache/."
    : "Start again when that is cured: what has been downloaded so far is kept in .cache/.";
