import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

/** What a server's process says about itself. All but the memory goes up only. */
export interface ServerSample {
  /** on all cores, since it began */
  cpuSeconds: number
  /** resident, now */
  memoryBytes: number
  /** of it, what its objects and buffers take, the kernel's own left out */
  heldBytes: number
  /** TCP connections that it has taken */
  connections: number
  /** by its own sockets' counters: an answer that the wire's count is held against */
  bytesUp: number
  bytesDown: number
}

export interface Probe {
  /** what a program needs in its environment to be asked */
  readonly env: Record<string, string>
  /**
   * @param tidy whether it clears away first what nobody needs: that takes time, and makes `heldBytes` exact
   * @throws Error when the program is gone
   */
  sample(tidy?: 'tidy'): Promise<ServerSample>
  close(): void
}

const inside = pathToFileURL(join(import.meta.dirname, 'probe.mjs')).href

/** Listens for one program that is about to be started with {@link Probe.env}. */
export async function openProbe(): Promise<Probe> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const waiting: ((line: string) => void)[] = []
  const connected = new Promise<Socket>((resolve) => {
    server.once('connection', (socket) => {
      socket.on('error', () => socket.destroy()) // The program has been stopped.
      createInterface({ input: socket }).on('line', (line) => waiting.shift()?.(line))
      resolve(socket)
    })
  })

  return {
    env: {
      BENCH_PROBE: String(port),
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${inside}`.trim(),
    },
    async sample(tidy) {
      const socket = await connected
      const line = await new Promise<string>((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the server has ended in the middle of a measurement'))
        waiting.push(resolve)
        socket.write(`${tidy ?? ''}\n`)
      })
      return JSON.parse(line)
    },
    close() {
      server.close()
      void connected.then((socket) => socket.destroy())
    },
  }
}
