import type { Right } from '#shared/check/wrong'

export default {
  story: 'a Map of messages by id, helper functions, other error texts',
  changes: [
    {
      file: 'server.ts',
      from: `const messages: Message[] = [] // In memory, so a restart forgets it. Step 8 keeps it on disk.
let lastId = 0

app.get('/messages', (request, response) => {
  const after = Number(request.query.after ?? 0)
  if (!Number.isSafeInteger(after) || after < 0) {
    response
      .status(400)
      .json({ error: 'What follows after= is the number of the last message that you have, or 0.' })
    return
  }
  response.json(messages.filter((message) => message.id > after))
})

app.post('/messages', (request, response) => {
  const text: unknown = request.body?.text // A type stops at the network: a guest may send anything.
  if (typeof text !== 'string' || text.trim() === '' || text.length > longestMessage) {
    response.status(400).json({ error: \`A message is a text of 1 to \${longestMessage} characters.\` })
    return
  }
  const message = { id: ++lastId, text }
  messages.push(message)
  if (messages.length > mostMessages) messages.shift() // Nobody may fill our memory by talking.
  response.status(201).json(message)
})
`,
      to: `const kept = new Map<number, Message>()
let nextId = 1

const isGood = (text: unknown): text is string =>
  typeof text === 'string' && text.trim().length > 0 && text.length <= longestMessage

const newerThan = (id: number) => [...kept.values()].filter((m) => m.id > id)

function keep(text: string): Message {
  const id = nextId++
  const message: Message = { id, text }
  kept.set(id, message)
  kept.delete(id - mostMessages)
  return message
}

app
  .route('/messages')
  .get((req, res) => {
    const { after = '0' } = req.query
    const id = Number(after)
    if (Number.isSafeInteger(id) && id >= 0) res.json(newerThan(id))
    else res.status(400).json({ error: 'after must be a whole number, zero or more' })
  })
  .post((req, res) => {
    const body: { text?: unknown } = req.body ?? {}
    if (isGood(body.text)) res.status(201).json(keep(body.text))
    else res.status(400).json({ error: 'Write something, but not a novel' })
  })
`,
    },
  ],
} satisfies Right
