import { restore, savedCopies, type SavedCopy } from '#shared/course/work-folder'
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
    const { saved, changed, restored } = await restore(id)
    if (saved) say(`Your work/ is saved in work.saved/${saved.name}.`)
    say(
      changed
        ? `work/ now holds work.saved/${restored.name}, step ${restored.step.number} · ${restored.step.title}.`
        : `work/ already holds work.saved/${restored.name}. Nothing was changed.`,
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
  for (const { id, savedAt, step, files, name } of copies) {
    const count = files === 1 ? '1 file ' : `${files} files`
    say(`${String(id).padStart(3)}  ${when(savedAt)}  step ${step.number}  ${count}  ${name}`)
  }
  say('The copies are in work.saved/. To put one back (work/ is saved first):  npm run saved 1')
}

function when(at: Date): string {
  return at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}
