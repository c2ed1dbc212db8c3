import type { Guest } from '#shared/check/guest'
import { register } from '#shared/check/account'
import { need } from '#shared/check/not-yet'
import { eventually } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { PageGuest } from '#shared/check/page-guest'
import type { Visitor } from '#shared/check/visitor'

const members = 'rooms.ts — createRoom(), joinRoom(), leaveRoom(): who is in it stands in room_members'

test('a room that is created stands in everybody’s list', async ({ people, guestsWith }) => {
  const { ann, ben } = await people('ann', 'ben')
  const look =
    "server.ts — socket.on('create room'): its first member is who made it; tellRooms() to all, each as they see it"
  const id = await creates(ann, '  Piano  ', look)
  await lists(ann, 'Piano 1 in', look)
  await lists(ben, 'Piano 1', look)
  await creates(ben, 'Bike', look)
  await lists(ann, 'Bike 1, Piano 1 in', look)
  await accepted(ben, 'join room', id, look)
  await lists(ann, 'Bike 1, Piano 2 in', look)
  const { ann2 } = await guestsWith({ headers: { cookie: ann.cookie } }, 'ann2')
  await lists(ann2, 'Bike 1, Piano 2 in', "server.ts — socket.emit('rooms', …) when a tab connects")
})

test('a name is taken once, whatever its case', async ({ people }) => {
  const { ann, ben } = await people('ann', 'ben')
  const look = 'rooms.ts — UNIQUE on the name in lower case, and General is taken from the start'
  await creates(ann, 'Piano', look)
  for (const name of ['Piano', ' PIANO ', 'General', 'general']) await refused(ben, 'create room', name, look)
  const limits = 'server.ts — roomName: a text of 1 to 30 characters, after trim'
  for (const name of ['', '   ', 'x'.repeat(31), 42, null, undefined, { name: 'x' }, ['x']])
    await refused(ben, 'create room', name, limits)
  await creates(ben, 'x'.repeat(30), limits)
})

test('a message reaches the members, in all their tabs, and nobody else', async ({ people, guestsWith }) => {
  const { ann, ben, cleo } = await people('ann', 'ben', 'cleo')
  const { ben1 } = await guestsWith({ headers: { cookie: ben.cookie } }, 'ben1')
  const look =
    'server.ts — io.to(chatRoom(room)); and whoever joins does so with all their tabs: io.in(mine).socketsJoin()'
  const id = await creates(ann, 'Piano', members)
  await accepted(ben, 'join room', id, look)
  const { ben2 } = await guestsWith({ headers: { cookie: ben.cookie } }, 'ben2')
  await accepted(ann, 'room message', { room: id, message: 'four hands?', username: 'cleo', id: 99 }, look)
  const tabs = 'server.ts — a tab that connects later joins its person’s rooms as well'
  for (const [guest, where] of [
    [ann, look],
    [ben, look],
    [ben1, look],
    [ben2, tabs],
  ] as const) {
    const [said] = await guest.next('room message', `${guest.name} hears "room message"`, where)
    const { room, username, message } = { room: 0, username: '', message: '', ...Object(said) }
    need(room === id && username === 'ann' && message === 'four hands?', {
      expected: `{ id, room: ${id}, username: "ann", message: "four hands?", at }`,
      saw: show(said),
      look: 'server.ts — username is who the session says',
    })
  }
  ann.emit('new message', 'hello, all')
  // What all hear comes last, so anything from the room would stand before it.
  await cleo.hears('new message', { username: 'ann', message: 'hello, all' }, look)
  for (const event of ['room message', 'room members']) {
    cleo.hasNotHeard(
      event,
      'what is said in a room stays in it',
      'server.ts — io.to(chatRoom(room)), and not io.emit()',
    )
  }
})

