import { tool } from '#shared/run/run-tool'

/** `npm test`: all tests once, or those whose path contains a word. The words are vitest's own. */
export default function (words: string[]): Promise<number> {
  return tool('vitest/vitest.mjs', ['run', ...words])
}
