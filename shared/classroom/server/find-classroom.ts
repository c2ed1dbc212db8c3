import { createServer } from 'node:net'
import { Advice } from '../../terminal/advice.ts'
import { listenOn } from '../../wire/server-address.ts'
import { classroomPort, portsNear } from './listen-near.ts'

/** With a classroom's first page: where the program is that people reach through it, `http://localhost:3000`. */
export const programHeader = 'x-on-the-wire-program'

const patienceMs = 2_000

/**
 * To be asked before a command changes anything: its program is to come in at this port.
 *
 * @param port 0 is always to be had
 * @param command as typed, `npm run work 3`
 * @param wish what to do where a classroom has the port already: `Choose step 3 there.`
 * @throws Advice when the port is taken, and by which classroom
 */
export async function refuseTakenPort(port: number, command: string, wish: string): Promise<void> {
  const server = createServer()
  try {
    await listenOn(server, port, '127.0.0.1', {}, command)
  } catch (error) {
    const classroom = error instanceof Advice ? await classroomAt(port) : undefined
    if (!classroom) throw error
    const typed = command.includes(' -- ') ? command : `${command} --`
    throw new Advice(
      `The classroom is already running at ${classroom}, with your chat on port ${port}.`,
      `${wish} Or take another port:  ${typed} --port ${port + 1}`,
    )
  }
  await new Promise((resolve) => server.close(resolve))
}

/** @returns the address of the classroom of this machine whose program has this port */
async function classroomAt(port: number): Promise<string | undefined> {
  const asked = portsNear(classroomPort).map(async (near) => {
    const answer = await fetch(`http://127.0.0.1:${near}/`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(patienceMs),
    }).catch(() => undefined) // Nobody is there, or somebody who does not speak HTTP.
    const isOurs = answer?.headers.get(programHeader)?.endsWith(`:${port}`)
    return isOurs ? `http://localhost:${near}` : undefined
  })
  return (await Promise.all(asked)).find((url) => url !== undefined)
}
