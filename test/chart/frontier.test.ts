import { describe, expect, test } from "vitest";
import {
  defineProblem,
  efficientFrontier,
  frontierChart,
  optimalSchedule,
  scheduleSlider,
} from "../../src/index";
import { testRefusals } from "../helpers/refusals";
import { frontier, problem, riskAversions, slider } from "./examples";

const points = efficientFrontier(problem, riskAversions);
const withHole = [...points];
delete withHole[1];
const none = undefined as never;
const rising = Array.from({ length: problem.intervals }, (_, k) => problem.volatility * (1 + k / 100));

describe("the frontier's chart", () => {
  test("tells λ and time constant of each point, and marks other schedules", () => {
    expect(frontier.data[0]?.customdata).toContainEqual(["2e-6 1/USD", "5.5 minutes"]);
    expect(frontier.data[2]).toMatchObject({ name: "TWAP", mode: "markers" });
    expect(() => frontierChart(problem, [])).toThrow("points must be an array of at least two points");
  });

  test("says where there is no one time constant: on a day that varies, and where holdings alternate", () => {
    const varied = defineProblem({ ...problem, profile: { volatility: rising } });
    const { data } = frontierChart(varied, efficientFrontier(varied, [0, 1e-6]));
    expect(data[0]?.customdata).toContainEqual(["1e-6 1/USD", "varies over the day"]);
    const coarse = defineProblem({ ...problem, timing: "mid" });
    const chart = frontierChart(coarse, efficientFrontier(coarse, [0, 1]));
    expect(chart.data[0]?.customdata).toContainEqual(["1 1/USD", "below half a slice"]);
    expect(scheduleSlider(varied, [0, 1e-6]).summary).toContain("2 positions of a slider");
  });

  testRefusals([
    [
      "no problem",
      () => frontierChart(none, points),
      "problem must be the result of defineProblem; got nothing. Call defineProblem({ … }) first.",
    ],
    [
      "numbers for points",
      () => frontierChart(problem, [1, 2] as never),
      "points[0] must be a point of efficientFrontier; got 1.",
    ],
    [
      "a hole between points",
      () => frontierChart(problem, withHole),
      "points[1] must be a point of efficientFrontier; got nothing.",
    ],
    [
      "a cost that is a text",
      () => frontierChart(problem, [points[0], { ...points[1], expectedCost: "6" }] as never),
      'points[1].expectedCost must be a finite number; got the text "6". Write the number without quotation marks.',
    ],
    [
      "marks that are null",
      () => frontierChart(problem, points, { marks: null as never }),
      "marks must be an object of cost reports by name; got null.",
    ],
    [
      "a mark that is no report",
      () => frontierChart(problem, points, { marks: { TWAP: 5 } } as never),
      'marks["TWAP"] must be a report of costReport; got 5.',
    ],
    [
      "a subject that is no text",
      () => frontierChart(problem, points, { subject: 5 as never }),
      "subject must be a text; got 5.",
    ],
  ]);
});

describe("the slider", () => {
  test("has a frame for each step, begins at the problem's own λ, and each frame has its own title", () => {
    const [control] = slider.layout.sliders as { active: number; steps: { args: [string[]] }[] }[];
    expect(control?.active).toBe(3);
    expect(control?.steps.map(({ args }) => args[0][0])).toEqual(slider.frames?.map(({ name }) => name));
    expect(slider.data[0]?.y).toEqual(optimalSchedule(problem).remaining);
    expect(slider.frames?.[3]).toMatchObject({ data: [{ y: slider.data[0]?.y }] });
    expect(slider.frames?.[3]).toMatchObject({
      layout: {
        title: {
          text: "The optimum has sold half after 3.8 minutes; it<br>costs 55,270 USD on average, give or take 56,199",
          subtitle: { text: "Shares Remaining (x) · time constant 5.5 minutes · move the slider" },
        },
      },
    });
  });

  test("refuses risk aversions that do not rise", () => {
    for (const wrong of [[1], [2, 1], [1, 1], Array.from({ length: 61 }, (_, i) => i)]) {
      expect(() => scheduleSlider(problem, wrong)).toThrow(
        "riskAversions must be an array of 2 to 60 rising numbers",
      );
    }
  });

  test("takes an array of doubles", () => {
    expect(scheduleSlider(problem, Float64Array.from(riskAversions) as never)).toEqual(slider);
  });

  testRefusals([
    [
      "no risk aversions",
      () => scheduleSlider(problem, none),
      "riskAversions must be an array of 2 to 60 rising numbers; got nothing.",
    ],
    [
      "a risk aversion that is a text",
      () => scheduleSlider(problem, [0, "1"] as never),
      'riskAversions[1] must be a finite number (1/USD); got the text "1". Write the number without quotation marks.',
    ],
  ]);
});
