import { randomUUID } from 'node:crypto'
import { register } from '#shared/check/account'
import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import { eventually, reconnectMs } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'

const general = 1
const wiring = 'server.ts — new Server(server, { …, adapter: adapterFor(redis) })'
const listing = 'server.ts — announce(io), and sharePresence(io, quickRedis); announce.ts — io.local'
const waiting = 'chat.ts — await for each question to the database'
const afterDeathMs = 8_000 // Redis forgets after 4 s, and the others look each second, and wait for 2 s more.

test('the process says that it runs, and that guests may be sent to it', async ({ visitor }) => {
  const asker = visitor('a load balancer')
  for (const path of ['/healthz', '/readyz']) {
    const { status, text } = await asker.get(path)
    need(status === 200, {
      expected: `GET ${path} is answered with 200`,
      saw: status === 503 ? `503, “${text}”` : String(status),
      look: 'server.ts — app.use(health()), before all else',
    })
  }
})

test('each thing that happened is a line of JSON, without what people say', async ({ people, output }) => {
  const { ann, ben } = await people('ann', 'ben')
  await says(ann, 'between us')
  await hearsSaid(ben, 'between us', waiting)
  const look = 'server.ts — app.use(logRequests); log.ts — log(what)'
  const entries = () => output().filter((line) => line.startsWith('{'))
  const isWritten = await eventually(() => entries().some((line) => line.includes('POST /register 303')))
  need(isWritten === true, {
    expected: 'for each request a line like {"at":"…","what":"POST /register 303 in 40 ms"}',
    saw: show(output().at(-1)),
    look,
  })
  const odd = output().find((line) => line.includes('between us') || (line.startsWith('{') && !isEntry(line)))
  need(odd === undefined, {
    expected: 'each of them has "at" and "what", and nothing that anybody has said',
    saw: show(odd),
    look,
  })
})

test('what is said at one server is heard at the others, by those who may hear it', async ({ servers }) => {
  const [one, two, three] = await threeOf(servers)
  const ann = await one.person('ann')
  const ben = await two.person('ben')
  const bensOther = await three.tab('ben’s other tab', ben.cookie)
  const eve = await three.person('eve')
  await says(ann, 'hello')
  for (const guest of [ben, bensOther, eve]) await hearsSaid(guest, 'hello', wiring)
  const piano = Number((await accepts(ann, 'create room', 'Piano')).id)
  await eventually(() => bensOther.heard('rooms').some((list) => show(list).includes('Piano')))
  await accepts(bensOther, 'join room', piano)
  await says(ann, 'la', piano)
  for (const guest of [ben, bensOther]) {
    await hearsSaid(guest, 'la', 'rooms.ts — io.in(mine).socketsJoin(…) moves all tabs, on all servers')
  }
  ann.emit('typing', piano)
  await ben.hears('typing', { room: piano, username: 'ann' }, wiring)
  const number = await numberOf(ann, 'ben')
  await accepts(ann, 'direct message', { key: randomUUID(), to: number, message: 'psst' })
  for (const guest of [ben, bensOther]) {
    const [direct] = await guest.next('direct message', `${guest.name} hears “psst”`, wiring)
    need(Object(direct).message === 'psst', { expected: 'it is “psst”', saw: show(direct), look: wiring })
  }
  await says(ann, 'to all')
  await hearsSaid(eve, 'to all', wiring)
  eve.hasNotHeard('direct message', 'eve hears nothing of what two say to each other', wiring)
  need(!eve.heard('new message').some((said) => Object(said).message === 'la'), {
    expected: 'eve hears nothing of Piano',
    saw: show(eve.heard('new message')),
    look: wiring,
  })
})

