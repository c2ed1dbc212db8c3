import { register } from '#shared/check/account'
import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import type { PageGuest } from '#shared/check/page-guest'
import { eventually, reconnectMs } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { Visitor } from '#shared/check/visitor'

const general = 1
const submitting =
  "client.ts — view.form.addEventListener('submit'): outbox.add(…), also without a connection, and send()"
const sending = 'client.ts — send(): outbox.next(), ask(next), and then outbox.remove(next.key)'
const atLogin = "client.ts — socket.on('login'): outbox.openFor(id, send), and send()"
const trying = 'client.ts — send(): if (!answer.ok && answer.again) return tryAgain()'
const refusing = 'client.ts — send(): else outbox.refuse(next, answer.error)'
const knowing = "chat.ts — hear(socket, 'new message'): keptBefore(person.id, key), and the same id and at"
const privately = "direct-messages.ts — hear(socket, 'direct message'): if (sent(id, key)) return"
const [key1, key2, key3] = [1, 2, 3].map((digit) => `${digit}0000000-0000-4000-8000-000000000000`)

test('what is written without a connection waits, and goes out in its order', async ({
  windows,
  visitor,
  people,
}) => {
  const { ben } = await people('ben')
  const { ann } = await windows('ann')
  await comesIn(ann, visitor('ann'))
  await says(ann, 'with a connection')
  await marked(ann, 'with a connection', 'stored', sending)
  await ann.goesOffline()
  await ann.finds('#state', /reconnecting/, 'the page knows of it', "client.ts — socket.on('disconnect')")
  for (const message of ['one', 'two', 'three']) {
    await says(ann, message)
    await marked(ann, message, 'waiting', submitting)
  }
  await ann.holds('Message', '', submitting)
  await ann.isOnlineAgain()
  await marked(ann, 'three', 'stored', atLogin, reconnectMs)
  for (const message of ['with a connection', 'one', 'two', 'three']) {
    const [said] = await ben.next(
      'new message',
      `ben hears “${message}” next`,
      atLogin,
      undefined,
      reconnectMs,
    )
    need(Object(said).message === message, {
      expected: `ben hears “${message}” next, as ann has written it`,
      saw: show(said),
      look: `${sending}: one at a time, each when the one before is acknowledged`,
    })
  }
  for (const message of ['one', 'two', 'three'])
    await ann.readsTimes(new RegExp(`^ann\\W*${message}$`), 1, sending)
})

test('what waits is still there when the page is loaded again', async ({ windows, visitor, people }) => {
  const { ben } = await people('ben')
  const { ann } = await windows('ann')
  await comesIn(ann, visitor('ann'))
  await ann.finds('#state', /websocket/, 'the page is connected over websocket', 'client.ts — io()')
  await ann.losesWhatItSends()
  await says(ann, 'one')
  await says(ann, 'two')
  await marked(ann, 'two', 'waiting', submitting)
  await ann.reloads()
  for (const message of ['one', 'two']) {
    const [said] = await ben.next(
      'new message',
      `ben hears “${message}” next`,
      `${atLogin}; outbox.ts — localStorage`,
    )
    need(Object(said).message === message, {
      expected: `ben hears “${message}” next`,
      saw: show(said),
      look: 'outbox.ts — all(): in the order in which they were written',
    })
    await marked(ann, message, 'stored', sending)
    await ann.readsTimes(new RegExp(`^ann\\W*${message}$`), 1, sending)
  }
})

test('what is refused is marked, says why, and can be taken back', async ({ windows, visitor, people }) => {
  const { ben } = await people('ben')
  const { ann } = await windows('ann')
  await comesIn(ann, visitor('ann'))
  const long = 'x'.repeat(2_001)
  await ann.pastes('Message', long)
  await ann.presses('Enter')
  await marked(ann, long, 'refused', refusing)
  await ann.finds('[data-mark=refused]', /1 to 2000 characters/, 'the line says why', refusing)
  await ann.complains(/\w/, refusing)
  await says(ann, 'shorter')
  await marked(
    ann,
    'shorter',
    'stored',
    'client.ts — send(), after an answer: the next one, whatever the answer was',
  )
  await ann.reloads()
  await marked(ann, long, 'refused', 'outbox.ts — refuse(): kept with its reason, and next() leaves it out')
  await ann.clicks('Take back')
  await ann.holds('Message', long, 'view.ts — what is taken back is put into the field')
  await ben.next('new message', 'ben hears what was accepted', sending)
  ben.hasNotHeard('new message', 'ben hears nothing of what was refused', refusing)
  const left = await eventually(async () => (await lines(ann, 'refused')).length === 0)
  need(left === true, {
    expected: 'the line is gone',
    saw: 'it is still there',
    look: 'outbox.ts — remove()',
  })
})

