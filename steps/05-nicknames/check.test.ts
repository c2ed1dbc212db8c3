import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import { eventually, reconnectMs } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { PageGuest } from '#shared/check/page-guest'

test('a name lets you in, and the others hear of it', async ({ guests }) => {
  const { ann, ben } = await guests('ann', 'ben')
  const look = "server.ts — socket.on('add user'): what goes to the sender, and what to the others?"
  await accepted(ann, 'add user', 'ann', look)
  await ann.hears('login', { numUsers: 1 }, look)
  await ben.hears('user joined', { username: 'ann', numUsers: 1 }, look)
  const whose = 'server.ts — is username declared once for all guests, or once for each connection?'
  await accepted(ben, 'add user', 'ben', whose)
  await ben.hears('login', { numUsers: 2 }, look)
  await ann.hears('user joined', { username: 'ben', numUsers: 2 }, look)
  ann.hasNotHeard('login', 'only the guest who comes in hears "login"', look)
  ben.hasNotHeard('user joined', 'Ben is not told that he joined', look)
})

test('everyone else hears a message', async ({ guests }) => {
  const { ann, ben } = await named(guests, 'ann', 'ben')
  const look =
    'server.ts — whom? socket.broadcast.emit() skips the sender; io.emit() does not; socket.emit() reaches the sender alone'
  await accepted(ann, 'new message', 'hello?', look)
  await ben.hears('new message', { username: 'ann', message: 'hello?' }, look)
  await accepted(ben, 'new message', 'hello!', look)
  // Silence cannot be waited for. Ben's answer comes last, so an echo would stand before it.
  await ann.hears('new message', { username: 'ben', message: 'hello!' }, look)
  await accepted(ben, 'new message', '  as it is ', look)
  const changed = 'server.ts — what does a message look like when it is passed on?'
  await ann.hears('new message', { username: 'ben', message: '  as it is ' }, changed)
})

test('who leaves is announced and counted out', async ({ guests, output }) => {
  const { ann, ben } = await named(guests, 'ann', 'ben')
  const { dan } = await guests('dan')
  const look = "server.ts — what does socket.on('disconnect') take away, and whom does it tell?"
  ben.leave()
  await ann.hears('user left', { username: 'ben', numUsers: 1 }, look)
  dan.leave() // He never had a name, so nobody hears of it.
  const { eve } = await named(guests, 'eve')
  await ann.hears('user joined', { username: 'eve', numUsers: 2 }, look)
  ann.hasNotHeard('user left', 'nobody hears that a guest without a name left', look)
  eve.leave()
  await ann.hears('user left', { username: 'eve', numUsers: 1 }, look)
  const lines = () => output().filter((line) => line.includes('eve')).length
  const isLogged = await eventually(() => output().length === 0 || lines() >= 2)
  need(isLogged === true, {
    expected: 'the server prints that eve joined, and that she left',
    saw: `${lines()} lines with her name`,
    look: 'server.ts — console.log() prints in the terminal of the server',
  })
})

test('two windows chat, in the colours of their names', async ({ windows }) => {
  const { ann, ben } = await windows('ann', 'ben')
  const look = 'client.ts — who shows what Ann wrote: her own page, and Ben on "new message"'
  await enters(ann, 'jarrett')
  await ann.finds(
    '#online',
    /^there's 1 participant$/,
    "one guest: there's 1 participant",
    'client.ts — "login" says how many are here: one is a participant, two are participants',
  )
  await enters(ben, 'charlie')
  await ann.reads('charlie joined', 'client.ts — what does the page show on "user joined"?')
  await ann.finds(
    '#online',
    /^there are 2 participants$/,
    'two guests: there are 2 participants',
    'client.ts — does "user joined" change the count, too?',
  )
  await ann.types('Message', 'hello')
  await ann.presses('Enter')
  const theirs = await ben.reads(/^jarrett\W*hello$/, look)
  const mine = await ann.reads(/^jarrett\W*hello$/, look)
  for (const [line, window] of [
    [theirs, ben],
    [mine, ann],
  ] as const) {
    const colours = await window.coloursOf(line)
    need(colours.includes('#287b00'), {
      expected: 'the name jarrett in its colour, #287b00',
      saw: colours.join(' '),
      look: 'view.ts — hash = 7, then code + (hash << 5) - hash for each letter, and abs(hash % 12)',
    })
  }
  await ben.leave()
  await ann.reads('charlie left', 'client.ts — what does the page show on "user left"?')
})

