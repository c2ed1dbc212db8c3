import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { io } from 'socket.io-client'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { newAccount, password, register } from '#shared/check/account'
import { Guest } from '#shared/check/guest'
import { Tab } from '#shared/check/tab'
import { Transcript } from '#shared/check/transcript'
import { Visitor } from '#shared/check/visitor'
import { findStep } from '#shared/course/course'
import { runFresh } from '#shared/run/run-fresh'
import { openWire } from '#shared/wire/open-wire'
import { cuttableLine, manyServers, type CuttableLine } from '../support/many-servers.ts'
import { stage, type Person } from './quiz-stage.ts'

// What the answers of the quizzes claim, asked of the running steps. The words are the answer's own: the gate looks for
// them in the lesson, and for a claim from every answer. One program a step, for all of its claims.

const nowhere = '' // no place for a learner to look at: here it is the lesson that would be wrong
const patience = { timeout: 30_000 }

test('step 1: “the words `There is nothing at /`, and in the log `POST / 404`”', async () => {
  const { visitor, program } = await stage(1)
  const reply = await visitor('ann').send('POST', '/')
  expect([reply.status, reply.text]).toEqual([404, 'There is nothing at /'])
  await expect.poll(() => program.output, patience).toContain('POST / 404')
})

test('step 1: “`GET /?name=ann 200`, because it prints `originalUrl`”', async () => {
  const { visitor, program } = await stage(1)
  const reply = await visitor('ann').get('/?name=ann')
  expect([reply.status, reply.text]).toEqual([200, 'Hello World!'])
  await expect.poll(() => program.output, patience).toContain('GET /?name=ann 200')
})

test('step 2: “all with the same `after=`, and each of them is answered with `hello`”', async () => {
  const { visitor } = await stage(2)
  const { json } = await visitor('ann').post('/messages', { text: 'hello' })
  const ben = visitor('ben')
  const questions = await Promise.all([1, 2, 3].map(() => ben.get('/messages?after=0')))
  expect(questions.map((answer) => answer.json)).toEqual([[json], [json], [json]])
})

test('step 2: “The newest 500, for we keep `mostMessages` and no more. The oldest 100”', async () => {
  const { visitor } = await stage(2)
  const ann = visitor('ann')
  const ids: number[] = []
  // On a busy machine the server may close a connection that was kept, just when the next message goes.
  const say = (text: string) =>
    ann.send('POST', '/messages', JSON.stringify({ text }), { connection: 'close' })
  for (let sent = 0; sent < 600; sent += 50) {
    const replies = await Promise.all(Array.from({ length: 50 }, (_, index) => say(`line ${sent + index}`)))
    ids.push(...replies.map(({ json }) => idOf(json)).toSorted((one, other) => one - other))
  }
  const { json } = await visitor('ben').get(`/messages?after=${ids[0]! - 1}`)
  expect(listOf(json).map(idOf)).toEqual(ids.slice(100))
})

test('step 3: “Three times, with three values of `socket.id`”', async () => {
  const { program } = await stage(3)
  const ids: (string | undefined)[] = []
  const heard: string[] = []
  const socket = io(program.url, { reconnectionDelay: 10, reconnectionDelayMax: 50 })
  onTestFinished(() => void socket.disconnect())
  socket.on('connect', () => {
    ids.push(socket.id)
    socket.on('echo', (text: string) => heard.push(text))
  })
  await expect.poll(() => ids, patience).toHaveLength(1)
  for (const count of [2, 3]) {
    await program.restart()
    await expect.poll(() => ids, patience).toHaveLength(count)
  }
  expect(new Set(ids).size).toBe(3)
  socket.emit('echo', 'hello')
  await expect.poll(() => heard, patience).toHaveLength(3)
})

