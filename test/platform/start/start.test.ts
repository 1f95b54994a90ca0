import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isTrouble } from "../../../scripts/start/log.mjs";
import { given, names } from "../../../scripts/start/options.mjs";
import { choosePort } from "../../../scripts/start/port.mjs";
import { root, windows } from "../../../scripts/support/paths.mjs";
import { ended, listen, until } from "./clone";

async function occupy(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

async function freePort(): Promise<number> {
  const { server, port } = await occupy();
  server.close();
  await once(server, "close");
  return port;
}

describe("the options", () => {
  test("are understood in both notations, the last one counting", () => {
    expect(given(["--no-browser", "--port", "9000"], names.port)).toBe("9000");
    expect(given(["--port=9000", "--ServerApp.port=9001"], names.port)).toBe("9001");
    expect(given(["--ServerApp.base_url=/a=b/"], names.base)).toBe("/a=b/");
    expect(given(["--no-browser", "--portal=1"], names.port)).toBeUndefined();
  });

  test("name a port that is taken: refused at once, with one that is free", async () => {
    const { server, port } = await occupy();
    for (const options of [["--port", `${port}`], [`--port=${port}`], [`--ServerApp.port=${port}`]]) {
      const child = spawn(process.execPath, ["scripts/run.cjs", "start", "--no-browser", ...options], {
        cwd: root,
      });
      const { code, output } = await ended(child);
      expect(code).toBe(1);
      expect(output).toMatch(`Port ${port} is taken`);
      const other = Number(/--port (\d+)/.exec(output)?.[1]);
      expect(await choosePort(String(other), "127.0.0.1")).toBe(other);
      expect(output).not.toMatch(/npm packages|^ +at /m);
    }
    server.close();
  });

  test("name no port: the first free one from 8888 up", async () => {
    const first = await choosePort(undefined, "127.0.0.1");
    expect(first).toBeGreaterThanOrEqual(8888);
    const server = createServer().listen(first, "127.0.0.1");
    await once(server, "listening");
    expect(await choosePort(undefined, "127.0.0.1")).toBeGreaterThan(first);
    server.close();
  });

  test.each(["", "many", "70000", "0"])("name a port that is none: %j", async (port) => {
    await expect(choosePort(port, "127.0.0.1")).rejects.toThrow("--port needs a number");
  });
});

describe("the terminal", () => {
  test("shows warnings and errors of JupyterLab, and none about which nothing can be done", () => {
    expect(isTrouble("[W 2026-01-02 03:04:05.678 ServerApp] Kernel died, restarting")).toBe(true);
    expect(isTrouble("[C 2026-01-02 03:04:05.678 ServerApp] Bad config")).toBe(true);
    expect(isTrouble("[I 2026-01-02 03:04:05.678 ServerApp] Saving file")).toBe(false);
    expect(
      isTrouble("[W 2026-01-02 03:04:05.678 ServerApp] Notebook notebooks/00_start.ipynb is not trusted"),
    ).toBe(false);
    expect(
      isTrouble(
        "[W 2026-01-02 03:04:05.678 ServerApp] The websocket_ping_timeout (90000) cannot be longer than the websocket_ping_interval (30000).",
      ),
    ).toBe(false);
  });
});

/** A JupyterLab that `npm start` has brought up. */
interface Lab {
  readonly npm: ChildProcess;
  readonly url: URL;
  readonly output: () => string;
  request(place: string, init?: RequestInit): Promise<Response>;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** All processes but those that have ended and wait to be noticed. */
function processes(): Process[] {
  const list = execFileSync("ps", ["-A", "-ww", "-o", "pid=,ppid=,stat=,args="], { encoding: "utf8" });
  return [...list.matchAll(/^\s*(\d+)\s+(\d+)\s+([^Z\s]\S*)\s+(.*)$/gm)].map(
    ([, pid, parent, , command]) => ({
      pid: Number(pid),
      parent: Number(parent),
      command: command ?? "",
    }),
  );
}

function tree(top: number): Process[] {
  const all = processes();
  const found = all.filter(({ pid }) => pid === top);
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found;
}

function endOf(pids: readonly number[]): Promise<boolean> {
  return until(`the end of ${pids}`, () => !processes().some(({ pid }) => pids.includes(pid)));
}

describe.skipIf(windows)("npm start", () => {
  let port: number;
  // A JupyterLab that is killed leaves its runtime files behind: not in the user's home.
  const runtime = path.join(root, ".cache", "jupyter runtime");
  /** Whatever a failed test leaves running. */
  let left: number[] = [];

  beforeAll(async () => {
    await ended(spawn(process.execPath, ["scripts/run.cjs", "setup"], { cwd: root }));
  }, 300_000);

  afterAll(() => rmSync(runtime, { recursive: true, force: true }));

  afterEach(() => {
    const alive = processes().filter(({ pid }) => left.includes(pid));
    for (const { pid } of alive) process.kill(pid, "SIGKILL");
    left = [];
  });

  async function begin(...options: string[]): Promise<Lab> {
    port = await freePort();
    return ready(launch("--port", `${port}`, ...options));
  }

  function launch(...options: string[]): ChildProcess {
    const { JUPYTER_TOKEN: _, ...env } = process.env;
    // A group of its own, as in a terminal.
    const npm = spawn("npm", ["start", "--", "--no-browser", ...options], {
      cwd: root,
      env: { ...env, JUPYTER_RUNTIME_DIR: runtime },
      detached: true,
    });
    left.push(npm.pid as number);
    return npm;
  }

  async function ready(npm: ChildProcess): Promise<Lab> {
    const output = listen(npm);
    const url = await until(`the address (so far: ${output()})`, () => /^ +(http:\S+)$/m.exec(output())?.[1]);
    const all = await until("the compiler's process", () => {
      const now = tree(npm.pid as number);
      return now.some(({ command }) => command.includes("--watch")) ? now : undefined;
    });
    left.push(...all.map(({ pid }) => pid));
    const address = new URL(url);
    const token = address.searchParams.get("token") ?? "";
    return {
      npm,
      url: address,
      output,
      request: (place, init = {}) =>
        fetch(new URL(place, address), { ...init, headers: { authorization: `token ${token}` } }),
    };
  }

  /** Starts a kernel, and gives the ids of all processes then. */
  async function withKernel({ npm, request }: Lab): Promise<number[]> {
    const response = await request("/api/kernels", { method: "POST", body: '{"name":"tslab"}' });
    expect(response.status).toBe(201);
    const all = await until("the kernel's process", () => {
      const now = tree(npm.pid as number);
      return now.some(({ command }) => command.includes("scripts/kernel/launch.cjs")) ? now : undefined;
    });
    expect(all.some(({ command }) => command.includes("jupyterlab"))).toBe(true);
    const pids = all.map(({ pid }) => pid);
    left.push(...pids);
    return pids;
  }

  test("answers who has the token, on this machine only; SIGTERM to npm ends it all", async () => {
    const lab = await begin();
    expect(lab.url.origin).toBe(`http://127.0.0.1:${port}`);
    expect(lab.url.pathname).toBe("/lab/tree/notebooks/00_start.ipynb");
    const token = lab.url.searchParams.get("token") as string;
    expect(token).toMatch(/^[0-9a-f]{48}$/);

    expect((await lab.request("/api/contents")).status).toBe(200);
    expect((await fetch(new URL("/api/contents", lab.url.origin))).status).toBe(403);
    expect((await fetch(new URL("/api/contents?token=wrong", lab.url.origin))).status).toBe(403);
    const home = await lab.request("/", { redirect: "manual" });
    expect(home.headers.get("location")).toMatch(/^\/lab\/tree\/notebooks\/00_start\.ipynb/);
    const exported = await (await lab.request("/nbconvert/html/notebooks/00_start.ipynb")).text();
    expect(exported).toMatch(/<img\s[^>]*alt="Chart\. /);
    const slides = await (await lab.request("/nbconvert/slides/notebooks/00_start.ipynb")).text();
    expect(slides).toContain("Reveal.initialize");

    // A page that is opened makes JupyterLab warn that its notebook is not trusted.
    await lab.request("/api/contents/notebooks/00_start.ipynb");
    expect(lab.output()).not.toContain("is not trusted");

    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
    const addresses = others.map(({ address }) => address).filter((address) => address !== "127.0.0.1");
    for (const address of ["::1", ...addresses]) await expect(reach(address)).rejects.toThrow();

    const specs = (await (await lab.request("/api/kernelspecs")).json()) as KernelSpecs;
    expect(specs.default).toBe("tslab");
    expect(Object.keys(specs.kernelspecs)).toEqual(["tslab"]);
    expect(specs.kernelspecs.tslab?.spec.argv[1]).toBe(`${root}/scripts/kernel/launch.cjs`);

    const pids = await withKernel(lab);
    expect(tree(lab.npm.pid as number).filter(({ command }) => command.includes(token))).toEqual([]);
    lab.npm.kill("SIGTERM");
    expect(await endOf(pids)).toBe(true);
  });

  async function reach(address: string): Promise<void> {
    const socket = connect({ host: address, port, timeout: 2000 });
    socket.once("timeout", () => socket.destroy(new Error("silence")));
    await once(socket, "connect");
    socket.destroy();
  }

  test("passes options on to JupyterLab, a folder of the user's own too; Ctrl-C ends it all", async () => {
    const own = mkdtempSync(path.join(tmpdir(), "own notebooks "));
    writeFileSync(path.join(own, "mine.ipynb"), "{}");
    const kernels = "--MultiKernelManager.default_kernel_name=python3";
    const lab = await begin("--ServerApp.base_url=/elsewhere/", `--notebook-dir=${own}`, kernels);
    // A folder of one's own has no notebooks/.
    expect(lab.url.pathname).toBe("/elsewhere/lab");
    const listing = (await (await lab.request("/elsewhere/api/contents")).json()) as {
      content: { name: string }[];
    };
    expect(listing.content.map(({ name }) => name)).toEqual(["mine.ipynb"]);
    // Whoever names a kernel gets all that there are.
    const specs = (await (await lab.request("/elsewhere/api/kernelspecs")).json()) as KernelSpecs;
    expect(specs.default).toBe("python3");
    expect(Object.keys(specs.kernelspecs).sort()).toEqual(["python3", "tslab"]);
    rmSync(own, { recursive: true });
    const pids = tree(lab.npm.pid as number).map(({ pid }) => pid);
    const gone = ended(lab.npm);
    process.kill(-(lab.npm.pid as number), "SIGINT");
    expect(await endOf(pids)).toBe(true);
    expect((await gone).code).not.toBe(0);
  });

  test("shows what JupyterLab says to an option that makes it end", async () => {
    const { code, output } = await ended(
      spawn(process.execPath, ["scripts/run.cjs", "start", "--version"], { cwd: root }),
    );
    expect(code).toBe(0);
    expect(output).toMatch(/JupyterLab has ended without starting\. It said [^\n]*\n4\.\d+\.\d+/);
  });

  test("ends with its kernels when its terminal is closed", async () => {
    const lab = await begin();
    const pids = await withKernel(lab);
    lab.npm.stdout?.destroy();
    lab.npm.stderr?.destroy();
    process.kill(-(lab.npm.pid as number), "SIGHUP");
    expect(await endOf(pids)).toBe(true);
  });

  test("says so when JupyterLab dies, and ends what is left, be it a kernel that hears nothing", async () => {
    const lab = await begin();
    const pids = await withKernel(lab);
    const kernel = processes().find(
      ({ pid, command }) => pids.includes(pid) && command.includes("launch.cjs"),
    );
    process.kill(kernel?.pid as number, "SIGSTOP");
    const gone = ended(lab.npm);
    process.kill(jupyterOf(lab), "SIGKILL");
    expect((await gone).code).toBe(1);
    expect(await endOf(pids)).toBe(true);
    expect(lab.output()).toMatch(/JupyterLab has ended by itself\. Its last lines:\n\[I .*Kernel started/s);
  });

  test("ends without a complaint when JupyterLab is shut down from its menu", async () => {
    const lab = await begin();
    const pids = tree(lab.npm.pid as number).map(({ pid }) => pid);
    const gone = ended(lab.npm);
    await lab.request("/api/shutdown", { method: "POST" });
    expect((await gone).code).toBe(0);
    expect(await endOf(pids)).toBe(true);
    expect(lab.output()).toMatch("JupyterLab was shut down.");
  });

  test("twice at once gives each a port and a token that work; killed, each ends it all", async () => {
    const labs = await Promise.all([launch(), launch()].map(ready));
    expect(new Set(labs.map(({ url }) => url.port)).size).toBe(2);
    const statuses = labs.map(async (lab) => (await lab.request("/api/contents")).status);
    expect(await Promise.all(statuses)).toEqual([200, 200]);

    const pids = (await Promise.all(labs.map(withKernel))).flat();
    for (const lab of labs) process.kill(startOf(lab), "SIGKILL");
    expect(await endOf(pids)).toBe(true);
  });

  /** The process of the start script, below npm and its shell. */
  function startOf(lab: Lab): number {
    const all = tree(lab.npm.pid as number);
    return all.find(({ command }) => /^\S*node scripts\/run\.cjs start/.test(command))?.pid as number;
  }

  function jupyterOf(lab: Lab): number {
    return tree(lab.npm.pid as number).find(({ command }) => command.includes("-m jupyterlab"))
      ?.pid as number;
  }
});

interface KernelSpecs {
  readonly default: string;
  readonly kernelspecs: Readonly<Record<string, { readonly spec: { readonly argv: readonly string[] } }>>;
}
