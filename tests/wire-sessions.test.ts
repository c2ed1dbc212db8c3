import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { findStep } from '#shared/course/course'
import { type Program, run } from '#shared/run/run'
import { openWire, type Wire, type WireRecord } from '#shared/wire/open-wire'

// Real steps, real guests. What the ladder says is compared with what the guests have sent and heard themselves.

const programs = new Map<number, Program>()
beforeAll(async () => {
  await Promise.all(
    [2, 3, 4, 5, 6].map(async (number) => programs.set(number, await run(findStep(String(number)).dir))),
  )
})
afterAll(() => Promise.all([...programs.values()].map((program) => program.stop())))

const toEnd: (() => unknown)[] = []
afterEach(async () => {
  for (const end of toEnd.splice(0).toReversed()) await end()
})

async function wireTo(step: number): Promise<Wire> {
  const wire = await openWire({ to: programs.get(step)!.url })
  toEnd.push(() => wire.close())
  return wire
}

/** Writes down what its own program has sent and heard, in the words that the ladder is to find. */
function guest(wire: Wire, transports: string[] | undefined, namespace = '/') {
  const sent: string[] = []
  const heard: string[] = []
  const socket: Socket = io(wire.url + namespace, { forceNew: true, ...(transports && { transports }) })
  const place = namespace === '/' ? [] : [`namespace ${namespace}`]
  toEnd.push(() => socket.close())
  socket.onAny((name, ...values) => heard.push(told(name, place, values)))
  let asked = 0
  return {
    socket,
    sent,
    heard,
    tell(name: string, ...values: unknown[]) {
      sent.push(told(name, place, values))
      socket.emit(name, ...values)
    },
    async ask(name: string, ...values: unknown[]) {
      const id = asked++
      sent.push(`${told(name, place, values)} · acknowledgement ${id} wanted`)
      const answer = await socket.emitWithAck(name, ...values)
      heard.push(told(`${answer.ok ? '✓' : '✗'} acknowledgement ${id}`, place, [answer]))
    },
    /** connected, and on the transport that it ends up with */
    async ready() {
      const last = transports ? transports[0] : 'websocket'
      await expect.poll(() => socket.connected && socket.io.engine.transport.name).toBe(last)
    },
  }
}

/** The name, what somebody says in quotes, and then of an object what its other keys hold. */
function told(name: string, place: string[], values: unknown[]): string {
  const quoted: string[] = []
  const others: string[] = []
  for (const value of values) {
    const { message, error, ...rest } = typeof value === 'object' ? Object(value) : { message: value }
    for (const one of [message, error]) if (typeof one === 'string') quoted.push(`“${one}”`)
    if (Object.keys(rest).length > 0)
      others.push(
        Object.entries(rest)
          .map((pair) => pair.join(': '))
          .join(', '),
      )
  }
  const named = quoted.length > 0 ? `${name} ${quoted.join(', ')}` : name
  return [named, ...place, ...others].join(' · ')
}

const talk = (wire: Wire, direction: 'up' | 'down') =>
  wire
    .records()
    .filter((record) => record.direction === direction)
    .filter(({ kind }) => kind === 'socket.event' || kind === 'socket.acknowledgement')

const meanings = (records: WireRecord[]) => records.map(({ meaning }) => meaning)
const bytes = (text: string) => `${Buffer.byteLength(text)} bytes`
const shortened = (words: string) => words.replace(/x{161,}/, `${'x'.repeat(160)}…`)
const sorted = (words: string[]) => words.toSorted()