test('step 3: “The page stays on long-polling, and `hello` comes back as before.”', async () => {
  const { program } = await stage(3)
  const faults = { delayMs: { up: 0, down: 0 }, bytesPerSecond: { up: 0, down: 0 }, refuseWebSocket: true }
  const wire = await openWire({ to: program.url, faults })
  onTestFinished(() => wire.close())
  const socket = io(wire.url, { reconnection: false, forceNew: true, autoConnect: false })
  onTestFinished(() => void socket.disconnect())
  const refused = new Promise((resolve) => {
    socket.io.once('open', () => socket.io.engine.once('upgradeError', resolve))
  })
  const echo = new Promise((resolve) => void socket.once('echo', resolve))
  socket.connect()
  await refused
  socket.emit('echo', 'hello')
  expect(await echo).toBe('hello')
  expect(socket.io.engine.transport.name).toBe('polling')
})

test("step 4: “The page's own `I'm connected!` was the first, and the three that nobody heard”", async () => {
  const { guest } = await stage(4)
  const ann = await guest('ann', { namespace: '/test' })
  ann.socket.emit('send_to_self', { data: "I'm connected!" })
  for (const data of ['one', 'two', 'three']) ann.socket.emit('send_to_others', { data })
  ann.socket.emit('send_to_self', { data: 'last' })
  await expect.poll(() => ann.heard('display_message').at(-1), patience).toEqual({ data: 'last', count: 5 })
})

test('step 4: “`connect_error`, with the message `Invalid namespace`.”', async () => {
  const { program } = await stage(4)
  const answer = await Guest.knock('ben', program.url, new Transcript(), { namespace: '/tset' })
  expect(answer?.message).toBe('Invalid namespace')
})

test('step 5: “up to 45 s (`pingInterval` 25 s and `pingTimeout` 20 s”', async () => {
  const { program, guest, named } = await stage(5)
  expect(await heartbeat(program.url)).toEqual({ pingInterval: 25_000, pingTimeout: 20_000 })
  // A connection that was cut says nothing, neither goodbye nor that it is alive.
  const ghost = await rawSocket(program.url)
  await speak(ghost, `42["add user","${named('ann')}"]`, '42["login"')
  const ann = await guest('ann')
  expect(await ann.ask('add user', [named('ann')], nowhere)).toEqual({
    ok: false,
    error: `Somebody here is called ${named('ann')} already.`,
  })
})

test('step 5: “the event `refused`, with `Choose a name before you speak.` With an acknowledgement”', async () => {
  const { guest, named } = await stage(5)
  const [stranger, ben] = [await guest('stranger'), await guest('ben')]
  await ben.ask('add user', [named('ben')], nowhere)
  const error = 'Choose a name before you speak.'
  stranger.socket.emit('new message', 'hello')
  await stranger.hears('refused', { error }, nowhere)
  expect(await stranger.ask('new message', ['hello'], nowhere)).toEqual({ ok: false, error })
  expect(stranger.heard('refused')).toHaveLength(1)
  // What was sent to Ben before this would stand before it.
  await ben.ask('new message', ['hello'], nowhere)
  expect(ben.heard('new message')).toEqual([])
})

test('step 6: “The server asks every 25 s whether he is still there”', async () => {
  const { program, guest, named } = await stage(6)
  expect(await heartbeat(program.url)).toEqual({ pingInterval: 25_000, pingTimeout: 20_000 })
  const [ann, ben] = [await guest('ann'), await guest('ben')]
  for (const one of [ann, ben]) await one.ask('add user', [named(one.name)], nowhere)
  ben.socket.emit('typing')
  await ann.hears('typing', { username: named('ben') }, nowhere)
  ben.leave()
  await ann.next('user left', 'ann hears it at once', nowhere)
  expect(ann.heard('stop typing')).toEqual([])
})

