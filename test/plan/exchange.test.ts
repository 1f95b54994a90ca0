import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  certify,
  defineProblem,
  type ExecutionProblem,
  equalSchedule,
  optimalSchedule,
  problemFromTicket,
  type Schedule,
  scheduleFromCsv,
  scheduleFromJson,
  scheduleFromTrades,
  scheduleToCsv,
  scheduleToJson,
  type TradeBounds,
} from "../../src/index";
import { uniforms } from "../helpers/random";
import { testRefusals } from "../helpers/refusals";
import { variedProblem, variedTrades } from "../helpers/varied";
import { stock } from "./tickets";

const problem = defineProblem({
  ...{ shares: 1000, horizon: 30, intervals: 3, volatility: 0.1, temporaryImpact: 1e-3, riskAversion: 1e-4 },
  ...{ timeUnit: "minute", currency: "USD", arrivalPrice: 50 },
});
const twap = equalSchedule(problem);
const read = (text: string, options?: Parameters<typeof scheduleFromCsv>[2]): readonly number[] =>
  scheduleFromCsv(problem, text, options).trades;

/** Every number of a schedule by its bits, −0 told from 0. */
function bitsOf({ name, trades, remaining, rates, times }: Schedule): string {
  const bits = (values: readonly number[]): string =>
    Buffer.from(Float64Array.from(values).buffer).toString("base64");
  return [name, ...[trades, remaining, rates, times].map(bits)].join(" ");
}

/** A random problem with two schedules of it: the optimum within a cap where there is one, and trades that turn. */
function randomCase(random: () => number, i: number) {
  const even = i % 4 === 0;
  const varied = variedProblem(random, i, { timeUnit: "minute", currency: "USD" });
  const { profile: _, ...uniform } = varied;
  const one: ExecutionProblem = even ? defineProblem(uniform) : varied;
  const bounds: TradeBounds = {
    lower: null,
    upper: i % 3 === 0 ? Number.POSITIVE_INFINITY : 0.9 * one.shares,
  };
  const bounded = boundedSchedule(one, bounds);
  const turning = scheduleFromTrades(one, variedTrades(one, random), "Turning");
  return {
    problem: one,
    bounds,
    schedules: bounded.status === "optimal" ? [bounded.schedule, turning] : [turning],
  };
}

describe("200 random problems of all timings, sides and profiles come back to the same bits", () => {
  const random = uniforms(15);
  const cases = Array.from({ length: 200 }, (_, i) => randomCase(random, i));

  test("among them each timing with each side, with a profile and without", () => {
    const kinds = cases.map(
      ({ problem: { timing, side, profile } }) => `${timing} ${side} ${profile === undefined}`,
    );
    expect(new Set(kinds).size).toBe(9);
    expect(cases.filter(({ schedules }) => schedules.length === 2).length).toBeGreaterThan(150);
  });

  test("through CSV, with times of the grid and of the clock", () => {
    for (const { problem, schedules } of cases) {
      for (const schedule of schedules) {
        for (const options of [{}, { start: "23:58" }]) {
          const text = scheduleToCsv(problem, schedule, options);
          const back = scheduleFromCsv(problem, text, { name: schedule.name });
          expect(bitsOf(back)).toBe(bitsOf(schedule));
          expect(scheduleToCsv(problem, back, options)).toBe(text);
        }
      }
    }
  });

  test("through JSON, with problem, bounds and certificate", () => {
    for (const { problem, bounds, schedules } of cases) {
      for (const schedule of schedules) {
        for (const limits of [undefined, bounds]) {
          const text = scheduleToJson(problem, schedule, limits);
          const back = scheduleFromJson(text);
          expect(bitsOf(back.schedule)).toBe(bitsOf(schedule));
          expect(back.problem).toEqual(problem);
          expect(back.certificate).toEqual(certify(problem, schedule, limits));
          expect(scheduleToJson(back.problem, back.schedule, back.bounds)).toBe(text);
        }
      }
    }
  });
});

test("the sign of −0, the smallest and the largest numbers come back", () => {
  const odd = scheduleFromTrades(problem, [1000, -0, 0]);
  const huge = scheduleFromTrades({ ...problem, shares: 1e300 }, [1e300 - 5e-324, 5e-324, 0]);
  expect(scheduleToCsv(problem, odd)).toContain("2,10,20,-0,0\n");
  expect(bitsOf(scheduleFromCsv(problem, scheduleToCsv(problem, odd)))).toBe(bitsOf(odd));
  expect(bitsOf(scheduleFromJson(scheduleToJson(problem, odd)).schedule)).toBe(bitsOf(odd));
  const vast = defineProblem({ ...problem, shares: 1e300 });
  expect(bitsOf(scheduleFromCsv(vast, scheduleToCsv(vast, huge)))).toBe(bitsOf(huge));
});

