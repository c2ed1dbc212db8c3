import { register } from '#shared/check/account'
import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import type { PageGuest } from '#shared/check/page-guest'
import { eventually, reconnectMs } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { Visitor } from '#shared/check/visitor'

const general = 1
const creating =
  "rooms.ts — hear(socket, 'create room'): createRoom(), socketsJoin(), tell(room), return { id: room }"
const joining = "rooms.ts — hear(socket, 'join room'): joinRoom(), socketsJoin(), tell(room)"
const leaving = "rooms.ts — hear(socket, 'leave room'): leaveRoom(), socketsLeave(), tell(room)"
const speaking =
  "chat.ts — hear(socket, 'new message'): isMember(), keepMessage(), socket.to(…), and return id and at"

test('a room that is created stands in everybody’s list', async ({ people, guestsWith }) => {
  const { ann, ben } = await people('ann', 'ben')
  const { ann1 } = await guestsWith({ headers: { cookie: ann.cookie } }, 'ann1')
  const whole = "rooms.ts — socket.emit('rooms', all): the whole list, to a tab that connects"
  for (const guest of [ben, ann1]) {
    const [first] = await guest.next('rooms', `${guest.name} gets "rooms"`, whole)
    const wanted = [{ id: general, name: 'General', members: 2, isMember: true }]
    need(namesOf(first) === namesOf(wanted) && idsOf(first) === String(general), {
      expected: `the first "rooms" carries ${show(wanted)}`,
      saw: show(first),
      look: 'rooms.ts — roomsFor(id): General is room 1, and everybody is in it',
    })
  }
  await creates(ann, '  Piano  ', creating)
  const told = 'rooms.ts — tell(room): isMember is true for those in the room, and false for all others'
  for (const guest of [ann, ann1]) await lists(guest, 'Piano 1 in', told)
  await lists(ben, 'Piano 1', told)
  await creates(ben, 'Bike', creating)
  for (const guest of [ann, ann1]) await lists(guest, 'Bike 1, Piano 1 in', told)
  const { ann2 } = await guestsWith({ headers: { cookie: ann.cookie } }, 'ann2')
  await lists(ann2, 'Bike 1, Piano 1 in', whole)
})

test('a name is taken once, whatever its case, and can be seen', async ({ people }) => {
  const { ann, ben } = await people('ann', 'ben')
  const taken = 'rooms.ts — createRoom() gives undefined when the name is in use: throw a Refusal'
  await creates(ann, 'Piano', creating)
  // The last of them is written in letters of full width.
  for (const name of ['Piano', ' PIANO ', 'General', 'gENERAL', '\uff27\uff45\uff4e\uff45\uff52\uff41\uff4c'])
    await refused(ben, 'create room', name, taken)
  const limits = 'rooms.ts — hear() gets roomName: a text of 1 to 30 characters that can be seen'
  for (const name of ['', '   ', 'x'.repeat(31), 42, null, { name: 'x' }, ['x']])
    await refused(ben, 'create room', name, limits)
  for (const name of ['Gen\u200beral', '\u202elareneG', '\u3164', 'General\u{e0041}', 'Gen\neral', '\u0301'])
    await refused(ben, 'create room', name, limits)
  await creates(ben, 'x'.repeat(30), limits)
  await lists(ann, `Piano 1 in, ${'x'.repeat(30)} 1`, creating)
})

