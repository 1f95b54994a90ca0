// @ts-check
// Long messages as lines that a notebook shows whole: JupyterLab breaks what is longer anywhere, inside numbers too.
"use strict";

/** Characters in a line of a message: what fits beside the list of files in a window of 1,100 pixels. */
const WIDTH = 80;

/** Characters of a type in a message; what is longer is shortened in its middle. */
const TYPE_WIDTH = 70;

/**
 * Breaks text between words. Lines that are short enough, and the indentation of all, stay; what follows a broken line is
 * indented like it. A number keeps its unit sign: `%` does not begin a line.
 *
 * @param {string} text
 * @param {number} [width]
 */
function wrapped(text, width = WIDTH) {
  return text
    .split("\n")
    .flatMap((line) => wrappedLine(line, width))
    .join("\n");
}

/**
 * @param {string} line
 * @param {number} width
 */
function wrappedLine(line, width) {
  if (line.length <= width) return [line];
  const indent = /^\s*/.exec(line)?.[0] ?? "";
  const words = line.trim().split(/ +(?![%‰])/);
  const lines = [];
  let current = indent + words.shift();
  for (const word of words) {
    if (current.length + 1 + word.length <= width) {
      current += ` ${word}`;
    } else {
      lines.push(current);
      current = indent + word;
    }
  }
  return [...lines, current];
}

/**
 * What the compiler says of one fault, with what helps first. TypeScript explains from the outside in: the whole type comes
 * first, and the misspelt field with its "Did you mean …?" last.
 *
 * @param {readonly string[]} reasons each explained by the next one
 * @returns {string[]}
 */
function innermostFirst(reasons) {
  const short = reasons.map(shortTypes);
  // Overloads are tried side by side: the last of them is no reason for the others.
  if (/^No overload matches/.test(short[0] ?? "")) return short;
  return [...short.slice(-1), ...short.slice(0, -1).map((reason) => `  ${reason}`)];
}

/**
 * Shortens the long types that the compiler quotes.
 *
 * @param {string} line
 */
const shortTypes = (line) =>
  line.replaceAll(/'([^'\n]+)'/g, (quoted, type) => {
    if (type.length <= TYPE_WIDTH) return quoted;
    const half = TYPE_WIDTH / 2 - 2;
    return `'${type.slice(0, half).trimEnd()} … ${type.slice(-half).trimStart()}'`;
  });

module.exports = { innermostFirst, wrapped };
