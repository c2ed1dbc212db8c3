import type { Locator } from 'playwright-core'
import { register } from '#shared/check/account'
import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import { eventually, reconnectMs } from '#shared/check/patience'
import { test, type GuestsWith } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { PageGuest } from '#shared/check/page-guest'
import type { Visitor } from '#shared/check/visitor'

// The accounts of a task are numbered as they come: 1, 2, 3 …
const numbers = { ann: 1, ben: 2, cleo: 3 }

const sending =
  "direct-messages.ts — hear(socket, 'direct message', …), and in server.ts directMessages(io, socket)"

test('both hear it in all their tabs, and nobody else does', async ({ people, guestsWith, visitor }) => {
  const guests = await people('ann', 'ben', 'cleo')
  const ring = await newBell(visitor)
  const heardByCleo = await everythingHeardBy(guests.cleo, ring)
  const { ann2 } = await guestsWith({ headers: { cookie: guests.ann.cookie } }, 'ann2')
  const { ben2 } = await guestsWith({ headers: { cookie: guests.ben.cookie } }, 'ben2')
  const look =
    'direct-messages.ts — io.to([`user:${id}`, `user:${to}`]): a room for each person, with all their tabs in it'
  await accepted(guests.ann, { to: numbers.ben, message: 'psst' }, sending)
  for (const guest of [guests.ann, ann2, guests.ben, ben2]) {
    const [direct] = await guest.next('direct message', `${guest.name} hears "direct message"`, look)
    sameFields(direct, { id: 1, from: numbers.ann, to: numbers.ben, message: 'psst' }, look)
    guest.hasNotHeard('direct message', `${guest.name} hears it once`, look)
  }
  await ring(guests.cleo)
  const more = heardByCleo().filter((heard) => !/^"(users|post published)"/.test(heard))
  need(more.length === 0, {
    expected: 'cleo hears nothing of it, at no event',
    saw: `she heard ${more[0]}`,
    look: 'direct-messages.ts — an event name is no private channel: io.emit() reaches everyone, whatever the event is called',
  })
})

test('who it is from comes from the session', async ({ people }) => {
  const guests = await people('ann', 'ben', 'cleo')
  const look =
    'direct-messages.ts — keepDirect(id, …): from is whose session it is, not what the message says'
  await accepted(
    guests.ann,
    { to: numbers.ben, message: 'I owe ann a coffee', from: numbers.cleo, username: 'cleo', id: 99 },
    sending,
  )
  const [direct] = await guests.ben.next('direct message', 'ben hears "direct message"', look)
  sameFields(direct, { id: 1, from: numbers.ann, to: numbers.ben, message: 'I owe ann a coffee' }, look)
})

test('a message to nobody is refused, and the server goes on', async ({ people, kept }) => {
  const guests = await people('ann', 'ben')
  const look =
    'direct-messages.ts — directMessage says what is a message; keepDirect() returns undefined when there is no such account: throw new Refusal()'
  const message = 'nobody is to keep this'
  for (const to of [99, 0, -1, 1.5, numbers.ann, '2', null, undefined, [2], { id: 2 }, 'ben', '2 OR 1=1'])
    await refused(guests.ann, 'direct message', { to, message }, look)
  for (const wrong of [undefined, null, 'ben', 42, [], {}])
    await refused(guests.ann, 'direct message', wrong, look)
  const bad = `${message} either`
  for (const text of ['', '   ', 42, { text: bad }, bad.padEnd(2_001, '!')])
    await refused(guests.ann, 'direct message', { to: numbers.ben, message: text }, look)
  need(!(await kept()).includes(message), {
    expected: 'what was refused stands in no file',
    saw: 'it does',
    look,
  })
  // Nobody has to ask for an acknowledgement.
  const tricky = "it's you'); DROP TABLE direct_messages; --"
  guests.ben.emit('direct message', { to: 99, message: tricky })
  guests.ben.emit('direct message', { to: numbers.ann, message: tricky })
  for (const value of [undefined, null, 'ann', 99, numbers.ann, { id: 1 }, [1, 2]])
    for (const event of ['direct history', 'direct read']) guests.ben.emit(event, value)
  const [direct] = await guests.ann.next('direct message', 'ann hears "direct message"', sending)
  sameFields(direct, { id: 1, from: numbers.ben, to: numbers.ann, message: tricky }, look)
  await accepted(guests.ben, { to: numbers.ann, message: 'still here' }, sending)
})

