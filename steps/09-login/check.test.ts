import { password, register } from '#shared/check/account'
import { need } from '#shared/check/not-yet'
import { eventually, reconnectMs } from '#shared/check/patience'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { PageGuest } from '#shared/check/page-guest'
import type { Reply, Visitor } from '#shared/check/visitor'

const graceMs = 3_000
const busyMs = 10_000 // thirty passwords at once take a slow machine a while
const wrongPassword = 'wrong horse 8'
type NewVisitor = (name: string) => Visitor

test('registering lets you in, and nobody else comes in', async ({ visitor }) => {
  const ann = visitor('ann')
  const door = await ann.get('/')
  led(door, '/login', "server.ts — app.get('/'): without personOf(request.session), redirect(303, '/login')")
  await register(ann)
  const home = await ann.get('/')
  need(home.status === 200 && home.text.includes('/client.js'), {
    expected: 'GET / answers ann with the page of the chat',
    saw: `${home.status}`,
    look: 'server.ts — does app.use(sessions) stand above what reads request.session?',
  })
})

test('what cannot be registered is refused in words, and nothing typed is lost', async ({ visitor }) => {
  await register(visitor('ann'))
  const ben = visitor('ben')
  const right = { username: 'ben', displayName: 'Ben', password }
  const look = 'accounts.ts — registration: what may a username, a display name, a password be?'
  for (const wrong of [
    { username: '' },
    { username: 'ben smith' },
    { username: '<ben>' },
    { displayName: '   ' },
    { displayName: 'fifteen letters' },
    { password: 'short' },
    { password: 'x'.repeat(201) },
  ]) {
    const reply = await ben.submit('/register', { ...right, ...wrong })
    refused(reply, 400, `registering with ${show(wrong)}`, look)
  }
  const unique = 'database.ts — UNIQUE; accounts.ts — compare in lower case, or Ann and ann would fool Ben'
  for (const taken of [{ username: 'ANN' }, { displayName: 'Ann' }, { displayName: 'ａｎｎ' }]) {
    const reply = await ben.submit('/register', { ...right, ...taken })
    refused(reply, 409, `registering with ${show(taken)}`, unique)
  }
  const markup = await ben.submit('/register', { ...right, username: '"><script>alert(1)</script>' })
  need(!markup.text.includes('<script>alert') && markup.text.includes('script&#62;alert(1)'), {
    expected: 'what was typed stands in the field again, as text',
    saw: markup.text.includes('<script>alert') ? 'it is part of the page' : 'it is gone',
    look: 'forms.ts — html`…` keeps what is put in as text; value="${username}" keeps it at all',
  })
  await register(ben)
})

test('who logs in gets a new session, in a cookie that scripts cannot read', async ({ visitor }) => {
  const ann = visitor('ann')
  await register(ann)
  const look =
    'accounts.ts — renew() before accountId is set: a session that was there before may be somebody else’s trap'
  await ann.submit('/logout', {})
  const planted = ann.cookie
  const reply = await ann.submit('/login', { username: 'Ann', password })
  led(reply, '/', "accounts.ts — router.post('/login'): enter, and redirect(303, '/')")
  need(planted !== '' && ann.cookie !== planted, {
    expected: 'another cookie after the login than before',
    saw: 'the same',
    look,
  })
  const attacker = visitor('eve')
  const home = await attacker.send('GET', '/', undefined, { cookie: planted })
  need(home.status !== 200, {
    expected: 'the cookie from before the login opens nothing',
    saw: 'the chat',
    look,
  })
  const [cookie = ''] = reply.cookies
  for (const [wanted, why] of [
    [/; HttpOnly/i, 'httpOnly: a script that gets into the page cannot take it along'],
    [/; SameSite=Lax/i, "sameSite: 'lax': a form elsewhere does not bring it along"],
    [/; Expires=/i, 'maxAge: without it, closing the browser logs out'],
  ] as const) {
    need(wanted.test(cookie), {
      expected: `a cookie with ${String(wanted)}`,
      saw: cookie,
      look: `sessions.ts — ${why}`,
    })
  }
  const https = await visitor('ben').submit(
    '/login',
    { username: 'ann', password },
    { 'x-forwarded-proto': 'https' },
  )
  need(/; Secure/i.test(https.cookies[0] ?? ''), {
    expected: 'behind a tunnel with https, a cookie for https alone',
    saw: https.cookies[0] ?? 'no cookie',
    look: "sessions.ts — secure: 'auto'; server.ts — app.set('trust proxy', 'loopback')",
  })
})

