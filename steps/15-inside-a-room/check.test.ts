import { register } from '#shared/check/account'
import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import type { PageGuest } from '#shared/check/page-guest'
import { eventually, reconnectMs } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'

const general = 1
const opening = "inside-room.ts — hear(socket, 'room history'): read(room), return { messages, members }"
const reading = "inside-room.ts — read(): markRead(), and then io.to(mine).emit('rooms', [roomFor(room, id)])"
const typing = "inside-room.ts — socket.on('typing'): socket.to(`room:${room}`).except(mine)"
const telling = "rooms.ts — tell(room): io.to(`room:${room}`).emit('room members', …)"
const earlier = 'rooms.ts — what step 14 asks'

test('a person is in twenty rooms at most', async ({ people }) => {
  const { ann, ben } = await people('ann', 'ben')
  const look = 'room-table.ts — maxRooms: General counts, too'
  const names = Array.from({ length: 19 }, (_, index) => `room ${index + 1}`)
  const mine = await Promise.all(names.map((name) => creates(ann, name)))
  const other = await creates(ben, 'Piano')
  await refused(ann, 'create room', 'one more', look)
  await refused(ann, 'join room', other, look)
  await accepted(ann, 'join room', mine[0], look) // She is in it already.
  await accepted(ann, 'leave room', mine[0], look)
  await accepted(ann, 'join room', other, look)
  await refused(ann, 'create room', 'one more', look)
})

test('who opens a room reads the last 50 of it, and who is in it', async ({ people, guestsWith }) => {
  const { ann, ben } = await people('ann', 'ben')
  const piano = await creates(ann, 'Piano')
  const bike = await creates(ann, 'Bike')
  const notes = Array.from({ length: 52 }, (_, index) => `note ${index + 1}`)
  for (const message of notes) ann.emit('new message', { room: piano, message })
  await says(ann, bike, "Ann's bell'); DROP TABLE rooms; --")
  await says(ben, general, 'hello, all')
  await accepted(ben, 'join room', piano, earlier)
  const inPiano = await inside(ben, piano)
  const wanted = notes.slice(-50).map((message) => `${piano} ann ${message}`)
  need(inPiano.lines.join('\n') === wanted.join('\n'), {
    expected: `50 messages, from ${show(wanted[0])} to ${show(wanted.at(-1))}`,
    saw: `${inPiano.lines.length}, from ${show(inPiano.lines[0])} to ${show(inPiano.lines.at(-1))}`,
    look: opening,
  })
  need(inPiano.members === 'ann, ben', {
    expected: 'the members are ann and ben',
    saw: show(inPiano.members),
    look: opening,
  })
  const inBike = await inside(ann, bike)
  need(show(inBike) === show({ lines: [`${bike} ann Ann's bell'); DROP TABLE rooms; --`], members: 'ann' }), {
    expected: 'in the other room, the one line that was said there, and ann alone',
    saw: show(inBike),
    look: opening,
  })
  const { ben2 } = await guestsWith({ headers: { cookie: ben.cookie } }, 'ben2')
  const inGeneral = await inside(ben2, general)
  need(show(inGeneral) === show({ lines: [`${general} ben hello, all`], members: 'ann, ben' }), {
    expected: 'General is a room like others: its line, and ann and ben',
    saw: show(inGeneral),
    look: opening,
  })
  ben2.hasNotHeard(
    'history',
    'a tab that connects is not told the history, and asks for it',
    "chat.ts — socket.emit('history', …) goes",
  )
})

test('who is not in a room reads nothing there', async ({ people }) => {
  const { ann, eve } = await people('ann', 'eve')
  const id = await creates(ann, 'Piano')
  await says(ann, id, 'between members')
  const look = 'inside-room.ts — read(): isMember(room, id), each time'
  for (const event of ['room history', 'room read']) {
    for (const room of [id, 99]) await refused(eve, event, room, look)
    for (const room of [0, -1, 1.5, '1', null, undefined, [id], { id }, 'Piano'])
      await refused(ann, event, room, 'inside-room.ts — hear() gets roomId: a room is meant by its number')
  }
  await accepted(eve, 'join room', id, earlier)
  const { lines } = await inside(eve, id)
  need(lines.length === 1, { expected: 'eve reads it as a member', saw: show(lines), look: opening })
  await accepted(eve, 'leave room', id, earlier)
  for (const event of ['room history', 'room read']) await refused(eve, event, id, look)
})

