import { lstat, mkdir, readdir, readFile, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Advice } from '../terminal/advice.ts'
import { BrokenLesson, readLesson, type Lesson } from './lesson.ts'
import { programAt, writeProgram, type Program } from './lesson-program.ts'
import { after, before, knownProgramFiles, programFilesIn, root, start, steps, type Step } from './course.ts'

/** Which step `work/` is on. */
export interface WorkStep {
  step: Step
  /** true when `work/.step` did not say, and the step is the one whose program is nearest */
  guessed: boolean
}

/** A copy of `work/` in `work.saved/`. */
export interface SavedCopy {
  /** 1 for the newest; a later save moves it on */
  id: number
  /** the folder's name, `2026-11-21_14-03-59Z_step-04`, its time in UTC */
  name: string
  /** the folder's absolute path */
  dir: string
  savedAt: Date
  step: Step
  /** how many files of the learner's it holds */
  files: number
}

/** What was done to `work/`. */
export interface Replaced {
  /** the copy of what stood there; undefined when nothing did that a finished step would not bring back */
  saved: SavedCopy | undefined
  /** false when `work/` held those very files already */
  changed: boolean
}

/** What was done to `work/` for a lesson that puts files in place. */
export interface Given extends Replaced {
  /** the files that the lesson gives */
  given: string[]
  /** files that the step no longer has: they were as in the finished step before */
  gone: string[]
  /** files that the step no longer has, and that stay: they are not as in the finished step before */
  kept: string[]
}

/** A program file of which two folders hold different versions; undefined where there is none. */
export interface Difference {
  file: string
  from: string | undefined
  to: string | undefined
}

export interface WorkOptions {
  /** the project's folder */
  folder?: string
  /** what the learner typed, for advice that says to type it again */
  command?: string
  /** called between the phases; for tests, which edit a file just then */
  between?: (phase: 'copied' | 'saved') => Promise<void>
}

/** All files below a folder, by their path with forward slashes. */
type Files = Map<string, Buffer>

/** The file in `work/` that says which step it is on: there, saved copies carry it along. */
const stepFile = '.step'

/** What is neither saved nor removed: packages can be had again, and a repository looks after itself. */
const leftAlone = new Set(['node_modules', '.git'])

/** Whether there is a `work/` with something in it. */
export async function hasWork({ folder = root }: WorkOptions = {}): Promise<boolean> {
  return (await filesOfWork(folder)).size > 0
}

/**
 * Puts where a step begins into `work/`: the finished step before it, and the files that its lesson gives. What stood there
 * is saved first.
 *
 * @param options.at the number of a checkpoint: its program instead
 * @throws Advice when there is no such checkpoint, or when `work/` is no folder of plain files, or was edited meanwhile;
 * nothing is lost then
 */
export async function begin(
  step: Step,
  { at, ...options }: WorkOptions & { at?: number } = {},
): Promise<Given> {
  const lesson = readLesson(step)
  if (at !== undefined) refuseIfNone(at, step, lesson)
  const files = filesOf(programAt(step, at ?? 0))
  files.set(stepFile, Buffer.from(`${step.number}\n`))
  const typed = [`npm run work ${step.number}`, at === undefined ? '' : ` -- --at ${at}`].join('')
  const replaced = await replaceWork(files, { command: typed, ...options })
  return { ...replaced, given: namesOf(lesson?.given), gone: [], kept: [] }
}

function refuseIfNone(at: number, { number }: Step, lesson: Lesson | undefined): void {
  const last = lesson?.parts.filter(({ is }) => is === 'checkpoint').length ?? 0
  if (Number.isInteger(at) && at >= 0 && at <= last) return
  throw new Advice(
    last === 0
      ? `The lesson of step ${number} has no checkpoints: --at can only be 0, where the step begins.`
      : `The lesson of step ${number} has checkpoints 1 to ${last}, and 0 is where the step begins: there is no ${at}.`,
    `For example:  npm run work ${number} -- --at ${last}`,
  )
}

/**
 * Goes on to a step with the program as it is: the files that the lesson gives are put in place, and those that the step no
 * longer has are removed, unless somebody has changed them. Where this changes anything, `work/` is saved first.
 *
 * @throws Advice as {@link begin} does
 */
