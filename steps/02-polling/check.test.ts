import { need } from '#shared/check/not-yet'
import type { PageGuest } from '#shared/check/page-guest'
import { eventually } from '#shared/check/patience'
import { show } from '#shared/check/transcript'
import { test } from '#shared/check/test'
import type { Reply } from '#shared/check/visitor'

const pollMs = 1_000 // so long after one answer, the page asks again

test('what Ann posts, Ben gets', async ({ visitor }) => {
  const posted = await visitor('ann').post('/messages', { text: 'hello' })
  need(posted.status === 201 && idOf(posted) !== undefined && textOf(posted.json) === 'hello', {
    expected: 'POST /messages {text} is answered 201 with {id, text}',
    saw: `${posted.status} with ${posted.json === undefined ? 'no JSON' : show(posted.json)}`,
    look: placeOf(
      posted,
      "server.ts — what does app.post('/messages') answer, and does express.json() come before it?",
    ),
  })
  const got = await visitor('ben').get('/messages?after=0')
  need(textsOf(got).includes('hello'), {
    expected: 'GET /messages?after=0 gives Ben a list with "hello"',
    saw: `${got.status} with ${show(got.json ?? got.text)}`,
    look: placeOf(got, "server.ts — what does app.get('/messages') answer? The id 0 is not above after=0"),
  })
  const all = await visitor('ben').get('/messages')
  need(textsOf(all).includes('hello'), {
    expected: 'GET /messages, without after=, gives all messages',
    saw: `${all.status} with ${show(all.json ?? all.text)}`,
    look: 'server.ts — which number is after when the request does not say it?',
  })
  const spaced = await visitor('ann').post('/messages', { text: ' two  words ' })
  need(textOf(spaced.json) === ' two  words ', {
    expected: 'a text is kept as it was sent, with its spaces',
    saw: show(spaced.json ?? spaced.text),
    look: 'server.ts — trim() helps to find an empty text. What do you keep?',
  })
})

test('after= gives only what is newer', async ({ visitor }) => {
  const ann = visitor('ann')
  await ann.post('/messages', { text: 'one' })
  const two = await ann.post('/messages', { text: 'two', id: 4_711 })
  need(idOf(two) !== 4_711, {
    expected: 'the server gives each message its id, whatever a guest sends along',
    saw: show(two.json),
    look: 'server.ts — what goes into a message: its text alone, or all of request.body?',
  })
  await ann.post('/messages', { text: 'three' })
  const newer = textsOf(await visitor('ben').get(`/messages?after=${idOf(two)}`))
  need(show(newer) === '["three"]', {
    expected: 'a page that has seen "two" gets "three" alone',
    saw: newer.length === 0 ? 'nothing' : show(newer),
    look: 'server.ts — which messages have an id above after?',
  })
})

test("Ben's page shows what Ann sends", async ({ windows }) => {
  const { ann, ben } = await windows('ann', 'ben')
  await ann.types('Message', 'hello, Ben')
  await ann.presses('Enter')
  const look = 'page/client.ts — what does the page do with the messages that it gets, and does it ask again?'
  await ben.reads('hello, Ben', look, pollMs)
  await ann.reads('hello, Ben', look, pollMs)
})