test('what is new is counted for each person, until they have read it in any tab', async ({
  people,
  guestsWith,
}) => {
  const { ann, ben, cleo } = await people('ann', 'ben', 'cleo')
  const id = await creates(ann, 'Piano')
  for (const guest of [ben, cleo]) await accepted(guest, 'join room', id, earlier)
  for (const message of ['one', 'two']) await says(ann, id, message)
  const counting = 'rooms.ts — roomsFor() counts it: what others have said since one has read'
  const { ann2 } = await guestsWith({ headers: { cookie: ann.cookie } }, 'ann2')
  await isNew(ann2, id, 0, 'room-table.ts — what one has said oneself is not new')
  const { ben2 } = await guestsWith({ headers: { cookie: ben.cookie } }, 'ben2')
  await isNew(ben2, id, 2, counting)
  await inside(ben, id)
  for (const guest of [ben, ben2]) await isNew(guest, id, 0, `${reading}, in 'room history'`)
  await says(ann, id, 'three')
  await says(cleo, general, 'all of you')
  const { ben3 } = await guestsWith({ headers: { cookie: ben.cookie } }, 'ben3')
  await isNew(ben3, id, 1, counting)
  await isNew(ben3, general, 1, counting)
  for (const times of [1, 2]) await accepted(ben, 'room read', id, `${reading} (${times})`)
  for (const guest of [ben, ben2, ben3]) await isNew(guest, id, 0, reading)
  await accepted(ben, 'room read', general, reading)
  await isNew(ben2, general, 0, reading)
  const told = ben2
    .heard('rooms')
    .flatMap(listOf)
    .filter((one) => Object(one).id === id).length
  need(told === 3, {
    expected:
      'ben2 hears of the room three times: in its first list, and each time that something new was read',
    saw: `${told} times`,
    look: 'inside-room.ts — if (markRead(room, id)): when nothing was new, nothing has changed',
  })
  const { cleo2 } = await guestsWith({ headers: { cookie: cleo.cookie } }, 'cleo2')
  await isNew(cleo2, id, 3, 'inside-room.ts — markRead(room, id): of this person, and of nobody else')
  const others = cleo
    .heard('rooms')
    .flatMap(listOf)
    .filter((one) => Object(one).id === id && 'unread' in Object(one))
  need(others.length === 0, {
    expected: 'what ben has read is told to ben, and to nobody else',
    saw: `cleo heard ${show(others[0])}`,
    look: reading,
  })
  await accepted(ben, 'leave room', id, earlier)
  await accepted(ben, 'join room', id, earlier)
  const { ben4 } = await guestsWith({ headers: { cookie: ben.cookie } }, 'ben4')
  await isNew(ben4, id, 0, 'room-table.ts — joinRoom(): what was said before is not new')
})

test('messages, members and what is new outlive the server', async ({ people, guestsWith, restart }) => {
  const { ann, ben } = await people('ann', 'ben')
  const id = await creates(ann, 'Piano')
  await accepted(ben, 'join room', id, earlier)
  await says(ann, id, 'before')
  const acknowledged: string[] = []
  for (let count = 1; count <= 40; count++) {
    const message = `message ${count}`
    ann.socket.emit('new message', { room: general, message }, () => acknowledged.push(message))
  }
  const some = await eventually(() => acknowledged.length >= 10 && ben.heard('new message').length >= 11)
  need(some === true, { expected: 'messages are acknowledged, and heard', saw: 'nothing', look: earlier })
  await restart()
  const { ben2 } = await guestsWith({ headers: { cookie: ben.cookie } }, 'ben2')
  await isNew(ben2, id, 1, 'room-table.ts — unreadIn()')
  const inPiano = await inside(ben2, id)
  need(show(inPiano) === show({ lines: [`${id} ann before`], members: 'ann, ben' }), {
    expected: 'the line from before, and ann and ben',
    saw: show(inPiano),
    look: opening,
  })
  const { lines } = await inside(ben2, general)
  const heard = ben
    .heard('new message')
    .filter((said) => Object(said).room === general)
    .map((said) => String(Object(said).message))
  const forgotten = [...acknowledged, ...heard].filter(
    (message) => !lines.includes(`${general} ann ${message}`),
  )
  need(forgotten.length === 0, {
    expected: 'what was acknowledged, or heard, is there, also when the server dies at that moment',
    saw: `${forgotten.length} of ${acknowledged.length + heard.length} messages are gone`,
    look: 'chat.ts — first keepMessage(), then socket.to(…).emit()',
  })
})