test('a wrong password and a wrong name get the same answer', async ({ visitor }) => {
  await register(visitor('ann'))
  const ben = visitor('ben')
  const look = 'accounts.ts — one sentence for both, or anybody can find out who has an account'
  const name = await ben.submit('/login', { username: 'nobody', password })
  refused(name, 401, 'a name that does not exist', look)
  const word = await ben.submit('/login', { username: 'ann', password: wrongPassword })
  refused(word, 401, 'a wrong password', look)
  need(sentence(name) === sentence(word), {
    expected: 'the same words for both',
    saw: `“${sentence(name)}” and “${sentence(word)}”`,
    look,
  })
  led(await ben.get('/'), '/login', look)
  for (const body of ['username=ann', 'username=ann&username=ann&password=x', "username=ann'--&password=x"]) {
    const reply = await ben.send('POST', '/login', body, {
      'content-type': 'application/x-www-form-urlencoded',
    })
    refused(reply, 401, body, look)
  }
})

test('the time does not tell who has an account', async ({ visitor }) => {
  const eve = visitor('eve')
  let known = 0
  let unknown = 0
  // A busy machine can spoil one comparison; a program that looks up no password is quicker in each of them.
  for (const [name, stranger] of [
    ['ann', 'nobody'],
    ['ben', 'no-one'],
    ['cleo', 'nemo'],
  ] as const) {
    await register(visitor(name))
    ;[known, unknown] = await quickestAnswers(eve, name, stranger)
    if (unknown > known / 3) return
  }
  need(false, {
    expected: `a name that does not exist is answered as slowly as one that does (${Math.round(known)} ms)`,
    saw: `${Math.round(unknown)} ms`,
    look: 'accounts.ts — verify something also when there is no account: nobodysHash',
  })
})

/** How long the quickest refusal of each took, in ms. */
async function quickestAnswers(eve: Visitor, name: string, stranger: string): Promise<[number, number]> {
  const times = new Map<string, number[]>([
    [name, []],
    [stranger, []],
  ])
  for (let count = 0; count < 9; count++) {
    // Whoever comes second finds the program awake, so they take turns.
    for (const username of count % 2 === 0 ? [name, stranger] : [stranger, name]) {
      const startedAt = performance.now()
      await eve.submit('/login', { username, password: wrongPassword }, {}, busyMs)
      times.get(username)?.push(performance.now() - startedAt)
    }
  }
  return [Math.min(...times.get(name)!), Math.min(...times.get(stranger)!)]
}

test('passwords cannot be guessed, and guessing at ann does not lock out ben', async ({ visitor }) => {
  await register(visitor('ann'))
  await register(visitor('ben'))
  const eve = visitor('eve')
  const look = 'attempts.ts — count before the password is looked at: of many at once, none is counted after'
  const guesses = Array.from({ length: 30 }, (_, index) =>
    eve.submit('/login', { username: 'ann', password: `guess number ${index}` }, {}, busyMs),
  )
  const statuses = (await Promise.all(guesses)).map(({ status }) => status)
  const looked = statuses.filter((status) => status === 401).length
  need(looked <= 10 && statuses.includes(429), {
    expected: 'of 30 guesses at once, at most 10 are looked at; the others get 429',
    saw: `${looked} were looked at`,
    look,
  })
  const right = await eve.submit('/login', { username: 'ANN', password })
  refused(
    right,
    429,
    'then even the right password',
    'accounts.ts — ask attempt() first, by the name in lower case',
  )
  led(
    await eve.submit('/login', { username: 'ben', password }),
    '/',
    'attempts.ts — count by username: all in this room share one address',
  )
})

