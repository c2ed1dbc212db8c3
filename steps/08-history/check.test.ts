import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import { eventually, reconnectMs } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { PageGuest } from '#shared/check/page-guest'

const sqlLook =
  'server.ts — prepare() with a ? for each value: a text that is put into SQL becomes part of it'
const defaultTimeoutMs = 5_000 // SQLite's wait for another program, in better-sqlite3

type Guests = <Name extends string>(...names: Name[]) => Promise<Record<Name, Guest>>

test('who comes later reads what was said before', async ({ guests }) => {
  const { ann } = await named(guests, 'ann')
  const startedAt = Date.now()
  await says(ann, 'is anybody here?', 'hello?')
  const look = "server.ts — socket.on('add user'): after login, history goes to the one who came in"
  const { ben } = await named(guests, 'ben')
  const kept = await history(ben, look)
  sameLines(kept, ['ann: is anybody here?', 'ann: hello?'], look)
  const [first, second] = kept.map(({ id }) => id)
  need(Number(first) < Number(second), {
    expected: 'a number in id, which rises with each message',
    saw: `${show(first)}, ${show(second)}`,
    look: 'server.ts — the column id: INTEGER PRIMARY KEY AUTOINCREMENT',
  })
  const times = kept.map(({ at }) => Number(at))
  need(
    times.every((at) => at >= startedAt - 60_000 && at <= Date.now() + 60_000),
    {
      expected: 'in at, when it was said, in ms since 1970',
      saw: show(kept[0]),
      look: 'server.ts — Date.now()',
    },
  )
  // Cleo comes last: had Ben's history gone to all, it would stand before hers.
  const { cleo } = await named(guests, 'cleo')
  await history(cleo, look)
  ann.emit('new message', 'welcome')
  await ben.next('new message', 'Ben hears Ann', look)
  ben.hasNotHeard(
    'history',
    'history goes to the one who came in, and to nobody else',
    'server.ts — socket.emit() reaches one guest, io.emit() all of them',
  )
})

test('the last 50 messages, oldest first', async ({ guests }) => {
  const { ann } = await named(guests, 'ann')
  const all = Array.from({ length: 53 }, (_, index) => `message ${index + 1}`)
  await says(ann, ...all)
  const { ben } = await named(guests, 'ben')
  const look =
    'server.ts — ORDER BY id DESC LIMIT 50 finds the newest ones, newest first; people read the other way'
  const kept = await history(ben, look)
  const wanted = all.slice(-50).map((message) => `ann: ${message}`)
  sameLines(kept, wanted, look)
})

test('nobody reads it at the door', async ({ guests }) => {
  const { ann } = await named(guests, 'ann')
  await says(ann, 'between us')
  const { ghost } = await guests('ghost')
  const { ben } = await named(guests, 'ben')
  const look = "server.ts — history goes out in 'add user', after login, and not when the connection opens"
  await history(ben, look)
  need(ben.order('login', 'history').join(', ') === 'login, history', {
    expected: 'login, and then history',
    saw: ben.order('login', 'history').join(', '),
    look,
  })
  await says(ann, 'still here')
  await ghost.next('new message', 'who stands at the door hears what is said now, as in step 5', look)
  ghost.hasNotHeard('history', 'who has no name yet gets no history', look)
})

test('it survives the end of the program, and even kill -9', async ({ guests, restart }) => {
  const look =
    'server.ts — is it written into a file in dataFolder(import.meta.dirname), and still there at the next start?'
  const { ann } = await named(guests, 'ann')
  await says(ann, 'before')
  await restart()
  const { ben } = await named(guests, 'ben')
  sameLines(await history(ben, look), ['ann: before'], look)
  await says(ben, 'after')
  const { cleo } = await named(guests, 'cleo')
  sameLines(await history(cleo, look), ['ann: before', 'ben: after'], look)
})