test('step 6: “one up from Ann, and four down, one to each of the others and none to her”', async () => {
  const { program, named } = await stage(6)
  const wire = await openWire({ to: program.url })
  onTestFinished(() => wire.close())
  const everybody = new Transcript()
  const guests: Guest[] = []
  for (const name of ['ann', 'ben', 'cleo', 'dan', 'eve']) {
    const one = await Guest.connect(name, wire.url, everybody, guests)
    guests.push(one)
    onTestFinished(() => one.leave())
    await one.ask('add user', [named(name)], nowhere)
  }
  const [ann, ...others] = guests
  ann!.socket.emit('typing')
  for (const one of others) await one.hears('typing', { username: named('ann') }, nowhere)
  await ann!.ask('new message', ['done'], nowhere)
  const rows = wire.records().filter(({ meaning }) => meaning.startsWith('typing'))
  expect(rows.map(({ direction }) => direction).toSorted()).toEqual(['down', 'down', 'down', 'down', 'up'])
})

test('step 7: “She hears exactly those that were accepted. Ben may speak again a tenth of a second later”', async () => {
  const { guest, named } = await stage(7)
  const [ann, ben] = [await guest('ann'), await guest('ben')]
  await ann.ask('add user', [named('ann')], nowhere)
  await ben.ask('add user', [named('ben')], nowhere)
  const answers = await ben.floods('new message', 'hello', 500)
  const accepted = answers.filter((answer) => JSON.stringify(answer) === '{"ok":true}')
  expect(accepted.length).toBeGreaterThan(90)
  expect(accepted.length).toBeLessThan(500)
  await ann.ask('new message', ['that was all'], nowhere) // What was sent to Ann before this stands before it.
  expect(ann.heard('new message')).toHaveLength(accepted.length)
  await expect.poll(() => ben.ask('new message', ['hello'], nowhere), patience).toEqual({ ok: true })
})

test('step 7: “what is accepted in between does not set it back”', async () => {
  const { guest, named } = await stage(7)
  const mallory = await guest('mallory')
  await mallory.ask('add user', [named('mallory')], nowhere)
  const early: unknown[] = []
  for (let count = 0; count < 30; count++) {
    early.push(await mallory.ask('new message', [''], nowhere))
    expect(await mallory.ask('new message', ['a good one'], nowhere)).toEqual({ ok: true })
  }
  const answers = [...early]
  while (answers.length < 1_500 && mallory.socket.connected)
    answers.push(...(await mallory.floods('new message', '', 100)))
  const refusals = answers.filter((answer) => JSON.stringify(answer)?.startsWith('{"ok":false'))
  expect(refusals.length).toBeGreaterThan(900) // Some of the last hundred may go down with the connection.
  expect(refusals.length).toBeLessThanOrEqual(1_000)
  await expect.poll(() => mallory.socket.connected, patience).toBe(false)
})

test('step 8: “Ben reads it twice, for it was kept the first time.”', async () => {
  const { program, guest, named } = await stage(8)
  // No answer reaches somebody who asked for none: to them, the message may be kept or not.
  const text = randomUUID()
  for (const name of [named('ann'), named('anna')]) {
    const socket = await rawSocket(program.url)
    await speak(socket, `42["add user","${name}"]`, '42["history"')
    socket.send(`42["new message","${text}"]`)
    socket.close()
    await once(socket, 'close')
  }
  const ben = await guest('ben')
  await ben.ask('add user', [named('ben')], nowhere)
  const [kept] = await ben.next('history', 'ben gets what was said', nowhere)
  expect(listOf(kept).filter((one) => messageOf(one) === text)).toHaveLength(2)
})

test('step 8: “`ben joined` and `ben left` are not: they were told to those who were there”', async () => {
  const { guest, named } = await stage(8)
  const [ann, ben] = [await guest('ann'), await guest('ben')]
  for (const one of [ann, ben]) await one.ask('add user', [named(one.name)], nowhere)
  const text = `said by ${named('ann')}`
  await ann.ask('new message', [text], nowhere)
  ben.leave()
  await ann.next('user left', 'ann hears that ben has left', nowhere)
  const back = await guest('cleo')
  await back.ask('add user', [named('cleo')], nowhere)
  const [kept] = await back.next('history', 'the history comes', nowhere)
  const messages = listOf(kept).map(messageOf)
  expect(messages.at(-1)).toBe(text)
  expect(messages.filter((message) => /joined|left/.test(String(message)))).toEqual([])
})

