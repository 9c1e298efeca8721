// Sums the runners' reports (vitest's JSON, xUnit's CTRF). A report that is missing or empty is a failure: a runner that died must not look green.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const [folder, ...names] = process.argv.slice(2);
let passed = 0, failed = 0;
const red = [];
for (const name of names) {
  try {
    const report = JSON.parse(readFileSync(join(folder, name), "utf8"));
    red.push(...named(report).map((test) => `${name.replace(".json", "")}: ${test}`));
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
// Last, so that a log of which only the end is kept names them.
for (const test of red) console.log(`failed: ${test}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);

/** What did not pass, and the first line of why. */
function named(report) {
  const tests = report.results
    ? report.results.tests.map((test) => ({ ...test, title: test.name, why: test.message }))
    : report.testResults.flatMap((file) => file.assertionResults.map((test) => ({ ...test, title: test.fullName, why: test.failureMessages[0] })));
  return tests.filter((test) => test.status !== "passed").map((test) => `${test.title}: ${(test.why ?? test.status).replace(/\s+/g, " ").slice(0, 300)}`);
}
