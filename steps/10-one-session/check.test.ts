import { password, register } from '#shared/check/account'
import { need } from '#shared/check/not-yet'
import { eventually, reconnectMs } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { PageGuest } from '#shared/check/page-guest'
import type { Reply } from '#shared/check/visitor'

test('a socket without a login is turned away', async ({ people, knock }) => {
  const look =
    "server.ts — io.use(): without personOf(…), next(error), and the error has data { code: 'unauthorized' }"
  const unanswered =
    'server.ts — each way through io.use() calls next(); io.engine.use(sessions) gives it a session to ask'
  for (const options of [
    {},
    { headers: { cookie: 'session=s%3Amade-up.signature' } },
    { transports: ['polling' as const] },
  ]) {
    const turnedAway = await knock('eve', { ...options, look: unanswered })
    need(show(turnedAway?.data) === '{"code":"unauthorized"}', {
      expected: 'connect_error with data {"code":"unauthorized"}',
      saw: turnedAway ? `“${turnedAway.message}” with data ${show(turnedAway.data)}` : 'eve was let in',
      look,
    })
  }
  await people('ann') // who has logged in, comes in
})

test('who you are comes from the session, and from nowhere else', async ({ people }) => {
  const { ann, ben } = await people('ann', 'ben')
  const arrival = "chat.ts — socket.emit('login', { id, username, numUsers }), as soon as somebody connects"
  const [mine] = await ann.next('login', 'ann hears "login"', arrival)
  const { id, ...rest } = Object(mine) as Record<string, unknown>
  need(Number.isInteger(id) && show(rest) === '{"username":"ann","numUsers":1}', {
    expected: 'login: {"id":(the number of her account),"username":"ann","numUsers":1}',
    saw: show(mine),
    look: arrival,
  })
  await ben.next('login', 'ben hears "login"', arrival)
  const look = 'chat.ts — username is that of socket.data.person; nothing that ben sends can change it'
  ben.emit('add user', 'ann')
  ben.emit('new message', 'it is me', { username: 'ann' })
  await ann.hears('new message', { username: 'ben', message: 'it is me' }, look)
  ben.emit('typing', { username: 'ann' })
  await ann.hears('typing', { username: 'ben' }, look)
  ben.emit('stop typing', { username: 'ann' })
  await ann.hears('stop typing', { username: 'ben' }, look)
  refuses(await ben.ask('new message', [{ username: 'ann', message: 'I owe Ben' }], look), 'an object', look)
})

test('who comes and who leaves is announced and counted', async ({ people, output }) => {
  const { ann, ben } = await people('ann', 'ben')
  const counting = 'chat.ts — numUsers goes up with each connection, and down when it ends'
  await ann.hears('user joined', { username: 'ben', numUsers: 2 }, counting)
  ben.leave()
  await ann.hears('user left', { username: 'ben', numUsers: 1 }, counting)
  const { cleo } = await people('cleo')
  await ann.hears('user joined', { username: 'cleo', numUsers: 2 }, counting)
  cleo.emit('new message', 'hello')
  // Her message comes last: an echo of "user joined" would be before it.
  await ann.hears('new message', { username: 'cleo', message: 'hello' }, counting)
  cleo.hasNotHeard('user joined', 'nobody hears of their own coming', 'chat.ts — socket.broadcast.emit')
  cleo.leave()
  const lines = () => output().filter((line) => line.includes('cleo')).length
  const isLogged = await eventually(() => output().length === 0 || lines() >= 2)
  need(isLogged === true, {
    expected: 'the server prints that cleo joined, and that she left',
    saw: `${lines()} lines with her name`,
    look: 'chat.ts — console.log() prints in the terminal of the server',
  })
})

