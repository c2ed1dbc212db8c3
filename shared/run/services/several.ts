import { run, type Program, type RunOptions } from '../run.ts'
import { startNginx, type PrivateNginx } from './nginx.ts'
import { startPostgres, type PrivatePostgres } from './postgres.ts'
import { startRedis, type PrivateRedis } from './redis.ts'
import { untilReady } from './until-ready.ts'

/** What several servers need, with how to get it. */
export const howToInstall = [
  'Debian, Ubuntu:  sudo apt install postgresql redis-server nginx-light',
  'macOS:  brew install postgresql redis nginx',
  'Windows:  in WSL, as on Ubuntu',
].join('\n')

const readyMs = 15_000

/** A program that is not on this machine. */
export class Missing extends Error {
  override name = 'Missing'
}

/** One program several times, with all that they share. */
export interface SeveralServers {
  /** nginx, in front of all */
  readonly nginx: PrivateNginx
  /** the database, when it is a private one */
  readonly postgres: PrivatePostgres | undefined
  /** Redis, when it is a private one */
  readonly redis: PrivateRedis | undefined
  /** each server's own */
  readonly servers: readonly Program[]
  readonly databaseUrl: string
  /** Kills a server without a warning, and starts it again on the same port. */
  restart(index: number): Promise<void>
  /** Stops all. */
  stop(): Promise<void>
}

export interface SeveralOptions extends Omit<RunOptions, 'onLine'> {
  /** how many servers */
  count: number
  /** default: a private one */
  databaseUrl?: string
  /** default: a private one */
  redisUrl?: string
  /** called with each line that a server prints */
  onServerLine?: (index: number, line: string, stream: 'stdout' | 'stderr') => void
  /** more environment variables for one of them */
  envFor?: (index: number) => Record<string, string>
  /** where a server finds Redis, when it is not the same for all */
  redisUrlFor?: (index: number, url: string) => Promise<string>
}

/**
 * Starts a step's program several times, all at once, behind nginx, and waits until each hears the others.
 *
 * @param dir the folder that holds server.ts
 * @throws Missing with the name of what is not installed
 * @throws DidNotStart when a server does not
 */
export async function runSeveral(dir: string, options: SeveralOptions): Promise<SeveralServers> {
  const { count, port = 0, envFor, redisUrlFor = async (_index, url) => url, onServerLine, ...more } = options
  const started: { stop(): Promise<unknown> }[] = []
  const stop = async () => {
    for (const one of started.toReversed()) await one.stop()
  }
  const keep = <Started extends { stop(): Promise<unknown> }>(one: Started | undefined, name: string) => {
    if (!one) throw new Missing(name)
    started.push(one)
    return one
  }
  try {
    const postgres = options.databaseUrl ? undefined : keep(await startPostgres(), 'Postgres')
    const redis = options.redisUrl ? undefined : keep(await startRedis(), 'Redis')
    const databaseUrl = options.databaseUrl ?? postgres!.url
    const redisUrl = options.redisUrl ?? redis!.url
    const start = async (index: number, at: number) => {
      const env = {
        ...more.env,
        ...envFor?.(index),
        DATABASE_URL: databaseUrl,
        REDIS_URL: await redisUrlFor(index, redisUrl),
      }
      const onLine =
        onServerLine && ((line: string, stream: 'stdout' | 'stderr') => onServerLine(index, line, stream))
      const program = await run(dir, { ...more, env, port: at, onLine })
      started.push(program)
      return program
    }
    const starting = Array.from({ length: count }, (_, index) => start(index, 0))
    const failed = (await Promise.allSettled(starting)).find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
    const servers = await Promise.all(starting)
    await Promise.all(servers.map((server) => untilReady(server, readyMs)))
    const nginx = keep(
      await startNginx(
        servers.map(({ url }) => Number(new URL(url).port)),
        port,
      ),
      'nginx',
    )
    const restart = async (index: number) => {
      const { kill, url } = servers[index]!
      await kill()
      servers[index] = await start(index, Number(new URL(url).port))
    }
    return { nginx, postgres, redis, servers, databaseUrl, restart, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