test('inside a room, no event needs an acknowledgement', async ({ people, guestsWith }) => {
  const { ann, ben } = await people('ann', 'ben')
  const look = 'inside-room.ts — hear(socket, …): it looks whether there is an acknowledgement'
  const id = await creates(ann, 'Piano')
  await accepted(ben, 'join room', id, earlier)
  for (const event of ['room history', 'room read']) {
    await says(ann, id, 'hello')
    const tab = await guestsWith({ headers: { cookie: ben.cookie } }, 'ben2')
    await isNew(tab.ben2, id, 1, 'room-table.ts — unreadIn()')
    ben.emit(event, id)
    await isNew(tab.ben2, id, 0, look)
    for (const wrong of [[], [99], [{}]]) {
      ben.emit(event, ...wrong)
      await ben.next('refused', `ben is told that ${show(event)} ${wrong.map(show).join()} is refused`, look)
    }
  }
})

test('the members of a room hear who comes and goes, and nobody else does', async ({ people }) => {
  const { ann, ben, cleo } = await people('ann', 'ben', 'cleo')
  const id = await creates(ann, 'Piano')
  await hasMembers(ann, id, 'ann', telling)
  await accepted(ben, 'join room', id, earlier)
  for (const guest of [ann, ben]) await hasMembers(guest, id, 'ann, ben', telling)
  await accepted(ben, 'leave room', id, earlier)
  await hasMembers(ann, id, 'ann', telling)
  await says(ann, general, 'hello, all')
  // What all hear comes last, so anything from the room would stand before it.
  for (const guest of [ben, cleo]) await guest.next('new message', `${guest.name} hears General`, earlier)
  for (const [guest, times] of [
    [ben, 1],
    [cleo, 0],
  ] as const) {
    const heard = guest.heard('room members').length
    need(heard === times, {
      expected: `${guest.name} hears who is in the room ${times === 0 ? 'never' : 'once, as a member'}`,
      saw: `${heard} times`,
      look: 'rooms.ts — io.to(`room:${room}`), and not io.emit()',
    })
  }
})