test('step 9: “She is in the chat as `ben`, reads what was said before, and Ann hears her.”', async () => {
  const { person, guest, named } = await stage(9)
  const ann = await guest('ann', await person('ann'))
  await ann.ask('add user', [named('ann')], nowhere)
  const text = `said by ${named('ann')}`
  await ann.ask('new message', [text], nowhere)
  const eve = await guest('eve') // without a cookie
  expect(await eve.ask('add user', [named('ben')], nowhere)).toEqual({ ok: true })
  const [kept] = await eve.next('history', 'eve gets what was said', nowhere)
  expect(listOf(kept).map(messageOf)).toContain(text)
  eve.emit('new message', 'it is me, ben')
  await ann.hears('new message', { username: named('ben'), message: 'it is me, ben' }, nowhere)
})

test('step 9: “so both programs get every cookie of `localhost`”', async () => {
  const { person, visitor } = await stage(9)
  const here = await person('ann')
  const other = await runFresh(findStep('9').dir, { compiled: true, patienceMs: 45_000 })
  onTestFinished(() => void other.stop())
  const there = new Visitor('ann', other.url, new Transcript())
  const asStranger = await there.send('GET', '/', undefined, here.headers)
  expect([asStranger.status, asStranger.location]).toEqual([303, '/login'])
  await register(there)
  const nameIn = (cookie: string) => cookie.split('=')[0]
  expect(nameIn(there.cookie)).toBe(nameIn(here.headers.cookie)) // so the one takes the place of the other
  const back = await visitor('ann').send('GET', '/', undefined, { cookie: there.cookie })
  expect([back.status, back.location]).toEqual([303, '/login'])
})

test('step 10: “The error `unauthorized`, even with the `Origin` of our own page.”', async () => {
  const { program } = await stage(10)
  const without: Record<string, string> = {}
  for (const headers of [without, { origin: program.url }]) {
    const turnedAway = await Guest.knock('eve', program.url, new Transcript(), { headers })
    expect(turnedAway?.data).toEqual({ code: 'unauthorized' })
  }
})

test('step 10: “The two of the first browser. They share a session”', async () => {
  const { person, visitor, guest, named } = await stage(10)
  const first = await person('ann')
  const second = visitor('ann')
  await second.submit('/login', { username: named('ann').replace(' ', '-'), password })
  const tabs = [await guest('tab', first), await guest('tab', first)]
  const third = await guest('third', { headers: { cookie: second.cookie } })
  const cut = tabs.map(({ socket }) => new Promise((resolve) => void socket.once('disconnect', resolve)))
  await visitor('ann').send('POST', '/logout', '', first.headers)
  expect(await Promise.all(cut)).toEqual(['io server disconnect', 'io server disconnect'])
  expect(await third.ask('new message', ['still here'], nowhere)).toEqual({ ok: true })
})

test('step 11: “The server asks every 25 s, and waits 20 s for the answer”', async () => {
  const { visitor } = await stage(11)
  const { text } = await visitor('ann').get('/socket.io/?EIO=4&transport=polling')
  expect(text).toContain('"pingInterval":25000,"pingTimeout":20000')
})

test('step 11: “then come the 3 s of grace”', async () => {
  const { person, guest, named } = await stage(11)
  const [ben, ann] = [await guest('ben', await person('ben')), await guest('ann', await person('ann'))]
  const leftAt = performance.now()
  ann.leave()
  const hasLeft = () => ben.heard('user left').map((one) => Object(one).username)
  await expect.poll(hasLeft, patience).toContain(named('ann'))
  expect(performance.now() - leftAt).toBeGreaterThan(2_900)
})

