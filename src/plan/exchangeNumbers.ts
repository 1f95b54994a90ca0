/**
 * Numbers and plain data as texts that read back to the same bits.
 *
 * @module
 */

/** A number in the shortest form that reads back to it; `String` would drop the sign of −0. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/**
 * Plain data as JSON, one line for each entry of an object. Unlike `JSON.stringify` it keeps −0, and calls nobody's `toJSON`; NaN and
 * the infinities, which JSON cannot write, become null.
 */
export function jsonText(value: unknown, indent = ""): string {
  if (typeof value === "number") return Number.isFinite(value) ? numberText(value) : "null";
  if (Array.isArray(value)) return `[${value.map((entry) => jsonText(entry, indent)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const inner = `${indent}  `;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  if (fields.length === 0) return "{}";
  const lines = fields.map(([key, field]) => `${inner}${JSON.stringify(key)}: ${jsonText(field, inner)}`);
  return `{\n${lines.join(",\n")}\n${indent}}`;
}
