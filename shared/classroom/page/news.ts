import { signal } from '@preact/signals'
import type { Totals } from '../../wire/meter.ts'
import type { Doings, Events, Status } from '../protocol.ts'
import { ladder } from './ladder.ts'

// What the classroom's server tells, as signals: the page follows by itself.

export const status = signal<Status | undefined>(undefined)
export const connected = signal(false)
export const totals = signal<Totals | undefined>(undefined)
/** The lines of the last command, and of the learner's program. */
export const said = signal<{ command: string; lines: string[]; exitCode?: number } | undefined>(undefined)
export const output = signal<string[]>([])
/** Why everything stands still, when the wire has seen that. */
export const frozen = signal<string | undefined>(undefined)
/** goes up when the windows have to be loaded again */
export const reloads = signal(0)

const outputKept = 200 // lines

/** Listens to the classroom's server, and goes on listening when the connection breaks. */
export function listen(): void {
  const stream = new EventSource('/events')
  stream.addEventListener('open', () => (connected.value = true))
  stream.addEventListener('error', () => (connected.value = false))
  const on = <Name extends keyof Events>(name: Name, hear: (data: Events[Name]) => void) =>
    stream.addEventListener(name, ({ data }) => hear(JSON.parse(data)))

  on('status', (next) => {
    const before = status.value
    if (before && before.born !== next.born) ladder.forget() // another run of the workshop: its rows begin at 1 again
    status.value = next
    const isBack = next.program?.is === 'running' && before?.program && before.program.is !== 'running'
    if (isBack || (before && before.place !== next.place)) reloads.value++
  })
  on('rows', (batch) => {
    ladder.add(batch)
    const remark = batch.rows.findLast(({ kind }) => kind === 'wire.sixPolls')
    if (remark) frozen.value = remark.meaning
  })
  on('totals', (now) => (totals.value = now))
  on('line', ({ line }) => (output.value = [...output.value, line].slice(-outputKept)))
  on('said', ({ command, line, exitCode }) => {
    const same = said.value?.command === command && said.value.exitCode === undefined ? said.value : undefined
    const lines = same?.lines ?? []
    said.value = { command, lines: line === undefined ? lines : [...lines, line], exitCode }
  })
}

/**
 * Asks the classroom's server to do something.
 *
 * @returns why it did not, as a sentence; undefined when it did
 */
export async function ask<Name extends keyof Doings>(
  name: Name,
  words: Doings[Name],
): Promise<string | undefined> {
  try {
    const response = await fetch(`/do/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(words),
    })
    if (response.ok) return undefined
    const { error }: { error?: string } = await response.json()
    return error ?? `The workshop answered ${response.status}.`
  } catch (error) {
    return `The workshop does not answer: ${error instanceof Error ? error.message : error}`
  }
}
