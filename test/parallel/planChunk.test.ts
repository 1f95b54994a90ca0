import { describe, expect, test } from "vitest";
import {
  boundedSchedule,
  certify,
  decayImpact,
  defineProblem,
  optimalSchedule,
  powerImpact,
  requireOptimal,
} from "../../src/index";
import { Cursor } from "../../src/parallel/cursor";
import { readAnswer } from "../../src/parallel/packedAnswers";
import { OrderReader, type PackedOrders, packOrders } from "../../src/parallel/packedOrders";
import { planChunk } from "../../src/parallel/planChunk";

const answersOf = ({ exchange, length }: PackedOrders) => new Cursor(new Float64Array(exchange), length);

describe("orders on their way to a worker and back", () => {
  const linear = defineProblem({
    ...{
      shares: 1e6,
      horizon: 5,
      intervals: 5,
      volatility: 0.95,
      temporaryImpact: 2.5e-6,
      riskAversion: 1e-6,
    },
  });
  const power = defineProblem({
    ...{ ...linear, temporaryImpact: undefined, permanentImpact: undefined },
    impact: powerImpact({ coefficient: 0.0011, exponent: 0.5 }),
  });
  const problems = [linear, power, linear];

  test("keep their law of impact, whichever it is", () => {
    const sent = structuredClone(packOrders(problems, undefined));
    expect(planChunk(sent)).toEqual([]);
    const answers = answersOf(sent);
    for (const problem of problems) {
      const { trades, certificate } = readAnswer(answers, problem, false);
      const schedule = optimalSchedule(problem);
      expect(trades).toEqual(schedule.trades);
      expect(certificate).toEqual(certify(problem, schedule));
    }
  });

  test("come back with the prices of their bounds", () => {
    // Bounds that bind from above, from below, on both sides and not at all: prices that are all 0 are not sent.
    const all = [{ upper: 3e5 }, { lower: 1.5e5 }, { lower: 1.5e5, upper: 3e5 }, {}];
    for (const bounds of all) {
      const sent = structuredClone(packOrders(problems, bounds));
      planChunk(sent);
      const answers = answersOf(sent);
      for (const problem of problems) {
        const { trades, lowerPrices, upperPrices, marginalCost } = readAnswer(answers, problem, true);
        const right = requireOptimal(boundedSchedule(problem, bounds));
        expect(trades).toEqual(right.schedule.trades);
        expect(lowerPrices).toEqual(right.lowerPrices);
        expect(upperPrices).toEqual(right.upperPrices);
        expect(lowerPrices.some((price) => price > 0)).toBe("lower" in bounds);
        expect(upperPrices.some((price) => price > 0)).toBe("upper" in bounds);
        expect(marginalCost).toBe(right.marginalCost);
      }
    }
  });

  test("use memory again that is large enough, and no other", () => {
    const { exchange } = packOrders(problems, undefined);
    expect(packOrders([power], undefined, exchange).exchange).toBe(exchange);
    expect(packOrders([...problems, linear], undefined, exchange).exchange).not.toBe(exchange);
    // What an earlier task left behind them does not show.
    planChunk(packOrders(problems, { upper: 3e5 }, exchange));
    const again = packOrders([linear], undefined, exchange);
    planChunk(again);
    expect(readAnswer(answersOf(again), linear, false).trades).toEqual(optimalSchedule(linear).trades);
  });

  test("keep what a certificate says of an order without value", () => {
    const free = defineProblem({ ...linear, arrivalPrice: 0 });
    const sent = packOrders([free], undefined);
    planChunk(sent);
    const { certificate } = readAnswer(answersOf(sent), free, false);
    expect(certificate).toEqual(certify(free, optimalSchedule(free)));
    expect(certificate.gapBasisPoints).toBeNaN();
  });
});

