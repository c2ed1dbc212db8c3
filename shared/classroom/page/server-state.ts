import { signal } from '@preact/signals'
import type { Actions, Events, Status } from '../protocol.ts'
import { ladder } from './ladder.ts'
import { beginAnew, totals } from './measure.ts'

// What the classroom's server tells, as signals: the page follows by itself.

export const status = signal<Status | undefined>(undefined)
export const connected = signal(false)
/** What the last command has printed so far. */
export const lastCommand = signal<{ command: string; lines: string[]; exitCode?: number } | undefined>(
  undefined,
)
/** What came of the last check, which beginning a step makes undone again. */
export const lastCheck = signal<{ step: number; isDone: boolean } | undefined>(undefined)
/** What the learner's program has printed. */
export const programLines = signal<string[]>([])
/** Why everything stands still, when the wire has seen that. */
export const frozen = signal<string | undefined>(undefined)

const maxProgramLines = 200

/** Listens to the classroom's server, and goes on listening when the connection breaks. */
export function listen(): void {
  const stream = new EventSource('/events')
  stream.addEventListener('open', () => (connected.value = true))
  stream.addEventListener('error', () => (connected.value = false))
  const on = <Name extends keyof Events>(name: Name, hear: (data: Events[Name]) => void) =>
    stream.addEventListener(name, ({ data }) => hear(JSON.parse(data)))

  on('status', (next) => {
    const before = status.value
    const isAnotherWire = before !== undefined && before.born !== next.born // of another run of the workshop
    if (isAnotherWire || (before && before.runs !== next.runs)) beginAnew({ isAnotherWire })
    status.value = next
  })
  on('rows', (batch) => {
    ladder.add(batch)
    const remark = batch.rows.findLast(({ kind }) => kind === 'wire.sixPolls')
    if (remark) frozen.value = remark.meaning
  })
  on('totals', (now) => (totals.value = now))
  on('programLine', ({ line }) => {
    programLines.value = [...programLines.value, line].slice(-maxProgramLines)
  })
  on('commandOutput', ({ command, line, exitCode }) => {
    const [, name, step] = /^npm run (check|work) (\d+)$/.exec(command) ?? []
    if (name && exitCode !== undefined)
      lastCheck.value = { step: Number(step), isDone: name === 'check' && exitCode === 0 }
    const last = lastCommand.value
    const begins = line === undefined && exitCode === undefined
    const isGoingOn = last?.command === command && last.exitCode === undefined && !begins
    const lines = isGoingOn ? last.lines : []
    lastCommand.value = { command, lines: line === undefined ? lines : [...lines, line], exitCode }
  })
}

/** Asks for an action. Gives back why it was not done, as a sentence; undefined when it was. */
export type Act = <Name extends keyof Actions>(name: Name, body: Actions[Name]) => Promise<string | undefined>

/** {@link Act}, by the classroom's server. */
export const act: Act = async (name, body) => {
  try {
    const response = await fetch(`/api/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.ok) return undefined
    const { error }: { error?: string } = await response.json()
    return error ?? `The workshop answered ${response.status}.`
  } catch (error) {
    return `The workshop does not answer: ${error instanceof Error ? error.message : error}`
  }
}
