const state = document.querySelector<HTMLElement>('#state')!
const log = document.querySelector<HTMLElement>('[role=log]')!
const messages = document.querySelector<HTMLElement>('#messages')!
const newer = document.querySelector<HTMLElement>('#newer')!
const problem = document.querySelector<HTMLElement>('#problem')!

/** The form in which one writes a message, and its field. */
export const form = document.querySelector<HTMLFormElement>('form')!
export const input = document.querySelector<HTMLInputElement>('#text')!

let unread = 0 // lines that came while somebody read older ones

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
  append(line)
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

input.addEventListener('input', () => complain(''))

// Somebody who reads old lines stays where they are, and is told how many came.
function append(line: HTMLElement) {
  const wasAtEnd = isAtEnd()
  const heightBefore = log.scrollHeight
  messages.append(line)
  const isMine = line.classList.contains('mine')
  if (isMine && !input.value) complain('') // What was wrong is over, and not in the field any more.
  if (wasAtEnd || isMine) return goToEnd()
  log.scrollTop -= log.scrollHeight - heightBefore
  if (line.classList.contains('theirs')) unread++
  newer.textContent = `${unread} new ↓`
  newer.hidden = unread === 0
}

// In style.css the list hangs from its end: there scrollTop is 0, and further up it is below 0.
function isAtEnd() {
  return log.scrollTop > -40 // pixels
}

function goToEnd() {
  log.scrollTop = 0
  unread = 0
  newer.hidden = true
}

newer.addEventListener('click', goToEnd)
log.addEventListener('scroll', () => {
  if (isAtEnd()) goToEnd()
})
