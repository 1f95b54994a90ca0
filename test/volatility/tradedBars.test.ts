import { describe, expect, test } from "vitest";
import {
  closeToCloseVolatility,
  parkinsonVolatility,
  rangeVolatilities,
  simulateBars,
  tradedBars,
  walkForward,
} from "../../src/volatility/index";
import { testRefusals } from "../helpers/refusals";

const open = simulateBars({ bars: 180, volatility: 0.02, seed: 1 });
/** After every ninth day one on which the market is closed, as a row that repeats the last price: 10% of all rows. */
const columns = ["open", "high", "low", "close"] as const;
const withClosed = (column: readonly number[], repeated: (i: number) => number): number[] =>
  column.flatMap((value, i) => ((i + 1) % 9 === 0 ? [value, repeated(i)] : [value]));
const [opens, highs, lows, closes] = columns.map((name) => withClosed(open[name], (i) => open.close[i]));
const bars = { open: opens, high: highs, low: lows, close: closes, volume: withClosed(open.close, () => 0) };
const warning =
  "20 of 200 rows look like days on which the market was closed (volume 0; open, high, low and close the same): counted as " +
  "days they make σ about 5.1% too low. Leave them out: tradedBars(bars).";

describe("rows of days on which the market was closed", () => {
  test("are left out, and the open days stay as they are", () => {
    const traded = tradedBars({ ...bars, times: bars.open.map((_, i) => i * 86_400_000) });
    expect(traded.leftOut).toBe(20);
    for (const name of columns) expect(traded[name]).toEqual(open[name]);
    expect(traded.volume.every((volume) => volume > 0)).toBe(true);
    expect(traded.times?.slice(7, 11)).toEqual([7, 8, 10, 11].map((i) => i * 86_400_000));
    expect(tradedBars(bars).times).toBeUndefined();
  });

  test("make σ too low by what the warning says; without them it is what the open days give", () => {
    const [all, traded] = [bars, tradedBars(bars)].map((some) => parkinsonVolatility(some));
    expect(all.volatility / traded.volatility - 1).toBeCloseTo(Math.sqrt(0.9) - 1, 12);
    expect(traded.variance).toBe(parkinsonVolatility(open).variance);
    const closes = [bars, open].map(({ close }) => closeToCloseVolatility(close, { mean: "zero" }));
    expect(closes[0].volatility / closes[1].volatility - 1).toBeCloseTo(-0.0513, 3);
  });

  test("are said by every estimate from bars, and by walkForward", () => {
    expect(parkinsonVolatility(bars).warnings).toEqual([warning]);
    expect(parkinsonVolatility(bars, { period: "session" }).warnings).toEqual([warning]);
    for (const { warnings } of Object.values(rangeVolatilities(bars))) expect(warnings).toEqual([warning]);
    expect(walkForward(bars, { first: 190 }).warnings).toEqual([warning]);
    expect(parkinsonVolatility(tradedBars(bars)).warnings).toEqual([]);
  });

  test("are not seen where there is no volume, none at all, or a price that moves", () => {
    const { volume, ...priced } = bars;
    const moving = { ...bars, high: bars.high.map((price) => 1.001 * price) };
    for (const some of [priced, { ...bars, volume: volume.map(() => 0) }, moving, open]) {
      expect(parkinsonVolatility(some).warnings).toEqual([]);
    }
    expect(tradedBars({ ...bars, volume: volume.map(() => 0) }).leftOut).toBe(0);
    expect(tradedBars(moving).leftOut).toBe(0);
    for (const name of ["high", "low", "close"] as const) {
      const other = bars[name].map((price) => price * (name === "high" ? 1.01 : name === "low" ? 0.99 : 1));
      const high = name === "close" ? bars.high.map((price) => 1.01 * price) : bars.high;
      expect(tradedBars({ ...bars, high, [name]: other }).leftOut).toBe(0);
    }
  });

  test("are not minutes in which nobody traded", () => {
    const minutes = bars.open.map((_, i) => i * 60_000);
    const intraday = { ...bars, times: minutes };
    expect(parkinsonVolatility(intraday, { periodsPerYear: 98_280 }).warnings).toEqual([]);
    expect(parkinsonVolatility(bars, { period: "minute", periodsPerYear: 98_280 }).warnings).toEqual([]);
    expect(walkForward(intraday, { first: 190 }).warnings).toEqual([
      "These bars are intraday (60000 follows 0): each forecast is for the next of them, not for a day. Give forecastChart " +
        "period and periodsPerYear.",
    ]);
    expect(() => tradedBars(intraday)).toThrow(
      "bars.times must be days; got an array of length 200. These bars are intraday (60000 follows 0), and a minute without a " +
        "trade is a part of the market's time.",
    );
  });
});

testRefusals([
  [
    "bars without volume",
    () => tradedBars(open as never),
    "bars.volume must be an array of at least 180 numbers (shares); got nothing.",
  ],
  [
    "a volume for more days than there are",
    () => tradedBars({ ...bars, volume: [...bars.volume, 1] }),
    "bars.volume must be an array of 200 numbers, as bars.open has; got an array of length 201.",
  ],
  [
    "a volume below 0",
    () => tradedBars({ ...bars, volume: bars.volume.map(() => -1) }),
    "bars.volume[0] must be a finite number, 0 or above (shares); got -1.",
  ],
  [
    "times for fewer days",
    () => tradedBars({ ...bars, times: ["2024-03-08"] }),
    "bars.times must be left out, or an array of 200 times, as bars.open has; got an array of length 1.",
  ],
]);