test('what cannot be kept just now is tried again', async ({ windows, visitor, people, locked }) => {
  const { ben } = await people('ben')
  const { ann } = await windows('ann')
  await comesIn(ann, visitor('ann'))
  const isRefused = async () => {
    const answer = await ben.ask('new message', [{ room: general, message: 'now?' }], 'hear.ts')
    need(show(answer) === '{"ok":false,"error":"It could not be kept: try again.","again":true}', {
      expected: 'while the database is locked, a refusal says { ok: false, error: "…", again: true }',
      saw: show(answer),
      look: 'hear.ts — what is no Refusal may be accepted later',
    })
  }
  await locked(async () => {
    await isRefused()
    await says(ann, 'patience')
    await marked(ann, 'patience', 'waiting', trying)
    // One at a time: while the first of these waits for the database, ann's message arrives, and the second comes behind it.
    await isRefused()
    await isRefused()
  })
  await marked(ann, 'patience', 'stored', trying, reconnectMs)
  const [said] = await ben.next('new message', 'ben hears what ann has said', trying)
  need(Object(said).message === 'patience', {
    expected: 'ben hears “patience”',
    saw: show(said),
    look: trying,
  })
})

test('somebody else who logs in here neither sees nor sends it', async ({ windows, visitor, people }) => {
  const { cleo } = await people('cleo')
  const { ann } = await windows('ann')
  const [one, other] = [visitor('ann'), visitor('ben')]
  await comesIn(ann, one)
  await register(other)
  await ann.finds('#state', /websocket/, 'the page is connected over websocket', 'client.ts — io()')
  await ann.losesWhatItSends()
  await says(ann, 'from ann')
  await marked(ann, 'from ann', 'waiting', submitting)
  await ann.openAs(other.cookie)
  await ann.finds('#me', /you are ben/, 'ben is logged in', "client.ts — socket.on('login')")
  await says(ann, 'from ben')
  const look = 'outbox.ts — openFor(person): the account is part of the names under which it is kept'
  const [first] = await cleo.next('new message', 'cleo hears ben', look)
  need(Object(first).message === 'from ben' && Object(first).username === 'ben', {
    expected: 'cleo hears ben say “from ben”, and nothing of ann’s',
    saw: show(first),
    look,
  })
  await ann.lacks('ben from ann', look)
  await ann.openAs(one.cookie)
  const [second] = await cleo.next(
    'new message',
    'when ann is back, cleo hears what she has written',
    atLogin,
  )
  need(Object(second).message === 'from ann' && Object(second).username === 'ann', {
    expected: 'cleo hears ann say “from ann”',
    saw: show(second),
    look,
  })
})

test('the same key again gets the same answer, and is kept and heard once', async ({
  people,
  guestsWith,
}) => {
  const { ann, ben, eve } = await people('ann', 'ben', 'eve')
  const { ann2 } = await guestsWith({ headers: { cookie: ann.cookie } }, 'ann2')
  const first = await acknowledged(ann, { key: key1, room: general, message: 'hello' })
  const again = await acknowledged(ann, { key: key1, room: general, message: 'hello' })
  need(show(again) === show(first), {
    expected: `the same answer again: ${show(first)}`,
    saw: show(again),
    look: knowing,
  })
  await acknowledged(ann2, { key: key1, room: general, message: 'hello' })
  const mine = await acknowledged(eve, { key: key1, room: general, message: "eve's own" })
  need(Object(mine).id !== Object(first).id, {
    expected: 'the same key of another person is another message',
    saw: `eve gets the answer that ann got: ${show(mine)}`,
    look: 'chat.ts — keptBefore(person.id, key): among this person’s own messages',
  })
  await acknowledged(ann, { key: key2, room: general, message: 'hello' })
  for (const guest of [ben, ann2]) {
    for (const message of ['hello', "eve's own", 'hello']) {
      const [said] = await guest.next('new message', `${guest.name} hears “${message}”`, knowing)
      need(Object(said).message === message, {
        expected: `${guest.name} hears “hello”, “eve's own” and “hello”, each once`,
        saw: show(said),
        look: `${knowing}: nobody hears it again`,
      })
    }
  }
  await hasHistory(ben, ['hello', "eve's own", 'hello'], knowing)
  for (const key of ['', 'undefined-0', 7, null, [key3], `${key3}0`]) {
    const answer = await ann.ask('new message', [{ key, room: general, message: 'by what?' }], knowing)
    need(/^\{"ok":false,"error":"[^"]+"\}$/.test(show(answer)), {
      expected: `the key ${show(key)} is refused for good, with {"ok":false,"error":"…"}`,
      saw: show(answer),
      look: 'text.ts — messageKey: z.uuid()',
    })
  }
})

