import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const floors = [
  "model",
  "impact",
  "cost",
  "solve",
  "simulate",
  "certify",
  "linear",
  "volatility",
  "estimate",
];
const desk = ["portfolio", "plan", "compare", "tca"];

/**
 * The rooms of `src/`, each with the rooms that it may import; itself and `support` it always may. What is not written
 * here is refused, types included.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  // The ground.
  support: [],
  model: [],
  impact: ["model"],

  // Three ways to the same number, formula, solver and simulation, and the judge of them. That they agree is worth
  // something only because they do not know each other.
  cost: ["model", "impact"],
  solve: ["model", "impact", "linear", "certify"],
  simulate: ["model", "impact"],
  certify: ["model", "impact"],

  // Linear programs of any origin.
  linear: [],

  // From data to parameters.
  volatility: ["model"],
  estimate: ["model"],
  data: ["model"],

  // What a desk asks of it all.
  portfolio: floors,
  compare: floors,
  plan: [...floors, "compare", "portfolio"],
  tca: ["model", "impact", "cost", "solve", "simulate"],

  // All cores for what one core does elsewhere.
  parallel: ["model", "solve", "certify", "simulate"],

  // What readers see. Only the notebook knows the kernel, and nothing knows the notebook.
  chart: [...floors, "data", ...desk],
  notebook: [...floors, "data", ...desk, "chart", "published"],

  // What sources print, faults kept: nobody computes with it, the notebook lays it beside ours.
  published: [],

  // The public face.
  index: [...floors, "data", ...desk, "parallel", "chart", "notebook"],
};

const mostLinesOfFile = 250;
const mostLinesOfFunction = 60;

/** The text of each file by its path from `src/`, with slashes. */
type Tree = Readonly<Record<string, string>>;

const roomOf = (file: string): string =>
  file.includes("/") ? file.split("/")[0] : file.replace(/\.ts$/, "");

function parse(tree: Tree, file: string): ts.SourceFile {
  return ts.createSourceFile(file, tree[file], ts.ScriptTarget.Latest, true);
}

function nodesIn(node: ts.Node): ts.Node[] {
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child, ...nodesIn(child));
  });
  return children;
}

/** What an import of any kind names: `import`, `export … from`, `import x = require()`, `import()` and `require()`. */
function specifierOf(node: ts.Node): string | undefined {
  let name: ts.Node | undefined;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) name = node.moduleSpecifier;
  else if (ts.isExternalModuleReference(node)) name = node.expression;
  else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) name = node.argument.literal;
  else if (ts.isCallExpression(node)) {
    const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword;
    if (isImport || node.expression.getText() === "require") name = node.arguments[0];
  }
  return name !== undefined && ts.isStringLiteralLike(name) ? name.text : undefined;
}

/** The files of the tree that a file imports; packages are left out. */
function importsOf(tree: Tree, file: string): string[] {
  const specifiers = nodesIn(parse(tree, file)).map(specifierOf);
  return [...new Set(specifiers)].flatMap((specifier) => {
    if (!specifier?.startsWith(".")) return [];
    const path = posix.join(posix.dirname(file), specifier).replace(/\.js$/, "");
    return [[`${path}.ts`, `${path}/index.ts`].find((name) => name in tree) ?? `${path}, which is not there`];
  });
}

function forbiddenImports(tree: Tree): string[] {
  return Object.keys(tree).flatMap((file) => {
    const room = roomOf(file);
    const allowed = mayImport[room];
    if (allowed === undefined) return [`${file} stands in no room of the table`];
    return importsOf(tree, file)
      .filter((other) => ![room, "support", ...allowed].includes(roomOf(other)))
      .map((other) => `${file} → ${other}`);
  });
}

/** Circles of imports, each as the way round it: at least one where there are any. */
function circles(tree: Tree): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) found.push([...way.slice(start), file].join(" → "));
    if (start >= 0 || done.has(file) || !(file in tree)) return;
    for (const other of importsOf(tree, file)) visit(other, [...way, file]);
    done.add(file);
  };
  for (const file of Object.keys(tree)) visit(file, []);
  return found;
}

function longFiles(tree: Tree): string[] {
  return Object.entries(tree).flatMap(([file, text]) => {
    const lines = text.trimEnd().split("\n").length;
    return lines > mostLinesOfFile ? [`${file} has ${lines} lines`] : [];
  });
}

function longFunctions(tree: Tree): string[] {
  return Object.keys(tree).flatMap((file) => {
    const source = parse(tree, file);
    const lineAt = (position: number): number => source.getLineAndCharacterOfPosition(position).line + 1;
    return nodesIn(source).flatMap((node) => {
      if (!ts.isFunctionLike(node)) return [];
      const first = lineAt(node.getStart());
      const lines = lineAt(node.end) - first + 1;
      const name = node.name?.getText() ?? "a function";
      return lines > mostLinesOfFunction ? [`${file}:${first} ${name} has ${lines} lines`] : [];
    });
  });
}

const root = join(__dirname, "..", "src");
const house: Tree = Object.fromEntries(
  readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file.replaceAll("\\", "/"), readFileSync(join(root, file), "utf8")]),
);