test("holdings many times the order come back, with the rounding that they carry", () => {
  const trend = {
    shares: 1,
    horizon: 1,
    intervals: 20,
    volatility: 1,
    temporaryImpact: 1e-6,
    riskAversion: 1e-6,
  };
  const drifting = defineProblem({ ...trend, drift: 100 });
  const optimum = optimalSchedule(drifting);
  const { remaining, trades } = optimum;
  expect(Math.max(...remaining)).toBeGreaterThan(1e6);
  const apart = trades.map((n, k) => Math.abs(remaining[k] - n - remaining[k + 1]));
  expect(Math.max(...apart)).toBeGreaterThan(1e-9);
  const back = scheduleFromCsv(drifting, scheduleToCsv(drifting, optimum), { name: optimum.name });
  expect(bitsOf(back)).toBe(bitsOf(optimum));
});

describe("a table", () => {
  test("has a row for each interval, in the unit of the problem, by the clock, or as the ticket's slices are", () => {
    const trades = scheduleFromTrades(problem, [500, 300, 200]);
    expect(scheduleToCsv(problem, trades)).toBe(
      "interval,start,end,trade,remaining\n1,0,10,500,500\n2,10,20,300,200\n3,20,30,200,0\n",
    );
    expect(scheduleToCsv(problem, trades, { start: "23:45" })).toBe(
      "interval,start,end,trade,remaining\n1,23:45,23:55,500,500\n2,23:55,00:05,300,200\n3,00:05,00:15,200,0\n",
    );
    const night = problemFromTicket({
      ...{ ...stock, session: "around the clock", timeZone: "America/New_York", sliceLength: "1 hour" },
      ...{ start: "2024-03-10 01:00", end: "04:00" },
    });
    const even = equalSchedule(night.problem);
    const text = scheduleToCsv(night.problem, even, { slices: night.slices });
    expect(text.split("\n")[1]).toBe("1,2024-03-10 01:00:00-05:00,2024-03-10 03:00:00-04:00,100000,100000");
    expect(bitsOf(scheduleFromCsv(night.problem, text, { name: "TWAP" }))).toBe(bitsOf(even));
  });

  test("of a ticket with a break has a clock that pauses, to parts of a second", () => {
    const session = { open: "09:00", close: "15:00", breaks: [["11:30", "12:30"]] } as const;
    const ticket = problemFromTicket({
      ...stock,
      session,
      start: "11:28",
      end: "12:32",
      sliceLength: "45.5 s",
    });
    const even = equalSchedule(ticket.problem);
    const text = scheduleToCsv(ticket.problem, even, { slices: ticket.slices });
    expect(
      text
        .split("\n")
        .slice(2, 5)
        .map((row) => row.split(",").slice(1, 3)),
    ).toEqual([
      ["11:28:45.500", "11:29:31"],
      ["11:29:31", "11:30"],
      ["12:30", "12:30:45.500"],
    ]);
    expect(bitsOf(scheduleFromCsv(ticket.problem, text, { name: "TWAP" }))).toBe(bitsOf(even));
  });

  test("of anybody is read with what it has: trades or holdings, semicolons, tabs, other line ends and marks", () => {
    expect(read("trade\n500\n300\n200")).toEqual([500, 300, 200]);
    expect(read("\uFEFFRemaining\r\n500\r\n200\r\n0\r\n\r\n")).toEqual([500, 300, 200]);
    expect(read("slice\tquantity\n1\t5e2\n2\t300.\n3\t200\n")).toEqual([500, 300, 200]);
    expect(read("from,trade\n23:50,500\n00:00,300\n00:10,200")).toEqual([500, 300, 200]);
    expect(read("to,trade\n09:40,500\n09:50,300\n11:00,200")).toEqual([500, 300, 200]);
    const german = { decimal: ",", thousands: "." } as const;
    expect(read("trade;remaining\n500,5;499,5\n-1.000,25;1.499,75\n1.499,75;0", german)).toEqual([
      500.5, -1000.25, 1499.75,
    ]);
    expect(read('trade\n"1,200"\n-300\n100', { thousands: "," })).toEqual([1200, -300, 100]);
    expect(read("trade\n1 200.5\n-300\n99.5", { thousands: " " })).toEqual([1200.5, -300, 99.5]);
    const half = defineProblem({ ...problem, horizon: 7.5 });
    const times = "start;end;trade\n0;2,5;500,5\n2,5;5;299,5\n5;7,5;200";
    expect(scheduleFromCsv(half, times, { decimal: "," }).trades).toEqual([500.5, 299.5, 200]);
    const renamed = { columns: { trade: 'Qty "net", all' }, name: "Broker" };
    expect(
      scheduleFromCsv(problem, '"Qty ""net"", all",Venue\n500,"A ""one"""\n300,B\n200,C', renamed),
    ).toEqual({
      ...scheduleFromTrades(problem, [500, 300, 200]),
      name: "Broker",
    });
  });
});

