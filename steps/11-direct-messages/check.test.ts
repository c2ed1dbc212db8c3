import { register } from '#shared/check/account'
import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import { eventually } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { PageGuest } from '#shared/check/page-guest'

// The accounts of a task are numbered as they come: 1, 2, 3 …
const [ann, ben, cleo] = [1, 2, 3]

test('both hear it in all their tabs, and nobody else does', async ({ people, guestsWith }) => {
  const guests = await people('ann', 'ben', 'cleo')
  const { ann2 } = await guestsWith({ headers: { cookie: guests.ann.cookie } }, 'ann2')
  const { ben2 } = await guestsWith({ headers: { cookie: guests.ben.cookie } }, 'ben2')
  const look =
    'server.ts — io.to([mine, userRoom(direct.to)]): a room for each person, with all their tabs in it'
  await accepted(guests.ann, { to: ben, message: 'psst' }, look)
  for (const guest of [guests.ann, ann2, guests.ben, ben2]) {
    const [direct] = await guest.next('direct message', `${guest.name} hears "direct message"`, look)
    sameFields(direct, { id: 1, from: ann, to: ben, message: 'psst' }, look)
    guest.hasNotHeard('direct message', `${guest.name} hears it once`, look)
  }
  guests.ann.emit('new message', 'hello, all')
  // What all hear comes last, so anything private would stand before it.
  await guests.cleo.hears('new message', { username: 'ann', message: 'hello, all' }, look)
  const secret =
    'server.ts — an event name is no private channel: io.emit() reaches everyone, whatever the event is called'
  for (const event of ['direct message', 'conversations']) {
    const heard = guests.cleo.heard(event).filter((value) => show(value) !== '[]')
    need(heard.length === 0, {
      expected: `cleo hears nothing of ${event}`,
      saw: `she heard ${show(heard[0])}`,
      look: secret,
    })
  }
})

test('it is kept before it is told, and only these two can read it', async ({
  people,
  restart,
  guestsWith,
}) => {
  const look =
    "direct-messages.ts — between(): from one to the other, or the other way; server.ts — socket.on('direct history')"
  const guests = await people('ann', 'ben', 'cleo')
  await accepted(guests.ann, { to: ben, message: 'are you there?' }, look)
  await accepted(guests.ben, { to: ann, message: 'I am' }, look)
  await accepted(guests.cleo, { to: ben, message: 'me too' }, look)
  await accepted(guests.ann, { to: cleo, message: 'hello cleo' }, look)
  await restart()
  const again = {
    ...(await guestsWith({ headers: { cookie: guests.ann.cookie } }, 'ann')),
    ...(await guestsWith({ headers: { cookie: guests.ben.cookie } }, 'ben')),
    ...(await guestsWith({ headers: { cookie: guests.cleo.cookie } }, 'cleo')),
  }
  await hasHistory(again.ann, ben, ['are you there?', 'I am'], look)
  await hasHistory(again.ben, ann, ['are you there?', 'I am'], look)
  await hasHistory(again.ben, cleo, ['me too'], look)
  await hasHistory(again.cleo, ann, ['hello cleo'], look)
  const answer = await again.cleo.ask('direct history', [[ann, ben]], look)
  need(/^\{"ok":false,"error":"./.test(show(answer)), {
    expected: 'cleo cannot ask for what ann and ben have said',
    saw: show(answer),
    look,
  })
})

test('the last 50, oldest first', async ({ people }) => {
  const guests = await people('ann', 'ben')
  const look = 'direct-messages.ts — ORDER BY id DESC LIMIT 50, and then the other way round'
  const all = Array.from({ length: 53 }, (_, index) => `message ${index + 1}`)
  for (const message of all.slice(0, -1)) guests.ann.emit('direct message', { to: ben, message })
  await accepted(guests.ann, { to: ben, message: 'message 53' }, look)
  await hasHistory(guests.ben, ann, all.slice(-50), look)
})

test('a message to nobody is refused, and nothing of it is kept', async ({ people, kept }) => {
  const guests = await people('ann', 'ben')
  const look =
    'direct-messages.ts — is there such an account? Ask before you keep; server.ts — directMessage, and refuse()'
  const message = 'nobody is to keep this'
  for (const to of [99, 0, -1, 1.5, ann, '2', null, undefined, [2], { id: 2 }, 'ben', '2 OR 1=1']) {
    await refused(guests.ann, { to, message }, look)
  }
  for (const wrong of [undefined, null, 'ben', 42, [], {}]) await refused(guests.ann, wrong, look)
  const bad = `${message} either`
  for (const text of ['', '   ', 42, { text: bad }, bad.padEnd(2_001, '!')])
    await refused(guests.ann, { to: ben, message: text }, look)
  need(!(await kept()).includes(message), {
    expected: 'what was refused stands in no file',
    saw: 'it does',
    look,
  })
  await accepted(guests.ann, { to: ben, message: "it's you'); DROP TABLE direct_messages; --" }, look)
  await hasHistory(guests.ben, ann, ["it's you'); DROP TABLE direct_messages; --"], look)
})

test('who it is from comes from the session', async ({ people }) => {
  const guests = await people('ann', 'ben', 'cleo')
  const look = 'server.ts — keepDirect(person.id, …): from is whose session it is, not what the message says'
  await accepted(
    guests.ann,
    { to: ben, message: 'I owe ann a coffee', from: cleo, username: 'cleo', id: 99 },
    look,
  )
  const [direct] = await guests.ben.next('direct message', 'ben hears "direct message"', look)
  sameFields(direct, { id: 1, from: ann, to: ben, message: 'I owe ann a coffee' }, look)
})

