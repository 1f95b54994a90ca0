import { describe, expect, test } from "vitest";
import { decidedCost } from "../../src/chart/decidedCost";
import {
  costReport,
  defineProblem,
  optimalSchedule,
  parameterSensitivity,
  sensitivityChart,
} from "../../src/index";
import { schemaComplaints } from "../helpers/plotly";
import { table1 } from "../helpers/problems";
import { testRefusals, unitsMissing } from "../helpers/refusals";
import { heatMap, problem } from "./examples";

const [entry] = parameterSensitivity(problem, [0.5]);
const none = undefined as never;

test("the heat map shows no regret where the parameter is right", () => {
  const { z } = heatMap.data[0] as { z: number[][] };
  expect(z.map((row) => row[1])).toEqual([0, 0, 0, 0]);
  for (const row of z) expect(Math.min(...row)).toBe(0);
});

describe("a heat map of a problem", () => {
  const entries = parameterSensitivity(problem, [0.5, 1]);
  const { objective } = costReport(problem, optimalSchedule(problem));
  const { permanentImpact: γ, halfSpread: ε, shares: X } = problem;

  test("has the regret in percent of what the schedule decides: without ½γX² + εX", () => {
    const { z, text, hovertext } = sensitivityChart(problem, entries).data[0] as {
      z: number[][];
      text: string[][];
      hovertext: string[][];
    };
    const part = (100 * z[2][0]) / (objective - (0.5 * γ * X * X + ε * X));
    expect(text[2][0]).toBe(`2,629<br>${part.toFixed(1)}%<br>(8.7%)`);
    expect(hovertext[2][0]).toBe(
      `regret 2,629 USD<br>${part.toFixed(1)}% of the cost that the schedule decides<br>first slice 8.7% of the order`,
    );
  });

  test("counts the spread to what no schedule changes", () => {
    const spread = defineProblem({ ...problem, halfSpread: 0.01 });
    expect(decidedCost(spread)).toBeCloseTo(decidedCost(problem) as number, 4);
    expect(decidedCost(problem)).toBeCloseTo(objective - 0.5 * γ * X * X, 4);
  });

  test("has none where only units are known, or the market varies", () => {
    const { timeUnit, currency } = problem;
    const { text } = sensitivityChart({ timeUnit, currency }, entries).data[0] as { text: string[][] };
    expect(text[2][0]).toBe("2,629<br>(8.7%)");
    const lengths = Array.from({ length: 60 }, (_, i) => (i < 30 ? 40 : 80));
    expect(decidedCost(defineProblem({ ...problem, profile: { lengths } }))).toBeUndefined();
    expect(decidedCost(defineProblem({ ...problem, timing: "start" }))).toBeUndefined();
  });
});

describe("a heat map with parameters that have no optimum", () => {
  // With γ at 0.8 of its limit, half the η or twice the γ is beyond it.
  const near = defineProblem({ ...table1, halfSpread: 0, permanentImpact: 4e-6, riskAversion: 1e-6 });
  const entries = parameterSensitivity(near, [0.5, 1, 2]);

  test("names the worst of those that have one, and leaves the others empty", () => {
    const figure = sensitivityChart(near, entries);
    expect(figure.summary).toMatch(
      /: The costliest mistake is . at (0\.5|2) times its true value: [\d,]+ currency, [\d.]+% of the cost that the schedule decides\.$/,
    );
    const { z, text } = figure.data[0] as { z: (number | null)[][]; text: string[][] };
    expect(z[0]?.[0]).toBeNull();
    expect(text[0]?.[0]).toBe("no optimum");
    expect(schemaComplaints(figure)).toEqual([]);
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  });

  test("says so when none has one", () => {
    const without = entries.filter(({ regret }) => Number.isNaN(regret));
    expect(sensitivityChart(near, without).summary).toMatch(
      /: Nothing to compare: no entry has an optimum\.$/,
    );
  });
});

describe("the heat map", () => {
  testRefusals([
    [
      "no sensitivities",
      () => sensitivityChart(problem, none),
      "sensitivities must be an array, the result of parameterSensitivity; got nothing.",
    ],
    ["no units of a heat map", () => sensitivityChart(none, []), unitsMissing],
    [
      "a sensitivity that is null",
      () => sensitivityChart(problem, [null] as never),
      "sensitivities[0] must be an entry of parameterSensitivity; got null.",
    ],
    [
      "a parameter that is none",
      () => sensitivityChart(problem, [{ ...entry, parameter: "bogus" }] as never),
      'sensitivities[0].parameter must be "temporaryImpact", "permanentImpact", "volatility" or "riskAversion"; got the text "bogus".',
    ],
    [
      "a regret that is a text",
      () => sensitivityChart(problem, [{ ...entry, regret: "5" }] as never),
      'sensitivities[0].regret must be a finite number, or NaN where there is no optimum; got the text "5".',
    ],
  ]);
});
