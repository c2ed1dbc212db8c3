import { DidNotStart } from '../../run/run.ts'
import { whyEnded } from '../../run/keep-running.ts'
import type { SeveralServers } from '../../run/services/several.ts'
import { Advice } from '../../terminal/advice.ts'
import type { ServerState } from '../protocol.ts'

const maxComplaints = 40 // lines of each server: as far back as a crash's own error may stand

/** Several servers, as the classroom shows them; 1 is the number of the first. */
export interface WatchedServers {
  readonly states: readonly ServerState[]
  /** Kills one without a warning. @throws Advice when it does not run, or there is none of this number */
  kill(number: number): Promise<void>
  /** Starts one that is dead again. @throws Advice when it is not dead, does not start, or there is none of this number */
  start(number: number): Promise<void>
  /** Calls this when one has died, or starts, or has started. */
  on(listener: () => void): void
}

/**
 * Follows which servers run, and why one does not, whoever has ended it.
 *
 * @param dir the folder that holds server.ts
 * @param complaints what each has printed to stderr; filled by whoever started them
 */
export function watchServers(
  { servers, restart }: Pick<SeveralServers, 'servers' | 'restart'>,
  dir: string,
  complaints: readonly string[][],
): WatchedServers {
  const listeners = new Set<() => void>()
  const states = servers.map((_server, index) => watch(index))

  function watch(index: number): ServerState {
    const { url, pid, ended } = servers[index]!
    void ended.then((exitCode) => {
      const why = whyEnded(exitCode, complaints[index]!.slice(-maxComplaints), dir).error
      become(index, { url, is: 'dead', why })
    })
    return { url, pid, is: 'running' }
  }

  function become(index: number, state: ServerState) {
    states[index] = state
    for (const listener of listeners) listener()
  }

  function stateOf(number: number, is: ServerState['is']): ServerState {
    const state = states[number - 1]
    if (!state) throw new Advice(`There is no server ${number}.`, `There are ${states.length}, from 1 on.`)
    if (state.is !== is) {
      throw new Advice(
        `Server ${number} is ${state.is}.`,
        is === 'dead' ? 'Kill it first.' : 'Only a running one can be killed.',
      )
    }
    return state
  }

  return {
    states,
    async kill(number) {
      stateOf(number, 'running')
      await servers[number - 1]!.kill()
    },
    async start(number) {
      const { url } = stateOf(number, 'dead')
      const index = number - 1
      complaints[index]!.length = 0
      become(index, { url, is: 'starting' })
      try {
        await restart(index)
      } catch (error) {
        become(index, { url, is: 'dead', why: error instanceof Error ? error.message : String(error) })
        if (!(error instanceof DidNotStart)) throw error
        throw new Advice(
          `Server ${number} does not start: ${error.message}.`,
          'Its lines are in the terminal.',
        )
      }
      become(index, watch(index))
    },
    on: (listener) => void listeners.add(listener),
  }
}