test('markup stays text, in names and in messages', async ({ windows, guests }) => {
  const { ann } = await windows('ann')
  const { ben } = await guests('ben')
  const look = 'view.ts — textContent shows a text as it is; innerHTML makes it part of the page'
  await enters(ann, 'ann')
  await accepted(ben, 'add user', '<i>ben</i>', 'server.ts — a name may hold any characters')
  await ann.reads('<i>ben</i> joined', look)
  await accepted(ben, 'new message', '<img src=x onerror=alert(1)>', look)
  await ann.reads(/^<i>ben<\/i>\W*<img src=x onerror=alert\(1\)>$/, look)
})

test('a reload leaves no ghost behind', async ({ windows, guests }) => {
  const { ann } = await windows('ann')
  const { ben } = await named(guests, 'ben')
  const look =
    "server.ts — socket.on('disconnect'); client.ts — a page that was loaded again asks for a name again"
  await enters(ann, 'ann')
  await ben.hears('user joined', { username: 'ann', numUsers: 2 }, look)
  await ann.reloads()
  await ben.hears('user left', { username: 'ann', numUsers: 1 }, look)
  await enters(ann, 'ann')
  await ben.hears('user joined', { username: 'ann', numUsers: 2 }, look)
})

test('a name has 1 to 14 characters, without the spaces around it', async ({ guests }) => {
  const { ann } = await guests('ann')
  const look = 'server.ts — trim first, then measure; and do it here, because guests need not use our page'
  for (const name of ['', '   ', 'fifteen letters', 42, null, { name: 'ann' }, ['ann']]) {
    await refused(ann, 'add user', name, look)
  }
  await accepted(ann, 'add user', '  fourteen chars ', look)
  const { ben } = await named(guests, 'ben')
  const { cleo } = await guests('cleo')
  await accepted(cleo, 'add user', 'c', look)
  await cleo.next('login', 'Cleo is let in', look)
  await accepted(ann, 'new message', 'trimmed', look)
  await ben.hears('new message', { username: 'fourteen chars', message: 'trimmed' }, look)
})

test('a name is taken once, whatever its case', async ({ guests }) => {
  const { ann, ben, cleo } = await guests('ann', 'ben', 'cleo')
  const look = 'server.ts — which names are taken, and is Ann the same as ann?'
  await accepted(ann, 'add user', 'Ann', look)
  await ben.hears('user joined', { username: 'Ann', numUsers: 1 }, look)
  await refused(ben, 'add user', 'ann', look)
  await refused(ben, 'add user', ' ANN ', look)
  await accepted(
    ben,
    'add user',
    'Änn',
    'server.ts — two names are the same when their lower case is: Änn is not ann',
  )
  await ann.hears('user joined', { username: 'Änn', numUsers: 2 }, look)
  ann.hasNotHeard('refused', 'only the guest who is refused is told', look)
  ann.leave()
  const free = "server.ts — on 'disconnect', is the name freed as it was taken, in lower case?"
  await ben.hears('user left', { username: 'Ann', numUsers: 1 }, free)
  await cleo.hears('user left', { username: 'Ann', numUsers: 1 }, free)
  await accepted(cleo, 'add user', 'ANN', free)
  await ben.hears('user joined', { username: 'ANN', numUsers: 2 }, free)
  ben.leave()
  // Ben was refused before he was let in: he leaves once all the same.
  await cleo.hears(
    'user left',
    { username: 'Änn', numUsers: 1 },
    "server.ts — socket.on('disconnect'), once for each guest",
  )
  const { dan } = await named(guests, 'dan')
  await accepted(dan, 'new message', 'over', look)
  await cleo.next('new message', 'cleo hears Dan', look)
  cleo.hasNotHeard(
    'user left',
    'a guest leaves once',
    "server.ts — is socket.on('disconnect') inside another handler?",
  )
})

test('a second name is refused, and counts nobody twice', async ({ guests }) => {
  const { ann } = await named(guests, 'ann')
  const look = "server.ts — socket.on('add user') from somebody who has a name: what should happen?"
  await refused(ann, 'add user', 'someone else', look)
  const { ben } = await guests('ben')
  await accepted(ben, 'add user', 'ben', look)
  await ben.hears('login', { numUsers: 2 }, look)
})

test('nobody speaks without a name', async ({ guests }) => {
  const { ann } = await named(guests, 'ann')
  const { ghost } = await guests('ghost')
  const look = 'server.ts — what if a message comes before its sender has a name?'
  await refused(ghost, 'new message', 'boo', look)
  const { ben } = await named(guests, 'ben')
  await accepted(ben, 'new message', 'hello', look)
  await ann.hears('new message', { username: 'ben', message: 'hello' }, look)
})

