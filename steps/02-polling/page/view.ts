const state = document.querySelector<HTMLElement>('#state')!
const price = document.querySelector<HTMLElement>('#price')!
const log = document.querySelector<HTMLElement>('[role=log]')!
const messages = document.querySelector<HTMLElement>('#messages')!
const problem = document.querySelector<HTMLElement>('#problem')!

/** The form in which one writes a message, and its field. */
export const form = document.querySelector<HTMLFormElement>('form')!
export const input = document.querySelector<HTMLInputElement>('#text')!

/**
 * Adds a line to the list of messages.
 *
 * @param text shown as it is; it is never read as HTML
 * @param kind how the line looks: a message of one's own, of somebody else, or what the page itself has to say
 */
export function show(text: string, kind: 'mine' | 'theirs' | 'news' = 'theirs') {
  const line = document.createElement('li')
  line.textContent = text // not innerHTML: a guest could send a <script>
  line.className = kind
  line.dir = 'auto'
  const isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40 // pixels
  messages.append(line)
  // Somebody who reads old lines stays where they are.
  if (isAtEnd || kind === 'mine') log.scrollTop = log.scrollHeight
}

/** Says at the top of the page how the connection is. */
export function note(text: string) {
  state.textContent = text
  document.body.dataset.state = text // style.css draws the connection by it
}

/** Says below the form what is wrong with the message; '' takes the words away. */
export function complain(text: string) {
  problem.textContent = text
}

/**
 * Says what asking has cost so far.
 *
 * @param asked how often this page asked
 * @param news how often there was an answer with a message
 */
export function showPrice(asked: number, news: number) {
  price.textContent = `asked ${asked} times, news ${news} times`
}
