import { register } from '#shared/check/account'
import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import type { PageGuest } from '#shared/check/page-guest'
import { eventually, reconnectMs } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { Visitor } from '#shared/check/visitor'

const general = 1
const syncing = "catch-up.ts — hear(socket, 'sync', seen, …): messagesSince(…) and directsSince(…)"
const bounding = 'catch-up.ts — maxAtOnce: 200 together, and more says whether that was all'
const older =
  "catch-up.ts — hear(socket, 'older', older, …): historyOf(room, before), between(id, to, before)"
const leaving = "client.ts — socket.on('disconnect')"
const catching = "client.ts — socket.on('login'): catchUp(seen); catchUp(): view.sayInRoom, view.sayDirect"

test('what was said since a number comes in order, and only what comes after it', async ({ people }) => {
  const { ann, ben } = await people('ann', 'ben')
  const arrival = "chat.ts — socket.emit('login', { …, newest }): newestMessage(), newestDirect()"
  const [login] = await ben.next('login', 'ben hears "login"', arrival)
  need(show(Object(login).newest) === '{"messages":0,"directs":0}', {
    expected: '"login" carries newest: { messages: 0, directs: 0 }, as nothing was said yet',
    saw: show(login),
    look: arrival,
  })
  for (const message of ['one', 'two', 'three']) await says(ann, general, message)
  for (const one of [ann, ben]) {
    need(one.heard('login').length === 1, {
      expected: `${one.name} hears "login" once, and nobody hears that of others: it says who one is`,
      saw: `${one.heard('login').length} times`,
      look: "chat.ts — socket.emit('login', …), to this tab alone",
    })
  }
  const them = personOf(ann, 'ben')
  for (const message of ['psst', 'hush']) await whispers(ann, them, message)
  await hasSync(ben, [0, 0], ['one', 'two', 'three'], ['psst', 'hush'], syncing)
  await hasSync(ben, [2, 1], ['three'], ['hush'], syncing)
  await hasSync(ann, [2, 2], ['three'], [], 'catch-up.ts — one’s own messages belong to it, too')
  const { messages } = Object(await ben.ask('sync', [{ messages: 2, directs: 2 }], syncing))
  const { id, room, username, message, at } = Object(Array.isArray(messages) ? messages[0] : undefined)
  need(id === 3 && room === general && username === 'ann' && message === 'three' && typeof at === 'number', {
    expected: 'a message in it is { id: 3, room: 1, username: "ann", message: "three", at }',
    saw: show(messages),
    look: syncing,
  })
  const nothing = await ben.ask('sync', [{ messages: 99, directs: 99 }], syncing)
  need(show(nothing) === '{"ok":true,"messages":[],"directs":[],"more":false}', {
    expected: 'nothing new is { ok: true, messages: [], directs: [], more: false }',
    saw: show(nothing),
    look: syncing,
  })
})

test('an answer holds 200 at most, and says whether there is more', async ({ people }) => {
  const talkers = await people('ann', 'ben', 'cleo')
  const { dan } = await people('dan')
  await manyWords(Object.values(talkers), 70)
  const them = personOf(talkers.ann, 'dan')
  for (const message of ['psst', 'hush']) await whispers(talkers.ann, them, message)
  const first = await synced(dan, [0, 0], bounding)
  need(first.messages.length === 200 && first.directs.length === 0 && first.more === true, {
    expected: 'of 210 messages and 2 direct ones since { messages: 0, directs: 0 }: 200, and more: true',
    saw: `${first.messages.length} and ${first.directs.length}, more: ${first.more}`,
    look: bounding,
  })
  const last = Number(first.messages.at(-1)?.id)
  const second = await synced(dan, [last, 0], bounding)
  need(second.messages.length === 10 && second.directs.length === 2 && second.more === false, {
    expected: 'since the last of them: the other 10, the 2 direct ones, and more: false',
    saw: `${second.messages.length} and ${second.directs.length}, more: ${second.more}`,
    look: bounding,
  })
  const ids = [...first.messages, ...second.messages].map(({ id }) => Number(id))
  need(new Set(ids).size === 210 && show(ids) === show(ids.toSorted((a, b) => a - b)), {
    expected: 'each of the 210 once, in the order of their numbers',
    saw: `${new Set(ids).size} different ones`,
    look: 'room-table.ts — messagesSince(): ORDER BY id',
  })
})

