import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = fileURLToPath(new URL("./src/", import.meta.url));

// Two projects: `unit` is fast and needs nothing but Node; `platform` starts real kernels, notebooks,
// JupyterLab and Chromium, one file after the other, because each of them wants the machine for itself.
export default defineConfig({
  test: {
    // All cores: vitest would leave one of two idle.
    maxWorkers: "100%",
    projects: [
      {
        // Tests of the library read its sources, so that a failing line is a line of `src/`.
        resolve: {
          alias: [
            { find: /^optimal-execution$/, replacement: `${source}index.ts` },
            { find: /^optimal-execution\/(published\/.*)$/, replacement: `${source}$1.ts` },
            { find: /^optimal-execution\/(.*)$/, replacement: `${source}$1/index.ts` },
          ],
        },
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/platform/**"],
          // No test leaves anything behind in the library, and loading it anew for every file takes half of the time.
          isolate: false,
          // Loading plotly.js into a page without a screen takes seconds where the machine is busy.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "platform",
          include: ["test/platform/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