test('people join and leave, with all their tabs, and the last one takes the room along', async ({
  people,
  guestsWith,
}) => {
  const { ann, ben } = await people('ann', 'ben')
  const { ben1 } = await guestsWith({ headers: { cookie: ben.cookie } }, 'ben1')
  const id = await creates(ann, 'Piano', creating)
  for (const times of ['first', 'second']) {
    await accepted(ben, 'join room', id, `${joining} (this was the ${times} time)`)
    for (const guest of [ben, ben1])
      await lists(guest, 'Piano 2 in', 'rooms.ts — io.in(mine).socketsJoin(): all tabs of this person')
    await lists(ann, 'Piano 2 in', joining)
  }
  const exact = 'rooms.ts — joinRoom() and leaveRoom() give false when it cannot be: throw a Refusal'
  for (const room of [99, 0, -1, 1.5, '1', null, [id], { id }, 'Piano']) {
    await refused(ben, 'join room', room, exact)
    await refused(ben, 'leave room', room, exact)
  }
  await refused(ben, 'leave room', general, 'rooms.ts — nobody leaves General: leaveRoom() gives false')
  await accepted(ben, 'leave room', id, leaving)
  for (const guest of [ben, ben1])
    await lists(guest, 'Piano 1', 'rooms.ts — io.in(mine).socketsLeave(): all tabs of this person')
  await lists(ann, 'Piano 1 in', leaving)
  await refused(ben, 'leave room', id, exact)
  await accepted(ann, 'leave room', id, leaving)
  for (const guest of [ann, ben, ben1])
    await lists(guest, '', 'rooms.ts — tell(room) after leaving, too: with members 0, the room is gone')
  await refused(ben, 'join room', id, exact)
  const again = await creates(ben, 'Piano', creating)
  need(again > id, {
    expected: 'a new room has a new number',
    saw: `${again}, and the old one had ${id}`,
    look: 'database.ts — AUTOINCREMENT: a number that was given once is never given again',
  })
})

test('with fifty rooms, a change is told, and not the list', async ({ people, guestsWith }) => {
  const { ann, ben, cleo } = await people('ann', 'ben', 'cleo')
  const all: number[] = []
  for (const guest of [ann, ben, cleo]) {
    const names = Array.from({ length: 17 }, (_, index) => `${guest.name} ${index + 1}`)
    all.push(...(await Promise.all(names.map((name) => creates(guest, name, creating)))))
  }
  const look = 'rooms.ts — tell(room) sends a list of one entry: the room that has changed'
  await accepted(ben, 'join room', all[0], joining)
  const { ann2 } = await guestsWith({ headers: { cookie: ann.cookie } }, 'ann2')
  const [whole] = await ann2.next('rooms', 'a new tab gets "rooms"', look)
  const length = Array.isArray(whole) ? whole.length : 0
  need(length === all.length + 1, {
    expected: `a tab that connects gets the whole list, of ${all.length + 1} rooms`,
    saw: `${length} rooms`,
    look: "rooms.ts — socket.emit('rooms', all)",
  })
  await accepted(ann, 'join room', all[20], joining)
  // Had ann2's list gone to all, it would stand before this.
  await eventually(() => idsOf(cleo.heard('rooms').at(-1)) === String(all[20]))
  const [last] = cleo.heard('rooms').slice(-2)
  need(Array.isArray(last) && last.length === 1 && idsOf(last) === String(all[0]), {
    expected: 'cleo hears of the room that ben has joined, and of no other',
    saw: show(last),
    look,
  })
  const times = ben.heard('rooms').filter((one) => Array.isArray(one) && idsOf(one) === String(all[0])).length
  need(times === 2, {
    expected: 'ben hears twice of this room: when ann makes it, and when he joins it',
    saw: `${times} times`,
    look: 'rooms.ts — io.to(…) for those in the room, io.except(…) for all others: nobody is in both',
  })
})

test('everything that is said has a room, and the first one is General', async ({ people, guestsWith }) => {
  const { ann, ben } = await people('ann', 'ben')
  const { ann2 } = await guestsWith({ headers: { cookie: ann.cookie } }, 'ann2')
  const startedAt = Date.now()
  const first = await says(ann, general, 'hello', { username: 'ben', id: 99, at: 0 })
  const second = await says(ann, general, 'x'.repeat(2_000))
  need(Number(first.id) < Number(second.id) && isNear(Number(first.at), startedAt), {
    expected: 'id rises with each message, and at is when it was said, in ms since 1970',
    saw: `${show(first)}, ${show(second)}`,
    look: 'chat.ts — return { id: kept.id, at: kept.at }',
  })
  for (const guest of [ben, ann2]) {
    await guest.hears(
      'new message',
      { id: first.id, room: general, username: 'ann', message: 'hello', at: first.at },
      "chat.ts — socket.to(`room:${room}`).emit('new message', kept); rooms.ts — a tab that connects joins its person's rooms",
    )
    await guest.next('new message', `${guest.name} hears the second one`, speaking)
  }
  const exact = 'chat.ts — hear() gets roomMessage: { room, message }'
  for (const wrong of ['hello', undefined, null, 42, [], {}, { room: general }, { message: 'hello' }])
    await refused(ann, 'new message', wrong, exact)
  for (const message of ['', '   ', 42, 'x'.repeat(2_001)])
    await refused(ann, 'new message', { room: general, message }, exact)
  await says(ben, general, 'welcome')
  // What ben says comes last, so her own and what was refused would stand before it.
  const [heard] = await ann.next('new message', 'ann hears ben', speaking)
  need(Object(heard).message === 'welcome', {
    expected: 'ann does not hear herself in the tab in which she spoke',
    saw: `she heard ${show(heard)}`,
    look: 'chat.ts — socket.to() skips the sender, io.to() does not',
  })
  ben.hasNotHeard('new message', 'what is refused, nobody hears', exact)
  ben.hasNotHeard('user joined', 'a second tab is no second person', 'chat.ts — what step 11 asks')
})