test('what step 8 could, it still can: messages, limits, history, typing', async ({ people, restart }) => {
  const { ann, ben, cleo } = await people('ann', 'ben', 'cleo')
  const look = "chat.ts — hear(socket, 'new message', …)"
  for (const message of ['', '   ', 'x'.repeat(2_001), 42, undefined, { text: 'hello' }])
    refuses(await cleo.ask('new message', [message], look), show(message), look)
  cleo.emit('new message', 42, 'not a function')
  const answer = await cleo.ask('new message', ['hello'], look)
  need(show(answer) === '{"ok":true}', { expected: 'acknowledged with {"ok":true}', saw: show(answer), look })
  for (const guest of [ann, ben])
    await guest.hears(
      'new message',
      { username: 'cleo', message: 'hello' },
      'chat.ts — everyone else hears it',
    )
  ann.emit('typing')
  await cleo.hears('typing', { username: 'ann' }, "chat.ts — socket.on('typing')")
  ann.emit('stop typing')
  await cleo.hears('stop typing', { username: 'ann' }, "chat.ts — socket.on('stop typing')")
  ann.emit('new message', 'hi')
  // Ann's comes last, so an echo would be before it.
  await cleo.hears('new message', { username: 'ann', message: 'hi' }, 'chat.ts — broadcast skips the sender')
  await restart()
  const { dan } = await people('dan')
  const [history] = await dan.next(
    'history',
    'dan gets "history"',
    "chat.ts — socket.emit('history', history)",
  )
  const kept = Array.isArray(history) ? history.map((one: { message: unknown }) => one.message) : [history]
  need(show(kept) === '["hello","hi"]', { expected: 'history: hello, hi', saw: show(kept), look })
  need(show(dan.order('login', 'history')) === '["login","history"]', {
    expected: 'login first, then history: the page has to know which messages are its own',
    saw: show(dan.order('login', 'history')),
    look: "chat.ts — socket.emit('login', …) above socket.emit('history', …)",
  })
})

test('who floods is told to slow down, and nobody else is', async ({ people }) => {
  const { ann, ben } = await people('ann', 'ben')
  const answers = (await ben.floods('new message', 'buy this!', 500)).map(show)
  const isRefused = (answer: string) => /^\{"ok":false,"error":"./.test(answer)
  need(answers.some(isRefused) && answers.includes('{"ok":true}'), {
    expected: 'of 500 messages at once some are accepted, and some refused: {"ok":false,"error":"…"}',
    saw: `${answers.filter(isRefused).length} were refused`,
    look: 'server.ts — throttle(socket), for each connection',
  })
  const hers = (await ann.floods('new message', 'is this a market?', 20)).map(show)
  need(
    hers.every((answer) => answer === '{"ok":true}'),
    {
      expected: 'ann may speak as before',
      saw: hers.find((answer) => answer !== '{"ok":true}') ?? '',
      look: 'server.ts — throttle(socket): an allowance for each connection, not one for all',
    },
  )
})

test('a page is in at once, by the name of the account', async ({ people, visitor, windows }) => {
  const { ann } = await windows('ann')
  const look = "client.ts — socket.on('login'): myName, view.letIn(username), view.showOnline(numUsers)"
  const account = visitor('<i>ann</i>')
  await register(account)
  await ann.openAs(account.cookie)
  await ann.finds('#me', /^you are <i>ann<\/i>$/, 'at the top: you are <i>ann</i>', look)
  await ann.finds('#online', /^there's 1 participant$/, "there's 1 participant", look)
  const { ben } = await people('ben')
  await ann.reads('ben joined', "client.ts — socket.on('user joined')")
  await ann.types('Message', 'hello')
  await ben.hears('typing', { username: '<i>ann</i>' }, 'client.ts — the first key says typing')
  await ann.presses('Enter')
  await ann.reads(/^<i>ann<\/i>\W*hello$/, look)
  await ben.hears('new message', { username: '<i>ann</i>', message: 'hello' }, 'client.ts — new message')
  ben.emit('new message', '<b>hi</b>')
  await ann.reads(/^ben\W*<b>hi<\/b>$/, "client.ts — socket.on('new message')")
})

test('logging out cuts this session’s sockets, and no others', async ({
  people,
  visitor,
  guestsWith,
  knock,
}) => {
  const { ben } = await people('ben')
  const [ann, other] = [visitor('ann'), visitor('ann elsewhere')]
  await register(ann)
  await other.submit('/login', { username: 'ann', password })
  const { here, there } = await guestsWith({ headers: { cookie: ann.cookie } }, 'here', 'there')
  const { elsewhere } = await guestsWith({ headers: { cookie: other.cookie } }, 'elsewhere')
  const old = ann.cookie
  const poll = '/socket.io/?EIO=4&transport=polling'
  const opened = await ann.get(poll) // a connection that has not asked to come in yet
  const sid = /"sid":"([^"]+)"/.exec(opened.text)?.[1]
  await ann.submit('/logout', {})
  const look =
    "server.ts — socket.join(`session:…`), and at endings.on('ended') io.in(`session:…`).disconnectSockets(true)"
  const isCut = await eventually(() => !here.socket.connected && !there.socket.connected)
  need(isCut === true, {
    expected: 'both sockets of that session are cut',
    saw:
      here.socket.connected && there.socket.connected ? 'both are still connected' : 'one is still connected',
    look,
  })
  elsewhere.emit('new message', 'I am still in')
  const own = 'server.ts — a room for each session, and not one for each person, or for all'
  await ben.hears('new message', { username: 'ann', message: 'I am still in' }, own)
  const turnedAway = await knock('eve', { headers: { cookie: old } })
  need(turnedAway !== undefined, { expected: 'the old cookie opens no socket', saw: 'it did', look })
  await visitor('ann').send('POST', `${poll}&sid=${sid}`, '40', {
    'content-type': 'text/plain;charset=UTF-8',
  })
  const late = await visitor('ann').send('GET', `${poll}&sid=${sid}`)
  need(late.text.startsWith('44'), {
    expected: 'who opens a connection, logs out, and then asks to come in, is turned away',
    saw: late.text.startsWith('40') ? 'they came in' : late.text,
    look: 'server.ts — io.use(): socket.request.session.reload() reads the session anew',
  })
})

