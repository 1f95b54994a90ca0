import { expect, test } from "vitest";
import { parkinsonVolatility, rangeVolatilities } from "../../src/volatility/index";

const bars = { open: [100, 101, 99], high: [102, 103, 100], low: [99, 100, 97], close: [101, 102, 98] };
const minutes = ["2024-03-08 15:59", "2024-03-11 09:30", "2024-03-11 09:31"];
const days = ["2024-03-07", "2024-03-08", "2024-03-11"];
const warning =
  "These bars are intraday (2024-03-11 09:31 follows 2024-03-11 09:30), and the annual figures take 252 of them for a year. " +
  "Give periodsPerYear: 98,280 for minutes of a session of 6.5 hours.";

test("bars whose times are within days are not taken for days without a word", () => {
  const intraday = { ...bars, times: [...minutes, "2024-03-11 09:32"].slice(1) };
  expect(parkinsonVolatility(intraday).warnings).toEqual([warning]);
  for (const estimate of Object.values(rangeVolatilities(intraday)))
    expect(estimate.warnings).toEqual([warning]);
  const instants = intraday.times.map((time) => Date.parse(`${time.replace(" ", "T")}Z`));
  expect(parkinsonVolatility({ ...bars, times: instants } as typeof bars).warnings).toHaveLength(1);
});

test("nothing is said of days, of bars without times, and where the periods of a year are given", () => {
  const silent = [
    parkinsonVolatility({ ...bars, times: days } as typeof bars),
    parkinsonVolatility({ ...bars, times: minutes } as typeof bars),
    parkinsonVolatility(bars),
    parkinsonVolatility({ ...bars, times: minutes.slice(1) } as typeof bars, { periodsPerYear: 98_280 }),
    rangeVolatilities({ ...bars, times: days } as typeof bars).yangZhang,
  ];
  for (const estimate of silent) expect(estimate.warnings).toEqual([]);
});