test('who floods a room is told to slow down, and nobody else is', async ({ people }) => {
  const { ann, ben } = await people('ann', 'ben')
  const look = 'server.ts — throttle(socket), as in step 13'
  const answers = await ben.floods('new message', { room: general, message: 'buy this!' }, 200)
  const taken = answers.filter((answer) => Object(answer).ok === true).length
  need(taken >= 90 && taken < 190, {
    expected: 'about 100 of 200 messages sent at once are accepted',
    saw: `${taken} of them`,
    look,
  })
  await says(ann, general, 'is this a market?')
  await eventually(() => ann.heard('new message').length >= taken)
  need(ann.heard('new message').length === taken, {
    expected: `ann hears the ${taken} that were accepted, and no more`,
    saw: `${ann.heard('new message').length}`,
    look,
  })
})

test('a message reaches the members, in all their tabs, and nobody else', async ({ people, guestsWith }) => {
  const { ann, ben, cleo } = await people('ann', 'ben', 'cleo')
  const { ben1 } = await guestsWith({ headers: { cookie: ben.cookie } }, 'ben1')
  const id = await creates(ann, 'Piano', creating)
  const other = await creates(ann, 'Bike', creating)
  await accepted(cleo, 'join room', other, joining)
  await says(ann, id, 'before ben')
  await accepted(ben, 'join room', id, joining)
  const { ben2 } = await guestsWith({ headers: { cookie: ben.cookie } }, 'ben2')
  await says(ann, id, 'with ben')
  const look =
    'chat.ts — socket.to(`room:${room}`), and not socket.broadcast; rooms.ts — io.in(mine).socketsJoin(`room:${room}`)'
  const tabs = 'rooms.ts — void socket.join(…): a tab that connects joins the rooms of its person'
  for (const [guest, where] of [
    [ben, look],
    [ben1, look],
    [ben2, tabs],
  ] as const) {
    const [said] = await guest.next('new message', `${guest.name} hears what ann says in the room`, where)
    const { room, username, message } = Object(said)
    need(room === id && username === 'ann' && message === 'with ben', {
      expected: `${guest.name} hears { room: ${id}, username: "ann", message: "with ben" }, and nothing from before`,
      saw: show(said),
      look,
    })
  }
  await accepted(ben, 'leave room', id, leaving)
  await says(ann, id, 'after ben')
  const directly = 'direct-messages.ts — what step 13 asks'
  await ann.ask('direct message', [{ to: personOf(ann, 'ben'), message: 'psst' }], directly)
  for (const guest of [ben, ben1, ben2])
    await guest.next('direct message', `${guest.name} hears ann`, directly)
  await says(ann, general, 'hello, all')
  // What all hear comes last, so anything from the room would stand before it.
  for (const guest of [ben, ben1, ben2, cleo]) {
    const [said] = await guest.next('new message', `${guest.name} hears General`, speaking)
    need(Object(said).message === 'hello, all', {
      expected:
        guest === cleo
          ? 'cleo, who is not in the room, hears nothing of it'
          : `${guest.name} has left, and hears nothing of it`,
      saw: show(said),
      look:
        guest === cleo
          ? 'chat.ts — socket.to(`room:${room}`), and not socket.broadcast'
          : 'rooms.ts — io.in(mine).socketsLeave(): all tabs of this person',
    })
  }
  cleo.hasNotHeard('direct message', 'cleo hears nothing of what is between ann and ben', directly)
})

