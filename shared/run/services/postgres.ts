import { execFile } from 'node:child_process'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { findProgram } from './find-program.ts'
import { freePort, startService, type Service } from './service.ts'

const nobody = { uid: 65_534, gid: 65_534 } // Postgres refuses to run as root; any other user will do.

/** A Postgres of one's own, and where it is: `postgres://chat@127.0.0.1:49152/postgres`. */
export interface PrivatePostgres extends Service {
  readonly url: string
}

/**
 * Starts one with an empty database. Its data does not outlive the machine's own end: it waits for no disk.
 *
 * @param waitsForDisk it does wait, as one does whose data is to be kept: for who measures what that takes
 * @returns undefined when Postgres is not installed
 */
export async function startPostgres({ waitsForDisk = false } = {}): Promise<PrivatePostgres | undefined> {
  const initdb = findProgram('initdb')
  const file = findProgram('postgres')
  if (!initdb || !file) return undefined
  const folder = await mkdtemp(join(tmpdir(), 'on-the-wire-postgres-'))
  const as = process.getuid?.() === 0 ? nobody : undefined
  if (as) await chown(folder, as.uid, as.gid)
  const clean = () => rm(folder, { recursive: true, force: true, maxRetries: 5 })
  const words = ['-D', folder, '-U', 'chat', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  await promisify(execFile)(initdb, words, { cwd: tmpdir(), ...as }).catch(async (error: unknown) => {
    await clean()
    throw error
  })
  const port = await freePort()
  const settings = [
    `fsync=${waitsForDisk ? 'on' : 'off'}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
  ]
  const service = await startService({
    file,
    arguments: ['-D', folder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    port,
    as,
    ending: 'SIGINT', // SIGTERM waits for who is connected
    crash: 'SIGQUIT', // After SIGKILL its own children are still there, and it does not start beside them.
    clean,
  })
  const url = `postgres://chat@127.0.0.1:${port}/postgres`
  await accepts(url).catch(async (error: unknown) => {
    await service.stop()
    throw error
  })
  return {
    ...service,
    url,
    async restart() {
      await service.restart()
      await accepts(url)
    },
  }
}

/** It listens before it lets anybody in. */
async function accepts(url: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new Client({ connectionString: url })
    client.on('error', () => {}) // connect() says it too
    try {
      await client.connect()
      return await client.end()
    } catch (error) {
      if (tries > 600) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