test('no password is kept, only its argon2id', async ({ visitor, kept }) => {
  await register(visitor('ann'))
  await register(visitor('ben'))
  const all = await kept()
  const look = "accounts.ts — await hash(password, cost) from '@node-rs/argon2'"
  need(!all.includes(password), { expected: 'the password stands in no file', saw: 'it does', look })
  const hashes = new Set(all.match(/\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/$]+/g))
  need(hashes.size >= 2, {
    expected: 'an argon2id hash for each, and not the same one, although both have the same password',
    saw: `${hashes.size} of them`,
    look,
  })
})

test('a socket without a login is turned away', async ({ people, knock }) => {
  const look =
    'server.ts — io.use(): personOf(session), and next(error) with data { code: "unauthorized" } when there is nobody'
  const session =
    'server.ts — does each way through io.use() call next()? And does io.engine.use(sessions) give it a session to ask?'
  for (const options of [
    {},
    { headers: { cookie: 'session=s%3Amade-up.signature' } },
    { transports: ['polling' as const] },
  ]) {
    const turnedAway = await knock('eve', { ...options, look: session })
    need(show(turnedAway?.data) === '{"code":"unauthorized"}', {
      expected: 'connect_error with data {"code":"unauthorized"}',
      saw: turnedAway ? `“${turnedAway.message}” with data ${show(turnedAway.data)}` : 'eve was let in',
      look,
    })
  }
  const { ann } = await people('ann')
  await ann.hears(
    'login',
    { username: 'ann', numUsers: 1 },
    "server.ts — io.on('connection'): login, history, users",
  )
  await ann.hears('history', [], "server.ts — io.on('connection'): login, history, users")
})

test('who you are comes from the session, and from nowhere else', async ({ people }) => {
  const { ann, ben } = await people('ann', 'ben')
  const look =
    'server.ts — username is socket.data.person.username; nothing that a guest sends can change that'
  ben.emit('add user', 'ann')
  ben.emit('new message', 'it is me', { username: 'ann' })
  await ann.hears('new message', { username: 'ben', message: 'it is me' }, look)
  ben.emit('typing', { username: 'ann' })
  await ann.hears('typing', { username: 'ben' }, look)
  const answer = await ben.ask('new message', [{ username: 'ann', message: 'I owe Ben a coffee' }], look)
  need(/^\{"ok":false,"error":"./.test(show(answer)), {
    expected: 'a message that is no text is refused',
    saw: show(answer),
    look,
  })
})

test('however many tabs and reloads, it is one person', async ({ people, visitor, guestsWith }) => {
  const { ann, dan } = await people('ann', 'dan')
  const cookie = await cookieOf(visitor, 'ben')
  await ann.next('user joined', 'ann hears dan', "server.ts — socket.broadcast.emit('user joined', …)")
  const look = 'presence.ts — the first tab comes, the last one goes; those between change nothing'
  const { ben1 } = await guestsWith({ headers: { cookie } }, 'ben1')
  await ann.hears('user joined', { username: 'ben', numUsers: 3 }, look)
  await ann.next('users', 'ann hears who is here', "server.ts — socket.broadcast.emit('users', everybody())")
  const { ben2 } = await guestsWith({ headers: { cookie } }, 'ben2')
  const [users] = await ben2.next(
    'users',
    'ben2 hears who is here',
    "server.ts — socket.emit('users', everybody())",
  )
  const names = Array.isArray(users) ? users.map((user: { username: unknown }) => user.username) : []
  need(names.join(', ') === 'ann, dan, ben', { expected: 'users: ann, dan, ben', saw: show(users), look })
  ben1.leave()
  // He is still here: had the first tab's end counted, "user left" would stand before what he says.
  ben2.emit('new message', 'still here')
  await ann.hears('new message', { username: 'ben', message: 'still here' }, look)
  ann.hasNotHeard('user joined', 'a second tab is no second person', look)
  ben2.leave()
  const { again } = await guestsWith({ headers: { cookie } }, 'again') // the page, loaded again
  const patient = 'presence.ts — the last tab is gone: wait a few seconds for another one, and then say so'
  await again.hears('login', { username: 'ben', numUsers: 3 }, patient)
  again.emit('new message', 'back')
  await ann.hears('new message', { username: 'ben', message: 'back' }, look)
  for (const event of ['user left', 'user joined']) {
    ann.hasNotHeard(event, 'loading the page again is no leaving, and no joining', patient)
  }
  again.leave()
  dan.leave()
  await ann.hears('user left', { username: 'ben', numUsers: 2 }, patient, graceMs)
  // Dan leaves after Ben, so had Ben left twice, it would stand before that.
  await ann.hears('user left', { username: 'dan', numUsers: 1 }, patient, graceMs)
})

