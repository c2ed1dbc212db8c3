import { findStep } from '#shared/course/course'
import { faultOptions, readFaults } from '#shared/wire/fault-options'
import { runFolder } from '#shared/classroom/server/run-folder'
import { readPort, readWords } from '#shared/terminal/arguments'

/** `npm run step`: where am I. `npm run step N`: runs the finished step N until Ctrl-C. */
export default async function (typed: string[]): Promise<number> {
  const words = readWords(typed, {
    command: 'npm run step',
    options: { port: '3001', share: true, 'no-wire': true, ...faultOptions },
    most: 1,
    example: 'npm run step 6 -- --port 3001',
  })
  const [wanted] = words.plain
  if (wanted === undefined) {
    const { whereAmI } = await import('#shared/course/where-am-i')
    for (const line of await whereAmI()) console.log(line)
    return 0
  }
  const step = findStep(wanted)
  const command = `npm run step ${step.number}`
  const port = readPort(words.value('port'), command)
  const faults = readFaults(words, command)
  return runFolder({
    dir: step.dir,
    step,
    command,
    port,
    faults,
    noWire: words.has('no-wire'),
    share: words.has('share'),
  })
}