test('typing is seen in the room alone, and ends with the tab', async ({ people, guestsWith }) => {
  const { ann, ben, cleo } = await people('ann', 'ben', 'cleo')
  const { ann2 } = await guestsWith({ headers: { cookie: ann.cookie } }, 'ann2')
  const [id, both] = [await creates(ann, 'Piano'), await creates(ann, 'Bike')]
  for (const room of [id, both]) await accepted(ben, 'join room', room, earlier)
  const inPiano = { room: id, username: 'ann' }
  const inBike = { room: both, username: 'ann' }
  ann.emit('typing', id)
  await ben.hears('typing', inPiano, typing)
  const moved = 'inside-room.ts — if (typingIn !== room) stopTyping(): one types in one room at a time'
  ann.emit('typing', both)
  await ben.hears('stop typing', inPiano, moved)
  await ben.hears('typing', inBike, typing)
  ann.emit('typing', both)
  await ben.hears('typing', inBike, typing)
  await accepted(ann, 'leave room', id, earlier)
  await says(ann, both, 'still here')
  // What she says comes last, so the end of her typing would stand before it.
  await ben.next('new message', 'ben hears ann in the other room', earlier)
  const left = "rooms.ts — in 'leave room': emit('stop typing', { room, username }), to the room that is left"
  const ended = ben.heard('stop typing').filter((one) => Object(one).room === both)
  need(ended.length === 0, {
    expected: 'leaving one room ends no typing in another',
    saw: `ben heard "stop typing" ${show(ended[0])}`,
    look: left,
  })
  await accepted(ann, 'leave room', both, earlier)
  need(
    (await eventually(() => ben.heard('stop typing').some((one) => show(one) === show(inBike)))) === true,
    {
      expected: `ben hears "stop typing" ${show(inBike)} when ann leaves the room`,
      saw: show(ben.heard('stop typing')),
      look: left,
    },
  )
  ann.emit('typing', both)
  ann.emit('stop typing')
  await accepted(ann, 'join room', id, earlier)
  const before = ben.heard('typing').length
  ann.emit('typing', id)
  await eventually(() => ben.heard('typing').length > before)
  need(show(ben.heard('typing').slice(before)) === show([inPiano]), {
    expected: 'ben sees ann type where she is a member, and nowhere else',
    saw: show(ben.heard('typing').slice(before)),
    look: 'inside-room.ts — isMember(room, id), before anything is told',
  })
  const stops = () => ben.heard('stop typing').filter((one) => show(one) === show(inPiano)).length
  const stopped = stops()
  for (const wrong of [undefined, null, '1', 1.5, [id], { room: id }, 99, both]) ann.emit('typing', wrong)
  await says(ann, id, 'one moment')
  await ben.next('new message', 'ben hears ann', earlier)
  need(stops() === stopped, {
    expected: 'an event that means no room of hers ends no typing',
    saw: `ben heard "stop typing" ${show(inPiano)}`,
    look: 'inside-room.ts — isMember(room, id), before anything is told',
  })
  ann.emit('stop typing')
  const once = await eventually(() => stops() > stopped)
  need(once === true, {
    expected: `ben hears "stop typing" ${show(inPiano)}`,
    saw: 'he does not',
    look: typing,
  })
  ann.emit('stop typing')
  ann.emit('typing', general)
  const inGeneral = show({ room: general, username: 'ann' })
  const hearsOfGeneral = (event: string) =>
    eventually(() => cleo.heard(event).some((one) => show(one) === inGeneral))
  need((await hearsOfGeneral('typing')) === true, {
    expected: `cleo hears "typing" ${inGeneral}`,
    saw: show(cleo.heard('typing')),
    look: typing,
  })
  for (const event of ['typing', 'stop typing']) {
    const outside = cleo.heard(event).filter((one) => Object(one).room !== general)
    need(outside.length === 0, {
      expected: 'cleo, who is in neither room, hears of no typing there',
      saw: `cleo heard ${show(event)} ${show(outside[0])}`,
      look: event === 'typing' ? typing : left,
    })
  }
  need(stops() === stopped + 1, {
    expected: 'who is not typing does not stop',
    saw: `ben heard it ${stops() - stopped} times`,
    look: 'inside-room.ts — stopTyping(): if (typingIn === undefined) return',
  })
  ann.leave()
  need((await hearsOfGeneral('stop typing')) === true, {
    expected: `cleo hears "stop typing" ${inGeneral} when ann's tab is gone`,
    saw: show(cleo.heard('stop typing')),
    look: "inside-room.ts — socket.on('disconnect', stopTyping)",
  })
  ben.emit('typing', id)
  // His comes last, so her own would stand before it.
  await ann2.hears('typing', { room: id, username: 'ben' }, typing)
})

test('two pages: what was said, who is in it, who is typing, and what is new', async ({
  windows,
  visitor,
}) => {
  const { ann, ben } = await windows('ann', 'ben')
  for (const window of [ann, ben]) {
    const account = visitor(window.name)
    await register(account)
    await window.openAs(account.cookie)
    await window.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  }
  const shown = "client.ts — openRoom(): ask for 'room history', and show what comes"
  await ann.types('New room', 'Piano')
  await ann.presses('Enter')
  await ann.finds('#members', /^ann$/, 'the page says who is in the room', shown)
  await ann.types('Message', 'four hands?')
  await ann.presses('Enter')
  await ann.reads(/^ann\W*four hands\?$/, earlier)
  await opens(ben, 'Piano 1 in it · join')
  await ben.reads(/^ann\W*four hands\?$/, shown)
  await ben.finds('#members', /^ann, ben$/, 'the page says who is in the room', shown)
  await ann.finds('#members', /^ann, ben$/, 'ben is in it, too', "client.ts — socket.on('room members')")
  await ann.types('Message', 'quietly')
  const isTyping = await eventually(async () => /ann is typing/.test((await ben.everShown()).join()))
  need(isTyping === true, {
    expected: 'ben sees that ann is typing in the room',
    saw: 'no such row',
    look: "client.ts — socket.emit('typing', rooms.current()); socket.on('typing'): view.addTypist(room, username)",
  })
  await opens(ben, 'General')
  await ben.types('Message', 'hello, all')
  await ben.presses('Enter')
  await ann.presses('Enter')
  const counted = "client.ts — socket.on('new message'): rooms.count() for a room that is not open"
  await offers(ben, 'Piano 1 new', counted)
  await opens(ben, 'Piano 1 new')
  await ben.reads(/^ann\W*quietly$/, shown)
  await offers(ben, 'Piano 2 in it', 'page/rooms.ts — change(): unread')
  await ben.reloads()
  await ben.reads(/^ben\W*hello, all$/, "client.ts — socket.on('login'): openRoom(rooms.current())")
  await opens(ben, 'Piano 2 in it')
  await ben.readsTimes(/^ann\W*four hands\?$/, 1, shown)
  await opens(ben, 'General')
  await opens(ben, 'Piano 2 in it')
  await ben.readsTimes(
    /^ann\W*quietly$/,
    1,
    'client.ts — openRoom(): view.clear() before the lines are shown',
  )
})

