const state = document.querySelector<HTMLElement>('#state')!
const online = document.querySelector<HTMLElement>('#online')!
const log = document.querySelector<HTMLElement>('[role=log]')!
const messages = document.querySelector<HTMLElement>('#messages')!
const newer = document.querySelector<HTMLElement>('#newer')!
const objection = document.querySelector<HTMLElement>('#objection')!
const problem = document.querySelector<HTMLElement>('#problem')!

/** The form at the door, and its field for a name. */
export const door = document.querySelector<HTMLFormElement>('#door')!
export const nameInput = document.querySelector<HTMLInputElement>('#name')!

/** The form in which one writes a message, and its field. */
export const form = document.querySelector<HTMLFormElement>('#chat')!
export const input = document.querySelector<HTMLInputElement>('#text')!

const sameGroupMs = 5 * 60_000 // within this time, a person's name is not said again
const clock = new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit' }) // making one takes a millisecond
let unread = 0 // lines that came while somebody read older ones

/**
 * Adds what a person said to the list of messages. Neither name nor message is ever read as HTML.
 *
 * @param kind on which side the line is: a message of one's own, or of somebody else
 * @param at when it was said
 */
export function say(
  username: string,
  message: string,
  kind: 'mine' | 'theirs' = 'theirs',
  at: Date = new Date(),
) {
  const line = document.createElement('li')
  const name = document.createElement('b')
  const text = document.createElement('span')
  name.textContent = username // not innerHTML: a guest may be called <script>
  text.textContent = message
  name.dir = text.dir = 'auto'
  name.style.setProperty('--colour', colourOf(username))
  name.dataset.at = clock.format(at)
  line.className = kind
  line.title = at.toLocaleString()
  line.append(name, text)
  if (goesOn(username, at)) line.classList.add('again') // style.css hides its name
  append(line)
  line.dataset.username = username
  line.dataset.at = String(at.getTime())
}

/**
 * Says in the middle of the list who came or left, and at the top of the page how many are here.
 *
 * @param news a sentence
 */
export function announce(news: string, numUsers: number) {
  showNews(news)
  showOnline(numUsers)
}

function showNews(text: string) {
  const line = document.createElement('li')
  line.textContent = text
  line.className = 'news'
  line.dir = 'auto'
  append(line)
}

/** Says at the top of the page how many are here. */
export function showOnline(numUsers: number) {
  online.textContent = numUsers === 1 ? "there's 1 participant" : `there are ${numUsers} participants`
}

/** Hides the door, and shows the form for messages. */
export function letIn() {
  door.hidden = true
  form.hidden = false
  objection.textContent = ''
  input.focus()
}

/** Shows the door again, and says why. */
export function keepOut(reason: string) {
  door.hidden = false
  form.hidden = true
  objection.textContent = reason
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

/** Says why a message was refused, and puts it back into its field. */
export function giveBack(message: string, reason: string) {
  complain(reason)
  if (!input.value) input.value = message
}

const palette =
  '#e21400 #91580f #f8a700 #f78b00 #58dc00 #287b00 #a8f07a #4ae8c4 #3b88eb #3824aa #a700ff #d300e7'.split(' ')

// The same name has the same colour on every screen, and nobody had to agree on it.
function colourOf(username: string) {
  let hash = 7
  for (let i = 0; i < username.length; i++) hash = username.charCodeAt(i) + (hash << 5) - hash
  return palette[Math.abs(hash % palette.length)]!
}

// Does this person go on, in the line below their last one?
function goesOn(username: string, at: Date) {
  const last = messages.lastElementChild
  if (!(last instanceof HTMLElement) || last.dataset.username !== username) return false
  return at.getTime() - Number(last.dataset.at) < sameGroupMs
}

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