test('it is one list of people: each hears once who comes, and once who leaves', async ({ servers }) => {
  const [one, two, three] = await threeOf(servers)
  const ben = await two.person('ben')
  const cleo = await one.person('cleo')
  const ann = await one.person('ann')
  const other = await three.tab('ann’s other tab', ann.cookie)
  await hasList(ben, ['ann', 'ben', 'cleo'])
  await hasList(other, ['ann', 'ben', 'cleo'])
  ann.leave()
  other.leave()
  await hasList(ben, ['ben', 'cleo'], reconnectMs)
  await hasList(cleo, ['ben', 'cleo'], reconnectMs)
  for (const guest of [ben, cleo]) {
    const times = ['user joined', 'user left'].map(
      (event) => guest.heard(event).filter((said) => Object(said).username === 'ann').length,
    )
    need(show(times) === '[1,1]', {
      expected: `${guest.name} hears once that ann has joined, and once that she has left`,
      saw: `${times[0]} and ${times[1]} times`,
      look: listing,
    })
  }
})

test('the people of a server that was killed leave the list, and no others do', async ({ servers }) => {
  const [one, two] = await twoOf(servers)
  await one.person('ann')
  const cleo = await one.person('cleo')
  await two.tab('cleo’s other tab', cleo.cookie)
  const ben = await two.person('ben')
  await hasList(ben, ['ann', 'ben', 'cleo'])
  await one.kill()
  await hasList(ben, ['ben', 'cleo'], afterDeathMs)
  const left = ben.heard('user left').map((said) => Object(said).username)
  need(show(left) === '["ann"]', {
    expected: 'ben hears that ann has left, and of nobody else',
    saw: show(left),
    look: listing,
  })
})

test('who logs out at one server is cut off at the others', async ({ servers }) => {
  const [one, two] = await twoOf(servers)
  const ann = one.visitor('ann')
  await register(ann)
  const ben = await two.person('ben')
  const other = await two.tab('ann', ann.cookie)
  await ann.submit('/logout', {})
  const isCut = await eventually(() => !other.socket.connected)
  need(isCut === true && ben.socket.connected, {
    expected: 'ann’s tab at the other server is cut off, and ben’s is not',
    saw: isCut ? 'ben is cut off' : 'it is still connected',
    look: `${wiring}; endings.on('ended'): io.in(…).disconnectSockets(true)`,
  })
})

test('the same key, sent to two servers at once, is kept once and announced once', async ({ servers }) => {
  const [one, two, three] = await threeOf(servers)
  const ann = await one.person('ann')
  const other = await two.tab('ann’s other tab', ann.cookie)
  const ben = await three.person('ben')
  const look = 'chat.ts — const { kept, isNew } = await keepMessage(…), and only then, if (isNew), the emit'
  for (let round = 0; round < 5; round++) {
    const said = { key: randomUUID(), room: general, message: `round ${round}` }
    const answers = await Promise.all([ann, other].map((tab) => tab.ask('new message', [said], look)))
    need(Object(answers[0]).ok === true && show(answers[0]) === show(answers[1]), {
      expected: 'both servers acknowledge the same message, with the same id',
      saw: answers.map(show).join(' and '),
      look,
    })
  }
  await says(ann, 'the end')
  await hearsLast(ben, 'the end')
  const heard = ben.heard('new message').map((said) => Object(said).message)
  need(show(heard) === show(['round 0', 'round 1', 'round 2', 'round 3', 'round 4', 'the end']), {
    expected: 'ben hears each of them once',
    saw: show(heard),
    look,
  })
})

