import { startPostgres, type PrivatePostgres } from './postgres.ts'
import { startRedis, type PrivateRedis } from './redis.ts'
import { Missing } from './several.ts'

/** What several servers share. */
export interface PostgresAndRedis {
  readonly postgres: PrivatePostgres
  readonly redis: PrivateRedis
  /** Stops both. */
  stop(): Promise<void>
}

/**
 * A private Postgres and a private Redis. When one of them cannot be had, the other one is stopped.
 *
 * @param options the database's
 * @throws Missing with the name of what is not installed
 */
export async function startPostgresAndRedis(
  options?: Parameters<typeof startPostgres>[0],
): Promise<PostgresAndRedis> {
  const starting = [startPostgres(options), startRedis()] as const
  const stop = async () => {
    for (const one of await Promise.allSettled(starting))
      if (one.status === 'fulfilled') await one.value?.stop()
  }
  try {
    const [postgres, redis] = await Promise.all(starting)
    if (!postgres) throw new Missing('Postgres')
    if (!redis) throw new Missing('Redis')
    return { postgres, redis, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