test('who is not in it can neither speak nor read there', async ({ people, kept }) => {
  const { ann, eve } = await people('ann', 'eve')
  const id = await creates(ann, 'Piano', members)
  await accepted(ann, 'room message', { room: id, message: 'between members' }, members)
  const look = 'server.ts — isMember(room, person.id), asked in each of them, each time'
  const secret = 'eve was never here'
  for (const event of ['room history', 'leave room']) await refused(eve, event, id, look)
  await refused(eve, 'room message', { room: id, message: secret }, look)
  eve.emit('room typing', id)
  eve.emit('stop room typing', id)
  const exact = 'server.ts — what is no room is refused: a number, and one that there is'
  for (const room of [99, 0, -1, 1.5, '1', null, undefined, [id], { id }, 'Piano']) {
    await refused(eve, 'join room', room, exact)
    await refused(eve, 'room history', room, exact)
    await refused(ann, 'room message', { room, message: secret }, exact)
  }
  for (const message of ['', '   ', 42, 'x'.repeat(2_001)])
    await refused(ann, 'room message', { room: id, message }, 'server.ts — roomMessage')
  for (const wrong of [undefined, null, 42, 'Piano', []])
    await refused(ann, 'room message', wrong, 'server.ts — roomMessage')
  need(!(await kept()).includes(secret), {
    expected: 'what was refused stands in no file',
    saw: 'it does',
    look,
  })
  await accepted(eve, 'join room', id, look)
  eve.emit('room typing', id)
  await ann.hears('room typing', { room: id, username: 'eve' }, look)
  ann.hasNotHeard('stop room typing', 'who is not in a room does not type there', look)
})

test('who leaves hears no more of it, in any tab, and the last one takes the room along', async ({
  people,
  guestsWith,
}) => {
  const { ann, ben, cleo } = await people('ann', 'ben', 'cleo')
  const { ben2 } = await guestsWith({ headers: { cookie: ben.cookie } }, 'ben2')
  const id = await creates(ann, 'Piano', members)
  for (const guest of [ben, cleo]) await accepted(guest, 'join room', id, members)
  await hasMembers(ann, 'ann, ben, cleo', 'server.ts — tellMembers(room)')
  await accepted(ben, 'leave room', id, members)
  await hasMembers(ann, 'ann, cleo', 'server.ts — tellMembers(room)')
  const look = 'server.ts — io.in(mine).socketsLeave(): all tabs of this person'
  await accepted(ann, 'room message', { room: id, message: 'is he gone?' }, look)
  await cleo.next('room message', 'cleo hears it', look)
  ann.emit('new message', 'hello, all')
  for (const guest of [ben, ben2]) {
    await guest.hears('new message', { username: 'ann', message: 'hello, all' }, look)
    guest.hasNotHeard('room message', `${guest.name} hears nothing of it any more`, look)
  }
  await refused(
    ben,
    'room message',
    { room: id, message: 'I am still here' },
    'server.ts — isMember(), each time',
  )
  for (const guest of [cleo, ann]) await accepted(guest, 'leave room', id, members)
  const gone = 'rooms.ts — leaveRoom(): a room without a member is deleted, and what was said in it with it'
  await lists(ben, '', gone)
  await refused(ben, 'join room', id, gone)
  const again = await creates(ben, 'Piano', gone)
  need(again !== id, {
    expected: 'a new room has a new number',
    saw: `${id} again`,
    look: 'database.ts — AUTOINCREMENT: a number is never given twice',
  })
  need((await history(ben, again, gone)) === '', {
    expected: 'nothing in it',
    saw: await history(ben, again, gone),
    look: gone,
  })
})

