import fc from "fast-check";
import { defineProblem, type ExecutionProblem, type ProblemInput } from "../../src/index";

/** Numbers spread evenly over their logarithm. */
export const magnitude = (low: number, high: number): fc.Arbitrary<number> =>
  fc.double({ min: Math.log(low), max: Math.log(high), noNaN: true }).map(Math.exp);

/** What the random problems are drawn from. */
interface Draw {
  readonly shares: number;
  readonly horizon: number;
  readonly intervals: number;
  readonly temporaryImpact: number;
  readonly volatility: number;
  readonly halfSpread: number;
  /** γ as a share of the largest convex one, 2η/τ. */
  readonly convexity: number;
  /** κT of the optimum. */
  readonly kappaT: number;
  readonly side: "sell" | "buy";
  readonly timing: "start" | "mid" | "end";
}

const draw: fc.Arbitrary<Draw> = fc.record({
  shares: magnitude(1, 1e9),
  horizon: magnitude(1e-3, 1e5),
  intervals: fc.integer({ min: 1, max: 120 }),
  temporaryImpact: magnitude(1e-12, 1e3),
  volatility: magnitude(1e-4, 1e3),
  halfSpread: fc.oneof(fc.constant(0), magnitude(1e-4, 10)),
  convexity: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.9, noNaN: true })),
  kappaT: fc.oneof(fc.constant(0), magnitude(1e-3, 300)),
  side: fc.constantFrom("sell", "buy"),
  timing: fc.constantFrom("start", "mid", "end"),
});

/** Well-posed problems without a drift, from no to strong risk aversion. */
export const problems: fc.Arbitrary<ExecutionProblem> = draw.map((drawn) => {
  const { convexity, kappaT, ...rest } = drawn;
  const τ = drawn.horizon / drawn.intervals;
  const permanentImpact = (convexity * 2 * drawn.temporaryImpact) / τ;
  const own = { start: -0.5, mid: 0, end: 0.5 }[drawn.timing];
  const a = drawn.temporaryImpact / τ + own * permanentImpact;
  const θ = kappaT / drawn.intervals;
  // cosh θ = 1 + λσ²τ/2a for "start" and "end", (a + w)/(a − w) with w = λσ²τ/4 for "mid".
  const ρ = drawn.timing === "mid" ? Math.min(Math.tanh(θ / 2), 0.999) : Math.sinh(θ / 2);
  const riskAversion = (4 * a * ρ ** 2) / (drawn.volatility ** 2 * τ);
  return defineProblem({ ...rest, permanentImpact, riskAversion });
});

/** The same with a price trend that moves the optimum by up to about the order itself, and no spread. */
export const problemsWithDrift: fc.Arbitrary<ExecutionProblem> = fc
  .tuple(problems, fc.double({ min: -1, max: 1, noNaN: true }))
  .map(([problem, strength]) => {
    const τ = problem.horizon / problem.intervals;
    const drift = (strength * problem.temporaryImpact * problem.shares) / τ / problem.horizon;
    return defineProblem({ ...problem, halfSpread: 0, drift });
  });

/** A problem with some fields changed. */
export const change = (problem: ExecutionProblem, fields: Partial<ProblemInput>): ExecutionProblem =>
  defineProblem({ ...problem, ...fields });
