import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from './find-program.ts'
import { freePort, startService, type Service } from './service.ts'

/** A Redis of one's own, and where it is: `redis://127.0.0.1:49152`. */
export interface PrivateRedis extends Service {
  readonly url: string
}

/**
 * Starts one, which keeps all in memory: a restart forgets it.
 *
 * @returns undefined when Redis is not installed
 */
export async function startRedis(): Promise<PrivateRedis | undefined> {
  const file = findProgram('redis-server')
  if (!file) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'on-the-wire-redis-'))
  const port = await freePort()
  const service = await startService({
    file,
    arguments: [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--databases',
      '512',
      '--dir',
      folder,
    ],
    port,
    clean: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  })
  return { ...service, url: `redis://127.0.0.1:${port}` }
}
