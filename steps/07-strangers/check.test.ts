import { io } from 'socket.io-client'
import type { Guest } from '#shared/check/guest'
import { need } from '#shared/check/not-yet'
import { eventually, inTime } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { Visitor } from '#shared/check/visitor'

test('a packet of more than 64 KB ends the connection, a smaller one is answered', async ({
  guests,
  guestsWith,
}) => {
  const { ann } = await named(guests, 'ann')
  const small =
    'server.ts — maxHttpBufferSize: are these 64,000 bytes? A long message gets a refusal in words'
  await refused(ann, 'new message', 'x'.repeat(63_000), small)
  const polling = await guestsWith({ transports: ['polling'] }, 'ben')
  const webSocket = await guestsWith({ transports: ['websocket'] }, 'cleo')
  const look = 'server.ts — new Server(server, { maxHttpBufferSize: … }): how many bytes may a packet have?'
  for (const guest of [polling.ben, webSocket.cleo]) {
    let answer: unknown
    guest.socket.emit('new message', 'x'.repeat(64_100), (value: unknown) => (answer = value))
    await eventually(() => answer !== undefined || !guest.socket.connected)
    need(!guest.socket.connected, {
      expected: `${guest.name} sends a packet of 64,124 bytes, and the server hangs up`,
      saw: answer === undefined ? `${guest.name} is still connected` : `it was answered: ${show(answer)}`,
      look,
    })
  }
  await accepted(
    ann,
    'new message',
    'still here',
    'server.ts — one guest who is cut off is no reason to cut another',
  )
})

test('who sends more than their allowance is told to slow down, and nobody else is', async ({ guests }) => {
  const { ann, ben, cleo } = await named(guests, 'ann', 'ben', 'cleo')
  const look = 'server.ts — socket.use(): how many events may one guest send at once?'
  const { answers, most } = await flood(ben, 500)
  const told = answers.filter((answer) => isRefusal.test(answer)).length
  const passed = answers.filter((answer) => answer === ok).length
  need(told > 0, {
    expected: 'of 500 messages at once, some are refused: {"ok":false,"error":"…"}',
    saw: passed === 500 ? 'all were accepted' : 'not one refusal in words',
    look,
  })
  need(ben.socket.connected, {
    expected: 'a guest who sends 500 messages at once is told to slow down, and stays connected',
    saw: 'the server has hung up on him',
    look: 'server.ts — after how many refusals does the server hang up?',
  })
  need(passed > 90, { expected: 'about 100 at once are accepted', saw: `${passed} were`, look })
  need(passed <= most, {
    expected: 'at most 100 at once are accepted, and 10 more each second',
    saw: `${passed} of 500 messages were accepted at once`,
    look,
  })
  const whose = 'server.ts — is the allowance declared once for all guests, or once for each connection?'
  const hers = await flood(ann, 20)
  need(
    hers.answers.every((answer) => answer === ok),
    {
      expected: 'ann may speak as before',
      saw: hers.answers.find((answer) => answer !== ok) ?? '',
      look: whose,
    },
  )
  // Each of these comes a tenth of a second after the one before: Cleo says nothing for a second.
  for (let times = 0; times < 10; times++) {
    const again = await eventually(async () => (await flood(ben, 1)).answers[0] === ok)
    need(again === true, {
      expected: 'ben may speak again a moment later',
      saw: ben.socket.connected ? 'he is still refused' : 'the server has hung up on him',
      look: 'server.ts — what does each second bring back?',
    })
  }
  const brings = 'server.ts — what does each second bring back? allowance + seconds * perSecond'
  const floodedAt = performance.now()
  await flood(ben, 200)
  const emptyAt = performance.now()
  let refusedAt = emptyAt
  for (let times = 0; times < 8; times++) {
    await eventually(async () => {
      const askedAt = performance.now()
      const isTaken = (await flood(ben, 1)).answers[0] === ok
      if (!isTaken) refusedAt = askedAt
      return isTaken
    })
  }
  // While he is refused, so little has come back: that does not depend on how fast this machine is.
  const early = ((refusedAt - emptyAt) / 1_000) * 10
  need(early < 10, {
    expected: 'each second brings back 10 events',
    saw: `after ${Math.round(refusedAt - emptyAt)} ms, ben had got back fewer than 8`,
    look: brings,
  })
  // The flood left him nothing, some time after it began.
  const took = ((performance.now() - floodedAt) / 1_000) * 10
  need(took > 6, {
    expected: 'each second brings back 10 events',
    saw: `8 came back in ${Math.round(took * 100)} ms`,
    look: brings,
  })
  const later = await flood(cleo, 300)
  const piled = later.answers.filter((answer) => answer === ok).length
  need(piled <= later.most, {
    expected: 'cleo, who has waited, may send 100 messages at once and no more',
    saw: `${piled} were accepted at once`,
    look: 'server.ts — Math.min(): what does a silent guest save up?',
  })
  const { dan } = await guests('dan')
  await accepted(dan, 'add user', 'dan', whose)
  const startedAt = performance.now()
  for (let times = 0; times < 300; times++) dan.emit('typing')
  await flood(dan, 1)
  await accepted(ann, 'new message', 'over', whose)
  const heard = ann.heard('typing').length
  const allowed = 101 + ((performance.now() - startedAt) / 1_000) * 10
  need(heard > 0 && heard <= allowed, {
    expected: 'all that a guest sends is counted, messages or not',
    saw: `ann heard “typing” ${heard} times`,
    look: 'server.ts — socket.use() sees each event: which of them cost something?',
  })
})

