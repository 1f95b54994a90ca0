import { describe, expect, test } from "vitest";
import { figuresOf } from "../../src/published/figures";
import { compareFigures, figuresAt, type PublishedFigure } from "../../src/published/index";

const figure = figuresOf("A source");
const digitsOf = (text: string): number => figure("Table 1", "a quantity", text).digits;

describe("a printed number", () => {
  test("has the digits of its text, but for zeros at the beginning", () => {
    expect(["0.0625", "1,286", "2.5e-7", "-0.1", "0.30", "50", "1e6", "0", "0.00"].map(digitsOf)).toEqual([
      ...[3, 4, 2, 1, 2, 2, 1, 1, 3],
    ]);
  });

  test("is the number of its text, with what else is said of it", () => {
    expect(figure("Table 1", "gain (USD)", "-1,286.50")).toEqual({
      ...{ source: "A source", place: "Table 1", quantity: "gain (USD)", kind: "result" },
      ...{ printed: -1286.5, digits: 6 },
    });
    expect(
      figure("Table 1", "x", "1,100", { kind: "assumption", digits: 2, fault: "too small" }),
    ).toMatchObject({ kind: "assumption", printed: 1100, digits: 2, fault: "too small" });
  });
});

describe("compareFigures", () => {
  const verdicts = (text: string, ours: readonly number[]): readonly string[] => {
    const printed = ours.map(() => figure("Table 1", "a quantity", text));
    return compareFigures(printed, ours).map(({ verdict }) => verdict);
  };

  test("agrees within half a unit of the last printed digit, on either side and at both its ends", () => {
    expect(verdicts("0.95", [0.9449, 0.945, 0.955, 0.9551])).toEqual([
      ...["differs", "agrees", "agrees", "differs"],
    ]);
    expect(verdicts("-1,286", [-1285.5, -1286.5, -1286.6, 1286])).toEqual([
      ...["agrees", "agrees", "differs", "differs"],
    ]);
    expect(verdicts("2.5e-7", [2.449e-7, 2.4501e-7, 2.549e-7])).toEqual(["differs", "agrees", "agrees"]);
    expect(verdicts("0.00", [0.005, -0.0051])).toEqual(["agrees", "differs"]);
    expect(verdicts("9.6", [9.64, 9.66])).toEqual(["agrees", "differs"]);
  });

  test("shows the difference and what rounding explains of it", () => {
    const [row] = compareFigures([figure("§ 4.1", "x̄", "1,100", { digits: 2 })], [11080]);
    expect(row).toMatchObject({ ours: 11080, difference: 9980, halfUnit: 50, verdict: "differs" });
    expect(Object.isFrozen(row)).toBe(true);
  });

  test("rejects numbers that do not stand one beside each figure, and figures that are none", () => {
    const one = figure("Table 1", "x", "1");
    expect(() => compareFigures([one], [1, 2])).toThrow(
      "ours must be an array of 1 numbers, one for each figure; got an array of length 2.",
    );
    expect(() => compareFigures([one], [Number.NaN])).toThrow("ours[0] must be a finite number; got NaN.");
    for (const wrong of [
      ...[{ digits: 0 }, { digits: 1.5 }, { digits: 18 }, { printed: Number.NaN }, { kind: "guess" }],
      ...[{ source: "" }, { place: 1 }, { quantity: undefined }, { fault: "" }],
    ]) {
      expect(() => compareFigures([{ ...one, ...wrong } as PublishedFigure], [1])).toThrow(
        "figures[0] must be a figure of a source; got an object.",
      );
    }
  });
});

test("figuresAt takes a place with all of its parts, and names the places where there is none such", () => {
  const list = [
    ...[figure("Figure 4, caption", "a", "1"), figure("Figure 40", "b", "2"), figure("Figure 4", "c", "3")],
  ];
  expect(figuresAt(list, "Figure 4").map(({ quantity }) => quantity)).toEqual(["a", "c"]);
  expect(() => figuresAt(list, "Table 1")).toThrow(
    'place must be one of "Figure 4, caption", "Figure 40", "Figure 4"; got the text "Table 1".',
  );
});