describe("in src/", () => {
  test("no file imports what the table does not allow", () => {
    expect(forbiddenImports(house)).toEqual([]);
  });

  test("no file imports itself by a way round", () => {
    expect(circles(house)).toEqual([]);
  });

  test(`no file has more than ${mostLinesOfFile} lines`, () => {
    expect(longFiles(house)).toEqual([]);
  });

  test(`no function has more than ${mostLinesOfFunction} lines`, () => {
    expect(longFunctions(house)).toEqual([]);
  });
});

describe("in src/portfolio/", () => {
  const others = (file: string): string[] =>
    importsOf(house, `portfolio/${file}.ts`).flatMap((name) =>
      roomOf(name) === "portfolio" ? [name.slice("portfolio/".length, -".ts".length)] : [],
    );

  // What a portfolio, a schedule and its limits are, and tools for matrices.
  const data = [
    "define",
    "limits",
    "market",
    "matrices",
    "portfolio",
    "schedule",
    "scheduleGate",
    "multiply",
    "eigen",
  ];

  test.each(["cost", "simulate"])("%s knows neither solvers nor the other", (file) => {
    expect(others(file).filter((name) => !data.includes(name))).toEqual([]);
  });

  test("the certificate knows neither solvers, nor cost formula, nor their tools", () => {
    const certificate = ["certify", "gap", "prices", "marginals", "curvature"];
    const known = [...certificate, "define", "limits", "market", "portfolio", "schedule", "scheduleGate"];
    expect(certificate.flatMap(others).filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe("this test", () => {
  test("reads the whole of src/, and sees its imports", () => {
    expect(Object.keys(house).length).toBeGreaterThan(70);
    expect(importsOf(house, "index.ts")).toContain("model/problem.ts");
    expect(importsOf(house, "chart/index.ts")).toContain("chart/volatility/index.ts");
  });

  test("has a table without circles, so that floors are floors", () => {
    const rooms = Object.fromEntries(
      Object.entries(mayImport).map(([room, others]) => [
        `${room}.ts`,
        others.map((other) => `import "./${other}";`).join("\n"),
      ]),
    );
    expect(circles(rooms)).toEqual([]);
  });

  test.each([
    'import { x } from "../cost/report";',
    'import type { X } from "../cost/report";',
    'import { type X } from "../cost/report.js";',
    'import "../cost/report";',
    'export * from "../cost/report";',
    'export type { X } from "../cost/report";',
    'import x = require("../cost/report");',
    'const x = () => import("../cost/report");',
    'let x: import("../cost/report").X;',
    'const x = () => require("../cost/report");',
  ])("reports a solver that says %s", (line) => {
    const tree = { "solve/route.ts": line, "cost/report.ts": "" };
    expect(forbiddenImports(tree)).toEqual(["solve/route.ts → cost/report.ts"]);
  });

  test("lets a room import itself, its support, what the table says, and packages", () => {
    const lines = ["./dense", "../support/numbers", "../model", "highs", "node:fs"].map(
      (name) => `import "${name}";`,
    );
    const tree = {
      "solve/route.ts": lines.join("\n"),
      "solve/dense.ts": "",
      "support/numbers.ts": "",
      "model/index.ts": "",
    };
    expect(forbiddenImports(tree)).toEqual([]);
    expect(importsOf(tree, "solve/route.ts")).toEqual([
      "solve/dense.ts",
      "support/numbers.ts",
      "model/index.ts",
    ]);
  });

  test("reports a room that the table does not know, and a file that is not there", () => {
    expect(forbiddenImports({ "cellar/wine.ts": "" })).toEqual([
      "cellar/wine.ts stands in no room of the table",
    ]);
    expect(forbiddenImports({ "support/a.ts": 'import "../cost/b";' })).toEqual([
      "support/a.ts → cost/b, which is not there",
    ]);
  });

  test("reports a circle once, type-only imports included, and no diamond", () => {
    const circle = {
      "model/a.ts": 'import "./b";',
      "model/b.ts": 'import type { C } from "./c";',
      "model/c.ts": 'import "./a";',
      "model/d.ts": 'import "./a"; import "./c";',
    };
    expect(circles(circle)).toEqual(["model/a.ts → model/b.ts → model/c.ts → model/a.ts"]);
    const diamond = {
      "a.ts": 'import "./b"; import "./c";',
      "b.ts": 'import "./d";',
      "c.ts": 'import "./d";',
      "d.ts": "",
    };
    expect(circles(diamond)).toEqual([]);
  });

  test("reports a file and a function of one line too many, whatever kind of function it is", () => {
    const body = (lines: number): string => `${"\n".repeat(lines - 1)}}`;
    const long = "// line\n".repeat(mostLinesOfFile);
    expect(longFiles({ "model/a.ts": long, "model/b.ts": `${long}// line\n` })).toEqual([
      `model/b.ts has ${mostLinesOfFile + 1} lines`,
    ]);
    const comment = "/**\n * A comment does not count.\n */\n";
    const at = (lines: number) => ({
      "model/a.ts": `${comment}function f() {${body(lines)}`,
      "model/b.ts": `const g = () => {${body(lines)};`,
      "model/c.ts": `class C { h() {${body(lines)} }`,
    });
    expect(longFunctions(at(mostLinesOfFunction))).toEqual([]);
    expect(longFunctions(at(mostLinesOfFunction + 1))).toEqual([
      "model/a.ts:4 f has 61 lines",
      "model/b.ts:1 a function has 61 lines",
      "model/c.ts:1 h has 61 lines",
    ]);
  });
});
