import type { Person } from './events.ts'

const graceMs = 3_000 // Loading the page again, or a short gap in the Wi-Fi, is no leaving.

interface Here {
  person: Person
  tabs: number
  leaving?: NodeJS.Timeout
}

const here = new Map<number, Here>()

/** A tab has opened. Returns true when it is the person's first. */
export function comes(person: Person): boolean {
  const known = here.get(person.id)
  if (!known) here.set(person.id, { person, tabs: 1 })
  else {
    known.tabs += 1
    clearTimeout(known.leaving)
  }
  return !known
}

/** A tab has closed. Calls back when it was the last one, and none has come back in time. */
export function goes({ id }: Person, left: () => void): void {
  const known = here.get(id)
  if (!known) return
  known.tabs -= 1
  if (known.tabs > 0) return
  known.leaving = setTimeout(() => {
    here.delete(id)
    left()
  }, graceMs)
}

/** One entry a person, however many tabs, in the order in which they came. */
export function everybody(): Person[] {
  return [...here.values()].map(({ person }) => person)
}