test('each room remembers, its members too, and the newest 50 for whoever comes later', async ({
  people,
  restart,
  guestsWith,
}) => {
  const { ann, ben } = await people('ann', 'ben')
  const look = 'rooms.ts — roomHistory(): of this room alone, the newest 50, oldest first'
  const piano = await creates(ann, 'Piano', members)
  const bike = await creates(ann, 'Bike', members)
  const all = Array.from({ length: 52 }, (_, index) => `note ${index + 1}`)
  for (const message of all) ann.emit('room message', { room: piano, message })
  await accepted(ann, 'room message', { room: bike, message: "a bell'); DROP TABLE rooms; --" }, look)
  await restart()
  const tabs = {
    ...(await guestsWith({ headers: { cookie: ann.cookie } }, 'ann')),
    ...(await guestsWith({ headers: { cookie: ben.cookie } }, 'ben')),
  }
  await lists(tabs.ann, 'Bike 1 in, Piano 1 in', members)
  await accepted(tabs.ben, 'join room', piano, members)
  const notes = await history(tabs.ben, piano, look)
  need(notes === all.slice(-50).join(', '), { expected: 'note 3 to note 52', saw: notes || 'nothing', look })
  const bell = await history(tabs.ann, bike, look)
  need(bell === "a bell'); DROP TABLE rooms; --", {
    expected: 'the one line of the other room',
    saw: bell || 'nothing',
    look,
  })
  await accepted(tabs.ben, 'room message', { room: piano, message: 'encore' }, look)
  await tabs.ann.next(
    'room message',
    'ann is still in it after the restart',
    'server.ts — a tab that connects joins the rooms of its person',
  )
})

test('typing is seen in the room alone, and ends with the tab', async ({ people, guestsWith }) => {
  const { ann, ben, cleo } = await people('ann', 'ben', 'cleo')
  const { ann2 } = await guestsWith({ headers: { cookie: ann.cookie } }, 'ann2')
  const id = await creates(ann, 'Piano', members)
  await accepted(ben, 'join room', id, members)
  const look = 'server.ts — socket.to(chatRoom(room)).except(mine)'
  ann.emit('room typing', id)
  await ben.hears('room typing', { room: id, username: 'ann' }, look)
  ann.emit('stop room typing', id)
  await ben.hears('stop room typing', { room: id, username: 'ann' }, look)
  const both = await creates(ann, 'Bike', members)
  await accepted(ben, 'join room', both, members)
  ann.emit('room typing', both)
  await ben.hears('room typing', { room: both, username: 'ann' }, look)
  const left = "server.ts — socket.on('leave room'): stopRoomTyping() when it is the room in which one types"
  await accepted(ann, 'leave room', id, members)
  await accepted(ann, 'room message', { room: both, message: 'still here' }, members)
  // What she says comes last, so the end of her typing would stand before it.
  await ben.next('room message', 'ben hears ann in the other room', members)
  ben.hasNotHeard('stop room typing', 'leaving one room ends no typing in another', left)
  await accepted(ann, 'leave room', both, members)
  await ben.hears('stop room typing', { room: both, username: 'ann' }, left)
  await accepted(ann, 'join room', id, members)
  ann.emit('room typing', id)
  await ben.hears('room typing', { room: id, username: 'ann' }, look)
  ann.leave()
  await ben.hears('stop room typing', { room: id, username: 'ann' }, "server.ts — socket.on('disconnect')")
  ben.emit('room typing', id)
  // His comes last, so her own would stand before it.
  await ann2.hears('room typing', { room: id, username: 'ben' }, look)
  ben.emit('new message', 'hello, all')
  await cleo.hears('new message', { username: 'ben', message: 'hello, all' }, look)
  for (const event of ['room typing', 'stop room typing', 'typing']) {
    cleo.hasNotHeard(event, 'outside, nobody sees who types in a room', look)
  }
})