test('logging out cuts this session’s sockets, and ends its cookie', async ({
  people,
  visitor,
  guestsWith,
  knock,
}) => {
  const { ben } = await people('ben')
  const ann = visitor('ann')
  await register(ann)
  const other = visitor('ann elsewhere')
  await other.submit('/login', { username: 'ann', password })
  const { here, elsewhere } = {
    ...(await guestsWith({ headers: { cookie: ann.cookie } }, 'here')),
    ...(await guestsWith({ headers: { cookie: other.cookie } }, 'elsewhere')),
  }
  const old = ann.cookie
  const look =
    'server.ts — io.in(sessionRoom(id)).disconnectSockets(true); accounts.ts — cut(old) when a session ends'
  const reply = await ann.submit('/logout', {})
  led(reply, '/login', "accounts.ts — router.post('/logout')")
  const said = await ann.get('/login')
  need(said.text.includes('logged out'), {
    expected: 'the next page says that ann is logged out',
    saw: sentence(said),
    look: 'accounts.ts — request.session.flash, which the next page shows once',
  })
  const isCut = await eventually(() => !here.socket.connected)
  need(isCut === true, { expected: 'the socket of that session is cut', saw: 'it is still connected', look })
  elsewhere.emit('new message', 'I am still in')
  await ben.hears(
    'new message',
    { username: 'ann', message: 'I am still in' },
    'server.ts — a room for each session, and not for each person',
  )
  const home = await visitor('eve').send('GET', '/', undefined, { cookie: old })
  led(
    home,
    '/login',
    'accounts.ts — regenerate() destroys the old session in the store: what does destroy() do?',
  )
  const turnedAway = await knock('eve', { headers: { cookie: old } })
  need(turnedAway !== undefined, { expected: 'the old cookie opens no socket', saw: 'it did', look })
})

test('a restart logs nobody out', async ({ visitor, guestsWith, restart }) => {
  const ann = visitor('ann')
  await register(ann)
  await restart()
  const home = await ann.get('/')
  const look =
    'sessions.ts — the store writes into the database, and the secret that signs the cookies is kept there, too'
  need(home.status === 200, {
    expected: 'ann is still in',
    saw: `${home.status} ${home.location}`.trim(),
    look,
  })
  await guestsWith({ headers: { cookie: ann.cookie } }, 'ann')
})

test('a form or a socket from another origin is refused', async ({ visitor, knock }) => {
  const ann = visitor('ann')
  await register(ann)
  const look =
    'origin.ts — Origin against Host; server.ts — for every form, and allowRequest for the handshake'
  for (const origin of ['http://elsewhere.example', 'http://localhost:1', 'null', 'nonsense']) {
    const reply = await ann.submit('/logout', {}, { origin })
    refused(reply, 403, `a form from ${origin}`, look)
    for (const transport of ['websocket', 'polling'] as const) {
      const turnedAway = await knock('ann', {
        transports: [transport],
        headers: { cookie: ann.cookie, origin },
      })
      need(turnedAway !== undefined, { expected: `no ${transport} from ${origin}`, saw: 'it opened', look })
    }
  }
  const own = await ann.submit('/logout', {}, { origin: ann.url })
  led(own, '/login', 'origin.ts — a form from here is fine')
})

