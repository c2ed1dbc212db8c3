import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import { eventually, reconnectMs } from '#shared/check/patience'
import { test, type GuestsWith } from '#shared/check/test'
import { show } from '#shared/check/transcript'

const inTest = { namespace: '/test' }
const whom =
  'server.ts — whom do socket.emit(), socket.broadcast.emit() and test.emit() talk to? (io.emit(): to the namespace /)'

test('each guest who connects is greeted, alone', async ({ guestsWith, output }) => {
  const { ann } = await guestsWith(inTest, 'ann')
  const look = "server.ts — is it test.on('connection'), and what does it emit, to whom?"
  await ann.hears('display_message', { data: 'Connected', count: 0 }, look)
  ann.emit('send_to_self', { data: 'hello' })
  await ann.hears('display_message', { data: 'hello', count: 1 }, look)
  const { ben } = await guestsWith(inTest, 'ben')
  const whose = 'server.ts — where is count declared: once for all, or once for each connection?'
  await ben.hears('display_message', { data: 'Connected', count: 0 }, whose)
  ann.emit('send_to_self', { data: 'hello again' })
  await ann.hears('display_message', { data: 'hello again', count: 2 }, look)
  ben.leave()
  const printed = () => output().filter((line) => !line.startsWith('http'))
  const isLogged = await eventually(() => output().length === 0 || printed().length >= 3)
  need(isLogged === true, {
    expected: 'the server prints that two guests connected, and that one left: three lines',
    saw: `${printed().length} lines`,
    look: 'server.ts — console.log() prints in the terminal of the server',
  })
})

test('to myself: nobody else hears it', async ({ guestsWith }) => {
  const { ann, ben } = await greeted(guestsWith, 'ann', 'ben')
  ann.emit('send_to_self', { data: 'a note' })
  await hearsWords(ann, 'a note', whom)
  ben.emit('send_to_self', { data: 'my own' })
  // Silence cannot be waited for. Ben's own note comes last, so Ann's would stand before it.
  await hearsWords(ben, 'my own', whom)
})

test('to all: everybody hears it', async ({ guestsWith }) => {
  const { ann, ben } = await greeted(guestsWith, 'ann', 'ben')
  ann.emit('send_to_all', { data: 'hello' })
  await hearsWords(ben, 'hello', whom)
  await hearsWords(ann, 'hello', whom)
})

test("count is the sender's own", async ({ guestsWith }) => {
  const { ann, ben } = await greeted(guestsWith, 'ann', 'ben')
  const look = 'server.ts — where is count declared: once for all, or once for each connection?'
  for (const count of [1, 2, 3]) {
    ann.emit('send_to_self', { data: 'again' })
    await ann.hears('display_message', { data: 'again', count }, look)
  }
  ben.emit('send_to_all', { data: 'my first' })
  await ann.hears('display_message', { data: 'my first', count: 1 }, look)
})

test('nonsense is refused, and not counted', async ({ guestsWith }) => {
  const { ann, ben } = await greeted(guestsWith, 'ann', 'ben')
  const look = 'server.ts — types stop at the network: what if message is missing, or data is no text?'
  for (const nonsense of [
    undefined,
    null,
    'hello',
    { data: 42 },
    { data: '' },
    { data: '   ' },
    { data: 'x'.repeat(2_001) },
  ]) {
    ann.emit('send_to_all', nonsense)
    await ann.next('refused', `${ann.name} is told why, by "refused" {error}`, look)
  }
  ann.emit('send_to_self', { data: 'still there?' })
  const when = 'server.ts — when does count go up: before the message is looked at, or after?'
  await ann.hears('display_message', { data: 'still there?', count: 1 }, when)
  ann.emit('send_to_all', { data: ' as it is ', from: 'ben' })
  const more = 'server.ts — the others get data and count, and nothing else that a guest sends'
  await ben.hears('display_message', { data: ' as it is ', count: 2 }, more)
  ben.hasNotHeard(
    'refused',
    'only the guest who is refused is told',
    'server.ts — socket.emit(), not test.emit()',
  )
})