describe("an order that has arrived", () => {
  const order = { shares: 4e5, horizon: 6, intervals: 3, volatility: 0.95, temporaryImpact: 2.5e-6 };
  const market = {
    ...{ lengths: [1, 2, 3], volumes: [5, 0, 7], volatility: [0.9, 1, 1.1], drift: [0, -0.1, 0.2] },
    ...{ temporaryImpact: [1e-6, 2e-6, 3e-6], permanentImpact: [0, 1e-7, 2e-7], halfSpread: [0, 0.01, 0.02] },
    open: [true, false, true],
  };
  const units = { timeUnit: "hour", currency: "EUR" };
  const all = [
    defineProblem(order),
    defineProblem({ ...order, ...units, side: "buy", timing: "mid", ownImpact: "full", riskAversion: 1e-6 }),
    defineProblem({
      ...order,
      ...units,
      timing: "end",
      ownImpact: "none",
      arrivalPrice: 50,
      profile: market,
    }),
    defineProblem({ ...order, currency: "EUR", ownImpact: "half", drift: 0.1, remainderPrice: 0.5 }),
    // Each field of a profile by itself.
    ...Object.entries(market).map(([field, values]) =>
      defineProblem({ ...order, profile: { [field]: values } }),
    ),
    defineProblem({
      ...{ shares: 4e5, horizon: 6, intervals: 3, volatility: 0.95 },
      impact: decayImpact({ exponentials: [{ impact: 1e-6, rate: 0.5 }], permanent: 1e-7 }),
      earlierTrades: [{ ago: 1, shares: 1e5 }],
    }),
  ];

  test("is the one that was sent, whatever it holds", () => {
    const orders = new OrderReader(structuredClone(packOrders(all, undefined)));
    for (const sent of all) {
      const { problem, bounds } = orders.next();
      // Nobody reads a warning there.
      expect({ ...problem, impact: problem.impact, warnings: sent.warnings }).toEqual({
        ...sent,
        impact: sent.impact,
      });
      expect(bounds).toBeUndefined();
    }
  });

  test("has its own bounds, as numbers where they are numbers", () => {
    const own = [
      { upper: 2e5 },
      { lower: -1e5, upper: [1e5, null, Number.POSITIVE_INFINITY] },
      undefined,
      { lower: null, upper: Float64Array.of(1, 2, 3), mostLeft: 7 },
      { upper: [1, 2] },
      { lower: [0, 0, 0, 0] },
      { mostLeft: Number.NaN },
      {},
    ];
    const problems = all.slice(0, own.length);
    const orders = new OrderReader(structuredClone(packOrders(problems, own)));
    expect(problems.map(() => orders.next().bounds)).toEqual([
      { upper: 2e5 },
      { lower: -1e5, upper: [1e5, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY] },
      undefined,
      { lower: Number.NEGATIVE_INFINITY, upper: [1, 2, 3], mostLeft: 7 },
      { upper: [1, 2] },
      { lower: [0, 0, 0, 0] },
      { mostLeft: Number.NaN },
      {},
    ]);
  });

  test("with nothing but itself finds room for all of its numbers", () => {
    const N = 50;
    const each = (value: number) => Array.from({ length: N }, (_, k) => value * (1 + k / N));
    const profile = {
      ...{ lengths: Array(N).fill(6 / N), volumes: each(5), volatility: each(0.9), drift: each(1e-6) },
      ...{ temporaryImpact: each(2e-6), permanentImpact: each(1e-8), halfSpread: each(0.01) },
      open: Array.from({ length: N }, (_, k) => k !== 20),
    };
    const one = defineProblem({ ...order, intervals: N, riskAversion: 1e-6, profile });
    const bounds = {
      lower: Array.from({ length: N }, (_, k) => (k > 30 && k % 2 === 0 ? 7000 : 0)),
      upper: Array.from({ length: N }, (_, k) => (k < 20 ? 9000 : 2e4)),
    };
    const sent = packOrders([one], [bounds]);
    const { problem } = new OrderReader(sent).next();
    expect(problem.profile).toEqual(one.profile);
    expect(planChunk(sent)).toEqual([]);
    const { iterations: _, status: __, schedule, ...right } = requireOptimal(boundedSchedule(one, bounds));
    expect(readAnswer(answersOf(sent), one, true)).toEqual({
      ...right,
      trades: schedule.trades,
      remaining: schedule.remaining,
    });
    for (const prices of [right.lowerPrices, right.upperPrices])
      expect(Math.max(...prices)).toBeGreaterThan(0);
  });

  test("within the bounds of all is not given what these were for the one before", () => {
    const free = { ...order, intervals: 12, riskAversion: 1e-6 };
    const open = Array.from({ length: 12 }, (_, k) => k !== 3);
    const some = [
      defineProblem(free),
      defineProblem({ ...free, intervals: 9 }),
      defineProblem(free),
      defineProblem({ ...free, profile: { open } }),
      defineProblem(free),
      defineProblem({ ...free, remainderPrice: 0.1 }),
      defineProblem({ ...free, remainderPrice: 0.1, shares: 3e5 }),
      defineProblem({ ...free, profile: { open: [...open].reverse() } }),
    ];
    // Enough for twelve intervals, too little for nine.
    const bounds = { upper: 4e4 };
    const sent = packOrders(some, bounds);
    const [[index, { status }], ...others] = planChunk(sent);
    expect([index, status, others]).toEqual([1, "infeasible", []]);
    const answers = answersOf(sent);
    for (const one of some.filter((_, i) => i !== 1)) {
      const { trades, remaining } = requireOptimal(boundedSchedule(one, bounds)).schedule;
      expect(readAnswer(answers, one, true)).toMatchObject({ trades, remaining });
    }
  });
});
