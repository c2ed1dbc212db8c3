import type { Right } from '#shared/check/wrong'

export default {
  story:
    'socket.timeout().emit with a callback, promises with then, other markup, another sentence for no answer',
  changes: [
    {
      file: 'page/client.ts',
      from: `= io({ ackTimeout: 5_000 }) // ms
const noAnswer: Answer = { ok: false, error: 'The server did not answer: try again.' }
let myName = ''
`,
      to: `= io()
const me = { name: '' }

/** Calls back in any case. */
function ask(event: 'add user' | 'new message', text: string, then: (problem: string | null) => void) {
  socket.timeout(5_000).emit(event, text, (error: Error | null, answer: Answer) => {
    if (error) then('Nobody answered. Once more?')
    else then(answer.ok ? null : answer.error)
  })
}
`,
    },
    {
      file: 'page/client.ts',
      from: `  if (myName) enter(myName) // The server knows connections, not people: to it, this one is new.
`,
      to: `  if (me.name !== '') enter(me.name)
`,
    },
    {
      file: 'page/client.ts',
      from: `async function enter(name: string) {
  const answer = await socket.emitWithAck('add user', name).catch(() => noAnswer)
  myName = answer.ok ? name : ''
  if (answer.ok) view.letIn()
  else view.keepOut(answer.error)
}
`,
      to: `function enter(name: string) {
  ask('add user', name, (problem) => {
    if (problem !== null) {
      me.name = ''
      view.keepOut(problem)
      return
    }
    me.name = name
    view.letIn()
  })
}
`,
    },
    {
      file: 'page/client.ts',
      from: `view.form.addEventListener('submit', async (event) => {
  event.preventDefault() // stay on this page
  const message = view.input.value.trim()
  if (!message || !socket.connected) return // without a connection it stays in the box
  view.input.value = ''
  const answer = await socket.emitWithAck('new message', message).catch(() => noAnswer)
  if (answer.ok) view.say(myName, message, 'mine')
  else view.giveBack(message, answer.error)
})`,
      to: `view.form.onsubmit = (event) => {
  event.preventDefault()
  if (socket.disconnected) return
  const words = view.input.value.trim()
  if (words === '') return
  view.form.reset()
  ask('new message', words, (problem) =>
    problem === null ? view.say(me.name, words, 'mine') : view.giveBack(words, problem),
  )
}`,
    },
    {
      file: 'page/index.html',
      from: `      <form id="door">
        <label for="name">What is your name?</label>
        <input id="name" maxlength="14" autocomplete="nickname" autofocus />
        <button>Come in</button>
        <p id="objection" role="alert"></p>
      </form>`,
      to: `      <form id="door">
        <p><label>What is your name? <input id="name" type="text" maxlength="14" autofocus /></label></p>
        <div role="alert" id="objection"></div>
        <button type="submit">Come in</button>
      </form>`,
    },
  ],
} satisfies Right