test('to everyone else: all but the sender hear it', async ({ guestsWith }) => {
  const { ann, ben, cleo } = await greeted(guestsWith, 'ann', 'ben', 'cleo')
  ann.emit('send_to_others', { data: 'hello' })
  await hearsWords(ben, 'hello', whom)
  await hearsWords(cleo, 'hello', whom)
  ben.emit('send_to_all', { data: 'over' })
  // Ben's word comes last, so Ann's own would stand before it.
  await hearsWords(ann, 'over', whom)
})

test('three buttons, three audiences', async ({ windows }) => {
  const { ann, ben } = await windows('ann', 'ben')
  const look =
    "page/client.ts — which event does each button send, and what does the page do on 'display_message'?"
  for (const window of [ann, ben]) {
    await window.reads(
      '#0 Connected',
      "page/client.ts — is it io('/test'), and what does the page do on 'display_message'?",
    )
    await window.reads(
      "#1 I'm connected!",
      'page/client.ts — what does the page send to itself when it connects?',
    )
  }
  await ann.types('Message', 'only me')
  await ann.clicks('To myself')
  await ann.reads('#2 only me', look)
  await ann.types('Message', 'only you')
  await ann.clicks('To everyone else')
  await ben.reads('#3 only you', look)
  await ben.types('Message', '<b>all of us</b>')
  await ben.clicks('To all')
  await ann.reads('#2 <b>all of us</b>', look)
  await ann.lacks('#3 only you', look)
  await ben.lacks('#2 only me', look)
  const lines = await ann.everShown()
  const own = lines.filter((line) => !line.startsWith('#'))
  need(own.length === 0, {
    expected: 'ann reads what the server says, and nothing before that',
    saw: own.map(show).join(', '),
    look: 'page/client.ts — is what she types shown by the page itself, too?',
  })
})

test('a page that was cut off keeps what is typed, and shows each line once', async ({ windows }) => {
  const { ann } = await windows('ann')
  await ann.finds('#state', /websocket/, 'the page connects', "page/client.ts — is it io('/test')?")
  await ann.stopsTheClock()
  await ann.goesOffline()
  await ann.types('Message', '  hello  ')
  await ann.clicks('To all')
  const kept = 'page/client.ts — Socket.IO would send it later: is socket.connected asked before?'
  await ann.holds('Message', '  hello  ', kept)
  await ann.isOnlineAgain()
  await ann.finds('#state', /connected over/, 'the page is connected again', kept, reconnectMs)
  await ann.clicks('To all')
  const look =
    'page/client.ts — the text without the spaces around it; a handler inside of on("connect") is there twice by now'
  await ann.reads('#2 hello', look)
  await ann.holds('Message', '', 'page/client.ts — what is in the field when the message is on its way?')
  await ann.types('Message', '  ')
  await ann.clicks('To all')
  await ann.complains('', 'page/client.ts — is an empty text sent?')
  await ann.types('Message', 'over')
  await ann.clicks('To all')
  await ann.reads('#3 over', 'page/client.ts — is an empty text sent, too, or anything twice?')
  await ann.readsTimes('#2 hello', 1, look)
})

/** The words alone: what stands in count is a task of its own. */
async function hearsWords(guest: Guest, words: string, look: string) {
  const expected = `${guest.name} hears ${show(words)}`
  const isIt = (line: unknown) => wordsOf(line) === words
  const [line] = await guest.next('display_message', expected, look, isIt)
  need(isIt(line), { expected, saw: `${guest.name} heard ${show(line)}`, look })
}

function wordsOf(line: unknown): unknown {
  return typeof line === 'object' && line !== null && 'data' in line ? line.data : undefined
}

/** Guests who have heard their greeting. */
async function greeted<Name extends string>(guestsWith: GuestsWith, ...names: Name[]) {
  const everybody = await guestsWith(inTest, ...names)
  for (const name of names) {
    await everybody[name].hears(
      'display_message',
      { data: 'Connected', count: 0 },
      'server.ts — the greeting',
    )
  }
  return everybody
}
