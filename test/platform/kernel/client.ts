// A small Jupyter client: starts a kernel and talks to it in the raw protocol, so that the tests see every
// message and the order of messages.

import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, randomInt, randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Dealer, Subscriber } from "zeromq";

export const repository: string = resolve(__dirname, "../../..");
export const cache: string = join(repository, ".cache");

/** The project's kernel, or tslab as it comes. */
export type Kind = "project" | "stock";

/** The arguments of `node` that start a kernel. */
export function kernelArguments(kind: Kind, connectionFile: string): string[] {
  return kind === "project"
    ? [join(repository, "scripts/kernel/launch.cjs"), connectionFile]
    : [join(repository, "node_modules/tslab/bin/tslab"), "kernel", "--config-path", connectionFile];
}

export interface Message {
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what is in it depends on the type, and is what the tests check.
  readonly content: any;
}

/** A request and what came back for it. */
export class Exchange {
  /** What the kernel has broadcast, in order, without the status messages. */
  readonly messages: Message[] = [];
  /** The states the kernel has announced for the request. */
  readonly states: string[] = [];
  reply: Message | undefined;
  readonly #waiting = new Set<() => void>();

  /** Resolves when the kernel has replied and is idle. */
  done(): Promise<this> {
    return this.until(() => this.reply !== undefined && this.states.includes("idle"));
  }

  until(isReached: (exchange: this) => boolean): Promise<this> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isReached(this)) return;
        this.#waiting.delete(look);
        resolve(this);
      };
      this.#waiting.add(look);
      look();
    });
  }

  accept(message: Message, isReply: boolean): void {
    if (isReply) this.reply = message;
    else if (message.type === "status") this.states.push(message.content.execution_state);
    else this.messages.push(message);
    for (const look of [...this.#waiting]) look();
  }

  /** The contents of the messages of one type. */
  all(type: string): Message["content"][] {
    return this.messages.filter((message) => message.type === type).map(({ content }) => content);
  }

  get error(): Message["content"] {
    return this.all("error")[0];
  }

  text(stream: "stdout" | "stderr"): string {
    const parts = this.all("stream").filter(({ name }) => name === stream);
    return parts.map(({ text }) => text).join("");
  }
}

const channels = ["shell", "control", "iopub", "stdin", "hb"] as const;
type Ports = Record<(typeof channels)[number], number>;

const key = "the key of the tests";

/**
 * Where no system puts the other end of a connection: a port from there could be taken, even by a client that waits for the kernel
 * itself, between the time that it is found free and the time that the kernel binds it.
 */
const [lowestPort, highestPort] = [20_000, 32_000];
const chosen = new Set<number>();

async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowestPort, highestPort);
    if (chosen.has(port)) continue;
    chosen.add(port);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}

async function freePorts(): Promise<Ports> {
  const ports = await Promise.all(channels.map(async (channel) => [channel, await freePort()]));
  return Object.fromEntries(ports) as Ports;
}

/** Chooses ports and writes the file by which a kernel learns of them. */
export async function newConnection(): Promise<{ file: string; ports: Ports }> {
  const ports = await freePorts();
  const file = join(cache, `connection-${randomUUID()}.json`);
  const address = { transport: "tcp", ip: "127.0.0.1", key, signature_scheme: "hmac-sha256" };
  const fields = channels.map((channel) => [`${channel}_port`, ports[channel]]);
  mkdirSync(cache, { recursive: true });
  writeFileSync(file, JSON.stringify({ ...address, ...Object.fromEntries(fields) }));
  return { file, ports };
}

/** The client's side of a connection; the kernel may start later. */
export class Client {
  readonly #sockets = {
    shell: new Dealer({ linger: 0 }),
    control: new Dealer({ linger: 0 }),
    iopub: new Subscriber({ linger: 0, receiveHighWaterMark: 0 }),
  };
  readonly #session = randomUUID();
  readonly #exchanges = new Map<string, Exchange>();

  constructor(ports: Ports) {
    this.#sockets.iopub.subscribe();
    for (const channel of ["shell", "control", "iopub"] as const) {
      this.#sockets[channel].connect(`tcp://127.0.0.1:${ports[channel]}`);
      void this.#receive(channel);
    }
  }

  /** Resolves when the kernel answers and its broadcasts arrive. */
  async ready(): Promise<this> {
    for (;;) {
      const greeting = this.send("kernel_info_request", {});
      await greeting.until(() => greeting.reply !== undefined);
      if ((await within(100, greeting.done())) !== "late") return this;
    }
  }

  send(type: string, content: object, channel: "shell" | "control" = "shell"): Exchange {
    const header = {
      msg_id: randomUUID(),
      session: this.#session,
      username: "test",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.3",
    };
    const exchange = new Exchange();
    this.#exchanges.set(header.msg_id, exchange);
    const parts = [header, {}, {}, content].map((part) => JSON.stringify(part));
    const signature = createHmac("sha256", key).update(parts.join("")).digest("hex");
    void this.#sockets[channel].send(["<IDS|MSG>", signature, ...parts]);
    return exchange;
  }

  execute(code: string, options: { silent?: boolean; stop_on_error?: boolean } = {}): Exchange {
    return this.send("execute_request", { code, ...options });
  }

  /** Executes a cell to its end. */
  run(code: string): Promise<Exchange> {
    return this.execute(code).done();
  }

  close(): void {
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  async #receive(channel: "shell" | "control" | "iopub"): Promise<void> {
    for await (const frames of this.#sockets[channel]) {
      const parts = frames.map((frame) => frame.toString());
      const [, header, parent, , content] = parts.slice(parts.indexOf("<IDS|MSG>") + 1);
      const message = { type: JSON.parse(header ?? "").msg_type, content: JSON.parse(content ?? "") };
      const request = JSON.parse(parent ?? "").msg_id;
      this.#exchanges.get(request)?.accept(message, channel !== "iopub");
    }
  }
}

/** A kernel that was started, with a client of it. */
export class Kernel extends Client {
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  readonly #process: ChildProcess;
  readonly #file: string;

  private constructor(process: ChildProcess, file: string, ports: Ports) {
    super(ports);
    this.#process = process;
    this.#file = file;
    this.ended = new Promise((resolve) => process.once("exit", () => resolve()));
  }

  static async start(kind: Kind, cwd: string, env: Record<string, string> = {}): Promise<Kernel> {
    // Another program may take one of the ports before the kernel does: the kernel then ends, and others are tried.
    for (let attempts = 3; attempts > 0; attempts--) {
      const { file, ports } = await newConnection();
      const child = spawn(process.execPath, kernelArguments(kind, file), {
        cwd,
        env: { ...process.env, ...env },
        stdio: "ignore",
      });
      const kernel = new Kernel(child, file, ports);
      const isReady = await Promise.race([kernel.ready().then(() => true), kernel.ended.then(() => false)]);
      if (isReady) return kernel;
      await kernel.stop();
    }
    throw new Error(`The ${kind} kernel has ended three times before it answered.`);
  }

  interrupt(): void {
    this.#process.kill("SIGINT");
  }

  async stop(): Promise<void> {
    this.close();
    this.#process.kill("SIGKILL");
    await this.ended;
    rmSync(this.#file, { force: true });
  }
}

/** Waits no longer than the given time, in milliseconds. */
export async function within<T>(limit: number, promise: Promise<T>): Promise<T | "late"> {
  const alarm = new AbortController();
  const late = setTimeout(limit, "late" as const, { signal: alarm.signal }).catch(() => "late" as const);
  const first = await Promise.race([promise, late]);
  alarm.abort();
  return first;
}
