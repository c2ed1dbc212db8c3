import type { Message, Refusal } from '../events.ts'
import * as view from './view.ts'

/** The ids of the messages that this page sent. */
export const mine = new Set<number>()

view.form.addEventListener('submit', async (event) => {
  event.preventDefault() // stay on this page
  const text = view.input.value
  view.input.value = ''
  view.complain('')
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
  view.complain(reason)
  if (!view.input.value) view.input.value = text
}
