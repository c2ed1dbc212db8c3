// Adds up what the runners themselves reported, in files of vitest's JSON form: "N passed, N failed, N skipped".
// A file that is missing, because its runner died, counts as a failure.
import { existsSync, readFileSync } from 'node:fs'

const sum = { passed: 0, failed: 0, skipped: 0 }
for (const file of process.argv.slice(2)) {
  if (!existsSync(file)) {
    console.error(`There is no ${file}: its runner ended before it could report.`)
    sum.failed += 1
    continue
  }
  const { numPassedTests, numFailedTests, numPendingTests, success } = JSON.parse(readFileSync(file, 'utf8'))
  sum.passed += numPassedTests
  sum.skipped += numPendingTests
  // A run can fail beside its tests, in a file that could not be read, say.
  sum.failed += numFailedTests === 0 && !success ? 1 : numFailedTests
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`)
process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1
