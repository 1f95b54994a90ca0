import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  certify,
  costReport,
  lotSchedule,
  planSchedule,
  problemFromTicket,
  type Ticket,
  type TicketProblem,
  volumeSchedule,
} from "../../src/index";
import { table1 } from "../helpers/problems";
import { testRefusals } from "../helpers/refusals";
import { stock } from "./tickets";

/** The whole way: the optimum within the cap, its cost and its certificate; and the plan under the same constraints. */
function plan({ problem, bounds, constraints }: TicketProblem) {
  const result = boundedSchedule(problem, bounds);
  if (result.status !== "optimal") throw new Error(result.message);
  const { schedule } = result;
  expect(certify(problem, schedule, bounds ?? { lower: 0 }).verdict).toBe("optimal");
  const report = costReport(problem, schedule);
  expect(report.expectedCost).toBeGreaterThan(0);
  const planned = planSchedule(problem, { ...constraints, lot: undefined });
  if (planned.status !== "optimal") throw new Error(planned.status);
  expect(planned.bounds.upper).toEqual(bounds?.upper ?? planned.bounds.upper);
  expect(planned.schedule.trades).toEqual(schedule.trades);
  return { ...schedule, report, upperPrices: result.upperPrices };
}

const rowOf = (ticket: TicketProblem, what: string): string | undefined =>
  ticket.passport.find((row) => row.what === what)?.howMuch;

