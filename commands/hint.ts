import { Advice } from '#shared/terminal/advice'
import { findStep } from '#shared/course/course'
import { forTerminal, hintsOf } from '#shared/course/hints'
import { nextHint } from '#shared/course/progress'
import { stepToBegin, workStep } from '#shared/course/work-folder'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { say, widthOf } from '#shared/terminal/wrap'

export const spec = {
  command: 'npm run hint',
  does: 'Gives the next hint for your step: first where to look, then which call, then the lines.',
  words: ['[STEP]'],
  example: 'npm run hint 4',
} as const satisfies CommandSpec

/** `npm run hint [N]`: the next rung, for the step that work/ is on or for step N. */
export default async function hint(words: string[]): Promise<number> {
  const { positionals } = parseCommand(words, spec)
  const [number] = positionals
  const step = number === undefined ? await workStep() : findStep(number)
  if (!step) {
    throw new Advice(
      'There is no work/, so no step is chosen.',
      `To begin:  npm run work ${(await stepToBegin()).number}      To choose a step:  npm run hint 4`,
    )
  }
  const rungs = await hintsOf(step)
  const rung = await nextHint(step, rungs.length)
  console.log(
    `Step ${step.number} · ${step.title}\n\n${forTerminal(rungs[rung - 1] ?? '', widthOf(process.stdout))}\n`,
  )
  say(
    rung < rungs.length
      ? `Hint ${rung} of ${rungs.length}. The next one:  npm run hint`
      : 'That was the last hint. To compare your code with the finished step:  npm run diff',
  )
  return 0
}
