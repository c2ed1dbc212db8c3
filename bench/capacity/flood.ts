// Guests who do nothing but count, and one who speaks as fast as all can hear: in a process of their own.
import { answerCommands } from '../child.ts'
import { enterInBatches, nameOf } from '../guests/trial-guest.ts'
import { frameBytes } from '../formulas.ts'
import { openRawWebSocket, type RawWebSocket } from './raw-websocket.ts'
import { type FloodCommand, type FloodReport, isFloodCommand } from './flood-commands.ts'

const deliveriesInFlight = 3_000 // enough that the server never waits for us

let sockets: RawWebSocket[] = []

answerCommands(isFloodCommand, (command) => (command.do === 'enter' ? enter(command) : speak(command)))

async function enter({
  url,
  guests,
  isSocketIo,
}: Extract<FloodCommand, { do: 'enter' }>): Promise<FloodReport> {
  const path = isSocketIo ? '/socket.io/?EIO=4&transport=websocket' : '/'
  const entered = await enterInBatches(guests, async (index) => {
    const socket = await openRawWebSocket(new URL(path, url).href)
    if (!isSocketIo) return socket
    socket.send('40')
    await socket.until('40{"sid"')
    socket.send(`42${JSON.stringify(['add user', nameOf(index)])}`)
    await socket.until('"login"')
    return socket
  })
  sockets.push(...entered)
  if (isSocketIo) await everybodyKnows(guests)
  return { deliveries: 0, latenciesMs: [], cpuSeconds: 0 }
}

/** What is told of arrivals would be counted as messages: one more, of whom all hear, comes behind all others. */
async function everybodyKnows(guests: number) {
  const [speaker, ...others] = sockets
  speaker?.send('42["new message","Are all here?"]')
  await Promise.all(others.slice(0, guests - 1).map((socket) => socket.until('Are all here?')))
}

async function speak({
  isSocketIo,
  warmUpMs,
  windowMs,
}: Extract<FloodCommand, { do: 'speak' }>): Promise<FloodReport> {
  const [speaker, ...listeners] = sockets
  if (!speaker) throw new Error('nobody is there to speak')
  const message = 'Nobody waited for the ferry in the rain.' // 40 characters
  const said = { username: nameOf(0), message }
  const up = isSocketIo ? `42${JSON.stringify(['new message', message])}` : JSON.stringify({ message })
  const down = isSocketIo ? `42${JSON.stringify(['new message', said])}` : JSON.stringify(said)

  const inFlight = Math.max(2, Math.ceil(deliveriesInFlight / listeners.length))
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

  for (const listener of listeners) {
    let next = 0
    listener.expect(frameBytes(down, false), () => {
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
  for (let i = 0; i < inFlight; i++) say()
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
  for (const socket of sockets) socket.close()
  sockets = []
  return { deliveries: deliveries / seconds, latenciesMs, cpuSeconds: (user + system) / 1e6 / seconds }
}
