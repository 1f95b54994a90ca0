// What `npm run report` writes, opened where there is no network.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchOptions } from "../../../scripts/chromium.mjs";
import { inRoot } from "../../../scripts/support/paths.mjs";
import { stock } from "../../plan/tickets";

const executablePath = findChromium();
const ticket = { ...stock, symbol: "A</script>&$B", participationCap: 0.3, lot: 100 };
let folder: string;

beforeAll(() => {
  mkdirSync(inRoot(".cache"), { recursive: true });
  folder = mkdtempSync(inRoot(".cache", "report of the test "));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(name: string, content: string, env: Record<string, string> = {}) {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return spawnSync(process.execPath, [inRoot("scripts/run.cjs"), "report", file, "--out", folder], {
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
}

describe.skipIf(executablePath === undefined)("with a browser", () => {
  test("the page draws its charts offline, in at most 1.5 MB, and every chart is a PNG too", async () => {
    const { status, stdout, stderr } = report("order.json", JSON.stringify(ticket));
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain("Sell 200,000 shares of A</script>&$B, 10:00 to 12:00");
    const page = path.join(folder, "order.html");
    expect(statSync(page).size).toBeLessThan(1.5e6);

    const browser = await chromium.launch(launchOptions(executablePath as string));
    try {
      const context = await browser.newContext({ offline: true, viewport: { width: 1000, height: 900 } });
      const tab = await context.newPage();
      const problems: string[] = [];
      tab.on("pageerror", (error) => problems.push(error.message));
      tab.on("request", (request) => {
        if (!/^(file|data|blob):/.test(request.url())) problems.push(request.url());
      });
      await tab.goto(pathToFileURL(page).href);
      await tab.waitForFunction(() => document.querySelectorAll(".chart .plot-container").length === 5);
      const found = await tab.evaluate(() => ({
        title: document.querySelector("h1")?.textContent,
        unnamed: document.querySelectorAll(".chart:not([aria-label^='Chart.'])").length,
        tables: document.querySelectorAll("table").length,
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }));
      expect(found).toEqual({
        title: "Sell 200,000 shares of A</script>&$B, 10:00 to 12:00",
        unnamed: 0,
        tables: 3,
        overflow: 0,
      });
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
    for (const i of [1, 2, 3, 4, 5]) {
      const png = readFileSync(path.join(folder, `order-${i}.png`));
      expect(png.subarray(1, 4).toString()).toBe("PNG");
    }
  });
});

test("without a browser the page is written, and that PNGs are missing is said", () => {
  const { status, stdout } = report("plain.json", JSON.stringify(ticket), { CHROMIUM: "/no/such/browser" });
  expect(status).toBe(0);
  expect(stdout).toContain(
    "Its charts are not written as PNGs: that takes Chromium, Chrome or Edge, and none was found.",
  );
  expect(existsSync(path.join(folder, "plain.html"))).toBe(true);
  expect(existsSync(path.join(folder, "plain-1.png"))).toBe(false);
});

test("what is wrong with a ticket is said in the library's words, and nothing is written", () => {
  const wrong = report("wrong.json", JSON.stringify({ ...ticket, shares: -5 }));
  expect(wrong.status).toBe(1);
  expect(wrong.stderr).toMatch(/wrong\.json: shares must be .*; got -5\./);
  expect(wrong.stderr).not.toContain("    at ");
  expect(existsSync(path.join(folder, "wrong.html"))).toBe(false);
  expect(report("broken.json", "{").stderr).toMatch(/broken\.json is not JSON/);
  const missing = spawnSync(process.execPath, [inRoot("scripts/run.cjs"), "report", "/no/ticket.json"], {
    encoding: "utf8",
  });
  expect(missing.stderr).toContain("There is no file /no/ticket.json.");
  const none = spawnSync(process.execPath, [inRoot("scripts/run.cjs"), "report"], { encoding: "utf8" });
  expect(none.stderr).toContain("Usage: npm run report -- ticket.json [--out FOLDER]");
});
