import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { findStep, type Step } from './course.ts'
import { programAt, programIn, writeProgram } from './lesson-program.ts'
import { temporaryFolder } from '../../tests/support/folders.ts'
import {
  begin,
  compare,
  goOn,
  hasWork,
  namedWorkStep,
  restore,
  saveProgram,
  savedCopies,
  setWorkStep,
  stepToBegin,
  workStep,
} from './work-folder.ts'

const [three, four, five] = ['3', '4', '5'].map(findStep)
if (!three || !four || !five) throw new Error('the course has a step 5')

/** All files of a folder and their text, by path. */
async function filesIn(dir: string): Promise<Record<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const texts = files.map(async ({ parentPath, name }) => {
    const file = join(parentPath, name)
    const path = file.slice(dir.length + 1).replaceAll('\\', '/')
    return [path, await readFile(file, 'utf8')] as const
  })
  return Object.fromEntries(await Promise.all(texts))
}

/** What `work/` holds where a step begins. */
const beginning = (step: Step) => [...programAt(step, 0).keys(), '.step'].toSorted()

/** A project whose learner has begun step 4 and changed server.ts. */
async function learner() {
  const folder = await temporaryFolder()
  const work = join(folder, 'work')
  await begin(four!, { folder })
  await writeFile(join(work, 'server.ts'), '// mine\n')
  return { folder, work, options: { folder } }
}

describe('beginning a step', () => {
  test('puts the finished step before it into work/, and says which step it is', async () => {
    const folder = await temporaryFolder()
    expect(await begin(four, { folder })).toMatchObject({ saved: undefined, changed: true })
    const files = await filesIn(join(folder, 'work'))
    expect(Object.keys(files).toSorted()).toEqual(beginning(four))
    expect(files['.step']).toBe('4\n')
    expect(files['server.ts']).toBe(await readFile(join(three.dir, 'server.ts'), 'utf8'))
    expect(await workStep({ folder })).toBe(four)
  })

  test('of step 1 starts from the empty program', async () => {
    const folder = await temporaryFolder()
    await begin(findStep('1'), { folder })
    expect(Object.keys(await filesIn(join(folder, 'work'))).toSorted()).toEqual(beginning(findStep('1')))
  })

  test('saves every file first, in subfolders too, with the step', async () => {
    const { work, options } = await learner()
    await mkdir(join(work, 'ideas', 'old'), { recursive: true })
    await writeFile(join(work, 'ideas', 'old', 'notes.txt'), 'remember')
    await writeFile(join(work, '.env'), 'A=1')
    const before = await filesIn(work)

    const { saved } = await begin(five, options)
    expect(saved?.name).toMatch(/^\d{4}-\d\d-\d\d_\d\d-\d\d-\d\dZ_step-04$/)
    expect(await filesIn(saved?.dir ?? '')).toEqual(before)
    expect(Object.keys(await filesIn(work)).toSorted()).toEqual(beginning(five))
    expect(await readdir(work)).not.toContain('ideas')
  })

  test('neither saves nor removes packages and a repository', async () => {
    const { work, options } = await learner()
    for (const name of ['node_modules', '.git']) {
      await mkdir(join(work, name))
      await writeFile(join(work, name, 'big'), '')
    }
    const { saved } = await begin(five, options)
    expect(await readdir(saved?.dir ?? '')).not.toEqual(expect.arrayContaining(['node_modules']))
    expect(await readdir(saved?.dir ?? '')).not.toEqual(expect.arrayContaining(['.git']))
    expect(await readdir(work)).toEqual(expect.arrayContaining(['node_modules', '.git']))
  })

  test('again, with nothing done, changes nothing', async () => {
    const folder = await temporaryFolder()
    await begin(four, { folder })
    expect(await begin(four, { folder })).toMatchObject({ saved: undefined, changed: false })
    expect(await savedCopies({ folder })).toEqual([])
  })

  test('needs no copy of a finished step, but of one with a file beside it', async () => {
    const folder = await temporaryFolder()
    await begin(four, { folder })
    expect(await begin(five, { folder })).toMatchObject({ saved: undefined, changed: true })
    await writeFile(join(folder, 'work', 'notes.txt'), 'mine')
    const { saved } = await begin(four, { folder })
    expect(saved?.files).toBe(beginning(five).length)
  })

  test('replaces a folder that has the name of a program file', async () => {
    const { work, options } = await learner()
    await rm(join(work, 'server.ts'))
    await mkdir(join(work, 'server.ts'))
    await writeFile(join(work, 'server.ts', 'odd.txt'), 'odd')
    const { saved } = await begin(five, options)
    expect(await filesIn(work)).toHaveProperty(['server.ts'])
    expect(await filesIn(saved?.dir ?? '')).toHaveProperty(['server.ts/odd.txt'], 'odd')
  })
})

