import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  benchmarkSlippage,
  type Fill,
  implementationShortfall,
  type MarketData,
  type ParentOrder,
} from "../../src/tca/index";

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

describe("slippage", () => {
  test("is positive where money was lost, for both sides, in all three units", () => {
    const sold = benchmarkSlippage({ side: "sell", fills }, "TWAP", market);
    expect(sold.executionPrice).toBeCloseTo(101.14, 12);
    expect(sold.perShare).toBeCloseTo(304 / 3 - 101.14, 12);
    expect(sold.cost).toBeCloseTo(50 * (304 / 3 - 101.14), 10);
    expect(sold.basisPoints).toBeCloseTo((1e4 * (304 / 3 - 101.14)) / (304 / 3), 10);
    const bought = benchmarkSlippage({ side: "buy", fills }, "TWAP", market);
    expect(bought.cost).toBe(-sold.cost);
  });

  test("takes the order of PWP from the fills", () => {
    const { benchmarkPrice: price } = benchmarkSlippage({ side: "sell", fills }, "PWP", market, {
      participation: 0.1,
    });
    expect(price).toBe(100);
  });
});

const order: ParentOrder = {
  side: "buy",
  shares: 1000,
  decisionPrice: 50,
  arrivalPrice: 50.1,
  fills: [
    { price: 50.2, shares: 500 },
    { price: 50.4, shares: 300 },
  ],
  finalPrice: 51,
  fees: 8,
};

