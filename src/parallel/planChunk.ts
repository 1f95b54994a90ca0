/**
 * Some orders of a batch, planned in one thread: what goes there, and what comes back.
 *
 * @module
 */
import { type Certificate, certify } from "../certify/schedule";
import type { TradeBounds } from "../model/bounds";
import type { ExecutionProblem, Side, Timing } from "../model/executionProblem";
import { isLinear } from "../model/impactModel";
import { checkProblem, restoreProblem } from "../model/problem";
import { mayLeave } from "../model/remainder";
import type { Schedule } from "../model/schedule";
import { type BoundedInfeasible, boundedSchedule } from "../solve/bounded";
import { optimalSchedule } from "../solve/optimal";

/**
 * Checked problems on their way to a worker: their numbers one after the other, which takes a hundredth of the time of objects;
 * whole only those with a profile, or a law that is not linear.
 */
export interface PackedProblems {
  readonly numbers: Float64Array;
  readonly whole: readonly (readonly [index: number, problem: ExecutionProblem])[];
}

/** Orders to plan. */
export interface PlanTask {
  readonly problems: PackedProblems;
  /** Bounds for all, or one each. */
  readonly bounds: TradeBounds | undefined | readonly (TradeBounds | undefined)[];
}

/** Why an order could not be planned. */
export interface Refusal {
  /** The order could not be planned. */
  readonly status: "refused";
  /** The error's `name`: `"InputError"`, `"NoOptimumError"` or `"RangeError"`. */
  readonly name: string;
  /** The error's message. */
  readonly message: string;
}

/** What comes back: the numbers of optima one after the other, and in words what is none. */
export interface PlannedChunk {
  readonly numbers: Float64Array;
  readonly others: readonly (readonly [index: number, answer: BoundedInfeasible | Refusal])[];
}

/** What an optimum comes with. */
export interface PlannedNumbers {
  readonly remaining: readonly number[];
  readonly trades: readonly number[];
  readonly lowerPrices: readonly number[];
  readonly upperPrices: readonly number[];
  readonly marginalCost: number;
  readonly iterations: number;
  readonly certificate: Certificate;
}

const sides: readonly Side[] = ["sell", "buy"];
const timings: readonly Timing[] = ["start", "mid", "end"];
const parts = [undefined, "none", "half", "full"] as const;
const none = Number.NaN;

const packedLength = 13;

/** Field by field: this is done for each of very many orders. */
export function packProblems(problems: readonly ExecutionProblem[]): PackedProblems {
  const numbers = new Float64Array(packedLength * problems.length);
  const whole: [number, ExecutionProblem][] = [];
  problems.forEach((problem, i) => {
    if (problem.profile !== undefined || mayLeave(problem) || !isLinear(problem))
      whole.push([i, { ...problem }]);
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
  });
  return { numbers, whole };
}

function unpackProblem(numbers: Float64Array, i: number): ExecutionProblem {
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

/** Plans each order; one that cannot be planned stops none of the others. */
export function planChunk({ problems: { numbers, whole }, bounds }: PlanTask): PlannedChunk {
  const count = numbers.length / packedLength;
  const varied = new Map(whole);
  const out = new ChunkWriter(numbers);
  const others: [number, BoundedInfeasible | Refusal][] = [];
  for (let i = 0; i < count; i++) {
    try {
      const given = varied.get(i);
      const problem = given === undefined ? unpackProblem(numbers, i) : checkProblem(given);
      const own = Array.isArray(bounds)
        ? (bounds[i] as TradeBounds | undefined)
        : (bounds as TradeBounds | undefined);
      if (own === undefined) {
        const schedule = optimalSchedule(problem);
        out.write(schedule, certify(problem, schedule));
        continue;
      }
      const found = boundedSchedule(problem, own);
      if (found.status === "infeasible") others.push([i, found]);
      else out.write(found.schedule, found.certificate, found);
    } catch (error) {
      others.push([i, refusalOf(error)]);
    }
  }
  return { numbers: out.written, others };
}

/** An error as data. */
export function refusalOf(error: unknown): Refusal {
  const { name, message } = error as Error;
  return Object.freeze({ status: "refused", name, message });
}

type Prices = Pick<PlannedNumbers, "lowerPrices" | "upperPrices" | "marginalCost" | "iterations">;

/** Numbers of an optimum before its arrays. */
const headLength = 9;

/** Writes the optima of a chunk one after the other. */
class ChunkWriter {
  private readonly numbers: Float64Array;
  private at = 0;

  constructor(packed: Float64Array) {
    let length = 0;
    for (let at = 2; at < packed.length; at += packedLength) length += headLength + 4 * packed[at] + 1;
    this.numbers = new Float64Array(length);
  }

  write({ remaining, trades }: Schedule, certificate: Certificate, prices?: Prices): void {
    this.add(certificate.feasibilityResidual);
    this.add(certificate.optimalityResidual);
    this.add(certificate.tolerance);
    this.add(certificate.gapBound);
    this.add(certificate.gapBasisPoints ?? none);
    this.add(certificate.isGapLoose ? 1 : 0);
    this.add(certificate.curvature);
    this.add(prices?.marginalCost ?? none);
    this.add(prices?.iterations ?? none);
    this.addAll(remaining);
    this.addAll(trades);
    if (prices === undefined) return;
    this.addAll(prices.lowerPrices);
    this.addAll(prices.upperPrices);
  }

  get written(): Float64Array {
    return this.numbers.slice(0, this.at);
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

/** Reads the optima of a chunk back, in their order. */
export class ChunkReader {
  private at = 0;

  constructor(private readonly numbers: Float64Array) {}

  read(N: number, hasBounds: boolean): PlannedNumbers {
    const head = this.numbers.subarray(this.at, this.at + headLength);
    this.at += headLength;
    const certificate: Certificate = Object.freeze({
      verdict: "optimal",
      feasibilityResidual: head[0],
      optimalityResidual: head[1],
      tolerance: head[2],
      gapBound: head[3],
      gapBasisPoints: Number.isNaN(head[4]) ? undefined : head[4],
      isGapLoose: head[5] === 1,
      curvature: head[6],
    });
    return {
      remaining: this.list(N + 1),
      trades: this.list(N),
      lowerPrices: hasBounds ? this.list(N) : [],
      upperPrices: hasBounds ? this.list(N) : [],
      marginalCost: head[7],
      iterations: head[8],
      certificate,
    };
  }

  private list(length: number): number[] {
    const list = new Array<number>(length);
    for (let k = 0; k < length; k++) list[k] = this.numbers[this.at + k];
    this.at += length;
    return list;
  }
}
