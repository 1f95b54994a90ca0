import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type CsvOptions,
  type LoadedBars,
  type LoadedPrices,
  loadBars,
  loadPrices,
} from "../../src/data/index";

/** A file written by hand after what a vendor exports, with numbers of its own, and what is in it. */
interface Fixture {
  readonly file: string;
  /** Default: `loadBars`. */
  readonly load?: (file: string, options: CsvOptions) => LoadedBars | LoadedPrices;
  readonly options?: CsvOptions;
  /** The oldest first: a time, and a price or open, high, low, close and the volume, where there is one. */
  readonly rows: readonly (readonly [time: string, ...numbers: number[]])[];
  readonly readAs: string;
  readonly warnings?: readonly string[];
}

const fixtures: readonly Fixture[] = [
  {
    file: "alphavantage_intraday.csv",
    rows: [
      ["2024-01-25 15:50:00", 86.8, 87.2, 86.7, 87.1, 39877],
      ["2024-01-25 15:55:00", 87.1, 87.5, 87, 87.4, 43010],
      ["2024-01-25 16:00:00", 87.4, 87.9, 87.2, 87.75, 55210],
    ],
    readAs: "comma, newest-first rows reversed, dates YYYY-MM-DD",
  },
  {
    file: "barchart.csv",
    rows: [
      ["2024-01-24", 74.5, 75.9, 74.3, 75.15, 280500],
      ["2024-01-25", 75.2, 77.4, 75.05, 77.25, 310000],
    ],
    readAs:
      'comma, newest-first rows reversed, dates MM/DD/YYYY, close from "Last", 1 row below the last skipped',
  },
  {
    file: "binance_futures.csv",
    rows: [
      ["2024-01-25 00:00:00Z", 40011.1, 40119.9, 39951, 40099.5, 812.4],
      ["2024-01-25 00:01:00Z", 40099.5, 40175, 40048.3, 40061.2, 655.1],
    ],
    readAs: "comma, dates Unix milliseconds",
  },
  {
    file: "binance_microseconds.csv",
    rows: [
      ["2025-01-22 00:00:00Z", 3310.5, 3325.1, 3305, 3320.2, 95.5],
      ["2025-01-22 00:01:00Z", 3320.2, 3322, 3311.4, 3315, 80.25],
    ],
    readAs: "comma, dates Unix microseconds, no header: columns time, open, high, low, close, volume",
  },
  {
    file: "binance_spot.csv",
    rows: [
      ["2024-01-25 00:00:00Z", 40010.5, 40120, 39950.25, 40100, 12.5],
      ["2024-01-25 00:01:00Z", 40100, 40180.75, 40050, 40060, 9.25],
    ],
    readAs: "comma, dates Unix milliseconds, no header: columns time, open, high, low, close, volume",
  },
  {
    file: "bloomberg.csv",
    rows: [
      ["2024-01-24", 50.5, 51.3, 50.4, 51.25, 870200],
      ["2024-01-26", 51.2, 51.9, 51.1, 51.75, 900100],
    ],
    readAs:
      'comma, newest-first rows reversed, dates MM/DD/YYYY, 6 rows above the header skipped, open from "PX_OPEN", high from "PX_HIGH", low from "PX_LOW", close from "PX_LAST", volume from "PX_VOLUME", 1 row without prices dropped',
  },
  {
    file: "cboe.csv",
    rows: [
      ["2024-01-24", 12.61, 13.23, 12.42, 13.14],
      ["2024-01-25", 13.33, 13.59, 13.21, 13.45],
    ],
    readAs: "comma, dates MM/DD/YYYY, no volume",
  },
  {
    file: "coinbase.csv",
    rows: [
      ["2024-01-25 00:00:00Z", 40010.5, 40120, 39950.25, 40100, 12.5],
      ["2024-01-25 00:01:00Z", 40100, 40180.75, 40050, 40060, 9.25],
    ],
    readAs: "comma, newest-first rows reversed, dates Unix seconds",
  },
  {
    file: "cryptodatadownload.csv",
    rows: [
      ["2024-01-25 00:00:00Z", 40010.5, 40120, 39950.25, 40100, 12.5],
      ["2024-01-25 00:01:00Z", 40100, 40180.75, 40050, 40060, 9.25],
    ],
    readAs:
      'comma, newest-first rows reversed, dates Unix seconds, 1 row above the header skipped, volume from "Volume BTC", symbol BTC/USD',
  },
  {
    file: "dukascopy.csv",
    rows: [
      ["2024-01-25 15:00:00.000", 1.08801, 1.08845, 1.0879, 1.08822, 812.4],
      ["2024-01-25 15:01:00.000", 1.08822, 1.0883, 1.0877, 1.08775, 640.2],
    ],
    readAs: "comma, dates DD.MM.YYYY",
  },
  {
    file: "dukascopy_local.csv",
    rows: [
      ["2024-01-25 16:00:00.000+01:00", 1.08801, 1.08845, 1.0879, 1.08822, 812.4],
      ["2024-01-25 16:01:00.000+01:00", 1.08822, 1.0883, 1.0877, 1.08775, 640.2],
    ],
    readAs: "comma, dates DD.MM.YYYY",
  },
  {
    file: "european.csv",
    rows: [
      ["2024-01-24", 16700, 16905.5, 16690.75, 16890.9, 69010450],
      ["2024-01-25", 16891.4, 16980.25, 16850, 16960.1, 71200300],
    ],
    readAs:
      'semicolon, newest-first rows reversed, dates DD.MM.YYYY, decimal comma, thousands separated by points, open from "Eröffnung", high from "Hoch", low from "Tief", close from "Schlusskurs", volume from "Volumen"',
  },
  {
    file: "european_1252.csv",
    rows: [
      ["2024-01-24", 33.5, 34.1, 33.25, 34, 1200],
      ["2024-01-25", 34, 34.75, 33.9, 34.5, 1310],
    ],
    readAs:
      'Windows-1252, semicolon, dates DD.MM.YYYY, decimal comma, open from "Eröffnung", high from "Hoch", low from "Tief", close from "Schluss", volume from "Stück"',
  },
  {
    file: "excel_sep.csv",
    load: loadPrices,
    rows: [
      ["2024-01-24", 10.5],
      ["2024-01-25", 10.75],
    ],
    readAs: 'semicolon, dates YYYY-MM-DD, decimal comma, price from "Close"',
  },
  {
    file: "excel_utf16.csv",
    rows: [
      ["2024-01-24", 10.5, 10.9, 10.4, 10.8, 1200],
      ["2024-01-25", 10.8, 11.2, 10.7, 11.1, 1350],
    ],
    readAs: "UTF-16 LE, tab, dates YYYY-MM-DD, decimal comma, thousands separated by blanks",
  },
  {
    file: "firstrate.txt",
    rows: [
      ["2024-01-25 09:30:00", 55.1, 55.4, 55.05, 55.3, 18200],
      ["2024-01-25 09:31:00", 55.3, 55.35, 55.1, 55.15, 9100],
    ],
    readAs: "comma, dates YYYY-MM-DD, no header: columns time, open, high, low, close, volume",
  },
  {
    file: "fred.csv",
    load: loadPrices,
    options: { prices: "any" },
    rows: [
      ["2020-04-17", 18.31],
      ["2020-04-20", -36.98],
      ["2020-04-21", 8.91],
    ],
    readAs: 'comma, dates YYYY-MM-DD, price from "DCOILWTICO", 1 row without prices dropped',
    warnings: [
      "fred.csv: 1 price is 0 or below, the lowest -36.98 at 2020-04-20. Logarithmic returns and volatilities need prices above 0; costs and averages do not.",
    ],
  },
  {
    file: "googlefinance.csv",
    load: loadPrices,
    rows: [
      ["2024-01-24 16:00:00", 148.7],
      ["2024-01-25 16:00:00", 151.87],
    ],
    readAs: 'comma, dates MM/DD/YYYY, price from "Close"',
  },
  {
    file: "histdata.csv",
    rows: [
      ["2024-01-25 17:00:00", 1.08801, 1.08845, 1.0879, 1.08822, 0],
      ["2024-01-25 17:01:00", 1.08822, 1.0883, 1.0877, 1.08775, 0],
    ],
    readAs: "semicolon, dates YYYYMMDD, no header: columns time, open, high, low, close, volume",
  },
  {
    file: "ib_tws.csv",
    rows: [
      ["2024-01-25 09:30:00", 55.1, 55.4, 55.05, 55.3, 18200],
      ["2024-01-25 09:31:00", 55.3, 55.35, 55.1, 55.15, 9100],
    ],
    readAs: "comma, dates YYYYMMDD, times of US/Eastern",
  },
  {
    file: "investing.csv",
    rows: [
      ["2024-01-23", 4856.8, 4866.48, 4844.37, 4864.6, 1100000000],
      ["2024-01-24", 4888.56, 4903.68, 4865.94, 4868.55, 912400],
      ["2024-01-25", 4886.66, 4898.15, 4869.34, 4894.16, 2520000],
    ],
    readAs:
      'comma, newest-first rows reversed, dates MM/DD/YYYY, thousands separated by commas, M, K, B multiplied out, close from "Price"',
  },
  {
    file: "investing_german.csv",
    rows: [
      ["2024-01-24", 16755.79, 16921.31, 16745.28, 16889.92, 70220000],
      ["2024-01-25", 16861.44, 16929.55, 16813.36, 16906.92, 65310000],
    ],
    readAs:
      'comma, newest-first rows reversed, dates DD.MM.YYYY, decimal comma, thousands separated by points, M multiplied out, open from "Eröffn.", high from "Hoch", low from "Tief", close from "Zuletzt"',
  },
  {
    file: "kaggle_symbols.csv",
    options: { symbol: "AAPL" },
    rows: [
      ["2024-01-24", 67.71, 68.4, 66.89, 67.85, 158168416],
      ["2024-01-25", 68.07, 69.27, 67.6, 68.56, 129029425],
    ],
    readAs: "comma, dates YYYY-MM-DD, symbol AAPL",
  },
  {
    file: "kibot.txt",
    rows: [
      ["2024-01-25 09:30", 55.1, 55.4, 55.05, 55.3, 18200],
      ["2024-01-25 09:31", 55.3, 55.35, 55.1, 55.15, 9100],
    ],
    readAs: "comma, dates MM/DD/YYYY, no header: columns date, time, open, high, low, close, volume",
  },
  {
    file: "kibot_ticks.txt",
    load: loadPrices,
    options: { columns: { date: 1, time: 2, price: 3 } },
    rows: [
      ["2024-01-25 09:30:00", 55.1],
      ["2024-01-25 09:30:00", 55.11],
      ["2024-01-25 09:30:01", 55.1],
    ],
    readAs: "comma, dates MM/DD/YYYY, no header: columns date, time, price, 1 row with the time before kept",
  },
  {
    file: "kraken.csv",
    rows: [
      ["2024-01-25 00:00:00Z", 40010.5, 40120, 39950.2, 40100, 12.5123],
      ["2024-01-25 00:01:00Z", 40100, 40180.7, 40050, 40060, 9.2501],
    ],
    readAs: "comma, dates Unix seconds, no header: columns time, open, high, low, close, volume",
  },
  {
    file: "metatrader4.csv",
    rows: [
      ["2024-01-25 15:00", 1.08801, 1.08845, 1.0879, 1.08822, 1410],
      ["2024-01-25 15:01", 1.08822, 1.0883, 1.0877, 1.08775, 1288],
    ],
    readAs: "comma, dates YYYY.MM.DD, no header: columns date, time, open, high, low, close, volume",
  },
  {
    file: "metatrader5.csv",
    rows: [
      ["2024-01-25 15:00:00", 147.801, 147.845, 147.79, 147.822, 0],
      ["2024-01-25 15:01:00", 147.822, 147.83, 147.77, 147.775, 0],
    ],
    readAs: "tab, dates YYYY.MM.DD",
  },
  {
    file: "mixed_line_ends.csv",
    load: loadPrices,
    rows: [
      ["2024-01-24", 10.5],
      ["2024-01-25", 10.75],
    ],
    readAs: "comma, mixed line ends, dates YYYY-MM-DD",
  },
  {
    file: "month_names.csv",
    rows: [
      ["2024-01-24", 195.42, 196.38, 194.34, 194.5, 53631300],
      ["2024-01-25", 195.22, 196.27, 193.11, 194.17, 54822100],
    ],
    readAs:
      'comma, newest-first rows reversed, dates MMM DD YYYY, thousands separated by commas, close from "Close*"',
  },
  {
    file: "nasdaq.csv",
    rows: [
      ["2024-01-23", 195.02, 195.75, 193.83, 195.18, 42355590],
      ["2024-01-24", 195.42, 196.38, 194.34, 194.5, 53631320],
      ["2024-01-25", 195.22, 196.27, 193.11, 194.17, 54822130],
    ],
    readAs: 'comma, newest-first rows reversed, dates MM/DD/YYYY, $ dropped, close from "Close/Last"',
  },
  {
    file: "ninjatrader.txt",
    rows: [
      ["2024-01-25 09:30:00", 4880.25, 4884.5, 4879, 4883.75, 10233],
      ["2024-01-25 09:31:00", 4883.75, 4885, 4880.5, 4881.25, 8120],
    ],
    readAs: "semicolon, dates YYYYMMDD, no header: columns time, open, high, low, close, volume",
  },
  {
    file: "norgate.csv",
    rows: [
      ["2024-01-24", 50.5, 51.3, 50.4, 51.25, 870200],
      ["2024-01-25", 51.2, 51.9, 51.1, 51.75, 900100],
    ],
    readAs: "comma, dates YYYYMMDD",
  },
  {
    file: "nse_india.csv",
    rows: [["2024-01-25", 2705, 2723.6, 2681, 2706.15, 851700]],
    readAs: "comma, dates DD MMM YYYY, thousands separated by commas",
  },
  {
    file: "polygon_flat.csv",
    options: { symbol: "ABCD" },
    rows: [
      ["2024-01-25 14:30:00Z", 12.5, 12.6, 12.48, 12.55, 4410],
      ["2024-01-25 14:31:00Z", 12.55, 12.57, 12.49, 12.5, 3120],
    ],
    readAs: "comma, dates Unix nanoseconds, symbol ABCD",
  },
  {
    file: "power_negative.csv",
    load: loadPrices,
    options: { columns: { time: "Delivery" }, prices: "any" },
    rows: [
      ["2024-01-25 13:00", -4.25],
      ["2024-01-25 14:00", 0],
      ["2024-01-25 15:00", 12.5],
    ],
    readAs: "comma, dates DD/MM/YYYY",
    warnings: [
      "power_negative.csv: 2 prices are 0 or below, the lowest -4.25 at 2024-01-25 13:00. Logarithmic returns and volatilities need prices above 0; costs and averages do not.",
    ],
  },
  {
    file: "quandl_futures.csv",
    rows: [
      ["2024-01-24", 74.5, 75.9, 74.3, 75.15, 280500],
      ["2024-01-25", 75.2, 77.4, 75.05, 77.25, 310000],
    ],
    readAs: 'comma, newest-first rows reversed, dates YYYY-MM-DD, close from "Last"',
  },
  {
    file: "refinitiv.csv",
    rows: [
      ["2024-01-25 08:00:00.000000000Z", 101.1, 101.4, 101.05, 101.3, 1800],
      ["2024-01-25 08:01:00.000000000Z", 101.3, 101.35, 101.1, 101.15, 910],
    ],
    readAs: 'comma, dates YYYY-MM-DD, close from "Last", symbol ABCG.DE',
  },
  {
    file: "stooq_ascii.txt",
    rows: [
      ["2024-01-25 15:30:00", 101.25, 101.5, 100.75, 101, 1200],
      ["2024-01-25 15:35:00", 101, 102.125, 101, 102, 900],
    ],
    readAs: "comma, dates YYYYMMDD, symbol ABC.US",
  },
  {
    file: "stooq_web.csv",
    rows: [
      ["2024-01-24", 24.1, 24.8, 23.9, 24.5, 310200],
      ["2024-01-25", 24.5, 25.2, 24.4, 25.1, 288900],
    ],
    readAs:
      'comma, dates YYYY-MM-DD, open from "Otwarcie", high from "Najwyzszy", low from "Najnizszy", close from "Zamkniecie", volume from "Wolumen"',
  },
  {
    file: "swiss.csv",
    load: loadPrices,
    rows: [
      ["2024-01-24", 11190.35],
      ["2024-01-25", 11226.8],
    ],
    readAs: 'semicolon, dates DD.MM.YYYY, thousands separated by apostrophes, price from "Kurs"',
  },
  {
    file: "tiingo.csv",
    rows: [
      ["2024-01-24", 195.42, 196.38, 194.34, 194.5, 53631316],
      ["2024-01-25", 195.22, 196.27, 193.11, 194.17, 54822126],
    ],
    readAs: "comma, dates YYYY-MM-DD",
  },
  {
    file: "total_row.csv",
    rows: [
      ["2024-01-24", 10, 11, 9, 10.5, 100],
      ["2024-01-25", 10.5, 11, 10, 10.75, 150],
    ],
    readAs: "vertical bar, dates YYYY-MM-DD, 1 row below the last skipped",
  },
  {
    file: "tradingview.csv",
    rows: [
      ["2024-01-25 14:30:00Z", 4880.25, 4884.5, 4879, 4883.75, 10233],
      ["2024-01-25 14:35:00Z", 4883.75, 4885, 4880.5, 4881.25, 8120],
    ],
    readAs: "comma, dates Unix seconds",
  },
  {
    file: "wsj.csv",
    rows: [
      ["2024-01-24", 37992.19, 37997.75, 37795.89, 37806.39],
      ["2024-01-25", 37893.04, 38058.16, 37835.65, 38049.13],
    ],
    readAs: "comma, newest-first rows reversed, dates MM/DD/YY, no volume",
  },
  {
    file: "yahoo.csv",
    rows: [
      ["2024-01-23", 195.02, 195.75, 193.83, 195.18, 42355600],
      ["2024-01-25", 195.22, 196.27, 193.11, 194.17, 54822100],
    ],
    readAs: "comma, dates YYYY-MM-DD, 1 row without prices dropped",
  },
  {
    file: "yfinance_download.csv",
    rows: [
      ["2024-01-24", 195.42, 196.38, 194.34, 194.5, 53631300],
      ["2024-01-25", 195.22, 196.27, 193.11, 194.17, 54822100],
    ],
    readAs: "comma, dates YYYY-MM-DD, 3 rows of headers, symbol ABC",
  },
  {
    file: "yfinance_history.csv",
    rows: [
      ["2024-03-08 00:00:00-05:00", 169, 173.7, 168.94, 170.73, 76114600],
      ["2024-03-11 00:00:00-04:00", 172.94, 174.38, 172.05, 172.75, 60139500],
    ],
    readAs: "comma, dates YYYY-MM-DD",
  },
  {
    file: "yfinance_two_tickers.csv",
    options: { symbol: "XYZ" },
    rows: [
      ["2024-01-24", 20, 20.4, 19.9, 20.1, 1000],
      ["2024-01-25", 20.1, 20.5, 20, 20.3, 1100],
    ],
    readAs: "comma, dates YYYY-MM-DD, 3 rows of headers, symbol XYZ",
  },
];

