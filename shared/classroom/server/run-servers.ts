import { firstWithServers } from '../../course/course.ts'
import { askedToStop } from '../../run/run-at-terminal.ts'
import {
  describeSeveral,
  runSeveralAtTerminal,
  startSeveralAtTerminal,
} from '../../run/services/several-at-terminal.ts'
import { Advice } from '../../terminal/advice.ts'
import { say } from '../../terminal/wrap.ts'
import type { RunFolderOptions } from './run-folder.ts'
import { placeOf } from './wired-program.ts'

/** With 10 connections each, Postgres has enough for them as it comes. */
export const maxServers = 9

/** `command` is without `--servers`, `npm run step 18`. */
export interface RunServersOptions extends Pick<
  RunFolderOptions,
  'dir' | 'step' | 'command' | 'port' | 'faults' | 'noWire' | 'share'
> {
  /** how many, from {@link readServers} */
  count: number
}

/**
 * How many servers were asked for.
 *
 * @param text as typed behind `--servers`
 * @param command as typed, `npm run step 18`
 * @returns undefined when nothing was typed
 * @throws Advice when it is no whole number, or too large
 */
export function readServers(text: string | undefined, command: string): number | undefined {
  if (text === undefined) return undefined
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1 && count <= maxServers) return count
  throw new Advice(
    `--servers is ${JSON.stringify(text)}, but it is a whole number from 1 to ${maxServers}.`,
    `For example:  ${command} -- --servers 3`,
  )
}

/**
 * Runs a finished step or `work/` several times behind nginx, with a wire before it, until Ctrl-C. A page of the classroom
 * shows who is on which server, and kills one.
 *
 * @returns the exit code
 * @throws Advice when the step is for one server, something is not installed, or the port is not to be had
 */
export async function runServers(options: RunServersOptions): Promise<number> {
  const { dir, step, count, port, faults, noWire = false, share = false } = options
  if (step.number < firstWithServers) {
    throw new Advice(
      `Step ${step.number} is one program with one file: a second one would know nothing of the first.`,
      `From step ${firstWithServers} on there can be several:  npm run step ${firstWithServers} -- --servers ${count}`,
    )
  }
  if (noWire) return runSeveralAtTerminal(dir, count, port)

  const command = `${options.command} -- --servers ${count}`
  const stopped = askedToStop()
  // Not at the top: who runs one program waits for none of it.
  const [{ openWire }, { openClassroom }, { watchServers }] = await Promise.all([
    import('../../wire/open-wire.ts'),
    import('./open-classroom.ts'),
    import('./watch-servers.ts'),
  ])
  const ending: { (): Promise<void> }[] = []
  try {
    const wire = await openWire({ port, command, faults })
    ending.push(() => wire.close())
    const complaints = Array.from({ length: count }, (): string[] => [])
    const chat = await startSeveralAtTerminal(dir, {
      count,
      onServerLine: (index, line, stream) => stream === 'stderr' && complaints[index]!.push(line),
    })
    ending.push(() => chat.stop())
    wire.pointAt(chat.nginx.url)
    const classroom = await openClassroom({
      wire,
      command,
      place: placeOf({ dir, step }),
      servers: watchServers(chat, dir, complaints),
    })
    ending.push(() => classroom.close())
    console.log(classroom.url)
    say('That is the classroom: it shows who is on which server, and kills one. Open it in your browser.')
    say(...describeSeveral(chat, wire.url))
    say('An edit is not live here: stop them, and type the same command again.')
    if (share) {
      const { openSharing } = await import('../../share/share-at-terminal.ts')
      const sharing = await openSharing({ port: wire.port })
      ending.push(() => sharing.close())
    }
    await stopped
  } finally {
    for (const end of ending.toReversed()) await end()
  }
  return 0
}