/** Step 4 as a lesson that is a program: it gives view.ts, and has no events.ts. */
async function lesson(): Promise<Step> {
  const dir = await temporaryFolder()
  await writeFile(
    join(dir, 'README.md'),
    `Given: \`page/view.ts\` draws.\n\nGone: \`events.ts\`.

\`\`\`ts new one.ts
1
\`\`\`

> **Checkpoint 1** · task 1 passes.

\`\`\`ts new two.ts
2
\`\`\`

> **Checkpoint 2** · all tasks pass.
`,
  )
  await mkdir(join(dir, 'page'))
  await writeFile(join(dir, 'page', 'view.ts'), '// drawn\n')
  return { ...four!, dir }
}

describe('a lesson that is a program', () => {
  test('begins with the files that it gives, and without those that are gone', async () => {
    const folder = await temporaryFolder()
    const { given } = await begin(await lesson(), { folder })
    expect(given).toEqual(['page/view.ts'])
    const files = await filesIn(join(folder, 'work'))
    expect(files).toHaveProperty(['page/view.ts'], '// drawn\n')
    expect(files).not.toHaveProperty(['events.ts'])
    expect(files).not.toHaveProperty(['one.ts'])
  })

  test('can be begun behind a checkpoint; what stood there is saved', async () => {
    const { work, options } = await learner()
    const { saved } = await begin(await lesson(), { ...options, at: 1 })
    expect(await filesIn(saved?.dir ?? '')).toMatchObject({ 'server.ts': '// mine\n' })
    const files = await filesIn(work)
    expect(files).toHaveProperty(['one.ts'], '1\n')
    expect(files).not.toHaveProperty(['two.ts'])
    await begin(await lesson(), { ...options, at: 0 })
    expect(await filesIn(work)).not.toHaveProperty(['one.ts'])
  })

  test.each([3, -1, 0.5])('has no checkpoint %d', async (at) => {
    const { options } = await learner()
    await expect(begin(await lesson(), { ...options, at })).rejects.toMatchObject({
      message: `The lesson of step 4 has checkpoints 1 to 2, and 0 is where the step begins: there is no ${at}.`,
      next: 'For example:  npm run work 4 -- --at 2',
    })
    expect(await savedCopies(options)).toEqual([])
  })

  test('gives its files to who goes on with code of their own, once that is saved', async () => {
    const { folder, work, options } = await learner()
    await setWorkStep(three!, options)
    await mkdir(join(work, 'page'), { recursive: true })
    await writeFile(join(work, 'page', 'view.ts'), '// my own view\n')
    await cp(join(three!.dir, 'events.ts'), join(work, 'events.ts'))
    const { saved, given, gone, kept } = await goOn(await lesson(), options)
    expect([given, gone, kept]).toEqual([['page/view.ts'], ['events.ts'], []])
    expect(await filesIn(saved?.dir ?? '')).toMatchObject({
      'page/view.ts': '// my own view\n',
      '.step': '3\n',
    })
    const files = await filesIn(work)
    expect(files).toMatchObject({ 'server.ts': '// mine\n', 'page/view.ts': '// drawn\n', '.step': '4\n' })
    expect(files).not.toHaveProperty(['events.ts'])
    expect(await workStep({ folder })).toMatchObject({ number: 4 })
  })

  test('leaves a file that is gone, and that the learner has changed', async () => {
    const { work, options } = await learner()
    await writeFile(join(work, 'events.ts'), '// my own\n')
    const { kept } = await goOn(await lesson(), options)
    expect(kept).toEqual(['events.ts'])
    expect(await filesIn(work)).toHaveProperty(['events.ts'], '// my own\n')
  })
})

