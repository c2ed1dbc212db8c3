import { register } from '#shared/check/account'
import { need } from '#shared/check/not-yet'
import { eventually } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { Guest } from '#shared/check/guest'
import type { PageGuest } from '#shared/check/page-guest'
import type { Visitor } from '#shared/check/visitor'

const graceMs = 3_000
const maxTabs = 20
const maxAtOnce = 100
const isYes = (answer: unknown) => show(answer) === '{"ok":true}'
type NewVisitor = (name: string) => Visitor

test('who floods is told to slow down, in all their tabs together, and nobody else is', async ({
  people,
  visitor,
  guestsWith,
}) => {
  const { ann } = await people('ann')
  const cookie = await cookieOf(visitor, 'ben')
  const { ben1, ben2 } = await guestsWith({ headers: { cookie } }, 'ben1', 'ben2')
  const floods = [ben1, ben2].map((tab) => tab.floods('new message', 'buy this!', 300))
  const answers = (await Promise.all(floods)).flat()
  const refused = answers.map(show).filter((answer) => /^\{"ok":false,"error":"./.test(answer)).length
  need(refused > 0, {
    expected: 'of 600 messages at once, some are refused: {"ok":false,"error":"…"}',
    saw: answers.every(isYes) ? 'all were accepted' : 'not one refusal in words',
    look: 'throttle.ts — socket.use(): next() only if spend() returns true, else refuse(…)',
  })
  const accepted = answers.filter(isYes).length
  need(accepted < 1.9 * maxAtOnce, {
    expected: `two tabs of ben share one allowance: of 600 messages about ${maxAtOnce} are accepted`,
    saw: `${accepted} were`,
    look: 'throttle.ts — spend(socket.data.person.id): by person, and not by connection',
  })
  const hers = await ann.floods('new message', 'is this a market?', 20)
  need(hers.every(isYes), {
    expected: 'ann may speak as before',
    saw: show(hers.find((answer) => !isYes(answer))),
    look: 'throttle.ts — allowances.get(id): one for each person, and not one for all',
  })
})

test('everybody hears who is here, and each person is named once', async ({
  people,
  visitor,
  guestsWith,
}) => {
  const own = "chat.ts — socket.emit('users', peopleOnline()), for each tab that connects"
  const others = "chat.ts — socket.broadcast.emit('users', peopleOnline()), at a person's first tab"
  const { ann } = await people('ann')
  await areHere(ann, ['ann'], own)
  const cookie = await cookieOf(visitor, 'ben')
  const { ben1 } = await guestsWith({ headers: { cookie } }, 'ben1')
  await areHere(ben1, ['ann', 'ben'], own)
  await areHere(ann, ['ann', 'ben'], others)
  const { ben2 } = await guestsWith({ headers: { cookie } }, 'ben2')
  await areHere(ben2, ['ann', 'ben'], own)
  for (const tab of [ben1, ben2]) {
    const [login] = await tab.next('login', `${tab.name} hears "login"`, "chat.ts — socket.emit('login', …)")
    need(Object(login).username === 'ben' && Object(login).numUsers === 2, {
      expected: `${tab.name} hears "login", and that two are here`,
      saw: show(login),
      look: 'chat.ts — numUsers: peopleOnline().length, below tabOpened(person)',
    })
  }
  const entry = { id: Object(ben2.heard('login')[0]).id, username: 'ben' }
  need(show(Object(ben2.heard('users')[0])[1]) === show(entry), {
    expected: `in the list ben is ${show(entry)}, as in "login"`,
    saw: show(ben2.heard('users')[0]),
    look: 'presence.ts — peopleOnline(): [...here.values()].map(({ person }) => person)',
  })
})

test('however many tabs and reloads, it is one person', async ({ people, visitor, guestsWith, output }) => {
  const { ann, dan } = await people('ann', 'dan')
  const cookie = await cookieOf(visitor, 'ben')
  await ann.next('user joined', 'ann hears dan', "chat.ts — socket.broadcast.emit('user joined', …)")
  const look =
    'presence.ts — the first tab joins, the last one leaves; those between change the number of tabs alone'
  const { ben1 } = await guestsWith({ headers: { cookie } }, 'ben1')
  await ann.hears('user joined', { username: 'ben', numUsers: 3 }, look)
  await eventually(() => namesIn(ann.heard('users').at(-1)) === 'ann, dan, ben')
  const listsSoFar = ann.heard('users').length
  const { ben2 } = await guestsWith({ headers: { cookie } }, 'ben2')
  ben1.leave()
  // He is still here: had the first tab's end counted, "user left" would stand before what he says.
  ben2.emit('new message', 'still here')
  await ann.hears('new message', { username: 'ben', message: 'still here' }, look)
  ann.hasNotHeard('user joined', 'a second tab is no second person', look)
  ann.hasNotHeard('user left', 'ben has another tab', look)
  need(ann.heard('users').length === listsSoFar, {
    expected: 'a second tab of ben changes nothing for ann: she hears no list again',
    saw: show(ann.heard('users').at(-1)),
    look: "chat.ts — socket.emit('users', peopleOnline()), to the tab that connects, and to that tab alone",
  })
  ben2.leave()
  const { again } = await guestsWith({ headers: { cookie } }, 'again') // the page, loaded again
  const patient = 'presence.ts — the last tab is gone: wait a few seconds for another one, and then say so'
  await again.hears('login', Object(ben2.heard('login')[0]), patient)
  again.emit('new message', 'back')
  await ann.hears('new message', { username: 'ben', message: 'back' }, look)
  for (const event of ['user left', 'user joined'])
    ann.hasNotHeard(event, 'loading the page again is no leaving, and no joining', patient)
  again.leave()
  dan.leave()
  await ann.hears('user left', { username: 'ben', numUsers: 2 }, patient, graceMs)
  // Dan leaves after Ben, so had Ben left twice, it would stand before that.
  await ann.hears('user left', { username: 'dan', numUsers: 1 }, patient, graceMs)
  const told = "chat.ts — io.emit('users', peopleOnline()), when somebody has left"
  await eventually(() => namesIn(ann.heard('users').at(-1)) === 'ann')
  const lastTwo = ann.heard('users').slice(-2).map(namesIn)
  need(show(lastTwo) === show(['ann, dan', 'ann']), {
    expected: 'when ben has left, ann hears users: ann, dan; and when dan has left: ann',
    saw: lastTwo.join('; then ') || 'she heard no list',
    look: told,
  })
  const lines = () => output().filter((line) => line.includes('dan')).length
  const isLogged = await eventually(() => output().length === 0 || lines() >= 2)
  need(isLogged === true, {
    expected: 'the server prints that dan joined, and that he left',
    saw: `${lines()} lines with his name`,
    look: 'chat.ts — console.log() prints in the terminal of the server',
  })
})

test('typing is seen by others, not in one’s own tabs, and ends with the tab', async ({
  people,
  visitor,
  guestsWith,
}) => {
  const { ann } = await people('ann')
  const cookie = await cookieOf(visitor, 'ben')
  const { ben1, ben2 } = await guestsWith({ headers: { cookie } }, 'ben1', 'ben2')
  const look = 'chat.ts — socket.broadcast.except(mine), and socket.join(mine) for each tab'
  ben1.emit('typing')
  await ann.hears('typing', { username: 'ben' }, look)
  ben1.emit('stop typing')
  await ann.hears('stop typing', { username: 'ben' }, look)
  ben1.emit('typing')
  await ann.hears('typing', { username: 'ben' }, look)
  ben1.leave()
  const vanished =
    "chat.ts — socket.on('disconnect'): a tab that was typing says so; its person is still here"
  await ann.hears('stop typing', { username: 'ben' }, vanished)
  ben2.emit('typing')
  await ann.hears('typing', { username: 'ben' }, look)
  ben2.emit('stop typing')
  await ann.hears('stop typing', { username: 'ben' }, look)
  ben2.leave() // He has stopped, so his going says nothing more.
  const { ben3 } = await guestsWith({ headers: { cookie } }, 'ben3')
  ann.emit('typing')
  ann.emit('stop typing')
  // Ann's come last, so his own would stand before them.
  for (const event of ['typing', 'stop typing']) await ben3.hears(event, { username: 'ann' }, look)
  for (const event of ['typing', 'stop typing'])
    need(show(ben2.heard(event)) === '[]', {
      expected: `${show(event)} does not reach the other tab of the one who types`,
      saw: `ben2 heard ${show(event)} ${show(ben2.heard(event)[0])}`,
      look,
    })
  ann.hasNotHeard('stop typing', 'a tab that was not typing does not stop typing', vanished)
})

test('the tab after the twentieth is turned away, and the others go on', async ({
  people,
  visitor,
  guestsWith,
  knock,
}) => {
  const { ann } = await people('ann')
  const headers = { cookie: await cookieOf(visitor, 'ben') }
  const tabs = await opensTabs(guestsWith, 'ben', headers.cookie)
  const look =
    'server.ts — io.use(): how many sockets are in the room of this person? From 20 on, next(new Error(…))'
  const answer = await knock('ben21', { headers })
  need(answer !== undefined, { expected: 'the 21st tab of ben is turned away', saw: 'it is let in', look })
  need(/^[A-Z].* .*\.$/.test(answer.message) && Object(answer.data).code !== 'unauthorized', {
    expected: 'the reason is a sentence, and not that ben has to log in',
    saw: show(answer),
    look,
  })
  const hers = await knock('ann2', { headers: { cookie: ann.cookie } })
  need(hers === undefined, {
    expected: 'ann may open a second tab',
    saw: show(hers),
    look: 'server.ts — rooms.get(`user:${person.id}`): count the tabs of this person alone',
  })
  ann.emit('new message', 'so many?')
  for (const tab of [tabs[0]!, tabs[19]!])
    await tab.hears('new message', { username: 'ann', message: 'so many?' }, look)
  tabs[0]!.leave()
  const again = await eventually(async () => (await knock('ben22', { headers })) === undefined)
  need(again === true, {
    expected: 'when ben has closed a tab, he may open another one',
    saw: 'he is turned away',
    look: 'server.ts — count the sockets that are in the room now; a socket leaves it by itself',
  })
})

test('the page of that tab says why', async ({ windows, visitor, guestsWith }) => {
  const { ben } = await windows('ben')
  const cookie = await cookieOf(visitor, 'ben')
  await opensTabs(guestsWith, 'ben', cookie)
  await ben.openAs(cookie)
  await ben.finds(
    '#state',
    /20 tabs/,
    'above the chat it says that 20 tabs are open',
    "client.ts — socket.on('connect_error'): when socket.active is false, view.note(error.message)",
  )
})

test('what Ann says in one tab stands on the right in her other tab', async ({
  windows,
  visitor,
  guestsWith,
}) => {
  const { again } = await windows('again')
  const cookie = await cookieOf(visitor, 'ann')
  await again.openAs(cookie)
  await again.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  const { ann } = await guestsWith({ headers: { cookie } }, 'ann')
  const { ben } = await guestsWith({ headers: { cookie: await cookieOf(visitor, 'ben') } }, 'ben')
  const look = "client.ts — socket.on('new message'): 'mine' when username === me.username, else 'theirs'"
  ann.emit('new message', 'from my other tab')
  await again.reads(/^ann\W*from my other tab$/, "chat.ts — socket.broadcast.emit('new message', …)")
  ben.emit('new message', 'from me')
  await again.reads(/^ben\W*from me$/, look)
  await onSides(again, 'live', look)
  await again.reloads()
  await again.reads(/^ben\W*from me$/, "client.ts — socket.on('history')")
  await onSides(again, 'after loading the page again', "client.ts — socket.on('history'): me.username")
})

test('two people see each other in the list', async ({ windows, visitor }) => {
  const { ann, ben } = await windows('ann', 'ben')
  const look = "client.ts — socket.on('users'): view.showPeople(users, me.id)"
  await ann.openAs(await cookieOf(visitor, 'ann'))
  await lists(ann, 'ann (you)', look)
  await ben.openAs(await cookieOf(visitor, '<i>ben</i>'))
  await lists(ann, 'ann (you), <i>ben</i>', look)
  await lists(ben, 'ann, <i>ben</i> (you)', look)
  await ann.types('Message', 'hello')
  await ann.presses('Enter')
  await ann.reads(/^ann\W*hello$/, 'client.ts — view.say(me.username, …), when it is acknowledged')
  await ben.reads(/^ann\W*hello$/, "client.ts — socket.on('new message')")
})

async function cookieOf(visitor: NewVisitor, displayName: string) {
  const account = visitor(displayName)
  await register(account)
  return account.cookie
}

async function opensTabs(
  guestsWith: (
    options: { headers: { cookie: string } },
    ...names: string[]
  ) => Promise<Record<string, Guest>>,
  name: string,
  cookie: string,
): Promise<Guest[]> {
  const names = Array.from({ length: maxTabs }, (_, index) => `${name}${index + 1}`)
  return Object.values(await guestsWith({ headers: { cookie } }, ...names))
}

/** Waits for the next list of those who are here. */
async function areHere(guest: Guest, names: string[], look: string) {
  const expected = `${guest.name} hears who is here: ${names.join(', ')}`
  const [users] = await guest.next('users', expected, look)
  need(namesIn(users) === names.join(', '), { expected, saw: `${guest.name} heard ${show(users)}`, look })
}

function namesIn(users: unknown): string {
  if (!Array.isArray(users)) return show(users)
  return users.map((user: unknown) => String(Object(user).username)).join(', ')
}

/** What stands in the list of people. */
async function lists({ name, page }: PageGuest, wanted: string, look: string) {
  const rows = page.getByRole('list', { name: 'People' }).getByRole('listitem')
  const seen = async () => (await rows.allInnerTexts()).map((text) => text.trim()).join(', ')
  const right = await eventually(async () => (await seen()) === wanted)
  need(right === true, {
    expected: `${name}'s page lists the people: ${wanted}`,
    saw: (await seen()) || 'nobody',
    look,
  })
}

/** Ann's line stands further to the right than Ben's. */
async function onSides(window: PageGuest, when: string, look: string) {
  const [[mine], [theirs]] = [
    await window.linesWith(/from my other tab$/),
    await window.linesWith(/from me$/),
  ]
  const [own, other] = [await mine?.boundingBox(), await theirs?.boundingBox()]
  need(Boolean(own && other && own.x + own.width > other.x + other.width && own.x > other.x), {
    expected: `ann's own message is on the right, and ben's on the left, ${when}`,
    saw: 'both are on the same side',
    look,
  })
}
