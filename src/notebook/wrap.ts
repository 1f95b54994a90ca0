/**
 * Prose in lines: a notebook breaks printed text wherever a line ends, inside words and numbers too.
 *
 * @module
 */

/** A text in lines of at most so many characters, broken between words only, and never before a lone `%`. */
export function wrapped(text: string, most: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+(?!%)/)) {
    if (line !== "" && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join("\n");
}
