import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inRoot, root, venvPrograms, venvPython } from "../support/paths.mjs";
import { start } from "../support/processes.mjs";
import { exportTemplates } from "../support/templates.mjs";
import { follow, lostPort, newLog } from "./log.mjs";
import { given, names } from "./options.mjs";

/** What a newcomer sees first. */
const firstPage = "/lab/tree/notebooks/00_start.ipynb";

/** The time, in milliseconds, in which a JupyterLab that another one has come before of gives up. */
const settling = 10_000;

/**
 * Where JupyterLab listens: on this machine alone unless the user says otherwise.
 *
 * @param {readonly string[]} options
 */
export const hostOf = (options) => given(options, names.ip) ?? "127.0.0.1";

/**
 * A running JupyterLab.
 *
 * @param {readonly string[]} options the user's, passed on as they are
 * @param {number} port
 */
export function startLab(options, port) {
  const token = given(options, names.token) ?? (process.env.JUPYTER_TOKEN || randomBytes(24).toString("hex"));
  // A folder of the user's own has no notebooks/.
  const home = given(options, names.root) === undefined ? firstPage : "/lab";
  const page = given(options, names.page) ?? home;
  newLog();
  const child = start(venvPython, ["-m", "jupyterlab", ...defaults(options, port, page), ...options], {
    env: environment(token),
  });

  /** @type {string[]} */
  const lines = [];
  /** @type {Set<string>} */
  const kernels = new Set();
  let isListening = false;
  let hasLostPort = false;
  follow(child, (line) => {
    if (/Jupyter Server .* is running at/.test(line)) isListening = true;
    if (lostPort.test(line)) hasLostPort = true;
    lines.push(line);
    if (lines.length > 20) lines.shift();
    const kernel = /Kernel started: ([\w-]+)/.exec(line)?.[1];
    if (kernel !== undefined) kernels.add(kernel);
  });

  const host = hostOf(options);
  // "All addresses" is nothing that a browser could open.
  const visible = ["", "*", "0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host;
  const base = `/${given(options, names.base) ?? ""}/`.replace(/\/+/g, "/");
  const scheme = given(options, names.certificate) === undefined ? "http" : "https";
  const address = `${scheme}://${visible.includes(":") ? `[${visible}]` : visible}:${port}${base}`;
  const exited = once(child, "exit").then(([code]) => code === 0);

  return {
    url: `${address}${page.replace(/^\//, "")}${token && `?token=${encodeURIComponent(token)}`}`,
    /** Resolves when it has ended: true if that was its own orderly end. */
    exited,
    /** Whether it ended because another program listens on the port. */
    hasLostPort: () => hasLostPort && !isListening,
    lastLines: () => lines.join("\n"),
    endKernels: () => endKernels(kernels),
    /** Resolves to true as soon as it answers an HTTP request, to false if it ends before. */
    async answers() {
      let firstAnswer = Number.POSITIVE_INFINITY;
      while (child.exitCode === null && child.signalCode === null) {
        if (await isAnswered(address)) {
          firstAnswer = Math.min(firstAnswer, performance.now());
          // What answers may be another JupyterLab on the same port. This one says when it listens, unless its user has
          // silenced its log: then it would have ended by now if the port were not its own.
          if (isListening || performance.now() - firstAnswer > settling) return true;
        }
        await sleep(100);
      }
      return false;
    },
  };
}

/**
 * @param {readonly string[]} options
 * @param {number} port
 * @param {string} page
 */
function defaults(options, port, page) {
  /** @type {[readonly string[], string][]} */
  const table = [
    [names.ip, "--ServerApp.ip=127.0.0.1"],
    [names.port, `--ServerApp.port=${port}`],
    [names.root, `--ServerApp.root_dir=${root}`],
    [names.page, `--LabApp.default_url=${page}`],
    [names.kernel, "--MultiKernelManager.default_kernel_name=tslab"],
  ];
  // One kernel runs these notebooks, so one is offered. Whoever names a kernel, or says which ones to offer, gets those.
  if (given(options, [...names.kernel, ...names.kernels]) === undefined) {
    table.push([names.kernels, "--KernelSpecManager.allowed_kernelspecs=tslab"]);
  }
  const missing = table
    .filter(([aliases]) => given(options, aliases) === undefined)
    .map(([, option]) => option);
  if (process.getuid?.() === 0 && given(options, names.allowRoot) === undefined) {
    console.log("You are root, which JupyterLab refuses by default: starting it with --allow-root.");
    missing.push("--allow-root");
  }
  // Should the port be taken in the last moment, JupyterLab is to stop and not to settle on another.
  return [...missing, ...exportOptions(options), "--ServerApp.port_retries=0"];
}

/**
 * Lets "Save and Export Notebook As → HTML" describe its pictures. Slides and PDFs are made by heirs of that exporter, which would
 * inherit its template too.
 *
 * @param {readonly string[]} options
 */
function exportOptions(options) {
  if (given(options, names.template) !== undefined) return [];
  const templates = { HTML: "page", Slides: "reveal", WebPDF: "webpdf" };
  const chosen = Object.entries(templates).map(
    ([kind, template]) => `--${kind}Exporter.template_name=${template}`,
  );
  return [...exportTemplates, ...chosen];
}

/** @param {string} token kept out of the command line, which every user of the machine can read */
function environment(token) {
  return {
    ...process.env,
    JUPYTER_TOKEN: token,
    JUPYTERLAB_WORKSPACES_DIR:
      process.env.JUPYTERLAB_WORKSPACES_DIR ?? inRoot(".venv/share/jupyter/lab/workspaces"),
    // A kernel named tslab in the user's home must not come before the one of this folder.
    JUPYTER_PREFER_ENV_PATH: "1",
    VIRTUAL_ENV: inRoot(".venv"),
    PATH: [venvPrograms, process.env.PATH ?? ""].join(path.delimiter),
    PYTHONUNBUFFERED: "1",
  };
}

/** @param {string} address */
function isAnswered(address) {
  const { get } = address.startsWith("https:") ? https : http;
  return new Promise((resolve) => {
    // It is this machine that answers: that its certificate is home-made does not matter here.
    const request = get(`${address}api`, { timeout: 2000, rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(true);
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(false));
  });
}

/**
 * Kernels outlive a JupyterLab that was killed. Each names its connection file, and so its own id, in its command
 * line. (On Windows they have ended already, with the tree of processes.)
 *
 * @param {ReadonlySet<string>} ids
 */
function endKernels(ids) {
  if (ids.size === 0) return;
  const { stdout } = spawnSync("ps", ["-A", "-ww", "-o", "pid=,args="], { encoding: "utf8" });
  for (const [, pid, command = ""] of (stdout ?? "").matchAll(/^\s*(\d+) (.*)$/gm)) {
    const id = /kernel-([\w-]+)\.json/.exec(command)?.[1];
    if (id === undefined || !ids.has(id)) continue;
    try {
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It has ended in between.
    }
  }
}