test('step 11: “The row `ann is typing` goes, although she types on in the other tab.”', async () => {
  const { person, guest, named } = await stage(11)
  const ben = await guest('ben', await person('ben'))
  const ann = await person('ann')
  const [one, other] = [await guest('ann', ann), await guest('ann', ann)]
  const heard = () => ben.order('typing', 'stop typing')
  one.emit('typing')
  await expect.poll(heard, patience).toEqual(['typing'])
  other.emit('typing')
  await expect.poll(heard, patience).toEqual(['typing', 'typing'])
  one.leave()
  await expect.poll(heard, patience).toEqual(['typing', 'typing', 'stop typing'])
  expect(ben.heard('stop typing')).toEqual([{ username: named('ann') }])
})

test('step 12: “Whose a post is stands in the database”', async () => {
  const { person, visitor } = await stage(12)
  const [ann, ben] = [await person('ann'), await person('ben')]
  const title = randomUUID()
  const sends = ({ headers }: Person, path: string, fields: Record<string, string>) =>
    visitor('somebody').submit(path, fields, headers)
  await sends(ben, '/board/new', { title, text: 'for sale' })
  const board = await visitor('ben').send('GET', '/board', undefined, ben.headers)
  const [, id = ''] = /\/board\/(\d+)\/edit/.exec(board.text) ?? []
  for (const accountId of ['1', '2', '3', '4']) {
    const reply = await sends(ann, `/board/${id}/edit`, { title: 'mine', text: 'mine', accountId })
    expect(reply.status).toBe(403)
  }
  expect((await sends(ben, `/board/${id}/edit`, { title, text: 'sold' })).status).toBe(303)
})

test('step 12: “counted from the database”', async () => {
  const { person, visitor } = await stage(12)
  const [ann, ben] = [await person('ann'), await person('ben')]
  const unread = async () => (await visitor('ann').send('GET', '/board/unread', undefined, ann.headers)).json
  await visitor('ann').send('GET', '/board', undefined, ann.headers)
  expect(await unread()).toEqual({ posts: 0 })
  // Ann has no socket at all.
  await visitor('ben').submit('/board/new', { title: 'Piano', text: 'now' }, ben.headers)
  expect(await unread()).toEqual({ posts: 1 })
})

test('step 13: “A room is given by the server”', async () => {
  const { program, person, guest, named } = await stage(13)
  const [ann, cleo] = [await person('ann'), await person('cleo')]
  // Anybody can knock at a namespace, and hears whether there is one. Nothing that a guest sends puts them in a room.
  const knocked = await Guest.knock('cleo', program.url, new Transcript(), {
    namespace: '/private',
    headers: cleo.headers,
  })
  expect(knocked?.message).toBe('Invalid namespace')
  const [annsTab, cleosTab] = [await guest('ann', ann), await guest('cleo', cleo)]
  const bensTab = await guest('ben', await person('ben'))
  const ben = await numberOf(bensTab, named('ben'))
  for (const event of ['join', 'join room', 'subscribe']) cleosTab.socket.emit(event, `user:${ben}`)
  expect(await annsTab.ask('direct message', [{ to: ben, message: 'psst' }], nowhere)).toEqual({ ok: true })
  await bensTab.next('direct message', 'ben hears it', nowhere)
  // What was sent to Cleo before this would stand before it.
  await cleosTab.ask('new message', ['hello'], nowhere)
  expect(cleosTab.heard('direct message')).toEqual([])
})

