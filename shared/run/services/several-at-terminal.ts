import { Advice } from '../../terminal/advice.ts'
import { say } from '../../terminal/wrap.ts'
import { askedToStop, print } from '../run-at-terminal.ts'
import { howToInstall, Missing, runSeveral, type SeveralServers } from './several.ts'

/**
 * Runs a program several times behind nginx, until Ctrl-C. It uses Postgres at DATABASE_URL and Redis at REDIS_URL; where one
 * is not set, it starts one of its own.
 *
 * @param dir the folder that holds server.ts
 * @param count how many times
 * @param port nginx's
 * @returns the exit code
 * @throws Advice when something is not installed, or does not start
 */
export async function runSeveralAtTerminal(dir: string, count: number, port: number): Promise<number> {
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env
  const stopped = askedToStop()
  say(`Starting ${count} servers …`)
  const chat = await runSeveral(dir, {
    count,
    port,
    databaseUrl,
    redisUrl,
    compiled: true,
    onServerLine: (index, line, stream) => print(`${index + 1} ${line}`, stream),
  }).catch((error: unknown) => {
    if (error instanceof Missing)
      throw new Advice(
        `There is no ${error.message} on this machine, and several servers need it.`,
        howToInstall,
      )
    throw error
  })
  say(...linesFor(chat))
  await stopped
  await chat.stop()
  return 0
}

function linesFor({ nginx, servers, postgres }: SeveralServers): string[] {
  return [
    nginx.url,
    `That is nginx, in front of ${servers.length} servers. Two browsers, or a window and a private one, may get different ones:`,
    ...servers.map(({ url, pid }, index) => `  server ${index + 1}  ${url}      to kill it:  kill -9 ${pid}`),
    ...(postgres
      ? ['What is said is gone after Ctrl-C. To keep it, set DATABASE_URL to a Postgres of yours.']
      : []),
    'Ctrl-C stops them all.',
  ]
}
