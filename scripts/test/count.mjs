/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * The part of vitest's JSON report that is counted.
 *
 * @typedef {object} Report
 * @property {boolean} success
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults one for each file
 */

/**
 * @param {Report | undefined} report undefined if vitest has left none
 * @param {boolean} isExitClean
 * @returns {Counts}
 */
export function countTests(report, isExitClean) {
  const counts = sum((report?.testResults ?? []).map(countFile));
  // An error between the tests, a crash, or a selection that matches nothing appears in no file.
  const isSilent = counts.failed === 0 && (!isExitClean || !report?.success || counts.passed === 0);
  return isSilent ? { ...counts, failed: 1 } : counts;
}

/**
 * @param {Report["testResults"][number]} file
 * @returns {Counts}
 */
function countFile({ status, assertionResults }) {
  const passed = assertionResults.filter((test) => test.status === "passed").length;
  const failed = assertionResults.filter((test) => test.status === "failed").length;
  const skipped = assertionResults.length - passed - failed;
  // A file that cannot even be imported has no tests to fail.
  return { passed, failed: status === "failed" ? Math.max(failed, 1) : failed, skipped };
}

/**
 * @param {readonly Counts[]} parts
 * @returns {Counts}
 */
export function sum(parts) {
  return parts.reduce(
    (total, part) => ({
      passed: total.passed + part.passed,
      failed: total.failed + part.failed,
      skipped: total.skipped + part.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** @param {Counts} counts */
export const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
