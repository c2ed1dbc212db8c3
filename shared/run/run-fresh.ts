import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, type Program, type RunOptions } from './run.ts'

const restartMs = 30_000 // nobody is to read about a busy machine in the middle of a task

/** A program that began with an empty data folder of its own, which goes when the program is stopped. */
export interface FreshProgram extends Program {
  /** where it keeps its data, absolute */
  readonly dataDir: string
  /** Kills it without a warning, and starts it again at the same address, with the same data. */
  restart(): Promise<void>
}

/**
 * Like {@link run}, with an empty folder as DATA_DIR: what an earlier program kept is not there.
 *
 * @throws DidNotStart with the first line of its error
 */
export async function runFresh(dir: string, options: RunOptions = {}): Promise<FreshProgram> {
  const dataDir = await mkdtemp(join(tmpdir(), 'on-the-wire-data-'))
  const env = { ...options.env, DATA_DIR: dataDir }
  const removeData = () => rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
  const earlier: string[] = []
  let program = await run(dir, { ...options, env }).catch(async (error: unknown) => {
    await removeData()
    throw error
  })

  return {
    dataDir,
    url: program.url,
    get pid() {
      return program.pid
    },
    get output() {
      return [...earlier, ...program.output]
    },
    get ended() {
      return program.ended
    },
    get running() {
      return program.running
    },
    kill: () => program.kill(),
    stop: () => program.stop().finally(removeData),
    async restart() {
      await program.kill()
      earlier.push(...program.output)
      const port = Number(new URL(program.url).port)
      program = await run(dir, { patienceMs: restartMs, ...options, env, port })
    },
  }
}