test('a key is known after a restart, and when its author has left the room', async ({
  people,
  guestsWith,
  restart,
}) => {
  const { ann, ben } = await people('ann', 'ben')
  const look = 'chat.ts — keptBefore(person.id, key) comes before isMember(): what is kept stays kept'
  const piano = Object(await ann.ask('create room', ['Piano'], 'rooms.ts')).id
  await ben.ask('join room', [piano], 'rooms.ts')
  const first = await acknowledged(ann, { key: key1, room: piano, message: 'before I go' })
  await ann.ask('leave room', [piano], 'rooms.ts')
  need(
    show(await acknowledged(ann, { key: key1, room: piano, message: 'before I go' }, look)) === show(first),
    {
      expected: 'the same answer as before she has left',
      saw: 'another',
      look,
    },
  )
  const answer = await ann.ask('new message', [{ key: key2, room: piano, message: 'from outside' }], look)
  need(/^\{"ok":false,"error":"[^"]+"\}$/.test(show(answer)), {
    expected: 'a new key in a room that she has left is refused',
    saw: show(answer),
    look: 'chat.ts — isMember(room, person.id)',
  })
  await restart()
  const { ann2 } = await guestsWith({ headers: { cookie: ann.cookie } }, 'ann2')
  const kept = 'room-table.ts — the key is kept beside the message'
  need(
    show(await acknowledged(ann2, { key: key1, room: piano, message: 'before I go' }, kept)) === show(first),
    {
      expected: 'the same answer as before the restart',
      saw: 'another',
      look: kept,
    },
  )
})

test('a page whose acknowledgement was lost shows the message once', async ({ windows, visitor, people }) => {
  const { ben } = await people('ben')
  const { ann } = await windows('ann')
  await comesIn(ann, visitor('ann'))
  await ann.finds('#state', /websocket/, 'the page is connected over websocket', 'client.ts — io()')
  await ann.losesAcknowledgements()
  await says(ann, 'did it arrive?')
  await ben.next('new message', 'ben hears what ann has said', sending)
  await marked(ann, 'did it arrive?', 'waiting', sending)
  await ann.goesOffline()
  await ann.finds('#state', /reconnecting/, 'the page knows of it', "client.ts — socket.on('disconnect')")
  await ann.getsEverything()
  await ann.isOnlineAgain()
  await marked(ann, 'did it arrive?', 'stored', atLogin, reconnectMs)
  await says(ann, 'it did')
  const [said] = await ben.next('new message', 'ben hears what ann says next', sending)
  const twice =
    'outbox.ts — the key is made once, when the message is written; chat.ts — keptBefore(person.id, key)'
  need(Object(said).message === 'it did', {
    expected: 'ben hears “it did” next: “did it arrive?” he has heard already',
    saw: show(said),
    look: twice,
  })
  await marked(ann, 'it did', 'stored', sending)
  await ann.readsTimes(/^ann\W*did it arrive\?$/, 1, twice)
})

test('a direct message with the same key is kept and heard once', async ({ people, guestsWith }) => {
  const { ann, ben } = await people('ann', 'ben')
  const { ann2 } = await guestsWith({ headers: { cookie: ann.cookie } }, 'ann2')
  const [me, them] = ['ann', 'ben'].map((name) => personOf(ben, name))
  for (const key of [key1, key1, key2]) {
    const answer = await ann.ask(
      'direct message',
      [{ key, to: them, message: `psst ${key?.[0]}` }],
      privately,
    )
    need(show(answer) === '{"ok":true}', {
      expected: 'a direct message is acknowledged with {"ok":true}, each time',
      saw: show(answer),
      look: privately,
    })
  }
  await ben.ask('direct message', [{ key: key1, to: me, message: 'my own' }], privately)
  for (const guest of [ben, ann2]) {
    for (const message of ['psst 1', 'psst 2', 'my own']) {
      const [direct] = await guest.next('direct message', `${guest.name} hears “${message}”`, privately)
      need(Object(direct).message === message, {
        expected: `${guest.name} hears “psst 1”, “psst 2” and “my own”, each once`,
        saw: show(direct),
        look: privately,
      })
      const isOwn = (guest === ben) === (message === 'my own')
      need('key' in Object(direct) === isOwn, {
        expected: isOwn ? 'one’s own tabs hear the key, too' : 'the other one hears no key',
        saw: `${guest.name} heard ${show(direct)}`,
        look: 'direct-messages.ts — io.to(`user:${id}`).emit(…, { ...kept, key }): to one’s own tabs alone',
      })
    }
  }
  for (const key of ['undefined-0', 7]) {
    const answer = await ann.ask('direct message', [{ key, to: them, message: 'by what?' }], privately)
    need(Object(answer).ok === false, {
      expected: `the key ${show(key)} is refused`,
      saw: show(answer),
      look: 'conversations.ts — directMessage has a key',
    })
  }
})