test('a message has 1 to 2,000 characters', async ({ guests }) => {
  const { ann, ben } = await named(guests, 'ann', 'ben')
  const look = 'server.ts — what may a message be? Types stop at the network'
  for (const message of ['', '   ', 'x'.repeat(2_001), 42, undefined, { text: 'hello' }]) {
    await refused(ann, 'new message', message, look)
  }
  const longest = 'x'.repeat(2_000)
  await accepted(ann, 'new message', longest, look)
  await ben.hears('new message', { username: 'ann', message: longest }, look)
  ann.hasNotHeard(
    'refused',
    'who asked for an acknowledgement is refused there alone',
    "server.ts — refuse(): the acknowledgement, or else the event 'refused'",
  )
  await accepted(ann, 'new message', '!', look)
  await ben.hears('new message', { username: 'ann', message: '!' }, look)
})

test('an acknowledgement may be missing, or be no function', async ({ guests }) => {
  const { ann, ben } = await guests('ann', 'ben')
  const look = 'server.ts — call acknowledge() only when it is a function'
  ben.emit('add user', 'ben')
  await ben.hears('login', { numUsers: 1 }, look)
  ann.emit('add user')
  ann.emit('add user', 'ann', 'not a function')
  await ben.hears('user joined', { username: 'ann', numUsers: 2 }, look)
  ann.emit('new message', 42, { no: 'function' })
  ann.emit('new message', 'hello')
  await ben.hears('new message', { username: 'ann', message: 'hello' }, look)
  const event = "server.ts — a guest who asked for no acknowledgement gets the event 'refused' {error}"
  for (const what of ['without a name', 'without a text'])
    await ann.next('refused', `ann, ${what}, is told`, event)
  ben.hasNotHeard('refused', 'only the guest who is refused is told', event)
})

test('a name that is refused stays at the door', async ({ windows, guests }) => {
  const { ann } = await windows('ann')
  await named(guests, 'ben')
  const look = 'client.ts — the answer to "add user" may be no: who reads it, before the door is hidden?'
  await ann.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  await ann.types('What is your name?', 'Ben')
  await ann.presses('Enter')
  const why = await eventually(async () =>
    (await ann.page.getByRole('alert').allInnerTexts()).some((text) => text.trim()),
  )
  need(why === true, { expected: "ann's page says why the name was refused", saw: 'no word', look })
  const inside = await ann.page.getByRole('textbox', { name: 'Message' }).isVisible()
  need(!inside, { expected: 'no field for messages without a name', saw: 'one', look })
  await ann.types('What is your name?', ' the second')
  await ann.presses('Enter')
  await ann.finds('#online', /2/, 'ann comes in as Ben the second', look)
})

test('a message that is refused goes back into its field, and is shown nowhere', async ({
  guests,
  windows,
}) => {
  const { ann } = await windows('ann')
  const { ben } = await named(guests, 'ben')
  await enters(ann, '  ann  ')
  await ann.types('Message', '  ')
  await ann.presses('Enter')
  await accepted(ben, 'new message', 'hello', "server.ts — socket.on('new message')")
  await ann.reads(/^ben\W*hello$/, 'page/client.ts — what does the page show on "new message"?')
  await ann.complains('', 'page/client.ts — is an empty message sent?')
  const look = 'page/client.ts — the answer to "new message" may be no: what is shown before it has come?'
  const tooLong = 'x'.repeat(2_001)
  await ann.pastes('Message', tooLong)
  await ann.presses('Enter')
  await ann.complains(/\w/, look)
  await ann.holds('Message', tooLong, 'page/client.ts — after a no, giveBack() puts the text into its field')
  await ann.pastes('Message', '  better  ')
  await ann.presses('Enter')
  const better = await ann.reads(/^ann\W*better$/, look)
  const text = (await better.textContent()) ?? ''
  need(!text.includes('  '), {
    expected: 'name and message are sent without the spaces around them',
    saw: show(text),
    look: 'page/client.ts — trim() what is in a field',
  })
  await ann.complains('', 'page/view.ts — take the complaint away when it is over')
  await ann.holds('Message', '', 'page/client.ts — what is in the field once a message is on its way?')
  const shown = await ann.everShown()
  need(!shown.some((line) => line.includes('xxx')), {
    expected: 'a message that was refused is never shown',
    saw: 'it was',
    look,
  })
})

