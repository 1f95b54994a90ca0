import { expect, test } from "vitest";
import {
  defineProblem,
  equalSchedule,
  optimalSchedule,
  participationChart,
  scheduleFromTrades,
} from "../../src/index";
import { schemaComplaints } from "../helpers/plotly";
import { seedA, table1 } from "../helpers/problems";

const volumes = new Array(60).fill(10_000_000 / 60);
const problem = defineProblem({ ...seedA, timeUnit: "second", profile: { volumes } });

test("the chart draws n/V by slice, and names the highest and the lowest peak", () => {
  const { data, layout, summary } = participationChart(
    problem,
    [optimalSchedule(problem), equalSchedule(problem)],
    {
      cap: 0.2,
    },
  );
  const [optimal, twap, cap] = data as unknown as { y: number[]; x: number[]; name: string }[];
  expect(optimal.y[0]).toBeCloseTo((100 * optimalSchedule(problem).trades[0]) / volumes[0], 10);
  expect(twap.y.every((percent) => Math.abs(percent - 10) < 1e-9)).toBe(true);
  // A step for each interval: the last value stands twice.
  expect(optimal.y).toHaveLength(61);
  expect(cap).toMatchObject({ name: "Cap 20.0%", y: [20, 20] });
  expect(summary).toBe(
    "Chart. Participation in the market's volume: The optimum takes up to 99.4% of the volume, at the start; TWAP at most 10.0%.",
  );
  expect(schemaComplaints({ data, layout })).toEqual([]);
});

test("of slices at a cap, which differ by rounding alone, the first is named, and its time of day where there is one", () => {
  const trades = [0.1, 0.1 * (1 + 1e-14), 0.05, 0.1].map((part, k) => part * [4000, 3000, 2000, 4000][k]);
  const shares = trades.reduce((sum, n) => sum + n, 0);
  const hours = defineProblem({
    ...{ shares, horizon: 4, intervals: 4, volatility: 1, temporaryImpact: 1, timeUnit: "hour" },
    profile: { volumes: [4000, 3000, 2000, 4000] },
  });
  const capped = scheduleFromTrades(hours, trades, "Capped");
  expect(participationChart(hours, [capped]).summary).toContain(
    "Capped takes up to 10.0% of the volume, at the start.",
  );
  const late = scheduleFromTrades(hours, [...trades].reverse(), "Late");
  expect(participationChart(hours, [late], { start: "10:00" }).summary).toContain(
    "of the volume, from 12:00.",
  );
});

test("an interval without volume leaves a gap, and a trade against the order counts as one", () => {
  const gap = defineProblem({
    ...table1,
    timeUnit: "day",
    profile: { volumes: [1e6, 0, 1e6, 1e6, 1e6], open: [true, false, true, true, true] },
  });
  const { data } = participationChart(gap, [equalSchedule(gap)]);
  const [{ y }] = data as unknown as [{ y: (number | undefined)[] }];
  expect(y).toEqual([25, undefined, 25, 25, 25, 25]);
});

test("a trade against the order takes volume too", () => {
  const order = defineProblem({ ...table1, timeUnit: "day", profile: { volumes: new Array(5).fill(1e6) } });
  const { data } = participationChart(order, [scheduleFromTrades(order, [8e5, 4e5, -2e5, 0, 0])]);
  expect((data as unknown as [{ y: number[] }])[0].y.slice(0, 4)).toEqual([80, 40, 20, 0]);
});

test("without volumes, or with a cap that is none, it is refused", () => {
  const plain = defineProblem(table1);
  expect(() => participationChart(plain, [equalSchedule(plain)])).toThrow(
    "problem.profile.volumes must be given for a chart of participation (shares); got nothing.",
  );
  expect(() => participationChart(problem, [equalSchedule(problem)], { cap: 0 })).toThrow(
    "options.cap must be",
  );
  expect(() => participationChart(problem, [])).toThrow("schedules must be an array of 1 to 7 schedules");
});
