import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { restoreOrigin } from './codespace.ts'
import { listenOnLocalhost } from './listen-on-localhost.ts'

const leavingMs = 1_500 // Who starts programs waits 2 s for their end.

/**
 * Opens the server's door and prints its address, `http://localhost:<port>`, once it stands open.
 *
 * PORT is the port (default 3000; 0 takes any free one) and HOST the network interface (default this machine's own,
 * so that nobody on the same Wi-Fi gets in unasked). On SIGINT or SIGTERM, and when the command that started this program is
 * gone, it takes no more guests, closes every connection and ends the program with exit code 0.
 * In a GitHub Codespace a request has the Origin that its browser sent.
 *
 * @param server an HTTP server that is not listening yet
 * @param leave done before the program ends, 1.5 s at most, once nobody new gets in: what was begun can be finished, and
 *   guests be sent elsewhere. It gets what settles when all requests are answered, and all connections closed
 * @returns when guests can come; a port that is taken or not allowed ends the program with exit code 1 and a sentence
 */
export async function listen(
  server: Server,
  leave?: (closed: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const port = portFromEnvironment()
  const connections = new Set<Socket>()
  server.on('connection', (connection) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })

  restoreOrigin(server)

  const { HOST: host } = process.env
  const listening = host === undefined ? listenOnLocalhost(server, port) : listenOn(server, port, host)
  await listening.catch((error: NodeJS.ErrnoException) => giveUp(inWords(error, port)))

  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    if (leave) await Promise.race([leave(closed).catch(console.error), setTimeout(leavingMs)])
    // server.close() waits for guests to leave, and a chat's guests stay for hours.
    for (const connection of connections) connection.destroy()
    process.exit(0)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  process.once('disconnect', stop)
  if (process.connected === false) void stop() // gone already, before we came to listen for it

  console.log(`http://localhost:${(server.address() as AddressInfo).port}`)
}

async function listenOn(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host)
  await once(server, 'listening')
}

function portFromEnvironment(): number {
  const text = process.env.PORT ?? '3000'
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  return giveUp(
    `PORT is ${JSON.stringify(text)}, but a port is a whole number from 0 to 65535.\n${anotherPort(3001)}`,
  )
}

function inWords(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE') {
    return [
      'address' in error && error.address === '::1'
        ? `Another program has port ${port} at ::1, and a browser that opens localhost may reach that one.`
        : `Port ${port} is taken, most likely by a step you left running.`,
      `Stop that one with Ctrl-C, or use another port:  ${anotherPort(port + 1)}`,
    ].join('\n')
  }
  if (error.code === 'EACCES') {
    return port < 1024
      ? `Port ${port} is reserved for the system.\nUse a port from 1024 up:  ${anotherPort(3001)}`
      : `This system lets no program have port ${port}: Windows keeps some for itself.\nUse another one:  ${anotherPort(port + 1_000 > 65_535 ? 3001 : port + 1_000)}`
  }
  return `The server could not listen on port ${port}: ${error.message}\nTo check this machine:  npm run doctor`
}

/** WORKSHOP_COMMAND is what the learner typed to start this program. */
function anotherPort(port: number): string {
  const command = process.env.WORKSHOP_COMMAND
  return command ? `${command} -- --port ${port}` : `set PORT to ${port}`
}

function giveUp(words: string): never {
  console.error(words)
  process.exit(1)
}