test('only what this person may read, as of now', async ({ people }) => {
  const { ann, ben, eve } = await people('ann', 'ben', 'eve')
  const look = 'room-table.ts — messagesSince(): JOIN room_members, of this account'
  const piano = await creates(ann, 'Piano')
  await accepted(ben, 'join room', piano)
  await says(ann, piano, 'between members')
  await whispers(ann, personOf(ann, 'ben'), 'between two')
  await says(ann, general, 'to all')
  await hasSync(eve, [0, 0], ['to all'], [], look)
  await hasSync(ben, [0, 0], ['between members', 'to all'], ['between two'], syncing)
  await accepted(ben, 'leave room', piano)
  await hasSync(ben, [0, 0], ['to all'], ['between two'], `${look}: membership is asked each time`)
  await accepted(ben, 'join room', piano)
  await hasSync(ben, [0, 0], ['between members', 'to all'], ['between two'], look)
})

test('what was seen is two numbers', async ({ people }) => {
  const { ann } = await people('ann')
  for (const seen of [undefined, null, 7, 'all', [0, 0], {}, { messages: 1 }, { messages: -1, directs: 0 }]) {
    const answer = await ann.ask('sync', [seen], syncing)
    need(/^\{"ok":false,"error":"[^"]+"\}$/.test(show(answer)), {
      expected: `"sync" ${show(seen)} is refused, with {"ok":false,"error":"…"}`,
      saw: show(answer),
      look: "catch-up.ts — hear(socket, 'sync', seen, …) gets seen, of asked.ts",
    })
  }
  await hasSync(ann, [0, 0], [], [], syncing)
})

test('a page that was away shows all of it, in every place, once and in order', async ({
  windows,
  visitor,
  people,
}) => {
  const { ben, cleo, dan } = await people('ben', 'cleo', 'dan')
  const { ann } = await windows('ann')
  await comesIn(ann, visitor('ann'))
  await says(ben, general, 'before')
  const number = personOf(ben, 'ann') // while she is in the list
  await ann.reads(/^ben\W*before$/, 'client.ts — what step 16 asks')
  await ann.finds('#state', /websocket/, 'the page is connected over websocket', 'client.ts — io()')
  await ann.goesOffline()
  await ann.finds('#state', /reconnecting/, 'the page knows of it', leaving, reconnectMs)
  const words = await manyWords([ben, cleo, dan], 90)
  await whispers(ben, number, 'where are you?')
  await ann.isOnlineAgain()
  await says(cleo, general, 'meanwhile')
  await ann.finds('#state', /connected over/, 'ann is back', 'client.ts — io()', reconnectMs)
  const shown = async () => (await texts(ann)).join('\n')
  const wanted = ['before', ...words, 'meanwhile']
  const isRight = await eventually(async () => (await shown()) === wanted.join('\n')) // long before it asks by itself
  const seen = await texts(ann)
  need(isRight === true, {
    expected: `the page shows ${wanted.length} messages, from “before” to “meanwhile”, in the order of their numbers`,
    saw: `${seen.length}, ${firstDifference(seen, wanted)}`,
    look: `${catching}; later(answer.more ? 0 : syncEveryMs, …)`,
  })
  await says(ben, general, 'after')
  await ann.readsTimes(/^ben\W*after$/, 1, catching)
})

