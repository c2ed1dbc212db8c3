import { findStep, firstWithServers, start, type Step } from '#shared/course/course'
import { faultOptions, readFaults } from '#shared/wire/fault-options'
import { runFolder } from '#shared/classroom/server/run-folder'
import { Advice } from '#shared/terminal/advice'
import { parseCommand, portOption, readPort, runOptions, type CommandSpec } from '#shared/terminal/arguments'
import { say } from '#shared/terminal/wrap'

const maxServers = 9

export const spec = {
  command: 'npm run step',
  does: 'Lists the steps, where you are, and what to type next. With a step, it runs that finished step until Ctrl-C.',
  words: ['[STEP]'],
  options: {
    restore: [true, 'brings an edited finished step back to what it was; the edit is saved'],
    port: portOption,
    servers: ['3', 'runs it so many times behind nginx, with Postgres and Redis: from step 18 on'],
    ...runOptions,
    ...faultOptions,
  },
  example: 'npm run step 6 -- --port 3001',
} as const satisfies CommandSpec

/** `npm run step`: where am I. `npm run step N`: runs the finished step N until Ctrl-C. */
export default async function (typed: string[]): Promise<number> {
  const words = parseCommand(typed, spec)
  const [wanted] = words.positionals
  if (wanted === undefined) {
    const { whereAmI } = await import('#shared/course/where-am-i')
    for (const line of await whereAmI()) console.log(line)
    return 0
  }
  const step = wanted === '0' && words.flag('restore') ? start : findStep(wanted)
  if (words.flag('restore')) return restore(step)
  const command = `npm run step ${step.number}`
  const port = readPort(words.option('port'), command)
  const servers = words.option('servers')
  if (servers !== undefined) return runServers(step, servers, port)
  const faults = readFaults(words, command)
  return runFolder({
    dir: step.dir,
    step,
    command,
    port,
    faults,
    noWire: words.flag('no-wire'),
    share: words.flag('share'),
  })
}

async function runServers(step: Step, servers: string, port: number): Promise<number> {
  if (step.number < firstWithServers) {
    throw new Advice(
      `Step ${step.number} is one program with one file: a second one would know nothing of the first.`,
      `From step ${firstWithServers} on there can be several:  npm run step ${firstWithServers} -- --servers 3`,
    )
  }
  const count = Number(servers)
  if (!Number.isInteger(count) || count < 1 || count > maxServers) {
    throw new Advice(
      `--servers is ${JSON.stringify(servers)}, but it is a whole number from 1 to ${maxServers}.`,
      `For example:  npm run step ${step.number} -- --servers 3`,
    )
  }
  const { runSeveralAtTerminal } = await import('#shared/run/services/several-at-terminal')
  return runSeveralAtTerminal(step.dir, count, port)
}

async function restore(step: Step): Promise<number> {
  const { restoreStep } = await import('#shared/course/intact')
  const saved = await restoreStep(step)
  if (saved) {
    say(`steps/${step.name} is as the course has it again. Your edit is saved in work.saved/${saved.name}.`)
    say(`To go on with your edit in work/:  npm run saved ${saved.name}`)
  } else say(`steps/${step.name} is as the course has it. Nothing was changed.`)
  return 0
}