const commas = "Where numbers have commas, put quotation marks around them or semicolons between cells.";
const rename = 'Name your columns with columns: { trade: "Qty" }; others are then ignored.';

describe("a table is refused with line and column:", () => {
  testRefusalsOf([
    [
      "nothing",
      " \n",
      'text must be the text of a table with a header and a row for each interval; got the text " \\n".',
    ],
    [
      "a name that is none",
      "interval,Qty\n1,2",
      `schedule, line 1, column 2 must be one of interval, start, end, trade, remaining; got the text "Qty". ${rename}`,
    ],
    [
      "a column twice",
      "trade,Trades\n",
      'schedule, line 1, column 2 must be a different name: column 1 is already the trade; got the text "Trades".',
    ],
    [
      "no trades",
      "interval\n1\n2\n3",
      'schedule, line 1, column 1 must be a header with a column trade or remaining; got the text "interval". ' +
        "The first line names the columns.",
    ],
    [
      "a row too few",
      "trade\n500\n500",
      "schedule, line 4, column 1 must be row 3 of 3, one for each interval of the problem; got nothing.",
    ],
    [
      "a row too many",
      "trade\n500\n300\n200\n5",
      'schedule, line 5, column 1 must be the end of the table, as the problem has 3 intervals; got the text "5".',
    ],
    [
      "a cell too few",
      "trade,remaining\n500,500\n300\n200,0",
      "schedule, line 3, column 2 must be cell 2 of 2, as the header has them; got nothing.",
    ],
    [
      "commas between thousands, which are cells",
      "trade\n500\n1,300\n200",
      `schedule, line 3, column 2 must be the end of the line, as the header has 1 cell; got the text "300". ${commas}`,
    ],
    [
      "a number that can be read in two ways",
      'trade\n500\n"1,000"\n200',
      'schedule, line 3, column 1 (trade) must be a number such as 5000 or 0.25; got the text "1,000". It can be read as ' +
        '1000 with thousands: ",", or as 1 with decimal: ",": say which in the options.',
    ],
    [
      "a number of another style",
      "trade;remaining\n500;500\n300;1.000,5\n200;0",
      'schedule, line 3, column 2 (remaining) must be a number such as 5000 or 0.25; got the text "1.000,5". It can be ' +
        'read as 1000.5 with decimal: "," and thousands: ".": say which in the options.',
    ],
    [
      "points between thousands, which are numbers too",
      "trade\n1.200\n-500\n300",
      'the sum of trades must be the order\'s 1000 shares; got -198.8. With decimal: "," and thousands: "." they do sum ' +
        "to it.",
    ],
    [
      "a point between thousands, though the sum is above 0",
      "trade\n1.000\n0\n0",
      'the sum of trades must be the order\'s 1000 shares; got 1. With decimal: "," and thousands: "." they do sum to it.',
    ],
    [
      "a word",
      "trade\n500\nmany\n200",
      'schedule, line 3, column 1 (trade) must be a number such as 5000 or 0.25; got the text "many".',
    ],
    [
      "an open quotation mark",
      'trade\n"500\n3\n4',
      'schedule, line 2, column 1 must be a cell whose quotation marks end with it; got the text "\\"500".',
    ],
    [
      "trades of another sum",
      "trade\n500\n300\n100",
      "the sum of trades must be the order's 1000 shares; got 900. It is off by -100 shares.",
    ],
    [
      "an order that is not done",
      "remaining\n500\n200\n7",
      'schedule, line 4, column 1 (remaining) must be 0, as the last row ends the order; got the text "7".',
    ],
    [
      "trades that are not what holdings differ by",
      "trade,remaining\n500,500\n300,100\n200,0",
      'schedule, line 3, column 2 (remaining) must be 200, the 500 before it less the trade of 300; got the text "100".',
    ],
    [
      "rows out of order",
      "interval,trade\n1,500\n3,300\n2,200",
      "schedule, line 3, column 1 (interval) must be 2: rows are in order of time and count from 1; got the text " +
        '"3".',
    ],
    [
      "times off the grid",
      "start,end,trade\n0,10,500\n10,21,300\n20,30,200",
      'schedule, line 3, column 2 (end) must be the problem\'s 20 (minute); got the text "21".',
    ],
    [
      "a clock off the grid",
      "start,end,trade\n09:30,09:40,500\n09:40,09:51,300\n09:51,10:01,200",
      "schedule, line 3, column 2 (end) must be 10 (minute) after the interval's start, its length in the problem; " +
        'got the text "09:51".',
    ],
    [
      "a clock that runs backward",
      "start,end,trade\n09:30,09:40,500\n09:30,09:40,300\n09:50,10:00,200",
      "schedule, line 3, column 1 (start) must be a time after those above; got the text " + '"09:30".',
    ],
    [
      "ends too close to each other",
      "end,trade\n23:50,500\n00:00,300\n00:05,200",
      "schedule, line 4, column 1 (end) must be a time after those above; got the text " + '"00:05".',
    ],
    [
      "a date among clocks",
      "start,trade\n09:30,500\n2024-03-08 09:40,300\n09:50,200",
      'schedule, line 3, column 1 (start) must be a time written like those before it; got the text "2024-03-08 09:40".',
    ],
    [
      "a date of another day",
      "start,end,trade\n2024-03-08 09:30,2024-03-09 09:40,500\n,,300\n,,200",
      "schedule, line 2, column 2 (end) must be 10 (minute) after the interval's start, its length in the problem; " +
        'got the text "2024-03-09 09:40".',
    ],
    [
      "a word for a time",
      "start,trade\nten,500\n1,300\n2,200",
      'schedule, line 2, column 1 (start) must be a time: a number, 09:30, or 2024-03-08 09:30; got the text "ten".',
    ],
  ]);

  function testRefusalsOf(cases: readonly (readonly [what: string, text: string, message: string])[]): void {
    test.each(cases)("%s", (_, text, message) => {
      expect(() => read(text)).toThrow(expect.objectContaining({ message }));
    });
  }
});

