import type { Server } from 'node:http'
import { listenOnLocalhost } from '../../serve/listen-on-localhost.ts'

const portsTried = 20

/** Where the classroom listens, or at the first free port after it. */
export const classroomPort = 3100

/** The usual port, and those that are tried after it. */
export function portsNear(usualPort: number): number[] {
  return Array.from({ length: portsTried }, (_, i) => usualPort + i)
}

/**
 * Listens on this machine's own addresses, at the first free port from the usual one on, or at any when somebody has them all.
 *
 * @param asked this port, and no other
 * @returns the port
 * @throws Error when the port that was asked for is taken
 */
export async function listenNear(server: Server, usualPort: number, asked?: number): Promise<number> {
  for (const port of asked === undefined ? [...portsNear(usualPort), 0] : [asked]) {
    try {
      return await listenOnLocalhost(server, port)
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!isTaken || asked !== undefined) throw error
    }
  }
  throw new Error('no port is free')
}
