// The package as a stranger gets it: packed, installed into empty projects, bundled, opened in a browser, and imported by
// notebooks in a folder of their own.

import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { chromium } from "playwright-core";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium, launchOptions } from "../../../scripts/chromium.mjs";
import { apiPages } from "../../../scripts/docs.mjs";
import { inRoot, venvPython } from "../../../scripts/support/paths.mjs";

/** Outside of this folder, whose own packages would be found from below. */
const home = mkdtempSync(path.join(tmpdir(), "optimal-execution-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const tarball = path.join(home, "optimal-execution-0.1.0.tgz");
const settings = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
/** What may be imported, as `exports` names it: `"."`, `"./volatility"` … */
const entries = Object.keys(settings.exports).filter((entry) => !entry.endsWith(".json"));
const specifiers = entries.map((entry) => entry.replace(".", "optimal-execution"));

function run(folder: string, command: string, ...options: string[]): string {
  const { status, stdout, stderr } = spawnSync(command, options, {
    cwd: folder,
    encoding: "utf8",
    // The cache of the project's own installation.
    env: { ...process.env, npm_config_cache: inRoot(".cache", "npm"), NODE_PATH: "" },
  });
  if (status !== 0) throw new Error(`${command} ${options.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

/** An empty project with the package installed. */
function project(
  name: string,
  files: Readonly<Record<string, string>>,
  type = "commonjs",
  source = tarball,
): string {
  const folder = path.join(home, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name, private: true, type }));
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  run(folder, "npm", "install", ...quiet, source);
  return folder;
}

/** A program that uses the root and the linear programs, HiGHS included, and answers with some of their numbers. */
const program = `
import * as root from "optimal-execution";
import { solveLinearProgram } from "optimal-execution/linear";
const { defineProblem, optimalSchedule, boundedScheduleByHighs, certify, simulateCosts, remainingChart } = root;
const problem = defineProblem({
  shares: 1e6, horizon: 5, intervals: 5, volatility: 0.95, temporaryImpact: 2.5e-6, riskAversion: 1e-6,
});
const schedule = optimalSchedule(problem);
const byHighs = await boundedScheduleByHighs(problem, { upper: 250_000 });
const linear = await solveLinearProgram({ objective: [1, 2], rows: [{ coefficients: [1, 1], lower: 3 }] });
const answer = {
  trades: schedule.trades,
  verdict: certify(problem, schedule).verdict,
  mean: simulateCosts(problem, schedule, { paths: 1000, seed: 1 }).mean,
  byHighs: byHighs.status === "optimal" ? byHighs.schedule.trades : byHighs.message,
  linear: linear.status === "optimal" ? linear.value : linear.message,
  traces: remainingChart(problem, [schedule]).data.length,
};
`;

beforeAll(() => {
  run(home, "npm", "pack", "--silent", inRoot());
});

describe("the tarball", () => {
  test("holds the built library with its texts, and nothing else of the project", () => {
    const files = run(home, "tar", "tzf", tarball).trim().split("\n");
    const other = files.filter((file) => !/^package\/dist\/.+\.(js|d\.ts|js\.map)$/.test(file)).sort();
    expect(other).toEqual(
      ["CHANGELOG.md", "LICENSE", "README.md", "environment.md", "package.json"].map(
        (file) => `package/${file}`,
      ),
    );
  });

  test("is free of complaints by publint and by arethetypeswrong", async () => {
    const data = readFileSync(tarball);
    const bytes = data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength) as ArrayBuffer;
    const { messages } = await publint({ pack: { tarball: bytes }, strict: true });
    expect(messages).toEqual([]);
    const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(data)));
    if (!analysis.types) throw new Error("no types were found");
    expect(analysis.problems).toEqual([]);
    expect(Object.keys(analysis.entrypoints)).toEqual(Object.keys(settings.exports));
  });
});

describe("in an empty project", () => {
  const load = (imports: string): string => `${imports}
console.log(JSON.stringify(loaded.map((one) => Object.keys(one).length)));`;

  test("of CommonJS modules every entry loads, without tslab or Plotly", () => {
    const folder = project("commonjs", {
      "main.js": load(`const loaded = ${JSON.stringify(specifiers)}.map((name) => require(name));`),
      "inside.js": 'require("optimal-execution/dist/solve/bounded.js");',
      "deep.js": 'require("optimal-execution/solve/bounded");',
      "query.js":
        'require("optimal-execution/data").queryBars("SELECT 1").catch(({ message }) => console.log(message));',
    });
    const counts: number[] = JSON.parse(run(folder, process.execPath, "main.js"));
    expect(Math.min(...counts)).toBeGreaterThan(1);
    expect(
      readdirSync(path.join(folder, "node_modules")).filter((name) => /tslab|plotly/.test(name)),
    ).toEqual([]);
    // DuckDB comes only with programs that make queries.
    expect(run(folder, process.execPath, "query.js")).toContain("npm install @duckdb/node-api");
    for (const file of ["inside.js", "deep.js"]) {
      expect(() => run(folder, process.execPath, file)).toThrow("ERR_PACKAGE_PATH_NOT_EXPORTED");
    }
  });

  test("of ES modules every entry loads, with its names, and HiGHS is found", () => {
    const imports = specifiers.map((name, i) => `import * as m${i} from "${name}";`).join("\n");
    const list = specifiers.map((_, i) => `m${i}`).join(", ");
    const folder = project(
      "esm",
      {
        "main.js": load(`${imports}\nconst loaded = [${list}];`),
        "program.js": `${program}\nconsole.log(JSON.stringify(answer));`,
      },
      "module",
    );
    const counts: number[] = JSON.parse(run(folder, process.execPath, "main.js"));
    expect(Math.min(...counts)).toBeGreaterThan(1);
    expect(JSON.parse(run(folder, process.execPath, "program.js"))).toMatchObject({
      verdict: "optimal",
      linear: 3,
    });
  });

  test("of TypeScript every entry has its types: strict, in every kind of resolution, and as the kernel sees them", () => {
    const uses = `
import { defineProblem, optimalSchedule, type Schedule } from "optimal-execution";
import { fitGarch, type GarchFit } from "optimal-execution/volatility";
import { estimatePriceVolatility } from "optimal-execution/estimate";
import { solveLinearProgram, type LinearResult } from "optimal-execution/linear";
import { loadBars, type LoadedBars } from "optimal-execution/data";
import { benchmarkPrice } from "optimal-execution/tca";
import { progressBar } from "optimal-execution/notebook";
import { almgrenChriss2001, type PublishedFigure } from "optimal-execution/published";
import { seedAExample } from "optimal-execution/published/seedA";
import { seedBObjective } from "optimal-execution/published/seedB";
const schedule: Schedule = optimalSchedule(
  defineProblem({ shares: 1, horizon: 1, intervals: 2, volatility: 1, temporaryImpact: 1 }),
);
const first: number = schedule.trades[0];
const fit: GarchFit = fitGarch([]);
const bars: LoadedBars = loadBars("");
const linear: Promise<LinearResult> = solveLinearProgram({ objective: [1], rows: [] });
const numbers: readonly number[] = [first, benchmarkPrice("IS", { prices: [1, 2] }), seedAExample.N];
const bar: (fraction: number) => void = progressBar("");
// @ts-expect-error A schedule has no such field: the types are no "any".
schedule.bogus;
// @ts-expect-error Neither has an estimate.
estimatePriceVolatility([], 1).bogus;
const figures: readonly PublishedFigure[] = almgrenChriss2001;
export { bar, bars, figures, fit, linear, numbers, seedBObjective };
`;
    const folder = project("typescript", { "main.ts": uses, "main.mts": uses, "main.cts": uses });
    const modes: readonly (readonly [compiler: string, module: string, moduleResolution: string])[] = [
      ["typescript", "node16", "node16"],
      ["typescript", "nodenext", "nodenext"],
      ["typescript", "esnext", "bundler"],
      ["typescript-5-0", "commonjs", "node10"],
      ["typescript-5-0", "nodenext", "nodenext"],
    ];
    for (const [compiler, module, moduleResolution] of modes) {
      const config = {
        compilerOptions: {
          ...{ module, moduleResolution, noEmit: true, strict: true, exactOptionalPropertyTypes: true },
          ...{ target: "es2022", lib: ["es2022", "dom"], types: [], skipLibCheck: false },
        },
        // Where resolution knows no modules by their endings, one file stands for all.
        files: /^node(16|next)$/.test(moduleResolution) ? ["main.ts", "main.mts", "main.cts"] : ["main.ts"],
      };
      writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify(config));
      const tsc = inRoot("node_modules", compiler, "bin", "tsc");
      expect(run(folder, process.execPath, tsc), `${compiler}, ${moduleResolution}`).toBe("");
    }
  });
});

describe("the examples of the documentation", () => {
  test("compile in a strict project as they stand, but for their imports", () => {
    const names = new Map<string, string>();
    for (const specifier of specifiers) {
      const file = specifier.replace("optimal-execution", "").replace(/^\//, "");
      const source =
        file === "" ? "index.js" : file.startsWith("published/") ? `${file}.js` : `${file}/index.js`;
      for (const name of Object.keys(createRequire(inRoot("package.json"))(inRoot("dist", source)))) {
        if (!names.has(name)) names.set(name, specifier);
      }
    }
    const sources = readdirSync(inRoot("src"), { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".ts"),
    );
    const examples = sources.flatMap((file) => {
      const text = readFileSync(inRoot("src", file), "utf8");
      return [...text.matchAll(/@example\n \* ```ts\n([\s\S]*?)\n \* ```/g)].map(([, code]) =>
        code.replaceAll(/^ \* ?/gm, ""),
      );
    });
    expect(examples.length).toBeGreaterThan(100);
    const files = Object.fromEntries(
      examples.map((code, i) => {
        const used = [...names].filter(([name]) => new RegExp(`\\b${name}\\b`).test(code));
        const imports = used.map(([name, specifier]) => `import { ${name} } from "${specifier}";`);
        if (code.includes("readFileSync"))
          imports.push("declare function readFileSync(file: string): Uint8Array;");
        return [`example${i}.mts`, `${imports.join("\n")}\n${code}\nexport {};\n`];
      }),
    );
    const compilerOptions = {
      ...{ module: "nodenext", target: "es2022", lib: ["es2022"], types: [], strict: true, noEmit: true },
      skipLibCheck: false,
    };
    const config = JSON.stringify({ compilerOptions, include: ["*.mts"] });
    const folder = project("examples", { ...files, "tsconfig.json": config });
    expect(run(folder, process.execPath, inRoot("node_modules/typescript/bin/tsc"))).toBe("");
  });
});

describe("in a bundle", () => {
  const vite = inRoot("node_modules", "vite", "bin", "vite.js");
  let folder: string;
  beforeAll(() => {
    folder = project(
      "bundle",
      {
        "index.html":
          '<!doctype html><meta charset="utf-8"><title>page</title><script type="module" src="./page.js"></script>',
        "page.js": `${program}\nglobalThis.answer = answer;`,
        "program.js": `${program}\nconsole.log(JSON.stringify(answer));`,
        "vite.config.js": "export default { ssr: { noExternal: true }, build: { emptyOutDir: false } };",
      },
      "module",
    );
  });

  test.skipIf(findChromium() === undefined)(
    "the root and HiGHS run in Chromium, with the numbers that Node gives, bit for bit",
    async () => {
      run(folder, process.execPath, vite, "build", "--outDir", "page", "--logLevel", "error");
      const types: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript" };
      const server = createServer((request, response) => {
        const file = path.join(folder, "page", request.url === "/" ? "index.html" : (request.url ?? ""));
        if (!existsSync(file)) response.writeHead(404).end();
        else {
          response.setHeader("content-type", types[path.extname(file)] ?? "application/wasm");
          response.end(readFileSync(file));
        }
      }).listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      const { port } = server.address() as { port: number };
      const browser = await chromium.launch(launchOptions(findChromium() as string));
      try {
        const page = await browser.newPage();
        const faults: string[] = [];
        page.on("pageerror", (error) => faults.push(error.message));
        const hosts = new Set<string>();
        page.on("request", (request) => hosts.add(new URL(request.url()).host));
        await page.goto(`http://127.0.0.1:${port}/`);
        await page
          .waitForFunction("globalThis.answer !== undefined", undefined, { timeout: 30_000 })
          .catch(() => {
            throw new Error(`no answer: ${faults.join("; ")}`);
          });
        expect(await page.evaluate("globalThis.answer")).toEqual(
          JSON.parse(run(folder, process.execPath, "program.js")),
        );
        expect(faults).toEqual([]);
        expect([...hosts]).toEqual([`127.0.0.1:${port}`]);
      } finally {
        await browser.close();
        server.close();
      }
    },
  );

  test("for Node, HiGHS is found beside the bundle, and its absence is said with what to do", () => {
    const build = (file: string) =>
      run(folder, process.execPath, vite, "build", "--ssr", file, "--outDir", "node", "--logLevel", "error");
    build("program.js");
    // Away from the package, as a bundle is deployed.
    const elsewhere = path.join(home, "deployed");
    mkdirSync(elsewhere, { recursive: true });
    writeFileSync(path.join(elsewhere, "package.json"), '{"type":"module"}');
    const copyAll = (from: string, to: string): void => {
      mkdirSync(to, { recursive: true });
      for (const entry of readdirSync(from, { withFileTypes: true })) {
        const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
        if (entry.isDirectory()) copyAll(source, target);
        else copyFileSync(source, target);
      }
    };
    copyAll(path.join(folder, "node"), elsewhere);
    expect(() => run(elsewhere, process.execPath, "program.js")).toThrow(
      "In a bundle, copy node_modules/highs/build/highs.wasm beside it, say where it is with provideHighs",
    );
    const wasm = path.join(folder, "node_modules", "highs", "build", "highs.wasm");
    for (const place of [elsewhere, path.join(elsewhere, "assets")]) {
      mkdirSync(place, { recursive: true });
      copyFileSync(wasm, path.join(place, "highs.wasm"));
    }
    expect(JSON.parse(run(elsewhere, process.execPath, "program.js"))).toMatchObject({ linear: 3 });
  });
});

