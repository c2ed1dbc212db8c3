import type { Conversation, Direct, Kept, Person, Room } from '../events.ts'

const state = document.querySelector<HTMLElement>('#state')!
const online = document.querySelector<HTMLElement>('#online')!
const log = document.querySelector<HTMLElement>('[role=log]')!
const newer = document.querySelector<HTMLElement>('#newer')!
const rooms = document.querySelector<HTMLElement>('#rooms')!
const people = document.querySelector<HTMLElement>('#people')!
const away = document.querySelector<HTMLElement>('#away')!
const leave = document.querySelector<HTMLElement>('#leave')!
const placeTitle = document.querySelector<HTMLElement>('#place span')!
const membersNote = document.querySelector<HTMLElement>('#members')!
const waiting = document.querySelector<HTMLElement>('#waiting')!
const unreadPosts = document.querySelector<HTMLElement>('#unread')!
const typing = document.querySelector<HTMLElement>('#typing')!
const side = document.querySelector<HTMLElement>('#side')!
const myName = document.querySelector<HTMLElement>('#me')!
const problem = document.querySelector<HTMLElement>('#problem')!

/** The form that logs out. */
export const logout = document.querySelector<HTMLFormElement>('#logout')!

/** The form in which one writes a message, and its field. */
export const form = document.querySelector<HTMLFormElement>('#chat')!
export const input = document.querySelector<HTMLInputElement>('#text')!

const pageTitle = document.title
const lists = new Map<string, HTMLElement>() // the lines of each place where one can talk
const drafts = new Map<string, string>() // what was typed there, and not sent yet
let here = placeOf() // the place that is open
let hadNews = false // whether something was new in it, when it was opened
let usersHere: Person[] = []
let talkedWith: Conversation[] = []
let allRooms: Room[] = []
let myId = 0
let openPerson = (_person: Person) => {}
let openRoom = (_room: number) => {}
const sameGroupMs = 5 * 60_000 // within this time, a person's name is not said again
const clock = new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit' }) // making one takes a millisecond
let newerLines = 0 // lines that came while somebody read older ones
const typists = new Map<string, HTMLElement>() // one row a person, by name

/**
 * Adds what a person said to the list of messages. Neither name nor message is ever read as HTML.
 *
 * @param kind on which side the line is: a message of one's own, or of somebody else
 * @param at when it was said
 * @param place where, by its key; it need not be the open one
 */
export function say(
  username: string,
  message: string,
  kind: 'mine' | 'theirs' = 'theirs',
  at: Date = new Date(),
  place = placeOf(),
) {
  const line = document.createElement('li')
  const name = nameTag(username)
  const text = document.createElement('span')
  text.textContent = message
  text.dir = 'auto'
  name.dataset.at = clock.format(at)
  line.className = kind
  line.title = at.toLocaleString()
  line.append(name, text)
  if (goesOn(listOf(place), username, at)) line.classList.add('again') // style.css hides its name
  append(line, place)
  line.dataset.username = username
  line.dataset.at = String(at.getTime())
}

/** Adds what one of two has said to the other, to the lines of the place between them. */
export function sayDirect({ from, to, message, at }: Direct) {
  const isMine = from === myId
  say(nameOf(from), message, isMine ? 'mine' : 'theirs', new Date(at), placeOf(isMine ? to : from))
}

/** Adds what somebody has said in a room to its lines. */
export function sayInRoom({ room, username, message, at }: Omit<Kept, 'id'>) {
  const isMine = username === nameOf(myId)
  say(username, message, isMine ? 'mine' : 'theirs', new Date(at), placeOf(undefined, room))
}

/** Takes all lines of a place away. */
export function clear(place = placeOf()) {
  listOf(place).replaceChildren()
  if (place === here) goToEnd()
}

/**
 * Shows another place: its lines, and what was typed there and not sent.
 *
 * @param place its key
 * @param title what it is called
 */
export function openPlace(place: string, title: string) {
  drafts.set(here, input.value)
  const isOther = place !== here // or it is shown again, after a reconnect
  if (isOther) hadNews = document.querySelector(`#side [data-place="${place}"] .new`) !== null
  here = place
  input.value = drafts.get(place) ?? ''
  placeTitle.textContent = title
  writeMembers([])
  leave.hidden = place === placeOf() || !place.startsWith('room') // nobody leaves the first one
  complain('')
  removeTypists()
  for (const list of lists.values()) list.hidden = true
  listOf(place).hidden = false
  goToEnd()
  drawSide()
  showRooms(allRooms)
  scrollToOpenPlace()
  if (!isOther) return // Whoever writes the name of a new room goes on, and the drawer stays open.
  side.hidePopover()
  input.focus()
}