describe("an order goes from its ticket to a certified schedule, with parameters computed by hand:", () => {
  test("a sell in the morning", () => {
    const ticket = problemFromTicket({
      ...{ ...stock, participationCap: 0.2, fees: 0.003, riskAversion: 2e-6 },
      permanentImpactRule: { fractionOfDailyVolume: 0.1, basisPoints: 10 },
    });
    const { problem, bounds } = ticket;
    // 120 minutes of 390; σ = 0.02 · 50 / √390; η = 15 bp of 50 = 0.075 at 390,000 shares in 390 minutes;
    // γ = 10 bp of 50 = 0.05 for 390,000 shares; ε = half a cent and 0.3 cents.
    expect(problem).toMatchObject({
      side: "sell",
      shares: 200_000,
      horizon: 120,
      intervals: 12,
      timeUnit: "minute",
    });
    expect(problem).toMatchObject({ timing: "mid", arrivalPrice: 50, currency: "USD", warnings: [] });
    expect(problem.volatility).toBeCloseTo(0.05063696835418333, 15);
    expect(problem.temporaryImpact).toBeCloseTo(7.5e-5, 18);
    expect(problem.permanentImpact).toBeCloseTo(0.05 / 390_000, 20);
    expect(problem.halfSpread).toBeCloseTo(0.008, 15);
    // 10,000 shares a minute trade in the market.
    expect(problem.profile?.volumes).toEqual(new Array(12).fill(100_000));
    expect(bounds?.upper).toEqual(new Array(12).fill(20_000));
    expect(ticket.slices.starts.slice(0, 2)).toEqual(["10:00", "10:10"]);
    expect(ticket.slices.ends.at(-1)).toBe("12:00");
    const { trades, upperPrices, report } = plan(ticket);
    expect(trades[0]).toBe(20_000);
    expect(upperPrices[0]).toBeGreaterThan(0);
    expect(report.spread).toBeCloseTo(1600, 8);
  });

  test("a buy, in basis points and venues, by the market's own volumes, with the trades of others under the cap", () => {
    const volumes = [300_000, 200_000, 150_000, 150_000, 200_000, 250_000];
    const ticket = problemFromTicket({
      ...{ ...stock, side: "buy", sliceLength: { value: 20, unit: "minute" }, volumeCurve: volumes },
      spread: { basisPoints: 4 },
      fees: [
        { name: "Lit", fraction: 0.75, fee: { basisPoints: 0.3 } },
        { name: "Posting", fraction: 0.25, fee: -0.002, liquidity: "makes" },
      ],
      participationCap: { fraction: 0.2, of: "total" },
    });
    const { problem, bounds } = ticket;
    // Half of 4 bp of 50 = 0.01 on three quarters; 0.3 bp of 50 = 0.0015 on them; a rebate of 0.002 on the rest.
    expect(problem.halfSpread).toBeCloseTo(0.75 * (0.01 + 0.0015) - 0.25 * 0.002, 15);
    // n ≤ 0.2 (n + V): a quarter of what the others trade.
    expect(bounds?.upper).toEqual([75_000, 50_000, 37_500, 37_500, 50_000, 62_500]);
    for (const [k, most] of (bounds?.upper ?? []).entries())
      expect(most / (most + volumes[k])).toBeCloseTo(0.2, 15);
    const { trades } = plan(ticket);
    expect(trades[0]).toBeGreaterThan(trades[5]);
    expect(problem.side).toBe("buy");
  });

  test("a night order in a future, over midnight, with multiplier, ticks and lots", () => {
    const ticket = problemFromTicket({
      ...{
        symbol: "ES",
        unit: "contracts",
        side: "buy",
        shares: 900,
        price: 5000,
        multiplier: 50,
        tick: 0.25,
      },
      ...{ averageDailyVolume: 1_380_000, dailyVolatility: 0.01, spread: { ticks: 1 }, fees: 1.25, lot: 10 },
      ...{ start: "22:00", end: "02:00", sliceLength: "30 min", session: { open: "18:00", close: "17:00" } },
      ...{
        impactRule: { fractionOfDailyVolume: 0.01, basisPoints: 5 },
        participationCap: 0.01,
        riskAversion: 1e-7,
      },
    });
    const { problem, bounds } = ticket;
    // A contract is worth 250,000 USD; the session has 23 hours, 1,380 minutes: 1,000 contracts a minute.
    expect(problem).toMatchObject({ horizon: 240, intervals: 8, arrivalPrice: 250_000, warnings: [] });
    expect(problem.volatility).toBeCloseTo(2500 / Math.sqrt(1380), 10);
    // 5 bp are 125 USD, at 13,800 contracts in 1,380 minutes.
    expect(problem.temporaryImpact).toBeCloseTo(12.5, 12);
    // Half of 12.5 USD, and the fee.
    expect(problem.halfSpread).toBeCloseTo(7.5, 13);
    expect(bounds?.upper).toEqual(new Array(8).fill(300));
    expect(ticket.slices.starts).toEqual([
      "22:00",
      "22:30",
      "23:00",
      "23:30",
      "00:00",
      "00:30",
      "01:00",
      "01:30",
    ]);
    expect(ticket.constraints).toEqual({ participation: { fraction: 0.01, of: "others" }, lot: 10 });
    expect(rowOf(ticket, "Order")).toBe(
      "buy 900 contracts of ES at 5,000 points of 50 USD, worth 225,000,000 USD",
    );
    plan(ticket);
    const lots = lotSchedule(problem, { ...bounds, lot: ticket.constraints.lot ?? 1 });
    if (lots.status !== "optimal") throw new Error(lots.message);
    for (const n of lots.schedule.trades) expect(Math.abs(n % 10)).toBe(0);
  });

  test("a half day, which ends early but whose minutes are those of any day", () => {
    const session = { open: "09:30", close: "16:00", halfDays: { "2024-11-29": "13:00" } };
    const ticket = problemFromTicket({
      ...{ ...stock, session, timeZone: "America/New_York", sliceLength: "25 min", participationCap: 0.2 },
      ...{ start: "2024-11-29 10:00", end: "13:00" },
    });
    const { problem, bounds } = ticket;
    // 180 minutes in 7 slices of 25 and one of 5.
    expect(problem).toMatchObject({ horizon: 180, intervals: 8 });
    expect(problem.profile?.lengths).toEqual([25, 25, 25, 25, 25, 25, 25, 5]);
    expect(problem.volatility).toBeCloseTo(1 / Math.sqrt(390), 15);
    expect(bounds?.upper).toEqual([50_000, 50_000, 50_000, 50_000, 50_000, 50_000, 50_000, 10_000]);
    expect(ticket.slices.ends.at(-1)).toBe("2024-11-29 13:00:00-05:00");
    expect(rowOf(ticket, "A day")).toBe(
      "2024-11-29 09:30:00-05:00 to 2024-11-29 13:00:00-05:00, 210 minutes of trading; a regular day has 390 minutes",
    );
    plan(ticket);
  });

  test("a crypto order around the clock, in fractions of a coin, through a night on which clocks are set", () => {
    const coin: Omit<Ticket, "start" | "end"> = {
      ...{ unit: "BTC", side: "sell", shares: 12.345, price: 60_000, averageDailyVolume: 14_400, lot: 0.001 },
      ...{
        dailyVolatility: 0.03,
        sliceLength: "1 hour",
        session: "around the clock",
        spread: { basisPoints: 2 },
      },
      ...{
        impactRule: { fractionOfDailyVolume: 0.01, basisPoints: 10 },
        participationCap: 0.003,
        riskAversion: 1e-5,
      },
    };
    const night = { start: "2024-03-09 22:00", end: "2024-03-10 08:00", timeZone: "America/New_York" };
    const ticket = problemFromTicket({ ...coin, ...night });
    const { problem, bounds } = ticket;
    // Ten hours by the clock, nine of them there.
    expect(problem).toMatchObject({ horizon: 540, intervals: 9 });
    // A day has 1,440 minutes: 1,800 USD over their root; 60 USD at 144 BTC a day; 6 USD half the spread; 10 BTC a minute.
    expect(problem.volatility).toBeCloseTo(1800 / Math.sqrt(1440), 12);
    expect(problem.temporaryImpact).toBeCloseTo(60 / (144 / 1440), 10);
    expect(problem.halfSpread).toBeCloseTo(6, 13);
    for (const most of bounds?.upper ?? []) expect(most).toBeCloseTo(1.8, 14);
    expect(ticket.slices.starts.slice(3, 5)).toEqual([
      "2024-03-10 01:00:00-05:00",
      "2024-03-10 03:00:00-04:00",
    ]);
    const { trades, remaining } = plan(ticket);
    expect(remaining[0]).toBe(12.345);
    expect(trades[0]).toBeGreaterThan(trades[8]);
    // Without dates, no clock is set, and three days are three times 24 hours.
    expect(problemFromTicket({ ...coin, start: "22:00", end: "08:00" }).problem.horizon).toBe(600);
    const long = { start: "2024-06-01T10:00Z", end: "2024-06-04T10:00Z" };
    expect(problemFromTicket({ ...coin, ...long }).problem.horizon).toBe(3 * 1440);
  });
});

