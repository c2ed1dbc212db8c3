import { take } from './allowance.ts'
import { refuse, type Guest } from './hear.ts'

const maxAtOnce = 100 // events that a person may send in one go: nobody types that fast
const perSecond = Number(process.env.EVENTS_PER_SECOND) || 10 // how many more each second brings
const maxWaiting = 1_000 // packets that a guest has not fetched; then the connection is closed

/**
 * Takes something from what a person may still do: ten tabs share it.
 *
 * @param cost 1 for an event; more for what costs the others more
 * @returns false when not as much is left
 */
export function spend(id: number, cost = 1): Promise<boolean> {
  return take(id, cost, { max: maxAtOnce, perSecond })
}

/** Bounds what a guest may send, and what may wait for a guest who does not read. */
export function throttle(socket: Guest): void {
  let waiting = 0 // packets that this guest has not fetched

  // Each event costs one. Who has none left is told so, and the others hear nothing of it.
  socket.use(async ([, ...sent], next) => {
    if (await spend(socket.data.person.id)) return next()
    refuse(socket, { error: `Slow down: ${perSecond} a second is the most.`, again: true }, sent.at(-1))
  })

  socket.conn.on('flush', () => {
    waiting = 0
  })
  socket.conn.on('packetCreate', () => {
    waiting++
    if (waiting > maxWaiting) socket.conn.close()
  })
}
