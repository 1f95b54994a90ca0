import { describe, expect, test } from "vitest";
import { against, along, atLeast, atMost, none, type ProgramOptimum } from "../../src/solve/boundedPieces";
import { minimizeBounded } from "../../src/solve/boundedProgram";
import type { Iterate } from "../../src/solve/boundedSweeps";
import { isClear, PieceGuess } from "../../src/solve/pieceGuess";
import { type BoundedProgram, randomProgram, rest } from "../helpers/programs";
import { uniforms } from "../helpers/random";

const minimize = (program: BoundedProgram, guess?: PieceGuess) => minimizeBounded(program, program, guess);

/** What of an optimum must not depend on where it began. */
const bits = ({ trades, remaining, prices }: ProgramOptimum) => ({
  trades: trades.slice(),
  remaining: remaining.slice(),
  prices: prices.slice(),
});

/** Optima of programs one after another, each beginning where the one before ended. */
const oneAfterAnother = (programs: readonly BoundedProgram[]) => {
  const guess = new PieceGuess();
  return programs.map((program) => {
    const found = minimize(program, guess);
    return { ...bits(found), iterations: found.iterations };
  });
};

const steps = (found: readonly { readonly iterations: number }[]) =>
  found.reduce((sum, { iterations }) => sum + iterations, 0);

/** A program's holdings cost a little more or less. */
const nearby = (program: BoundedProgram, factor: number): BoundedProgram => ({
  ...program,
  holdingCurvatures: program.holdingCurvatures.map((b) => factor * b),
});

/** Six trades of one size, without risk. */
const even: BoundedProgram = {
  shares: 6,
  tradeCurvatures: new Float64Array(6).fill(1),
  tradePrices: new Float64Array(6),
  holdingCurvatures: new Float64Array(5),
  holdingPrices: new Float64Array(5),
  halfSpreads: new Float64Array(6),
  lower: new Float64Array(6),
  upper: new Float64Array(6).fill(Number.POSITIVE_INFINITY),
  ...rest(6),
};

