import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  costDistribution,
  deskReport,
  type Figure,
  problemFromTicket,
  quantile,
  type Table,
} from "../../src/index";
import { schemaComplaints } from "../helpers/plotly";
import { stock } from "../plan/tickets";

const capped = {
  ...stock,
  shares: 150_000,
  participationCap: 0.15,
  volumeCurve: "u-shape",
  end: "15:30",
} as const;
const figuresOf = (report: ReturnType<typeof deskReport>) =>
  report.parts.filter((part): part is Figure => part.kind === "figure");
const tablesOf = (report: ReturnType<typeof deskReport>) =>
  report.parts.filter((part): part is Table => part.kind === "table");

describe("a report on an order that can be traded", () => {
  const report = deskReport(capped);
  const { problem, bounds, passport } = problemFromTicket(capped);

  test("begins with the order and its cost in basis points, from the exact distribution", () => {
    expect(report).toMatchObject({ title: "Sell 150,000 shares of ACME, 10:00 to 15:30", status: "optimal" });
    const best = boundedSchedule(problem, bounds);
    if (best.status !== "optimal") throw new Error(best.message);
    const bp = costDistribution(problem, best.schedule).inBasisPoints;
    if (bp === undefined) throw new Error("the ticket has a price");
    const [mean, low, high] = [bp.mean, quantile(bp, 0.05), quantile(bp, 0.95)].map((value) =>
      value.toFixed(1),
    );
    expect(report.summary[0]).toBe(
      `The plan costs ${mean} bp of the order's value on average, and ${low} to ${high} bp in 90 of 100 cases.`,
    );
    // Half of a spread of 0.01 on a price of 50.
    expect(report.summary[1]).toBe(
      "Every schedule pays 1.0 bp of it: half the spread, fees, and half of the order's lasting impact.",
    );
    expect(report.summary[2]).toMatch(
      /^No other schedule within the limits is better by more than \S+ USD: certified\.$/,
    );
  });

  test("compares the plan with equal slices and a volume schedule, and says which keep the limits", () => {
    const [costs, slices, ticket] = tablesOf(report);
    expect(costs.rows.map(([name]) => name)).toEqual(["Plan", "TWAP", "VWAP-like"]);
    expect(costs.rows.map((row) => row.at(-1))).toEqual(["yes", "yes", "yes"]);
    expect(tablesOf(deskReport({ ...capped, participationCap: 0.06 }))[0].rows[1].at(-1)).toBe("no");
    expect(slices.rows).toHaveLength(problem.intervals);
    expect(slices.rows[0][0]).toBe("10:00–10:10");
    expect(slices.rows.at(-1)?.slice(2)).toEqual(["0", "100.0%"]);
    expect(ticket.rows).toHaveLength(passport.length);
  });

  test("draws schedule, trades, participation with the cap, frontier and explanation, by the clock", () => {
    const figures = figuresOf(report);
    expect(figures).toHaveLength(5);
    expect(figures.flatMap(schemaComplaints)).toEqual([]);
    // The basic bundle of plotly.js draws these and no others.
    for (const { data } of figures)
      for (const trace of data) expect(["scatter", "bar"]).toContain(trace.type);
    expect(figures[0].summary).toMatch(
      /^Chart\. Shares Remaining \(x\): The plan has sold half by \d\d:\d\d/,
    );
    expect(figures[2].data.map(({ name }) => name)).toContain("Cap 15.0%");
  });

  test("is plain data", () => {
    expect(structuredClone(report)).toEqual(report);
  });
});

test("an order that does not fit its limits is reported with the proof, what would do, and the ticket", () => {
  const report = deskReport({ ...capped, participationCap: 0.01 });
  expect(report.status).toBe("infeasible");
  expect(report.summary).toHaveLength(1);
  expect(report.summary[0]).toMatch(
    /^No schedule keeps the limits: they allow [\d,]+ shares in total, [\d,]+ short of the order's 150,000\. Enough on its own: /,
  );
  expect(report.parts.map(({ kind }) => kind)).toEqual(["table"]);
});

test("without a risk aversion there is no frontier, and with lots their price is said", () => {
  expect(figuresOf(deskReport({ ...capped, riskAversion: 0 }))).toHaveLength(4);
  const inLots = deskReport({ ...capped, lot: 100 });
  expect(inLots.summary[2]).toMatch(
    /^No other schedule in whole lots is better; whole lots cost [\d.]+ USD\.$/,
  );
});

test("a lunch break leaves the clock off the axis, which would not show it", () => {
  const session = { open: "09:00", close: "15:00", breaks: [["11:30", "12:30"]] } as const;
  const lunch = deskReport({ ...capped, session, start: "10:00", end: "14:00" });
  expect(figuresOf(lunch)[0].summary).toMatch(/after \d/);
});

test("a ticket with dates and an order in coins have titles without seconds and offsets", () => {
  const dated = {
    ...capped,
    timeZone: "America/New_York",
    start: "2024-11-29 10:00",
    end: "2024-11-29 15:30",
  };
  expect(deskReport(dated).title).toBe("Sell 150,000 shares of ACME, 2024-11-29 10:00 to 2024-11-29 15:30");
  const coins = {
    ...stock,
    symbol: undefined,
    unit: "BTC",
    side: "buy",
    shares: 2.5,
    averageDailyVolume: 400,
  } as const;
  expect(deskReport({ ...coins, session: "around the clock" }).title).toBe("Buy 2.5 BTC, 10:00 to 12:00");
});
