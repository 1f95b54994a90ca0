import { describe, expect, test } from "vitest";
import {
  defineProblem,
  efficientFrontier,
  equalSchedule,
  frontierChart,
  lineChart,
  remainingChart,
  tradesChart,
} from "../../src/index";
import { schemaComplaints } from "../helpers/plotly";
import { figures, problem } from "./examples";

describe("every figure", () => {
  test("passes plotly.js's own schema, which does see a wrong attribute", () => {
    for (const figure of figures) expect(schemaComplaints(figure)).toEqual([]);
    expect(schemaComplaints({ data: [{ type: "scatter", x: [1], y: [1], lines: {} }], layout: {} })).toEqual([
      "In data trace 0, key lines is not part of the schema",
    ]);
  });

  test("survives JSON without loss", () => {
    for (const figure of figures) expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  });

  test("offers no upload to anybody's cloud", () => {
    for (const { config } of figures) {
      expect(config).toMatchObject({ showSendToCloud: false, displaylogo: false });
    }
  });

  test("says its finding in words, computed from the data", () => {
    expect(figures.map(({ summary }) => summary)).toEqual([
      "Chart. Shares Remaining (x): The optimum has sold half after 3.8 minutes, TWAP after 30 minutes.",
      "Chart. Shares Traded per Slice (n): The optimum sells 16.6% of the order in the first slice, TWAP 1.7%.",
      "Chart. Efficient Frontier: √Var(C) against E[C]: At λ = 2e-6 the optimum pays 4,291 USD more than the cheapest schedule to cut risk by 58%.",
      "Chart. Shares remaining by risk aversion: 5 positions of a slider, expected cost from 50,979 to 61,596 USD.",
      "Chart. Distribution of Realized Costs (Simulation): The optimum costs 4,298 USD more than TWAP on average; its standard deviation is 60% lower.",
      "Chart. Regret, the extra cost of planning with a wrong parameter, in USD and in % of the cost that the schedule decides; first slice in parentheses: The costliest mistake is σ at 0.5 times its true value: 2,629 USD, 22.7% of the cost that the schedule decides.",
      "Chart. Slippage against benchmarks: positive is money lost: Slippage varies most against arrival (standard deviation 0.14 USD/share) and least against TWAP (0.004); against TWAP look-ahead it is certain.",
      "Chart. Roots: 2 at 4.",
    ]);
  });

  test("shows markup and dollars of data as they are written, and keeps its own tags", () => {
    const hostile = { ...equalSchedule(problem), name: '<a href="x:y">A&B</a>&lt; $1-$2' };
    const { data, layout, summary } = remainingChart(problem, [hostile]);
    expect(data[0].name).toBe('&lt;a href="x:y">A&amp;B&lt;/a>&amp;lt; &#36;1-&#36;2');
    expect((layout.title as { text: string }).text).toContain("&lt;a href");
    expect(summary).toContain('<a href="x:y">A&B</a>&lt; $1-$2');
    const frontier = frontierChart(
      defineProblem({ ...problem, currency: '<a href="x:y">$</a>' }),
      efficientFrontier(problem, [1e-6, 1e-5]),
    );
    expect(frontier.data[0].hovertemplate).toContain('<br>√V = %{x:,.0f} &lt;a href="x:y">&#36;&lt;/a><br>');
    expect(frontier.data[0].hovertemplate).toMatch(/<extra><\/extra>$/);
    expect(JSON.stringify([frontier.data, frontier.layout])).not.toMatch(/<a|\$/);
  });

  test("breaks long titles between words, where plotly.js would cut them, and makes room for them", () => {
    const words = {
      subject: "word ".repeat(40).trim(),
      finding: `A ${"of 12.5% ".repeat(10)}${"x".repeat(80)} end`,
    };
    const { layout, summary } = lineChart({ ...words, xTitle: "x", yTitle: "y" }, [
      { name: "a", x: [1], y: [1] },
    ]);
    const { text, subtitle } = layout.title as { text: string; subtitle: { text: string } };
    expect(text.split("<br>").map((line) => line.length)).toEqual([46, 44, 80, 3]);
    expect(text.replaceAll("<br>", " ")).toBe(words.finding);
    expect(subtitle.text.split("<br>").map((line) => line.length)).toEqual([69, 69, 59]);
    expect((layout.margin as { t: number }).t).toBe(90 + 3 * 21 + 2 * 18);
    expect(summary).toBe(`Chart. ${words.subject}: ${words.finding}.`);
  });

  test("of an order of less than a thousand shares shows parts of them to the pointer", () => {
    const small = defineProblem({ ...problem, shares: 0.7354 });
    expect(remainingChart(small, [equalSchedule(small)]).data[0].hovertemplate).toBe("%{y:,.4~r} shares");
    expect(tradesChart(small, [equalSchedule(small)]).data[0].hovertemplate).toBe("%{y:,.4~r} shares");
    expect(remainingChart(problem, [equalSchedule(problem)]).data[0].hovertemplate).toBe("%{y:,.0f} shares");
  });
});