/** @param open is called with the person whose row is clicked */
export function onOpenPerson(open: (person: Person) => void) {
  openPerson = open
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

/** Says in the middle of the list what the page itself has to say. */
export function showNews(text: string) {
  const line = document.createElement('li')
  line.textContent = text
  line.className = 'news'
  line.dir = 'auto'
  append(line, placeOf())
}

/**
 * Says at the side of the page who is here.
 *
 * @param me whose row says "you"
 */
export function showPeople(users: Person[], me: number) {
  usersHere = users
  myId = me
  drawSide()
}

/** Says at the side of the page with whom one has talked in private, and who has said something new. */
export function showConversations(conversations: Conversation[]) {
  talkedWith = conversations
  drawSide()
}

/** What somebody is called who is here, or with whom one has talked. */
export function nameOf(person: number): string {
  return [...usersHere, ...talkedWith].find(({ id }) => id === person)?.username ?? ''
}

/** @param open is called with the number of the room whose row is clicked */
export function onOpenRoom(open: (room: number) => void) {
  openRoom = open
}

/** The key of the place between one and this person; without a person, of a room's. */
export function placeOf(person?: number, room = 1): string {
  return person ? `person ${person}` : `room ${room}`
}

/** Whether this place is the open one. */
export function isOpen(place: string): boolean {
  return place === here
}

/** Says what the open place is called, once that is known. */
export function nameRoom(room: number, name: string) {
  if (here === placeOf(undefined, room)) placeTitle.textContent = name
}

/** Says beside its name who is in the open room. */
export function showMembers(room: number, members: Person[]) {
  if (here === placeOf(undefined, room) && room !== 1) writeMembers(members.map(({ username }) => username))
}

// On one line. Whoever goes there, by a click or by keyboard, sees all of them.
function writeMembers(names: string[]) {
  membersNote.replaceChildren(...names.flatMap((name, index) => [index > 0 ? ', ' : '', isolated(name)]))
  membersNote.title = names.join(', ')
  membersNote.tabIndex = names.length > 0 ? 0 : -1
}

/** Lists the rooms: those first where something was said, then those that one is in. */
export function showRooms(all: Room[]) {
  allRooms = all
  const isFirst = ({ id, unread }: Room) => comesFirst(placeOf(undefined, id), unread)
  const sorted = all
    .toSorted((one, other) => Number(other.isMember) - Number(one.isMember))
    .toSorted((one, other) => Number(isFirst(other)) - Number(isFirst(one)))
  draw(
    rooms,
    sorted.map(({ id, name, members, isMember, unread = 0 }) => {
      const small = document.createElement('small')
      if (unread > 0)
        return placeRow(placeOf(undefined, id), [isolated(name), ' ', badgeOf(unread)], () => openRoom(id))
      small.textContent = isMember ? (id === 1 ? '' : `${members} in it`) : `${members} in it · join`
      return placeRow(placeOf(undefined, id), [isolated(name), ' ', small], () => openRoom(id))
    }),
  )
  showTotal()
}

// Who has said something new comes first.
function drawSide() {
  const unreadOf = new Map(talkedWith.map(({ id, unread }) => [id, unread]))
  const isHere = new Set(usersHere.map(({ id }) => id))
  const rowOf = (person: Person) =>
    person.id === myId ? myRow(person) : personRow(person, unreadOf.get(person.id) ?? 0)
  const isFirst = ({ id }: Person) => comesFirst(placeOf(id), unreadOf.get(id))
  const byNews = (one: Person, other: Person) => Number(isFirst(other)) - Number(isFirst(one))
  draw(people, usersHere.toSorted(byNews).map(rowOf))
  draw(
    away,
    talkedWith
      .filter(({ id }) => !isHere.has(id))
      .toSorted(byNews)
      .map(rowOf),
  )
  showTotal()
}

// How much is new, in all places together.
function showTotal() {
  const total = [...talkedWith, ...allRooms].reduce((sum, { unread = 0 }) => sum + unread, 0)
  waiting.textContent = total === 0 ? '' : `${total} new`
  document.title = total === 0 ? pageTitle : `(${total}) ${pageTitle}`
}

function badgeOf(unread: number) {
  const badge = document.createElement('small')
  badge.className = 'new'
  badge.textContent = `${unread} new`
  return badge
}

// Where something is new. How much it is moves no row, nor does reading it: whoever is about to click would miss.
function comesFirst(place: string, unread = 0) {
  return unread > 0 || (place === here && hadNews)
}

// A name in a direction of its own, or it would turn round what stands beside it.
function isolated(name: string) {
  const element = document.createElement('bdi')
  element.textContent = name
  return element
}

function myRow({ username }: Person) {
  const row = document.createElement('li')
  row.append(nameTag(username), ' (you)')
  return row
}

function personRow(person: Person, unread: number) {
  const parts = unread > 0 ? [nameTag(person.username), ' ', badgeOf(unread)] : [nameTag(person.username)]
  return placeRow(placeOf(person.id), parts, () => openPerson(person))
}

// A button that opens a place.
function placeRow(place: string, parts: (string | Node)[], open: () => void) {
  const row = document.createElement('li')
  const button = document.createElement('button')
  button.type = 'button'
  if (place === here) button.setAttribute('aria-current', 'true')
  button.dataset.place = place
  button.append(...parts)
  button.addEventListener('click', () => {
    side.hidePopover()
    input.focus()
    open()
  })
  row.append(button)
  return row
}

side.addEventListener('toggle', scrollToOpenPlace) // the drawer of a small window

function scrollToOpenPlace() {
  side.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
}

// Draws a list anew. Whoever is on one of its buttons by keyboard stays there. What has not changed is left alone: the click of
// somebody who has pressed the mouse, and not let go of it yet, would be lost.
function draw(list: HTMLElement, rows: HTMLElement[]) {
  const place = list.querySelector<HTMLElement>(':focus')?.dataset.place
  const before = [...list.children]
  const drawn = rows.map((row) => before.find((old) => old.isEqualNode(row)) ?? row)
  for (const old of before) if (!drawn.includes(old)) old.remove()
  for (const [index, row] of drawn.entries()) {
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null)
  }
  if (place) list.querySelector<HTMLElement>(`[data-place="${place}"]`)?.focus()
}

