import { describe, expect, test } from "vitest";
import {
  costReport,
  decayImpact,
  defineProblem,
  equalSchedule,
  type ImpactModel,
  kernelImpact,
  linearImpact,
  modelRisk,
  modelRiskChart,
  modelRiskTable,
  optimalSchedule,
  type ProblemInput,
  powerDecayImpact,
  powerImpact,
  scheduleFromTrades,
} from "../../src/index";
import { uniforms } from "../helpers/random";
import { reference } from "../helpers/reference";

const exact = reference<{
  params: { N: number; X: number; T: number; sigma: number; lam: number; target: number };
  models: readonly string[];
  objective: readonly (readonly number[])[];
  regret: readonly (readonly number[])[];
  minimax_all: {
    weights: Readonly<Record<string, number>>;
    regrets: readonly number[];
    schedule: readonly number[];
  };
}>("model_risk");

/** A day of 390 minutes is one unit of time. */
const halfLife = (minutes: number): number => (390 * Math.LN2) / minutes;
const decaying = (minutes: number): ImpactModel =>
  decayImpact({ exponentials: [{ impact: 1e-6, rate: halfLife(minutes) }] });
const six: Readonly<Record<string, ImpactModel>> = {
  linear: linearImpact({ temporary: 1e-7 }),
  "3/5 power": powerImpact({ coefficient: 1e-3, exponent: 0.6 }),
  "square root": powerImpact({ coefficient: 1e-3, exponent: 0.5 }),
  "half-life 30 min": decaying(30),
  "half-life 2 h": decaying(120),
  "power decay": powerDecayImpact({ impact: 1e-6, timescale: 5 / 390, exponent: 0.5 }),
};
const { params } = exact;
const order = {
  ...{ shares: params.X, horizon: params.T, intervals: params.N, volatility: params.sigma },
  ...{ riskAversion: params.lam, temporaryImpact: 1e-7, currency: "USD" },
} as const satisfies ProblemInput;

describe("six models of one order, against 60-digit arithmetic", () => {
  const found = modelRisk(defineProblem(order), six, { anchor: params.target });

  test("equal slices pay the same for impact under every model", () => {
    found.scaled.forEach((impact) => {
      const problem = defineProblem({ ...order, temporaryImpact: undefined, impact });
      const { permanent, temporary } = costReport(problem, equalSchedule(problem));
      expect((permanent + temporary) / params.target).toBeCloseTo(1, 12);
    });
    expect(found.factors.every((factor) => factor > 0)).toBe(true);
  });

  test("objectives and regrets agree (1e-9 of the objective)", () => {
    exact.objective.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(Math.abs(found.objective[i][j] / value - 1)).toBeLessThan(1e-12);
        expect(Math.abs(found.regret[i][j] - exact.regret[i][j])).toBeLessThan(1e-9 * value);
      });
    });
    expect(found.minimax.schedule).toBe("square root");
    expect(found.minimax.regret).toBeCloseTo(10007.698268787, 6);
    expect(found.schedules.map(({ name }) => name)).toEqual([...Object.keys(six), "TWAP"]);
  });

  test("the best of all schedules regrets 8,915.81, with the prior that proves it", () => {
    const { robust } = found;
    expect(robust.regret).toBeCloseTo(8915.8057591283, 6);
    expect(robust.bound).toBeLessThanOrEqual(robust.regret * (1 + 1e-12));
    expect(robust.regret - robust.bound).toBeLessThan(1e-8);
    expect(robust.prior[0]).toBeCloseTo(0.261260579947763, 9);
    expect(robust.prior[4]).toBeCloseTo(0.738739420052237, 9);
    expect(robust.prior.filter((weight) => weight > 1e-9)).toHaveLength(2);
    robust.regrets.forEach((value, j) => {
      expect(Math.abs(value - exact.minimax_all.regrets[j])).toBeLessThan(1e-5);
    });
    robust.schedule.trades.forEach((n, k) => {
      expect(Math.abs(n - exact.minimax_all.schedule[k])).toBeLessThan(1e-9 * params.X);
    });
  });

  test("says which mistake is ruinous, and that no schedule regrets less", () => {
    expect(found.sentences).toEqual([
      "The costliest mistake is to plan by half-life 2 h when linear is true: 312,783 USD.",
      "Of these schedules square root has the smallest worst-case regret: 10,008 USD, when linear is true.",
      "The robust schedule lowers it to 8,916 USD, under linear and half-life 2 h alike, and no schedule has less than 8,916 USD.",
    ]);
  });
});