test('who is not in a room cannot speak there, and what is refused is kept nowhere', async ({
  people,
  kept,
}) => {
  const { ann, eve } = await people('ann', 'eve')
  const id = await creates(ann, 'Piano', creating)
  const look = 'chat.ts — isMember(room, person.id), asked at each message'
  const secret = 'eve was never here'
  for (const room of [id, 99]) await refused(eve, 'new message', { room, message: secret }, look)
  const exact = 'chat.ts — hear() gets roomMessage: a room is meant by its number'
  for (const room of [0, -1, 1.5, '1', null, undefined, [id], { id }, 'Piano'])
    await refused(ann, 'new message', { room, message: secret }, exact)
  await accepted(eve, 'join room', id, joining)
  await says(eve, id, 'now I am')
  await accepted(eve, 'leave room', id, leaving)
  await refused(eve, 'new message', { room: id, message: secret }, look)
  const [said] = await ann.next('new message', 'ann hears eve', speaking)
  need(Object(said).message === 'now I am', { expected: 'ann hears eve as a member', saw: show(said), look })
  ann.hasNotHeard('new message', 'who has left is not heard', look)
  const files = await kept()
  need(files.includes('now I am'), {
    expected: 'what was acknowledged is in a file',
    saw: 'it is in none',
    look: 'chat.ts — first keepMessage(), then tell the others',
  })
  need(!files.includes(secret), {
    expected: 'what was refused is in no file',
    saw: 'it is in one',
    look,
  })
})

test('who comes later reads the last 50 of General, and nothing from other rooms', async ({
  people,
  guestsWith,
}) => {
  const { ann, ben } = await people('ann', 'ben')
  const id = await creates(ann, 'Piano', creating)
  const all = Array.from({ length: 52 }, (_, index) => `note ${index + 1}`)
  for (const message of all) ann.emit('new message', { room: general, message })
  await says(ann, id, 'between members')
  await says(ben, general, "Ben's; DROP TABLE rooms; --")
  const { ann2 } = await guestsWith({ headers: { cookie: ann.cookie } }, 'ann2')
  const [history] = await ann2.next(
    'history',
    'a tab that connects gets "history"',
    'chat.ts — historyOf(general)',
  )
  const lines = Array.isArray(history)
    ? history.map((one) => `${Object(one).room} ${Object(one).message}`)
    : []
  const wanted = [...all.slice(-49), "Ben's; DROP TABLE rooms; --"].map((message) => `${general} ${message}`)
  need(lines.join('\n') === wanted.join('\n'), {
    expected: `50 messages of room ${general}, from ${show(wanted[0])} to ${show(wanted.at(-1))}`,
    saw: lines.length === 0 ? 'none' : `${lines.length}, from ${show(lines[0])} to ${show(lines.at(-1))}`,
    look: 'chat.ts — const history = historyOf(general)',
  })
})

test('rooms, members and messages outlive the server', async ({ people, guestsWith, restart, kept }) => {
  const { ann, ben } = await people('ann', 'ben')
  const id = await creates(ann, 'Piano', creating)
  await accepted(ben, 'join room', id, joining)
  const acknowledged: string[] = []
  for (let count = 101; count <= 140; count++) {
    const message = `message ${count}.`
    ann.socket.emit('new message', { room: id, message }, () => acknowledged.push(message))
  }
  const some = await eventually(() => acknowledged.length >= 10 && ben.heard('new message').length >= 10)
  need(some === true, { expected: 'messages are acknowledged, and heard', saw: 'nothing', look: speaking })
  await restart()
  const files = await kept()
  const heard = ben.heard('new message').map((said) => String(Object(said).message))
  const forgotten = [...acknowledged, ...heard].filter((message) => !files.includes(message))
  need(forgotten.length === 0, {
    expected: 'what was acknowledged, or heard, is kept, also when the server dies at that moment',
    saw: `${forgotten.length} of ${acknowledged.length + heard.length} messages are in no file`,
    look: 'chat.ts — first keepMessage(), then socket.to(…).emit()',
  })
  const tabs = {
    ...(await guestsWith({ headers: { cookie: ann.cookie } }, 'ann')),
    ...(await guestsWith({ headers: { cookie: ben.cookie } }, 'ben')),
  }
  await lists(tabs.ann, 'Piano 2 in', 'room-table.ts — room_members: who is in it stands in the database')
  await says(tabs.ben, id, 'encore')
  const [said] = await tabs.ann.next(
    'new message',
    'ann hears the room after the restart, and has joined nothing',
    'rooms.ts — void socket.join(…): a tab that connects joins the rooms of its person',
  )
  need(Object(said).message === 'encore', { expected: 'ann hears ben', saw: show(said), look: speaking })
})

