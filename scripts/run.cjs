// The gate of every command: `node scripts/run.cjs start|test|setup|build|notebooks|docs|bench|report …options`.
// A command is `scripts/<name>.mjs` with `export async function run(options)`, which may resolve to an exit code.
// This file keeps to what Node 12 understands, so that an old Node is told what is missing instead of stopping
// at a word it does not know.

const commands = ["start", "test", "setup", "build", "notebooks", "docs", "bench", "report"];

/**
 * What is wrong with a version of Node, in plain words; undefined if nothing is.
 * The first 22.x releases are refused with 21.x: they cannot `require` an ES module, as a cell's import does.
 *
 * @param {string} version such as "20.19.0"
 */
function nodeProblem(version) {
  const [major, minor] = version.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19)) return undefined;
  return (
    `This project needs Node 20.19 or newer (in the 22 line: 22.12 or newer); this is Node ${version}.\n` +
    "Get a current one from https://nodejs.org, or by a version manager: nvm install --lts"
  );
}

/** @param {string} message */
function refuse(message) {
  console.error(message);
  process.exitCode = 1;
}

function main() {
  const [command, ...options] = process.argv.slice(2);
  const problem = nodeProblem(process.versions.node);
  if (problem) return refuse(problem);
  if (!commands.includes(command)) return refuse(`Usage: node scripts/run.cjs ${commands.join("|")}`);

  // npm and the compiler would otherwise keep their compiled code in the system's temporary folder.
  process.env.NODE_COMPILE_CACHE = process.env.NODE_COMPILE_CACHE || `${__dirname}/../.cache/node`;

  const file = `./${command}.mjs`;
  import(file)
    .then((module) => module.run(options))
    .then(
      (code) => {
        if (typeof code === "number") process.exitCode = code;
      },
      (error) =>
        import("./support/disk.mjs").then(({ explainError }) => {
          const text = error.name === "Failure" ? error.message : explainError(error);
          refuse(text ? `\n${text}` : error.stack);
        }),
    );
}

module.exports = { nodeProblem };

if (require.main === module) main();
