import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { type Example, library, runExample } from "./examples";

const root = join(__dirname, "..", "..");

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? sourceFiles(join(folder, entry.name)) : [join(folder, entry.name)],
  );
}

/** Name and documentation comment of every function that a file exports. */
function documented(path: string): { name: string; comment: string }[] {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  return source.statements.flatMap((statement) => {
    if (!ts.isFunctionDeclaration(statement)) return [];
    if (!statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    // The body behind overloads is not seen by callers, who read the overloads' comments.
    const isOverloaded = source.statements.some(
      (other) =>
        other !== statement && ts.isFunctionDeclaration(other) && other.name?.text === statement.name?.text,
    );
    if (isOverloaded && statement.body !== undefined) return [];
    const ranges = ts.getLeadingCommentRanges(source.text, statement.pos) ?? [];
    const comment = ranges.map(({ pos, end }) => source.text.slice(pos, end)).at(-1) ?? "";
    return [{ name: statement.name?.text ?? "", comment: comment.replaceAll(/^ *\* ?/gm, "") }];
  });
}

/** Calls that are made for what they do, not for what they return. */
const givesNothing = new Set(["confirm", "confirmPublished", "provideHighs", "say", "show"]);

const publicNames = new Set(Object.keys(library));
const documentation = sourceFiles(join(root, "src"))
  .flatMap(documented)
  .filter(({ name }) => publicNames.has(name));

/** What cannot be shown by a line of code with a result: the call that needs a notebook. */
const withoutExample = new Set(["say", "show"]);

/** Worker threads run what is built: the platform's tests run these. */
const ofBuild = new Set(["planBatch", "simulateCostsParallel"]);

describe("every public call", () => {
  test("is documented, with its arguments and what it returns", () => {
    const functions = Object.entries(library).filter(
      ([name, value]) => typeof value === "function" && !name.endsWith("Error"),
    );
    expect([...new Set(documentation.map(({ name }) => name))].sort()).toEqual(
      functions.map(([name]) => name).sort(),
    );
    for (const { name, comment } of documentation) {
      expect(comment.length, name).toBeGreaterThan(60);
      expect(comment, name).toContain("@param");
      if (!givesNothing.has(name)) expect(comment, name).toContain("@returns");
    }
  });

  for (const { name, comment } of documentation) {
    if (withoutExample.has(name) || ofBuild.has(name)) continue;
    test(`${name}'s example gives what it says`, async () => {
      const code = /@example\n```ts\n([\s\S]*?)\n```/.exec(comment)?.[1];
      expect(code, `${name} has an example`).toBeDefined();
      expect(await runExample({ where: name, code: code as string })).toBeGreaterThan(0);
    });
  }
});

test("the README's example gives what it says", async () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const examples: Example[] = [...readme.matchAll(/```ts\n([\s\S]*?)\n```/g)].map((match) => ({
    where: "README.md",
    code: match[1],
  }));
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(await runExample(example)).toBeGreaterThan(0);
});

test("an example that claims a wrong result is caught, behind an await too", async () => {
  const wrong = [
    'formatNumber(1234); // → "1,235"',
    "1 / 3; // → 0.3334",
    "const third = await Promise.resolve(1 / 3);\nthird; // → 0.3334",
  ];
  for (const code of wrong) await expect(runExample({ where: "here", code })).rejects.toThrow();
});
