import type { Person } from './events.ts'

const graceMs = 3_000 // Loading the page again, or a short gap in the Wi-Fi, is no leaving.
const here = new Map<number, { person: Person; tabs: number; leaving?: NodeJS.Timeout }>()

/** Returns true when it is the person's first. */
export function tabOpened(person: Person): boolean {
  const known = here.get(person.id)
  clearTimeout(known?.leaving)
  here.set(person.id, { person, tabs: (known?.tabs ?? 0) + 1 })
  return !known
}

/** Calls back when it was the person's last tab, and none is opened in time. */
export function tabClosed({ id }: Person, left: () => void): void {
  const known = here.get(id)
  if (!known || --known.tabs > 0) return
  known.leaving = setTimeout(() => {
    here.delete(id)
    left()
  }, graceMs)
}

/** One entry a person, however many tabs, in the order in which they came. */
export function peopleOnline(): Person[] {
  return [...here.values()].map(({ person }) => person)
}
