import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseBars } from "../../src/data/index";
import { barFault, checkBars, isInOrder, type PriceBars } from "../../src/support/bars";
import { parkinsonVolatility } from "../../src/volatility/index";

const price = fc.integer({ min: 1, max: 5 });
const anyBar = fc.record({ open: price, high: price, low: price, close: price });

/** What a call says against its arguments; nothing where it takes them. */
function refusal(call: () => unknown): string {
  try {
    call();
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("a bar", () => {
  test("is in order exactly if its high is the greatest of its prices and its low the least", () => {
    fc.assert(
      fc.property(anyBar, ({ open, high, low, close }) => {
        const all = [open, high, low, close];
        const isRight = high === Math.max(...all) && low === Math.min(...all);
        expect(isInOrder(open, high, low, close)).toBe(isRight);
      }),
    );
    expect(isInOrder(2, 3, 1, Number.NaN)).toBe(false);
  });

  test("out of order is told by its first price that is wrong: high, open, close", () => {
    const fault = (bar: PriceBars<number>) => barFault(bar, "bar");
    expect(fault({ open: 9, high: 1, low: 2, close: 9 })).toEqual({
      name: "high",
      allowed: "at least the bar's low, 2",
    });
    const allowed = "between the bar's low, 2, and its high, 4";
    expect(fault({ open: 5, high: 4, low: 2, close: 1 })).toEqual({ name: "open", allowed });
    expect(fault({ open: 3, high: 4, low: 2, close: 1 })).toEqual({ name: "close", allowed });
  });

  test("is refused in an array and in a file alike, in the same words", () => {
    fc.assert(
      fc.property(anyBar, (bar) => {
        const { open, high, low, close } = bar;
        const row = `2013-02-28,${open},${high},${low},${close}`;
        const ofFile = refusal(() => parseBars(`date,open,high,low,close\n${row}\n`));
        const columns = { open: [3, open], high: [3, high], low: [3, low], close: [3, close] };
        const ofArray = refusal(() => parkinsonVolatility(columns));
        expect(ofArray === "").toBe(isInOrder(open, high, low, close));
        const words = (message: string) =>
          /must be (.*?)(?: \(currency\/share\))?; got/.exec(message)?.[1] ?? "";
        expect(words(ofFile)).toBe(words(ofArray).replace("the bar's", "the row's"));
      }),
    );
  });
});

test("bars are handed back as they are, not copied", () => {
  const bars = { open: [2], high: [3], low: [1], close: [2] };
  expect(checkBars(bars, 1)).toBe(bars);
});
