// @ts-check
"use strict";

const { StringDecoder } = require("node:string_decoder");

/** The longest time, in milliseconds, that printed text waits to be joined by more. */
const PATIENCE = 50;

/** @typedef {"stdout" | "stderr"} StreamName */
/** @typedef {(type: string, content: object) => void} Publish */

/**
 * What one cell shows. Consecutive prints are joined into one message: Jupyter drops messages that come too
 * fast (1,000 a second by default), and a page that receives thousands of them crawls.
 */
class Output {
  #publish;
  #decoders = { stdout: new StringDecoder("utf8"), stderr: new StringDecoder("utf8") };
  /** @type {StreamName} */
  #stream = "stdout";
  #text = "";
  #lastFlush = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /** @param {Publish} publish */
  constructor(publish) {
    this.#publish = publish;
  }

  /**
   * @param {StreamName} stream
   * @param {unknown} chunk
   * @param {BufferEncoding} [encoding]
   */
  write(stream, chunk, encoding = "utf8") {
    if (stream !== this.#stream) this.flush();
    this.#stream = stream;
    this.#text += this.#decode(stream, chunk, encoding);
    // Timers stand still in a synchronous loop, so the clock is looked at as well.
    if (performance.now() - this.#lastFlush >= PATIENCE) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), PATIENCE);
  }

  /**
   * @param {{ data: object, metadata?: object, transient?: object }} bundle
   * @param {boolean} update whether it replaces what was shown under the same display id
   */
  display({ data, metadata = {}, transient = {} }, update) {
    this.publish(update ? "update_display_data" : "display_data", { data, metadata, transient });
  }

  /** @type {Publish} */
  publish(type, content) {
    this.flush();
    this.#publish(type, content);
  }

  flush() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastFlush = performance.now();
    if (this.#text === "") return;
    const text = this.#text;
    this.#text = "";
    this.#publish("stream", { name: this.#stream, text });
  }

  /**
   * @param {StreamName} stream
   * @param {unknown} chunk
   * @param {BufferEncoding} encoding
   */
  #decode(stream, chunk, encoding) {
    const decoder = this.#decoders[stream];
    if (chunk instanceof Uint8Array)
      return decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    const text = String(chunk);
    const isText = /^utf-?8$/i.test(encoding) || !Buffer.isEncoding(encoding);
    return isText ? text : decoder.write(Buffer.from(text, encoding));
  }
}

module.exports = { Output };