export async function goOn(step: Step, options: WorkOptions = {}): Promise<Given> {
  const { folder = root } = options
  const lesson = readLesson(step)
  if (!lesson || lesson.given.length + lesson.gone.length === 0) {
    await setWorkStep(step, options)
    return { saved: undefined, changed: false, given: [], gone: [], kept: [] }
  }
  const files = await filesOfWork(folder)
  const [earlier, first] = [await finished(before(step)), filesOf(programAt(step, 0))]
  const left = namesOf(lesson.gone).filter((file) => files.has(file))
  const gone = left.filter((file) => same(files.get(file), earlier.get(file)))
  for (const file of gone) files.delete(file)
  const kept = left.filter((file) => !gone.includes(file))
  const given = namesOf(lesson.given)
  for (const file of given) files.set(file, first.get(file) ?? Buffer.of())
  files.set(stepFile, Buffer.from(`${step.number}\n`))
  return { ...(await replaceWork(files, { command: 'npm run next', ...options })), given, gone, kept }
}

/**
 * Copies all of `work/` to `work.saved/<time>_step-NN/`.
 *
 * @returns the copy; undefined when `work/` is empty or holds a finished step and nothing else
 * @throws Advice as {@link begin} does
 */
export async function save(options: WorkOptions = {}): Promise<SavedCopy | undefined> {
  const { folder = root } = options
  return copyAway(await filesOfWork(folder), options)
}

/** Keeps a program that does not lie in `work/` among the saved copies, as one of this step. */
export async function saveProgram(
  step: Step,
  program: Program,
  { folder = root }: WorkOptions = {},
): Promise<SavedCopy> {
  const copy = await newFolder(join(folder, 'work.saved'), step)
  await writeProgram(program, copy.dir)
  await writeFile(join(copy.dir, stepFile), `${step.number}\n`)
  return { id: 1, ...copy, step, files: program.size }
}

/** The saved copies, newest first. */
export async function savedCopies({ folder = root }: WorkOptions = {}): Promise<SavedCopy[]> {
  const savedDir = join(folder, 'work.saved')
  const entries = await readdir(savedDir, { withFileTypes: true }).catch(whenMissing([]))
  const copies = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => {
        const dir = join(savedDir, name)
        const files = await filesIn(dir, `work.saved/${name}`)
        const { step } = await stepOf(files)
        const savedAt = timeIn(name) ?? (await stat(dir)).mtime
        return { name, dir, savedAt, step, files: programOf(files).size }
      }),
  )
  return copies
    .toSorted((a, b) => b.savedAt.getTime() - a.savedAt.getTime() || b.name.localeCompare(a.name))
    .map((copy, index) => ({ id: index + 1, ...copy }))
}

/**
 * Puts a saved copy back into `work/`. What stood there is saved first, and the copy stays.
 *
 * @param id a copy's number, 1 for the newest, or its folder's name
 * @throws Advice when there is no such copy, and as {@link begin} does
 */
export async function restore(
  id: string,
  options: WorkOptions = {},
): Promise<Replaced & { restored: SavedCopy }> {
  const copies = await savedCopies(options)
  const restored = copies.find((copy) => copy.name === id || String(copy.id) === id)
  if (!restored) {
    throw new Advice(
      copies.length > 0
        ? `There is no saved copy ${JSON.stringify(id)}: they are 1 (the newest) to ${copies.length}.`
        : `There is no saved copy ${JSON.stringify(id)}: there are no copies yet.`,
      'To see them all:  npm run saved',
    )
  }
  const files = await filesIn(restored.dir, `work.saved/${restored.name}`)
  const replaced = await replaceWork(files, { command: `npm run saved ${restored.name}`, ...options })
  return { ...replaced, restored }
}

/**
 * What differs between the programs of two folders. Line ends do not count.
 *
 * @param fromDir a folder, absolute
 * @param toDir a folder, absolute
 */
export async function compare(fromDir: string, toDir: string): Promise<Difference[]> {
  const differences = await Promise.all(
    knownProgramFiles().map(async (file) => ({
      file,
      from: await textIn(join(fromDir, file)),
      to: await textIn(join(toDir, file)),
    })),
  )
  return differences.filter(({ from, to }) => from !== to)
}

/**
 * The step that `work/` is on.
 *
 * @returns undefined when there is no `work/`, or nothing in it
 */
export async function workStep({ folder = root }: WorkOptions = {}): Promise<WorkStep | undefined> {
  const files = await filesOfWork(folder)
  return files.size > 0 ? stepOf(files) : undefined
}

/** Writes down that `work/` is on this step now; its program stays as it is. */
export async function setWorkStep(step: Step, { folder = root }: WorkOptions = {}): Promise<void> {
  await writeFile(join(folder, 'work', stepFile), `${step.number}\n`)
}