test('step 13: “one up, from the tab in which she wrote, and five down”', async () => {
  const { program, person, named } = await stage(13)
  const [ann, ben] = [await person('ann'), await person('ben')]
  const wire = await openWire({ to: program.url })
  onTestFinished(() => wire.close())
  const tabs: Guest[] = []
  for (const who of [ann, ann, ann, ben, ben]) {
    const tab = await Guest.connect('tab', wire.url, new Transcript(), tabs, who)
    tabs.push(tab)
    onTestFinished(() => tab.leave())
  }
  await tabs[0]!.ask(
    'direct message',
    [{ to: await numberOf(tabs[4]!, named('ben')), message: 'hello' }],
    nowhere,
  )
  for (const tab of tabs) await tab.next('direct message', 'each tab hears it', nowhere)
  const rows = wire.records().filter(({ meaning }) => meaning.startsWith('direct message'))
  expect(rows.map(({ direction }) => direction).toSorted()).toEqual([
    'down',
    'down',
    'down',
    'down',
    'down',
    'up',
  ])
})

test('step 14: “its id is never given again (`AUTOINCREMENT`)”', async () => {
  const { person, guest } = await stage(14)
  const [ann, ben] = [await guest('ann', await person('ann')), await guest('ben', await person('ben'))]
  const name = randomUUID().slice(0, 20)
  const old = idOf(await ann.ask('create room', [name], nowhere))
  await ann.ask('leave room', [old], nowhere)
  const young = idOf(await ben.ask('create room', [name], nowhere))
  expect(young).toBeGreaterThan(old)
  expect(await ann.ask('new message', [{ room: old, message: 'hello?' }], nowhere)).toEqual({
    ok: false,
    error: 'You are not in this room.',
  })
})

test('step 14: “The server puts her new socket into `room:2` as soon as it is there”', async () => {
  const { program, person, guest } = await stage(14)
  const [ann, ben] = [await person('ann'), await person('ben')]
  const before = await guest('ann', ann)
  const room = idOf(await before.ask('create room', [randomUUID().slice(0, 20)], nowhere))
  const bensTab = await guest('ben', ben)
  await bensTab.ask('join room', [room], nowhere)
  await program.restart()
  const [back, bensNew] = [await guest('ann', ann), await guest('ben', ben)]
  const answer = await bensNew.ask('new message', [{ room, message: 'still here?' }], nowhere)
  expect(answer).toMatchObject({ ok: true })
  await back.next('new message', 'ann hears the room, and has asked for nothing', nowhere)
})

test('step 15: “None is new to him, and he reads the last 50.”', async () => {
  const { person, guest } = await stage(15)
  const ann = await guest('ann', await person('ann'))
  const ben = await person('ben')
  const room = idOf(await ann.ask('create room', [randomUUID().slice(0, 20)], nowhere))
  for (let count = 1; count <= 60; count++)
    await ann.ask('new message', [{ room, message: `${count}` }], nowhere)
  const first = await guest('ben', ben)
  await first.ask('join room', [room], nowhere)
  const second = await guest('ben', ben)
  const listed = () =>
    second
      .heard('rooms')
      .flatMap(listOf)
      .find((one) => idOf(one) === room)
  await expect.poll(listed, patience).toMatchObject({ members: 2, unread: 0 })
  const answer = await second.ask('room history', [room], nowhere)
  const said = listOf(isObject(answer) ? answer.messages : undefined).map(messageOf)
  expect(said).toEqual(Array.from({ length: 50 }, (_, index) => `${index + 11}`))
})

test('step 15: “Both then hear `rooms` with `unread` 0”', async () => {
  const { person, guest } = await stage(15)
  const [ann, ben] = [await person('ann'), await guest('ben', await person('ben'))]
  const tabs = [await guest('ann', ann), await guest('ann', ann)]
  const room = idOf(await ben.ask('create room', [randomUUID().slice(0, 20)], nowhere))
  await tabs[0]!.ask('join room', [room], nowhere)
  await ben.ask('new message', [{ room, message: 'hello' }], nowhere)
  for (const tab of tabs) await tab.next('new message', 'both hear it', nowhere)
  const told = (tab: Guest) =>
    tab
      .heard('rooms')
      .flatMap(listOf)
      .filter((one) => isObject(one) && idOf(one) === room && one.unread === 0)
  for (const tab of tabs) expect(told(tab)).toEqual([])
  await tabs[0]!.ask('room read', [room], nowhere)
  for (const tab of tabs) await expect.poll(() => told(tab).length, patience).toBe(1)
})