test("the rules of thumb of Almgren and Chriss give their Table 1", () => {
  // A day of one session; AC § 3.4: a spread of 1/8 for 10% of the daily volume for good, and for 1% of it meanwhile.
  const { problem } = problemFromTicket({
    ...{
      side: "sell",
      shares: 1e6,
      price: 50,
      averageDailyVolume: 5e6,
      dailyVolatility: 0.95 / 50,
      spread: 1 / 8,
    },
    ...{ start: "09:30", end: "16:00", sliceLength: "390 min", session: { open: "09:30", close: "16:00" } },
    impactRule: { fractionOfDailyVolume: 0.01, basisPoints: (1e4 * 0.125) / 50 },
    permanentImpactRule: "spread",
  });
  expect(problem.volatility * Math.sqrt(390)).toBeCloseTo(table1.volatility, 13);
  expect(problem.temporaryImpact / 390).toBeCloseTo(table1.temporaryImpact, 18);
  expect(problem.permanentImpact).toBeCloseTo(table1.permanentImpact, 18);
  expect(problem.halfSpread).toBe(table1.halfSpread);
});

test("a spread is as the price is quoted, in ticks or in basis points, and each is worth the multiplier", () => {
  const future = { ...stock, price: 5000, multiplier: 50, tick: 0.25 };
  const half = (spread: Ticket["spread"]): number =>
    problemFromTicket({ ...future, spread }).problem.halfSpread;
  expect([half(0.25), half({ ticks: 1 }), half({ basisPoints: 0.5 })]).toEqual([6.25, 6.25, 6.25]);
});

