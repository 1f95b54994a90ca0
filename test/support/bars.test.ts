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

  test("is in order if only rounding puts a price outside: some 1e-16 of itself, not 1e-10", () => {
    // 0.1 · 3 is 0.30000000000000004.
    expect(isInOrder(0.1 * 3, 0.3, 0.2, 0.25)).toBe(true);
    expect(isInOrder(0.25, 0.4, 0.1 * 3, 0.3)).toBe(false);
    expect(isInOrder(0.3, 0.4, 0.1 * 3, 0.3)).toBe(true);
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.constantFrom(1, -1), (size, sign) => {
        const price = sign * size;
        const [near, far] = [1e-15 * size, 1e-10 * size];
        expect(isInOrder(price + near, price, price - near, price - 2 * near)).toBe(true);
        expect(isInOrder(price + far, price, price - far, price)).toBe(false);
        expect(isInOrder(price, price, price - far, price + far)).toBe(false);
        expect(isInOrder(price - 2 * far, price, price - far, price)).toBe(false);
        expect(isInOrder(price, price, price - far, price - 2 * far)).toBe(false);
      }),
    );
  });

  test("adjusted by a factor stays in order: 5,000 bars whose high is also a close or an open", () => {
    const factor = 0.9173;
    const adjusted = (cents: number) => Number((cents / 100).toFixed(2)) * factor;
    const bars = Array.from({ length: 5000 }, (_, i) => {
      const [raw, top] = [1000 + ((i * 7919) % 9001), 1000 + ((i * 104_729) % 9001)];
      const [low, high] = [Math.min(raw, top), Math.max(raw, top)];
      // A vendor's own close is adjusted already, and the other prices by its ratio to the raw close.
      const ratio = adjusted(high) / (high / 100);
      return { open: (low / 100) * ratio, high: (high / 100) * ratio, low: (low / 100) * ratio };
    });
    const closes = bars.map(({ high }) => Number(high.toPrecision(15)));
    const columns = {
      open: bars.map(({ open }) => open),
      high: bars.map(({ high }) => high),
      low: bars.map(({ low }) => low),
      close: closes,
    };
    expect(closes.some((close, i) => close > (columns.high[i] ?? 0))).toBe(true);
    expect(checkBars(columns, 1)).toBe(columns);
    const wrong = { open: [100], high: [101], low: [99], close: [101 * 1.003] };
    expect(() => checkBars(wrong, 1)).toThrow(
      `bars.close[0] must be between the bar's low, 99, and its high, 101 (currency/share); got ${101 * 1.003}.`,
    );
  });

  test("with its high below its low by rounding alone is told by the price that is really wrong", () => {
    const fault = barFault({ open: 0.3, high: 0.3, low: 0.1 * 3, close: 0.4 }, "row");
    expect(fault.name).toBe("close");
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
