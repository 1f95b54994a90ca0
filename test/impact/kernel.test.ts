import { expect, test } from "vitest";
import { impactLaw } from "../../src/impact/law";
import { defineProblem, kernelImpact } from "../../src/index";

test.each([
  [[1, 0.5, 0.25], true],
  [[1], true],
  [[0.3, 0.3, 0.3], true],
  [[2, 1, 0], true],
  [[1, 0.9, 0.5], false],
  [[1, 1.5], false],
  [[1, 0.4, 0.5], false],
  [[1, 0, -0.5], false],
])(
  "the table %j is that of a decay that falls ever more slowly, and never below 0: %s",
  (values, isConvex) => {
    const impact = kernelImpact({ values });
    const problem = defineProblem({ shares: 1, horizon: 1, intervals: values.length, volatility: 0, impact });
    expect(impactLaw(problem).fadesConvexly).toBe(isConvex);
  },
);