async function replaceWork(files: Files, options: WorkOptions): Promise<Replaced> {
  const { folder = root, between } = options
  const work = join(folder, 'work')
  const old = await filesOfWork(folder)
  if (differing(old, files).length === 0) return { saved: undefined, changed: false }

  const saved = await copyAway(old, options)
  await between?.('saved')

  for (const path of old.keys()) {
    if (files.has(path)) continue
    await refuseIfEdited(work, path, old, saved, options)
    await unlink(join(work, path))
  }
  if (old.size > 0) await removeEmptyFolders(work)
  // The step file goes last: if this stops half way, it still tells what stood here.
  const paths = [...files.keys()].toSorted((a, b) => Number(a === stepFile) - Number(b === stepFile))
  for (const path of paths) {
    await refuseIfEdited(work, path, old, saved, options)
    const content = files.get(path)
    if (content === undefined || same(old.get(path), content)) continue
    await mkdir(dirname(join(work, path)), { recursive: true })
    await writeFile(join(work, path), content)
  }
  return { saved, changed: true }
}

/** Nothing is written over that is not in the copy: an editor may have saved a file since. */
async function refuseIfEdited(
  work: string,
  path: string,
  old: Files,
  saved: SavedCopy | undefined,
  { command = 'npm run work' }: WorkOptions,
): Promise<void> {
  const present = await readFile(join(work, path)).catch(whenMissing(undefined))
  if (same(present, old.get(path))) return
  throw new Advice(
    `work/${path} was edited this very moment. It is as your editor left it, and the rest is half done. ` +
      (saved
        ? `What stood in work/ before is safe in work.saved/${saved.name}.`
        : 'What stood in work/ before was a finished step, which is not lost.'),
    `Type it again:  ${command}`,
  )
}

async function copyAway(files: Files, options: WorkOptions): Promise<SavedCopy | undefined> {
  const { folder = root, command = 'npm run work', between } = options
  if (files.size === 0 || (await canBeHadAgain(files))) return undefined
  const { step } = await stepOf(files)
  const { name, dir, savedAt } = await newFolder(join(folder, 'work.saved'), step)

  let edited: string[]
  try {
    for (const [path, content] of files) {
      await mkdir(dirname(join(dir, path)), { recursive: true })
      await writeFile(join(dir, path), content)
    }
    await between?.('copied')
    edited = differing(files, await filesOfWork(folder))
    if (edited.length === 0) edited = differing(files, await filesIn(dir, `work.saved/${name}`))
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    throw error
  }
  if (edited.length > 0) {
    await rm(dir, { recursive: true, force: true })
    throw new Advice(
      `work/${edited[0]} changed while it was being saved, so nothing was done: work/ is as you left it.`,
      `Once your editor has saved everything, type it again:  ${command}`,
    )
  }
  return { id: 1, name, dir, savedAt, step, files: programOf(files).size }
}

/** A folder of its own, named for the time; when two are made in a second, the second one is named for the next. */
async function newFolder(savedDir: string, step: Step): Promise<Pick<SavedCopy, 'name' | 'dir' | 'savedAt'>> {
  await mkdir(savedDir, { recursive: true })
  for (let at = Date.now(); ; at += 1_000) {
    const time = timeName(new Date(at))
    const others = await readdir(savedDir)
    if (others.some((other) => other.startsWith(time))) continue
    const name = `${time}_step-${String(step.number).padStart(2, '0')}`
    const dir = join(savedDir, name)
    const made = await mkdir(dir).then(
      () => true,
      (error: unknown) => {
        if (hasCode(error, 'EEXIST')) return false // Another command was faster.
        throw error
      },
    )
    if (made) return { name, dir, savedAt: new Date(at) }
  }
}

/** In UTC: whoever travels, or changes the clock for the summer, still finds the newest copy first. */
function timeName(at: Date): string {
  return at
    .toISOString()
    .replace('T', '_')
    .replaceAll(':', '-')
    .replace(/\.\d+Z$/, 'Z')
}

/** Earlier copies have no Z: theirs is the local time. */
function timeIn(name: string): Date | undefined {
  const found = /^(\d{4}-\d\d-\d\d)_(\d\d)-(\d\d)-(\d\d)(Z?)_/.exec(name)
  return found ? new Date(`${found[1]}T${found[2]}:${found[3]}:${found[4]}${found[5]}`) : undefined
}

async function filesOfWork(folder: string): Promise<Files> {
  const work = join(folder, 'work')
  const found = await lstat(work).catch(whenMissing(undefined))
  if (!found) return new Map()
  if (found.isDirectory()) return filesIn(work, 'work')
  throw new Advice(
    `work is ${found.isSymbolicLink() ? 'a link' : 'a file'}, and it has to be a folder of this project's own.`,
    'Move it away, and then:  npm run work',
  )
}

