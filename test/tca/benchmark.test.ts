import { describe, expect, test } from "vitest";
import { benchmarkPrice, benchmarkSlippage, type Fill, type MarketData } from "../../src/tca/index";

const market: MarketData = {
  prices: [100, 101, 103, 102],
  volumes: [500, 300, 200],
  open: 99,
  close: 104,
};
const fills: readonly Fill[] = [
  { price: 100.9, shares: 30 },
  { price: 101.5, shares: 20 },
];

describe("benchmark prices by hand", () => {
  test.each([
    ["arrival", 100],
    ["IS", 100],
    ["open", 99],
    ["TWAP", 304 / 3],
    ["VWAP", 100.9],
    ["TWAP look-ahead", 102],
    ["VWAP look-ahead", 101.8],
    ["close look-ahead", 104],
    ["twap LOOK-ahead", 102],
    ["close", 104],
    ["Close", 104],
  ])("%s is %f", (name, price) => {
    expect(benchmarkPrice(name, market)).toBeCloseTo(price, 12);
  });

  test("PWP is the VWAP until the fraction of the volume adds up to the order", () => {
    // 10% of 600 shares is 60: all of the first interval's 500, and 100 of the second's 300.
    expect(benchmarkPrice("PWP", market, { shares: 60, participation: 0.1 })).toBeCloseTo(
      (500 * 100 + 100 * 101) / 600,
      12,
    );
    expect(benchmarkPrice("PWP", market, { shares: 100, participation: 0.1 })).toBeCloseTo(100.9, 12);
  });

  test("VWAP takes the market's volumes, not one's own: other fills, same price", () => {
    const sold = (list: readonly Fill[]) => benchmarkSlippage({ side: "sell", fills: list }, "VWAP", market);
    expect(sold(fills).benchmarkPrice).toBe(sold([{ price: 100, shares: 1 }]).benchmarkPrice);
  });

  test("bar VWAP is made of a vendor's own column, and asks for it", () => {
    // 500 at 100.4, 300 at 102.1, 200 at 102.6.
    const vwaps = [100.4, 102.1, 102.6];
    expect(benchmarkPrice("bar VWAP", { ...market, vwaps })).toBeCloseTo(101.35, 12);
    expect(() => benchmarkPrice("bar VWAP", market)).toThrow(
      'market.vwaps must be given: the benchmark "bar VWAP" needs it; got nothing.',
    );
    expect(() => benchmarkPrice("bar VWAP", { ...market, vwaps: [100, 101] })).toThrow(
      "market.vwaps must be an array of 3 numbers (currency/share); got an array of length 2.",
    );
  });

  test("an unknown name gives the error that the source meant to raise, with the possible ones", () => {
    expect(() => benchmarkPrice("PVWAP", market)).toThrow(
      'benchmark must be one of the possible benchmarks: "IS" (or "arrival"), "open", "TWAP", "VWAP", "bar VWAP", "PWP", ' +
        '"TWAP look-ahead", "VWAP look-ahead", "close look-ahead"; got the text "PVWAP".',
    );
    expect(() => benchmarkPrice(undefined as never, market)).toThrow("one of the possible benchmarks");
  });
});