test("read over the order's own time, the rule prices a size instead of a rate: trading it evenly costs just that", () => {
  const rule = { fractionOfDailyVolume: 0.1, basisPoints: 15, over: "order" } as const;
  const { problem } = problemFromTicket({
    ...stock,
    shares: 390_000,
    spread: 0,
    impactRule: rule,
    riskAversion: 0,
  });
  const { schedule } = boundedSchedule(problem) as Extract<
    ReturnType<typeof boundedSchedule>,
    { status: "optimal" }
  >;
  const perShare = costReport(problem, schedule).expectedCost / 390_000;
  expect((1e4 * perShare) / 50).toBeCloseTo(15, 10);
});

describe("impact that follows the volume", () => {
  const follows = { ...stock.impactRule, follows: "volume" } as const;
  const ticket = {
    ...stock,
    impactRule: follows,
    volumeCurve: "u-shape",
    riskAversion: 0,
    sliceLength: "25 min",
  } as const;

  test("costs the same for the same part of the market, so that without risk aversion VWAP is the optimum", () => {
    const { problem } = problemFromTicket(ticket);
    const vwap = volumeSchedule(problem);
    const { trades } = plan(problemFromTicket(ticket));
    for (const [k, n] of vwap.trades.entries()) expect(trades[k]).toBeCloseTo(n, 5);
    // At 10% of the market's volume it is 15 bp of 50, in each slice.
    const { profile, horizon } = problem;
    const lengths = [25, 25, 25, 25, 20];
    expect(horizon).toBe(120);
    for (const [k, volume] of (profile?.volumes ?? []).entries()) {
      expect(((profile?.temporaryImpact?.[k] ?? 0) * 0.1 * volume) / lengths[k]).toBeCloseTo(0.075, 14);
    }
    expect(rowOf(problemFromTicket(ticket), "Cost of speed")).toMatch(
      /η is 7\.5e-5 USD·minute\/share² at a usual minute's volume, inversely proportional to the slice's$/,
    );
  });

  test("is the same number where the volume is flat", () => {
    const { problem } = problemFromTicket({ ...ticket, volumeCurve: "flat" });
    for (const η of problem.profile?.temporaryImpact ?? []) expect(η).toBeCloseTo(7.5e-5, 18);
  });

  testRefusals([
    [
      "a slice without volume",
      () => problemFromTicket({ ...ticket, volumeCurve: [1e5, 0, 1e5, 1e5, 1e5] }),
      'the volume of slice 2 must be above 0 where impactRule.follows is "volume": without volume no trade has a price; got 0.',
    ],
  ]);
});

