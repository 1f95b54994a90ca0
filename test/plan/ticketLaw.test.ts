import { describe, expect, test } from "vitest";
import {
  almgren2005Impact,
  boundedSchedule,
  costReport,
  defineProblem,
  deskReport,
  equalSchedule,
  optimalSchedule,
  planSchedule,
  problemFromTicket,
  requireOptimal,
  riskAversionFor,
  scheduleFromCsv,
  scheduleFromJson,
  scheduleToCsv,
  scheduleToJson,
  type Ticket,
  type TicketProblem,
  volumeSchedule,
} from "../../src/index";
import { testRefusals } from "../helpers/refusals";
import { stock } from "./tickets";

const rule = { ...stock.impactRule, exponent: 0.6 } as const;
const power = { ...stock, impactRule: rule } as const satisfies Ticket;
const rowOf = (ticket: TicketProblem, what: string): string | undefined =>
  ticket.passport.find((row) => row.what === what)?.howMuch;

describe("a ticket whose rule has an exponent", () => {
  test("becomes a power law that concedes what the rule says at its rate, and less than twice as much at twice the rate", () => {
    const { problem } = problemFromTicket({
      ...power,
      permanentImpactRule: { fractionOfDailyVolume: 0.1, basisPoints: 10 },
    });
    // 390,000 shares in 390 minutes are 1,000 a minute, which concede 15 bp of 50.
    expect(problem.impact?.kind).toBe("power");
    if (problem.impact?.kind !== "power") return;
    expect(problem.impact.exponent).toBe(0.6);
    expect(Math.abs((problem.impact.coefficient * 1000 ** 0.6) / 0.075 - 1)).toBeLessThan(1e-14);
    expect(problem.impact.permanent).toBeCloseTo(0.05 / 390_000, 20);
    // 120,000 shares evenly in two hours trade at that rate: 15 bp of each.
    const same = problemFromTicket({ ...power, shares: 120_000, spread: 0 }).problem;
    const { expectedCost } = costReport(same, equalSchedule(same));
    expect(expectedCost / (120_000 * 50 * 1e-4)).toBeCloseTo(15, 10);
    const twice = problemFromTicket({ ...power, shares: 240_000, spread: 0 }).problem;
    const { expectedCost: cost } = costReport(twice, equalSchedule(twice));
    expect(cost / (240_000 * 50 * 1e-4)).toBeCloseTo(15 * 2 ** 0.6, 10);
  });

  test("read over the order's own time, prices a size: trading it evenly costs just that, whatever the exponent", () => {
    for (const exponent of [0.5, 0.6, 1, 1.5]) {
      const impactRule = { fractionOfDailyVolume: 0.1, basisPoints: 15, over: "order", exponent } as const;
      const { problem } = problemFromTicket({ ...stock, shares: 390_000, spread: 0, impactRule });
      const { expectedCost } = costReport(problem, equalSchedule(problem));
      expect(expectedCost / (390_000 * 50 * 1e-4)).toBeCloseTo(15, 10);
    }
  });

  test("of 1 is the linear law, as without it", () => {
    const [one, none] = [{ ...stock.impactRule, exponent: 1 }, stock.impactRule].map(
      (impactRule) => problemFromTicket({ ...stock, impactRule }).problem,
    );
    expect(one).toEqual(none);
    expect(one.impact?.kind).toBe("linear");
  });

  test("is the law of Almgren and others where it says their numbers", () => {
    // IBM: 0.142 σ (10%)^0.6 in basis points, and a day of 390 minutes.
    const [price, dailyVolume, σ] = [100, 6.561e6, 0.0157];
    const { impact } = almgren2005Impact({
      ...{ price, dailyVolume, sharesOutstanding: 1.728e9, dailyVolatility: σ, dayLength: 390 },
    });
    const { problem } = problemFromTicket({
      ...{ ...stock, price, averageDailyVolume: dailyVolume, dailyVolatility: σ },
      impactRule: { fractionOfDailyVolume: 0.1, basisPoints: 1e4 * 0.142 * σ * 0.1 ** 0.6, exponent: 0.6 },
    });
    const coefficient = problem.impact?.kind === "power" ? problem.impact.coefficient : Number.NaN;
    expect(Math.abs(coefficient / impact.coefficient - 1)).toBeLessThan(1e-13);
  });

  test("says so in its passport, in words that its numbers bear out", () => {
    const ticket = problemFromTicket(power);
    // 200,000 shares in 120 minutes are 1,667 a minute: 15 · (5/3)^0.6; over the order's time the rule is about 3,250 a minute.
    const [own, other] = [15 * (200 / 120) ** 0.6, 15 * (200 / 390) ** 0.6];
    expect(own.toFixed(1)).toBe("20.4");
    expect(other.toFixed(1)).toBe("10.0");
    expect(rowOf(ticket, "Cost of speed")).toBe(
      "15 bp for 10% of a day's volume, spread evenly over a day, growing with the rate to the power 0.6; this order evenly: 20.4 bp " +
        '(read with over: "order": 10 bp); η is 0.00119 USD/share·(minute/share)^0.6',
    );
    expect(ticket.warnings).toEqual([]);
  });

  test("goes the whole way: plan, λ in words, JSON, CSV and the desk's report", () => {
    const ticket = problemFromTicket({ ...power, participationCap: 0.2, volumeCurve: "u-shape" });
    const planned = requireOptimal(planSchedule(ticket.problem, { ...ticket.constraints, lot: undefined }));
    expect(planned.certificate.verdict).toBe("optimal");
    const back = scheduleFromJson(scheduleToJson(ticket.problem, planned.schedule, ticket.bounds));
    expect(back.problem.impact).toEqual(ticket.problem.impact);
    expect(back.certificate.verdict).toBe("optimal");
    const csv = scheduleToCsv(ticket.problem, planned.schedule, { slices: ticket.slices });
    scheduleFromCsv(ticket.problem, csv).trades.forEach((n, k) => {
      expect(n).toBe(planned.schedule.trades[k]);
    });
    const found = riskAversionFor(ticket.problem, { kind: "done", fraction: 0.6, by: 60 });
    if (found.status !== "found") throw new Error(found.status);
    const asked = defineProblem({ ...ticket.problem, riskAversion: found.riskAversion });
    expect(optimalSchedule(asked).remaining[6] / 200_000).toBeCloseTo(0.4, 6);
    const report = deskReport({ ...power, participationCap: 0.2 });
    expect(report.title).toBe("Sell 200,000 shares of ACME, 10:00 to 12:00");
    expect(JSON.stringify(report.parts)).toContain("growing with the rate to the power 0.6");
  });
});