test('the page asks again a second after each answer, also when there was none', async ({
  visitor,
  windows,
}) => {
  const ben = visitor('ben')
  const { ann } = await windows('ann')
  const look = 'page/client.ts — where does setTimeout(ask, 1_000) stand, and how often does it run?'
  await ben.post('/messages', { text: 'one' })
  await ann.stopsTheClock()
  const questions = countQuestions(ann)
  await ann.reloads()
  await ann.reads('one', look, pollMs)
  const saysAndIsRead = async (text: string, ms: number) => {
    await ben.post('/messages', { text })
    await ann.passes(ms)
    await ann.reads(text, look, pollMs)
  }
  const haveBeen = (count: number, when: string) =>
    need(questions.count === count, {
      expected: `${when}, the page has asked ${count === 1 ? 'once' : `${count} times`}`,
      saw: `${questions.count} times`,
      look,
    })
  await ann.passes(pollMs - 1)
  haveBeen(1, 'less than a second after an answer')
  await saysAndIsRead('two', 1)
  haveBeen(2, 'after a second')
  const twice = 'page/client.ts — with which number does the page ask again, once it has shown a message?'
  await ann.readsTimes('one', 1, twice)
  await saysAndIsRead('three', pollMs)
  haveBeen(3, 'after two seconds')
  await questions.fail()
  await ann.passes(pollMs)
  await eventually(() => questions.failed > 0)
  const says = 'page/client.ts — what does note() say after an answer, and what when there was none?'
  await ann.finds('#state', /asking again/, 'the page says “asking again” when a question has failed', says)
  await questions.pass()
  await ben.post('/messages', { text: 'four' })
  // The page may need a moment to see that it failed; only then is its next question due.
  const isRead = await eventually(async () => {
    await ann.page.clock.runFor(pollMs)
    return (await ann.linesWith('four')).length > 0
  }, 5 * pollMs)
  need(isRead === true, {
    expected: 'the page asks again when a question has failed',
    saw: 'it never asked again',
    look: 'page/client.ts — does setTimeout(ask, 1_000) run when fetch throws, too?',
  })
  await ann.finds(
    '#state',
    /^asking every second$/,
    'the page says “asking every second” after an answer',
    says,
  )
})

test('markup stays text', async ({ visitor, windows }) => {
  await visitor('ann').post('/messages', { text: '<b>hello</b>' })
  const { ben } = await windows('ben')
  await ben.reads(
    '<b>hello</b>',
    'page/client.ts — show() takes a text as it is; innerHTML makes it part of the page',
  )
})

test('an empty or an endless text is refused, with a reason', async ({ visitor, output }) => {
  const ann = visitor('ann')
  const look = 'server.ts — what may text be? Guests need not use our page, so its limits are not enough'
  for (const text of ['', '   ', 'x'.repeat(2_001), 42, undefined]) {
    refused(await ann.post('/messages', { text }), `the text ${show(text)}`, look)
  }
  refused(
    await ann.send('POST', '/messages', '{"text":'),
    'a body that is no JSON',
    'server.ts — who handles errors? An app.use() with four parameters, after all others',
  )
  const refusals = () => output().filter((line) => line.includes('POST /messages 400')).length
  const areLogged = await eventually(() => output().length === 0 || refusals() === 6)
  need(areLogged === true, {
    expected: 'each of the six writes its line into the log, POST /messages 400',
    saw: `${refusals()} lines`,
    look: 'server.ts — does the log stand above all that may answer?',
  })
  for (const text of ['x'.repeat(2_000), '!']) {
    const { status } = await ann.post('/messages', { text })
    const expected = `a text of ${text.length === 1 ? '1 character' : '2,000 characters'} is taken`
    need(status === 201, { expected, saw: `the status ${status}`, look })
  }
})

test('an after= that makes no sense is refused', async ({ visitor }) => {
  const ann = visitor('ann')
  for (const after of ['never', '-1', '1.5', 'NaN', '1&after=2']) {
    const look = 'server.ts — what is Number(request.query.after) for such a value?'
    refused(await ann.get(`/messages?after=${after}`), `after=${after}`, look)
  }
})

test('the newest 500 messages are kept', async ({ visitor }) => {
  const ann = visitor('ann')
  const look = 'server.ts — what happens to the oldest message when there are more than mostMessages?'
  const send = (from: number, to: number) =>
    Promise.all(
      Array.from({ length: to - from + 1 }, (_, index) =>
        fetch(`${ann.url}/messages`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', connection: 'close' },
          body: JSON.stringify({ text: `message ${from + index}` }),
        }).then((response) => response.text()),
      ),
    )
  await ann.post('/messages', { text: 'the first' })
  for (let from = 2; from < 500; from += 50) await send(from, Math.min(from + 49, 500))
  const all = textsOf(await ann.get('/messages?after=0'))
  need(all.length === 500 && all[0] === 'the first', {
    expected: 'after 500 messages, GET /messages?after=0 gives all of them',
    saw: `${all.length} messages, from ${show(all[0])} on`,
    look,
  })
  await ann.post('/messages', { text: 'one more' })
  const newest = textsOf(await ann.get('/messages?after=0'))
  need(newest.length === 500 && newest[0] !== 'the first' && newest.at(-1) === 'one more', {
    expected: 'after one more, it gives the newest 500',
    saw: `${newest.length} messages, from ${show(newest[0])} to ${show(newest.at(-1))}`,
    look,
  })
  const last = await ann.post('/messages', { text: 'the last' })
  const after = textsOf(await ann.get(`/messages?after=${Number(idOf(last)) - 1}`))
  need(show(after) === '["the last"]', {
    expected:
      'after= is an id, also when the oldest messages are gone: a page that lacks only the last one gets it',
    saw: show(after),
    look: 'server.ts — which messages have an id above after? An id is not a position in the list',
  })
})