test('three pages: two in a room, and one outside', async ({ windows, visitor }) => {
  const { ann, ben, cleo } = await windows('ann', 'ben', 'cleo')
  for (const window of [ann, ben, cleo]) await comesIn(window, visitor(window.name))
  const look = 'client.ts — the form for a new room, and goTo() once it is there'
  await ann.types('New room', '<i>Piano</i>')
  await ann.presses('Enter')
  await ann.finds('#between', /^In <i>Piano<\/i>: ann/, 'the page says where one is, and with whom', look)
  await opens(ben, '<i>Piano</i> 1 · join')
  await ann.finds(
    '#between',
    /^In <i>Piano<\/i>: ann, ben/,
    'ben is in it, too',
    "client.ts — socket.on('room members')",
  )
  await ann.types('Message', 'four hands?')
  const typing = await eventually(async () => /ann is typing/.test((await ben.everShown()).join()))
  need(typing === true, {
    expected: 'ben sees that ann is typing',
    saw: 'no such row',
    look: "client.ts — socket.on('room typing')",
  })
  await ann.presses('Enter')
  await ann.reads(/^ann\W*four hands\?$/, "client.ts — socket.on('room message')")
  await ben.reads(/^ann\W*four hands\?$/, "client.ts — socket.on('room message')")
  await ben.clicks('Leave this room')
  await ann.finds(
    '#between',
    /^In <i>Piano<\/i>: ann(?!, ben)/,
    'ben is out of it',
    "client.ts — socket.on('room members')",
  )
  await ann.clicks('General')
  await ann.types('Message', 'hello, all')
  await ann.presses('Enter')
  for (const window of [ann, ben, cleo])
    await window.reads(/^ann\W*hello, all$/, 'client.ts — in General, a message goes to everyone')
  const seen = (await cleo.everShown()).join(' ')
  need(!/four hands/.test(seen), {
    expected: 'cleo sees nothing of what was said in the room',
    saw: seen,
    look,
  })
  const mixed = await ann.linesWith(/four hands/)
  need(mixed.length === 0, {
    expected: 'nothing from the room among what is for all',
    saw: 'it stands there',
    look: 'client.ts — one list of lines for each place',
  })
})

async function comesIn(window: PageGuest, account: Visitor) {
  await register(account)
  await window.openAs(account.cookie)
  await window.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
}

async function opens({ name, page }: PageGuest, room: string) {
  const button = page.getByRole('list', { name: 'Rooms' }).getByRole('button', { name: room, exact: true })
  const found = await eventually(() => button.isVisible())
  need(found === true, {
    expected: `${name}'s page has a button “${room}”`,
    saw: 'none',
    look: 'client.ts — roomRow()',
  })
  await button.click()
}

async function creates(guest: Guest, name: string, look: string): Promise<number> {
  const answer = await guest.ask('create room', [name], look)
  const { ok, id } = { ok: false, id: 0, ...Object(answer) }
  need(ok === true && Number.isInteger(id), {
    expected: `${show(name)} is acknowledged with {"ok":true,"id":…}`,
    saw: show(answer),
    look,
  })
  return Number(id)
}

async function accepted(guest: Guest, event: string, value: unknown, look: string) {
  const answer = await guest.ask(event, [value], look)
  need(show(answer) === '{"ok":true}', {
    expected: `${show(event)} ${show(value)} is acknowledged with {"ok":true}`,
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

/** Waits until this guest's list of rooms is this one: `Bike 1, Piano 2 in`. */
async function lists(guest: Guest, wanted: string, look: string) {
  const newest = () => {
    const all = guest.heard('rooms').at(-1)
    if (!Array.isArray(all)) return 'nothing'
    return all
      .map((room) => `${Object(room).name} ${Object(room).members}${Object(room).isMember ? ' in' : ''}`)
      .join(', ')
  }
  const right = await eventually(() => newest() === wanted)
  need(right === true, { expected: `${guest.name} sees the rooms “${wanted}”`, saw: `“${newest()}”`, look })
}

/** Waits until this guest has heard who is in the room. */
async function hasMembers(guest: Guest, wanted: string, look: string) {
  const newest = () => {
    const { members: all } = { members: [], ...Object(guest.heard('room members').at(-1)) }
    return Array.isArray(all) ? all.map((one) => String(Object(one).username)).join(', ') : ''
  }
  const right = await eventually(() => newest() === wanted)
  need(right === true, {
    expected: `${guest.name} hears that the members are ${wanted}`,
    saw: newest() || 'nothing',
    look,
  })
}

async function history(guest: Guest, room: number, look: string): Promise<string> {
  const answer = await guest.ask('room history', [room], look)
  const { ok, messages } = { ok: false, messages: [], ...Object(answer) }
  need(ok === true && Array.isArray(messages), {
    expected: '{"ok":true,"messages":[…],"members":[…]}',
    saw: show(answer),
    look,
  })
  return messages.map((one: unknown) => String(Object(one).message)).join(', ')
}