test('no event needs an acknowledgement', async ({ people }) => {
  const { ann, ben } = await people('ann', 'ben')
  const look = 'rooms.ts — hear(socket, …) and not socket.on(…): it looks whether there is an acknowledgement'
  ann.emit('create room', 'Piano')
  await lists(ben, 'Piano 1', look)
  const id = numberOf(ben, 'Piano')
  ben.emit('join room', id)
  await lists(ann, 'Piano 2 in', look)
  ann.emit('new message', { room: id, message: 'four hands?' })
  await ben.next('new message', 'ben hears ann', speaking)
  ben.emit('leave room', id)
  await lists(ann, 'Piano 1 in', look)
  const wrong: [string, unknown][] = [
    ['create room', 'piano'],
    ['join room', 99],
    ['leave room', general],
    ['new message', { room: id, message: 'I have left' }],
  ]
  for (const [event, value] of wrong) {
    ben.emit(event, value)
    ben.emit(event)
    const [refusal] = await ben.next('refused', `ben is told that ${show(event)} is refused`, look)
    need(typeof Object(refusal).error === 'string', { expected: '{ error }', saw: show(refusal), look })
    await ben.next('refused', `ben is told that ${show(event)} without anything is refused`, look)
  }
})

test('three pages: two in a room, and one outside', async ({ windows, visitor }) => {
  const { ann, ben, cleo } = await windows('ann', 'ben', 'cleo')
  for (const window of [ann, ben, cleo]) await comesIn(window, visitor(window.name))
  const set =
    "client.ts — socket.on('rooms', rooms.change); rooms.setUp(socket, …): nobody to talk to, rooms.show(room)"
  await ann.types('Message', 'a draft for General')
  await opens(ann, /^ben$/, 'People')
  await ann.types('New room', '<i>Piano</i>')
  await ann.presses('Enter')
  await ann.finds('#place', /^<i>Piano<\/i>/, 'the page says where one is', set)
  await ann.holds('Message', '', 'view.ts — openPlace(): what is not sent stays in its place')
  await opens(ben, '<i>Piano</i> 1 in it · join')
  await ben.finds('#place', /^<i>Piano<\/i>/, 'ben is in it, too', set)
  await ann.types('Message', 'four hands?')
  await ann.presses('Enter')
  const sending = 'client.ts — the form sends { room: rooms.current(), message }'
  const line = await ann.reads(
    /^ann\W*four hands\?$/,
    'client.ts — the form sends to rooms.current(), and what is accepted is shown: view.sayInRoom()',
  )
  const at = (await line.getAttribute('title')) ?? ''
  need(/\d/.test(at), {
    expected: 'the line says when it was said',
    saw: at,
    look: 'client.ts — at: Date.now()',
  })
  await ben.reads(/^ann\W*four hands\?$/, "client.ts — socket.on('new message'): view.sayInRoom(said)")
  await ben.types('Message', 'with pleasure')
  await ben.presses('Enter')
  await ann.reads(/^ben\W*with pleasure$/, sending)
  await opens(ann, 'General')
  await ann.holds(
    'Message',
    'a draft for General',
    'view.ts — openPlace(): what is not sent stays in its place',
  )
  await ann.presses('Enter')
  await cleo.reads(/^ann\W*a draft for General$/, sending)
  const seen = (await cleo.everShown()).join(' ')
  need(!/four hands|with pleasure/.test(seen), {
    expected: 'cleo sees nothing of what was said in the room',
    saw: seen,
    look: sending,
  })
  need(!/ben is typing/.test(seen), {
    expected: 'cleo, who is in General, does not see that ben is typing in the room',
    saw: seen,
    look: "client.ts — view.input.addEventListener('input', …): in which room does one type?",
  })
  await ann.reads(/^ann\W*a draft for General$/, sending)
  for (const window of [ann, ben]) {
    const mixed = await window.page.getByText('a draft for General').isVisible()
    need(mixed === (window === ann), {
      expected: 'each room has lines of its own',
      saw: `${window.name}'s page shows General's in ${window === ann ? 'no room' : 'Piano'}`,
      look: "client.ts — socket.on('new message'): view.sayInRoom(said)",
    })
  }
})