test('step 16: “The acknowledgement from before, with the same `id` and `at`.”', async () => {
  const { person, guest } = await stage(16)
  const [ann, ben] = [await guest('ann', await person('ann')), await guest('ben', await person('ben'))]
  const room = idOf(await ann.ask('create room', [randomUUID().slice(0, 20)], nowhere))
  await ben.ask('join room', [room], nowhere)
  const said = { key: randomUUID(), room, message: 'hello' }
  const before = await ann.ask('new message', [said], nowhere)
  expect(before).toMatchObject({ ok: true })
  await ann.ask('leave room', [room], nowhere)
  expect(await ann.ask('new message', [said], nowhere)).toEqual(before)
  await ben.next('new message', 'ben hears it once', nowhere)
  await ben.ask('new message', [{ room, message: 'and later' }], nowhere)
  ben.hasNotHeard('new message', 'nobody hears it again', nowhere)
})

test("step 16: “Eve's message is a message of its own, with another `id`.”", async () => {
  const { person, guest } = await stage(16)
  const [ann, eve] = [await guest('ann', await person('ann')), await guest('eve', await person('eve'))]
  const key = randomUUID()
  const first = await ann.ask('new message', [{ key, room: 1, message: 'of ann' }], nowhere)
  const second = await eve.ask('new message', [{ key, room: 1, message: 'of eve' }], nowhere)
  expect([first, second]).toMatchObject([{ ok: true }, { ok: true }])
  expect(idOf(second)).not.toBe(idOf(first))
})

test('step 17: “41 and 43, and next time she asks for what came since 43.”', async () => {
  const { person, guest } = await stage(17)
  const [ann, ben] = [await guest('ann', await person('ann')), await guest('ben', await person('ben'))]
  const say = async (room: number) => {
    return idOf(await ben.ask('new message', [{ room, message: 'hello' }], nowhere))
  }
  const piano = idOf(await ben.ask('create room', [randomUUID().slice(0, 20)], nowhere))
  await ann.ask('join room', [piano], nowhere)
  await ann.ask('leave room', [piano], nowhere)
  const [before, first, , second] = [await say(1), await say(1), await say(piano), await say(1)]
  const answer = await ann.ask('sync', [{ messages: before, directs: 0 }], nowhere)
  expect(answer).toMatchObject({ ok: true, messages: [{ id: first }, { id: second }], more: false })
  expect(second).toBe(first + 2)
})

test('step 17: “It says that there is more, though there is not.”', async () => {
  const { person, guest } = await stage(17)
  const talkers = await Promise.all(
    ['ann', 'ben', 'cleo'].map(async (name) => guest(name, await person(name))),
  )
  const said: number[] = []
  for (let index = 0; index <= 200; index++) {
    const talker = talkers[index % talkers.length]!
    said.push(idOf(await talker.ask('new message', [{ room: 1, message: 'hello' }], nowhere)))
  }
  const [ann] = talkers
  const since = async (messages: number) =>
    Object(await ann!.ask('sync', [{ messages, directs: 2 ** 40 }], nowhere))
  const all = await since(said[0]!)
  expect([all.messages.length, all.more]).toEqual([200, true])
  const rest = await since(said.at(-1)!)
  expect([rest.messages.length, rest.more]).toEqual([0, false])
})

const slow = { timeout: 180_000 } // It starts Postgres, Redis and servers.