test('it is kept before it is told, and only these two can read it', async ({
  people,
  restart,
  guestsWith,
}) => {
  const look =
    "direct-messages.ts — hear(socket, 'direct history', …) returns { messages: between(id, them) }: one of the two is who asks"
  const guests = await people('ann', 'ben', 'cleo')
  const startedAt = Date.now()
  await accepted(guests.ann, { to: numbers.ben, message: 'are you there?' }, sending)
  await accepted(guests.ben, { to: numbers.ann, message: 'I am' }, sending)
  await accepted(guests.cleo, { to: numbers.ben, message: 'me too' }, sending)
  await accepted(guests.ann, { to: numbers.cleo, message: 'hello cleo' }, sending)
  await restart()
  const again = {
    ...(await guestsWith({ headers: { cookie: guests.ann.cookie } }, 'ann')),
    ...(await guestsWith({ headers: { cookie: guests.ben.cookie } }, 'ben')),
    ...(await guestsWith({ headers: { cookie: guests.cleo.cookie } }, 'cleo')),
  }
  const [first] = await hasHistory(again.ann, numbers.ben, ['are you there?', 'I am'], look)
  sameFields(first, { id: 1, from: numbers.ann, to: numbers.ben, message: 'are you there?' }, look, startedAt)
  await hasHistory(again.ben, numbers.ann, ['are you there?', 'I am'], look)
  await hasHistory(again.ben, numbers.cleo, ['me too'], look)
  await hasHistory(again.cleo, numbers.ann, ['hello cleo'], look)
  for (const wrong of [
    [numbers.ann, numbers.ben],
    { one: numbers.ann, other: numbers.ben },
    'ann',
    null,
    undefined,
  ])
    await refused(again.cleo, 'direct history', wrong, look)
})

test('the last 50, oldest first', async ({ people }) => {
  const guests = await people('ann', 'ben')
  const look = 'conversations.ts — ORDER BY id DESC LIMIT 50, and then the other way round'
  const all = Array.from({ length: 53 }, (_, index) => `message ${index + 1}`)
  for (const message of all.slice(0, -1)) guests.ann.emit('direct message', { to: numbers.ben, message })
  await accepted(guests.ann, { to: numbers.ben, message: 'message 53' }, sending)
  await hasHistory(guests.ben, numbers.ann, all.slice(-50), look)
})

test('what was not read is counted, for each conversation and in all tabs', async ({
  people,
  guestsWith,
}) => {
  const guests = await people('ann', 'ben', 'cleo')
  const look = 'direct-messages.ts — after a message, tell(id) and tell(to)'
  await accepted(guests.ann, { to: numbers.ben, message: 'one' }, sending)
  await accepted(guests.ann, { to: numbers.ben, message: 'two' }, sending)
  await accepted(guests.cleo, { to: numbers.ben, message: 'three' }, sending)
  await tells(guests.ben, 'cleo 1, ann 2', look)
  await tells(guests.ann, 'ben 0', look)
  const { ben2 } = await guestsWith({ headers: { cookie: guests.ben.cookie } }, 'ben2')
  await tells(
    ben2,
    'cleo 1, ann 2',
    "direct-messages.ts — socket.emit('conversations', …) when a tab connects",
  )
  // Ann looks at what she has said herself: by that, Ben has not read it.
  const oneWay = 'conversations.ts — hasRead(reader, other) marks what the reader got, and not what they sent'
  await guests.ann.ask('direct history', [numbers.ben], look)
  await guests.ann.ask('direct read', [numbers.ben], look)
  await accepted(guests.ben, { to: numbers.ann, message: 'four' }, sending)
  await tells(guests.ben, 'ann 2, cleo 1', oneWay)
  await tells(guests.ann, 'ben 1', look)
  const toAllTabs = 'direct-messages.ts — when hasRead() is true, tell(id): to all tabs of the reader'
  await ben2.ask('direct history', [numbers.ann], look)
  await tells(guests.ben, 'ann 0, cleo 1', toAllTabs)
  await tells(ben2, 'ann 0, cleo 1', toAllTabs)
  await tells(guests.ann, 'ben 1', oneWay)
  guests.ben.emit('direct read', 'cleo')
  guests.ben.emit('direct read', numbers.cleo)
  await tells(ben2, 'ann 0, cleo 0', "direct-messages.ts — hear(socket, 'direct read', …)")
})