test('a room that was left in one tab is not open in another', async ({ windows, visitor }) => {
  const { ann, ann2 } = await windows('ann', 'ann2')
  const account = visitor('ann')
  await comesIn(ann, account)
  await ann2.openAs(account.cookie)
  await ann2.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  const look = "client.ts — socket.on('rooms', rooms.change)"
  await ann.types('New room', 'Piano')
  await ann.presses('Enter')
  await ann.finds('#place', /^Piano/, 'the page says where one is', look)
  await opens(ann2, 'Piano 1 in it')
  await ann2.finds('#place', /^Piano/, 'the second tab shows the room, too', look)
  await ann2.types('Message', 'hello, me')
  await ann2.presses('Enter')
  await ann.reads(/^ann\W*hello, me$/, "client.ts — socket.on('new message'): view.sayInRoom(said)")
  const leave = ann.page.getByRole('button', { name: /^Leave/ })
  await leave.click()
  await ann.finds(
    '#leave',
    /delete all that was said/,
    'the page asks once more',
    'client.ts — rooms.setUp(socket, …)',
  )
  await leave.click()
  for (const window of [ann, ann2])
    await window.finds('#place', /^General/, `${window.name}'s page is back in General`, look)
})

test('what is typed in one place never goes to another, nor does what comes back', async ({
  windows,
  visitor,
  people,
}) => {
  const { ann } = await windows('ann')
  await comesIn(ann, visitor('ann'))
  const { ben, cleo } = await people('ben', 'cleo')
  const typing = "client.ts — view.input.addEventListener('input', …)"
  const drafts = 'view.ts — openPlace(): what is not sent stays in its place'
  await ann.stopsTheClock()
  await ben.ask('direct message', [{ to: personOf(ben, 'ann'), message: 'psst' }], 'direct-messages.ts')
  await ann.finds('#people', /ben ?1 new/, 'a badge at ben', "client.ts — socket.on('conversations', …)")
  await ann.types('New room', 'Piano')
  await ann.presses('Enter')
  await ann.finds('#place', /^Piano/, 'the page says where one is', 'client.ts — rooms.setUp(socket, …)')
  await opens(ann, 'General')
  await ann.types('Message', 'h')
  await cleo.next('typing', 'cleo hears that ann is typing in General', typing)
  await opens(ann, /^ben/, 'People')
  await cleo.next('stop typing', 'ann has stopped typing in General', 'client.ts — talkTo(): stopTyping()')
  await ann.reads(/^ben\W*psst$/, 'client.ts — talkTo(): what was said between the two')
  await ann.holds('Message', '', drafts)
  await ann.types('Message', 'a surprise for cleo')
  await opens(ann, 'General')
  await ann.types('Message', 'i')
  await cleo.next('typing', 'cleo hears that ann is typing in General', typing)
  await opens(ann, 'Piano 1 in it')
  await cleo.next(
    'stop typing',
    'ann has stopped typing in General',
    'client.ts — rooms.setUp(socket, …): stopTyping()',
  )
  await ann.holds('Message', '', drafts)
  await ann.types('Message', 'four hands?')

  // It gets lost on the way. While the page waits for the answer, ann goes to another room, and then the connection breaks.
  await ann.page.evaluate(() => window.webSockets.forEach((socket) => void (socket.send = () => {})))
  await ann.presses('Enter')
  await ann.holds('Message', '', "client.ts — view.form.addEventListener('submit', …)")
  await opens(ann, 'General')
  await ann.holds('Message', 'hi', drafts)
  await ann.finds('#state', /websocket/, 'the page is connected over websocket', 'client.ts — io()')
  await ann.goesOffline()
  await ann.finds('#state', /reconnecting/, 'the page knows of it', "client.ts — socket.on('disconnect')")
  const back =
    'client.ts — view.giveBack(message, answer.error, view.placeOf(to, said.room)): the room of then'
  await ann.holds('Message', 'hi', back)
  await opens(ann, 'Piano 1 in it')
  await ann.holds('Message', 'four hands?', back)
  await opens(ann, 'General')
  await ann.types('Message', ', all')
  await ann.isOnlineAgain()
  await ann.finds('#state', /connected over/, 'ann is back', 'client.ts — io()', reconnectMs)
  await ann.holds('Message', 'hi, all', drafts)
  await ann.presses('Enter')
  const [said] = await cleo.next('new message', 'cleo hears ann', speaking)
  const { room, message } = Object(said)
  need(room === general && message === 'hi, all', {
    expected: `cleo hears what ann has typed in General`,
    saw: show(said),
    look: drafts,
  })
  cleo.hasNotHeard(
    'typing',
    'nobody hears of keys that ann pressed elsewhere, or without a connection',
    'client.ts — on input: if (!socket.connected || talkingTo || …) return',
  )
  await opens(ann, /^ben/, 'People')
  await ann.holds('Message', 'a surprise for cleo', drafts)
  need(ben.heard('direct message').length === 1, {
    expected: 'ben hears nothing of it before ann presses Enter',
    saw: show(ben.heard('direct message')),
    look: drafts,
  })
})