describe("time", () => {
  const clock = (change: Partial<Ticket>) => {
    const { problem, slices } = problemFromTicket({ ...stock, ...change });
    return { horizon: problem.horizon, lengths: problem.profile?.lengths, ...slices };
  };

  test("without a session is that of New York, and the passport says so", () => {
    const { session: _, ...open } = stock;
    expect(rowOf(problemFromTicket(open), "A day")).toBe(
      "09:30 to 16:00, 390 minutes of trading (assumed, as the ticket states no session: the hours of New York)",
    );
    expect(problemFromTicket(open).problem).toEqual(problemFromTicket(stock).problem);
  });

  test("in breaks does not count, and no slice reaches across one", () => {
    const session = { open: "09:00", close: "15:00", breaks: [["11:30", "12:30"]] } as const;
    expect(clock({ session, start: "11:00", end: "13:00", sliceLength: "20 min" })).toEqual({
      horizon: 60,
      lengths: [20, 10, 20, 10],
      starts: ["11:00", "11:20", "12:30", "12:50"],
      ends: ["11:20", "11:30", "12:50", "13:00"],
    });
    const { problem } = problemFromTicket({ ...stock, session });
    expect(problem.volatility).toBeCloseTo(1 / Math.sqrt(300), 15);
  });

  test("of a session that opens and closes at one time is 24 hours from there on", () => {
    const session = { open: "17:00", close: "17:00" };
    expect(clock({ session, start: "17:00", end: "17:00", sliceLength: "12 hours" })).toEqual({
      ...{ horizon: 1440, lengths: undefined, starts: ["17:00", "05:00"], ends: ["05:00", "17:00"] },
    });
  });

  test("of a market that closes at midnight ends there, and a clock without a date knows no half day", () => {
    const session = {
      open: "00:00",
      close: "24:00",
      halfDays: { "1970-01-01": "13:00" },
      holidays: ["1970-01-01"],
    };
    expect(
      clock({ session, start: "23:40", end: "00:00", sliceLength: { value: 10, unit: "minute" } }),
    ).toEqual({
      ...{ horizon: 20, lengths: undefined, starts: ["23:40", "23:50"], ends: ["23:50", "00:00"] },
    });
  });

  test("in slices whose length is no binary number has no slice of a rounding error", () => {
    const { starts } = clock({ start: "10:00", end: "10:41", sliceLength: { value: 2.05, unit: "minute" } });
    expect(2.05 * 60_000).toBeLessThan(123_000);
    expect(starts).toHaveLength(20);
  });

  test("ends at the next such time by the market's clock, also where it is another day by that of UTC", () => {
    const evening = {
      session: "around the clock",
      timeZone: "America/New_York",
      sliceLength: "30 min",
    } as const;
    expect(clock({ ...evening, start: "2024-06-01 21:00", end: "22:00" }).horizon).toBe(60);
    expect(clock({ ...evening, start: "2024-06-01 21:00", end: "20:00" }).horizon).toBe(23 * 60);
  });

  test("with dates has the offset of its day, in whole seconds and parts of minutes", () => {
    const day = { timeZone: "Europe/London", session: { open: "08:00", close: "16:30" } };
    expect(clock({ ...day, start: "2024-07-01 15:00", end: "15:01:30", sliceLength: "45 s" })).toEqual({
      ...{ horizon: 1.5, lengths: undefined },
      starts: ["2024-07-01 15:00:00+01:00", "2024-07-01 15:00:45+01:00"],
      ends: ["2024-07-01 15:00:45+01:00", "2024-07-01 15:01:30+01:00"],
    });
    // The same moment, written with the offset of another place.
    const offset = clock({ ...day, start: "2024-07-01T10:00-04:00", end: "15:01:30", sliceLength: "45 s" });
    expect(offset.starts[0]).toBe("2024-07-01 15:00:00+01:00");
  });
});

