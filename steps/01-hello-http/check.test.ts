import { eventually } from '#shared/check/patience'
import { need } from '#shared/check/not-yet'
import { test } from '#shared/check/test'

test('the home page says Hello World!', async ({ visitor }) => {
  const reply = await visitor('ann').get('/')
  need(reply.status === 200 && reply.text === 'Hello World!', {
    expected: 'GET / is answered 200 with Hello World!',
    saw: `${reply.status} with other words`,
    look: "server.ts — is there an app.get('/'), does it come before the 404, and does it send these words alone?",
  })
})

test('anything else is 404, in words', async ({ visitor }) => {
  const reply = await visitor('ann').get('/nowhere')
  need(reply.status === 404, {
    expected: 'GET /nowhere is answered with the status 404',
    saw: `the status ${reply.status}`,
    look: 'server.ts — what is the status of an answer that does not set one?',
  })
  need(reply.text.trim() !== '' && !reply.text.includes('<'), {
    expected: 'the 404 comes with a sentence of your own',
    saw: reply.text.includes('<') ? "a page of HTML, which is Express's own" : 'no words at all',
    look: 'server.ts — what answers when no route before it did? An app.use() after all of them',
  })
})

test('each request writes one line', async ({ visitor, output }) => {
  const ann = visitor('ann')
  await ann.get('/')
  await ann.get('/first')
  await ann.get('/second')
  // To its end, for / is also the beginning of /first.
  const linesOf = (path: string) => output().filter((line) => new RegExp(`GET ${path}( |$)`).test(line))
  const look =
    'server.ts — which app.use() sees every request, does it come first, and how often does it print?'
  // The line may be printed a moment after the answer is out.
  await eventually(() => linesOf('/second').length > 0)
  for (const path of ['/', '/first', '/second']) {
    const lines = linesOf(path)
    need(lines.length === 1, {
      expected: `one line for GET ${path}`,
      saw: lines.length === 0 ? 'none' : `${lines.length} lines`,
      look,
    })
  }
})