test('a page that was cut off comes in again by itself, and shows each line once', async ({
  guests,
  windows,
}) => {
  const { ann } = await windows('ann')
  await enters(ann, '  ann  ')
  const { ben } = await guests('ben')
  await accepted(ben, 'add user', 'ben', 'server.ts — socket.on("add user")')
  await ann.finds('#state', /websocket/, 'the page connects', 'page/client.ts — io()')
  await ann.stopsTheClock()
  await ann.goesOffline()
  await ben.hears('user left', { username: 'ann', numUsers: 1 }, "server.ts — socket.on('disconnect')")
  await ann.finds(
    '#state',
    /^reconnecting…$/,
    'the page says “reconnecting…”',
    "page/client.ts — on 'disconnect'",
  )
  await ann.types('Message', 'hello')
  await ann.presses('Enter')
  const kept = 'page/client.ts — Socket.IO would send it later: is socket.connected asked before?'
  await ann.holds('Message', 'hello', kept)
  await ann.isOnlineAgain()
  const look = "page/client.ts — on 'connect', does a page that has a name say it again?"
  const back = () => eventually(() => ben.heard('user joined').length > 0, reconnectMs)
  need((await back()) === true, { expected: 'ann comes back in by herself', saw: 'nobody did', look })
  await ann.finds('#state', /connected over/, 'the page is connected again', look, reconnectMs)
  await ben.hears('user joined', { username: 'ann', numUsers: 2 }, look)
  await ann.finds('#online', /2/, 'ann sees that there are two again', look)
  await ann.presses('Enter')
  await ben.hears('new message', { username: 'ann', message: 'hello' }, look)
  await accepted(ben, 'new message', 'welcome back', look)
  const twice = "page/client.ts — a handler inside of on('connect') is there twice by now"
  await ann.reads(/^ben\W*welcome back$/, twice)
  await accepted(ben, 'new message', 'over', look)
  await ann.reads(/^ben\W*over$/, twice)
  await ann.readsTimes(/^ben\W*welcome back$/, 1, twice)
  await ann.readsTimes(/^ann\W*hello$/, 1, twice)
  ben.hasNotHeard('new message', 'Ben hears it once', twice)
  await ann.goesOffline()
  await ben.hears('user left', { username: 'ann', numUsers: 1 }, look)
  const { cleo } = await guests('cleo')
  await accepted(cleo, 'add user', 'ann', look)
  await ann.isOnlineAgain()
  const refusal = 'page/client.ts — after a no, the page forgets the name: who is refused stays at the door'
  await ann.finds('#state', /connected over/, 'the page is connected again', refusal, reconnectMs)
  await ann.complains(/\w/, refusal)
  cleo.leave()
  await ann.goesOffline()
  await ann.isOnlineAgain()
  await ann.finds('#state', /connected over/, 'the page is connected again', refusal, reconnectMs)
  const isAtDoor = await ann.page.getByRole('textbox', { name: 'What is your name?' }).isVisible()
  need(isAtDoor, { expected: 'ann stays at the door', saw: 'the page let her in, unasked', look: refusal })
  await ann.pastes('What is your name?', 'ann2')
  await ann.presses('Enter')
  for (const username of ['ann', 'ann2']) await ben.hears('user joined', { username, numUsers: 2 }, refusal)
})

const isRefusal = /^\{"ok":false,"error":"./

type Guests = <Name extends string>(...names: Name[]) => Promise<Record<Name, Guest>>

/** Guests who have their name, and have heard that the others came. */
async function named<Name extends string>(guests: Guests, ...names: Name[]) {
  const everybody = await guests(...names)
  const look = "server.ts — socket.on('add user')"
  for (const [index, name] of names.entries()) {
    await accepted(everybody[name], 'add user', name, look)
    for (const other of names.slice(0, index))
      await everybody[other].next('user joined', `${name} is announced`, look)
  }
  return everybody
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
  const how = 'server.ts — a refusal is an answer, too: acknowledge({ ok: false, error })'
  const answer = await guest.ask(event, [value], how)
  need(isRefusal.test(show(answer)), {
    expected: `${show(event)} ${show(value)} is refused, with {"ok":false,"error":"…"}`,
    saw: show(answer),
    look,
  })
}

async function enters(window: PageGuest, name: string) {
  await window.finds(
    '#state',
    /connected over/,
    'the page connects',
    'client.ts — is it io() again, without the namespace /test?',
  )
  await window.types('What is your name?', name)
  await window.presses('Enter')
  const look = 'client.ts — once "add user" is acknowledged, the page shows the form for messages'
  const inside = await eventually(() => window.page.getByRole('textbox', { name: 'Message' }).isVisible())
  need(inside === true, { expected: `${name} may write a message`, saw: 'no field for it', look })
}