test('step 18: “Ann gets her ✓ at once: the database has it.”', slow, async ({ skip }) => {
  const chat = await twoServers()
  if (!chat) return skip('nginx, Postgres or Redis is not installed')
  const [ann, ben] = [await chat.opens('ann', 0), await chat.opens('ben', 0)]
  chat.cutRedis()
  const said = await ann.tab.ask('new message', { key: randomUUID(), room: 1, message: 'without Redis' })
  expect(said).toMatchObject({ ok: true })
  const answer = await ben.tab.ask('sync', { messages: 0, directs: 0 })
  expect(answer).toMatchObject({ ok: true, messages: [{ message: 'without Redis' }] })
  expect(ben.tab.heard('new message')).toEqual([])
})

test('step 18: “His list has both all the time, and he hears nothing.”', slow, async ({ skip }) => {
  const chat = await twoServers()
  if (!chat) return skip('nginx, Postgres or Redis is not installed')
  const { tab: ben } = await chat.opens('ben', 1)
  const [ann, cleo] = [await chat.opens('ann', 0), await chat.opens('cleo', 0)]
  await chat.opens('dan', 0)
  await chat.opens('cleo', 1, cleo.cookie)
  const names = () => listOf(ben.heard('users').at(-1) ?? []).map((one) => Object(one).username)
  await expect.poll(() => names().toSorted(), patience).toEqual(['ann', 'ben', 'cleo', 'dan'])
  await chat.servers[0]!.kill()
  await chat.opens('ann', 1, ann.cookie)
  const left = () => ben.heard('user left').map((one) => Object(one).username)
  await expect.poll(left, patience).toContain('dan') // By now the server that was killed is forgotten.
  expect(left()).toEqual(['dan'])
  expect(names().toSorted()).toEqual(['ann', 'ben', 'cleo'])
})

/** Step 18 on two servers, whose line to Redis can be cut; undefined where Postgres, Redis or nginx is missing. */
async function twoServers() {
  const lines: CuttableLine[] = []
  const chat = await manyServers(findStep('18').dir, 2, async (_index, url) => {
    const line = await cuttableLine(Number(new URL(url).port))
    lines.push(line)
    return `redis://127.0.0.1:${line.port}`
  })
  if (!chat) return undefined
  const tabs: Tab[] = []
  onTestFinished(async () => {
    for (const tab of tabs) tab.close()
    await chat.stop()
    for (const line of lines) line.close()
  })
  return {
    servers: chat.servers,
    cutRedis: () => lines.forEach((line) => line.cut()),
    /** Somebody opens a tab at a server, with an account of that name, or as who has this cookie. */
    async opens(name: string, at: number, known?: string) {
      const { url } = chat.servers[at]!
      const cookie = known ?? (await newAccount(url, name))!
      const tab = await Tab.open(url, cookie)
      tabs.push(tab)
      return { tab, cookie }
    },
  }
}

async function heartbeat(url: string): Promise<unknown> {
  const reply = await fetch(`${url}/socket.io/?EIO=4&transport=polling`)
  const { pingInterval, pingTimeout } = JSON.parse((await reply.text()).slice(1))
  return { pingInterval, pingTimeout }
}

/** A connection without Socket.IO's client: it says what it is told to say, and never answers a heartbeat. */
async function rawSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
  onTestFinished(() => socket.terminate())
  await once(socket, 'open')
  await speak(socket, '40', '40{')
  return socket
}

/** Sends a packet, and waits for one that begins like the answer. */
function speak(socket: WebSocket, packet: string, answer: string): Promise<void> {
  return new Promise((resolve) => {
    socket.on('message', (data) => {
      if (String(data).startsWith(answer)) resolve()
    })
    socket.send(packet)
  })
}

/** The number by which the others know somebody who is here. */
async function numberOf(guest: Guest, name: string): Promise<number> {
  const found = () =>
    guest
      .heard('users')
      .flatMap(listOf)
      .find((one) => isObject(one) && one.username === name)
  await expect.poll(found, patience).toBeDefined()
  return idOf(found())
}

function idOf(value: unknown): number {
  return Number(isObject(value) ? value.id : Number.NaN)
}

function messageOf(value: unknown): unknown {
  return isObject(value) ? value.message : undefined
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