test('what was acknowledged, or heard, is never forgotten', async ({ guests, restart }) => {
  const look = 'server.ts — first keep it, then acknowledge it, then tell the others'
  const { ann, ben } = await named(guests, 'ann', 'ben')
  const acknowledged: string[] = []
  for (let count = 1; count <= 40; count++) {
    const message = `message ${count}`
    ann.socket.emit('new message', message, () => acknowledged.push(message))
  }
  const some = await eventually(() => acknowledged.length >= 10 && ben.heard('new message').length >= 10)
  need(some === true, { expected: 'messages are acknowledged, and heard', saw: 'nothing', look })
  await restart()
  const { cleo } = await named(guests, 'cleo')
  const kept = new Set((await history(cleo, look)).map(({ message }) => message))
  const heard = ben.heard('new message').map(messageOf)
  for (const [who, list] of [['acknowledged', acknowledged] as const, ['heard by ben', heard] as const]) {
    const forgotten = list.filter((message) => !kept.has(message))
    need(forgotten.length === 0, {
      expected: `the ${list.length} messages that were ${who} before the kill are all kept`,
      saw: `${forgotten.length} of them are gone`,
      look,
    })
  }
})

test('only messages are kept, whatever is in them', async ({ guests }) => {
  const { ann } = await named(guests, 'ann')
  const tricky = ["Ann's", "'); DROP TABLE messages; --", '${message} ? :at @x', 'line\nbreak \u0000 and ☃']
  const look = 'server.ts — does the database give back what it was given?'
  for (const message of tricky) {
    const answer = await ann.ask('new message', [message], sqlLook)
    need(show(answer) === '{"ok":true}', {
      expected: `the message ${show(message)} is kept like any other`,
      saw: show(answer),
      look: sqlLook,
    })
  }
  for (const refused of ['', 'x'.repeat(2_001), 42]) await ann.ask('new message', [refused], look)
  const { ben } = await named(guests, 'ben')
  const kept = await history(ben, look)
  sameLines(
    kept,
    tricky.map((message) => `ann: ${message}`),
    kept.length > tricky.length ? 'server.ts — is a message kept before it is known to be one?' : look,
  )
})

test('who speaks while another program writes into the file is told, and nobody hears it', async ({
  guests,
  locked,
  output,
}) => {
  const { ann, ben } = await named(guests, 'ann', 'ben')
  await says(ann, 'before')
  await ben.next('new message', 'ben hears ann', "server.ts — socket.on('new message')")
  await locked(async () => {
    const look =
      'server.ts — when keep.run() fails: catch it, and refuse; new Database(…, { timeout: 100 }): by default everybody waits 5 seconds'
    const startedAt = performance.now()
    const answer = await ann.ask('new message', ['meanwhile'], look)
    const ms = performance.now() - startedAt
    need(/^\{"ok":false,"error":"./.test(show(answer)), {
      expected: 'a message that cannot be kept is refused, with {"ok":false,"error":"…"}',
      saw: show(answer),
      look,
    })
    need(ms < defaultTimeoutMs, { expected: 'ann is told so at once', saw: `${Math.round(ms)} ms`, look })
    ann.emit('new message', 'meanwhile, and no answer wanted')
    await ann.next('refused', 'who asks for no acknowledgement is told by the event "refused"', look)
  })
  await says(ann, 'after')
  const order = 'server.ts — keep it first; when that fails, return: neither accept it nor tell the others'
  await ben.hears('new message', { username: 'ann', message: 'after' }, order)
  const isLogged = await eventually(
    () => output().length === 0 || output().some((line) => /error|locked|busy/i.test(line)),
  )
  need(isLogged === true, {
    expected: 'the server prints the error of the database',
    saw: 'no line about it',
    look: 'server.ts — console.error(error) tells who runs the server why it was refused',
  })
})

