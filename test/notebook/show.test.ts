import { afterEach, describe, expect, test } from "vitest";
import { costReport, costTable, defineProblem, equalSchedule, remainingChart } from "../../src/index";
import { progressBar, say, show } from "../../src/notebook/index";

const problem = defineProblem({
  shares: 1000,
  horizon: 1,
  intervals: 4,
  volatility: 1,
  temporaryImpact: 1e-3,
});
const figure = remainingChart(problem, [equalSchedule(problem)]);
const table = costTable(problem, { "T<b>WAP": costReport(problem, equalSchedule(problem)) });

// The kernel's module as `show` finds it: by its place among the loaded modules.
const place = "/anywhere/node_modules/tslab/dist/jupyter.js";
const sent: unknown[] = [];
function pretendKernel(): void {
  sent.length = 0;
  const lastWriteDisplayData = (content: unknown, update: boolean) => sent.push({ content, update });
  require.cache[place] = { exports: { lastWriteDisplayData } } as unknown as NodeModule;
}

afterEach(() => {
  delete require.cache[place];
});

describe("show", () => {
  test("sends a figure as plotly data with a sentence beside it, and no script", () => {
    pretendKernel();
    show(figure);
    expect(sent).toEqual([
      {
        content: {
          data: {
            "application/vnd.plotly.v1+json": {
              data: figure.data,
              layout: figure.layout,
              config: figure.config,
            },
            "text/plain": figure.summary,
          },
          metadata: {},
          transient: {},
        },
        update: false,
      },
    ]);
  });

  test("sends a table as HTML with escaped texts, and as aligned text", () => {
    pretendKernel();
    show(table);
    const { data } = (sent[0] as { content: { data: Record<string, string> } }).content;
    expect(data["text/html"]).toContain('<th scope="row" style="text-align:left">T&lt;b&gt;WAP</th>');
    expect(data["text/html"]).toContain('<td style="text-align:right">1,000.00</td>');
    expect(data["text/html"]).toContain(
      '<caption style="white-space:nowrap">Costs: positive is money lost</caption>',
    );
    const lines = data["text/plain"].split("\n");
    expect(lines[0]).toBe("Costs: positive is money lost");
    expect(new Set(lines.slice(1).map((line) => line.length)).size).toBe(1);
  });

  test("sets words on the left and numbers on the right, whatever unit they have", () => {
    pretendKernel();
    const rows = [
      ["σ", "0.95", "34.0 bp", "agrees", "−3"],
      ["α", "NaN", "1.5 bp", "differs: the source errs", "∞"],
      ["ε", "0.06", "–", "(no verdict)", "2"],
      ["γ", "2", "3 bp", "", ""],
      ["λ", "1", "4 bp", "", ""],
      ["τ", "1", "5 bp", "", ""],
    ];
    show({ kind: "table", caption: "Sides", columns: ["What", "Ours", "Cost", "Verdict", "n"], rows });
    const { data } = (sent[0] as { content: { data: Record<string, string> } }).content;
    const heads = [...data["text/html"].matchAll(/<th scope="col" style="text-align:(\w+)"/g)];
    expect(heads.map(([, side]) => side)).toEqual(["left", "right", "right", "left", "right"]);
    expect(data["text/html"]).toContain('<td style="text-align:left">agrees</td>');
    expect(data["text/plain"].split("\n").slice(1, 3)).toEqual([
      "What  Ours     Cost  Verdict                    n",
      "σ     0.95  34.0 bp  agrees                    −3",
    ]);
  });

  test("takes cells that begin with a number and go on in words for words", () => {
    pretendKernel();
    const rows = [
      ["Size", "8% of what the market trades in a day"],
      ["Spread", "0.005 USD per share, 1 bp: half the spread 0.005"],
      ["Move", "none"],
    ];
    show({ kind: "table", caption: "Ticket", columns: ["What", "How much"], rows });
    const { data } = (sent[0] as { content: { data: Record<string, string> } }).content;
    expect(data["text/html"]).toContain('<th scope="col" style="text-align:left">How much</th>');
  });

  test("keeps dollars of a table apart, which a page would take for a formula", () => {
    pretendKernel();
    show({ kind: "table", caption: "$100 to $200", columns: ["$"], rows: [["$1"]] });
    const { data } = (sent[0] as { content: { data: Record<string, string> } }).content;
    expect(data["text/html"]).toContain("<span>$</span>100 to <span>$</span>200");
    expect(data["text/html"].replaceAll("<span>$</span>", "")).not.toContain("$");
    expect(data["text/plain"]).toBe("$100 to $200\n$ \n$1");
  });

  test("sends the first thousand rows of a long table, and says how many are left out", () => {
    pretendKernel();
    const rows = Array.from({ length: 200_000 }, (_, i) => [String(i), "x"]);
    show({ kind: "table", caption: "Long", columns: ["i", "x"], rows });
    const { data } = (sent[0] as { content: { data: Record<string, string> } }).content;
    const lines = data["text/plain"].split("\n");
    expect(lines).toHaveLength(1003);
    expect(lines[1002].trim()).toBe("… and 199,000 more rows");
    expect(data["text/html"].match(/<tr>/g)).toHaveLength(1002);
  });

  test("says in plain words that there is no notebook", () => {
    expect(() => show(figure)).toThrow(
      "show and say only work in a notebook that runs on the tslab kernel. Start JupyterLab with `npm start`",
    );
  });

  test("refuses what is neither figure nor table", () => {
    expect(() => show(undefined as never)).toThrow(
      "show's argument must be a figure or a table that this library made; got nothing.",
    );
    expect(() => show({ data: [] } as never)).toThrow("got an object");
  });
});