test('what was not read is counted, for each conversation and in all tabs', async ({
  people,
  guestsWith,
}) => {
  const guests = await people('ann', 'ben', 'cleo')
  const look =
    "server.ts — tellConversations() to both after a message, and to the reader after 'direct history' or 'direct read'"
  await accepted(guests.ann, { to: ben, message: 'one' }, look)
  await accepted(guests.ann, { to: ben, message: 'two' }, look)
  await accepted(guests.cleo, { to: ben, message: 'three' }, look)
  await tells(guests.ben, 'cleo 1, ann 2', look)
  await tells(guests.ann, 'ben 0', look)
  const { ben2 } = await guestsWith({ headers: { cookie: guests.ben.cookie } }, 'ben2')
  await tells(ben2, 'cleo 1, ann 2', 'server.ts — socket.emit("conversations", …) when a tab connects')
  await ben2.ask('direct history', [ann], look)
  await tells(guests.ben, 'cleo 1, ann 0', look)
  await tells(ben2, 'cleo 1, ann 0', look)
  guests.ben.emit('direct read', 'cleo')
  guests.ben.emit('direct read', cleo)
  await tells(ben2, 'cleo 0, ann 0', look)
})

test('two pages talk in private, and a third sees nothing', async ({ windows, visitor }) => {
  const pages = await windows('ann', 'ben', 'cleo')
  for (const window of [pages.ann, pages.ben, pages.cleo]) await comesIn(window, visitor, window.name)
  const look = 'client.ts — a button for each person; talkTo(); what is sent then goes to them alone'
  await opens(pages.ann, 'ben')
  await pages.ann.finds('#between', /Between you and ben/, 'the page says between whom it is', look)
  await pages.ann.types('Message', 'psst, <b>ben</b>')
  await pages.ann.presses('Enter')
  await pages.ann.reads(/^ann\W*psst, <b>ben<\/b>$/, look)
  await pages.ben.finds('#people', /ann 1 new/, 'a badge at ann', "client.ts — socket.on('conversations')")
  await opens(pages.ben, 'ann')
  await pages.ben.reads(/^ann\W*psst, <b>ben<\/b>$/, 'client.ts — direct history on opening')
  await pages.ben.finds(
    '#people',
    /ann(?! 1 new)/,
    'what was opened is read',
    "client.ts — socket.on('conversations')",
  )
  await pages.ben.types('Message', 'yes?')
  await pages.ben.presses('Enter')
  await pages.ann.reads(
    /^ben\W*yes\?$/,
    "client.ts — socket.on('direct message') while the conversation is open",
  )
  await pages.ben.clicks('Back to everyone')
  await pages.ben.types('Message', 'hello, all')
  await pages.ben.presses('Enter')
  await pages.cleo.reads(/^ben\W*hello, all$/, 'client.ts — back to everyone, a message goes to everyone')
  const seen = (await pages.cleo.everShown()).join(' ')
  need(!/psst|yes\?/.test(seen), { expected: 'cleo sees nothing of it', saw: seen, look })
  need(!/ann is typing/.test(seen), {
    expected: 'nobody else sees who is typing in private',
    saw: seen,
    look: 'client.ts — typing goes to everyone, so not while one talks to one person',
  })
  const mixed = await pages.ben.linesWith(/psst/)
  need(mixed.length === 0, {
    expected: 'nothing private among what is for all',
    saw: 'it stands there',
    look: 'client.ts — one list of lines for each',
  })
})

interface Account {
  (name: string): Parameters<typeof register>[0]
}

async function comesIn(window: PageGuest, visitor: Account, name: string) {
  const account = visitor(name)
  await register(account)
  await window.openAs(account.cookie)
  await window.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
}

async function opens({ name, page }: PageGuest, person: string) {
  const button = page.getByRole('list', { name: 'People' }).getByRole('button', { name: person })
  const found = await eventually(() => button.isVisible())
  need(found === true, {
    expected: `${name}'s page has a button for ${person}`,
    saw: 'none',
    look: 'client.ts — personRow()',
  })
  await button.click()
}

async function accepted(guest: Guest, direct: unknown, look: string) {
  const answer = await guest.ask('direct message', [direct], look)
  need(show(answer) === '{"ok":true}', {
    expected: `${show(direct)} is acknowledged with {"ok":true}`,
    saw: show(answer),
    look,
  })
}

async function refused(guest: Guest, direct: unknown, look: string) {
  const answer = await guest.ask('direct message', [direct], look)
  need(/^\{"ok":false,"error":"./.test(show(answer)), {
    expected: `${show(direct)} is refused, with {"ok":false,"error":"…"}`,
    saw: show(answer),
    look,
  })
}

function sameFields(
  direct: unknown,
  wanted: { id: number; from: number; to: number; message: string },
  look: string,
) {
  const { id, from, to, message, at } = { id: 0, from: 0, to: 0, message: '', at: 0, ...Object(direct) }
  const seen = JSON.stringify({ id, from, to, message })
  need(seen === JSON.stringify(wanted) && Math.abs(Date.now() - at) < 60_000, {
    expected: `${JSON.stringify(wanted)}, and in at when it was said, in ms since 1970`,
    saw: show(direct),
    look,
  })
}

async function hasHistory(guest: Guest, other: number, wanted: string[], look: string) {
  const answer = await guest.ask('direct history', [other], look)
  const { messages } = { messages: [], ...Object(answer) }
  const lines: unknown[] = Array.isArray(messages) ? messages.map((one) => Object(one).message) : []
  need(lines.join('\n') === wanted.join('\n'), {
    expected: `${guest.name} reads ${wanted.length} messages, from ${show(wanted[0])} to ${show(wanted.at(-1))}`,
    saw:
      lines.length === 0 ? show(answer) : `${lines.length}, from ${show(lines[0])} to ${show(lines.at(-1))}`,
    look,
  })
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