test('a page shows it, once, also after the server was gone', async ({ guests, windows, restart }) => {
  const { ben } = await named(guests, 'ben')
  await says(ben, '<i>hello</i>')
  const { ann } = await windows('ann')
  await enters(ann, 'ann')
  const look =
    "client.ts — socket.on('history'): view.clear(), and then a view.say() for each, with the time at which it was said"
  await ann.reads(/^ben\W*<i>hello<\/i>$/, look)
  await ann.reads(/^since .*\d/, 'client.ts — above the history: since when? view.showNews()')
  await ann.types('Message', 'good morning')
  await ann.presses('Enter')
  await ann.reads(/^ann\W*good morning$/, "client.ts — view.form.addEventListener('submit', …)")
  await restart()
  const again = await named(guests, 'ben')
  // Ann's page may be back before ben, who then hears at his own login that there are two.
  const isBack = await eventually(
    () => again.ben.heard('user joined').length > 0 || show(again.ben.heard('login')) === '[{"numUsers":2}]',
    reconnectMs,
  )
  need(isBack === true, {
    expected: 'ann comes back in by herself',
    saw: 'nobody did',
    look: 'client.ts — on connect, enter(myName)',
  })
  await says(again.ben, 'back again')
  await ann.reads(/^ben\W*back again$/, look)
  const lines = await ann.linesWith(/^ben\W*<i>hello<\/i>$/)
  need(lines.length === 1, {
    expected: 'the old line stands there once',
    saw: `${lines.length} times`,
    look: 'client.ts — after a reconnect history comes again: what stands there already has to go first',
  })
  const [mine] = await ann.linesWith(/^ann\W*good morning$/)
  const [own, other] = [await mine?.boundingBox(), await lines[0]?.boundingBox()]
  need(Boolean(own && other && own.x > other.x), {
    expected: "in the history, too, ann's own message is on the right, and ben's on the left",
    saw: own ? 'both are on the same side' : "ann's message is not there",
    look: "client.ts — socket.on('history'): 'mine' when username === myName, else 'theirs'",
  })
})

interface Kept {
  id: unknown
  username: unknown
  message: unknown
  at: unknown
}

/** Guests who have their name, and have heard that the others came. */
async function named<Name extends string>(guests: Guests, ...names: Name[]) {
  const everybody = await guests(...names)
  for (const [index, name] of names.entries()) {
    await everybody[name].ask('add user', [name], "server.ts — socket.on('add user')")
    for (const other of names.slice(0, index))
      await everybody[other].next('user joined', `${name} is announced`, "server.ts — socket.on('add user')")
  }
  return everybody
}

/** Says them all at once, and waits until the last one is acknowledged. */
async function says(guest: Guest, ...messages: string[]) {
  for (const message of messages.slice(0, -1)) guest.emit('new message', message)
  await guest.ask('new message', messages.slice(-1), sqlLook)
}

async function history(guest: Guest, look: string): Promise<Kept[]> {
  const [kept] = await guest.next('history', `${guest.name} gets "history"`, look)
  const all: unknown[] = Array.isArray(kept) ? kept : []
  const isRight = Array.isArray(kept) && all.every(isKept)
  need(isRight, {
    expected: '"history" carries a list of { id, username, message, at }',
    saw: show(kept),
    look: 'events.ts — Kept; server.ts — all() gives a list, get() a single row',
  })
  return all.filter(isKept)
}

function messageOf(said: unknown): unknown {
  return typeof said === 'object' && said !== null && 'message' in said ? said.message : undefined
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['id', 'username', 'message', 'at'].every((key) => key in value)
  )
}

function sameLines(kept: Kept[], wanted: string[], look: string) {
  const lines = kept.map(({ username, message }) => `${String(username)}: ${String(message)}`)
  need(lines.join('\n') === wanted.join('\n'), {
    expected: `${wanted.length} messages, from ${show(wanted[0])} to ${show(wanted.at(-1))}`,
    saw: lines.length === 0 ? 'none' : `${lines.length}, from ${show(lines[0])} to ${show(lines.at(-1))}`,
    look,
  })
}

async function enters(window: PageGuest, name: string) {
  await window.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  await window.types('What is your name?', name)
  await window.presses('Enter')
  const inside = await eventually(() => window.page.getByRole('textbox', { name: 'Message' }).isVisible())
  const look = 'client.ts — once "add user" is acknowledged, the page shows the form for messages'
  need(inside === true, { expected: `${name} may write a message`, saw: 'no field for it', look })
}
