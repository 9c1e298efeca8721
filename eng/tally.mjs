// Sums the runners' reports (vitest's JSON, xUnit's CTRF). A report that is missing or empty is a failure: a runner that died must not look green.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, ...names] = process.argv.slice(2);
let passed = 0, failed = 0;
for (const name of names) {
  try {
    const report = JSON.parse(readFileSync(join(folder, name), "utf8"));
    const counts = report.results
      ? { passed: report.results.summary.passed, total: report.results.summary.tests }
      : { passed: report.numPassedTests, total: report.numTotalTests };
    if (!(counts.total > 0)) throw new Error("no test ran");
    passed += counts.passed;
    // Whatever did not pass has failed: nothing is skipped here.
    failed += counts.total - counts.passed;
    console.log(`${name.replace(".json", "")}: ${counts.passed} of ${counts.total}`);
  } catch (error) {
    console.error(`error: ${name}: ${error.message}`);
    failed += 1;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
