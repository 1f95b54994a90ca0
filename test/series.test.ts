import { expect, test } from "vitest";
import { parseBars } from "../src/data/index";
import { estimatePriceVolatility } from "../src/estimate/index";
import {
  boundedSchedule,
  defineProblem,
  efficientFrontier,
  lineChart,
  parameterSensitivity,
  participationSchedule,
  type Series,
  scheduleFromRemaining,
  scheduleFromTrades,
  volumeSchedule,
} from "../src/index";
import { certifyLinear, solveLinearProgram } from "../src/linear/index";
import { benchmarkDistribution, benchmarkPrice } from "../src/tca/index";
import { varianceSignature } from "../src/volatility/index";

// The type check counts as much as the run: many a caller has typed arrays.
test("columns, plain or typed, go wherever numbers in a row do, and mean the same", async () => {
  const rows = [10, 12, 11, 13].map(
    (price, i) => `2013-03-0${i + 1},${price},${price},${price},${price},${100 + i}`,
  );
  const loaded = parseBars(`date,open,high,low,close,volume\n${rows.join("\n")}`);
  const { close: prices, volume: volumes = [] } = loaded;
  const [close, volume] = [Float64Array.from(prices), Float64Array.from(volumes)];
  const problem = defineProblem({
    shares: 40,
    horizon: 4,
    intervals: 4,
    volatility: 1,
    temporaryImpact: 1,
    riskAversion: 1e-3,
    arrivalPrice: 10,
  });
  const quarters = Float64Array.of(10, 10, 10, 10);
  const left = Float64Array.of(40, 30, 20, 10, 0);
  const program = { objective: [1, 2], rows: [{ coefficients: [1, 1], lower: 1 }] };
  const typed = {
    objective: Float64Array.of(1, 2),
    rows: [{ coefficients: Float64Array.of(1, 1), lower: 1 }],
    upper: Float64Array.of(9, 9),
  };
  const text = { subject: "s", finding: "f", xTitle: "x", yTitle: "y" };

  expect(volumeSchedule(problem, volume)).toEqual(volumeSchedule(problem, volumes));
  expect(participationSchedule(problem, { participation: 0.1, volumes: volume })).toEqual(
    participationSchedule(problem, { participation: 0.1, volumes }),
  );
  expect(boundedSchedule(problem, { upper: volume })).toEqual(boundedSchedule(problem, { upper: volumes }));
  expect(scheduleFromTrades(problem, quarters).remaining).toEqual([...left]);
  expect(scheduleFromRemaining(problem, left).trades).toEqual([...quarters]);
  const market = { prices: close, volumes: volume.subarray(1) };
  expect(benchmarkPrice("VWAP", market)).toBe(benchmarkPrice("VWAP", { prices, volumes: volumes.slice(1) }));
  const schedule = scheduleFromTrades(problem, [...quarters]);
  const covarianceWith = (given: Series) =>
    benchmarkDistribution(problem, schedule, { volumes: given }).covariance;
  expect(covarianceWith(volume)).toEqual(covarianceWith(volumes));
  expect(estimatePriceVolatility(close, 1)).toEqual(estimatePriceVolatility(prices, 1));
  const day = Float64Array.of(10, 11, 12, 11, 10);
  expect(varianceSignature(day, Float64Array.of(1))).toEqual(varianceSignature([...day], [1]));
  const [λs, factors] = [Float64Array.of(1e-3, 1e-2), Float64Array.of(0.5, 2)];
  expect(efficientFrontier(problem, λs)).toEqual(efficientFrontier(problem, [...λs]));
  expect(parameterSensitivity(problem, factors)).toEqual(parameterSensitivity(problem, [...factors]));
  const solved = await solveLinearProgram(typed);
  expect(solved).toMatchObject({ status: "optimal", value: 1 });
  const verdict = certifyLinear(program, Float64Array.of(1, 0), Float64Array.of(1)).verdict;
  expect(verdict).toBe(certifyLinear(program, [1, 0], [1]).verdict);
  const band = { lower: close, upper: close };
  const figure = lineChart(text, [{ name: "n", x: volume, y: close, band }]);
  expect(figure).toEqual(
    lineChart(text, [{ name: "n", x: volumes, y: prices, band: { lower: prices, upper: prices } }]),
  );
  expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
});

test("a typed array of another length is refused by its length", () => {
  const problem = defineProblem({ shares: 1, horizon: 1, intervals: 3, volatility: 1, temporaryImpact: 1 });
  expect(() => volumeSchedule(problem, new Float64Array(2))).toThrow(
    "volumes must be an array of 3 numbers (shares); got a Float64Array of length 2.",
  );
});
