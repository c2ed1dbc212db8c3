import { eventually } from '#shared/check/patience'
import { need } from '#shared/check/not-yet'
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

test('nonsense is refused, with a reason', async ({ guests }) => {
  const { ann } = await guests('ann')
  const look = 'server.ts — types stop at the network: what if text is a number, or missing, or a book?'
  for (const nonsense of [42, null, { text: 'hello' }, '', 'x'.repeat(2_001)]) {
    ann.emit('echo', nonsense)
    await ann.next('refused', `${ann.name} is told why, by "refused" {error}`, look)
  }
  ann.emit('connect-ack')
  await ann.next(
    'refused',
    'a connect-ack without a greeting is refused too',
    'server.ts — types stop at the network: what if the greeting is missing?',
  )
  ann.emit('echo', 'still there?')
  await ann.hears('echo', 'still there?', look)
})

test('the page says how it is connected, and when it was upgraded', async ({ windows, output }) => {
  const { ann } = await windows('ann')
  const look = "page/client.ts — socket.io.engine.transport.name, and its 'upgrade' event"
  await ann.finds('#state', /connected over websocket/, 'the page ends up connected over websocket', look)
  await ann.reads(/^upgraded to websocket after \d+ ms$/, look)
  need(output().join('\n').includes("I'm connected!"), {
    expected: 'the page says connect-ack {messages: "I\'m connected!"} when it connects',
    saw: 'the server did not print it',
    look: "page/client.ts — what does the page emit on 'connect'?",
  })
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