test('going on to a lesson that gives nothing changes the step alone', async () => {
  const { work, options } = await learner()
  const dir = await temporaryFolder()
  await writeFile(join(dir, 'README.md'), '# 05')
  const outcome = await goOn({ ...five, dir }, options)
  expect(outcome).toMatchObject({ saved: undefined, meanwhile: [], given: [], gone: [], kept: [] })
  expect(await filesIn(work)).toMatchObject({ 'server.ts': '// mine\n', '.step': '5\n' })
})

describe('nothing is done', () => {
  test('when work is a file', async () => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'work'), 'mine')
    await expect(begin(four, { folder })).rejects.toMatchObject({
      message: "work is a file, and it has to be a folder of this project's own.",
      next: 'Move it away, and then:  npm run work',
    })
    expect(await readFile(join(folder, 'work'), 'utf8')).toBe('mine')
  })

  test('when work is a link to a folder elsewhere', async () => {
    const [folder, elsewhere] = [await temporaryFolder(), await temporaryFolder()]
    await writeFile(join(elsewhere, 'server.ts'), 'mine')
    await symlink(elsewhere, join(folder, 'work'), 'junction')
    await expect(begin(four, { folder })).rejects.toThrow('work is a link')
    expect(await filesIn(elsewhere)).toEqual({ 'server.ts': 'mine' })
  })

  test('when there is a link inside', async () => {
    const { work, options } = await learner()
    const elsewhere = await temporaryFolder()
    await symlink(elsewhere, join(work, 'lib'), 'junction')
    await expect(begin(five, options)).rejects.toThrow(
      'work/lib is a link, and a copy holds plain files only',
    )
    expect(await filesIn(work)).toMatchObject({ 'server.ts': '// mine\n' })
  })
})

describe('saved copies', () => {
  const mine = new Map([['server.ts', '// mine\n']])

  test('come newest first, each with its time, step and number of files', async () => {
    const options = { folder: await temporaryFolder() }
    await saveProgram(four, mine, options)
    await saveProgram(three, new Map([...mine, ['page/extra.ts', '']]), options) // the lower number, but later
    const copies = await savedCopies(options)
    expect(copies.map(({ id, step, files }) => [id, step?.number, files])).toEqual([
      [1, 3, 2],
      [2, 4, 1],
    ])
    expect(Math.abs(Date.now() - (copies[0]?.savedAt.getTime() ?? 0))).toBeLessThan(60_000)
  })

  test('made in the same second have names of their own', async () => {
    const options = { folder: await temporaryFolder() }
    await Promise.all([saveProgram(four, mine, options), saveProgram(four, mine, options)])
    await saveProgram(four, mine, options)
    const names = (await savedCopies(options)).map(({ name }) => name)
    expect(new Set(names).size).toBe(3)
    expect(names).toEqual(names.toSorted().toReversed())
  })

  test('come newest first after a change of time zone, too', async () => {
    const options = { folder: await temporaryFolder() }
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 9, 25, 0, 30) })
    vi.stubEnv('TZ', 'Europe/Berlin') // half past two in the night in which the clock goes back
    onTestFinished(() => {
      vi.useRealTimers()
      vi.unstubAllEnvs()
    })
    const older = await saveProgram(four, mine, options)
    vi.setSystemTime(Date.UTC(2026, 9, 25, 1, 15)) // a quarter past two
    const newer = await saveProgram(four, mine, options)
    expect((await savedCopies(options)).map(({ name }) => name)).toEqual([newer.name, older.name])
    vi.stubEnv('TZ', 'America/New_York')
    const [newest] = await savedCopies(options)
    expect([newest?.name, newest?.savedAt.getTime()]).toEqual([newer.name, Date.UTC(2026, 9, 25, 1, 15)])
  })

  test.each(['number', 'name'])(
    'are put back by their %s, after what is there has been saved',
    async (by) => {
      const { work, options } = await learner()
      await writeFile(join(work, 'notes.txt'), 'mine')
      const original = await filesIn(work)
      const { saved } = await begin(five, options)
      await writeFile(join(work, 'server.ts'), '// later')

      const { saved: later, restored } = await restore(by === 'name' ? (saved?.name ?? '') : '1', options)
      expect(restored.name).toBe(saved?.name)
      expect(await filesIn(work)).toEqual(original)
      expect(await workStep(options)).toBe(four)
      expect(await filesIn(later?.dir ?? '')).toMatchObject({ 'server.ts': '// later', '.step': '5\n' })
      expect(await savedCopies(options)).toHaveLength(2)
    },
  )

  test('are listed when one of them cannot be put back, and the others can', async () => {
    const options = { folder: await temporaryFolder() }
    const good = await saveProgram(four, mine, options)
    const odd = await saveProgram(three, mine, options)
    await symlink(options.folder, join(odd.dir, 'lib'), 'junction')
    const problem = `work.saved/${odd.name}/lib is a link, and a copy holds plain files only.`
    expect(await savedCopies(options)).toMatchObject([
      { name: odd.name, problem },
      { name: good.name, files: 1 },
    ])
    await expect(restore('1', options)).rejects.toThrow(problem)
    await restore('2', options)
    expect(await filesIn(join(options.folder, 'work'))).toMatchObject({ 'server.ts': '// mine\n' })
  })

  test.each(['7', '0', '../..', 'nothing'])('%s is none', async (id) => {
    const options = { folder: await temporaryFolder() }
    await saveProgram(four, mine, options)
    await expect(restore(id, options)).rejects.toMatchObject({
      message: `There is no saved copy ${JSON.stringify(id)}: they are 1 (the newest) to 1.`,
      next: 'To see them all:  npm run saved',
    })
  })
})