test('a page that was away twice misses nothing of either time', async ({ windows, visitor, people }) => {
  const { ben } = await people('ben')
  const { ann } = await windows('ann')
  await comesIn(ann, visitor('ann'))
  const piano = await joinsPiano(ann, ben)
  const wanted: string[] = []
  for (const time of ['first', 'second']) {
    await isAway(ann)
    for (let index = 0; index < 30; index++) {
      await says(ben, piano, `${time} ${index}`)
      wanted.push(`${time} ${index}`)
    }
    await ann.isOnlineAgain()
    await ann.finds('#state', /connected over/, 'ann is back', 'client.ts — io()', reconnectMs)
    await says(ben, general, `${time} is over`)
    await ann.reads(new RegExp(`^ben\\W*${time} is over$`), catching, reconnectMs)
  }
  // She has not opened it since: nothing but sync has told her page of these.
  await hasElsewhere(ann, wanted, `${catching}: what comes in other places, too`)
})

test('what comes live while the page catches up is not the end of what is missing', async ({
  windows,
  visitor,
  people,
}) => {
  const { ben } = await people('ben')
  const { ann } = await windows('ann')
  await comesIn(ann, visitor('ann'))
  const piano = await joinsPiano(ann, ben)
  const number = personOf(ben, 'ann')
  const tells = async (message: string, direct: string) => {
    await says(ben, piano, message)
    await whispers(ben, number, direct)
  }
  await tells('live', 'and in private')
  await hasElsewhere(ann, ['live', 'and in private'], 'client.ts — what step 16 asks')
  await isAway(ann)
  await tells('missed', 'missed in private')
  await ann.losesAcknowledgements()
  await asksWhenBack(ann, 1, 0)
  await tells('live again', 'in private again')
  await hasElsewhere(
    ann,
    ['live', 'live again', 'and in private', 'in private again'],
    'client.ts — what step 16 asks',
  )
  await isAway(ann)
  await ann.getsEverything()
  await asksWhenBack(ann, 1, 0)
  await hasElsewhere(
    ann,
    ['live', 'missed', 'live again', 'and in private', 'missed in private', 'in private again'],
    catching,
  )
  await isAway(ann)
  await asksWhenBack(ann, 3)
})

test('a page that has got no answer asks again', async ({ windows, visitor, people }) => {
  const { ben } = await people('ben')
  const { ann } = await windows('ann')
  await comesIn(ann, visitor('ann'))
  const piano = await joinsPiano(ann, ben)
  await isAway(ann)
  await says(ben, piano, 'missed')
  await ann.losesAcknowledgements()
  await asksWhenBack(ann, 0)
  const asked = ann.sent('sync').length
  const look = 'client.ts — catchUp(): if (!answer.ok) return later(firstWaitMs, …)'
  await ann.passes(10_000)
  const asksAgain = await eventually(() => ann.sent('sync').length > asked)
  need(asksAgain === true, { expected: 'when the answer is lost, the page asks again', saw: 'nothing', look })
  await ann.getsEverything()
  await ann.passes(10_000)
  await hasElsewhere(ann, ['missed'], look)
})

