/** The ways that a chat can take, all measured alike. `colour` is its classes in a chart: the carrier, and how a line is drawn. */
export const transports = {
  websocket: { title: 'Socket.IO over WebSocket', short: 'WebSocket', colour: 'websocket' },
  upgrade: {
    title: 'Socket.IO as it comes: polling, then upgrade',
    short: 'as it comes',
    colour: 'websocket dashed',
  },
  'server-sent-events': { title: 'server-sent events + POST', short: 'events + POST', colour: 'http' },
  'plain-1000': { title: 'plain polling every second', short: 'poll 1 s', colour: 'http dashed' },
  'plain-500': { title: 'plain polling every 500 ms', short: 'poll 500 ms', colour: 'http dotted' },
  polling: { title: 'Socket.IO, forced to long-polling', short: 'long-polling', colour: 'polling' },
} as const

export type TransportName = keyof typeof transports

/** In the order in which they stand in every table and chart. */
export const transportNames = Object.keys(transports).filter(isTransport)

/** True for the name of a transport, whatever it comes from. */
export function isTransport(name: string): name is TransportName {
  return Object.hasOwn(transports, name)
}

/** How often a guest of plain polling asks, ms; undefined for all others: they hear without asking by the clock. */
export function intervalOf(transport: TransportName): number | undefined {
  const found = /^plain-(\d+)$/.exec(transport)
  return found ? Number(found[1]) : undefined
}

/** Where its server is: a folder of the project, beside bench/. */
export function folderOf(transport: TransportName): string {
  if (intervalOf(transport)) return 'steps/02-polling'
  return transport === 'server-sent-events' ? 'bench/server-sent-events' : 'steps/06-typing'
}

/**
 * The environment of a step whose guests may say as much as they like: from step 5 a step tells guests who send more than ten
 * events a second to slow down, and a measurement says one thing after the other as fast as it can.
 */
export const unlimited = { EVENTS_PER_SECOND: '1e9' }
