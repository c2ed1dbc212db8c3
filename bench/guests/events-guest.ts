import { createInterface } from 'node:readline'
import { type Guest, type GuestOptions, nameOf } from './trial-guest.ts'
import { browserAt } from './requests.ts'

/**
 * Listens to server-sent events, as EventSource does, and speaks by POST.
 *
 * @returns when the stream is open
 */
export async function enterEvents({ url, index, bare, hear }: GuestOptions): Promise<Guest> {
  const browser = browserAt(new URL(url).origin, bare)
  const name = nameOf(index)
  const stream = await browser.open({ method: 'GET', path: '/events', accept: 'text/event-stream' })
  createInterface({ input: stream }).on('line', (line) => {
    if (!line.startsWith('data: ')) return
    const { message }: { message: string } = JSON.parse(line.slice('data: '.length))
    hear(message)
  })

  return {
    name,
    say(message) {
      const body = JSON.stringify({ username: name, message })
      browser
        .ask({ method: 'POST', path: '/messages', body, contentType: 'application/json' })
        .catch((error: Error) => console.error(`a POST failed: ${error.message}`))
      return 0
    },
    async leave() {
      stream.destroy()
      browser.close()
    },
  }
}
