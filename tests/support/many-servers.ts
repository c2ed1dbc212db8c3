import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { howToInstall, Missing, runSeveral, type SeveralServers } from '#shared/run/services/several'

/**
 * Starts a step's program several times, compiled, with private services.
 *
 * @param redisUrlFor where a server finds Redis, when it is not the same for all
 * @returns undefined when something is not installed, which is an error in CI
 */
export async function manyServers(
  dir: string,
  count: number,
  redisUrlFor?: (index: number, url: string) => Promise<string>,
): Promise<SeveralServers | undefined> {
  try {
    return await runSeveral(dir, { count, redisUrlFor, compiled: true, patienceMs: 90_000 })
  } catch (error) {
    if (!(error instanceof Missing) || process.env.CI) throw error
    console.log(
      `Many servers are not looked at: there is no ${error.message} here. ${howToInstall.replaceAll('\n', ' · ')}`,
    )
    return undefined
  }
}

/** A line to a service that can be cut. */
export interface CuttableLine {
  readonly port: number
  /** Cuts all who are connected off, and takes nobody. */
  cut(): void
  /** Takes them again. */
  mend(): void
  close(): void
}

/** @param to the service's port */
export async function cuttableLine(to: number): Promise<CuttableLine> {
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(to, '127.0.0.1')
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => {}) // "close" follows
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    isCut = true
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    mend: () => (isCut = false),
    close() {
      cut()
      server.close()
    },
  }
}