describe("volume", () => {
  const volumesOf = (change: Partial<Ticket>): readonly number[] =>
    problemFromTicket({ ...stock, start: "09:30", end: "16:00", sliceLength: "65 min", ...change }).problem
      .profile?.volumes ?? [];
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

  test("in the shape of a U sums to the day's, is the same both ways, and four times as dense at the ends", () => {
    const minutes = volumesOf({ volumeCurve: "u-shape", sliceLength: "1 min" });
    expect(sum(minutes)).toBeCloseTo(3_900_000, 6);
    for (let k = 0; k < 195; k++) expect(minutes[k]).toBeCloseTo(minutes[389 - k], 6);
    // In the mean of a slice z² is that of its middle but for z's spread within it, 1/390² · 1/3.
    expect(minutes[0]).toBeCloseTo(10_000 * (0.5 + 1.5 * ((389 / 390) ** 2 + 1 / 390 ** 2 / 3)), 6);
    expect(minutes[0] / minutes[195]).toBeCloseTo(4, 1);
  });

  test("in the shape of a U fits a half day and a day with a break", () => {
    const halfDay = { open: "09:30", close: "16:00", halfDays: { "2024-11-29": "13:00" } };
    const early = { start: "2024-11-29 09:30", end: "13:00", timeZone: "America/New_York" };
    expect(sum(volumesOf({ volumeCurve: "u-shape", session: halfDay, ...early }))).toBeCloseTo(
      (3_900_000 * 210) / 390,
      6,
    );
    const session = { open: "09:00", close: "15:00", breaks: [["11:30", "12:30"]] } as const;
    const whole = volumesOf({ volumeCurve: "u-shape", session, start: "09:00", end: "15:00" });
    expect(sum(whole)).toBeCloseTo(3_900_000, 6);
  });

  test("from data is taken by the clock, and cut where slices are not those of the curve", () => {
    const volumeCurve = { starts: ["09:30:00", "11:40:00", "13:50:00"], fractions: [0.5, 0.2, 0.3] };
    expect(volumesOf({ volumeCurve })).toEqual([975_000, 975_000, 390_000, 390_000, 585_000, 585_000]);
    // From 10:35 to 12:45: half of the first part and half of the second.
    const [cut] = volumesOf({ volumeCurve, start: "10:35", end: "12:45", sliceLength: "130 min" });
    expect(cut).toBeCloseTo(975_000 + 390_000, 8);
    const tokyo = { open: "09:00", close: "15:00", breaks: [["11:30", "12:30"]] } as const;
    const halves = { starts: ["09:00", "11:00"], fractions: [0.4, 0.6] };
    // The second part has 180 minutes of trading, of which 60 lie before 13:00.
    const noon = { volumeCurve: halves, session: tokyo, start: "11:00", end: "13:00", sliceLength: "30 min" };
    expect(sum(volumesOf(noon))).toBeCloseTo((3_900_000 * 0.6) / 3, 6);
  });

  test("from data repeats itself around the clock, and begins the evening before where the session does", () => {
    const halves = { starts: ["00:00", "12:00"], fractions: [0.25, 0.75] };
    const around = { session: "around the clock", volumeCurve: halves, averageDailyVolume: 4e6 } as const;
    const [night, morning] = volumesOf({ ...around, start: "18:00", end: "06:00", sliceLength: "6 hours" });
    expect([night, morning]).toEqual([1.5e6, 0.5e6]);
    const future = { open: "18:00", close: "17:00" };
    const evening = { starts: ["18:00", "06:30"], fractions: [0.2, 0.8] };
    const both = { session: future, volumeCurve: evening, start: "23:00", end: "10:00" };
    const expected = 3_900_000 * (0.2 * (450 / 750) + 0.8 * (210 / 630));
    expect(sum(volumesOf(both))).toBeCloseTo(expected, 6);
  });
});

test("an odd lot is no constraint, since no schedule would keep it", () => {
  expect(problemFromTicket({ ...stock, lot: 300 }).constraints).toEqual({});
  expect(problemFromTicket({ ...stock, shares: 0.3, lot: 0.1 }).constraints).toEqual({ lot: 0.1 });
});

test("what a ticket becomes is plain data, whole after JSON", () => {
  const ticket = problemFromTicket({ ...stock, participationCap: 0.2, lot: 100, tick: 0.01 });
  expect(JSON.parse(JSON.stringify(ticket))).toEqual(ticket);
  expect(problemFromTicket(JSON.parse(JSON.stringify({ ...stock, lot: undefined })))).toEqual(
    problemFromTicket(stock),
  );
});