describe("the best of all schedules", () => {
  test("is beaten by no other in its largest regret: 40 random pairs and triples of models, 40 schedules each", () => {
    const random = uniforms(17);
    const laws = (): readonly ImpactModel[] => [
      linearImpact({ temporary: 1e-7 * (1 + random()), permanent: 1e-8 * random() }),
      powerImpact({ coefficient: 1e-3, exponent: 0.4 + random() }),
      decaying(20 + 200 * random()),
      powerDecayImpact({ impact: 1e-6, timescale: 0.02, exponent: 0.3 + random(), temporary: 1e-8 }),
      kernelImpact({ values: Array.from({ length: 12 }, (_, k) => 1e-6 / (1 + k)), temporary: 1e-8 }),
    ];
    for (let i = 0; i < 40; i++) {
      const problem = defineProblem({
        ...order,
        ...{ intervals: 12, halfSpread: 0.01 * random(), drift: 2 * (random() - 0.5) },
        ...{ riskAversion: 10 ** (-8 + 3 * random()), timing: (["start", "mid", "end"] as const)[i % 3] },
        side: i % 2 === 0 ? "sell" : "buy",
      });
      const chosen = laws().filter(() => random() < 0.6);
      if (chosen.length < 2) continue;
      const models = Object.fromEntries(chosen.map((law, j) => [`model ${j}`, law]));
      const { robust, scaled, objective } = modelRisk(problem, models, { anchor: 5e4 });
      expect(robust.regret - robust.bound).toBeLessThan(1e-7 * Math.max(1, robust.regret));
      const problems = scaled.map((impact) =>
        defineProblem({ ...problem, temporaryImpact: undefined, permanentImpact: undefined, impact }),
      );
      const worstOf = (trades: readonly number[]): number =>
        Math.max(
          ...problems.map(
            (one, j) => costReport(one, scheduleFromTrades(one, trades)).objective - objective[j][j],
          ),
        );
      expect(worstOf(robust.schedule.trades)).toBeCloseTo(robust.regret, 4);
      for (let j = 0; j < 40; j++) {
        const [from, to] = [Math.floor(12 * random()), Math.floor(12 * random())];
        const size = Math.min(robust.schedule.trades[from], 4e5 * 10 ** (-1 - 4 * random()));
        const moved = robust.schedule.trades.map(
          (n, k) => n + (k === to ? size : 0) - (k === from ? size : 0),
        );
        expect(worstOf(moved)).toBeGreaterThan(robust.regret - 1e-6 * Math.max(1, robust.regret));
      }
    }
  });

  test("is the optimum where the models are one, and leaves nothing to regret", () => {
    const problem = defineProblem(order);
    const law = linearImpact({ temporary: 1e-7 });
    const { robust, regret } = modelRisk(problem, { one: law, other: law }, { anchor: "as given" });
    expect(robust.regret).toBeLessThan(1e-6);
    expect(Math.max(...regret[0], ...regret[1])).toBeLessThan(1e-6);
    optimalSchedule(problem).trades.forEach((n, k) => {
      expect(Math.abs(n - robust.schedule.trades[k])).toBeLessThan(1);
    });
  });

  test("takes its scale from the problem's own law where no anchor is given", () => {
    const problem = defineProblem({ ...order, permanentImpact: 1e-8 });
    const own = costReport(problem, equalSchedule(problem));
    const { scaled } = modelRisk(problem, { a: decaying(30), b: decaying(60) });
    for (const impact of scaled) {
      const other = defineProblem({ ...order, temporaryImpact: undefined, impact });
      const { permanent, temporary } = costReport(other, equalSchedule(other));
      expect((permanent + temporary) / (own.permanent + own.temporary)).toBeCloseTo(1, 12);
    }
  });
});

describe("a comparison that makes no sense is rejected", () => {
  const problem = defineProblem(order);
  const law = linearImpact({ temporary: 1e-7 });

  test("in words", () => {
    expect(() => modelRisk(problem, { one: law })).toThrow(
      "models must be two to 8 laws of impact by name; got an object.",
    );
    expect(() => modelRisk(problem, { one: law, bad: { kind: "cubic" } as never })).toThrow(
      /^models\["bad"\]\.kind must be "linear"/,
    );
    expect(() => modelRisk(problem, { one: law, bad: { ...law, temporary: -1 } })).toThrow(
      /^models\["bad"\]\.temporary must be a finite number above 0/,
    );
    expect(() => modelRisk(problem, { one: law, other: law }, { anchor: 0 })).toThrow(
      "anchor must be a finite number above 0 (USD); got 0.",
    );
    const varied = defineProblem({ ...order, profile: { temporaryImpact: new Array(26).fill(1e-7) } });
    expect(() => modelRisk(varied, { one: law, other: law })).toThrow(
      "problem.profile.temporaryImpact must be left out for modelRisk: each model brings coefficients of its own",
    );
    expect(() => modelRisk(defineProblem({ ...order, remainderPrice: 1 }), { one: law, other: law })).toThrow(
      "problem.remainderPrice must be left out for modelRisk",
    );
    const rising = kernelImpact({
      values: Array.from({ length: 26 }, (_, k) => Math.max(0, 1 - (k / 4) ** 2)),
    });
    expect(() => modelRisk(problem, { one: law, rising })).toThrow(
      /^This law of impact lets a round trip make money/,
    );
  });
});

describe("in pictures", () => {
  const problem = defineProblem(order);
  const risk = modelRisk(problem, six, { anchor: params.target });

  test("the map has a row for each plan and a column for each model, and the table their numbers", () => {
    const { data } = modelRiskChart(problem, risk);
    expect(data[0].y).toEqual([...Object.keys(six), "TWAP", "Robust"]);
    expect(data[0].x).toEqual(Object.keys(six));
    expect((data[0].text as readonly (readonly string[])[])[4][0]).toBe("312,783");
    const shades = (data[0].z as readonly (readonly number[])[]).flat();
    expect(Math.max(...shades)).toBe(1);
    expect(Math.min(...shades)).toBe(0);
    const { rows, columns, caption } = modelRiskTable(problem, risk);
    expect(caption.slice(0, 14)).toBe("Regret (USD). ");
    expect(columns[columns.length - 1]).toBe("Worst");
    expect(rows[7]).toEqual(["Robust", "8,916", "1,074", "976", "2,754", "8,916", "1,541", "8,916"]);
  });
});
