import { v4 as newKey } from 'uuid'
import type { Said, SaidDirect, Waiting } from '../events.ts'
import * as view from './view.ts'

const otherTabMs = 3_000 // so long we leave it to the tab in which it was written

let otherTab = new AbortController()
let prefix = '' // of the names under which the browser keeps it

/**
 * Shows what waits for this person. It is their own: somebody else may log in here later.
 *
 * @param send is called, after a while, when another tab has something that waits: it may be closed by then
 */
export function openFor(person: number, send: () => void) {
  prefix = `outbox of ${person} · `
  view.showOutbox(all())
  view.onTakeBack(({ key }) => remove(key))
  otherTab.abort()
  otherTab = new AbortController()
  const { signal } = otherTab // at each login once more: what listened until now stops
  addEventListener('storage', () => later(send), { signal })
}

function later(send: () => void) {
  view.showOutbox(all())
  setTimeout(send, otherTabMs)
}

/** Everything that is not acknowledged, in the order in which it was written. */
export function all(): Waiting[] {
  return Object.entries(localStorage)
    .filter(([name]) => name.startsWith(prefix))
    .map(([, kept]): Waiting => JSON.parse(kept))
    .toSorted((one, other) => one.at - other.at)
}

/** The oldest that was not refused; undefined when nothing waits. */
export function next(): Waiting | undefined {
  return all().find(({ error }) => error === undefined)
}

/**
 * Keeps what somebody has written until the server has it: a reload does not lose it.
 *
 * @returns false when the browser has no room for it
 */
export function add(said: Said | SaidDirect): boolean {
  const newest = all().at(-1)?.at ?? 0
  try {
    keep({ ...said, key: newKey(), at: Math.max(Date.now(), newest + 1) })
    return true
  } catch {
    return false
  }
}

/** Forgets it: the server has it, or its author has taken it back. */
export function remove(key: string) {
  localStorage.removeItem(prefix + key)
  view.showOutbox(all())
}

/** Keeps it with the reason why the server does not take it. It is not sent any more. */
export function refuse(one: Waiting, error: string) {
  keep({ ...one, error })
}

function keep(one: Waiting) {
  localStorage.setItem(prefix + one.key, JSON.stringify(one))
  view.showOutbox(all())
}
