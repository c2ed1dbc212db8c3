import { type Guest, type GuestOptions, nameOf } from './trial-guest.ts'
import { browserAt } from './requests.ts'

/**
 * Does what the page of step 2 does: asks, waits, asks again.
 *
 * @param intervalMs from an answer to the next question
 * @returns when the first answer has come
 */
export async function enterPlain(intervalMs: number, options: GuestOptions): Promise<Guest> {
  const { url, index, guests, bare, hear } = options
  const browser = browserAt(new URL(url).origin, bare)
  let lastId = 0
  let etag: string | undefined
  let timer: ReturnType<typeof setTimeout>
  let hasLeft = false
  let asking = Promise.resolve()

  async function ask(show: (text: string) => void) {
    const answer = await browser.ask({ method: 'GET', path: `/messages?after=${lastId}`, etag })
    etag = answer.etag // A browser asks whether what it has from this address is still right …
    if (answer.status !== 200) return // … and 304 says yes, without a body.
    const messages: { id: number; text: string }[] = JSON.parse(answer.text)
    for (const { id, text } of messages) {
      lastId = id
      show(text)
    }
    if (messages.length > 0) etag = undefined // the next question goes to another address
  }

  function askAgain(afterMs: number) {
    timer = setTimeout(() => {
      asking = ask(hear)
      // A poll that fails is one that brings nothing: what it would have brought is counted as lost.
      asking = asking.catch((error: Error) => console.error(`a poll failed: ${error.message}`))
      void asking.then(() => hasLeft || askAgain(intervalMs))
    }, afterMs)
  }

  await ask(() => {}) // what was said before this guest came
  askAgain((intervalMs * (index + 1)) / guests) // Nobody asks at the same moment as somebody else.

  return {
    name: nameOf(index),
    say(text) {
      const body = JSON.stringify({ text })
      browser
        .ask({ method: 'POST', path: '/messages', body, contentType: 'application/json' })
        .catch((error: Error) => console.error(`a POST failed: ${error.message}`))
      return 0
    },
    async leave() {
      hasLeft = true
      clearTimeout(timer)
      await asking
      browser.close()
    },
  }
}