test('who is asked to stop finishes, and its pages go elsewhere', async ({ servers }) => {
  const [one, two] = await twoOf(servers)
  const ann = await one.person('ann')
  const ben = await two.person('ben')
  const gone = new Promise<string>((resolve) => ann.socket.once('disconnect', resolve))
  const look = 'server.ts — await listen(server, (closed) => leave(io, closed))'
  const { asking, stopping } = await one.whileHeld('messages', async (isAwaited) => {
    const last = { key: randomUUID(), room: general, message: 'the last' }
    const asked = ann.ask('new message', [last], look)
    asked.catch(() => {}) // It is awaited below.
    const isBegun = await eventually(isAwaited)
    need(isBegun === true, {
      expected: '“the last” is being stored',
      saw: 'nothing asks for it',
      look: waiting,
    })
    const asksToStop = one.stop()
    await eventually(() => one.takesNobody())
    return { asking: asked, stopping: asksToStop }
  })
  const answer = await asking
  need(Object(answer).ok === true, {
    expected: 'ann has her answer to “the last”, which was being stored',
    saw: show(answer),
    look,
  })
  const exitCode = await stopping
  need(exitCode === 0, { expected: 'it ends with exit code 0, within 2 s', saw: String(exitCode), look })
  const reason = await gone
  need(reason === 'transport close', {
    expected: 'ann’s page loses its connection, and connects again: “transport close”',
    saw: reason,
    look: `${look}; leave.ts — closeAll(): socket.conn.close()`,
  })
  await hearsSaid(ben, 'the last', look)
})

test('a server that was without Redis sends its pages away, and they come again', async ({ servers }) => {
  const [one] = await servers(1)
  const ann = await one!.person('ann')
  let reason: string | undefined
  ann.socket.once('disconnect', (why) => (reason = why))
  await one!.cutRedis()
  await eventually(() => reason !== undefined)
  need(reason === 'transport close', {
    expected: 'once Redis is back, ann’s page loses its connection, and connects again: “transport close”',
    saw: reason ?? 'it stays connected, and what was said meanwhile may never come',
    look: 'server.ts — whenBack(() => closeAll(io)); leave.ts — closeAll(): socket.conn.close()',
  })
})

function isEntry(line: string): boolean {
  try {
    return typeof Object(JSON.parse(line)).what === 'string'
  } catch {
    return false
  }
}

type Servers = Parameters<Parameters<typeof test>[1]>[0]['servers']

async function twoOf(servers: Servers) {
  const [one, two] = await servers(2)
  return [one!, two!] as const
}

async function threeOf(servers: Servers) {
  const [one, two, three] = await servers(3)
  return [one!, two!, three!] as const
}

async function says(guest: Guest, message: string, room = general) {
  await accepts(guest, 'new message', { key: randomUUID(), room, message })
}

async function accepts(guest: Guest, event: string, value: unknown): Promise<Record<string, unknown>> {
  const answer = Object(await guest.ask(event, [value], waiting))
  need(answer.ok === true, { expected: `${show(event)} is accepted`, saw: show(answer), look: waiting })
  return answer
}

async function hearsSaid(guest: Guest, message: string, look: string) {
  const [said] = await guest.next('new message', `${guest.name} hears “${message}”`, look)
  need(Object(said).message === message && Object(said).username === 'ann', {
    expected: `${guest.name} hears ann say “${message}”`,
    saw: show(said),
    look,
  })
}

/** Waits until this is the last that a guest has heard. */
async function hearsLast(guest: Guest, message: string) {
  const isThere = await eventually(() => Object(guest.heard('new message').at(-1)).message === message)
  need(isThere === true, {
    expected: `${guest.name} hears “${message}”`,
    saw: show(guest.heard('new message').at(-1)),
    look: wiring,
  })
}

function listOf(guest: Guest): unknown[] {
  const users = guest.heard('users').at(-1)
  return Array.isArray(users) ? users.map((one) => Object(one).username).toSorted() : []
}

async function hasList(guest: Guest, wanted: string[], lateMs = reconnectMs) {
  const isRight = await eventually(() => show(listOf(guest)) === show(wanted), lateMs)
  need(isRight === true, {
    expected: `${guest.name}'s list has ${wanted.join(', ')}`,
    saw: show(listOf(guest)),
    look: listing,
  })
}

async function numberOf(guest: Guest, name: string): Promise<number> {
  await hasList(guest, ['ann', 'ben', 'eve'])
  const users = guest.heard('users').at(-1)
  return Object(Array.isArray(users) ? users.find((one) => Object(one).username === name) : undefined).id
}
