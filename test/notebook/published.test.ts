import { afterEach, describe, expect, test, vi } from "vitest";
import { confirmPublished, publishedRun, publishedTable } from "../../src/notebook/index";
import { type ComparedFigure, compareFigures, type PublishedFigure } from "../../src/published/index";

afterEach(() => {
  vi.restoreAllMocks();
});

const published = { seed: 123, example: { shares: 1e6, riskAversion: 2e-6, volumes: [1, 2] } };

describe("publishedRun", () => {
  test("knows the published parameters, at any depth and in any order", () => {
    const same = { example: { volumes: [1, 2], riskAversion: 2e-6, shares: 1e6 }, seed: 123 };
    expect(publishedRun(same, published)).toEqual({ isPublished: true, changed: [] });
  });

  test("names every parameter that differs, with its path", () => {
    const mine = { seed: 1, example: { ...published.example, riskAversion: 1e-6, volumes: [1, 3] } };
    expect(publishedRun(mine, published)).toEqual({
      isPublished: false,
      changed: ["seed", "example.riskAversion", "example.volumes"],
    });
  });

  test("rejects a name that stands on one side only: a misspelling would switch checks off for good", () => {
    expect(() => publishedRun({ sed: 1 }, { seed: 1 })).toThrow(
      "published.sed must be given, since parameters has it; got nothing. Check the spelling on both sides.",
    );
    expect(() => publishedRun({ a: { shares: 1 } }, { a: {} })).toThrow("published.a.shares must be given");
    expect(() => publishedRun([] as never, published)).toThrow("parameters must be an object of parameters");
  });
});

describe("confirmPublished", () => {
  const lines = (): string[] => {
    const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
    confirmPublished(publishedRun(published, published), "cost, USD", 420.0000001, 420, 1e-6);
    confirmPublished(publishedRun(published, published), "cost, USD", 421, 420, 1e-6);
    confirmPublished(publishedRun({ ...published, seed: 1 }, published), "cost, USD", 421, 420, 1e-6);
    confirmPublished(publishedRun({ ...published, seed: 1 }, published), "cost, USD", Number.NaN, 420);
    return log.mock.calls.map(([line]) => line as string);
  };

  test("compares in the published run only, and never stops a notebook over a difference", () => {
    expect(lines()).toEqual([
      "✓ cost, USD: 420.0000001 ≈ 420, relative tolerance 1e-6",
      "✗ cost, USD: 421 ≠ 420, off by 2.4e-3, relative tolerance 1e-6",
      "· cost, USD: 421 here; published 420 (seed changed)",
      "· cost, USD: NaN here; published 420 (seed changed)",
    ]);
  });

  test("rejects a run that publishedRun did not give, in any run", () => {
    expect(() => confirmPublished(true as never, "cost", 1, 1)).toThrow(
      "run must be what publishedRun gave; got true.",
    );
    const mine = publishedRun({ ...published, seed: 1 }, published);
    expect(() => confirmPublished(mine, "cost", "1" as never, 1)).toThrow("actual must be a number");
    expect(() => confirmPublished(mine, "cost", 1, Number.NaN)).toThrow(
      "expected must be a number; got NaN.",
    );
    expect(() => confirmPublished(mine, "cost", 1, 1, -1)).toThrow("tolerance must be");
    expect(() => confirmPublished(mine, "", 1, 1)).toThrow("claim must be");
  });
});

describe("publishedTable", () => {
  const figure = (printed: number, digits: number, fault?: string): PublishedFigure => ({
    ...{ source: "A source", place: "Table 1", quantity: `cost ${printed}`, kind: "result", printed, digits },
    ...(fault === undefined ? {} : { fault }),
  });
  const compared = compareFigures(
    [
      figure(1100, 2, "a tenth"),
      figure(0.95, 2),
      figure(7, 1),
      figure(19, 2, "by luck"),
      figure(5, 1, "low"),
    ],
    [11_080.33, 0.948683, 9, 19.125, 3],
  );

  test("has a row a figure, with both numbers and a verdict in words", () => {
    const table = publishedTable(publishedRun(published, published), "Costs", compared);
    expect(table.caption).toBe("Costs");
    expect(table.columns).toEqual(["Quantity", "Printed", "Ours", "Verdict"]);
    expect(table.rows.map((row) => row.slice(1))).toEqual([
      ["1,100", "11,080", "differs by 9,980: the source errs"],
      ["0.95", "0.9487", "agrees"],
      ["7", "9", "differs by 2"],
      ["19", "19.13", "agrees with what is printed"],
      ["5", "3", "differs by 2: the source errs"],
    ]);
    expect(table.rows[0]?.[0]).toBe("cost 1100");
  });

  test("names the places where there are several", () => {
    const elsewhere = { ...compared[1], place: "Table 2" } as ComparedFigure;
    const both = [compared[0] as ComparedFigure, elsewhere];
    const table = publishedTable(publishedRun(published, published), "Costs", both);
    expect(table.columns.slice(0, 2)).toEqual(["Place", "Quantity"]);
    expect(table.rows.map((row) => row.slice(0, 2))).toEqual([
      ["Table 1", "cost 1100"],
      ["Table 2", "cost 0.95"],
    ]);
  });

  test("judges nothing under other parameters, and names them", () => {
    const table = publishedTable(publishedRun({ ...published, seed: 1 }, published), "Costs", compared);
    expect(table.caption).toBe("Costs (seed changed)");
    expect(new Set(table.rows.map((row) => row.at(-1)))).toEqual(new Set(["other parameters"]));
  });

  test("rejects figures without ours beside them, and a run that publishedRun did not give", () => {
    const mine = publishedRun(published, published);
    for (const wrong of [figure(1, 1), { ...compared[0], verdict: "fine" }, { ...compared[0], ours: "1" }]) {
      expect(() => publishedTable(mine, "Costs", [wrong as ComparedFigure])).toThrow(
        "figures[0] must be a figure from compareFigures; got an object.",
      );
    }
    expect(() => publishedTable(true as never, "Costs", compared)).toThrow(
      "run must be what publishedRun gave",
    );
    expect(() => publishedTable(mine, "", compared)).toThrow("caption must be a text");
  });
});
