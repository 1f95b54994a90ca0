import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { joined, notebookPaths, plotlyType, readNotebook } from "../../scripts/notebooks/notebook.mjs";
import { inRoot } from "../../scripts/support/paths.mjs";

const biome = createRequire(__filename).resolve("@biomejs/biome/bin/biome");

/** What biome would write differently in some pieces of code, each named by its cell; empty when nothing. */
function formatComplaints(cells: readonly { readonly id: string; readonly code: string }[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), "cells-"));
  try {
    const { formatter, javascript } = JSON.parse(readFileSync(inRoot("biome.json"), "utf8"));
    // Lines that fit into a notebook's column beside the file browser.
    const settings = {
      root: true,
      formatter: { ...formatter, lineWidth: 90 },
      javascript,
      // Biome would format its own settings too.
      json: { formatter: { enabled: false } },
    };
    writeFileSync(path.join(folder, "biome.json"), JSON.stringify(settings));
    for (const { id, code } of cells) writeFileSync(path.join(folder, `${id}.ts`), `${code.trimEnd()}\n`);
    const { status, stdout, stderr } = spawnSync(process.execPath, [biome, "format"], {
      cwd: folder,
      encoding: "utf8",
    });
    return status === 0 ? "" : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Properties abbreviated to the name of a variable of an earlier cell, `{ a }`, which the stock kernel cannot take.
 */
function abbreviations(cells: readonly string[]): string[] {
  const earlier = new Set<string>();
  const found: string[] = [];
  for (const code of cells) {
    const file = ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true);
    const own = new Set<string>();
    const visit = (node: ts.Node): void => {
      if (ts.isShorthandPropertyAssignment(node) && earlier.has(node.name.text)) found.push(node.name.text);
      // A parameter or a variable of the same name hides the earlier one; cells are too short to tell apart more.
      if (ts.isParameter(node) || ts.isVariableDeclaration(node)) {
        for (const name of names(node.name)) earlier.delete(name);
      }
      ts.forEachChild(node, visit);
    };
    const names = (name: ts.BindingName): string[] =>
      ts.isIdentifier(name)
        ? [name.text]
        : name.elements.flatMap((element) => (ts.isBindingElement(element) ? names(element.name) : []));
    const before = new Set(earlier);
    visit(file);
    for (const statement of file.statements) {
      if (!ts.isVariableStatement(statement)) continue;
      for (const { name } of statement.declarationList.declarations) {
        for (const one of names(name)) own.add(one);
      }
    }
    earlier.clear();
    for (const name of [...before, ...own]) earlier.add(name);
  }
  return found;
}

