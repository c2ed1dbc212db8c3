import { Advice } from '../../terminal/advice.ts'
import { say } from '../../terminal/wrap.ts'
import { askedToStop, print } from '../run-at-terminal.ts'
import { DidNotStart } from '../run.ts'
import { howToInstall, Missing, runSeveral, type SeveralOptions, type SeveralServers } from './several.ts'

/**
 * Runs a program several times behind nginx, until Ctrl-C.
 *
 * @param dir the folder that holds server.ts
 * @param count how many times
 * @param port nginx's
 * @returns the exit code
 * @throws Advice when something is not installed, or does not start
 */
export async function runSeveralAtTerminal(dir: string, count: number, port: number): Promise<number> {
  const stopped = askedToStop()
  const chat = await startSeveralAtTerminal(dir, { count, port })
  say(...describeSeveral(chat, chat.nginx.url))
  await stopped
  await chat.stop()
  return 0
}

/**
 * Starts a program several times behind nginx, and prints what the servers say, each line with its server's number. It uses
 * Postgres at DATABASE_URL and Redis at REDIS_URL; where one is not set, it starts one of its own.
 *
 * @param dir the folder that holds server.ts
 * @throws Advice when something is not installed, or does not start
 */
export async function startSeveralAtTerminal(
  dir: string,
  { onServerLine, ...more }: Pick<SeveralOptions, 'count' | 'port' | 'onServerLine'>,
): Promise<SeveralServers> {
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl } = process.env
  say(`Starting ${more.count} servers …`)
  return runSeveral(dir, {
    ...more,
    databaseUrl,
    redisUrl,
    compiled: true,
    onServerLine(index, line, stream) {
      print(`${index + 1} ${line}`, stream)
      onServerLine?.(index, line, stream)
    },
  }).catch(adviseToInstall)
}

/**
 * For an error of those who start several servers: says how to get what is missing. Why a server does not start, it has
 * printed itself.
 *
 * @throws Advice when something is not installed or a server does not start, or the error itself
 */
export function adviseToInstall(error: unknown): never {
  if (error instanceof DidNotStart) {
    throw new Advice(
      'A server does not start: it says above why.',
      'Correct that, and type the command again.',
    )
  }
  if (!(error instanceof Missing)) throw error
  throw new Advice(`There is no ${error.message} on this machine, and several servers need it.`, howToInstall)
}

/**
 * Where they are, how to kill one, and how to stop.
 *
 * @param entrance where guests come in: nginx's, or what stands before it
 */
export function describeSeveral({ servers, postgres }: SeveralServers, entrance: string): string[] {
  return [
    entrance,
    `That is nginx, in front of ${servers.length} servers. Two browsers, or a window and a private one, may get different ones:`,
    ...servers.map(({ url, pid }, index) => `  server ${index + 1}  ${url}      to kill it:  kill -9 ${pid}`),
    ...(postgres
      ? ['What is said is gone after Ctrl-C. To keep it, set DATABASE_URL to a Postgres of yours.']
      : []),
    'Ctrl-C stops them all.',
  ]
}
