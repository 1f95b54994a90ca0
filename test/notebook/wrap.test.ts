import { expect, test } from "vitest";
import { wrapped } from "../../src/notebook/wrap";

test("prose breaks between words only, as late as it can", () => {
  expect(wrapped("the optimum costs 4,297.64 USD more", 17)).toBe("the optimum costs\n4,297.64 USD more");
  expect(wrapped("the optimum costs 4,297.64 USD more", 16)).toBe("the optimum\ncosts 4,297.64\nUSD more");
});

test("a word longer than a line stands alone, and a percent sign never", () => {
  expect(wrapped("an incomprehensibility of 60 % here", 10)).toBe("an\nincomprehensibility\nof 60 %\nhere");
});

test("line breaks and double spaces of the text do not survive", () => {
  expect(wrapped("one\n  two", 100)).toBe("one two");
});
