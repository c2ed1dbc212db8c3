// What happens before each change on the disk while work/ is replaced: an editor saves, the process is killed, the disk is
// full, another command comes.
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { temporaryFolder } from './support/folders.ts'
import { findStep } from '#shared/course/course'
import { programAt, writeProgram } from '#shared/course/lesson-program'
import { begin, restore, savedCopies } from '#shared/course/work-folder'

/** Called before each change on the disk; what it returns is waited for. */
let beforeCall: () => unknown = () => {}

vi.mock(import('node:fs/promises'), async (importOriginal) => {
  const original = await importOriginal()
  const changes = ['copyFile', 'link', 'mkdir', 'rename', 'rm', 'rmdir', 'writeFile']
  const wrapped = Object.entries(original).map(([name, member]) => {
    if (!changes.includes(name)) return [name, member]
    const call = member as (...args: unknown[]) => Promise<unknown>
    return [
      name,
      async (...args: unknown[]) => {
        await beforeCall()
        return call(...args)
      },
    ]
  })
  return Object.fromEntries(wrapped) as typeof original
})

beforeEach(() => {
  beforeCall = () => {}
})

const [four, five] = [findStep('4'), findStep('5')]

/** Step 5 has another server.ts, and no page/old.ts. */
const mine = { 'server.ts': '// mine, and long enough to be seen in a mixture\n', 'page/old.ts': '// old\n' }

async function learner() {
  const folder = await temporaryFolder()
  await writeProgram(new Map([...programAt(four, 0), ['.step', '4\n']]), join(folder, 'work'))
  for (const [file, text] of Object.entries(mine)) await writeFile(join(folder, 'work', file), text)
  return { folder, work: join(folder, 'work'), command: 'npm run work 5' }
}

/** The texts of a folder's files, by path. */
function textsIn(dir: string): Map<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name)
      return [file.slice(dir.length + 1).replaceAll('\\', '/'), readFileSync(file, 'utf8')]
    }),
  )
}

/** Does something before the nth change, with n from 1 on, until a run has fewer. Returns how many there were. */
async function atEachCall(run: (at: (act: () => unknown) => void) => Promise<void>): Promise<number> {
  for (let n = 1; ; n++) {
    let calls = 0
    await run((act) => {
      beforeCall = () => (++calls === n ? act() : undefined)
    })
    beforeCall = () => {}
    if (calls < n) return calls
  }
}

const editors = {
  'writes into the file': (file: string, text: string) => writeFileSync(file, text),
  'puts a new file in its place': (file: string, text: string) => {
    writeFileSync(`${file}.draft`, text)
    renameSync(`${file}.draft`, file)
  },
}

test.each(Object.entries(editors))(
  'an editor that %s at any moment: its text is whole, in work/ and said or in a copy',
  async (_how, save) => {
    const edit = '// saved just now, by an editor\n'
    for (const file of ['server.ts', 'new.ts']) {
      const calls = await atEachCall(async (at) => {
        const { folder, work, command } = await learner()
        let isSaved = false
        at(() => {
          mkdirSync(join(work, 'page'), { recursive: true })
          save(join(work, file), edit)
          isSaved = true
        })
        const { saved, meanwhile } = await begin(five, { folder, command })
        beforeCall = () => {}
        const copy = textsIn(saved?.dir ?? work)
        if (isSaved && copy.get(file) !== edit) {
          expect(textsIn(work).get(file)).toBe(edit)
          // The last calls of all take away the drafts: then it is a save like any other.
          if (!meanwhile.includes(file)) expect(meanwhile).toEqual([])
        }
        for (const [path, text] of Object.entries(mine)) {
          if (path !== file) expect(copy.get(path)).toBe(text)
        }
      })
      expect(calls).toBeGreaterThan(20)
    }
  },
)

test('killed at any moment: each file is in work/ or in a copy, each listed copy is whole, and the next run goes through', async () => {
  const calls = await atEachCall(async (at) => {
    const { folder, command } = await learner()
    const before = textsIn(join(folder, 'work'))
    const killed = new Promise<void>((resolve) => {
      at(() => {
        resolve()
        beforeCall = () => new Promise(() => {}) // Nothing that it began goes on.
        return new Promise(() => {})
      })
    })
    await Promise.race([begin(five, { folder, command }), killed])
    beforeCall = () => {}

    const copies = await savedCopies({ folder })
    for (const { dir } of copies) expect(textsIn(dir)).toEqual(before)
    const work = textsIn(join(folder, 'work'))
    if (copies.length === 0) expect(work).toEqual(before)
    await forgetProcess(folder)
    await begin(five, { folder })
    await restore(copies.at(-1)?.name ?? '1', { folder })
    expect(textsIn(join(folder, 'work'))).toEqual(before)
    expect((await readdir(join(folder, 'work.saved'))).filter((name) => name.startsWith('.'))).toEqual([])
  })
  expect(calls).toBeGreaterThan(20)
})

/** Drafts of a process that was killed bear the number of one that does not run. */
async function forgetProcess(folder: string): Promise<void> {
  const savedDir = join(folder, 'work.saved')
  for (const name of await readdir(savedDir).catch(() => [])) {
    if (!name.startsWith('.')) continue
    await rename(join(savedDir, name), join(savedDir, name.replace(`${process.pid}`, '4194304')))
  }
}

test.each(['ENOSPC', 'EBUSY', 'EMFILE'])(
  '%s at any moment: a sentence, what to type, and nothing is lost',
  async (code) => {
    await atEachCall(async (at) => {
      const { folder, work, command } = await learner()
      const before = textsIn(work)
      at(() => {
        throw Object.assign(new Error(`${code}: refused`), { code, path: join(work, 'server.ts') })
      })
      const outcome = await begin(five, { folder, command }).catch((error: unknown) => error)
      beforeCall = () => {}
      if (outcome instanceof Error) {
        expect(outcome).toMatchObject({
          name: 'Advice',
          message: expect.stringMatching(/^work.* (Nothing was changed|safe in work\.saved\/\S+)\.$/),
          next: expect.stringMatching(/^.*, and type it again: {2}npm run work 5$/),
        })
      }
      const everywhere = [...(await savedCopies({ folder })).map(({ dir }) => dir), work].map(textsIn)
      for (const [path, text] of before) {
        if (path in mine) expect(everywhere.some((texts) => texts.get(path) === text)).toBe(true)
      }
    })
  },
)

test('two commands at once: one after the other, and work/ is as the second leaves it', async () => {
  const { folder, work } = await learner()
  const results = await Promise.all([begin(five, { folder }), begin(four, { folder })])
  expect(results.map(({ meanwhile }) => meanwhile)).toEqual([[], []])
  const step = findStep((await readFile(join(work, '.step'), 'utf8')).trim())
  expect(await begin(step, { folder })).toMatchObject({ changed: false })
  const [copy, ...more] = await savedCopies({ folder })
  expect(more).toEqual([])
  const saved = textsIn(copy?.dir ?? '')
  for (const [path, text] of Object.entries(mine)) expect(saved.get(path)).toBe(text)
})
