import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { runTool } from '#shared/run/run-tool'

export const spec = {
  command: 'npm run test:whole',
  does: 'Tests what starts programs and a browser: the rest of the steps’ checks, pages, processes, TLS, crowds and hostile guests. All other words are vitest’s own: npx vitest --help lists them.',
  example: 'npm run test:whole -- tests/share.test.ts',
} as const satisfies CommandSpec

/**
 * `npm run test:whole`: what starts programs and a browser: the rest of the steps' checks, pages, processes, TLS, crowds,
 * hostile guests. The words behind it are vitest's own.
 */
export default function (words: string[]): Promise<number> {
  if (words.includes('--help')) parseCommand(['--help'], spec)
  return runTool('vitest/vitest.mjs', ['run', '--project', 'whole*', ...words])
}