test('after 1,000 refusals the server hangs up', async ({ guests }) => {
  const { ann, ben } = await named(guests, 'ann', 'ben')
  const answers: string[] = []
  let reason = ''
  ben.socket.once('disconnect', (why) => (reason = why))
  // A hundred at a time: of more at once, too many answers might wait for him.
  while (answers.length < 1_500 && ben.socket.connected) answers.push(...(await flood(ben, 100)).answers)
  const look = 'server.ts — refuse(): count, and hang up on a guest who was refused 1,000 times'
  const told = answers.filter((answer) => isRefusal.test(answer)).length
  need(told < 1_300, {
    expected:
      'of 1,500 messages at once, about 100 are accepted, 1,000 are refused, and the others get no answer',
    saw: `${told} refusals`,
    look,
  })
  need(told > 700, {
    expected: 'a guest is told 1,000 times to slow down before the server hangs up',
    saw: `${told} refusals`,
    look: 'server.ts — a guest who sends a little too much should read why',
  })
  await ann.hears('user left', { username: 'ben', numUsers: 1 }, look)
  need(reason !== 'io server disconnect', {
    expected: 'a page that the server has disconnected comes back by itself',
    saw: 'socket.disconnect() tells it to stay away',
    look: 'server.ts — socket.conn.close() ends the connection below',
  })
  await refused(ann, 'new message', '', 'server.ts — are refusals counted once for each guest?')
})

test('who does not read is hung up on, once 1,000 packets wait', async ({ guests, visitor }) => {
  const { ann } = await named(guests, 'ann')
  const dora = await PollingGuest.enters(visitor('dora'), 'dora')
  await ann.hears('user joined', { username: 'dora', numUsers: 2 }, "server.ts — socket.on('add user')")
  const look =
    "server.ts — socket.conn.on('packetCreate'): count what waits, and close the connection above 1,000; 'flush' empties it"
  for (const round of [1, 2]) {
    await othersSay(dora.url, 7)
    const some = await dora.fetches()
    need(some === 7 * 99, {
      expected: `seven others say 99 things each, and dora fetches them all (round ${round})`,
      saw: `she got ${some}`,
      look: "server.ts — fewer than 1,000 may wait, and what was fetched waits no longer: 'flush'",
    })
  }
  await othersSay(dora.url, 12)
  const most = await dora.fetches()
  need(most <= 1_000, {
    expected:
      'twelve others come and say 99 things each, dora fetches nothing meanwhile, and the server hangs up on her at 1,000',
    saw: `${most} messages waited for her`,
    look,
  })
  need(!(await dora.isConnected()), {
    expected: 'the server has hung up on dora',
    saw: 'she is still connected',
    look,
  })
  const isTold = await eventually(() =>
    ann.heard('user left').some((value) => show(value).includes('"dora"')),
  )
  need(isTold === true, { expected: 'ann hears that dora left', saw: 'no word of it', look })
  await accepted(
    ann,
    'new message',
    'still here',
    'server.ts — are the waiting packets counted once for each guest?',
  )
})

test('a name can be seen', async ({ guests }) => {
  const { ann } = await guests('ann')
  const look =
    'server.ts — which characters are invisible, and which ones control a terminal? \\p{C} is a beginning'
  for (const [name, kind] of unseenNames) {
    const answer = await ann.ask('add user', [name], 'server.ts — a refusal is an answer, too')
    need(isRefusal.test(show(answer)), {
      expected: `the name ${written(name)} is refused: ${kind}`,
      saw: show(answer),
      look,
    })
  }
  for (const name of seenNames) {
    const guest = (await guests('ben')).ben
    await accepted(
      guest,
      'add user',
      name,
      'server.ts — a name may be in any script, and may be one character',
    )
    guest.leave()
  }
})

test('a name is no format of the log', async ({ guests, output }) => {
  const look = "server.ts — console.log() fills in %s from what follows: console.log('%s joined', …)"
  const { ann } = await guests('ann')
  await accepted(ann, 'add user', '%s %o %d', look)
  ann.leave()
  for (const verb of ['joined', 'left']) {
    const line = await eventually(() => output().find((some) => some.includes(verb)))
    need(output().length === 0 || line?.includes(`"%s %o %d"`) === true, {
      expected: `the log says "%s %o %d" ${verb}`,
      saw: line ?? `no line with ${verb}`,
      look,
    })
  }
})