/** Says beside the link to the board how many posts are new. */
export function showUnreadPosts(posts: number) {
  unreadPosts.textContent = posts === 0 ? '' : `${posts} new`
}

/** Says at the top of the page how many are here. */
export function showOnline(numUsers: number) {
  online.textContent = numUsers === 1 ? "there's 1 participant" : `there are ${numUsers} participants`
}

/** Says at the top of the page who one is, and shows the form for messages. */
export function letIn(username: string) {
  myName.textContent = `you are ${username}`
  myName.dir = 'auto'
  if (!form.hidden) return // After a reconnect, whoever is elsewhere on the page stays there.
  form.hidden = false
  input.focus()
}

/** Says at the top of the page how the connection is. */
export function note(text: string) {
  state.textContent = text
  document.body.dataset.state = text // style.css draws the connection by it
}

/** Says below the form what is wrong with the message; '' takes the words away. */
export function complain(text: string) {
  problem.textContent = text
  if (text) side.hidePopover() // It lies over the words.
}

input.addEventListener('input', () => complain(''))

/**
 * Says why a message was refused, also to who has gone on to another place, and puts it back into the field of its own, when nothing
 * else was typed there since.
 */
export function giveBack(message: string, reason: string, place: string) {
  complain(place === here ? reason : `A message was not sent, and is kept where you wrote it: ${reason}`)
  if (place !== here) drafts.set(place, drafts.get(place) || message)
  else if (!input.value) input.value = message
}

/** Says below the messages of a room that a person is typing there. */
export function addTypist(room: number, username: string) {
  if (here !== placeOf(undefined, room) || typists.has(username)) return
  const row = document.createElement('li')
  row.textContent = `${username} is typing`
  row.dir = 'auto'
  typists.set(username, row)
  typing.append(row)
}

/** Takes that person's row away; without one, nothing happens. */
export function removeTypist(room: number, username: string) {
  if (here === placeOf(undefined, room)) removeRow(username)
}

function removeRow(username: string) {
  typists.get(username)?.remove()
  typists.delete(username)
}

/** Takes all rows away. */
export function removeTypists() {
  for (const username of typists.keys()) removeRow(username)
}

// A name in its colour.
function nameTag(username: string) {
  const name = document.createElement('b')
  name.textContent = username // not innerHTML: a guest may be called <script>
  name.dir = 'auto'
  name.style.setProperty('--colour', colourOf(username))
  return name
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
function goesOn(list: HTMLElement, username: string, at: Date) {
  const last = list.lastElementChild
  if (!(last instanceof HTMLElement) || last.dataset.username !== username) return false
  return at.getTime() - Number(last.dataset.at) < sameGroupMs
}

// Somebody who reads old lines stays where they are, and is told how many came.
function append(line: HTMLElement, place: string) {
  if (place !== here) return listOf(place).append(line)
  const wasAtEnd = isAtEnd()
  const heightBefore = log.scrollHeight
  listOf(place).append(line)
  const isMine = line.classList.contains('mine')
  if (isMine && !input.value) complain('') // What was wrong is over, and not in the field any more.
  if (wasAtEnd || isMine) return goToEnd()
  log.scrollTop -= log.scrollHeight - heightBefore
  if (line.classList.contains('theirs')) newerLines++
  newer.textContent = `${newerLines} new ↓`
  newer.hidden = newerLines === 0
}

function listOf(place: string) {
  let list = lists.get(place)
  if (!list) {
    list = document.createElement('ul')
    list.hidden = place !== here
    lists.set(place, list)
    log.append(list)
  }
  return list
}

// In style.css the list hangs from its end: there scrollTop is 0, and further up it is below 0.
function isAtEnd() {
  return log.scrollTop > -40 // pixels
}

function goToEnd() {
  log.scrollTop = 0
  newerLines = 0
  newer.hidden = true
}

newer.addEventListener('click', goToEnd)
log.addEventListener('scroll', () => {
  if (isAtEnd()) goToEnd()
})
