import { restore, savedCopies, type SavedCopy } from '#shared/course/work-folder'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'

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
    if (saved) console.log(`Saved what was in work/: work.saved/${saved.name}`)
    console.log(
      changed
        ? `work/ now holds work.saved/${restored.name}, step ${restored.step.number} · ${restored.step.title}.`
        : `work/ holds work.saved/${restored.name} already; nothing was changed.`,
    )
    console.log('Next: npm run work')
  }
  return 0
}

function list(copies: SavedCopy[]) {
  if (copies.length === 0) {
    console.log(
      'No copies yet. "npm run work N" and "npm run saved ID" make one of work/ before they change it.',
    )
    return
  }
  for (const { id, savedAt, step, files, name } of copies) {
    const count = files === 1 ? '1 file ' : `${files} files`
    console.log(
      `${String(id).padStart(3)}  ${when(savedAt)}  step ${step.number}  ${count}  work.saved/${name}`,
    )
  }
  console.log('To put one back (what is in work/ is saved first):  npm run saved 1')
}

function when(at: Date): string {
  return at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}
