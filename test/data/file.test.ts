import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadBars, loadPrices, parseBars, splitSessions, volumeProfile } from "../../src/data/index";
import { sessionVolatility } from "../../src/volatility/index";

const text = "date,open,high,low,close,volume\n2013-02-28,10,12,9,11,1000\n2013-03-01,11,11.5,8,9,0\n";

describe("files", () => {
  const folder = mkdtempSync(join(tmpdir(), "csv-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("are read from disk, and called by their name in messages", () => {
    writeFileSync(join(folder, "good.csv"), text);
    writeFileSync(join(folder, "bad.csv"), text.replace("8,9", "-8,9"));
    const { findings, ...bars } = parseBars(text);
    expect(loadBars(join(folder, "good.csv"))).toEqual({
      ...bars,
      findings: { ...findings, encoding: "UTF-8" },
    });
    expect(() => loadBars(join(folder, "bad.csv"))).toThrow(
      'bad.csv, line 3, column 4 (low) must be a price, a number above 0; got the text "-8". ' +
        'Where prices may be 0 or below, as of power, spreads and rates, give options.prices: "any".',
    );
    expect(() => loadBars(join(folder, "none.csv"))).toThrow(
      "file must be the path of a file that can be read",
    );
    expect(() => loadBars(7 as never)).toThrow("file must be the path of a CSV file; got 7.");
  });
});

describe("the project's own data", () => {
  const folder = join(__dirname, "..", "..", "notebooks", "data");
  const readme = readFileSync(join(folder, "README.md"), "utf8");

  test("are what their README says: every file, with its checksum", () => {
    const files = readdirSync(folder).filter((file) => file.endsWith(".csv"));
    expect(files).toHaveLength(7);
    for (const file of files) {
      const sum = createHash("sha256")
        .update(readFileSync(join(folder, file)))
        .digest("hex");
      expect(readme, file).toContain(`| \`${file}\` | \`${sum}\` |`);
    }
  });

  test("load through the same call as anybody's, and hold no split", () => {
    for (const name of ["aapl", "fb", "goog", "ibm", "msft"]) {
      const { close, warnings } = loadBars(join(folder, `${name}.csv`));
      expect(warnings).toEqual([]);
      const moves = [...close].slice(1).map((price, i) => Math.abs(Math.log(price / close[i])));
      expect(Math.max(...moves), name).toBeLessThan(0.25);
    }
    expect(loadBars(join(folder, "simulated_1min.csv")).readAs).toBe(
      'comma, newest-first rows reversed, dates MM/DD/YYYY, close from "Last"',
    );
    expect(loadPrices(join(folder, "emini_5s.csv")).prices).toHaveLength(3840);
  });

  test("hold the truth that is stated of the simulated file", () => {
    const bars = loadBars(join(folder, "simulated_1min.csv"));
    const calendar = {
      timeZone: "America/New_York",
      open: "09:30",
      close: "16:00",
      halfDays: { "2024-11-29": "13:00" },
      holidays: ["2024-11-28"],
    };
    const split = splitSessions(bars, calendar);
    expect(split.missingSessions).toEqual([]);
    expect(split.outside.rows).toBe(0);
    expect(split.gaps.map(({ date, rows }) => [date, rows])).toEqual([["2024-11-26", 7]]);
    // σ = 0.04 from ten minutes on, where the bounce of ±0.01 adds 1% to the variance of 0.016.
    const [low, high] = sessionVolatility(split, { sampling: 10 }).interval;
    expect(low).toBeLessThan(0.04);
    expect(high).toBeGreaterThan(0.04);
    // 1 + 2u² has a mean of 1.667 over the session and of 2.708 over its first and last thirteenth.
    const { fractions, standardErrors } = volumeProfile(bars, calendar, { slices: 13 });
    for (const k of [0, 12]) {
      expect(Math.abs(fractions[k] - 2.7081 / 1.6667 / 13)).toBeLessThan(4 * standardErrors[k]);
    }
  });
});
