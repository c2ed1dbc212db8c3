import { signal } from '@preact/signals'
import { io, type Socket } from 'socket.io-client'
import type { Answer, BoardEvents, BoardState, Person, StepOnBoard } from '../room-events.ts'

// What the board's server tells, as signals: the page follows by itself.

export const steps = signal<readonly StepOnBoard[]>([])
export const state = signal<BoardState | undefined>(undefined)
export const connected = signal(true)
/** ms since 1970; goes on by itself */
export const now = signal(Date.now())
/** why the last click did nothing */
export const problem = signal<string | undefined>(undefined)
export const namesHidden = signal(localStorage.getItem('names') === 'hidden')

const tickMs = 5_000
const patienceMs = 5_000

const socket: Socket = io({ transports: ['websocket', 'polling'], autoConnect: false })

/** Listens to the board's server, and goes on listening when the connection breaks. */
export function listen(): void {
  socket.on('connect', () => (connected.value = true))
  socket.on('disconnect', () => (connected.value = false))
  socket.on('course', (all: readonly StepOnBoard[]) => (steps.value = all))
  socket.on('state', (next: BoardState) => {
    now.value = next.now
    state.value = next
  })
  setInterval(() => (now.value = Date.now()), tickMs)
  socket.connect()
}

/** Asks the board's server for something. @returns whether it was done; why not stands on the page */
export async function ask<Name extends keyof BoardEvents>(
  name: Name,
  wanted: Parameters<BoardEvents[Name]>[0],
): Promise<boolean> {
  try {
    const answer: Answer = await socket.timeout(patienceMs).emitWithAck(name, wanted)
    problem.value = answer.ok ? undefined : answer.error
    return answer.ok
  } catch {
    problem.value = 'The room does not answer, so that was not done.'
    return false
  }
}

/** Hides names for the projector, and shows them again; this browser remembers it. */
export function hideNames(hidden: boolean): void {
  namesHidden.value = hidden
  localStorage.setItem('names', hidden ? 'hidden' : 'shown')
}

/** What somebody is called on the page. */
export function called({ id, name }: Person): string {
  return namesHidden.value ? `Person ${id}` : name
}