test('what step 8 could, it still can: messages, limits, history', async ({
  people,
  visitor,
  guestsWith,
}) => {
  const { ann, ben } = await people('ann', 'ben')
  const look = "server.ts — socket.on('new message')"
  const cookie = await cookieOf(visitor, 'cleo')
  const { cleo1, cleo2 } = await guestsWith({ headers: { cookie } }, 'cleo1', 'cleo2')
  for (const message of ['', '   ', 'x'.repeat(2_001), 42, undefined, { text: 'hello' }]) {
    const answer = await cleo1.ask('new message', [message], look)
    need(/^\{"ok":false,"error":"./.test(show(answer)), {
      expected: `${show(message)} is refused`,
      saw: show(answer),
      look,
    })
  }
  cleo1.emit('new message', 42, 'not a function')
  const answer = await cleo1.ask('new message', ['hello'], look)
  need(show(answer) === '{"ok":true}', { expected: 'acknowledged with {"ok":true}', saw: show(answer), look })
  for (const guest of [ann, ben, cleo2]) {
    await guest.hears(
      'new message',
      { username: 'cleo', message: 'hello' },
      'server.ts — everyone else hears it, and so do the other tabs',
    )
  }
  ann.emit('new message', 'hi')
  // Ann's comes last, so an echo would stand before it.
  await cleo1.hears(
    'new message',
    { username: 'ann', message: 'hi' },
    'server.ts — socket.broadcast skips the sender',
  )
  const { dan } = await people('dan')
  const [history] = await dan.next('history', 'dan gets "history"', look)
  const lines = Array.isArray(history)
    ? history.map((one: { message: unknown }) => one.message).join(', ')
    : show(history)
  need(lines === 'hello, hi', { expected: 'history: hello, hi', saw: lines, look })
})

test('typing is seen by others, not in one’s own tabs, and ends with the tab', async ({
  people,
  visitor,
  guestsWith,
}) => {
  const { ann } = await people('ann')
  const cookie = await cookieOf(visitor, 'ben')
  const { ben1, ben2 } = await guestsWith({ headers: { cookie } }, 'ben1', 'ben2')
  const look = 'server.ts — socket.broadcast.except(mine)'
  ben1.emit('typing')
  await ann.hears('typing', { username: 'ben' }, look)
  ben1.emit('stop typing')
  await ann.hears('stop typing', { username: 'ben' }, look)
  ben1.emit('typing')
  await ann.hears('typing', { username: 'ben' }, look)
  ben1.leave()
  const vanished =
    "server.ts — socket.on('disconnect'): a tab that was typing says so; its person is still here"
  await ann.hears('stop typing', { username: 'ben' }, vanished)
  ann.emit('typing')
  // Ann's comes last, so his own would stand before it.
  await ben2.hears('typing', { username: 'ann' }, look)
})