test('what was lost on the way comes to the page all the same', async ({ windows, people, visitor }) => {
  const { ben } = await people('ben')
  const { ann } = await windows('ann')
  const account = visitor('ann')
  await register(account)
  await says(ben, general, 'before')
  await ann.stopsTheClock() // before the page sets its timers
  await ann.openAs(account.cookie)
  await ann.finds('#state', /connected over/, 'the page is connected', 'client.ts — io()', reconnectMs)
  const look = 'client.ts — catchUp(): later(answer.more ? 0 : syncEveryMs, …), which is 20,000 ms'
  // It asks for the history after it has asked for what it missed: both answers have come.
  await ann.reads(/^ben\W*before$/, 'client.ts — what step 16 asks')
  await ann.passes(10_000)
  const { id } = await accepts(ben, 'new message', { room: general, message: 'hello' })
  await ann.reads('ben hello', "client.ts — socket.on('new message'), which does not touch the mark")
  const before = ann.sent('sync').length
  need(before === 1, {
    expected: 'in 10 seconds the page asks once, when it comes in',
    saw: `${before} times`,
    look,
  })
  await ann.passes(20_000)
  const asked = await eventually(() => ann.sent('sync').length > before)
  need(asked === true, { expected: 'after 20 seconds it asks again', saw: 'it does not', look })
  const from = Object(ann.sent('sync').at(-1))
  need(Number(from.messages) < Number(id), {
    expected: `it asks from what the last answer had, below ${show(id)}, which came live`,
    saw: show(from),
    look: "client.ts — socket.on('new message'): only answers move the mark",
  })
  const said = await ann.everSaid()
  need(!said.includes('reconnecting…'), {
    expected: 'it stays connected',
    saw: `ann's page has said ${said.map(show).join(', ')}`,
    look: 'client.ts — later(): clearTimeout(timer), or the connection is closed that has been let in',
  })
})

test('a page whose login was lost connects again', async ({ windows, visitor }) => {
  const { ann } = await windows('ann')
  const account = visitor('ann')
  await register(account)
  await ann.stopsTheClock() // before the page sets its timers
  await ann.losesLogin()
  await ann.openAs(account.cookie)
  await ann.finds('#state', /connected over/, 'the page is connected', 'client.ts — io()', reconnectMs)
  await ann.getsEverything()
  await ann.passes(20_000)
  await ann.isOnlineAgain()
  const isIn = await eventually(() => ann.sent('sync').length > 0, reconnectMs)
  need(isIn === true, {
    expected: 'after 20 seconds without "login", the page connects again, and asks for what it has missed',
    saw: 'it waits',
    look: "client.ts — socket.io.on('open'): later(syncEveryMs, () => socket.io.engine.close())",
  })
})

test('older lines are those before a number, 50 at a time', async ({ people }) => {
  const { ann, ben, eve } = await people('ann', 'ben', 'eve')
  const words = await manyWords([ann, ben], 30)
  const answer = Object(await ann.ask('older', [{ room: general, before: 56 }], older))
  const found = Array.isArray(answer.messages)
    ? answer.messages.map((one: unknown) => Object(one).message)
    : []
  need(show(found) === show(words.slice(5, 55)), {
    expected: `the 50 before number 56, from ${show(words[5])} to ${show(words[54])}`,
    saw: `${found.length}, from ${show(found[0])} to ${show(found.at(-1))}`,
    look: older,
  })
  await whispers(ann, personOf(ann, 'ben'), 'one')
  await whispers(ben, personOf(ben, 'ann'), 'two')
  const two = Object(await ann.ask('older', [{ to: personOf(ann, 'ben'), before: 2 }], older))
  const directs = Array.isArray(two.directs) ? two.directs.map((one: unknown) => Object(one).message) : []
  need(show(directs) === '["one"]', { expected: 'before the second, “one”', saw: show(directs), look: older })
  for (const wanted of [
    undefined,
    { room: general },
    { before: 5 },
    { room: 'General', before: 5 },
    { room: 1, before: 'x' },
  ]) {
    const refusal = await ann.ask('older', [wanted], older)
    need(Object(refusal).ok === false, {
      expected: `${show(wanted)} is refused`,
      saw: show(refusal),
      look: older,
    })
  }
  const piano = await creates(ann, 'Piano')
  await says(ann, piano, 'between members')
  for (const before of [99, 2]) {
    const refusal = await eve.ask('older', [{ room: piano, before }], older)
    need(Object(refusal).ok === false, {
      expected: 'eve, who is not in the room, is refused older lines of it',
      saw: show(refusal),
      look: "catch-up.ts — 'older': if (!isMember(wanted.room, id)) throw new Refusal(…)",
    })
  }
  const between = await eve.ask('older', [{ to: personOf(eve, 'ann'), before: 99 }], older)
  need(show(between) === '{"ok":true,"messages":[],"directs":[]}', {
    expected: 'between eve and ann nothing was said',
    saw: show(between),
    look: 'catch-up.ts — between(id, …): the one is who asks, as the session says',
  })
})