const days = defineProblem({ ...problem, timeUnit: "day" });
const limits = { upper: [600, 600, 600] };
const optimum = boundedSchedule(problem, limits);
const good = optimum.status === "optimal" ? scheduleToJson(problem, optimum.schedule, limits) : "";
const anew = "the recomputed value";
const changed = "The file was changed after it was written, or its certificate belongs to another schedule.";
const spoiled = (from: string | RegExp, to: string) => () => {
  const text = good.replace(from, to);
  expect(text).not.toBe(good);
  return scheduleFromJson(text);
};

describe("JSON", () => {
  test("holds problem, bounds, schedule and certificate, which is computed anew", () => {
    const { schedule, ...back } = scheduleFromJson(good);
    expect(back).toEqual({ problem, bounds: limits, certificate: certify(problem, schedule, limits) });
    expect(back.certificate.verdict).toBe("optimal");
    expect(Object.keys(JSON.parse(good))).toEqual([
      ...["format", "version", "problem", "bounds", "schedule", "certificate"],
    ]);
  });

  test("is written for a schedule that leaves its bounds too, with the verdict that says so", () => {
    const text = scheduleToJson(problem, twap, { upper: [100, null, null] });
    expect(scheduleFromJson(text)).toMatchObject({
      bounds: { upper: [100, null, null] },
      certificate: { verdict: "infeasible", gapBound: Number.NaN },
    });
  });

  test("reads back where bounds are typed arrays", () => {
    const bounds = { upper: Float64Array.of(600, 600, Number.POSITIVE_INFINITY) };
    expect(scheduleFromJson(scheduleToJson(problem, twap, bounds)).bounds).toEqual({
      upper: [600, 600, null],
    });
  });

  test("claims its numbers but for the rounding of another engine", () => {
    const { certificate } = scheduleFromJson(scheduleToJson(problem, twap));
    const claim = (gap: number) => () =>
      scheduleFromJson(scheduleToJson(problem, twap).replace(/"gapBound": [^,]+/, `"gapBound": ${gap}`));
    expect(claim(certificate.gapBound * (1 + 1e-9))).not.toThrow();
    expect(claim(certificate.gapBound * 0.999)).toThrow(
      /^certificate\.gapBound must be 0\.47\d+ \(USD\), the recomputed value;/,
    );
    expect(claim(0)).toThrow(changed);
  });

  testRefusals([
    [
      "what is none",
      () => scheduleFromJson("trade,1"),
      'text must be JSON, as scheduleToJson writes it; got the text "trade,1". It breaks off before its end, or is another ' +
        "format.",
    ],
    [
      "another format",
      spoiled("optimal-execution schedule", "a file"),
      'format must be "optimal-execution schedule"; got the text "a file". scheduleToJson writes such files.',
    ],
    [
      "a later version",
      spoiled('"version": 1', '"version": 2'),
      "version must be 1; got 2. A later release of the library wrote it: update this one.",
    ],
    [
      "a certificate that does not hold for its schedule",
      () => scheduleFromJson(scheduleToJson(problem, twap).replace('"not-optimal"', '"optimal"')),
      'certificate.verdict must be "not-optimal", the value recomputed from problem, schedule and bounds; got the text ' +
        `"optimal". ${changed}`,
    ],
    [
      "a schedule that another problem's certificate came with",
      spoiled('"riskAversion": 0.0001', '"riskAversion": 0'),
      'certificate.verdict must be "not-optimal", the value recomputed from problem, schedule and bounds; got the text ' +
        `"optimal". ${changed}`,
    ],
    [
      "bounds that were narrowed later",
      spoiled('"upper": [600,', '"upper": [300,'),
      'certificate.verdict must be "infeasible", the value recomputed from problem, schedule and bounds; got the text ' +
        `"optimal". ${changed}`,
    ],
    [
      "another curvature",
      spoiled(/"curvature": [^\n]+/, '"curvature": 1'),
      `certificate.curvature must be ${certify(problem, twap).curvature} (USD/share²), ${anew}; got 1. ${changed}`,
    ],
    [
      "a loose bound that is none",
      spoiled('"isGapLoose": false', '"isGapLoose": true'),
      `certificate.isGapLoose must be false, the value recomputed from problem, schedule and bounds; got true. ${changed}`,
    ],
    [
      "trades that were changed",
      spoiled(/"trades": \[[^,]+/, '"trades": [1'),
      expect.stringMatching(
        /^schedule\.trades\[0\] must be [\d.]+ shares, remaining\[0\] less remaining\[1\]; got 1\. /,
      ),
    ],
    [
      "another order",
      spoiled('"shares": 1000', '"shares": 1001'),
      "schedule.remaining[0] must be the problem's 1001 shares; got 1000. Make the schedule from this problem.",
    ],
  ]);
});

describe("scheduleToCsv", () => {
  testRefusals([
    [
      "a clock that is none",
      () => scheduleToCsv(problem, twap, { start: "half past nine" }),
      'start must be a time of day, such as "09:30"; got the text "half past nine".',
    ],
    [
      "a clock for days",
      () => scheduleToCsv(days, optimalSchedule(days), { start: "09:30" }),
      'start must be left out, as a clock does not show the problem\'s unit of time; got the text "09:30". ' +
        'State the problem in seconds, minutes or hours; its timeUnit is "day".',
    ],
    [
      "two clocks",
      () => scheduleToCsv(problem, twap, { start: "09:30", slices: { starts: [], ends: [] } }),
      'start must be left out where slices is given: both say the same thing; got the text "09:30".',
    ],
    [
      "slices of another order",
      () => scheduleToCsv(problem, twap, { slices: { starts: ["09:30"], ends: ["09:40"] } }),
      "slices.starts must be an array of 3 texts, as problemFromTicket gives it; got an array of length 1.",
    ],
    [
      "a time that would be two cells",
      () => scheduleToCsv(problem, twap, { slices: { starts: ["9,5", "a", "b"], ends: ["a", "b", "c"] } }),
      'slices.starts[0] must be a time without commas, semicolons, quotation marks or line ends; got the text "9,5".',
    ],
  ]);
});

test("scheduleFromCsv refuses one mark for two things", () => {
  expect(() => read("trade\n1", { decimal: ",", thousands: "," })).toThrow(
    'thousands must be a mark other than the decimal one; got the text ",".',
  );
});

test("scheduleFromCsv refuses thousands that are no groups of three", () => {
  expect(() => read('trade\n"1,20,000"\n300\n200', { thousands: "," })).toThrow(
    'schedule, line 2, column 1 (trade) must be a number such as 5000 or 0.25; got the text "1,20,000".',
  );
});

test("scheduleFromCsv refuses a clock where the problem counts in days", () => {
  expect(() => scheduleFromCsv(days, "start,trade\n09:30,500\n09:40,300\n09:50,200")).toThrow(
    "schedule, line 3, column 1 (start) must be a number, as a clock does not show the problem's unit of time (day); " +
      'got the text "09:40".',
  );
});
