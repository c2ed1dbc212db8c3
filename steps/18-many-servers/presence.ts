import { EventEmitter } from 'node:events'
import type { Person } from './events.ts'
import { log } from './log.ts'

const graceMs = 3_000 // Loading the page again, or a short gap in the Wi-Fi, is no leaving.

/** Somebody who is here, as one server has them. */
export interface Present extends Person {
  /** how many */
  tabs: number
  /** when the first of them was opened, in ms since 1970 */
  since: number
}

const here = new Map<number, Present & { leaving?: NodeJS.Timeout }>() // on this server
let elsewhere: Present[] = [] // on the others
let online = new Map<number, Present>() // both together, one entry a person

/** Says who has come and who has left, once for all servers together, and when this server's own have changed. */
export const presence = new EventEmitter<{ joined: [Person]; left: [Person]; own: [] }>()

/** Somebody has opened a tab on this server. */
export function tabOpened({ id, username }: Person): void {
  const known = here.get(id)
  clearTimeout(known?.leaving)
  if (!known) log('joined', { username })
  here.set(id, { id, username, tabs: (known?.tabs ?? 0) + 1, since: known?.since ?? Date.now() })
  ownChanged()
}

/** It is closed. Who has opened none in time is not on this server any more. */
export function tabClosed({ id }: Person): void {
  const known = here.get(id)
  if (!known) return
  known.tabs -= 1
  if (known.tabs === 0) {
    known.leaving = setTimeout(() => {
      here.delete(id)
      log('left', { username: known.username })
      ownChanged()
    }, graceMs)
  }
  ownChanged()
}

/** Who is on this server. */
export function peopleHere(): Present[] {
  return [...here.values()].map(({ id, username, tabs, since }) => ({ id, username, tabs, since }))
}

/** @param present who is on the other servers; the same person may be on several */
export function setElsewhere(present: Present[]): void {
  elsewhere = present
  compare()
}

/** One entry a person, however many tabs on however many servers, in the order in which they came. */
export function peopleOnline(): Person[] {
  return [...online.values()].map(({ id, username }) => ({ id, username }))
}

/** How many tabs somebody has open, on all servers. */
export function tabsOf(id: number): number {
  return online.get(id)?.tabs ?? 0
}

function ownChanged() {
  compare()
  presence.emit('own')
}

/** What has changed is the difference between the lists: so each server says it once, however it came to know. */
function compare() {
  const before = online
  online = new Map()
  for (const { id, username, tabs, since } of [...peopleHere(), ...elsewhere].toSorted(bySince)) {
    const known = online.get(id)
    online.set(id, { id, username, tabs: tabs + (known?.tabs ?? 0), since: known?.since ?? since })
  }
  for (const [id, { username }] of before) if (!online.has(id)) presence.emit('left', { id, username })
  for (const [id, { username }] of online) if (!before.has(id)) presence.emit('joined', { id, username })
}

function bySince(one: Present, other: Present) {
  return one.since - other.since
}
