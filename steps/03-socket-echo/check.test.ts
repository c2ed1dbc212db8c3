import { eventually, reconnectMs } from '#shared/check/patience'
import { need } from '#shared/check/not-yet'
import { show } from '#shared/check/transcript'
import { test } from '#shared/check/test'

test('an echo comes back', async ({ guests }) => {
  const { ann } = await guests('ann')
  ann.emit('echo', 'hello')
  await ann.hears(
    'echo',
    'hello',
    "server.ts — is there a socket.on('echo'), and does it socket.emit() the text again?",
  )
})

test('it comes back to its sender alone', async ({ guests }) => {
  const { ann, ben } = await guests('ann', 'ben')
  const look =
    'server.ts — socket.emit() talks to one guest, io.emit() to all, socket.broadcast.emit() to the others'
  ann.emit('echo', 'for ann')
  await ann.hears('echo', 'for ann', look)
  ben.emit('echo', 'for ben')
  // Silence cannot be waited for. Ben's own echo comes last, so Ann's would stand before it.
  await ben.hears('echo', 'for ben', look)
})

test('what Ann writes stands there twice, once as the echo', async ({ windows }) => {
  const { ann } = await windows('ann')
  const look =
    'page/client.ts — view.show() for what she wrote, and again for what came back; page/view.ts: textContent'
  await ann.finds('#state', /connected over/, 'the page connects', 'page/client.ts — io()')
  await ann.types('Message', '<b>hello?</b>')
  await ann.presses('Enter')
  await ann.reads('<b>hello?</b>', look)
  const twice = await eventually(async () => (await ann.linesWith('<b>hello?</b>')).length === 2)
  need(twice === true, {
    expected: 'two lines: what Ann wrote, and its echo',
    saw: `${(await ann.linesWith('<b>hello?</b>')).length} of them`,
    look,
  })
})

test('nonsense is refused, with a reason', async ({ guests }) => {
  const { ann, ben } = await guests('ann', 'ben')
  const look = 'server.ts — types stop at the network: what if text is a number, or missing, or a book?'
  for (const nonsense of [
    42,
    null,
    { text: 'hello' },
    '',
    '   ',
    'x'.repeat(2_001),
    `${' '.repeat(2_000)}x`,
    'x'.repeat(1_500_000),
  ]) {
    ann.emit('echo', nonsense)
    await ann.next('refused', `${ann.name} is told why, by "refused" {error}`, look)
  }
  ann.emit('connect-ack')
  await ann.next(
    'refused',
    'a connect-ack without a greeting is refused too',
    'server.ts — types stop at the network: what if the greeting is missing?',
  )
  for (const text of ['still there?', '!', ' as it is ', 'x'.repeat(2_000)]) {
    ann.emit('echo', text)
    await ann.hears('echo', text, 'server.ts — a text of 1 to 2,000 characters comes back as it was sent')
  }
  ben.emit('echo', 'over')
  await ben.hears('echo', 'over', look)
  ben.hasNotHeard(
    'refused',
    'only the guest who is refused is told',
    'server.ts — socket.emit(), not io.emit()',
  )
})

test('the server prints what a guest says on connecting', async ({ guests, output }) => {
  const { ann } = await guests('ann')
  ann.emit('connect-ack', { messages: "I'm connected!" })
  const printed = await eventually(() => output().some((line) => line.includes("I'm connected!")))
  need(printed === true, {
    expected: "the server prints “I'm connected!”",
    saw: 'it did not',
    look: "server.ts — socket.on('connect-ack') gets an object: which field holds the words?",
  })
})

test('the page says why a message is refused, until the next one is taken', async ({ windows }) => {
  const { ann } = await windows('ann')
  await ann.finds('#state', /connected over/, 'the page connects', 'page/client.ts — io()')
  await ann.pastes('Message', 'x'.repeat(2_001))
  await ann.presses('Enter')
  await ann.complains(/\w/, "page/client.ts — what does the page do on 'refused'?")
  await ann.holds('Message', '', 'page/client.ts — what is in the field when the message is on its way?')
  await ann.types('Message', '  short  ')
  await ann.presses('Enter')
  await ann.readsTimes('short', 2, 'page/client.ts — the text without the spaces around it, twice')
  await ann.complains('', 'page/view.ts — show() takes the complaint away')
  await ann.types('Message', '  ')
  await ann.presses('Enter')
  await ann.types('Message', 'over')
  await ann.presses('Enter')
  await ann.readsTimes('over', 2, 'page/client.ts — what stands there twice?')
  await ann.readsTimes('', 0, 'page/client.ts — is an empty text sent?')
})

