import { eventually } from '#shared/check/patience'
import { need } from '#shared/check/not-yet'
import { test } from '#shared/check/test'

test('the home page says Hello World!', async ({ visitor }) => {
  const reply = await visitor('ann').get('/')
  need(reply.status === 200 && reply.text === 'Hello World!', {
    expected: 'GET / is answered 200 with “Hello World!”',
    saw: `${reply.status} with ${reply.text.length > 60 ? 'other words' : `“${reply.text}”`}`,
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
  need(!reply.text.includes('${'), {
    expected: 'the sentence names the path',
    saw: reply.text,
    look: 'server.ts — ${…} is filled in between backticks `…`, and not between quotes',
  })
  need(reply.type.startsWith('text/plain'), {
    expected: 'the 404 is plain text, because it repeats what a guest wrote',
    saw: reply.type === '' ? 'an answer without a type' : `the type ${reply.type}`,
    look: "server.ts — what does send() call a string, if type('text') does not come before it?",
  })
})

test('each request writes one line', async ({ visitor, output }) => {
  const ann = visitor('ann')
  const paths = ['/', '/first', '/second?from=ann']
  const replies = new Map<string, number>()
  for (const path of paths) replies.set(path, (await ann.get(path)).status)
  // To its end, for / is also the beginning of /first.
  const linesOf = (path: string) =>
    output().filter((line) => line.includes(`GET ${path} `) || line.endsWith(`GET ${path}`))
  // The line may be printed a moment after the answer is out.
  await eventually(() => linesOf(paths.at(-1)!).length > 0)
  for (const [path, status] of replies) {
    const lines = linesOf(path)
    const withoutQuery = path.includes('?') ? linesOf(path.split('?')[0]!) : []
    need(withoutQuery.length === 0, {
      expected: `a line for GET ${path}`,
      saw: withoutQuery[0] ?? 'none',
      look: 'server.ts — which property of the request also holds what follows the question mark?',
    })
    need(lines.length === 1, {
      expected: `one line for GET ${path}`,
      saw: lines.length === 0 ? 'none' : `${lines.length} lines`,
      look: 'server.ts — which app.use() sees every request, does it come first, and how often does it print?',
    })
    need(lines[0]!.split(' ').includes(String(status)), {
      expected: `the line for GET ${path} says its status, ${status}`,
      saw: lines[0]!,
      look: 'server.ts — is the answer out when the line is printed? Before that, statusCode is 200 for every request',
    })
  }
})