/** Numbers in prose that only a computation can give: with a decimal point or separated thousands. */
function computedNumbers(prose: string): string[] {
  const withoutCode = prose.replaceAll(/`[^`]*`|\$\$[\s\S]*?\$\$|\$[^$\n]*\$/g, "");
  return [...withoutCode.matchAll(/(?<![\w.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,])\d+\.\d+/g)].map(
    ([text]) => text,
  );
}

/** A test of the notebooks that a rule is for; for the others there is none, rather than one that is skipped. */
const testIf =
  (isFor: boolean) =>
  (claim: string, run: () => void): void => {
    if (isFor) test(claim, run);
  };

/** Whether a notebook answers one question for a stranger, with nothing to learn first and nothing to practice. */
const isStart = (name: string): boolean => name.startsWith("00_");

/** Whether a notebook holds the arguments about the source of another, `01b` of `01`: evidence to look up, without intentions and exercises. */
const isAppendix = (name: string): boolean => /^0[12]b_/.test(name);

describe.each(notebookPaths().map((file) => ({ name: path.basename(file), file })))(
  "$name",
  ({ name, file }) => {
    const { cells, metadata } = readNotebook(file);
    // A cell for the reader's own answers is empty, and is not run.
    const code = cells.filter(({ cell_type, source }) => cell_type === "code" && joined(source) !== "");
    const prose = cells
      .filter(({ cell_type }) => cell_type === "markdown")
      .map(({ source }) => joined(source));
    const sources = code.map(({ source }) => joined(source));
    // What code writes 1_000, prose writes 1,000.
    const typed = sources.join("\n").replaceAll(/(?<=\d)_(?=\d)/g, ",");
    const said = JSON.stringify(code.map(({ outputs }) => outputs)) + typed;

    test("is stored as executed from top to bottom, without times and without the traces of a machine", () => {
      expect(code.map(({ execution_count }) => execution_count)).toEqual(code.map((_, i) => i + 1));
      expect(code.flatMap((cell) => Object.keys(cell.metadata))).not.toContain("execution");
      expect(metadata.kernelspec).toMatchObject({ name: "tslab" });
      expect(said).not.toContain(inRoot());
      expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
      // What nbformat allows: nbconvert refuses a notebook with any other.
      expect(cells.map(({ id }) => id).filter((id) => !/^[\w-]{1,64}$/.test(id))).toEqual([]);
    });

    test("has one idea a cell: half of the cells have at most 7 lines, none more than 25", () => {
      const lines = sources.map((source) => source.split("\n").length).sort((a, b) => a - b);
      expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(7);
      expect(lines.at(-1)).toBeLessThanOrEqual(25);
    });

    test("imports the library by its name, and no loop runs at the top level of a cell", () => {
      expect(sources.join("\n")).toContain('from "optimal-execution"');
      expect(sources.filter((source) => /^(for|while|do)\b/m.test(source))).toEqual([]);
    });

    test("runs in the stock kernel, too: no property is abbreviated to a variable of an earlier cell", () => {
      expect(abbreviations(sources)).toEqual([]);
    });

    test("shows each point of a list on a line of its own", () => {
      const texts = code.flatMap(({ outputs = [] }) =>
        outputs.map(({ data = {} }) =>
          joined((data as Record<string, string | string[] | undefined>)["text/markdown"]),
        ),
      );
      expect(texts.filter((text) => /^- [\s\S]*[.!?] - /.test(text))).toEqual([]);
    });

    test("has its cells formatted", () => {
      expect(formatComplaints(code.map(({ id }, i) => ({ id, code: sources[i] })))).toBe("");
    });

    testIf(isStart(name))(
      "has its order in one cell, a chart within five, its warnings, and leads on to the others",
      () => {
        const tagged = code.filter(
          ({ metadata: { tags } }) => Array.isArray(tags) && tags.includes("parameters"),
        );
        expect(tagged).toHaveLength(1);
        const types = cells
          .slice(0, 5)
          .flatMap(({ outputs = [] }) => outputs.map(({ data = {} }) => Object.keys(data)));
        expect(types.flat()).toContain(plotlyType);
        expect(sources.join("\n")).toContain("warnings");
        const links = [...(prose.at(-1) ?? "").matchAll(/\]\(([^)#]+)/g)].map(([, target]) => target ?? "");
        expect(links.length).toBeGreaterThanOrEqual(4);
        for (const link of links) expect(existsSync(path.join(path.dirname(file), link)), link).toBe(true);
      },
    );

    // What a lesson owes its reader.
    testIf(!isStart(name) && !isAppendix(name))(
      "opens with three learning intentions and what it needs, and ends with what was learned and references",
      () => {
        const opening = prose[0];
        expect(opening.match(/^\d\. /gm)).toHaveLength(3);
        expect(opening).toContain("You need");
        const all = prose.join("\n");
        const parts = ["What we learned", "leaves out", "## Exercises", "### Solutions", "## References"];
        for (const part of parts) expect(all).toContain(part);
      },
    );

    testIf(!isAppendix(name) && sources.some((source) => source.includes("defineProblem(")))(
      "shows the warnings of its order, so that a slip in a parameter is seen",
      () => {
        expect(sources.join("\n")).toMatch(/\bwarnings\b/);
      },
    );

    testIf(isAppendix(name))("names the source that it checks, quotes it, and says what was learned", () => {
      const all = prose.join("\n");
      expect(prose[0]).toMatch(/^# Appendix to Notebook \d\d\b/);
      expect(all.match(/^> /gm)?.length ?? 0).toBeGreaterThanOrEqual(5);
      expect(prose[0]).toContain("a public notebook in Python, *");
      for (const part of ["## What we learned", "## References"]) expect(all).toContain(part);
    });

    testIf(!isStart(name))("shows at least five checks that hold", () => {
      expect(said.match(/✓ /g)?.length ?? 0).toBeGreaterThanOrEqual(5);
    });

    test("says in prose no figure that its cells do not give", () => {
      expect(prose.flatMap(computedNumbers).filter((number) => !said.includes(number))).toEqual([]);
    });
  },
);

test("numbers in prose are found, those of formulas and code are not", () => {
  expect(
    computedNumbers("It costs 55,269.87 USD, 3.5 % more than $0.25$ or `1,000`, AC eq. 16, in 2001."),
  ).toEqual(["55,269.87", "3.5"]);
});

test("an abbreviated property is found, one that means a variable of its own cell is not", () => {
  expect(abbreviations(["const a = 1;", "const b = 2; f({ a, b });"])).toEqual(["a"]);
  expect(abbreviations(["const a = 1;", "f((a) => ({ a }));"])).toEqual([]);
});

test("a cell that is not formatted is found", () => {
  expect(formatComplaints([{ id: "fine", code: "const a = 1;" }])).toBe("");
  expect(formatComplaints([{ id: "untidy", code: "const a=1" }])).toContain("untidy.ts");
});