/** @param shown how people name the folder */
async function filesIn(dir: string, shown: string): Promise<Files> {
  const files: Files = new Map()
  const entries = await readdir(dir, { withFileTypes: true })
  for (const entry of entries) {
    if (leftAlone.has(entry.name)) continue
    const path = join(dir, entry.name)
    if (entry.isDirectory()) {
      const inside = await filesIn(path, `${shown}/${entry.name}`)
      for (const [name, content] of inside) files.set(`${entry.name}/${name}`, content)
    } else if (entry.isFile()) {
      const content = await readFile(path).catch(whenMissing(undefined)) // An editor's own files come and go.
      if (content) files.set(entry.name, content)
    } else {
      throw new Advice(
        `${shown}/${entry.name} is ${entry.isSymbolicLink() ? 'a link' : 'no plain file'}, and such a thing cannot be saved, so nothing was done.`,
        'Put a real file in its place, or move it out of the folder, and type the same again.',
      )
    }
  }
  return files
}

async function finished({ dir }: Step): Promise<Files> {
  const contents = programFilesIn(dir).map(async (file) => [file, await readFile(join(dir, file))] as const)
  return new Map(await Promise.all(contents))
}

/** Whether a command brings this program back: it is a finished step, or a checkpoint of the step that `work/` is on. */
async function canBeHadAgain(files: Files): Promise<boolean> {
  const program = programOf(files)
  const here = namedStep(files)
  if (here && checkpointsOf(here).some((state) => differing(program, state).length === 0)) return true
  for (const step of [start, ...steps]) {
    if (differing(program, await finished(step)).length === 0) return true
  }
  return false
}

/** The programs at a step's beginning and behind each of its checkpoints; none when its lesson is text alone, or broken. */
function checkpointsOf(step: Step): Files[] {
  try {
    const checkpoints = readLesson(step)?.parts.filter(({ is }) => is === 'checkpoint')
    if (!checkpoints) return []
    return [0, ...checkpoints.map((_checkpoint, index) => index + 1)].map((at) =>
      filesOf(programAt(step, at)),
    )
  } catch (error) {
    if (error instanceof BrokenLesson) return []
    throw error
  }
}

function filesOf(program: Program): Files {
  return new Map([...program].map(([file, text]) => [file, Buffer.from(text)]))
}

function namesOf(given: Lesson['given'] = []): string[] {
  return given.map(({ file }) => file)
}

/** All but the step file. */
function programOf(files: Files): Files {
  return new Map([...files].filter(([path]) => path !== stepFile))
}

async function stepOf(files: Files): Promise<WorkStep> {
  const named = namedStep(files)
  if (named) return { step: named, guessed: false }
  const program = programOf(files)
  const on = steps.find((step) => checkpointsOf(step).some((state) => differing(program, state).length === 0))
  if (on) return { step: on, guessed: true }

  let nearest = { step: start, distance: Infinity }
  for (const step of [start, ...steps]) {
    const distance = linesApart(program, await finished(step))
    if (distance < nearest.distance) nearest = { step, distance }
  }
  // A finished step, word for word, is what the step after it begins with.
  const isBeginning = nearest.distance === 0 || nearest.step === start
  const step = isBeginning ? (after(nearest.step) ?? nearest.step) : nearest.step
  return { step, guessed: true }
}

/** The step that the step file names. */
function namedStep(files: Files): Step | undefined {
  const text = files.get(stepFile)?.toString().trim() ?? ''
  return steps.find(({ number }) => String(number) === text)
}

/** How many lines of the program stand in one of the two alone. */
function linesApart(some: Files, others: Files): number {
  let distance = 0
  for (const file of knownProgramFiles()) {
    const counts = new Map<string, number>()
    const count = (files: Files, by: number) => {
      for (const line of files.get(file)?.toString().split(/\r?\n/) ?? []) {
        counts.set(line, (counts.get(line) ?? 0) + by)
      }
    }
    count(some, 1)
    count(others, -1)
    for (const left of counts.values()) distance += Math.abs(left)
  }
  return distance
}

/** The paths at which they differ. */
function differing(some: Files, others: Files): string[] {
  return [...new Set([...some.keys(), ...others.keys()])].filter(
    (path) => !same(some.get(path), others.get(path)),
  )
}

function same(some: Buffer | undefined, other: Buffer | undefined): boolean {
  return some === undefined || other === undefined ? some === other : some.equals(other)
}

async function textIn(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(whenMissing(undefined))
  return text?.replaceAll('\r\n', '\n')
}

async function removeEmptyFolders(dir: string): Promise<void> {
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (!entry.isDirectory() || leftAlone.has(entry.name)) continue
    const inside = join(dir, entry.name)
    await removeEmptyFolders(inside)
    if ((await readdir(inside)).length === 0) await rmdir(inside)
  }
}

/** For `.catch`: a file that is not there is an answer, anything else is an error. */
function whenMissing<Answer>(answer: Answer): (error: unknown) => Answer {
  return (error) => {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTDIR')) return answer
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
