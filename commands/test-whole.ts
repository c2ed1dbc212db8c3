import { runTool } from '#shared/run/run-tool'

/** `npm run test:whole`: what starts programs and a browser: pages, processes, TLS, crowds, hostile guests. The words behind it are vitest's own. */
export default function (words: string[]): Promise<number> {
  return runTool('vitest/vitest.mjs', ['run', '--project', 'whole', ...words])
}
