import { findStep, start, type Step } from '#shared/course/course'
import { faultOptions, readFaults } from '#shared/wire/fault-options'
import { runFolder } from '#shared/classroom/server/run-folder'
import { readServers, runServers } from '#shared/classroom/server/run-servers'
import { parseCommand, portOption, readPort, runOptions, type CommandSpec } from '#shared/terminal/arguments'
import { say } from '#shared/terminal/wrap'

export const spec = {
  command: 'npm run step',
  does: 'Lists the steps, where you are, and what to type next. With a step, it runs that finished step until Ctrl-C.',
  words: ['[STEP]'],
  options: {
    restore: [true, 'brings an edited finished step back to what it was; the edit is saved'],
    port: portOption,
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
  const options = {
    dir: step.dir,
    step,
    command,
    port,
    faults: readFaults(words, command),
    noWire: words.flag('no-wire'),
    share: words.flag('share'),
  }
  const count = readServers(words.option('servers'), command)
  return count === undefined ? runFolder(options) : runServers({ ...options, count })
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
