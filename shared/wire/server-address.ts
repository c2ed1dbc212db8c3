import { once } from 'node:events'
import type { AddressInfo, Server, ServerOpts } from 'node:net'
import { listenOnLocalhost } from '../serve/listen-on-localhost.ts'
import { Advice } from '../terminal/advice.ts'

/** Where the server is that clients are put through to. */
export interface ServerAddress {
  /** as it was given */
  readonly to: string
  readonly host: string
  readonly port: number
}

/** Nothing listens on port 0. */
export const nowhere: ServerAddress = {
  to: 'an address that nobody has given yet',
  host: '127.0.0.1',
  port: 0,
}

/** @throws Advice when it is no address with http:// */
export function parseAddress(to: string): ServerAddress {
  const url = URL.canParse(to) ? new URL(to) : undefined
  if (url?.protocol === 'http:' && url.hostname) {
    // An IPv6 address stands in brackets in a URL, and without them in a socket.
    return { to, host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 80) }
  }
  const isEncrypted = url?.protocol === 'https:'
  throw new Advice(
    isEncrypted
      ? `The wire cannot read ${to}: https is encrypted between the browser and the server.`
      : `${JSON.stringify(to)} is not an address that the wire can use.`,
    'Give it one with http://, for example:  npm run wire -- --to http://localhost:3000',
  )
}

const thisMachine = /^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|::1|::)$/

/**
 * A wire that stands in front of itself would put each connection through to itself, again and again.
 *
 * @param port where it listens, or is to listen
 * @throws Advice when the address is its own
 */
export function refuseItself({ to, host, port: target }: ServerAddress, port: number) {
  if (port === 0 || target !== port || !thisMachine.test(host)) return
  throw new Advice(
    `${to} is where the wire itself listens, so nothing else can answer there.`,
    `Give the wire another port:  npm run wire -- --to ${to} --port ${port === 65_535 ? 3000 : port + 1}`,
  )
}

/**
 * @param port 0 takes any free one
 * @param host 127.0.0.1 is where `localhost` leads, so it is both of its addresses
 * @param options the server's own
 * @param command what was typed, for advice
 * @returns the port that the server listens on
 * @throws Advice when it is taken or not allowed
 */
export async function listenOn(
  server: Server,
  port: number,
  host: string,
  options: ServerOpts,
  command = 'npm run wire',
): Promise<number> {
  try {
    if (host === '127.0.0.1') return await listenOnLocalhost(server, port, options)
    server.listen(port, host)
    await once(server, 'listening')
    return (server.address() as AddressInfo).port
  } catch (error) {
    throw adviceFor(error as NodeJS.ErrnoException, port, command)
  }
}

function adviceFor(error: NodeJS.ErrnoException, port: number, command: string): Error {
  const typed = command.includes(' -- ') ? command : `${command} --`
  if (error.code === 'EADDRINUSE') {
    const what =
      'address' in error && error.address === '::1'
        ? `Another program has port ${port} at ::1, and a browser that opens localhost may reach that one.`
        : `Port ${port} is taken, most likely by a step you left running.`
    return new Advice(what, `Stop that one with Ctrl-C, or use another port:  ${typed} --port ${port + 1}`)
  }
  if (error.code !== 'EACCES') return error
  if (port >= 1024) {
    const kept = `This system lets no program have port ${port}: Windows keeps some for itself.`
    return new Advice(
      kept,
      `Use another one:  ${typed} --port ${port + 1_000 > 65_535 ? 3001 : port + 1_000}`,
    )
  }
  const what = `Port ${port} is reserved for the system.`
  return new Advice(what, `Use a port from 1024 up:  ${typed} --port 3001`)
}
