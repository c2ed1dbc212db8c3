import { Advice } from '#shared/terminal/advice'
import { checkEarlier, describeEarlier } from '#shared/check/earlier'
import { runCheck } from '#shared/check/run-check'
import { isDone, verdict } from '#shared/check/verdict'
import { after, workDir } from '#shared/course/course'
import { describeEdited } from '#shared/course/intact'
import { markPassed } from '#shared/course/progress'
import { roomAfterCheck } from '#shared/room/after-check'
import { describeReplaced, goOn, stepToBegin, workStep } from '#shared/course/work-folder'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { say } from '#shared/terminal/wrap'

export const spec = {
  command: 'npm run next',
  does: 'Checks your step. When it is done, it goes on to the next one, and your code stays as it is.',
  example: 'npm run next',
} as const satisfies CommandSpec

/** `npm run next`: when work/ passes its step's check, go on to the next step, with the code as it is. */
export default async function next(words: string[]): Promise<number> {
  parseCommand(words, spec)
  const step = await workStep()
  if (!step) throw new Advice('There is no work/.', `To begin:  npm run work ${(await stepToBegin()).number}`)

  const room = roomAfterCheck()
  say(`Checking step ${step.number} …`)
  const result = await runCheck({ step, target: { dir: workDir }, stopAtFirst: true })
  if (!isDone(result)) {
    say(...verdict(result), ...(await room(result, false)))
    return 1
  }
  const [headline] = verdict(result)
  say(headline ?? '')
  const earlier = await checkEarlier(step, workDir)
  say(...describeEarlier(step, earlier))
  if (earlier.broken) {
    say(...(await room(result, false)))
    return 1
  }
  await markPassed(step)

  const following = after(step)
  if (!following) {
    say('That was the last step: work/ is a whole chat, and it is yours.', ...(await room(result, true)))
    return 0
  }
  say(...describeEdited([step, following]))
  const replaced = await goOn(following)
  const { given, gone, kept } = replaced
  const files = [
    ...describeReplaced(replaced, `npm run work ${following.number}`),
    ...(given.length > 0 ? [`Given by the lesson, and in work/ now: ${given.join(', ')}`] : []),
    ...(gone.length > 0
      ? [`Removed, because step ${following.number} does not use them: ${gone.join(', ')}`]
      : []),
    ...kept.map(
      (file) =>
        `Step ${following.number} does not use ${file}. Yours stays, because you changed it. Delete it when you like.`,
    ),
  ]
  say(...files)
  say(`
${given.length > 0 ? 'The rest of your code' : 'Your code'} stays as it is. Step ${following.number} · ${following.title} (${following.minutes} minutes): ${following.does}.
  The lesson        steps/${following.name}/README.md
  What will change  npm run diff ${step.number} ${following.number}
  Is it done?       npm run check`)
  say(...(await room(result, true)))
  return 0
}
