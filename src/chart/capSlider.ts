/**
 * The chart of participation with a slider over the cap.
 *
 * @module
 */
import { costReport } from "../cost/report";
import type { ExecutionProblem } from "../model/executionProblem";
import { checkProblem } from "../model/problem";
import { type PlanOptimum, planSchedule } from "../plan/plan";
import { checkKeys, checkNumber, checkNumbers, isList, positive } from "../support/checks";
import { InputError } from "../support/errors";
import { formatNumber, formatSignificant } from "../support/format";
import { basisPoints } from "../support/numbers";
import { type Figure, makeFigure, roomForTitle, type Trace, titleTexts } from "./figure";
import { lineStyles } from "./look";
import { capLine, participationLine, percentsOf, volumesOf } from "./participation";
import { endLabels, nearestIndex, sliderOf } from "./sliderParts";
import { type TimeAxis, type TimeOptions, timeAxis } from "./timeAxis";

/** Options of `capSlider`. */
export interface CapSliderOptions extends TimeOptions {
  /** Where the slider begins, or next to it: a fraction of volume (default: the largest cap). */
  readonly cap?: number | undefined;
}

/**
 * Participation in the market's volume with a slider over the cap on it: each position shows the plan within the cap, how many slices
 * the cap holds back, and what it adds to E + λV. A cap that no schedule keeps has a position too: it says what would be left.
 * All positions are computed in advance, so the slider works without a kernel.
 *
 * @param problem - a problem with `profile.volumes`, and a risk aversion of 0 or above
 * @param caps - two to 60 fractions of the others' volume, above 0, in rising order: 0.1 is 10%
 * @param options - `cap`: where the slider begins; `start`: when trading begins, such as `"09:30"`
 * @returns a figure with frames, for `show`
 * @throws InputError when the problem has no volumes, there are too few caps or too many, or they do not rise
 * @throws NoOptimumError when the expected cost is not convex, as `planSchedule` does
 *
 * @example
 * ```ts
 * const problem = defineProblem({
 *   shares: 1000, horizon: 4, intervals: 4, volatility: 1, temporaryImpact: 1e-3, riskAversion: 1e-3, timeUnit: "hour",
 *   profile: { volumes: [4000, 2000, 2000, 4000] },
 * });
 * capSlider(problem, [0.05, 0.1, 0.2]).frames?.length; // → 3
 * ```
 */
export function capSlider(
  problem: ExecutionProblem,
  caps: readonly number[],
  options: CapSliderOptions = {},
): Figure {
  problem = checkProblem(problem);
  const volumes = volumesOf(problem);
  const fractions = checkCaps(caps);
  const given = checkKeys("capSlider's options", options, ["cap", "start"]);
  const begin =
    given.cap === undefined
      ? fractions[fractions.length - 1]
      : checkNumber("options.cap", given.cap, positive, "fraction of volume");
  const axis = timeAxis(problem, given.start);
  const free = planOf(problem);
  const positions = fractions.map((cap) => positionOf(problem, cap, free, volumes, axis));
  const labels = fractions.map((cap) => percentText(cap));
  const active = nearestIndex(fractions, begin);
  const { lines, finding } = positions[active];
  const [, style] = lineStyles(names);
  const subject = "Participation in the market's volume · move the slider";
  const freePercents = percentsOf(free.schedule, volumes);
  const unbound = participationLine({ ...free.schedule, name: names[1] }, freePercents, axis, style);
  const highest = freePercents.reduce<number>((one, other) => Math.max(one, other ?? 0), 0);
  const figure = makeFigure(
    { subject, finding, xTitle: axis.title, yTitle: "Fraction of volume (%)" },
    [...lines, unbound],
    {
      height: 540,
      margin: { t: Math.max(...positions.map((one) => roomForTitle(one.finding, subject))), b: 180 },
      xaxis: axis.axis,
      // The same for all positions: the plan moves, not the axis.
      yaxis: { range: [0, 1.15 * highest] },
      legend: { orientation: "h", x: 0, y: -0.17, yanchor: "top" },
      sliders: [sliderOf(labels, active, { prefix: "Cap ", suffix: " of the volume" })],
      annotations: endLabels(labels, "Cap "),
    },
    positions.map((position, i) => ({
      name: String(i),
      data: position.lines,
      traces: [0, 1],
      layout: { title: titleTexts(position.finding, subject) },
    })),
  );
  return {
    ...figure,
    summary: `Chart. Participation by cap: ${labels.length} positions of a slider. ${finding}.`,
  };
}

const names = ["Within the cap", "Without a cap"] as const;

/** What one position of the slider shows: the plan, the cap, and what to say of them. */
interface Position {
  readonly lines: readonly [Trace, Trace];
  readonly finding: string;
}

function positionOf(
  problem: ExecutionProblem,
  cap: number,
  free: PlanOptimum,
  volumes: readonly number[],
  axis: TimeAxis,
): Position {
  const plan = planSchedule(problem, { participation: { fraction: cap } });
  const { times } = free.schedule;
  const [style] = lineStyles(names);
  const percents =
    plan.status === "optimal" ? percentsOf(plan.schedule, volumes) : volumes.map(() => undefined);
  const own = participationLine({ name: names[0], times }, percents, axis, style);
  return {
    lines: [own, capLine("Cap", cap, times, axis)],
    finding:
      plan.status === "optimal"
        ? pricedFinding(problem, cap, plan, free)
        : `No schedule keeps a cap of ${percentText(cap)}: ${formatNumber(problem.shares - plan.proof.most)} ` +
          `of ${formatNumber(problem.shares)} shares would be left`,
  };
}

function pricedFinding(problem: ExecutionProblem, cap: number, plan: PlanOptimum, free: PlanOptimum): string {
  const held = plan.explanation.slices.filter(
    ({ limitPrice = 0, binds }) => binds === "upper bound" && limitPrice > 0,
  );
  if (held.length === 0) return `A cap of ${percentText(cap)} holds nothing back`;
  const { currency, arrivalPrice, shares, intervals } = problem;
  const added = costReport(problem, plan.schedule).objective - costReport(problem, free.schedule).objective;
  const points =
    arrivalPrice === undefined ? "" : ` (${formatNumber(basisPoints(added / shares, arrivalPrice), 1)} bp)`;
  return (
    `A cap of ${percentText(cap)} holds back ${held.length} of ${intervals} slices and adds ` +
    `${formatNumber(added)} ${currency}${points} to E + λV`
  );
}

/** The plan without a cap; the trades are 0 or above, as within one. */
function planOf(problem: ExecutionProblem): PlanOptimum {
  const plan = planSchedule(problem);
  if (plan.status === "optimal") return plan;
  throw new InputError("problem", plan.message, "one that has a schedule without a cap");
}

const percentText = (fraction: number): string => `${formatSignificant(100 * fraction)}%`;

function checkCaps(caps: unknown): readonly number[] {
  const allowed = "an array of 2 to 60 rising numbers above 0 (fractions of volume)";
  if (!isList(caps) || caps.length < 2 || caps.length > 60) throw new InputError("caps", caps, allowed);
  const fractions = Array.from(checkNumbers("caps", caps, caps.length, positive, "fraction of volume"));
  if (fractions.every((cap, i) => i === 0 || cap > fractions[i - 1])) return fractions;
  throw new InputError("caps", caps, allowed);
}
