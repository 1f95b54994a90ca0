/**
 * The look of a series: its color and its dash. A name looks the same in every chart.
 *
 * @module
 */

/** What a line needs to be told from the others. */
export interface Look {
  readonly color: string;
  readonly dash: string;
}

/**
 * Seven looks in the order of use. The colors follow Okabe and Ito, whose colors color-blind readers can tell apart, but each
 * has a contrast of at least 3 with white and with the background of JupyterLab's dark theme. The dashes tell lines
 * apart without color.
 */
export const looks: readonly Look[] = [
  { color: "#0072B2", dash: "solid" },
  { color: "#D55E00", dash: "dash" },
  { color: "#009E73", dash: "dot" },
  { color: "#C66C9B", dash: "dashdot" },
  { color: "#9A7B00", dash: "longdash" },
  { color: "#7E6BD6", dash: "longdashdot" },
  { color: "#808080", dash: "solid" },
];

/** Schedules that most charts show, each with its own look. */
const known: Readonly<Record<string, number>> = {
  ...{ optimal: 0, optimum: 0, twap: 1, "equal trades": 1, "vwap-like": 2, vwap: 2, immediate: 3, plan: 5 },
};

/** From blue to orange at equal contrast: an order that color-blind readers see too. */
const scale: readonly string[] = [
  "#2F7FD6",
  "#6D6FD8",
  "#9A5FC6",
  "#BD4FA6",
  "#D2487F",
  "#D9534F",
  "#D26A1B",
];

/**
 * A look for each of some names, at most seven, no two alike. Schedules known by name keep theirs in every chart; beside
 * them, the others take the looks that are left, those of no known schedule first.
 */
export function looksOf(names: readonly string[]): readonly Look[] {
  const taken = new Set<number>();
  const places = names.map((name) => {
    const place = knownPlace(name);
    if (place === undefined || taken.has(place)) return undefined;
    taken.add(place);
    return place;
  });
  const inOrder = looks.map((_, i) => i);
  const reserved = new Set(taken.size === 0 ? [] : Object.values(known));
  const free = [
    ...inOrder.filter((i) => !reserved.has(i)),
    ...inOrder.filter((i) => reserved.has(i) && !taken.has(i)),
  ];
  return places.map((place) => looks[place ?? (free.shift() as number)]);
}

function knownPlace(name: string): number | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(known, key) ? known[key] : undefined;
}

/**
 * A color for each name of a family that differs by one number, such as `"λ = 0"`, `"λ = 0.01"`, `"λ = 0.1"`: in the order of
 * the numbers. Undefined for names that are no such family, or fewer than three.
 */
export function familyColors(names: readonly string[]): readonly string[] | undefined {
  if (names.length < 3) return undefined;
  const parts = names.map((name) => /^(\D*?)([-−]?\d[\d,]*\.?\d*(?:e[-+]?\d+)?)(\D*)$/i.exec(name));
  const [first] = parts;
  const numbers = parts.map((part) => Number(part?.[2].replaceAll(",", "").replace("−", "-")));
  const isFamily = parts.every((part) => part !== null && part[1] === first?.[1] && part[3] === first[3]);
  if (!isFamily || new Set(numbers).size < names.length) return undefined;
  const sorted = [...numbers].sort((one, other) => one - other);
  const step = (scale.length - 1) / (names.length - 1);
  return numbers.map((number) => scale[Math.round(sorted.indexOf(number) * step)]);
}

/**
 * How the lines of some series are drawn. Members of a family are solid, and each is thinner than the one before it: where
 * two coincide, the wider one shows on both sides of the other.
 */
export function lineStyles(
  names: readonly string[],
  width = 2.5,
): readonly { readonly color: string; readonly dash: string; readonly width: number }[] {
  const colors = familyColors(names);
  if (colors === undefined) return looksOf(names).map((look) => ({ ...look, width }));
  const widest = 2 * width;
  const step = (widest - 0.6 * width) / (names.length - 1);
  return colors.map((color, i) => ({ color, dash: "solid", width: widest - i * step }));
}

/** A color that lets what lies behind it through, for areas. */
export function faint(color: string, opacity = 0.2): string {
  const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16));
  return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}
