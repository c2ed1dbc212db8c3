import type { Message, Refusal } from '../events.ts'
import { complain, form, input } from './view.ts'

/** The ids of the messages that this page sent. */
export const mine = new Set<number>()

form.addEventListener('submit', async (event) => {
  event.preventDefault() // stay on this page
  const text = input.value
  input.value = ''
  complain('')
  try {
    const response = await fetch('/messages', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ text }),
    })
    const answer: Message | Refusal = await response.json()
    if ('error' in answer) return giveBack(text, answer.error)
    mine.add(answer.id) // It is shown with all other messages, when this page asks again.
  } catch {
    giveBack(text, 'The server did not answer. Your message is still here: send it again.')
  }
})

function giveBack(text: string, reason: string) {
  complain(reason)
  if (!input.value) input.value = text
}
