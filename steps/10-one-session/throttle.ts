import { refuse, type Guest } from './hear.ts'

const maxAtOnce = 100 // events that a guest may send in one go: nobody types that fast
const perSecond = Number(process.env.EVENTS_PER_SECOND) || 10 // how many more each second brings
const maxWaiting = 1_000 // packets that a guest has not fetched; then the connection is closed

/** Bounds what a guest may send, and what may wait for a guest who does not read. */
export function throttle(socket: Guest): void {
  let allowance = maxAtOnce // what this guest may still send
  let countedAt = performance.now()
  let waiting = 0 // packets that this guest has not fetched

  // Each event costs one. Who has none left is told so, and the others hear nothing of it.
  socket.use(([, ...sent], next) => {
    const now = performance.now()
    allowance = Math.min(maxAtOnce, allowance + ((now - countedAt) / 1000) * perSecond)
    countedAt = now
    if (allowance < 1) return refuse(socket, `Slow down: ${perSecond} a second is the most.`, sent.at(-1))
    allowance--
    next()
  })

  socket.conn.on('flush', () => {
    waiting = 0
  })
  socket.conn.on('packetCreate', () => {
    waiting++
    if (waiting > maxWaiting) socket.conn.close()
  })
}