test('who floods is told to slow down, and nobody else is', async ({ people }) => {
  const { ann, ben } = await people('ann', 'ben')
  const answers = (await ben.floods('new message', 'buy this!', 500)).map(show)
  need(
    answers.some((answer) => /^\{"ok":false,"error":"./.test(answer)),
    {
      expected: 'of 500 messages at once, some are refused: {"ok":false,"error":"…"}',
      saw: answers.every((answer) => answer === '{"ok":true}')
        ? 'all were accepted'
        : 'not one refusal in words',
      look: 'server.ts — socket.use(): how many events may one guest send at once?',
    },
  )
  const look = 'server.ts — is the allowance declared once for all guests, or once for each connection?'
  const hers = (await ann.floods('new message', 'is this a market?', 20)).map(show)
  need(
    hers.every((answer) => answer === '{"ok":true}'),
    { expected: 'ann may speak as before', saw: hers.find((answer) => answer !== '{"ok":true}') ?? '', look },
  )
})

test('two people register by the forms, and chat', async ({ visitor, guestsWith, windows }) => {
  const { ann } = await windows('ann')
  const look = 'forms.ts — labelled fields, a button, method="post"'
  await ann.open(new URL('/register', ann.page.url()).href)
  await ann.types('Username', 'jarrett')
  await ann.types('Display name', 'jarrett')
  await ann.types('Password', password)
  await ann.presses('Enter')
  await ann.finds('#state', /connected over/, 'the chat opens', look)
  await ann.finds(
    '#online',
    /^there's 1 participant$/,
    "there's 1 participant",
    "client.ts — socket.on('login')",
  )
  const { ben } = await guestsWith({ headers: { cookie: await cookieOf(visitor, '<i>ben</i>') } }, 'ben')
  await ann.reads('<i>ben</i> joined', "client.ts — socket.on('user joined')")
  const list = ann.page.getByRole('list', { name: 'People' }).getByRole('listitem')
  const both = await eventually(
    async () => (await list.allInnerTexts()).map((text) => text.trim()).join(', ') === 'jarrett, <i>ben</i>',
  )
  need(both === true, {
    expected: 'the people: jarrett, <i>ben</i>',
    saw: (await list.allInnerTexts()).join(', ') || 'nobody',
    look: "client.ts — socket.on('users'): one row a person, textContent",
  })
  await ann.types('Message', 'hello')
  await ann.presses('Enter')
  const mine = await ann.reads(
    /^jarrett\W*hello$/,
    'client.ts — say(myName, message) once it is acknowledged',
  )
  const colours = await ann.coloursOf(mine)
  need(colours.includes('#287b00'), {
    expected: 'the name jarrett in its colour, #287b00',
    saw: colours.join(' '),
    look: 'client.ts — colourOf()',
  })
  need((await mine.locator('svg').count()) === 1, {
    expected: 'a drawn face beside the name',
    saw: 'none',
    look: 'client.ts — avatarOf()',
  })
  await ben.hears('typing', { username: 'jarrett' }, 'client.ts — the first key says typing')
  await ben.hears('stop typing', { username: 'jarrett' }, 'client.ts — sending ends the typing')
  await ben.hears('new message', { username: 'jarrett', message: 'hello' }, 'client.ts — new message')
  ben.emit('typing')
  const rows = ann.page.getByRole('list', { name: 'Typing' })
  const typing = await eventually(async () => (await rows.innerText()).includes('<i>ben</i> is typing'))
  need(typing === true, {
    expected: 'the row “<i>ben</i> is typing”',
    saw: await rows.innerText(),
    look: 'client.ts — addRow()',
  })
  ben.emit('new message', '<img src=x onerror=alert(1)>')
  await ann.reads(/^<i>ben<\/i>\W*<img src=x onerror=alert\(1\)>$/, 'client.ts — textContent')
  await ann.clicks('Log out')
  await ann.finds('[role=status]', /logged out/, 'the door again, with a word of goodbye', 'forms.ts — flash')
})

test('a page whose session has ended goes to the door', async ({ visitor, windows, restart }) => {
  const { ann, second } = await windows('ann', 'second')
  const account = visitor('ann')
  await register(account)
  for (const window of [ann, second]) {
    await window.openAs(account.cookie)
    await window.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  }
  await ann.clicks('Log out')
  const look =
    "client.ts — socket.on('disconnect'): for the reason “io server disconnect” nobody reconnects; go to /login"
  await atTheDoor(second, look)
  const late = "client.ts — socket.on('connect_error'): data.code is “unauthorized”"
  const third = visitor('ben')
  await register(third)
  await ann.openAs(third.cookie)
  await ann.finds('#state', /connected over/, 'the page connects', 'client.ts — io()')
  await ann.page.context().clearCookies() // as if its week were over, and then the connection breaks
  await restart()
  await atTheDoor(ann, late, reconnectMs)
})

async function cookieOf(visitor: NewVisitor, displayName: string) {
  const account = visitor(displayName)
  await register(account)
  return account.cookie
}

/** Answered with a redirect. */
function led(reply: Reply, location: string, look: string) {
  need(reply.status === 303 && reply.location === location, {
    expected: `303, and on to ${location}`,
    saw: [reply.status, reply.location || sentence(reply)].join(' '),
    look,
  })
}

/** Answered with this status, and a sentence. */
function refused(reply: Reply, status: number, what: string, look: string) {
  need(reply.status === status && /^[A-Z][^<]*\.$/.test(sentence(reply)), {
    expected: `${what} is refused: ${status}, and a sentence`,
    saw: [reply.status, reply.location || sentence(reply)].join(' '),
    look,
  })
}

/** What a page says above its form; the whole of a text. */
function sentence({ text, type }: Reply): string {
  if (!type.includes('html')) return text
  return (/role="(?:alert|status)">([^<]*)</.exec(text)?.[1] ?? 'without a sentence').trim()
}

async function atTheDoor({ name, page }: PageGuest, look: string, lateMs = 0) {
  const there = await eventually(() => new URL(page.url()).pathname === '/login', lateMs)
  need(there === true, { expected: `${name}'s page goes to /login`, saw: new URL(page.url()).pathname, look })
}
