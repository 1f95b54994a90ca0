import {
  costDistribution,
  costHistogram,
  costReport,
  defineProblem,
  efficientFrontier,
  equalSchedule,
  frontierChart,
  lineChart,
  optimalSchedule,
  parameterSensitivity,
  remainingChart,
  scheduleSlider,
  sensitivityChart,
  simulateCosts,
  slippageChart,
  tradesChart,
} from "../../src/index";
import { benchmarkDistribution, simulateBenchmarks } from "../../src/tca/index";
import { seedA } from "../helpers/problems";

/** Seed A's order, and one chart of each kind of it, for the tests beside this file. */
export const problem = defineProblem({ ...seedA, timeUnit: "second", currency: "USD" });
export const schedules = [optimalSchedule(problem), equalSchedule(problem)];
export const scheduleFigures = [remainingChart(problem, schedules), tradesChart(problem, schedules)];
export const riskAversions = [1e-8, 1e-7, 1e-6, 2e-6, 1e-5];
export const samples = schedules.map((schedule) => ({
  name: schedule.name,
  simulated: simulateCosts(problem, schedule, { paths: 500, seed: 1 }),
  distribution: costDistribution(problem, schedule),
}));
export const frontier = frontierChart(problem, efficientFrontier(problem, riskAversions), {
  riskAversion: problem.riskAversion,
  marks: { TWAP: costReport(problem, equalSchedule(problem)) },
});
export const slider = scheduleSlider(problem, riskAversions);
export const histogram = costHistogram(problem, samples);
export const heatMap = sensitivityChart(problem, parameterSensitivity(problem, [0.5, 1, 2]));
export const priced = defineProblem({ ...problem, arrivalPrice: 100 });
export const slippage = slippageChart(priced, benchmarkDistribution(priced, equalSchedule(priced)), {
  simulated: simulateBenchmarks(priced, equalSchedule(priced), { paths: 300, seed: 1 }),
});
export const lines = lineChart(
  { subject: "Roots", finding: "2 at 4", xTitle: "n", yTitle: "√n", logarithmic: "both" },
  [
    { name: "√n", x: [1, 4], y: [1, 2], band: { lower: [0.9, 1.9], upper: [1.1, 2.1] } },
    { name: "with a gap", x: [1, 4], y: [null, 3], mode: "markers" },
  ],
);
export const figures = [...scheduleFigures, frontier, slider, histogram, heatMap, slippage, lines];
