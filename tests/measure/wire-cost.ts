// What the wire costs:  node --import tsx tests/measure/wire-cost.ts
// A round trip with and without it, alternating; its memory over 200,000 messages; how fast a long body goes through.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'
import { openWire } from '#shared/wire/open-wire'

const [, , role, argument] = process.argv
const roundTrips = 20_000
const messages = 200_000
const megabytes = 2_000
const children: ChildProcess[] = []
const mb = (bytes: number) => `${Math.round(bytes / 1e6)} MB`

if (role === 'echo') await echo()
else if (role === 'sink') await sink()
else if (role === 'wire') await wire(Number(argument), process.argv[4] === 'heard')
else {
  await roundTrip()
  await memory(false)
  await memory(true)
  await throughput()
}

/* ---- the processes that are measured, each by itself ---- */

async function echo() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket) => socket.on('message', (data) => socket.send(data, { binary: false })))
  await once(server, 'listening')
  process.send?.((server.address() as AddressInfo).port)
}

async function sink() {
  const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  process.send?.((server.address() as AddressInfo).port)
}

async function wire(port: number, isHeard: boolean) {
  const opened = await openWire({ to: `http://127.0.0.1:${port}` })
  let heard = 0
  if (isHeard) opened.on('record', (record) => (heard += JSON.stringify(record).length))
  process.on('message', () => {
    globalThis.gc?.()
    const { rss, heapUsed, external } = process.memoryUsage()
    const records = opened.totals().all.packets['socket.event']
    process.send?.(`${records} records: heap ${mb(heapUsed)}, buffers ${mb(external)}, in all ${mb(rss)}`)
  })
  process.send?.(opened.port)
}

/* ---- what measures them ---- */

async function start(...words: string[]): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(import.meta.filename, words, { execArgv: ['--expose-gc', '--import', 'tsx'] })
  children.push(child)
  const [port] = await once(child, 'message')
  return { child, port }
}

function stop() {
  for (const child of children.splice(0)) child.kill()
}

async function guest(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`)
  await once(socket, 'open')
  return socket
}

async function roundTrip() {
  const server = await start('echo')
  const through = await start('wire', String(server.port))
  const ways = [
    { name: 'without the wire', socket: await guest(server.port), times: [] as number[] },
    { name: 'through the wire', socket: await guest(through.port), times: [] as number[] },
  ]
  for (let i = -1_000; i < roundTrips; i++) {
    for (const { socket, times } of i % 2 ? ways : ways.toReversed()) {
      const begin = performance.now()
      socket.send('42["echo","hello, how are you?"]')
      await once(socket, 'message')
      if (i >= 0) times.push(performance.now() - begin) // the first thousand are for warming up
    }
  }
  for (const { name, times } of ways) {
    times.sort((one, other) => one - other)
    const at = (part: number) => `${times[Math.floor(times.length * part)]?.toFixed(3)} ms`
    console.log(`round trip ${name}: median ${at(0.5)}, 95 % under ${at(0.95)}, n ${times.length}`)
  }
  stop()
}

async function memory(isHeard: boolean) {
  const server = await start('echo')
  const through = await start('wire', String(server.port), ...(isHeard ? ['heard'] : []))
  const socket = await guest(through.port)
  let back = 0
  let wanted = { count: 0, arrived: () => {} }
  socket.on('message', () => {
    if (++back === wanted.count) wanted.arrived()
  })
  const expectBack = (count: number) =>
    new Promise<void>((arrived) => {
      wanted = { count, arrived }
      if (back === count) arrived()
    })
  console.log(`memory ${isHeard ? 'with a listener' : 'without a listener'}`)
  for (let i = 1; i <= messages; i++) {
    socket.send(`42["new message","message number ${i}, with some text in it"]`)
    if (i % 500 === 0) await expectBack(i)
    if (i % (messages / 5) > 0) continue
    through.child.send('sample')
    const [sample] = await once(through.child, 'message')
    console.log(`  ${i} messages, ${sample}`)
  }
  stop()
}

async function throughput() {
  const server = await start('sink')
  const through = await start('wire', String(server.port))
  const block = Buffer.alloc(1_000_000, 'x')
  for (const [name, port] of [
    ['without the wire', server.port],
    ['through the wire', through.port],
    ['without the wire', server.port],
    ['through the wire', through.port],
  ] as const) {
    const socket = connect(port, '127.0.0.1')
    socket.write(`POST / HTTP/1.1\r\nContent-Length: ${megabytes * block.length}\r\n\r\n`)
    const begin = performance.now()
    for (let i = 0; i < megabytes; i++) if (!socket.write(block)) await once(socket, 'drain')
    socket.end()
    await once(socket, 'finish')
    console.log(`a body ${name}: ${Math.round(megabytes / ((performance.now() - begin) / 1_000))} MB/s`)
    socket.destroy()
  }
  stop()
}