const ok = '{"ok":true}'
const isRefusal = /^\{"ok":false,"error":"./

const unseenNames: [name: string, kind: string][] = [
  ['\u200B', 'no width'],
  ['an\u200Bn', 'a character without width'],
  ['a\u202Enn', 'it turns the direction of the text'],
  ['\u2066ann', 'it turns the direction of the text'],
  ['\u0301', 'an accent, and no letter'],
  ['\u3164', 'a letter without ink'],
  ['\u2800', 'a sign without ink'],
  ['ann\u001B[2J', 'a terminal obeys it'],
  ['ann\u009B2J', 'a terminal obeys it'],
  ['ann\nben', 'a line break'],
  ['ann\u2028ben', 'a line break'],
  ['ann\uD800', 'half a character'],
]

const seenNames = ['Zoë', 'Z\u006F\u0308e', '花子', 'Ольга', 'نور', "O'Neill 2", '😀', '%s', '!']

/** A name with what nobody sees written out. */
function written(name: string): string {
  return `"${name.replaceAll(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`
}

/**
 * Says something many times at once.
 *
 * @returns the answers, and how many of them a right program accepts at most
 */
async function flood(guest: Guest, times: number) {
  const startedAt = performance.now()
  const answers = (await guest.floods('new message', 'buy this!', times)).map(show)
  return { answers, most: 101 + ((performance.now() - startedAt) / 1_000) * 10 }
}

/** So many others come, say 99 things each, and leave. */
async function othersSay(url: string, others: number): Promise<void> {
  await Promise.all(
    Array.from({ length: others }, async (_, index) => {
      const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false })
      socket.emit('add user', `other ${index}`)
      for (let count = 0; count < 98; count++) socket.emit('new message', 'and so on')
      // The answer to the last one comes when all have been read.
      await inTime(
        (signal) =>
          new Promise<void>((resolve) => {
            socket.emit('new message', 'and so on', () => resolve())
            socket.once('disconnect', () => resolve())
            signal.addEventListener('abort', () => resolve())
          }),
      )
      socket.disconnect()
    }),
  )
}

/** Somebody with a name, over long-polling, who asks what there is only when the check says so. */
class PollingGuest {
  readonly url: string
  readonly #visitor: Visitor
  readonly #session: string

  private constructor(visitor: Visitor, session: string) {
    this.url = visitor.url
    this.#visitor = visitor
    this.#session = session
  }

  static async enters(visitor: Visitor, name: string): Promise<PollingGuest> {
    const door = '/socket.io/?EIO=4&transport=polling'
    const [, sid] = /"sid":"([^"]+)"/.exec((await visitor.get(door)).text) ?? []
    const guest = new PollingGuest(visitor, `${door}&sid=${sid}`)
    await guest.#sends('40')
    await visitor.get(guest.#session)
    await guest.#sends(`42${JSON.stringify(['add user', name])}`)
    return guest
  }

  /** Takes what waits. Returns how many messages that were. */
  async fetches(): Promise<number> {
    const { text } = await this.#visitor.get(this.#session)
    return text.split('\u001E').filter((packet) => packet.startsWith('42["new message"')).length
  }

  /** Whether a question is still answered. */
  async isConnected(): Promise<boolean> {
    await this.#sends('420["new message","And now?"]')
    return (await this.#visitor.get(this.#session)).text.includes('430[')
  }

  #sends(packet: string): Promise<unknown> {
    return this.#visitor.send('POST', this.#session, packet, { 'content-type': 'text/plain;charset=UTF-8' })
  }
}

type Guests = <Name extends string>(...names: Name[]) => Promise<Record<Name, Guest>>

/** Guests who have their name, and have heard that the others came. */
async function named<Name extends string>(guests: Guests, ...names: Name[]) {
  const everybody = await guests(...names)
  const look =
    "server.ts — does socket.use() call next() for what it does not refuse? Then: socket.on('add user')"
  for (const [index, name] of names.entries()) {
    await accepted(everybody[name], 'add user', name, look)
    for (const other of names.slice(0, index))
      await everybody[other].next('user joined', `${name} is announced`, look)
  }
  return everybody
}

async function accepted(guest: Guest, event: string, value: unknown, look: string) {
  const answer = await guest.ask(event, [value], look)
  need(show(answer) === ok, {
    expected: `${show(event)} ${show(value)} is acknowledged with {"ok":true}`,
    saw: show(answer),
    look,
  })
}

async function refused(guest: Guest, event: string, value: unknown, look: string) {
  const answer = await guest.ask(event, [value], look)
  need(isRefusal.test(show(answer)), {
    expected: `${show(event)} ${show(value)} is refused, with {"ok":false,"error":"…"}`,
    saw: show(answer),
    look,
  })
}
