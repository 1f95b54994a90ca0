import { once } from "node:events";
import { createServer } from "node:net";
import { Failure } from "../support/failure.mjs";

const usual = 8888;

/**
 * The port to listen on. One that the user asked for is used or refused, never replaced.
 *
 * @param {string | undefined} wanted
 * @param {string} host
 */
export async function choosePort(wanted, host) {
  if (wanted === undefined) {
    const port = await freeFrom(usual, host);
    if (port !== usual) console.log(`Port ${usual} is taken: using ${port}.`);
    return port;
  }
  const port = Number(wanted);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Failure(`--port needs a number from 1 to 65535, not "${wanted}".`);
  }
  const problem = await tryToListen(port, host);
  if (problem === "EADDRINUSE") {
    const other = await freeFrom(port + 1, host);
    throw new Failure(
      `Port ${port} is taken by another program, maybe a JupyterLab that still runs.\n` +
        `Free is, for one: npm start -- --port ${other}`,
    );
  }
  if (problem !== undefined) throw new Failure(`Port ${port} on ${host} cannot be used (${problem}).`);
  return port;
}

/**
 * @param {number} first
 * @param {string} host
 */
async function freeFrom(first, host) {
  for (let port = first; port < Math.min(first + 200, 65536); port += 1) {
    if ((await tryToListen(port, host)) === undefined) return port;
  }
  throw new Failure(`No free port was found from ${first} up: name one, as in npm start -- --port 20000`);
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} the code of the error, undefined if there is none
 */
async function tryToListen(port, host) {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, "listening");
    return undefined;
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : "unknown";
  } finally {
    server.close();
  }
}
