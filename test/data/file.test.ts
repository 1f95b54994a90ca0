import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadBars, loadPrices, parseBars } from "../../src/data/index";

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
    expect(loadBars(join(folder, "emini_1min.csv")).times).toHaveLength(2264);
    expect(loadPrices(join(folder, "emini_5s.csv")).prices).toHaveLength(3840);
  });
});