describe("a program that begins where the one before ended", () => {
  test("has the same optimum to the bit, whatever the one before was", () => {
    const random = uniforms(41);
    for (let i = 0; i < 400; i++) {
      const first = randomProgram(random);
      const programs = [first];
      while (programs.length < 8) {
        const last = programs[programs.length - 1];
        // As many trades, and all else another order's; the same order in other bounds; or a neighbor.
        const other = randomProgram(random, last.tradeCurvatures.length);
        const { lower, upper } = other;
        const draw = random();
        if (draw < 0.2) programs.push(other);
        else if (draw < 0.4) programs.push({ ...last, lower, upper });
        else programs.push(nearby(last, random() < 0.3 ? 10 ** (4 * random() - 2) : 1 + 0.1 * random()));
      }
      const found = oneAfterAnother(programs);
      for (let k = 0; k < programs.length; k++) {
        const { iterations, ...answer } = found[k];
        expect(answer).toEqual(bits(minimize(programs[k])));
      }
    }
  });

  test("is done in one step where the same bounds bind, and in fewer steps than alone where others do", () => {
    const random = uniforms(42);
    let [guessed, alone] = [0, 0];
    for (let i = 0; i < 200; i++) {
      const program = randomProgram(random);
      const again = oneAfterAnother([program, program]);
      const programs = Array.from({ length: 20 }, (_, k) => nearby(program, 1 + 0.01 * k));
      guessed += steps(oneAfterAnother(programs));
      alone += steps(programs.map((one) => minimize(one)));
      // A fixed trade may have ended on a rising piece, which is no guess.
      const isFixed = program.lower.some((bound, k) => bound === program.upper[k]);
      if (again[1].iterations > 1 && !isFixed) expect(again[1].iterations).toBe(again[0].iterations);
    }
    expect(guessed).toBeLessThan(0.5 * alone);
  });

  test("leaves a guess aside whose bounds it does not have", () => {
    // Where the one before was held by a bound, this one has none, or none on that side.
    const capped = { ...even, upper: Float64Array.of(0.5, 0.5, 0.5, 0.5, 3, 3) };
    const floored = {
      ...even,
      lower: Float64Array.of(2, 1.5, 0, 0, 0, 0),
      holdingCurvatures: Float64Array.of(1, 1, 1, 1, 1),
    };
    const free = { ...even, lower: new Float64Array(6).fill(Number.NEGATIVE_INFINITY) };
    const paused = { ...even, upper: Float64Array.of(0, 0, 3, 3, 3, 3) };
    const forced = { ...even, lower: Float64Array.of(0.9, 0.9, 0.9, 0.9, 0.9, 0.9) };
    const all = [capped, floored, free, paused, forced];
    for (const before of all) {
      for (const after of all) {
        const [, { iterations, ...answer }] = oneAfterAnother([before, after]);
        expect(answer).toEqual(bits(minimize(after)));
      }
    }
  });

  test("does not let a trade rest at 0 that must be made", () => {
    const wide = { ...even, halfSpreads: Float64Array.of(0, 0, 5, 0, 0, 0) };
    const resting = { ...wide, lower: new Float64Array(6).fill(-1) };
    expect(minimize(resting).trades[2]).toBe(0);
    for (const bound of [0.5, -0.5]) {
      const [lower, upper] = [new Float64Array(6).fill(-1), new Float64Array(6).fill(9)];
      [lower[2], upper[2]] = bound > 0 ? [bound, 9] : [-1, bound];
      const forced = { ...wide, lower, upper };
      const [, { iterations, ...answer }] = oneAfterAnother([resting, forced]);
      expect(answer).toEqual(bits(minimize(forced)));
      expect(answer.trades[2]).toBe(bound);
    }
  });

  test("does not take a guess where a trade lies on its bound by itself: other pieces are its optimum as well", () => {
    // Every trade is 1, with or without the cap of 1 in the third interval.
    const capped = { ...even, upper: Float64Array.of(3, 3, 0.9, 3, 3, 3) };
    for (const cap of [1, 1 + 1e-13, 1 - 1e-13]) {
      const touching = { ...even, upper: Float64Array.of(3, 3, cap, 3, 3, 3) };
      for (const before of [capped, even]) {
        const [, { iterations, ...answer }] = oneAfterAnother([before, touching]);
        expect(answer).toEqual(bits(minimize(touching)));
        expect(iterations).toBe(minimize(touching).iterations);
      }
    }
  });

  test("nor where cold steps would take more", () => {
    // Trades 0 and 2 at their caps, the second of which binds by nothing.
    const upper = (second: number) => Float64Array.of(0.5, 9, second, 9, 9, 9);
    const loose = { ...even, upper: upper(9) };
    const tight = { ...even, upper: upper(1) };
    const touching = { ...even, upper: upper(1.1) };
    const floor = (third: number) => ({
      ...even,
      upper: upper(9),
      lower: Float64Array.of(0, 0, 0, third, 0, 0),
    });
    for (const [before, after] of [
      [loose, touching],
      [tight, touching],
      [floor(1.2), floor(1.1)],
      [loose, floor(1.1)],
    ]) {
      const alone = minimize(after);
      const [, { iterations, ...answer }] = oneAfterAnother([before, after]);
      expect(answer).toEqual(bits(alone));
      expect(iterations).toBe(alone.iterations);
      expect(iterations).toBeGreaterThan(1);
    }
  });

  test("has the same holdings where a trade is fixed at what it would be by itself, and the same prices where caps leave no choice", () => {
    const holdingCurvatures = Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.1);
    const risky = { ...even, holdingCurvatures };
    const { trades } = minimize(risky);
    for (let k = 0; k < 6; k++) {
      const [lower, upper] = [new Float64Array(6), new Float64Array(6).fill(9)];
      lower[k] = upper[k] = trades[k];
      const fixed = { ...risky, lower, upper };
      for (const before of [
        risky,
        { ...risky, upper: upper.map((bound, i) => (i === k ? 0.9 * bound : 9)) },
      ]) {
        const [, { iterations, ...answer }] = oneAfterAnother([before, fixed]);
        expect(answer).toEqual(bits(minimize(fixed)));
      }
    }
    // The caps add up to the order, and the last trade is paused.
    const three = (upper: number[], halfSpreads = [0.01, 0.01, 5]): BoundedProgram => ({
      ...{ shares: 10, tradeCurvatures: new Float64Array(3).fill(1e-3), tradePrices: new Float64Array(3) },
      ...{ holdingCurvatures: new Float64Array(2).fill(3e-4), holdingPrices: new Float64Array(2) },
      ...{
        halfSpreads: Float64Array.from(halfSpreads),
        lower: new Float64Array(3),
        upper: Float64Array.from(upper),
      },
      ...rest(3),
    });
    const [free, held] = [three([5, 3, Number.POSITIVE_INFINITY]), three([6, 4, 0])];
    const [, { iterations, ...answer }] = oneAfterAnother([free, held]);
    expect(answer).toEqual(bits(minimize(held)));
  });

  test("where holdings cost thousands of times what trades do, begins anew: prices there are mostly rounding", () => {
    const random = uniforms(44);
    for (let i = 0; i < 3000; i++) {
      const N = 3 + Math.floor(6 * random());
      const urgency = 10 ** (6 * random());
      const holding = Float64Array.from({ length: N - 1 }, () => urgency * (0.5 + random()));
      const program: BoundedProgram = {
        ...{ shares: 1, tradeCurvatures: new Float64Array(N).fill(1), tradePrices: new Float64Array(N) },
        ...{
          holdingCurvatures: holding,
          holdingPrices: new Float64Array(N - 1).fill(0.01 * (random() - 0.5)),
        },
        ...{
          halfSpreads: new Float64Array(N),
          lower: new Float64Array(N),
          upper: new Float64Array(N).fill(1.2),
        },
        ...rest(N),
      };
      if (random() < 0.5) program.upper[N - 1] = 0;
      const found = oneAfterAnother([nearby(program, 1e-3), nearby(program, 0.7), program]);
      const { iterations, ...answer } = found[2];
      expect(answer).toEqual(bits(minimize(program)));
    }
  });

  test("gives guesses up, for a while, where they do not help", () => {
    const random = uniforms(43);
    const N = 40;
    const strangers = Array.from({ length: 400 }, (): BoundedProgram => {
      const upper = Float64Array.from({ length: N }, () => (1 + 3 * random()) / N);
      const holdingCurvatures = new Float64Array(N - 1).fill(10 ** (3 * random() - 3));
      return {
        ...{ shares: 1, upper, lower: new Float64Array(N), holdingCurvatures, ...rest(N) },
        ...{ tradeCurvatures: new Float64Array(N).fill(1), tradePrices: new Float64Array(N) },
        ...{ holdingPrices: new Float64Array(N - 1), halfSpreads: new Float64Array(N) },
      };
    });
    const tried = { isPromising: 0, yes: 0 };
    const guess = new PieceGuess();
    const promising = guess.isPromising.bind(guess);
    guess.isPromising = (length) => {
      const isTried = promising(length);
      tried.isPromising++;
      if (isTried) tried.yes++;
      return isTried;
    };
    for (const stranger of strangers) minimize(stranger, guess);
    expect(tried.isPromising).toBe(400);
    // A guess that leads nowhere clear is no better.
    const before = tried.yes;
    for (let i = 0; i < 100; i++) minimize({ ...even, upper: Float64Array.of(3, 3, 1, 3, 3, 3) }, guess);
    expect(tried.yes - before).toBeLessThan(12);
    expect(tried.yes).toBeGreaterThan(5);
    expect(tried.yes).toBeLessThan(40);
    // As soon as one helps, the next order has one as well.
    const [like] = strangers;
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 130; i++)
      best = Math.min(best, minimize(nearby(like, 1 + 1e-4 * i), guess).iterations);
    expect(best).toBe(1);
    const [next, after] = [minimize(like, guess).iterations, minimize(nearby(like, 1.001), guess).iterations];
    expect([next, after]).toEqual([1, 1]);
  });

  test("of another number of trades has no guess", () => {
    const guess = new PieceGuess();
    expect(guess.isPromising(6)).toBe(false);
    minimize(even, guess);
    expect([guess.isPromising(6), guess.isPromising(5), guess.isPromising(7)]).toEqual([true, false, false]);
  });
});