const folder = join(__dirname, "fixtures");

/** What was loaded, row by row. */
function rowsOf(loaded: LoadedBars | LoadedPrices): unknown {
  if ("prices" in loaded) return loaded.times.map((time, i) => [time, loaded.prices[i]]);
  const { times, open, high, low, close, volume } = loaded;
  return times.map((time, i) => [
    ...[time, open[i], high[i], low[i], close[i]],
    ...(volume === undefined ? [] : [volume[i]]),
  ]);
}

describe("a file as a vendor exports it is loaded whole, and says what it was read as", () => {
  test.each(fixtures)("$file", ({ file, load = loadBars, options = {}, rows, readAs, warnings = [] }) => {
    const loaded = load(join(folder, file), options);
    expect(rowsOf(loaded)).toEqual(rows);
    expect(loaded.readAs).toBe(readAs);
    expect(loaded.warnings).toEqual(warnings);
  });

  test("and no file of the folder is left out", () => {
    expect(fixtures.map(({ file }) => file)).toEqual(readdirSync(folder).sort());
  });
});

test.each([
  [
    "kaggle_symbols.csv",
    'options.symbol must be one of the 2 symbols of kaggle_symbols.csv: "AAL", "AAPL"; got nothing.',
  ],
  [
    "yfinance_two_tickers.csv",
    'options.symbol must be one of the 2 symbols of yfinance_two_tickers.csv: "ABC", "XYZ"; got nothing.',
  ],
])("a file of several symbols is refused with the list of them: %s", (file, message) => {
  expect(() => loadBars(join(folder, file))).toThrow(
    expect.objectContaining({ name: "InputError", message }),
  );
  expect(() => loadPrices(join(folder, file))).toThrow(
    expect.objectContaining({ name: "InputError", message }),
  );
});
