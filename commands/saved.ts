import { describeReplaced, restore, savedCopies, type SavedCopy } from '#shared/course/work-folder'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { say } from '#shared/terminal/wrap'

export const spec = {
  command: 'npm run saved',
  does: 'Lists the saved copies of work/. With the number or the name of a copy, it puts that one back; what is in work/ is saved first.',
  words: ['[COPY]'],
  example: 'npm run saved 1',
} as const satisfies CommandSpec

/** `npm run saved`: lists the saved copies of `work/`. `npm run saved ID`: puts one back. */
export default async function (words: string[]): Promise<number> {
  const { positionals } = parseCommand(words, spec)
  const [id] = positionals
  if (id === undefined) list(await savedCopies())
  else {
    const { restored, ...replaced } = await restore(id)
    const { name, step } = restored
    say(...describeReplaced(replaced, `npm run saved ${name}`))
    say(
      replaced.changed
        ? `work/ now holds work.saved/${name}${step ? `, step ${step.number} · ${step.title}` : ''}.`
        : `work/ already holds work.saved/${name}. Nothing was changed.`,
    )
    say('Next: npm run work')
  }
  return 0
}

function list(copies: SavedCopy[]) {
  if (copies.length === 0) {
    say('There are no copies yet. Commands that change work/ save it first, for example:  npm run work 4')
    return
  }
  for (const { id, savedAt, step, files, name, problem } of copies) {
    const count = files === 1 ? '1 file ' : `${files} files`
    say(`${String(id).padStart(3)}  ${when(savedAt)}  step ${step?.number ?? '?'}  ${count}  ${name}`)
    if (problem) say(`     It cannot be put back: ${problem}`)
  }
  say('The copies are in work.saved/. To put one back (work/ is saved first):  npm run saved 1')
}

function when(at: Date): string {
  return at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}
