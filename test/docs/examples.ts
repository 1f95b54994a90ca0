import { readFileSync } from "node:fs";
import ts from "typescript";
import { expect, vi } from "vitest";
import * as data from "../../src/data/index";
import * as estimate from "../../src/estimate/index";
import * as root from "../../src/index";
import * as linear from "../../src/linear/index";
import * as notebook from "../../src/notebook/index";
import * as portfolio from "../../src/portfolio/index";
import * as published from "../../src/published/index";
import * as seedA from "../../src/published/seedA";
import * as seedB from "../../src/published/seedB";
import * as tca from "../../src/tca/index";
import * as volatility from "../../src/volatility/index";

/** Everything that a caller may import, wherever from. */
export const library: Readonly<Record<string, unknown>> = {
  ...root,
  ...volatility,
  ...estimate,
  ...linear,
  ...data,
  ...portfolio,
  ...tca,
  ...notebook,
  ...published,
  ...seedA,
  ...seedB,
};

/** A piece of example code, and where it stands. */
export interface Example {
  readonly where: string;
  readonly code: string;
}

/** A marked line: an expression and the result that the documentation claims for it. */
const claim = /^(?<expression>.+?);?\s*\/\/ → (?<result>.+)$/;

/**
 * Runs an example, which may `await`, with the library's exports in scope and compares each line marked `// → result` (on the same
 * line, or on the next) with what the expression really gives, or prints where it gives nothing. Numbers agree to
 * the digits that are written.
 *
 * @param names - what the example may use (default: the sources' exports)
 * @returns how many claims were compared
 */
export async function runExample({ where, code }: Example, names: object = library): Promise<number> {
  const lines = code
    .replaceAll(/\n\s*\/\/ → /g, " // → ")
    .replaceAll(/^import .*;$/gm, "")
    .split("\n");
  const claims: string[] = [];
  const program = lines.map((line) => {
    const found = claim.exec(line);
    if (found?.groups === undefined) return line;
    claims.push(found.groups.result as string);
    // A claim may stand behind a condition that narrows a type.
    const [, condition = "", rest] = /^(if \([^)]*\) )?(.*)$/.exec(found.groups.expression as string) ?? [];
    const expression = (rest as string).replace(/^console\.log\((.*)\)$/, "$1");
    return `${condition}__claim(${claims.length - 1}, ${expression});`;
  });
  const script = ts.transpileModule(program.join("\n"), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.None },
  }).outputText;
  const compared: number[] = [];
  let printed = "";
  const compare = (index: number, value: unknown): void => {
    compared.push(index);
    expectClaim(value === undefined ? printed : value, claims[index], where);
  };
  const log = vi.spyOn(console, "log").mockImplementation((line: string) => {
    printed = line;
  });
  const body = `return (async () => {${script}})();`;
  try {
    // Examples may read files.
    const known = Object.entries(names).filter(([name]) => /^\w+$/.test(name) && name !== "default");
    const scope = { ...Object.fromEntries(known), readFileSync };
    await new Function("__claim", ...Object.keys(scope), body)(compare, ...Object.values(scope));
  } finally {
    log.mockRestore();
  }
  expect(compared.length, `${where}: every claim is reached`).toBe(claims.length);
  return compared.length;
}

function expectClaim(value: unknown, claimed: string, where: string): void {
  if (typeof value === "number") {
    const digits = /^-?(\d+)(?:\.(\d+))?$/.exec(claimed)?.[2]?.length ?? 0;
    const written = claimed.includes("e") ? value : Number(value.toFixed(digits));
    const claimedNumber = Number(claimed);
    expect(Math.abs(written - claimedNumber), `${where}: ${value} is not ${claimed}`).toBeLessThanOrEqual(
      1e-9 * Math.abs(claimedNumber),
    );
    return;
  }
  const text = /^["[{]/.test(claimed) ? JSON.stringify(value) : String(value);
  expect(text.replaceAll(" ", ""), where).toBe(claimed.replaceAll(" ", ""));
}