test('step 2, polling without sockets: every request and every answer', async () => {
  const wire = await wireTo(2)
  const get = (after: number) =>
    fetch(`${wire.url}/messages?after=${after}`).then((response) => response.text())
  const post = (text: string) =>
    fetch(`${wire.url}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text }),
    }).then((response) => response.text())

  const bodies = [await get(0), await post('hi 👋'), await get(0), await get(1), await post('')]
  expect(meanings(wire.records().filter(({ kind }) => kind.startsWith('http')))).toEqual([
    'GET /messages?after=0',
    `200 OK · 2 bytes · ${bodies[0]}`,
    'POST /messages · 18 bytes · {"text":"hi 👋"}',
    `201 Created · ${bytes(bodies[1]!)} · ${bodies[1]}`,
    'GET /messages?after=0',
    `200 OK · ${bytes(bodies[2]!)} · ${bodies[2]}`,
    'GET /messages?after=1',
    `200 OK · 2 bytes · ${bodies[3]}`,
    'POST /messages · 11 bytes · {"text":""}',
    `400 Bad Request · ${bytes(bodies[4]!)} · ${bodies[4]}`,
  ])
  expect(wire.totals().http).toMatchObject({ requests: 5, payloadUp: Buffer.byteLength('hi 👋') })
})

describe.each([
  ['polling', ['polling']],
  ['WebSocket', ['websocket']],
  ['upgrade', undefined],
])('over %s', (round, transports) => {
  test('step 3: the greeting and the echo', async () => {
    const wire = await wireTo(3)
    const ann = guest(wire, transports)
    await ann.ready()
    const { id } = ann.socket
    const engineId = ann.socket.io.engine.id
    ann.tell('connect-ack', { messages: "I'm connected!" })
    ann.tell('echo', 'hello "you" \\ 👋')
    ann.tell('echo', '')
    await expect.poll(() => ann.heard).toHaveLength(2)
    await expect.poll(() => meanings(talk(wire, 'down'))).toEqual(ann.heard)
    expect(meanings(talk(wire, 'up'))).toEqual(ann.sent)

    const all = meanings(wire.records())
    expect(all.some((words) => words.startsWith(`open · session ${engineId}`))).toBe(true)
    expect(all).toContain(`connected · sid: ${id}`)
    const { polling, websocket } = wire.totals()
    expect(polling.requests > 0, 'polled').toBe(transports?.[0] !== 'websocket')
    expect(websocket.upgrades).toBe(transports?.[0] === 'polling' ? 0 : 1)
    const payload = Buffer.byteLength(`I'm connected!hello "you" \\ 👋`)
    expect(polling.payloadUp + websocket.payloadUp).toBe(payload)
    if (transports) return
    const order = ['ping · probe', 'pong · probe', 'upgrade'].map((words) => all.indexOf(words))
    expect(order).toEqual(order.toSorted((one, other) => one - other))
    expect(order).not.toContain(-1)
  })

  test('step 4: a namespace, to oneself, to all, to the others', async () => {
    const wire = await wireTo(4)
    const [ann, ben] = [guest(wire, transports, '/test'), guest(wire, transports, '/test')]
    await Promise.all([ann.ready(), ben.ready()])
    ann.tell('send_to_self', { data: "I'm connected!" })
    ann.tell('send_to_all', { data: 'everyone?' })
    ben.tell('send_to_others', { data: 'yes · indeed' })
    await expect.poll(() => ann.heard).toHaveLength(4) // "Connected", to self, to all, from ben
    await expect.poll(() => ben.heard).toHaveLength(2)
    await expect
      .poll(() => sorted(meanings(talk(wire, 'down'))))
      .toEqual(sorted([...ann.heard, ...ben.heard]))
    expect(sorted(meanings(talk(wire, 'up')))).toEqual(sorted([...ann.sent, ...ben.sent]))
  })

  test('step 5: names, acknowledgements, and who is here', async () => {
    const wire = await wireTo(5)
    const [ann, ben] = [guest(wire, transports), guest(wire, transports)]
    await Promise.all([ann.ready(), ben.ready()])
    await ann.ask('add user', `ann ${round}`)
    await ben.ask('add user', `ben ${round}`)
    await ben.ask('new message', 'x'.repeat(2_001)).catch(() => {})
    await ann.ask('new message', 'hi ben')
    ben.tell('new message', 'hi ann')
    await expect.poll(() => ann.heard.at(-1)).toContain('hi ann')
    await expect.poll(() => ben.heard.at(-1)).toContain('hi ben')
    const all = [...ann.heard, ...ben.heard]
    await expect.poll(() => sorted(meanings(talk(wire, 'down')))).toEqual(sorted(all))
    expect(sorted(meanings(talk(wire, 'up')))).toEqual(sorted([...ann.sent, ...ben.sent].map(shortened)))
  })

  test('step 6: who is typing', async () => {
    const wire = await wireTo(6)
    const [ann, ben] = [guest(wire, transports), guest(wire, transports)]
    await Promise.all([ann.ready(), ben.ready()])
    await ann.ask('add user', `ann ${round}`)
    await ben.ask('add user', `ben ${round}`)
    ann.tell('typing')
    ann.tell('stop typing')
    await ann.ask('new message', 'done')
    await expect.poll(() => ben.heard.at(-1)).toContain('done')
    const all = [...ann.heard, ...ben.heard]
    await expect.poll(() => sorted(meanings(talk(wire, 'down')))).toEqual(sorted(all))
    expect(sorted(meanings(talk(wire, 'up')))).toEqual(sorted([...ann.sent, ...ben.sent]))
    const hers = meanings(talk(wire, 'up')).filter((words) => ann.sent.includes(words))
    expect(hers, 'in her order').toEqual(ann.sent)
    expect(wire.totals().all.packets['wire.gaveUp']).toBeUndefined()
  })

  test('binary travels behind its event, and reads as attachments of it', async () => {
    const wire = await wireTo(3)
    const ann = guest(wire, transports)
    await ann.ready()
    ann.socket.emit('picture', Buffer.from('hello'), 'and', Buffer.alloc(300))
    ann.socket.emit('echo', 'after it')
    await expect.poll(() => ann.heard).toHaveLength(1)
    const pictures = wire
      .records()
      .filter(({ direction, kind }) => direction === 'up' && /socket\.(event|attachment)/.test(kind))
    expect(meanings(pictures)).toEqual([
      'picture “and” · (attachment) · (attachment) · 2 attachments follow',
      'attachment 1 of 2 · picture · 5 bytes',
      'attachment 2 of 2 · picture · 300 bytes',
      'echo “after it”',
    ])
  })
})
