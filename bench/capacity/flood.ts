// Guests who do nothing but count, and one who speaks as fast as all can hear: in a process of their own.
import { nameOf } from '../guests/trial-guest.ts'
import { frameBytes } from '../formulas.ts'
import { type Line, openLine } from './raw-client.ts'
import { type Flood, type Flooded, isFlood } from './flood-orders.ts'

const atOnce = 50 // guests who enter at the same time
const onTheWay = 3_000 // deliveries at the same time: enough that the server never waits for us

let lines: Line[] = []

process.on('message', (order: unknown) => {
  if (!isFlood(order)) throw new Error(`no order: ${JSON.stringify(order)}`)
  const work = order.do === 'enter' ? enter(order) : speak(order)
  work.then(
    (done) => process.send?.(done),
    (error: Error) =>
      process.send?.({ deliveries: 0, latenciesMs: [], cpuSeconds: 0, problem: error.message }),
  )
})
process.on('disconnect', () => process.exit(0))
process.on('SIGINT', () => {}) // The bench ends this process.

async function enter({ url, guests, isSocketIo }: Extract<Flood, { do: 'enter' }>): Promise<Flooded> {
  const path = isSocketIo ? '/socket.io/?EIO=4&transport=websocket' : '/'
  for (let from = 0; from < guests; from += atOnce) {
    const indexes = Array.from({ length: Math.min(atOnce, guests - from) }, (_, i) => from + i)
    const entered = await Promise.all(
      indexes.map(async (index) => {
        const line = await openLine(new URL(path, url).href)
        if (!isSocketIo) return line
        line.send('40')
        await line.until('40{"sid"')
        line.send(`42${JSON.stringify(['add user', nameOf(index)])}`)
        await line.until('"login"')
        return line
      }),
    )
    lines.push(...entered)
  }
  if (isSocketIo) await everybodyKnows(guests)
  return { deliveries: 0, latenciesMs: [], cpuSeconds: 0 }
}

/** What is told of arrivals would be counted as messages: one more, of whom all hear, comes behind all others. */
async function everybodyKnows(guests: number) {
  const [speaker, ...others] = lines
  speaker?.send('42["new message","Are all here?"]')
  await Promise.all(others.slice(0, guests - 1).map((line) => line.until('Are all here?')))
}

async function speak({ isSocketIo, warmUpMs, windowMs }: Extract<Flood, { do: 'speak' }>): Promise<Flooded> {
  const [speaker, ...listeners] = lines
  if (!speaker) throw new Error('nobody is there to speak')
  const message = 'Nobody waited for the ferry in the rain.' // 40 characters
  const said = { username: nameOf(0), message }
  const up = isSocketIo ? `42${JSON.stringify(['new message', message])}` : JSON.stringify({ message })
  const down = isSocketIo ? `42${JSON.stringify(['new message', said])}` : JSON.stringify(said)

  const most = Math.max(2, Math.ceil(onTheWay / listeners.length))
  const sentAt: number[] = []
  const heardBy: number[] = [] // how many have heard the message with this number
  const latenciesMs: number[] = []
  let deliveries = 0
  let isMeasured = false
  let isOver = false
  let complete = 0
  let finish = () => {}

  function say() {
    sentAt.push(performance.now())
    heardBy.push(0)
    speaker?.send(up)
  }

  for (const line of listeners) {
    let next = 0
    line.expect(frameBytes(down, false), () => {
      const number = next++
      const heard = (heardBy[number] ?? 0) + 1
      heardBy[number] = heard
      if (isMeasured) deliveries++
      if (heard < listeners.length) return
      complete++
      if (isMeasured) latenciesMs.push(performance.now() - (sentAt[number] ?? 0))
      if (!isOver) say()
      else if (complete === sentAt.length) finish()
    })
  }
  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const finished = new Promise<void>((resolve) => (finish = resolve))
  for (let i = 0; i < most; i++) say()
  await wait(warmUpMs)
  const before = process.cpuUsage()
  const from = performance.now()
  isMeasured = true
  await wait(windowMs)
  isMeasured = false
  const seconds = (performance.now() - from) / 1_000
  const { user, system } = process.cpuUsage(before)
  isOver = true
  await finished
  for (const line of lines) line.close()
  lines = []
  return { deliveries: deliveries / seconds, latenciesMs, cpuSeconds: (user + system) / 1e6 / seconds }
}