describe("impact that follows the market", () => {
  const lengths = [25, 25, 25, 25, 20];
  const volatilityCurve = [0.03, 0.025, 0.02, 0.015, 0.02];
  const ticket = {
    ...{ ...stock, volumeCurve: "u-shape", volatilityCurve, sliceLength: "25 min", riskAversion: 0 },
    ...{ impactRule: { ...rule, follows: "market" } },
  } as const satisfies Ticket;

  test("costs the same part of the slice's volatility for the same part of its volume", () => {
    const { problem } = problemFromTicket(ticket);
    const { profile } = problem;
    profile?.volumes?.forEach((volume, k) => {
      // At 10% of the market's volume a usual minute costs 15 bp of 50; this one as much more as it is more volatile.
      const conceded = (profile.temporaryImpact?.[k] ?? 0) * ((0.1 * volume) / lengths[k]) ** 0.6;
      expect(Math.abs(conceded / ((0.075 * volatilityCurve[k]) / 0.02) - 1)).toBeLessThan(1e-13);
      expect(profile.volatility?.[k]).toBeCloseTo((volatilityCurve[k] * 50) / Math.sqrt(390), 14);
    });
    expect(rowOf(problemFromTicket(ticket), "Cost of speed")).toMatch(
      /at a usual minute's volume, times \(the slice's volume over it\)\^−0\.6 and times the slice's volatility over the day's$/,
    );
    expect(rowOf(problemFromTicket(ticket), "Volatility")).toBe(
      "2% of the price in a day of 390 minutes: 0.0506 USD per share in a minute; in the slices 1.5% to 3%",
    );
  });

  test("without risk trades as V σ^(−1/β), and by volume alone as the market does", () => {
    const { problem } = problemFromTicket(ticket);
    const volumes = problem.profile?.volumes ?? [];
    const weights = volumes.map((volume, k) => volume * volatilityCurve[k] ** (-1 / 0.6));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    requireOptimal(boundedSchedule(problem)).schedule.trades.forEach((n, k) => {
      expect(Math.abs(n - (200_000 * weights[k]) / whole)).toBeLessThan(0.1);
    });
    const byVolume = problemFromTicket({ ...ticket, impactRule: { ...rule, follows: "volume" } }).problem;
    const vwap = volumeSchedule(byVolume);
    requireOptimal(boundedSchedule(byVolume)).schedule.trades.forEach((n, k) => {
      expect(Math.abs(n - vwap.trades[k])).toBeLessThan(0.1);
    });
  });

  test("linear impact does so too; and is the volume's alone where volatility is flat", () => {
    const linear = { ...stock.impactRule, follows: "market" } as const;
    const { problem } = problemFromTicket({ ...ticket, impactRule: linear });
    const volumes = problem.profile?.volumes ?? [];
    volumes.forEach((volume, k) => {
      const expected = (7.5e-5 * 10_000 * lengths[k] * volatilityCurve[k]) / volume / 0.02;
      expect(Math.abs((problem.profile?.temporaryImpact?.[k] ?? 0) / expected - 1)).toBeLessThan(1e-13);
    });
    expect(rowOf(problemFromTicket({ ...ticket, impactRule: linear }), "Cost of speed")).toMatch(
      /inversely proportional to the slice's and times the slice's volatility over the day's$/,
    );
    const flat = { ...ticket, volatilityCurve: "flat" } as const;
    const [market, volume] = (["market", "volume"] as const).map(
      (follows) =>
        problemFromTicket({ ...flat, impactRule: { ...rule, follows } }).problem.profile?.temporaryImpact,
    );
    expect(market).toEqual(volume);
  });

  test("a volatility curve that is far from the day's volatility is warned of", () => {
    const percent = problemFromTicket({ ...ticket, volatilityCurve: [3, 2.5, 2, 1.5, 2] });
    expect(percent.warnings[0]).toBe(
      "volatilityCurve: 225.832% a day on average, where dailyVolatility says 2%. Are its numbers of a slice, in percent, or of a year?",
    );
    expect(problemFromTicket(ticket).warnings).toEqual([]);
  });

  testRefusals([
    [
      "a slice without volatility",
      () => problemFromTicket({ ...ticket, volatilityCurve: [0.02, 0.02, 0, 0.02, 0.02] }),
      'the volatility of slice 3 must be above 0 where impactRule.follows is "market": without volatility no trade has a price; got 0.',
    ],
    [
      "a curve of another length",
      () => problemFromTicket({ ...ticket, volatilityCurve: [0.02] }),
      "volatilityCurve must be an array of 5 numbers (fraction of the price per day); got an array of length 1.",
    ],
    [
      "a curve that is none",
      () => problemFromTicket({ ...ticket, volatilityCurve: "smile" as never }),
      'volatilityCurve must be "flat", or the volatility of each slice (fraction of the price per day); got the text "smile".',
    ],
    [
      "an exponent of 0",
      () => problemFromTicket({ ...ticket, impactRule: { ...rule, exponent: 0 } }),
      "impactRule.exponent must be a number above 0 and at most 3; got 0.",
    ],
  ]);
});
