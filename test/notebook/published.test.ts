import { afterEach, describe, expect, test, vi } from "vitest";
import { confirmPublished, publishedRun } from "../../src/notebook/index";

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
