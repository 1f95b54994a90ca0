import { expect, test } from "vitest";

/** What a figure or a table says when it is given nothing for its units. */
export const unitsMissing =
  "units must be a problem, or an object with its timeUnit and currency; got nothing.";

/** One test for each wrong input: what it is, the call, and the whole message of the InputError that it throws. */
export function testRefusals(
  cases: readonly (readonly [what: string, call: () => unknown, message: string])[],
): void {
  test.each(cases)("refuses %s, in words", (_, call, message) => {
    expect(call).toThrow(expect.objectContaining({ name: "InputError", message }));
  });
}
