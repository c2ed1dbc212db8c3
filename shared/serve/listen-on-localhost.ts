import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type ServerOpts } from 'node:net'

const attempts = 20

/**
 * Listens where a browser goes that is sent to `localhost`. That name has two addresses, 127.0.0.1 and ::1, and many try
 * the second one first: a server at the first alone leaves its guests to whatever program listens at the other.
 *
 * @param port 0 takes any that is free at both
 * @param options the server's own, for who comes to ::1; default: those of an HTTP server
 * @returns the port
 * @throws Error of Node's when the port is taken or not allowed, with the `address` where it is. A machine without ::1 has
 *   one address alone
 */
export async function listenOnLocalhost(
  server: Server,
  port: number,
  options: ServerOpts = { allowHalfOpen: true, noDelay: true },
): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const taken = (server.address() as AddressInfo).port
    try {
      await listenBeside(server, taken, options)
      return taken
    } catch (error) {
      await new Promise((resolve) => server.close(resolve))
      if (port !== 0 || attempt === attempts) throw error
    }
  }
}

/** Hands who comes to ::1 to the server, until that is closed. */
async function listenBeside(server: Server, port: number, options: ServerOpts): Promise<void> {
  const twin = createServer(options, (guest) => {
    if (server.listening) server.emit('connection', guest)
    else guest.destroy() // It is being closed, and waits for those who are in.
  })
  twin.listen(port, '::1')
  try {
    await once(twin, 'listening')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') throw error
    return
  }
  server.once('close', () => twin.close())
}
