import { existsSync } from "node:fs";
import path from "node:path";
import { inRoot, windows } from "./support/paths.mjs";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
];

/** Where browsers are installed that do not put themselves on the PATH. */
const places = {
  darwin: ["", process.env.HOME ?? ""].flatMap((home) => [
    `${home}/Applications/Chromium.app/Contents/MacOS/Chromium`,
    `${home}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome`,
    `${home}/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge`,
  ]),
  win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((variable) =>
    [
      "Chromium\\Application\\chrome.exe",
      "Google\\Chrome\\Application\\chrome.exe",
      "Microsoft\\Edge\\Application\\msedge.exe",
    ].map((program) => path.join(process.env[variable] ?? "", program)),
  ),
};

/**
 * The program of a browser built on Chromium. CHROMIUM decides alone where it is set, so that a wrong path is
 * noticed instead of another browser being taken.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  if (process.env.CHROMIUM) return [process.env.CHROMIUM].find(existsSync);
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const onPath = names.flatMap((name) =>
    folders.map((folder) => path.join(folder, windows ? `${name}.exe` : name)),
  );
  const elsewhere = process.platform === "darwin" ? places.darwin : windows ? places.win32 : [];
  return [...onPath, ...elsewhere].find(existsSync);
}

/**
 * How to launch a Chromium that draws without a screen, asks nobody on the network for anything, and keeps what it
 * writes (beside the throw-away profile that playwright gives it) inside this folder.
 *
 * @param {string} executablePath
 */
export const launchOptions = (executablePath) => ({
  executablePath,
  args: [
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Chromium refuses to run its sandbox as root, as in most containers.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ],
  env: {
    .../** @type {Record<string, string>} */ (process.env),
    XDG_CONFIG_HOME: inRoot(".cache", "chromium"),
    XDG_CACHE_HOME: inRoot(".cache", "chromium"),
  },
});
