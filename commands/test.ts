import { runTool } from '#shared/run/run-tool'

/** `npm test`: the steps' checks, and the tests of all that starts no program. The words behind it are vitest's own. */
export default function (words: string[]): Promise<number> {
  return runTool('vitest/vitest.mjs', ['run', '--project', '!whole', ...words])
}