interface Said {
  id: unknown
  at: unknown
}

/** Says something in a room, and waits until it is accepted. */
async function says(guest: Guest, room: number, message: string, more: object = {}): Promise<Said> {
  const answer = await guest.ask('new message', [{ room, message, ...more }], speaking)
  const { ok, id, at } = Object(answer)
  need(ok === true && Number.isInteger(id) && Number.isInteger(at), {
    expected: `a message in room ${room} is acknowledged with { ok: true, id, at }`,
    saw: show(answer),
    look: speaking,
  })
  return { id, at }
}

async function creates(guest: Guest, name: string, look: string): Promise<number> {
  const answer = await guest.ask('create room', [name], look)
  const { ok, id } = Object(answer)
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

/** What this guest knows by now of the rooms beside General: the first list, and all changes since. */
function known(guest: Guest): Map<number, { name: string; members: number; isMember: boolean }> {
  const rooms = new Map<number, { name: string; members: number; isMember: boolean }>()
  for (const one of guest.heard('rooms').flatMap((changed) => (Array.isArray(changed) ? changed : []))) {
    const { id, name, members, isMember } = Object(one)
    if (members > 0 && id !== general) rooms.set(id, { name, members, isMember })
    else rooms.delete(id)
  }
  return rooms
}

/** The number by which this guest knows somebody who is here. */
function personOf(guest: Guest, name: string): number {
  const all = guest.heard('users').at(-1)
  return Object(Array.isArray(all) ? all.find((one) => Object(one).username === name) : undefined).id
}

function numberOf(guest: Guest, name: string): number {
  return [...known(guest)].find(([, room]) => room.name === name)?.[0] ?? 0
}

/** Waits until this guest knows these rooms: `Bike 1, Piano 2 in`. */
async function lists(guest: Guest, wanted: string, look: string) {
  const now = () =>
    [...known(guest).values()]
      .map(({ name, members, isMember }) => `${name} ${members}${isMember ? ' in' : ''}`)
      .toSorted()
      .join(', ')
  const right = await eventually(() => now() === wanted)
  need(right === true, {
    expected: `${guest.name} knows the rooms “${wanted}” beside General`,
    saw: `“${now()}”`,
    look,
  })
}

function namesOf(rooms: unknown): string {
  if (!Array.isArray(rooms)) return ''
  return rooms.map((one) => `${Object(one).name} ${Object(one).isMember}`).join()
}

function idsOf(rooms: unknown): string {
  return Array.isArray(rooms) ? rooms.map((one) => Object(one).id).join() : ''
}

function isNear(at: number, startedAt: number): boolean {
  return at >= startedAt - 60_000 && at <= Date.now() + 60_000
}

async function comesIn(window: PageGuest, account: Visitor) {
  await register(account)
  await window.openAs(account.cookie)
  await window.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
}

async function opens({ name, page }: PageGuest, place: string | RegExp, where = 'Rooms') {
  const list = page.getByRole('list', { name: where })
  const button = list.getByRole('button', { name: place, exact: true })
  const found = await eventually(() => button.isVisible())
  need(found === true, {
    expected: `${name}'s page has a button “${String(place)}”`,
    saw: (await list.allInnerTexts()).join(' ') || 'none',
    look: "client.ts — socket.on('rooms', rooms.change)",
  })
  await button.click()
}
