import { need } from '#shared/check/not-yet'
import { show } from '#shared/check/transcript'
import { test } from '#shared/check/test'
import type { Reply } from '#shared/check/visitor'

const pollMs = 1_000 // so long after one answer, the page asks again

test('what Ann posts, Ben gets', async ({ visitor }) => {
  const posted = await visitor('ann').post('/messages', { text: 'hello' })
  need(posted.status === 201 && idOf(posted) !== undefined && textOf(posted.json) === 'hello', {
    expected: 'POST /messages {text} is answered 201 with {id, text}',
    saw: `${posted.status} with ${posted.json === undefined ? 'no JSON' : show(posted.json)}`,
    look: "server.ts — what does app.post('/messages') answer, and does express.json() come before it?",
  })
  const got = await visitor('ben').get('/messages?after=0')
  need(textsOf(got).includes('hello'), {
    expected: 'GET /messages?after=0 gives Ben a list with "hello"',
    saw: `${got.status} with ${show(got.json ?? got.text)}`,
    look: "server.ts — what does app.get('/messages') answer? The id 0 is not above after=0",
  })
})

test('after= gives only what is newer', async ({ visitor }) => {
  const ann = visitor('ann')
  await ann.post('/messages', { text: 'one' })
  const two = await ann.post('/messages', { text: 'two' })
  await ann.post('/messages', { text: 'three' })
  const newer = textsOf(await visitor('ben').get(`/messages?after=${idOf(two)}`))
  need(show(newer) === '["three"]', {
    expected: 'whoever has seen "two" gets "three" alone',
    saw: newer.length === 0 ? 'nothing' : show(newer),
    look: 'server.ts — which messages have an id above after?',
  })
})

test('an empty or an endless text is refused, with a reason', async ({ visitor }) => {
  const ann = visitor('ann')
  const look = 'server.ts — what may text be? The limits of the page bind nobody who does not use it'
  for (const text of ['', '   ', 'x'.repeat(2_001), 42, undefined]) {
    refused(await ann.post('/messages', { text }), `the text ${show(text)}`, look)
  }
  refused(
    await ann.send('POST', '/messages', '{"text":'),
    'a body that is no JSON',
    'server.ts — who handles errors? An app.use() with four parameters, after all others',
  )
  const longest = await ann.post('/messages', { text: 'x'.repeat(2_000) })
  need(longest.status === 201, {
    expected: 'a text of 2,000 characters is taken',
    saw: `the status ${longest.status}`,
    look,
  })
})

test('an after= that makes no sense is refused', async ({ visitor }) => {
  const ann = visitor('ann')
  for (const after of ['never', '-1', '1.5', 'NaN', '1&after=2']) {
    const look = 'server.ts — what is Number(request.query.after) for such a value?'
    refused(await ann.get(`/messages?after=${after}`), `after=${after}`, look)
  }
})

test("Ben's page shows what Ann sends", async ({ windows }) => {
  const { ann, ben } = await windows('ann', 'ben')
  await ann.types('Message', 'hello, Ben')
  await ann.presses('Enter')
  const look = 'client.ts — what does the page do with the messages that it gets, and does it ask again?'
  await ben.reads('hello, Ben', look, pollMs)
  await ann.reads('hello, Ben', look, pollMs)
})

test('markup stays text', async ({ visitor, windows }) => {
  await visitor('ann').post('/messages', { text: '<b>hello</b>' })
  const { ben } = await windows('ben')
  await ben.reads(
    '<b>hello</b>',
    'client.ts — textContent shows a text as it is; innerHTML makes it part of the page',
  )
})

test('the page counts how often it asked, and how often there was news', async ({ windows, visitor }) => {
  await visitor('ben').post('/messages', { text: 'news' })
  const { ann } = await windows('ann')
  const counts = 'client.ts — asked goes up with every request, news only when messages came'
  const twice = 'client.ts — with which number does the page ask again, once it has shown a message?'
  await ann.reads('news', 'client.ts — what does the page do with the messages that it gets?')
  const wanted = 'after one message and a second question: asked 2 times, news 1 times'
  await ann.finds('#price', /asked ([2-9]|\d\d+) times/, wanted, counts, pollMs)
  const lines = await ann.linesWith('news')
  need(lines.length === 1, {
    expected: 'one message is shown once',
    saw: `${lines.length} times`,
    look: twice,
  })
  await ann.finds('#price', /, news 1 times/, wanted, counts)
})

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