test('who scrolls up reads older lines, to the first one', async ({ windows, visitor, people }) => {
  const { ben, cleo } = await people('ben', 'cleo')
  const { ann } = await windows('ann')
  await comesIn(ann, visitor('ann'))
  await ann.finds('#state', /websocket/, 'the page is on websocket', 'client.ts — io()', reconnectMs)
  await ann.losesAcknowledgements()
  await ann.types('Message', 'good night')
  await ann.presses('Enter')
  await ben.next('new message', 'ben hears what ann has said', 'what step 16 asks')
  const words = ['good night', ...(await manyWords([ben, cleo], 65))]
  await ann.reloads()
  const arrived = await eventually(async () => show(await texts(ann)) === show(words.slice(-50)), reconnectMs)
  const first = await texts(ann)
  need(arrived === true, {
    expected: 'the page begins with the last 50',
    saw: `${first.length}, ${firstDifference(first, words.slice(-50))}`,
    look:
      first.length === 51 && first[0] === words[0]
        ? 'client.ts — ask(): what has a number up to historyTo is history, and comes when one scrolls up'
        : 'client.ts — openRoom()',
  })
  const isRight = await eventually(async () => {
    await ann.page.locator('[role=log]').evaluate((log) => log.scrollTo(0, -log.scrollHeight))
    return show(await texts(ann)) === show(words)
  }, reconnectMs)
  const seen = await texts(ann)
  need(isRight === true, {
    expected: 'after scrolling up, the page shows all 131, each once and in order',
    saw: `${seen.length}, ${firstDifference(seen, words)}`,
    look: "client.ts — view.onTop(): socket.emitWithAck('older', { ...place, before })",
  })
})

async function comesIn(window: PageGuest, account: Visitor) {
  await register(account)
  await window.openAs(account.cookie)
  await window.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
}

/** Ann goes to Piano, and back to General: what is said in Piano is in her page, and out of sight. Returns its number. */
async function joinsPiano(ann: PageGuest, ben: Guest): Promise<number> {
  const piano = await creates(ben, 'Piano')
  await opens(ann, 'Piano 1 in it · join')
  await ann.finds('#place', /^Piano/, 'ann is in Piano', 'page/rooms.ts')
  await opens(ann, 'General')
  await ann.finds('#place', /^General/, 'ann is in General', 'page/rooms.ts')
  return piano
}

/** Cuts the connection of a page that is on WebSocket, and waits until the page knows of it. */
async function isAway(ann: PageGuest) {
  await ann.finds('#state', /websocket/, 'the page is on websocket', 'client.ts — io()', reconnectMs)
  await ann.goesOffline()
  await ann.finds('#state', /reconnecting/, 'the page knows of it', leaving, reconnectMs)
}

/** Which messages the page has in places that are not open, the rooms first. */
async function hasElsewhere({ name, page }: PageGuest, wanted: string[], look: string) {
  const hidden = () => page.locator('[role=log] ul[hidden] li:not(.news) > span').allTextContents()
  const isRight = await eventually(async () => show(await hidden()) === show(wanted), reconnectMs)
  const seen = await hidden()
  need(isRight === true, {
    expected: `${name}'s page has ${wanted.length} messages in places that are not open, in the order of their numbers`,
    saw: `${seen.length}, ${firstDifference(seen, wanted)}`,
    look,
  })
}

/**
 * Lets the page connect again, and looks since which numbers it asks. One question more, from an earlier try, does no harm.
 *
 * @param least lower, where the page may or may not have asked in the meantime
 */