describe("say", () => {
  test("sends sentences as one paragraph, in which a dollar sign begins no formula", () => {
    pretendKernel();
    say("It costs **5** $, ", "not 6 $.");
    expect(sent).toEqual([
      {
        content: {
          data: {
            "text/markdown": "It costs **5** \\$, not 6 \\$.",
            "text/plain": "It costs 5 $, not 6 $.",
          },
          metadata: {},
          transient: {},
        },
        update: false,
      },
    ]);
  });

  test("keeps the lines of a list", () => {
    pretendKernel();
    say("Two things:\n- one\n- **two**");
    const [{ content }] = sent as [{ content: { data: Record<string, string> } }];
    expect(content.data["text/plain"]).toBe("Two things:\n- one\n- two");
  });

  test("wraps the plain text between words", () => {
    pretendKernel();
    say("word ".repeat(30));
    const [{ content }] = sent as [{ content: { data: Record<string, string> } }];
    expect(content.data["text/plain"].split("\n").map(({ length }) => length)).toEqual([99, 49]);
  });

  test("rejects what is not a text, and works in a notebook only", () => {
    expect(() => say()).toThrow("sentences must be at least one text; got nothing.");
    expect(() => say(5 as never)).toThrow("sentences must be a text; got 5.");
    expect(() => say("A sentence.")).toThrow("in a notebook that runs on the tslab kernel");
  });
});

describe("a progress bar", () => {
  test("appears once and is then updated in place", () => {
    pretendKernel();
    const bar = progressBar("Simulating <1>");
    for (const fraction of [0.25, 0.5, 1]) bar(fraction);
    expect(sent).toMatchObject([
      { update: false, content: { data: { "text/plain": "Simulating <1>: 25%" } } },
      {
        update: true,
        content: { data: { "text/html": expect.stringContaining("Simulating &lt;1&gt;: 50%") } },
      },
      { update: true, content: { data: { "text/plain": "Simulating <1>: 100%" } } },
    ]);
    const ids = sent.map(
      (message) => (message as { content: { transient: { display_id: string } } }).content.transient,
    );
    expect(new Set(ids.map(({ display_id }) => display_id)).size).toBe(1);
  });

  test("does not appear for work that is done at its first report", () => {
    pretendKernel();
    progressBar("short")(1);
    expect(sent).toEqual([]);
  });
});

test("a progress bar needs words, and fractions that are numbers", () => {
  expect(() => progressBar(undefined as never)).toThrow("words must be a text; got nothing.");
  const report = progressBar("Simulating");
  for (const [share, words] of [
    ["abc", 'the text "abc"'],
    [Number.NaN, "NaN"],
    [undefined, "nothing"],
  ] as const) {
    expect(() => report(share as never)).toThrow(`fraction must be a number from 0 to 1; got ${words}.`);
  }
});

test("pictures that only call themselves so are refused", () => {
  for (const wrong of [
    { kind: "figure" },
    { kind: "table" },
    { kind: "table", caption: "c", columns: ["a"], rows: [[5]] },
  ]) {
    expect(() => show(wrong as never)).toThrow(
      "show's argument must be a figure or a table that this library made; got an object.",
    );
  }
});
