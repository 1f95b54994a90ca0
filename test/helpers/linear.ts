import fc from "fast-check";
import type { Bounds } from "../../src/index";
import type { LinearProgram, LinearRow, LinearUnbounded } from "../../src/linear/index";

/** A program with everything written out, for tests that check answers by plain loops. */
export interface Written {
  readonly sign: 1 | -1;
  readonly c: readonly number[];
  readonly A: readonly (readonly number[])[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/** Nothing of the library's reading of a program is used here. */
export function writeOut({
  sense,
  objective,
  rows,
  lower = 0,
  upper = Number.POSITIVE_INFINITY,
}: LinearProgram): Written {
  const c = Array.from(objective);
  const all = (bound: Bounds, none: number): readonly number[] =>
    (typeof bound === "number" || bound === null ? c.map(() => bound) : Array.from<number | null>(bound)).map(
      (one) => one ?? none,
    );
  return {
    sign: sense === "maximize" ? -1 : 1,
    c,
    A: rows.map(({ coefficients }) => {
      if (!("columns" in coefficients)) return Array.from(coefficients);
      const row = c.map(() => 0);
      Array.from(coefficients.columns).forEach((column, p) => {
        row[column] = coefficients.values[p];
      });
      return row;
    }),
    low: rows.map((row) => row.equals ?? row.lower ?? Number.NEGATIVE_INFINITY),
    high: rows.map((row) => row.equals ?? row.upper ?? Number.POSITIVE_INFINITY),
    lower: all(lower, Number.NEGATIVE_INFINITY),
    upper: all(upper, Number.POSITIVE_INFINITY),
  };
}

export const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Aᵀy. */
export const columnSums = ({ A, c }: Written, y: readonly number[]): number[] =>
  c.map((_, j) => A.reduce((sum, row, i) => sum + row[j] * y[i], 0));

/** How far x leaves a row or a bound, at most. */
export function worstViolation({ A, low, high, lower, upper }: Written, x: readonly number[]): number {
  let worst = 0;
  const judge = (value: number, least: number, most: number) => {
    worst = Math.max(worst, least - value, value - most);
  };
  for (const [j, value] of x.entries()) judge(value, lower[j], upper[j]);
  for (const [i, row] of A.entries()) judge(dot(row, x), low[i], high[i]);
  return worst;
}

/** How far a ray leaves the directions in which one can go on for ever. */
export function worstRay(written: Written, { ray }: LinearUnbounded): number {
  const zero = (limits: readonly number[]) => limits.map((limit) => (Number.isFinite(limit) ? 0 : limit));
  const { low, high, lower, upper } = written;
  return worstViolation(
    { ...written, low: zero(low), high: zero(high), lower: zero(lower), upper: zero(upper) },
    ray,
  );
}

/** Σ of prices times the limits that they pull at; −∞ where one pulls at none. */
export const pulled = (
  prices: readonly number[],
  least: readonly number[],
  most: readonly number[],
): number =>
  prices.reduce((sum, price, i) => {
    // Integers of one digit: what is smaller is rounding.
    if (Math.abs(price) < 1e-9) return sum;
    return sum + price * ((price > 0 ? least[i] : most[i]) as number);
  }, 0);

const small = fc.integer({ min: -5, max: 5 });
const sparseEntry = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: small });

const limits = fc.oneof(
  fc.record({ lower: small }),
  fc.record({ upper: small }),
  fc.record({ equals: small }),
  fc.tuple(small, fc.nat(6)).map(([lower, width]) => ({ lower, upper: lower + width })),
);

/** Free, bounded below, above, on both sides, fixed. */
const range = fc.oneof(
  { weight: 3, arbitrary: fc.constant([0, Number.POSITIVE_INFINITY] as const) },
  { weight: 1, arbitrary: fc.constant([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const) },
  { weight: 1, arbitrary: small.map((most) => [Number.NEGATIVE_INFINITY, most] as const) },
  {
    weight: 3,
    arbitrary: fc.tuple(small, fc.nat(6)).map(([least, width]) => [least, least + width] as const),
  },
);

/** Small programs in integers: optimal, infeasible, unbounded, degenerate, with empty rows and fixed or free variables. */
export const programs: fc.Arbitrary<LinearProgram> = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.nat(7))
  .chain(([count, height]) =>
    fc.record({
      sense: fc.constantFrom("minimize" as const, "maximize" as const),
      objective: fc.array(small, { minLength: count, maxLength: count }),
      constant: small,
      rows: fc.array(
        fc
          .tuple(fc.array(sparseEntry, { minLength: count, maxLength: count }), limits, fc.boolean())
          .map(([entries, limit, isSparse]): LinearRow => {
            const columns = entries.flatMap((value, j) => (value === 0 ? [] : [j]));
            const values = entries.filter((value) => value !== 0);
            return { coefficients: isSparse ? { columns, values } : entries, ...limit };
          }),
        { minLength: height, maxLength: height },
      ),
      ranges: fc.array(range, { minLength: count, maxLength: count }),
    }),
  )
  .map(({ ranges, ...rest }) => ({
    ...rest,
    lower: ranges.map(([least]) => least),
    upper: ranges.map(([, most]) => most),
  }));