test("nothing public is without words, or left out of the pages though a public name needs it", async () => {
  expect(await apiPages()).toEqual([]);
});

describe("notebooks in a folder of one's own", () => {
  const cells = [
    'import { defineProblem, optimalSchedule, remainingChart } from "optimal-execution";\n' +
      'import { closeToCloseVolatility, priceVolatility } from "optimal-execution/volatility";\n' +
      'import { solveLinearProgram } from "optimal-execution/linear";\n' +
      'import { loadPrices } from "optimal-execution/data";\n' +
      'import { show } from "optimal-execution/notebook";',
    'const { prices } = loadPrices("prices.csv");\n' +
      "const σ = priceVolatility(closeToCloseVolatility(prices), { price: prices[0], periodLength: 1 });\n" +
      "const problem = defineProblem({ shares: 100, horizon: 1, intervals: 4, volatility: σ.value, temporaryImpact: 1e-3 });\n" +
      "show(remainingChart(problem, [optimalSchedule(problem)]));",
    "const least = await solveLinearProgram({ objective: [1], rows: [] });\nconsole.log(least.status);",
  ];
  const notebook = {
    cells: cells.map((source, i) => ({
      ...{ cell_type: "code", id: `cell-${i}`, execution_count: null, metadata: {}, outputs: [], source },
    })),
    metadata: { kernelspec: { name: "tslab", display_name: "TypeScript", language: "typescript" } },
    nbformat: 4,
    nbformat_minor: 5,
  };

  test.each(["tarball", "folder"])("run with the package installed from its %s", (source) => {
    const folder = project(
      `own notebooks from ${source}`,
      {
        "own.ipynb": JSON.stringify(notebook),
        "prices.csv": "date,price\n2024-01-02,100\n2024-01-03,101\n2024-01-04,100.5\n2024-01-05,102\n",
      },
      "commonjs",
      source === "tarball" ? tarball : inRoot(),
    );
    run(folder, venvPython, inRoot("scripts/python/execute.py"), path.join(folder, "out"), "own.ipynb");
    const { cells: done } = JSON.parse(readFileSync(path.join(folder, "out", "own.ipynb"), "utf8"));
    expect(Object.keys(done[1].outputs[0].data)).toContain("application/vnd.plotly.v1+json");
    expect([done[2].outputs[0].text].flat().join("")).toBe("optimal\n");
  });
});
