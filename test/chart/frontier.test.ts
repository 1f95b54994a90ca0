import { describe, expect, test } from "vitest";
import {
  costReport,
  defineProblem,
  efficientFrontier,
  equalSchedule,
  type Figure,
  type FrontierPoint,
  frontierChart,
  immediateSchedule,
  optimalSchedule,
  requireOptimal,
  scheduleSlider,
} from "../../src/index";
import { table1 } from "../helpers/problems";
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

  test("marks the order's own λ with a ring on the frontier, and its title is about it", () => {
    const { expectedCost, standardDeviation } = costReport(problem, optimalSchedule(problem));
    const ring = frontier.data[1] as { name: string; x: number[]; y: number[]; hovertemplate: string };
    expect(ring.name).toBe("Optimum at λ = 2e-6");
    expect(ring.x[0]).toBeCloseTo(standardDeviation, 4);
    expect(ring.y[0]).toBeCloseTo(expectedCost, 4);
    expect(ring.hovertemplate).toMatch(/^λ = 2e-6 1\/USD<br>√V = /);
    expect(() => frontierChart(problem, points, { riskAversion: "2e-6" as never })).toThrow(
      'riskAversion must be a finite number (1/USD); got the text "2e-6".',
    );
  });

  test("marks the optimum within the bounds that the points were computed within", () => {
    const bounds = { upper: problem.shares / 3 };
    const capped = requireOptimal(efficientFrontier(problem, [1e-7, 1e-6, 1e-5], bounds));
    const chart = frontierChart(problem, capped, { riskAversion: 1e-6, bounds });
    const ring = chart.data[1] as { x: number[]; y: number[] };
    expect([ring.x[0], ring.y[0]]).toEqual([capped[1].standardDeviation, capped[1].expectedCost]);
    const free = frontierChart(problem, capped, { riskAversion: 1e-6 }).data[1] as { y: number[] };
    expect(ring.y[0]).not.toBe(free.y[0]);
    expect(() => frontierChart(problem, capped, { riskAversion: 1e-6, bounds: { upper: 1 } })).toThrow(
      "bounds must be those that the points were computed within",
    );
  });

  test("says what less risk costs from end to end where there is no λ of one's own, and where nothing is bargained", () => {
    const finding = (shown: readonly FrontierPoint[]) =>
      frontierChart(problem, shown).summary.replace(/^.*E\[C\]: /, "");
    expect(finding(points)).toBe("Cutting risk from 135,224 to 41,654 USD costs 10,617 USD more.");
    const [cheap, , , , safe] = points;
    const dear = { ...cheap, expectedCost: safe.expectedCost + 1000 };
    expect(finding([dear, safe])).toBe(
      "No trade-off: risk falls from 135,224 to 41,654 USD, and the cost falls by 1,000 USD.",
    );
  });

  test("has a line at the cost that no schedule changes, where it is near and the points are the frontier", () => {
    expect(frontier.layout.annotations).toMatchObject([{ text: "50,000 USD that no schedule changes" }]);
    const [{ y0, y1 }] = frontier.layout.shapes as { y0: number; y1: number }[];
    expect([y0, y1]).toEqual([expect.closeTo(50_000, 6), expect.closeTo(50_000, 6)]);
    expect(frontierChart(problem, points, { label: "Elsewhere" }).layout).not.toHaveProperty("shapes");
    // Without permanent impact and spread there is none, and points close together would be pressed flat.
    const free = defineProblem({ ...problem, permanentImpact: 0 });
    expect(frontierChart(free, efficientFrontier(free, riskAversions)).layout).not.toHaveProperty("shapes");
    const close = efficientFrontier(problem, [1e-6, 1.01e-6]);
    expect(frontierChart(problem, close).layout).not.toHaveProperty("shapes");
  });

  describe("of a schedule beside the frontier", () => {
    const fine = efficientFrontier(
      problem,
      Array.from({ length: 31 }, (_, i) => 10 ** (-8 + i / 6)),
    );
    // An optimum between two points of the chart, made dearer by a known amount.
    const report = costReport(problem, optimalSchedule(defineProblem({ ...problem, riskAversion: 1.3e-6 })));
    const drawn = (extra: number, options = {}) =>
      frontierChart(problem, fine, {
        marks: { Mine: { ...report, expectedCost: report.expectedCost + extra } },
        ...options,
      });
    const hover = ({ data }: Figure) => data[data.length - 1].hovertemplate as string;

    test.each([25, 60, 300])(
      "says that it lies %d USD above, below the title too, as it cannot be seen",
      (extra) => {
        expect(hover(drawn(extra))).toMatch(
          new RegExp(`^%\\{fullData\\.name\\}, ${extra} USD above the frontier<br>`),
        );
        expect(drawn(extra).summary).toContain(` · Mine ${extra} USD above the frontier: `);
      },
    );

    test("leaves what can be seen to the chart and to the pointer", () => {
      expect(hover(drawn(20_000))).toContain(", 20,000 USD above the frontier<br>");
      expect(drawn(20_000).summary).not.toContain("above");
    });

    test("says that an optimum is on it, and nothing where the points are not the frontier", () => {
      expect(hover(drawn(0))).toContain(", on the frontier<br>");
      expect(hover(drawn(25, { label: "Priced elsewhere" }))).toMatch(/^%\{fullData\.name\}<br>/);
      const now = { Immediate: costReport(problem, immediateSchedule(problem)) };
      expect(hover(frontierChart(problem, fine, { marks: now }))).toMatch(/^%\{fullData\.name\}<br>/);
    });

    test("knows TWAP to be on it, just beyond the riskiest point", () => {
      const twap = { TWAP: costReport(problem, equalSchedule(problem)) };
      const calm = efficientFrontier(problem, [1e-11, 1e-6]);
      expect(hover(frontierChart(problem, calm, { marks: twap }))).toContain(", on the frontier<br>");
    });
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
          text: "The optimum has sold half after 3.8 minutes;<br>expected cost 55,270 USD, standard deviation 56,199",
          subtitle: { text: "Shares Remaining (x) · time constant 5.5 minutes · move the slider" },
        },
      },
    });
  });

  test("names both ends, whatever the width, and TWAP where it begins with it", () => {
    const { layout } = scheduleSlider(problem, [0, 1e-6, 1e-3]);
    expect(layout.annotations).toMatchObject([
      { x: 0, xanchor: "left", text: "λ = 0 (TWAP)" },
      { x: 1, xanchor: "right", text: "λ = 0.001" },
    ]);
    const drifting = defineProblem({ ...problem, drift: 1e-6 });
    expect(scheduleSlider(drifting, [0, 1e-6]).layout.annotations).toMatchObject([{ text: "λ = 0" }, {}]);
  });

  test("leaves the title the room that its longest one needs", () => {
    // At the small λ the optimum first buys, which takes a line more than the title of the λ at which the slider begins.
    const rising = defineProblem({ ...problem, drift: 2e-5, riskAversion: 1e-3 });
    const { layout, frames } = scheduleSlider(rising, [1e-7, 1e-3]);
    const lines = frames?.map(
      (frame) => (frame.layout as { title: { text: string } }).title.text.split("<br>").length,
    );
    expect(lines).toEqual([3, 2]);
    expect((layout.margin as { t: number }).t).toBe(51 + 21 * 3 + 18);
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

test("at the riskiest point the title says what less risk would cost, not what none costs", () => {
  const order = defineProblem({ ...table1, currency: "USD" });
  const points = efficientFrontier(order, [0, 1e-7, 1e-6]);
  const { summary } = frontierChart(order, points, { riskAversion: 0 });
  const [riskiest, , safest] = points;
  const cut = Math.round(100 * (1 - safest.standardDeviation / riskiest.standardDeviation));
  const more = Math.round(safest.expectedCost - riskiest.expectedCost).toLocaleString("en");
  expect(summary).toContain(
    `At λ = 0 the optimum is the cheapest schedule; cutting its risk by ${cut}% costs ${more} USD more.`,
  );
  // Also where no point of the frontier is so risky.
  expect(frontierChart(order, points.slice(1), { riskAversion: 0 }).summary).toContain(
    "At λ = 0 the optimum is the cheapest",
  );
});