describe("implementation shortfall", () => {
  test("of a purchase that was not finished: delay 80, trading 140, opportunity 200, fees 8", () => {
    const { delay, trading, opportunity, fees, total, filled, unfilled, basisPoints } =
      implementationShortfall(order);
    expect([delay, trading, opportunity, fees, total].map((part) => Math.round(100 * part) / 100)).toEqual([
      80, 140, 200, 8, 428,
    ]);
    expect([filled, unfilled]).toEqual([800, 200]);
    expect(basisPoints).toBeCloseTo(85.6, 10);
  });

  test("of an order that was not begun is all opportunity; of one that was done, none", () => {
    const missed = implementationShortfall({ ...order, fills: [], fees: 0 });
    expect(missed).toMatchObject({ delay: 0, trading: 0, opportunity: 1000, total: 1000, filled: 0 });
    const done = implementationShortfall({ side: "sell", shares: 50, decisionPrice: 101, fills });
    expect(done.opportunity).toBe(0);
    expect(done.total).toBeCloseTo(-7, 10);
  });

  test("has parts that sum to the total to the cent: 1,000 random orders in cents, up to 10¹⁰ of currency", () => {
    const cents = fc.integer({ min: 1, max: 100_000 }).map((price) => price / 100);
    const fill = fc.record({ price: cents, shares: fc.integer({ min: 1, max: 10_000 }) });
    const record = fc.record({
      side: fc.constantFrom("sell" as const, "buy" as const),
      decisionPrice: cents,
      arrivalPrice: cents,
      finalPrice: cents,
      fees: cents,
      fills: fc.array(fill, { maxLength: 200 }),
      unfilled: fc.integer({ min: 1, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(record, ({ unfilled, ...given }) => {
        const shares = given.fills.reduce((sum, one) => sum + one.shares, unfilled);
        const result = implementationShortfall({ ...given, shares });
        const parts = result.delay + result.trading + result.opportunity + result.fees;
        expect(Math.abs(parts - result.total)).toBeLessThan(0.001);
        const sign = given.side === "sell" ? 1 : -1;
        const real = given.fills.reduce((sum, one) => sum + Math.round(100 * one.price) * one.shares, 0);
        const paper = Math.round(100 * given.decisionPrice) * shares;
        const left = Math.round(100 * given.finalPrice) * unfilled;
        const exact = sign * (paper - real - left) + Math.round(100 * given.fees);
        expect(Math.round(100 * result.total)).toBe(exact);
      }),
      { numRuns: 1000, seed: 21 },
    );
  });
});

test("records from outside may hold more than is read: a blotter's times and venues, an order's identifier", () => {
  const blotter = fills.map((fill, i) => ({ ...fill, time: `10:0${i}`, venue: "X", fee: 0.1 }));
  const vendor = { ...market, symbol: "ABC", vwaps: [100.4, 102.1, 102.6] };
  expect(benchmarkSlippage({ side: "sell", fills: blotter }, "TWAP", vendor)).toEqual(
    benchmarkSlippage({ side: "sell", fills }, "TWAP", market),
  );
  const ticket = { ...order, id: 7, fills: order.fills.map((fill) => ({ ...fill, time: "10:00" })) };
  expect(implementationShortfall(ticket)).toEqual(implementationShortfall(order));
  // An object of a class, as database drivers give them, is a record too.
  class Row {
    constructor(
      readonly price: number,
      readonly shares: number,
    ) {}
  }
  const rows = fills.map(({ price, shares }) => new Row(price, shares)) as unknown as readonly Fill[];
  expect(benchmarkSlippage({ side: "sell", fills: rows }, "IS", market)).toEqual(
    benchmarkSlippage({ side: "sell", fills }, "IS", market),
  );
  // Options are ours: what they do not know is refused.
  expect(() => benchmarkSlippage({ side: "sell", fills }, "PWP", market, { rate: 0.1 } as never)).toThrow(
    'benchmarkSlippage\'s options field "rate" must be left out',
  );
});

describe("prices of either sign, as of oil, power and spreads", () => {
  const one = (price: number): readonly Fill[] => [{ price, shares: 10 }];

  test("cost what they cost, with basis points of the absolute value: 10 sold at −38, 1 below the arrival price", () => {
    const slippage = benchmarkSlippage({ side: "sell", fills: one(-38) }, "IS", { prices: [-37, -39] });
    expect(slippage.cost).toBe(10);
    expect(slippage.basisPoints).toBeCloseTo(1e4 / 37, 10);
    const terms = { side: "sell", shares: 10, decisionPrice: -37, fills: one(-38) } as const;
    const shortfall = implementationShortfall(terms);
    expect(shortfall.total).toBe(10);
    expect(shortfall.basisPoints).toBeCloseTo(1e4 / 37, 10);
  });

  test("have no basis points where the reference is 0, and a cost all the same", () => {
    const slippage = benchmarkSlippage({ side: "buy", fills: one(2) }, "IS", { prices: [0, 1] });
    expect(slippage).toMatchObject({ cost: 20, basisPoints: Number.NaN });
    const missed = { side: "buy", shares: 10, decisionPrice: 0, fills: one(2) } as const;
    expect(implementationShortfall(missed)).toMatchObject({ total: 20, basisPoints: Number.NaN });
  });

  test("and rebates lower the cost", () => {
    const sold = { side: "sell", shares: 10, decisionPrice: 50, fills: one(50) } as const;
    expect(implementationShortfall({ ...sold, fees: -3 })).toMatchObject({ fees: -3, total: -3 });
  });
});

describe("bad records are refused", () => {
  const slip =
    (execution: unknown, record: unknown = market, name = "TWAP") =>
    () =>
      benchmarkSlippage(execution as never, name, record as never);
  test.each([
    [
      slip({ side: "sell", fills: [] }),
      "fills must be an array of at least one fill; got an array of length 0.",
    ],
    [slip({ side: "SELL", fills }), 'side must be "sell" or "buy"; got the text "SELL".'],
    [slip({ side: "sell" }), "fills must be an array of fills { price, shares }; got nothing."],
    [
      slip({ side: "sell", fills: [{ price: 1, shares: 0 }] }),
      "fills[0].shares must be a finite number above 0 (shares); got 0.",
    ],
    [
      slip({ side: "sell", fills: [{ price: Number.NaN, shares: 1 }] }),
      "fills[0].price must be a finite number (currency/share); got NaN.",
    ],
    [
      slip({ side: "sell", fills: [{ price: 1, size: 2 }] }),
      "fills[0].shares must be a finite number above 0 (shares); got nothing.",
    ],
    [slip({ side: "sell", fills: [5] }), "fills[0] must be a fill { price, shares }; got 5."],
    [slip(null), "execution must be an object with side and fills; got null."],
    [
      slip({ side: "sell", fills }, null),
      "market must be an object with prices, and volumes where a benchmark needs them; got null.",
    ],
    [slip({ side: "sell", fills }, { prices: [1] }), "market.prices must be an array of at least 2 prices"],
    [
      slip({ side: "sell", fills }, { prices: [1, 2, 3], volumes: [1] }),
      "market.volumes must be an array of 2 numbers (shares); got an array of length 1.",
    ],
    [
      slip({ side: "sell", fills }, { prices: [1, 2, 3], volumes: [1, -1] }),
      "market.volumes[1] must be a finite number, 0 or above (shares); got -1.",
    ],
    [
      slip({ side: "sell", fills }, { prices: [1, 2, 3], volumes: [0, 0] }, "VWAP"),
      "the sum of market.volumes must be a finite number above 0 (shares); got 0.",
    ],
    [
      slip({ side: "sell", fills }, { prices: [1, 2] }, "vwap"),
      'market.volumes must be given: the benchmark "VWAP" needs it',
    ],
    [
      slip({ side: "sell", fills }, { prices: [1, 2] }, "close look-ahead"),
      'market.close must be given: the benchmark "close look-ahead" needs it',
    ],
    [
      slip({ side: "sell", fills }, market, "PWP"),
      'participation must be a number above 0 and at most 1 (fraction of the volume, for "PWP"); got nothing.',
    ],
  ])("slippage %#", (call, message) => {
    expect(call).toThrow(message);
  });

  const short = (change: unknown) => () => implementationShortfall({ ...order, ...(change as object) });
  test.each([
    [
      short({ finalPrice: undefined }),
      "finalPrice must be given (currency/share): 200 shares were not filled, and must be valued; got nothing.",
    ],
    [
      short({ shares: 700 }),
      "fills must be fills of at most the order of 700 shares, not of 800; got an array of length 2.",
    ],
    [short({ fees: Number.NaN }), "fees must be a finite number (currency); got NaN."],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [short({ fills: [, order.fills[0]] }), "fills[0] must be a fill { price, shares }; got nothing."],
    [
      short({ decisionPrice: "50" }),
      'decisionPrice must be a finite number (currency/share); got the text "50". Write the number without quotation marks.',
    ],
    [
      () => implementationShortfall([] as never),
      "order must be an object with side, shares, decisionPrice and fills",
    ],
  ])("shortfall %#", (call, message) => {
    expect(call).toThrow(message);
  });
});
