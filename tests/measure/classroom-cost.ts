// Does the wire's page stay smooth, and the memory flat?  node --expose-gc --import tsx shared/classroom/measure.ts
// Frames at 200 rows a second, with few rows and with 50,000; memory of page and server over 200,000 messages.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import { launchBrowser } from '#shared/check/browser'
import { noBrowser } from '#shared/check/no-browser'
import { openWire } from '#shared/wire/open-wire'
import { openClassroom } from '#shared/classroom/server/open-classroom'

const messages = 200_000 // half of them up, half of them the acknowledgements
const inOneGo = 250
const reportEvery = 50_000

const found = await launchBrowser()
if (!found) throw new Error(noBrowser)
const http = createServer().listen(0, '127.0.0.1')
await once(http, 'listening')
const address = http.address()
if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
new Server(http).on('connection', (socket) => socket.on('say', (text, acknowledge) => acknowledge(text)))

const wire = await openWire({ to: `http://127.0.0.1:${address.port}` })
const classroom = await openClassroom({ wire, command: 'measure' })
const guest = io(wire.url, { transports: ['websocket'] })
await new Promise<void>((resolve) => guest.once('connect', resolve))
const page = await found.browser.newPage({ viewport: { width: 1280, height: 720 } })
await page.goto(`${classroom.url}/wire`)
await page.getByRole('listbox').waitFor()
const tools = await page.context().newCDPSession(page)

console.log('frames with nothing going on     ', await frames(3_000))
console.log('frames at 200 rows a second      ', (await Promise.all([frames(8_000), talk(100, 8_000)]))[0])
console.log('memory at the start              ', await memory())
for (let sent = 0; sent < messages; sent += 2 * inOneGo) {
  const go = Array.from({ length: inOneGo }, (_, i) => guest.emitWithAck('say', `message number ${sent + i}`))
  await Promise.all(go)
  if (sent > 0 && sent % reportEvery === 0) console.log(`memory after ${sent} messages    `, await memory())
}
console.log('memory at the end                ', await memory())
console.log('rows that the page holds         ', await page.locator('.figures').innerText())
console.log('frames at 200 rows a second, then', (await Promise.all([frames(8_000), talk(100, 8_000)]))[0])

await found.browser.close()
guest.close()
await classroom.close()
await wire.close()
http.closeAllConnections()
http.close()

/** Times between the frames that the page draws, ms. */
async function frames(forMs: number): Promise<string> {
  const times = await page.evaluate(async (duration) => {
    const between: number[] = []
    const end = performance.now() + duration
    for (let last = performance.now(); last < end;) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve))
      between.push(now - last)
      last = now
    }
    return between.toSorted((a, b) => a - b)
  }, forMs)
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))]?.toFixed(1)
  return `median ${at(0.5)} ms, 99 % ${at(0.99)} ms, longest ${at(1)} ms`
}

/** Says so many things a second. */
async function talk(perSecond: number, forMs: number): Promise<void> {
  const from = performance.now()
  for (let said = 0; performance.now() - from < forMs;) {
    for (const due = ((performance.now() - from) / 1_000) * perSecond; said < due; said++) {
      void guest.emitWithAck('say', `message number ${said}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

async function memory(): Promise<string> {
  await tools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await tools.send('Runtime.getHeapUsage')
  globalThis.gc?.()
  const { heapUsed, rss } = process.memoryUsage()
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
  return `page ${mb(usedSize)}, server ${mb(heapUsed)}, in all ${mb(rss)}`
}
