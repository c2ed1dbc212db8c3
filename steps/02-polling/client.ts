import type { Message, Refusal } from './events.ts'

const state = document.querySelector<HTMLElement>('#state')!
const log = document.querySelector<HTMLElement>('[role=log]')!
const messages = document.querySelector<HTMLElement>('#messages')!
const price = document.querySelector<HTMLElement>('#price')!
const form = document.querySelector<HTMLFormElement>('form')!
const input = document.querySelector<HTMLInputElement>('#text')!
const problem = document.querySelector<HTMLElement>('#problem')!

const mine = new Set<number>() // the numbers of the messages that this page sent
let lastId = 0
let asked = 0
let news = 0

form.addEventListener('submit', async (event) => {
  event.preventDefault() // stay on this page
  const text = input.value
  input.value = ''
  problem.textContent = ''
  try {
    const response = await fetch('/messages', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ text }),
    })
    const answer: Message | Refusal = await response.json()
    if ('error' in answer) return giveBack(text, answer.error)
    mine.add(answer.id) // It is shown with everybody else's, when we next ask.
  } catch {
    giveBack(text, 'The server did not answer. Your message is still here: send it again.')
  }
})

async function ask() {
  asked += 1
  try {
    const response = await fetch(`/messages?after=${lastId}`)
    const newMessages: Message[] = await response.json()
    if (newMessages.length > 0) news += 1
    newMessages.forEach(show)
    state.textContent = 'asking every second'
  } catch {
    state.textContent = 'the server does not answer, asking again…'
  }
  price.textContent = `asked ${asked} times, news ${news} times`
  setTimeout(ask, 1_000)
}

function show({ id, text }: Message) {
  lastId = id
  const line = document.createElement('li')
  line.textContent = text // not innerHTML: a guest could send a <script>
  if (mine.has(id)) line.className = 'mine'
  messages.append(line)
  log.scrollTop = log.scrollHeight
}

function giveBack(text: string, reason: string) {
  problem.textContent = reason
  if (!input.value) input.value = text
}

ask()