test('what is read in one tab is not new in another', async ({ windows, visitor, people, guestsWith }) => {
  const { ben } = await people('ben')
  const { ann, ann2 } = await windows('ann', 'ann2')
  const account = visitor('ann')
  await register(account)
  for (const window of [ann, ann2]) {
    await window.openAs(account.cookie)
    await window.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  }
  await ann.types('New room', 'Piano')
  await ann.presses('Enter')
  await offers(ann2, 'Piano 1 in it', earlier)
  const list = await eventually(() =>
    ben
      .heard('rooms')
      .flatMap(listOf)
      .find((one) => Object(one).name === 'Piano'),
  )
  await accepted(ben, 'join room', Object(list).id, earlier)
  await says(ben, Object(list).id, 'good evening')
  await ann.reads(/^ben\W*good evening$/, earlier)
  const wasNew = await eventually(async () =>
    (await ann2.everShown()).some((text) => /^Piano\s+1 new$/.test(text)),
  )
  need(wasNew === true, {
    expected: "ann's second tab says that something is new in Piano",
    saw: 'it never did',
    look: "client.ts — socket.on('new message'): rooms.count() for a room that is not open",
  })
  await offers(
    ann2,
    'Piano 2 in it',
    "client.ts — socket.on('new message'): rooms.read() when the room is open",
  )
  await ann.types('Message', 'welcome')
  await ann.presses('Enter')
  await ann.reads(/^ann\W*welcome$/, earlier)
  await says(ben, general, 'a word to all')
  await ann2.reads(/^ben\W*a word to all$/, earlier)
  ben.emit('typing', general)
  const rows =
    "client.ts — socket.on('typing'): view.addTypist(); socket.on('stop typing'): view.removeTypist()"
  await ann2.finds('#typing', /^ben is typing$/, 'below the lines it says that ben is typing', rows)
  ben.emit('stop typing')
  await ann2.finds('#typing', /^$/, 'when ben has stopped, it says so no longer', rows)
  await offers(
    ann2,
    'Piano 2 in it',
    "client.ts — socket.on('new message'): rooms.read() when the room is open; what one has said oneself is not new",
  )
  const { ann3 } = await guestsWith({ headers: { cookie: account.cookie } }, 'ann3')
  await isNew(ann3, general, 0, "client.ts — socket.on('new message'): rooms.read() when the room is open")
  await opens(ann2, 'ben', 'People')
  await says(ben, general, 'one word more')
  await offers(
    ann2,
    'General 1 new',
    "client.ts — socket.on('new message'): rooms.count(), also while one is talking to somebody",
  )
  const leave = ann.page.getByRole('button', { name: /^Leave/ })
  await leave.click()
  await leave.click()
  await offers(ann2, 'Piano 1 in it · join', earlier)
  await ann2.finds(
    '#place',
    /^Between you and ben/,
    'the second tab stays between ann and ben',
    'page/rooms.ts — change(): a room that is left is closed where it is open, and nowhere else',
  )
})