test('a direct message whose acknowledgement was lost does not wait, and is shown once', async ({
  windows,
  visitor,
  people,
}) => {
  const { ben } = await people('ben')
  const { ann } = await windows('ann')
  await comesIn(ann, visitor('ann'))
  await ann.finds('#state', /websocket/, 'the page is connected over websocket', 'client.ts — io()')
  await opens(ann, 'ben')
  await ann.losesAcknowledgements()
  await says(ann, 'psst')
  await ben.next('direct message', 'ben hears it', privately)
  await marked(
    ann,
    'psst',
    'stored',
    "client.ts — socket.on('direct message'): if (direct.key) outbox.remove(direct.key)",
  )
  await ann.goesOffline()
  await ann.finds('#state', /reconnecting/, 'the page knows of it', "client.ts — socket.on('disconnect')")
  await says(ann, 'and this')
  await ann.getsEverything()
  await ann.isOnlineAgain()
  await marked(ann, 'and this', 'stored', atLogin, reconnectMs)
  const [direct] = await ben.next('direct message', 'ben hears the next one', atLogin)
  need(Object(direct).message === 'and this', {
    expected: 'ben hears “and this”',
    saw: show(direct),
    look: privately,
  })
  for (const message of ['psst', 'and this']) {
    await ann.readsTimes(new RegExp(`^ann\\W*${message}$`), 1, "client.ts — ask(): 'to' in place")
  }
})

async function comesIn(window: PageGuest, account: Visitor) {
  await register(account)
  await window.openAs(account.cookie)
  await window.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
}

/** Writes a message into the open place. */
async function says(window: PageGuest, message: string) {
  await window.types('Message', message)
  await window.presses('Enter')
}

/** The texts of one's own lines of which this has become. */
function lines(window: PageGuest, state: string): Promise<string[]> {
  return window.page.locator(`[data-mark=${state}]`).allInnerTexts()
}

/** Waits until one's own line with this message is marked so. */
async function marked(window: PageGuest, message: string, state: string, look: string, lateMs = 0) {
  const now = async () => {
    const marks = ['waiting', 'stored', 'refused']
    const texts = await Promise.all(marks.map((mark) => lines(window, mark)))
    return marks.filter((_mark, index) => texts[index]?.some((text) => text.includes(message))).join(' and ')
  }
  const found = await eventually(async () => (await now()) === state, lateMs)
  need(found === true, {
    expected: `${window.name}'s page marks ${show(message)} as ${state}`,
    saw: `it is marked as ${(await now()) || 'nothing'}`,
    look,
  })
}

async function acknowledged(guest: Guest, said: object, look = knowing): Promise<unknown> {
  const answer = await guest.ask('new message', [said], look)
  const { ok, id, at } = Object(answer)
  need(ok === true && typeof id === 'number' && typeof at === 'number', {
    expected: 'it is acknowledged with { ok: true, id, at }',
    saw: show(answer),
    look,
  })
  return answer
}

async function hasHistory(guest: Guest, wanted: string[], look: string) {
  const { messages } = Object(await guest.ask('room history', [general], 'inside-room.ts'))
  const kept = Array.isArray(messages) ? messages.map((one: unknown) => Object(one).message) : []
  need(show(kept) === show(wanted), { expected: `kept is ${show(wanted)}`, saw: show(kept), look })
}

function personOf(guest: Guest, name: string): number {
  const all = guest.heard('users').at(-1)
  return Object(Array.isArray(all) ? all.find((one) => Object(one).username === name) : undefined).id
}

async function opens({ name, page }: PageGuest, person: string) {
  const button = page.getByRole('list', { name: 'People' }).getByRole('button', { name: person, exact: true })
  const found = await eventually(() => button.isVisible())
  need(found === true, { expected: `${name}'s page has a button “${person}”`, saw: 'none', look: 'view.ts' })
  await button.click()
}
