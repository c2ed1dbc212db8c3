// Names of this machine by which browsers come in: everything below `localhost` is the machine itself (RFC 6761 §6.3).
// Each window of the classroom has one, so that the wire knows whose connection it is, and each keeps cookies of its own.
// Below `wire.localhost` they are one site: a window keeps its SameSite cookies though it stands in the classroom's page.

/** Where the classroom is, for browsers that know such names. */
export const classroomHost = 'wire.localhost'

const door = /^([a-z0-9-]{1,30})\.wire\.localhost(?::\d+)?$/i

/**
 * @param url where guests come in, `http://localhost:3000`
 * @param name of the window, `Ann`
 * @returns `http://ann.wire.localhost:3000`
 */
export function doorOf(url: string, name: string): string {
  const address = new URL(url)
  address.hostname = `${name.toLowerCase()}.${classroomHost}`
  return address.origin
}

/**
 * Who comes in by that name.
 *
 * @param host a request's Host header, `ann.wire.localhost:3000`
 * @returns `Ann`; undefined when it is no window's name
 */
export function guestBehind(host: string): string | undefined {
  const [, name] = door.exec(host) ?? []
  return name && name.charAt(0).toUpperCase() + name.slice(1).toLowerCase()
}

/**
 * Whether this browser knows such names: not all do. Nothing is asked of the network for it, the name is this machine.
 *
 * @param url the classroom's, `http://localhost:3100`
 */
export async function knowsDoors(url: string): Promise<boolean> {
  const address = new URL('/here', url)
  address.hostname = classroomHost
  try {
    await fetch(address, { mode: 'no-cors' })
    return true
  } catch {
    return false
  }
}