describe("pieces are clear", () => {
  /** One trade on a piece, in bounds from −1 to 1, with a spread of 0.5 on either side of 0. */
  const clear = (piece: number, n: number, price: number, change: Partial<Iterate> = {}): boolean =>
    isClear(
      {
        ...{ X: 1, a: Float64Array.of(1), b: new Float64Array(0), q: new Float64Array(0) },
        ...{ lower: Float64Array.of(-1), upper: Float64Array.of(1), up: Float64Array.of(0.5) },
        ...{ down: Float64Array.of(-0.5), pieces: Uint8Array.of(piece), nextX: Float64Array.of(1, 0) },
        ...{ nextN: Float64Array.of(n), nextG: Float64Array.of(price) },
        ...change,
      } as Iterate,
      1e-16,
    );

  test.each([
    ["a trade with the order, between 0 and its bound", along, 0.5, 1.5, true],
    ["at 0", along, 0, 0.5, false],
    ["at its bound", along, 1, 2.5, false],
    ["a trade against the order, between its bound and 0", against, -0.5, -1.5, true],
    ["at 0, against the order", against, 0, -0.5, false],
    ["at its lower bound", against, -1, -2.5, false],
    ["a trade that its price holds at the upper bound", atMost, 1, 2.6, true],
    ["that it would hold there by itself", atMost, 1, 2.5, false],
    ["a trade that its price holds at the lower bound", atLeast, -1, -2.6, true],
    ["that it would hold there by itself, below", atLeast, -1, -2.5, false],
    ["a trade that the spread holds at 0", none, 0, 0.2, true],
    ["at the spread's upper end", none, 0, 0.5, false],
    ["at the spread's lower end", none, 0, -0.5, false],
  ] as const)("%s", (_, piece, n, price, isExpected) => {
    expect(clear(piece, n, price)).toBe(isExpected);
  });

  test("but not by less than rounding makes of them; and where there is one trade to choose from, always", () => {
    expect(clear(along, 1e-14, 0.5)).toBe(false);
    expect(clear(along, 1e-9, 0.5)).toBe(true);
    // Beside an order that is much larger.
    expect(clear(along, 1e-9, 0.5, { X: 1e6 })).toBe(false);
    const [lower, upper] = [Float64Array.of(0.3), Float64Array.of(0.3)];
    expect(clear(atMost, 0.3, 0, { lower, upper })).toBe(true);
    // At a bound of 0 the spread's other side decides.
    const [zero, one] = [new Float64Array(1), Float64Array.of(1)];
    expect(clear(atLeast, 0, 0, { lower: zero, upper: one })).toBe(true);
    expect(clear(atLeast, 0, 0.5, { lower: zero, upper: one })).toBe(false);
    expect(clear(atMost, 0, 0, { lower: Float64Array.of(-1), upper: zero })).toBe(true);
    expect(clear(atMost, 0, -0.5, { lower: Float64Array.of(-1), upper: zero })).toBe(false);
  });
});