test('the server prints who comes, and who goes', async ({ guests, output }) => {
  const { ben } = await guests('ben')
  ben.leave()
  for (const [words, when, look] of [
    ['websocket', 'over which transport a guest connected', 'server.ts — socket.conn.transport.name'],
    ['client namespace disconnect', 'why a guest left', "server.ts — socket.on('disconnect', (reason) => …)"],
  ] as const) {
    const isPrinted = await eventually(() => output().some((line) => line.includes(words)))
    need(isPrinted === true, { expected: `the server prints ${when}, “${words}”`, saw: 'it did not', look })
  }
})

test('the page says how it is connected, and when it was upgraded', async ({ windows, output }) => {
  const { ann } = await windows('ann')
  const look = "page/client.ts — socket.io.engine.transport.name, and its 'upgrade' event"
  await ann.finds('#state', /connected over websocket/, 'the page ends up connected over websocket', look)
  await ann.reads(/^upgraded to websocket after \d+ ms$/, look)
  // On a slow machine the upgrade comes before 'connect', and “websocket” is said twice.
  const said = (await ann.everSaid()).filter((text) => text.startsWith('connected over'))
  need(said.length >= 2, {
    expected: 'the page says how it is connected twice: when it connects, and when it is upgraded',
    saw: said.map(show).join(', ') || 'not a word',
    look: "page/client.ts — what does the page note on 'connect'?",
  })
  need(
    output().some((line) => line.includes('upgraded to websocket')),
    {
      expected: 'the server prints “upgraded to websocket”',
      saw: 'it did not',
      look: "server.ts — socket.conn.on('upgrade', (transport) => …)",
    },
  )
  need(output().join('\n').includes("I'm connected!"), {
    expected: 'the page says connect-ack {messages: "I\'m connected!"} when it connects',
    saw: 'the server did not print it',
    look: "page/client.ts — what does the page emit on 'connect'?",
  })
})

test('where a proxy refuses WebSocket, all goes on over long-polling', async ({ windows, output }) => {
  const { ann } = await windows('ann')
  await ann.finds('#state', /connected over/, 'the page connects', 'page/client.ts — io()')
  const greetings = () => output().filter((line) => line.includes("I'm connected!")).length
  await eventually(() => greetings() === 1)
  await ann.reloadsBehindProxy()
  const look =
    "page/client.ts — what does the page do on 'connect', and what on 'upgrade'? There may be no upgrade"
  await ann.finds('#state', /^connected over polling$/, 'the page says “connected over polling”', look)
  const isGreeted = await eventually(() => greetings() === 2)
  need(isGreeted === true, { expected: 'the page says connect-ack all the same', saw: 'it did not', look })
  await ann.types('Message', 'hello')
  await ann.presses('Enter')
  await ann.readsTimes('hello', 2, look)
})

test('a page that was cut off keeps what is typed, and comes back by itself', async ({ windows, output }) => {
  const { ann } = await windows('ann')
  await ann.finds('#state', /websocket/, 'the page connects', 'page/client.ts — io()')
  await ann.stopsTheClock()
  await ann.goesOffline()
  await ann.finds(
    '#state',
    /^reconnecting…$/,
    'the page says “reconnecting…”',
    "page/client.ts — what does the page do on 'disconnect'?",
  )
  await ann.types('Message', 'hello')
  await ann.presses('Enter')
  const kept = 'page/client.ts — Socket.IO would send it later: is socket.connected asked before?'
  await ann.holds('Message', 'hello', kept)
  await ann.isOnlineAgain()
  const back = "page/client.ts — what does the page do on 'connect'? It comes after each reconnect"
  await ann.finds('#state', /connected over/, 'the page is connected again', back, reconnectMs)
  const greetings = () => output().filter((line) => line.includes("I'm connected!")).length
  const twice = await eventually(() => greetings() === 2)
  need(twice === true, {
    expected: 'the page says connect-ack each time that it connects, twice by now',
    saw: `${greetings()} times`,
    look: back,
  })
  await ann.presses('Enter')
  await ann.readsTimes('hello', 2, 'page/client.ts — a handler inside of on("connect") is there twice by now')
  await ann.types('Message', 'over')
  await ann.presses('Enter')
  await ann.readsTimes('over', 2, 'page/client.ts — what stands there twice?')
  await ann.readsTimes('hello', 2, 'page/client.ts — a handler inside of on("connect") is there twice by now')
  const upgrades =
    "page/client.ts — socket.io has another engine after each reconnect: wait for its 'upgrade' on 'open'"
  await ann.readsTimes(/^upgraded to websocket after \d+ ms$/, 2, upgrades)
  // A page that never gets through has no connection to lose: it hears no 'disconnect'.
  await ann.page.route(
    (url) => url.pathname.startsWith('/socket.io/'),
    (route) => route.abort(),
  )
  await ann.reloads()
  await ann.finds(
    '#state',
    /^reconnecting…$/,
    'a page that never got through says “reconnecting…”, too',
    "page/client.ts — what does the page do on 'connect_error'?",
  )
})
