import { password, register } from '#shared/check/account'
import { need } from '#shared/check/not-yet'
import { test } from '#shared/check/test'
import { show } from '#shared/check/transcript'
import type { Reply, Visitor } from '#shared/check/visitor'

const busyMs = 10_000 // many passwords at once take a slow machine a while
const wrongPassword = 'wrong horse 8'

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
  const forged = await visitor('eve').send('GET', '/', undefined, { cookie: 'session=s%3Amade-up.signature' })
  led(forged, '/login', 'sessions.ts — secret: a cookie that nobody has signed belongs to nobody')
})

test('what cannot be registered is refused in words, and nothing typed is lost', async ({ visitor }) => {
  await register(visitor('ann'))
  const ben = visitor('ben')
  const right = { username: 'ben', displayName: 'Ben', password }
  const look = 'forms.ts — registration: what may a username, a display name, a password be?'
  for (const wrong of [
    { username: '' },
    { username: 'ben smith' },
    { username: '<ben>' },
    { displayName: '   ' },
    { displayName: 'fifteen letters' },
    { displayName: 'be\u200Bn' },
    { displayName: 'nb\u202Ee' },
    { password: 'short' },
    { password: 'x'.repeat(201) },
  ]) {
    const reply = await ben.submit('/register', { ...right, ...wrong })
    refused(reply, 400, `registering with ${written(wrong)}`, look)
  }
  const unique = 'database.ts — UNIQUE; names.ts — keyOf: in lower case, or Ann and ann would fool Ben'
  for (const taken of [{ username: 'ANN' }, { displayName: 'Ann' }, { displayName: 'ａｎｎ' }]) {
    const reply = await ben.submit('/register', { ...right, ...taken })
    refused(reply, 409, `registering with ${show(taken)}`, unique)
  }
  const markup = await ben.submit('/register', { ...right, username: '"><script>alert(1)</script>' })
  need(!markup.text.includes('<script>alert') && markup.text.includes('script&#62;alert(1)'), {
    expected: 'what was typed is in the field again, as text',
    saw: markup.text.includes('<script>alert') ? 'it is part of the page' : 'it is gone',
    look: 'forms.ts — html`…` keeps what is put in as text; value="${username}" keeps it at all',
  })
  await register(ben)
})

test('of two people who want one name at the same moment, one gets it', async ({ visitor }) => {
  const look = 'people.ts — do not look first: insert, and let the database decide (ON CONFLICT DO NOTHING)'
  for (const [what, forms] of [
    ['username', [{ username: 'ann' }, { username: 'ann' }]],
    ['display name', [{ displayName: 'Cleo' }, { displayName: 'cleo' }]],
  ] as const) {
    const replies = await Promise.all(
      forms.map((form, index) => {
        const own = { username: `${what[0]}${index}`, displayName: `${what[0]} ${index}`, password }
        return visitor(`guest ${index}`).submit('/register', { ...own, ...form }, {}, busyMs)
      }),
    )
    const statuses = replies.map(({ status }) => status).toSorted((one, other) => one - other)
    need(statuses.join(' and ') === '303 and 409', {
      expected: `two register with one ${what}: one is answered with 303, the other with 409`,
      saw: statuses.join(' and '),
      look,
    })
  }
})

test('no password is kept, only its argon2id', async ({ visitor, kept }) => {
  await register(visitor('ann'))
  await register(visitor('ben'))
  const all = await kept()
  const look = "passwords.ts — hash(password, cost) from '@node-rs/argon2'"
  need(!all.includes(password), { expected: 'the password is in no file', saw: 'it is', look })
  const hashes = new Set(all.match(/\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/$]+/g))
  need(hashes.size >= 2, {
    expected: 'an argon2id hash for each, and two different ones, although both have the same password',
    saw: `${hashes.size} of them`,
    look,
  })
})