test('two pages talk in private, and everyone is another place', async ({ windows, visitor, guestsWith }) => {
  const pages = await windows('ann', 'ben')
  const cookie = await comesIn(pages.ben, visitor)
  await comesIn(pages.ann, visitor)
  const { cleo } = await newcomer('cleo', visitor, guestsWith)
  const { ben } = await guestsWith({ headers: { cookie } }, 'ben') // his other tab
  const look = "client.ts — view.onOpenPerson(talkTo), and what is sent then: 'direct message', to them alone"
  const coming =
    "client.ts — socket.on('direct message'): view.sayDirect(), also while the conversation is open"
  const heardByCleo = await everythingHeardBy(cleo, await newBell(visitor))
  await opens(pages.ann, 'ben')
  await says(pages.ann, 'psst, <b>ben</b>')
  await pages.ann.readsTimes(/^ann\W*psst, <b>ben<\/b>$/, 1, look)
  const badges = "client.ts — socket.on('conversations', view.showConversations)"
  await pages.ben.finds('#people', /ann ?1 new/, 'a badge at ann', badges)
  const isFirst = await eventually(async () =>
    (await pages.ben.page.getByLabel('People').getByRole('listitem').first().innerText()).startsWith('ann'),
  )
  need(isFirst === true, {
    expected: 'who has said something new comes first in the list',
    saw: 'somebody else',
    look: 'view.ts — drawSide()',
  })
  await hasTitle(pages.ben, /^\(1\) /, badges)
  await opens(pages.ben, 'ann')
  await pages.ben.reads(
    /^ann\W*psst, <b>ben<\/b>$/,
    'client.ts — talkTo(): direct history, and a view.sayDirect() for each',
  )
  const reading = "client.ts — socket.on('direct message'): while the conversation is open, say 'direct read'"
  await tells(ben, 'ann 0', 'client.ts — talkTo(): direct history')
  await says(pages.ben, 'yes?')
  await pages.ann.readsTimes(/^ben\W*yes\?$/, 1, coming)
  // His answer came after her own line: had that been shown a second time, it would be there by now.
  await pages.ann.readsTimes(/^ann\W*psst, <b>ben<\/b>$/, 1, look)
  await says(pages.ann, 'come closer')
  await pages.ben.readsTimes(/^ann\W*come closer$/, 1, coming)
  await tells(ben, 'ann 0', reading)
  await hasTitle(pages.ben, /^[^(]/, badges)
  await opensEveryone(pages.ben)
  await says(pages.ben, 'hello, all')
  await cleo.hears(
    'new message',
    { username: 'ben', message: 'hello, all' },
    'client.ts — with nobody in talkingTo, a message goes to everyone',
  )
  const secrets = heardByCleo().filter((heard) => /psst|yes\?|closer|direct/.test(heard))
  need(secrets.length === 0, { expected: 'cleo hears nothing of it', saw: String(secrets[0]), look })
  await pages.ben.reads(/^ben\W*hello, all$/, 'client.ts — what was said to everyone, view.say() shows')
  const mixed = await pages.ben.linesWith(/psst|closer/)
  need(mixed.length === 0, {
    expected: 'nothing private stands among what is for all',
    saw: 'it does',
    look: 'client.ts — view.sayDirect(), which knows the place of each line',
  })
  const missed =
    'client.ts — what comes goes to its own place, whichever is open; talkTo() calls view.clear() before it shows what was said'
  await says(pages.ann, 'one thing more')
  await tells(ben, 'ann 1', "client.ts — 'direct read' is for the open conversation alone")
  await opens(pages.ben, 'ann')
  await pages.ben.readsTimes(/^ann\W*one thing more$/, 1, missed)
  await pages.ben.readsTimes(
    /^ann\W*come closer$/,
    1,
    'client.ts — talkTo(): view.clear() before what was said is shown again',
  )
})

test('what is typed for one person never goes to everyone', async ({ windows, visitor, guestsWith }) => {
  const { ann } = await windows('ann')
  await comesIn(ann, visitor)
  const { ben } = await newcomer('ben', visitor, guestsWith)
  const { cleo } = await newcomer('cleo', visitor, guestsWith)
  await ann.stopsTheClock()
  await ann.types('Message', 'hi')
  await cleo.next(
    'typing',
    'cleo hears that ann is typing to everyone',
    "client.ts — view.input.addEventListener('input', …)",
  )
  await opens(ann, 'ben')
  await cleo.next('stop typing', 'ann has stopped typing to everyone', 'client.ts — talkTo(): stopTyping()')
  await ann.holds('Message', '', 'client.ts — view.openPlace(): each place has its own')
  await ann.types('Message', 'the party is a surprise')
  await opensEveryone(ann)
  const look = 'client.ts — talkTo(): view.openPlace() keeps what was typed for its own place'
  await ann.holds('Message', 'hi', look)
  await ann.presses('Enter')
  await cleo.hears('new message', { username: 'ann', message: 'hi' }, look)
  cleo.hasNotHeard(
    'typing',
    'nobody is told that ann types to ben',
    'client.ts — on input: while talkingTo is somebody, no typing',
  )
  await opens(ann, 'ben')
  await ann.holds('Message', 'the party is a surprise', look)

  // It gets lost on the way. While the page waits for the answer, ann goes to another place, and then the connection breaks.
  await ann.page.evaluate(() => window.webSockets.forEach((socket) => void (socket.send = () => {})))
  await ann.presses('Enter')
  await ann.holds('Message', '', "client.ts — view.form.addEventListener('submit', …)")
  await opensEveryone(ann)
  await ann.finds('#state', /websocket/, 'the page is connected over websocket', 'client.ts — io()')
  await ann.goesOffline()
  await ann.finds(
    '#state',
    /reconnecting/,
    'the page knows that the connection is gone',
    "client.ts — socket.on('disconnect')",
  )
  await opens(ann, 'ben')
  const back =
    'client.ts — view.giveBack(message, error, view.placeOf(to)), with the to that was open when it was sent'
  await ann.holds('Message', 'the party is a surprise', back)
  await opensEveryone(ann)
  await ann.holds('Message', '', back)
  need(ben.heard('new message').length === 1, {
    expected: 'ben has heard one message to everyone',
    saw: show(ben.heard('new message')),
    look,
  })
})

test('a conversation that is open stays whole when the connection breaks', async ({
  windows,
  visitor,
  guestsWith,
}) => {
  const { ann } = await windows('ann')
  await comesIn(ann, visitor)
  const { ben } = await newcomer('ben', visitor, guestsWith)
  const look = "client.ts — socket.on('login'): talkTo(talkingTo), which asks for what was said"
  await accepted(ben, { to: numbers.ann, message: 'before' }, sending)
  await opens(ann, 'ben')
  await ann.readsTimes(/^ben\W*before$/, 1, look)
  await ann.finds('#state', /websocket/, 'the page is connected over websocket', 'client.ts — io()')
  await ann.stopsTheClock()
  await ann.goesOffline()
  await ann.finds(
    '#state',
    /reconnecting/,
    'the page knows that the connection is gone',
    "client.ts — socket.on('disconnect')",
  )
  await accepted(ben, { to: numbers.ann, message: 'meanwhile' }, sending)
  await ann.isOnlineAgain()
  await ann.reads(/^ben\W*meanwhile$/, look, reconnectMs)
  await ann.readsTimes(
    /^ben\W*before$/,
    1,
    'client.ts — talkTo(): view.clear() before what was said is shown again',
  )
  await says(ann, 'I was away')
  await ann.readsTimes(/^ann\W*I was away$/, 1, look)
})

type NewVisitor = (name: string) => Visitor

/** Lets the person at a window in, by an account of their own. Returns its cookie. */
async function comesIn(window: PageGuest, visitor: NewVisitor): Promise<string> {
  const account = visitor(window.name)
  await register(account)
  await window.openAs(account.cookie)
  await window.finds('#state', /connected over websocket/, 'the page connects', 'client.ts — io()')
  return account.cookie
}

/** Somebody with an account who comes without a page. */
async function newcomer<Name extends string>(name: Name, visitor: NewVisitor, guestsWith: GuestsWith) {
  const account = visitor(name)
  await register(account)
  return guestsWith({ headers: { cookie: account.cookie } }, name)
}

/** Lets everybody hear of a new post. Silence cannot be waited for: what was sent before it stands before it. */
async function newBell(visitor: NewVisitor) {
  const dora = visitor('dora')
  await register(dora)
  return async (guest: Guest) => {
    await dora.submit('/board/new', { title: 'Bell', text: 'It rings.' })
    const look = "server.ts — board((post) => io.emit('post published', post)), as in step 12"
    await guest.next('post published', `${guest.name} hears of a new post`, look)
  }
}

/** All that this guest hears from now on, at whichever event. */
async function everythingHeardBy(guest: Guest, ring: (guest: Guest) => Promise<void>) {
  await ring(guest) // What greets them stands before it.
  const heard: string[] = []
  guest.socket.onAny((event: string, ...values: unknown[]) => {
    heard.push([event, ...values].map(show).join(' '))
  })
  return () => heard
}

async function opens({ name, page }: PageGuest, person: string) {
  const button = page.getByRole('list', { name: 'People' }).getByRole('button', { name: person })
  await clicks(button, `${name}'s page has a button for ${person}`, "client.ts — socket.on('users', …)")
}

async function opensEveryone({ name, page }: PageGuest) {
  const button = page.getByRole('button', { name: 'Everyone' })
  await clicks(button, `${name}'s page has a button for everyone`, "client.ts — socket.on('users', …)")
}

async function clicks(button: Locator, expected: string, look: string) {
  const found = await eventually(() => button.isVisible())
  need(found === true, { expected, saw: 'none', look })
  await button.click()
}

async function says(window: PageGuest, message: string) {
  await window.types('Message', message)
  await window.presses('Enter')
}

async function hasTitle({ name, page }: PageGuest, wanted: RegExp, look: string) {
  const isRight = await eventually(async () => wanted.test(await page.title()))
  need(isRight === true, {
    expected: `the title of ${name}'s page says how many messages are new in all`,
    saw: show(await page.title()),
    look,
  })
}

async function accepted(guest: Guest, direct: unknown, look: string) {
  const answer = await guest.ask('direct message', [direct], look)
  need(show(answer) === '{"ok":true}', {
    expected: `${show(direct)} is acknowledged with {"ok":true}`,
    saw: show(answer),
    look,
  })
}

async function refused(guest: Guest, event: string, value: unknown, look: string) {
  const answer = await guest.ask(event, [value], look)
  need(/^\{"ok":false,"error":"./.test(show(answer)), {
    expected: `${show(event)} ${show(value)} is refused, with {"ok":false,"error":"…"}`,
    saw: show(answer),
    look,
  })
}

function sameFields(
  direct: unknown,
  wanted: { id: number; from: number; to: number; message: string },
  look: string,
  sinceMs = Date.now() - 60_000,
) {
  const { id, from, to, message, at } = { id: 0, from: 0, to: 0, message: '', at: 0, ...Object(direct) }
  const seen = JSON.stringify({ id, from, to, message })
  need(seen === JSON.stringify(wanted) && at >= sinceMs - 1_000 && at <= Date.now() + 60_000, {
    expected: `${JSON.stringify(wanted)}, and in at when it was said, in ms since 1970`,
    saw: show(direct),
    look,
  })
}

async function hasHistory(guest: Guest, other: number, wanted: string[], look: string): Promise<unknown[]> {
  const answer = await guest.ask('direct history', [other], look)
  const { messages } = { messages: [], ...Object(answer) }
  const all: unknown[] = Array.isArray(messages) ? messages : []
  const lines = all.map((one) => Object(one).message)
  need(lines.join('\n') === wanted.join('\n'), {
    expected: `${guest.name} reads ${wanted.length} messages, from ${show(wanted[0])} to ${show(wanted.at(-1))}`,
    saw:
      lines.length === 0 ? show(answer) : `${lines.length}, from ${show(lines[0])} to ${show(lines.at(-1))}`,
    look,
  })
  return all
}

/** Waits until this guest's newest conversations are these: `cleo 1, ann 2`. */
async function tells(guest: Guest, wanted: string, look: string) {
  const newest = () => {
    const all = guest.heard('conversations').at(-1)
    if (!Array.isArray(all)) return 'nothing'
    return all.map((one) => `${Object(one).username} ${Object(one).unread}`).join(', ') || 'an empty list'
  }
  const told = await eventually(() => newest() === wanted)
  need(told === true, { expected: `${guest.name} hears of the conversations ${wanted}`, saw: newest(), look })
}