test('a page whose session has ended goes to the door', async ({ visitor, windows }) => {
  const { ann, second } = await windows('ann', 'second')
  const account = visitor('ann')
  await register(account)
  for (const window of [ann, second]) {
    await window.openAs(account.cookie)
    await window.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  }
  await ann.clicks('Log out')
  await ann.finds(
    '[role=status]',
    /logged out/,
    'the login, which says goodbye',
    'client.ts — socket.disconnect()',
  )
  await atTheDoor(
    second,
    "client.ts — socket.on('disconnect'): for the reason “io server disconnect” nobody reconnects; go to /login",
  )
  const other = visitor('ben')
  await register(other)
  await ann.openAs(other.cookie)
  await ann.finds('#me', /you are ben/, 'the page connects', "client.ts — socket.on('login')")
  await ann.finds('#state', /websocket/, 'the page is connected over websocket', 'client.ts — io()')
  // Its session ends while it has no connection, as after a week with the laptop closed.
  await ann.goesOffline()
  await ann.finds(
    '#state',
    /reconnecting/,
    'the page sees that the connection is gone',
    "client.ts — socket.on('disconnect')",
  )
  await other.submit('/logout', {})
  await ann.isOnlineAgain()
  await atTheDoor(ann, "client.ts — socket.on('connect_error'): data.code is “unauthorized”", reconnectMs)
})

test('a form or a socket from another origin is refused', async ({ visitor, knock }) => {
  const ann = visitor('ann')
  await register(ann)
  const { host } = new URL(ann.url)
  const { port } = new URL(ann.url)
  const look = 'server.ts — isOurs(request): for every form, and as allowRequest for every connection'
  const rebound = { origin: `http://eve.example:${port}`, host: `eve.example:${port}` }
  for (const { origin, host: asked } of [
    { origin: 'http://elsewhere.example', host },
    { origin: 'http://localhost:1', host },
    { origin: 'null', host },
    { origin: 'nonsense', host },
    rebound,
  ]) {
    const from = asked === host ? origin : `${origin}, a name that Eve has made lead here`
    const reply = await ann.submit('/logout', {}, { origin, host: asked })
    need(reply.status === 403 && reply.type.startsWith('text/plain'), {
      expected: `a form from ${from} is refused: 403, and a sentence`,
      saw: [reply.status, reply.location].join(' ').trim(),
      look,
    })
    for (const transport of ['websocket', 'polling'] as const) {
      const headers = { cookie: ann.cookie, origin, host: asked }
      const turnedAway = await knock('ann', { transports: [transport], headers })
      need(turnedAway !== undefined, { expected: `no ${transport} from ${from}`, saw: 'it opened', look })
    }
  }
  const isWrong = await knock('ann', { headers: { cookie: ann.cookie, origin: ann.url } })
  need(isWrong === undefined, { expected: 'our own page may connect', saw: `“${isWrong?.message}”`, look })
  led(await ann.submit('/logout', {}, { origin: ann.url }), '/login', look)
})

/** Answered with a redirect. */
function led(reply: Reply, location: string, look: string) {
  need(reply.status === 303 && reply.location === location, {
    expected: `303, and on to ${location}`,
    saw: [reply.status, reply.location].join(' ').trim(),
    look,
  })
}

/** Acknowledged with a refusal, and a reason. */
function refuses(answer: unknown, what: string, look: string) {
  need(/^\{"ok":false,"error":"./.test(show(answer)), {
    expected: `${what} is refused: {"ok":false,"error":"…"}`,
    saw: show(answer),
    look,
  })
}

async function atTheDoor({ name, page }: PageGuest, look: string, lateMs = 0) {
  const there = await eventually(() => new URL(page.url()).pathname === '/login', lateMs)
  need(there === true, { expected: `${name}'s page goes to /login`, saw: new URL(page.url()).pathname, look })
}