describe('which step work/ is on', () => {
  test('is unknown without work/, and with an empty one', async () => {
    const folder = await temporaryFolder()
    expect(await workStep({ folder })).toBeUndefined()
    await mkdir(join(folder, 'work'))
    expect(await workStep({ folder })).toBeUndefined()
    expect(await hasWork({ folder })).toBe(false)
  })

  test.each(['', 'four', '99', '4 5'])('is asked for when .step says %j', async (text) => {
    const { work, options } = await learner()
    await writeFile(join(work, '.step'), text)
    await expect(workStep(options)).rejects.toMatchObject({
      message: `The file work/.step says ${JSON.stringify(text)}, which is no step, so nobody knows which step your code is on.`,
      next: 'To say that it is step 4, and keep your code:  npm run work 4 -- --keep',
    })
    expect(await namedWorkStep(options)).toBeUndefined()
    await setWorkStep(five, options)
    expect(await workStep(options)).toBe(five)
  })

  test('is asked for when there is no .step; what is there is saved as of an unknown step', async () => {
    const { work, options } = await learner()
    await rm(join(work, '.step'))
    await expect(workStep(options)).rejects.toThrow('The file work/.step is missing')
    const { saved } = await begin(five, options)
    expect(saved).toMatchObject({ name: expect.stringMatching(/_step-unknown$/), step: undefined })
    await restore('1', options)
    await expect(workStep(options)).rejects.toThrow('The file work/.step is missing')
  })

  test('is remembered when work/ is deleted', async () => {
    const { work, options } = await learner()
    await rm(work, { recursive: true })
    expect(await workStep(options)).toBeUndefined()
    expect(await stepToBegin(options)).toBe(four)
    expect(await stepToBegin({ folder: await temporaryFolder() })).toBe(findStep('1'))
  })
})

describe('comparing two programs', () => {
  test('finds the files that differ, and those that one of them lacks', async () => {
    const { work } = await learner()
    const differences = await compare(work, findStep('1').dir)
    const others = Object.keys(await filesIn(work)).filter((file) => !['server.ts', '.step'].includes(file))
    const found = differences.map(({ file, from, to }) => [file, from !== undefined, to !== undefined])
    expect(found.toSorted()).toEqual(
      [['server.ts', true, true], ...others.map((file) => [file, true, false])].toSorted(),
    )
  })

  test("leaves Windows's line ends out of it", async () => {
    const { work } = await learner()
    await writeProgram(programIn(three.dir), work)
    const text = await readFile(join(three.dir, 'server.ts'), 'utf8')
    await writeFile(join(work, 'server.ts'), text.replaceAll('\n', '\r\n'))
    expect(await compare(work, three.dir)).toEqual([])
  })
})