test('what cannot be read is refused in words', async ({ visitor }) => {
  const look = 'server.ts — app.use(answerErrors), behind everything else'
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const ann = visitor('ann')
  for (const [status, what, reply] of [
    [413, 'a form of 20 KB', await ann.send('POST', '/register', `username=${'x'.repeat(20_000)}`, form)],
    [
      415,
      'a form in a code that nobody knows',
      await ann.send('POST', '/register', 'username=ann', { ...form, 'content-encoding': 'secret' }),
    ],
  ] as const) {
    const isInWords = reply.type.startsWith('text/plain') && /^[A-Z]/.test(reply.text)
    need(reply.status === status && isInWords, {
      expected: `${what} is refused: ${status}, and words`,
      saw: `${reply.status} ${reply.type.startsWith('text/html') ? 'and a page about the error' : show(reply.text)}`,
      look,
    })
  }
})

test('a restart logs nobody out', async ({ visitor, restart }) => {
  const ann = visitor('ann')
  await register(ann)
  await restart()
  const home = await ann.get('/')
  need(home.status === 200, {
    expected: 'ann is still in',
    saw: `${home.status} ${home.location}`.trim(),
    look: 'sessions.ts — the store writes into the database, and the secret that signs the cookies is kept there, too',
  })
})

test('who logs in gets a new session, in a cookie that scripts cannot read', async ({ visitor }) => {
  await register(visitor('ann'))
  const browser = visitor('eve') // in the library: Ann comes after her
  await register(browser)
  const planted = browser.cookie
  const reply = await browser.submit('/login', { username: 'Ann', password })
  led(reply, '/', "accounts.ts — router.post('/login'): renew, and redirect(303, '/')")
  const look = 'accounts.ts — renew(): the session that was there before may be somebody else’s trap'
  need(browser.cookie !== planted, {
    expected: 'another cookie after the login than before',
    saw: 'the same',
    look,
  })
  const home = await visitor('eve at home').send('GET', '/', undefined, { cookie: planted })
  need(home.status !== 200, {
    expected: 'the cookie from before the login opens nothing',
    saw: 'the chat',
    look: 'sessions.ts — regenerate() destroys the old session in the store: what does destroy() do?',
  })
  const own = await browser.get('/')
  need(own.status === 200, {
    expected: 'the new cookie opens the chat',
    saw: `${own.status} ${own.location}`,
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
  const afar = { 'x-forwarded-proto': 'https' }
  const https = await visitor('ben').submit('/login', { username: 'ann', password }, afar)
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
  refused(
    word,
    401,
    'a wrong password',
    'accounts.ts — await isPassword(…): what is not waited for is always true',
  )
  need(sentence(name) === sentence(word), {
    expected: 'the same words for both',
    saw: `“${sentence(name)}” and “${sentence(word)}”`,
    look,
  })
  need(word.text.includes('value="ann"') && !word.text.includes(wrongPassword), {
    expected: 'the form comes again, with the username in it, and without the password',
    saw: word.text.includes(wrongPassword) ? 'the password' : 'an empty field',
    look: 'accounts.ts — again(): loginForm({ username }, …)',
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
  const [eve, mallory] = [visitor('eve'), visitor('mallory')]
  await register(visitor('ann'))
  // Counted in pages and not in ms: a machine that is busy is so for both.
  let [known, unknown] = [0, 0]
  for (let times = 0; times < 8 && unknown < mostPages; times++) {
    known = Math.max(known, await pagesDuringLogin(eve, mallory, 'ann'))
    unknown = Math.max(unknown, await pagesDuringLogin(eve, mallory, 'nobody'))
  }
  need(2 * unknown >= known, {
    expected: 'a name that does not exist is answered as slowly as one that does',
    saw: `in the time of its answer ${unknown} pages come, and for ann ${known} or more`,
    look: 'accounts.ts — call isPassword() also when there is no account; passwords.ts — nobodysHash',
  })
})

const mostPages = 6

/** How many pages, one after the other, somebody else gets until a wrong password is answered; 6 at most. */
async function pagesDuringLogin(eve: Visitor, other: Visitor, username: string): Promise<number> {
  const login = { isAnswered: false }
  const answer = eve.submit('/login', { username, password: wrongPassword }, {}, busyMs)
  const answered = answer.then(() => (login.isAnswered = true))
  let pages = 0
  for (; pages < mostPages && !login.isAnswered; pages++)
    await other.send('GET', '/login', undefined, {}, busyMs)
  await answered
  return pages
}

test('passwords cannot be guessed, and guessing at ann does not lock out ben', async ({ visitor }) => {
  await register(visitor('ann'))
  await register(visitor('ben'))
  const eve = visitor('eve')
  const look = 'accounts.ts — attempt() before the password is looked at: of many at once, none counts after'
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
  refused(right, 429, 'then even the right password', 'accounts.ts — attempt(username) first')
  led(
    await eve.submit('/login', { username: 'ben', password }, {}, busyMs),
    '/',
    'attempts.ts — count by username: all in this room share one address',
  )
})

test('the right password lets in each time, and only as it was typed', async ({ visitor }) => {
  const ann = visitor('ann')
  const spaced = `${password} ` // a space is a character
  const fields = { username: 'ann', displayName: 'ann', password: spaced }
  led(await ann.submit('/register', fields), '/', "register.ts — router.post('/register')")
  const trimmed = await ann.submit('/login', { username: 'ann', password })
  refused(trimmed, 401, 'a password without the space at its end', 'forms.ts — a password is not trimmed')
  for (let times = 1; times <= 11; times++) {
    const reply = await ann.submit('/login', { username: ' Ann ', password: spaced }, {}, busyMs)
    led(reply, '/', 'accounts.ts — forgive(username): a right password is no guess')
  }
})

test('while thirty people log in, the page still comes', async ({ visitor }) => {
  const ann = visitor('ann')
  await register(ann)
  await ann.get('/') // once, so that what is slow the first time is over
  let answered = 0
  const logins = Array.from({ length: 30 }, async (_, index) => {
    const guest = visitor(`guest ${index}`)
    const reply = await guest.submit('/login', { username: guest.name, password }, {}, busyMs)
    answered += 1
    return reply
  })
  await ann.send('GET', '/login', undefined, {}, busyMs) // Behind it, all thirty have reached the server.
  const home = await ann.send('GET', '/', undefined, {}, busyMs)
  const before = answered
  const look = 'passwords.ts — inTurn(): two hashes at a time, of the four threads that read files, too'
  need(home.status === 200 && before < 20, {
    expected: 'thirty log in at once, and the page of the chat comes before most of them are answered',
    saw: home.status === 200 ? `${before} were answered first` : `${home.status}`,
    look,
  })
  for (const reply of await Promise.all(logins)) refused(reply, 401, 'each of the thirty', look)
})

test('who cannot be let in, since the database is locked, is told', async ({ visitor, locked }) => {
  const ann = visitor('ann')
  await register(ann)
  await locked(async () => {
    const look =
      'session-store.ts — call back with an error; server.ts — app.use(answerErrors), behind everything else'
    const [ben, cleo] = [visitor('ben'), visitor('cleo')]
    refused(await ben.submit('/login', { username: 'ann', password }), 500, 'logging in', look)
    const fields = { username: 'cleo', displayName: 'cleo', password }
    refused(await cleo.submit('/register', fields), 500, 'registering', look)
    const home = await ann.get('/')
    need(home.status === 200, { expected: 'ann, who is in, stays in', saw: `${home.status}`, look })
  })
  const reply = await visitor('ben').submit('/login', { username: 'ann', password })
  led(reply, '/', 'accounts.ts — afterwards all is as before')
})

test('logging out ends the session, and only a form does it', async ({ visitor, locked }) => {
  const ann = visitor('ann')
  await register(ann)
  const old = ann.cookie
  await ann.get('/logout')
  const still = await ann.get('/')
  need(still.status === 200, {
    expected: 'GET /logout logs nobody out',
    saw: `${still.status} ${still.location}`,
    look: "accounts.ts — router.post('/logout'): a picture in any page can send a GET",
  })
  const reply = await ann.submit('/logout', {})
  led(reply, '/login', "accounts.ts — router.post('/logout')")
  led(await ann.get('/'), '/login', 'accounts.ts — renew() without an accountId')
  const ended = await visitor('eve').send('GET', '/', undefined, { cookie: old })
  const look =
    'accounts.ts — renew() destroys the old session in the store, which a new cookie alone does not'
  led(ended, '/login', look)
  const said = await ann.get('/login')
  need(sentence(said).includes('logged out'), {
    expected: 'the next page says that ann is logged out',
    saw: sentence(said),
    look: 'accounts.ts — renew(request, { flash: … }), which the next page shows once',
  })
  need(sentence(await ann.get('/login')) === nothing, {
    expected: 'the page after that says nothing',
    saw: 'the same sentence again',
    look: 'sessions.ts — flashOf() takes the sentence out of the session',
  })
  const ben = visitor('ben')
  for (const [method, path] of [
    ['GET', '/login'],
    ['GET', '/register'],
    ['POST', '/logout'],
    ['GET', '/'],
  ] as const) {
    const { cookies } = await ben.send(method, path)
    need(cookies.length === 0, {
      expected: `who has no session gets none by ${method} ${path}`,
      saw: cookies[0] ?? '',
      look: 'sessions.ts — saveUninitialized: false; accounts.ts — nobody is logged out who is not in',
    })
  }
  // The page takes the sentence out of the session. When that cannot be kept, the page arrives all the same.
  await ann.submit('/login', { username: 'ann', password })
  await ann.submit('/logout', {})
  await locked(async () => void (await ann.get('/login')))
  await ann.get('/login')
})

test('two people register by the forms, and chat by name, as in step 8', async ({ windows }) => {
  const { ann, ben } = await windows('ann', 'ben')
  const door = 'forms.ts — labelled fields, a button, method="post"'
  const chat = "chat.ts — hear(socket, 'add user', …); client.ts is that of step 8"
  for (const guest of [ann, ben]) {
    await guest.open(new URL('/register', guest.page.url()).href)
    await guest.types('Username', guest.name)
    await guest.types('Display name', guest.name)
    await guest.types('Password', password)
    await guest.presses('Enter')
    await guest.finds('#state', /connected over/, 'the chat opens', door)
    await guest.types('What is your name?', `<i>${guest.name}</i>`)
    await guest.presses('Enter')
  }
  await ann.reads('<i>ben</i> joined', chat)
  await ann.types('Message', 'hello')
  await ann.presses('Enter')
  await ben.reads(/^<i>ann<\/i>\W*hello$/, chat)
  await ann.clicks('Log out')
  const look = "accounts.ts — router.post('/logout'): renew(request, { flash: … }), redirect(303, '/login')"
  await ann.finds('[role=status]', /logged out/, 'the form to log in, with a word of goodbye', look)
  await ben.reads('<i>ann</i> left', chat)
  await ann.types('Username', 'ann')
  await ann.types('Password', password)
  await ann.presses('Enter')
  await ann.finds('#state', /connected over/, 'her password lets ann in again', look)
})

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
    saw: [reply.status, reply.location || sentence(reply).replace(/\.$/, '')].join(' '),
    look,
  })
}

const nothing = 'without a sentence'

/** What a page says above its form; the whole of a text. */
function sentence({ text, type }: Reply): string {
  if (!type.includes('html')) return text
  return (/role="(?:alert|status)">([^<]*)</.exec(text)?.[1] ?? nothing).trim()
}

/** What was typed, with what nobody sees written out. */
function written(form: object): string {
  return show(form).replaceAll(
    /[\u200B\u202E]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
