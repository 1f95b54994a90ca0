// @ts-check
// Jupyter messages on ZeroMQ sockets, https://jupyter-client.readthedocs.io/en/stable/messaging.html
"use strict";

const { createHmac, randomUUID, timingSafeEqual } = require("node:crypto");
const { setTimeout } = require("node:timers/promises");

const DELIMITER = Buffer.from("<IDS|MSG>");

/**
 * @typedef {object} Message
 * @property {Buffer[]} identities the way back to the client
 * @property {{ msg_id: string, msg_type: string, [name: string]: unknown }} header
 * @property {any} content
 */

/** Signs what leaves the kernel and checks what comes in. */
class Codec {
  #key;
  #session = randomUUID();

  /** @param {string} key */
  constructor(key) {
    this.#key = key;
  }

  /**
   * @param {Buffer[]} frames
   * @returns {Message | undefined} undefined for what is no message or is not signed with the key
   */
  decode(frames) {
    const split = frames.findIndex((frame) => frame.equals(DELIMITER));
    const [signature, ...parts] = frames.slice(split + 1);
    const [header, , , content] = parts;
    if (split < 0 || !signature || !header || !content) return undefined;
    const expected = Buffer.from(this.#sign(parts));
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return undefined;
    return {
      identities: frames.slice(0, split),
      header: JSON.parse(header.toString()),
      content: JSON.parse(content.toString()),
    };
  }

  /**
   * @param {Message} parent the request that the message belongs to
   * @param {string} type
   * @param {object} content
   * @param {(Buffer | string)[]} route
   */
  encode(parent, type, content, route) {
    const header = {
      msg_id: randomUUID(),
      session: this.#session,
      username: "kernel",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.3",
    };
    const parts = [header, parent.header, {}, content].map((part) => JSON.stringify(part));
    return [...route, DELIMITER, this.#sign(parts), ...parts];
  }

  /** @param {(Buffer | string)[]} parts */
  #sign(parts) {
    if (this.#key === "") return "";
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }
}

/**
 * A socket that loses nothing. Left to its defaults, zeromq.js postpones one send in 512 and rejects those
 * made in the meantime (EBUSY); with no timeout it always sends at once, with no limit it never has to drop.
 */
class Outlet {
  #socket;

  /** @param {import("zeromq").Publisher | import("zeromq").Router} socket not bound yet */
  constructor(socket) {
    socket.sendTimeout = 0;
    socket.sendHighWaterMark = 0;
    this.#socket = socket;
  }

  /** @param {(Buffer | string)[]} frames */
  async send(frames) {
    while (!this.#socket.closed) {
      try {
        return await this.#socket.send(frames);
      } catch {
        await setTimeout(10);
      }
    }
  }
}

module.exports = { Codec, Outlet };