async function asksWhenBack(window: PageGuest, most: number, least = most) {
  const before = window.sent('sync').length
  await window.isOnlineAgain()
  const asked = () => window.sent('sync').slice(before)
  const isFrom = (number: unknown) => Number(number) >= least && Number(number) <= most
  const isRight = (from: unknown) => isFrom(Object(from).messages) && isFrom(Object(from).directs)
  const isAsked = await eventually(() => asked().some(isRight), reconnectMs)
  need(isAsked === true, {
    expected: `when it is back, ${window.name}'s page asks for what came since ${show({ messages: most, directs: most })}`,
    saw: asked().map(show).at(-1) ?? 'nothing',
    look: 'client.ts — catchUp(): seen = …; what comes live does not move it',
  })
}

/** Everybody says so much, in turns. Returns what was said, in its order. */
async function manyWords(guests: Guest[], each: number): Promise<string[]> {
  const words: string[] = []
  for (let index = 0; index < each; index++) {
    for (const guest of guests) {
      words.push(`${guest.name} ${index}`)
      await says(guest, general, `${guest.name} ${index}`)
    }
  }
  return words
}

/** The messages in the open place, from above. */
function texts({ page }: PageGuest): Promise<string[]> {
  return page.locator('[role=log] ul:not([hidden]) li:not(.news) > span').allTextContents()
}

function firstDifference(seen: string[], wanted: string[]): string {
  const at = wanted.findIndex((text, index) => text !== seen[index])
  return at < 0 ? 'and more than these' : `number ${at + 1} is ${show(seen[at])} and not ${show(wanted[at])}`
}

interface Synced {
  messages: Record<string, unknown>[]
  directs: Record<string, unknown>[]
  more: unknown
}

async function synced(guest: Guest, [messages, directs]: [number, number], look: string): Promise<Synced> {
  const answer = Object(await guest.ask('sync', [{ messages, directs }], look))
  need(answer.ok === true && Array.isArray(answer.messages) && Array.isArray(answer.directs), {
    expected: '"sync" is acknowledged with { ok: true, messages: […], directs: […], more }',
    saw: show(answer),
    look,
  })
  return answer
}

async function hasSync(
  guest: Guest,
  seen: [number, number],
  messages: string[],
  directs: string[],
  look: string,
) {
  const answer = await synced(guest, seen, look)
  const found = [answer.messages, answer.directs].map((list) => list.map(({ message }) => message))
  need(show(found) === show([messages, directs]), {
    expected: `since { messages: ${seen[0]}, directs: ${seen[1]} }, ${guest.name} gets ${show(messages)} and ${show(directs)}`,
    saw: `${show(found[0])} and ${show(found[1])}`,
    look,
  })
}

async function says(guest: Guest, room: number, message: string) {
  await accepts(guest, 'new message', { room, message })
}

async function whispers(guest: Guest, to: number, message: string) {
  await accepts(guest, 'direct message', { to, message })
}

async function creates(guest: Guest, name: string): Promise<number> {
  return Number((await accepts(guest, 'create room', name)).id)
}

async function accepted(guest: Guest, event: string, room: number) {
  await accepts(guest, event, room)
}

async function accepts(guest: Guest, event: string, value: unknown): Promise<Record<string, unknown>> {
  const answer = Object(await guest.ask(event, [value], 'what step 16 asks'))
  need(answer.ok === true, {
    expected: `${show(event)} ${show(value)} is accepted`,
    saw: show(answer),
    look: 'chat.ts — what step 16 asks',
  })
  return answer
}

function personOf(guest: Guest, name: string): number {
  const all = guest.heard('users').at(-1)
  return Object(Array.isArray(all) ? all.find((one) => Object(one).username === name) : undefined).id
}

async function opens({ name, page }: PageGuest, place: string) {
  const button = page.getByRole('list', { name: 'Rooms' }).getByRole('button', { name: place, exact: true })
  const found = await eventually(() => button.isVisible())
  need(found === true, { expected: `${name}'s page has a button “${place}”`, saw: 'none', look: 'view.ts' })
  await button.click()
}