test('the page counts how often it asked, and how often there was news', async ({ windows, visitor }) => {
  const ben = visitor('ben')
  await ben.post('/messages', { text: 'news' })
  const { ann } = await windows('ann')
  const counts = 'page/client.ts — asked goes up with every request, news only when messages came'
  const twice = 'page/client.ts — with which number does the page ask again, once it has shown a message?'
  const says = async (price: string) =>
    ann.finds('#price', new RegExp(`^${price}$`), `the page says “${price}”`, counts)
  await ann.stopsTheClock()
  await ann.reloads()
  await ann.reads('news', 'page/client.ts — what does the page do with the messages that it gets?', pollMs)
  await says('asked 1 times, news 1 times')
  await ann.passes(pollMs)
  await ann.finds('#price', /^asked 2 times/, 'after a second, the page has asked 2 times', counts)
  await ann.readsTimes('news', 1, twice)
  await says('asked 2 times, news 1 times')
  await ben.post('/messages', { text: 'more' })
  await ben.post('/messages', { text: 'news of today' })
  await ann.passes(pollMs)
  await says('asked 3 times, news 2 times')
  // On a server that has dropped its oldest messages, ids begin later.
  const questions = countQuestions(ann)
  await questions.answer([{ id: 41, text: 'late' }])
  await ann.passes(pollMs)
  await ann.reads('late', twice)
  await questions.pass()
  await ann.passes(pollMs)
  const isRight = await eventually(() => questions.after === '41')
  need(isRight === true, {
    expected: 'after the message with the id 41, the page asks for what is newer than 41',
    saw: `it asks for after=${questions.after}`,
    look: twice,
  })
})

/** Counts how often a page asks, from now on or from when it is loaded next, and can answer in the server's place, or not at all. */
function countQuestions({ page }: PageGuest) {
  const isQuestion = (url: URL) => url.pathname === '/messages'
  const questions = {
    count: 0,
    failed: 0,
    /** for which messages it asked last */
    after: '',
    answer: (messages: unknown) => page.route(isQuestion, (route) => route.fulfill({ json: messages })),
    fail: () =>
      page.route(isQuestion, async (route) => {
        await route.abort()
        questions.failed += 1
      }),
    pass: () => page.unroute(isQuestion),
  }
  // What the page before has asked may be told after the browser has begun to load this one.
  page.on('framenavigated', () => {
    questions.count = 0
  })
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (request.method() !== 'GET' || !isQuestion(url)) return
    questions.count += 1
    questions.after = url.searchParams.get('after') ?? 'nothing'
  })
  return questions
}

/** Where to look when a route did not answer as it should: most likely the 404 came first. */
function placeOf({ status }: Reply, otherwise: string): string {
  return status === 404 ? 'server.ts — do your routes for /messages stand above the 404?' : otherwise
}

function refused(reply: Reply, what: string, look: string) {
  const reason = field(reply.json, 'error')
  need(reply.status === 400 && typeof reason === 'string', {
    expected: `${what} is answered 400 with {error}`,
    saw: `${reply.status} with ${reply.json === undefined ? 'no JSON' : show(reply.json)}`,
    look,
  })
}

function idOf(reply: Reply): unknown {
  return field(reply.json, 'id')
}

function textOf(message: unknown): unknown {
  return field(message, 'text')
}

function textsOf(reply: Reply): unknown[] {
  return Array.isArray(reply.json) ? reply.json.map(textOf) : []
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