test('after a cut the page shows the room that was open, with what was said meanwhile', async ({
  windows,
  visitor,
  people,
}) => {
  const { ben } = await people('ben')
  const { ann } = await windows('ann')
  const account = visitor('ann')
  await register(account)
  await ann.openAs(account.cookie)
  await ann.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  const piano = await creates(ben, 'Piano')
  await opens(ann, 'Piano 1 in it · join')
  await says(ben, piano, 'before the cut')
  await ann.reads(/^ben\W*before the cut$/, earlier)
  await ann.finds('#state', /websocket/, 'the page is connected over websocket', 'client.ts — io()')
  await ann.goesOffline()
  await ann.finds('#state', /reconnecting/, 'the page says that it has no connection', earlier)
  await says(ben, piano, 'during the cut')
  await says(ben, general, 'elsewhere')
  await ann.isOnlineAgain()
  const again =
    "client.ts — socket.on('login'): openRoom(rooms.current()), and not openRoom(1): the room that was open"
  await ann.reads(/^ben\W*during the cut$/, again, reconnectMs)
  await ann.readsTimes(/^ben\W*before the cut$/, 1, again)
  await ann.finds('#members', /^ann, ben$/, 'the page says who is in the room', again)
  await offers(ann, 'General 1 new', again)
})

/** What somebody finds in a room: `1 ann hello`, and `ann, ben`. */
async function inside(guest: Guest, room: number): Promise<{ lines: string[]; members: string }> {
  const answer = await guest.ask('room history', [room], opening)
  const { ok, messages, members } = Object(answer)
  need(ok === true && Array.isArray(messages) && Array.isArray(members), {
    expected: '"room history" is acknowledged with { ok: true, messages: […], members: […] }',
    saw: show(answer),
    look: opening,
  })
  return {
    lines: messages.map((one: unknown) => {
      const said = Object(one)
      return `${said.room} ${said.username} ${said.message}`
    }),
    members: namesOf(members),
  }
}

/** Waits until so much is new for this guest in a room, as they were told last. */
async function isNew(guest: Guest, room: number, wanted: number, look: string) {
  const now = () =>
    guest
      .heard('rooms')
      .flatMap(listOf)
      .filter((one) => Object(one).id === room)
      .map((one) => Object(one).unread)
      .findLast((unread) => unread !== undefined)
  const right = await eventually(() => now() === wanted)
  need(right === true, {
    expected: `${guest.name} hears in "rooms" that room ${room} has ${wanted} unread`,
    saw: `${show(now())}`,
    look,
  })
}

/** Waits until this guest has heard who is in the room. */
async function hasMembers(guest: Guest, room: number, wanted: string, look: string) {
  const now = () => {
    const last = Object(guest.heard('room members').at(-1))
    return last.room === room ? namesOf(last.members) : ''
  }
  const right = await eventually(() => now() === wanted)
  need(right === true, {
    expected: `${guest.name} hears that the members of room ${room} are ${wanted}`,
    saw: now() || 'nothing',
    look,
  })
}

async function says(guest: Guest, room: number, message: string) {
  const answer = await guest.ask('new message', [{ room, message }], earlier)
  need(Object(answer).ok === true, {
    expected: `a message in room ${room} is acknowledged with { ok: true, id, at }`,
    saw: show(answer),
    look: 'chat.ts — what step 14 asks',
  })
}

async function creates(guest: Guest, name: string): Promise<number> {
  const answer = await guest.ask('create room', [name], earlier)
  need(Object(answer).ok === true, {
    expected: `${show(name)} is acknowledged with {"ok":true,"id":…}`,
    saw: show(answer),
    look: earlier,
  })
  return Number(Object(answer).id)
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

function buttonOf({ page }: PageGuest, name: string, list: string) {
  return page.getByRole('list', { name: list }).getByRole('button', { name, exact: true })
}

/** Waits until the page has a button for this place. */
async function offers(window: PageGuest, name: string, look: string, list = 'Rooms') {
  const found = await eventually(() => buttonOf(window, name, list).isVisible())
  need(found === true, {
    expected: `${window.name}'s page has a button “${name}”`,
    saw: (await window.page.getByRole('list', { name: list }).allInnerTexts()).join(' ') || 'none',
    look,
  })
}

async function opens(window: PageGuest, name: string, list = 'Rooms') {
  await offers(window, name, "client.ts — socket.on('rooms', rooms.change)", list)
  await buttonOf(window, name, list).click()
}

function namesOf(people: unknown): string {
  return listOf(people)
    .map((one) => String(Object(one).username))
    .join(', ')
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
