/**
 * The memory in which the numbers of orders go to a worker, and those of their optima come back behind them.
 *
 * @module
 */
import type { Certificate } from "../certify/schedule";
import type { ExecutionProblem, Side, Timing } from "../model/executionProblem";
import { isLinear } from "../model/impactModel";
import { restoreProblem } from "../model/problem";
import { mayLeave } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { plainZeros, unfilledArray } from "../support/numbers";

/** Orders on their way. */
export interface PackedProblems {
  /** As `packProblems` writes it: objects would be copied field by field, and new memory for each task costs as much as the work. */
  readonly exchange: SharedArrayBuffer;
  readonly count: number;
  /** Problems that are more than numbers: those with a profile, or a law that is not linear. */
  readonly whole: readonly (readonly [index: number, problem: ExecutionProblem])[];
}

/** What an optimum comes with. */
export interface PlannedNumbers {
  readonly remaining: readonly number[];
  readonly trades: readonly number[];
  readonly lowerPrices: readonly number[];
  readonly upperPrices: readonly number[];
  readonly marginalCost: number;
  readonly certificate: Certificate;
}

const sides: readonly Side[] = ["sell", "buy"];
const timings: readonly Timing[] = ["start", "mid", "end"];
const parts = [undefined, "none", "half", "full"] as const;
const verdicts: readonly Certificate["verdict"][] = [
  "optimal",
  "not-optimal",
  "infeasible",
  "no-optimum",
  "unproven",
];
const none = Number.NaN;

/** Numbers of a problem, and of an optimum before its arrays. */
const packedLength = 13;
const headLength = 9;

/** How many bytes problems and their optima take. */
function exchangeBytes(problems: readonly ExecutionProblem[]): number {
  let length = 0;
  for (const { intervals } of problems) length += packedLength + headLength + 4 * intervals + 3;
  return length * Float64Array.BYTES_PER_ELEMENT;
}

/**
 * Writes problems field by field: this is done for each of very many orders.
 *
 * @param used - memory of an earlier task that has been read, to be used again where it is large enough
 */
export function packProblems(
  problems: readonly ExecutionProblem[],
  used?: SharedArrayBuffer,
): PackedProblems {
  const bytes = exchangeBytes(problems);
  const exchange = used !== undefined && used.byteLength >= bytes ? used : new SharedArrayBuffer(bytes);
  const numbers = new Float64Array(exchange);
  const whole: [number, ExecutionProblem][] = [];
  for (let i = 0; i < problems.length; i++) {
    const problem = problems[i];
    const isPlain = problem.profile === undefined && !mayLeave(problem) && isLinear(problem);
    if (!isPlain) whole.push([i, { ...problem }]);
    const at = packedLength * i;
    numbers[at] = problem.shares;
    numbers[at + 1] = problem.horizon;
    numbers[at + 2] = problem.intervals;
    numbers[at + 3] = problem.volatility;
    numbers[at + 4] = problem.temporaryImpact;
    numbers[at + 5] = problem.permanentImpact;
    numbers[at + 6] = problem.halfSpread;
    numbers[at + 7] = problem.drift;
    numbers[at + 8] = problem.riskAversion;
    numbers[at + 9] = problem.arrivalPrice ?? none;
    numbers[at + 10] = sides.indexOf(problem.side);
    numbers[at + 11] = timings.indexOf(problem.timing);
    numbers[at + 12] = parts.indexOf(problem.ownImpact);
  }
  return { exchange, count: problems.length, whole };
}

/** Reads one back. */
export function unpackProblem(numbers: Float64Array, i: number): ExecutionProblem {
  const at = packedLength * i;
  const arrivalPrice = numbers[at + 9];
  return restoreProblem({
    side: sides[numbers[at + 10]],
    shares: numbers[at],
    horizon: numbers[at + 1],
    intervals: numbers[at + 2],
    volatility: numbers[at + 3],
    temporaryImpact: numbers[at + 4],
    permanentImpact: numbers[at + 5],
    ownImpact: parts[numbers[at + 12]],
    earlierTrades: undefined,
    halfSpread: numbers[at + 6],
    remainderPrice: undefined,
    drift: numbers[at + 7],
    riskAversion: numbers[at + 8],
    timing: timings[numbers[at + 11]],
    profile: undefined,
    arrivalPrice: Number.isNaN(arrivalPrice) ? undefined : arrivalPrice,
    // Words that only messages write.
    timeUnit: "time",
    currency: "currency",
    warnings: [],
  });
}

type Prices = Pick<PlannedNumbers, "lowerPrices" | "upperPrices" | "marginalCost">;

/** Writes the optima of a chunk one after the other. */
export class ChunkWriter {
  private readonly numbers: Float64Array;
  private at: number;

  constructor({ exchange, count }: Pick<PackedProblems, "exchange" | "count">) {
    this.numbers = new Float64Array(exchange);
    this.at = packedLength * count;
  }

  write({ remaining, trades }: Schedule, certificate: Certificate, prices?: Prices): void {
    this.add(verdicts.indexOf(certificate.verdict));
    this.add(certificate.feasibilityResidual);
    this.add(certificate.optimalityResidual);
    this.add(certificate.tolerance);
    this.add(certificate.gapBound);
    this.add(certificate.gapBasisPoints ?? none);
    this.add(certificate.isGapLoose ? 1 : 0);
    this.add(certificate.curvature);
    this.add(prices?.marginalCost ?? none);
    this.addAll(remaining);
    this.addAll(trades);
    if (prices === undefined) return;
    this.addPrices(prices.lowerPrices);
    this.addPrices(prices.upperPrices);
  }

  /** Whether any is above 0, and only then all of them. */
  private addPrices(prices: readonly number[]): void {
    const isAny = prices.some((price) => price !== 0);
    this.add(isAny ? 1 : 0);
    if (isAny) this.addAll(prices);
  }

  private add(value: number): void {
    this.numbers[this.at++] = value;
  }

  private addAll(values: readonly number[]): void {
    const { numbers, at } = this;
    for (let k = 0; k < values.length; k++) numbers[at + k] = values[k];
    this.at += values.length;
  }
}

/** Reads the optima of a task back, in their order. */
export class ChunkReader {
  private readonly numbers: Float64Array;
  private at: number;

  constructor({ exchange, count }: Pick<PackedProblems, "exchange" | "count">) {
    this.numbers = new Float64Array(exchange);
    this.at = packedLength * count;
  }

  read({ intervals: N, arrivalPrice }: ExecutionProblem, hasBounds: boolean): PlannedNumbers {
    const { numbers: head, at } = this;
    this.at += headLength;
    const certificate: Certificate = Object.freeze({
      verdict: verdicts[head[at]],
      feasibilityResidual: head[at + 1],
      optimalityResidual: head[at + 2],
      tolerance: head[at + 3],
      gapBound: head[at + 4],
      gapBasisPoints: arrivalPrice === undefined ? undefined : head[at + 5],
      isGapLoose: head[at + 6] === 1,
      curvature: head[at + 7],
    });
    return {
      remaining: this.list(N + 1),
      trades: this.list(N),
      lowerPrices: hasBounds ? this.prices(N) : [],
      upperPrices: hasBounds ? this.prices(N) : [],
      marginalCost: head[at + 8],
      certificate,
    };
  }

  private prices(length: number): number[] {
    return this.numbers[this.at++] === 1 ? this.list(length) : plainZeros(length);
  }

  private list(length: number): number[] {
    const { numbers, at } = this;
    const list = unfilledArray(length);
    for (let k = 0; k < length; k++) list[k] = numbers[at + k];
    this.at += length;
    return list;
  }
}
