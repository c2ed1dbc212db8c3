import { lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Advice } from '../terminal/advice.ts'
import { BrokenLesson, readLesson, type Lesson } from './lesson.ts'
import { programAt, writeProgram, type Program } from './lesson-program.ts'
import {
  before,
  findStep,
  knownProgramFiles,
  programFilesIn,
  root,
  start,
  steps,
  type Step,
} from './course.ts'
import { alone, type WorkOptions } from './change-work.ts'
import {
  copyFiles,
  holds,
  isSameFile,
  lookOf,
  moveAway,
  pathsIn,
  patiently,
  putWhereNoneIs,
  removeEmptyFolders,
  whenMissing,
} from './plain-files.ts'
import { markWork, readProgress } from './progress.ts'

/** A copy of `work/` in `work.saved/`. */
export interface SavedCopy {
  /** 1 for the newest; a later save moves it on */
  id: number
  /** the folder's name, `2026-11-21_14-03-59Z_step-04`, its time in UTC */
  name: string
  /** the folder's absolute path */
  dir: string
  savedAt: Date
  /** undefined when `work/` did not say which step it was on */
  step: Step | undefined
  /** how many files of the learner's it holds */
  files: number
  /** why it cannot be put back, a sentence; undefined when it can */
  problem?: string
}

/** What was done to `work/`. */
export interface Replaced {
  /** the copy of what stood there; undefined when nothing did that a finished step would not bring back */
  saved: SavedCopy | undefined
  /** false when `work/` held those very files already */
  changed: boolean
  /** files that another program, an editor, wrote into `work/` at that very moment: they are as it wrote them */
  meanwhile: string[]
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

/** The file in `work/` that says which step it is on: there, saved copies carry it along. */
const stepFile = '.step'

/** Whether there is a `work/` with something in it. */
export async function hasWork({ folder = root }: WorkOptions = {}): Promise<boolean> {
  return (await pathsOfWork(folder)).length > 0
}

/**
 * Puts where a step begins into `work/`: the finished step before it, and the files that its lesson gives. What stood there
 * is saved first.
 *
 * @param options.at the number of a checkpoint: its program instead
 * @throws Advice when there is no such checkpoint, when `work/` is no folder of plain files, or when the file system
 * refuses; nothing is lost then
 */
export async function begin(
  step: Step,
  { at, ...options }: WorkOptions & { at?: number } = {},
): Promise<Given> {
  const lesson = readLesson(step)
  if (at !== undefined) refuseIfNone(at, step, lesson)
  const typed = [`npm run work ${step.number}`, at === undefined ? '' : ` -- --at ${at}`].join('')
  const replaced = await replaceWork((dir) => writeStep(step, programAt(step, at ?? 0), dir), {
    command: typed,
    ...options,
  })
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
  const [present, earlier, first] = [await pathsOfWork(folder), before(step).dir, programAt(step, 0)]
  const left = namesOf(lesson?.gone).filter((file) => present.includes(file))
  const isGone = await Promise.all(
    left.map((file) => isSameFile(join(folder, 'work', file), join(earlier, file))),
  )
  const [gone, kept] = [left.filter((_, at) => isGone[at]), left.filter((_, at) => !isGone[at])]
  const given = namesOf(lesson?.given)
  const replaced = await replaceWork(
    (dir) => writeStep(step, new Map(given.map((file) => [file, first.get(file) ?? ''])), dir),
    { command: 'npm run next', ...options },
    (path) => gone.includes(path),
  )
  return { ...replaced, given, gone, kept }
}

/** Keeps a program that does not lie in `work/` among the saved copies, as one of this step. */
export async function saveProgram(
  step: Step,
  program: Program,
  options: WorkOptions = {},
): Promise<SavedCopy> {
  return alone(options, async (draft) => {
    const dir = join(draft, 'copy')
    await writeStep(step, program, dir)
    return keepAsCopy(dir)
  })
}

/** The saved copies, newest first. */
export async function savedCopies({ folder = root }: WorkOptions = {}): Promise<SavedCopy[]> {
  const savedDir = join(folder, 'work.saved')
  const entries = await readdir(savedDir, { withFileTypes: true }).catch(whenMissing([]))
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  const copies = await Promise.all(names.map(({ name }) => copyAt(join(savedDir, name))))
  return copies
    .toSorted((a, b) => b.savedAt.getTime() - a.savedAt.getTime() || b.name.localeCompare(a.name))
    .map((copy, index) => ({ ...copy, id: index + 1 }))
}

async function copyAt(dir: string): Promise<SavedCopy> {
  const name = basename(dir)
  const savedAt = timeIn(name) ?? (await stat(dir)).mtime
  const copy = { id: 1, name, dir, savedAt }
  try {
    const paths = await pathsIn(dir, `work.saved/${name}`)
    const step = await namedStep(dir)
    return { ...copy, step, files: paths.filter((path) => path !== stepFile).length }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { ...copy, step: undefined, files: 0, problem: error.message }
  }
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
  const { name, dir } = restored
  const paths = await pathsIn(dir, `work.saved/${name}`)
  const replaced = await replaceWork((fresh) => copyFiles(paths, dir, fresh), {
    command: `npm run saved ${name}`,
    ...options,
  })
  return { ...replaced, restored }
}

/**
 * What a learner reads of what was saved, and of files that are not as the command would have them.
 *
 * @param command brings what it would have put there
 */
export function describeReplaced({ saved, meanwhile }: Replaced, command: string): string[] {
  return [
    ...(saved
      ? [`Your work/ is saved in work.saved/${saved.name}.`, `To bring it back:  npm run saved ${saved.name}`]
      : []),
    ...meanwhile.map(
      (file) => `Another program, your editor perhaps, wrote work/${file} just now: it stays.`,
    ),
    ...(meanwhile.length > 0 ? [`To replace it (it is saved first):  ${command}`] : []),
  ]
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
 * @throws Advice when there is a program, and `work/.step` names no step: nobody guesses
 */
export async function workStep(options: WorkOptions = {}): Promise<Step | undefined> {
  const { folder = root } = options
  const step = await namedWorkStep(options)
  if (step || !(await hasWork(options))) return step
  const text = await readFile(join(folder, 'work', stepFile), 'utf8').catch(whenMissing(undefined))
  throw new Advice(
    text === undefined
      ? 'The file work/.step is missing, so nobody knows which step your code is on.'
      : `The file work/.step says ${JSON.stringify(text.trim().slice(0, 40))}, which is no step, so nobody knows which step your code is on.`,
    'To say that it is step 4, and keep your code:  npm run work 4 -- --keep',
  )
}

/** The step that `work/.step` names; undefined when it names none, or is not there. */
export function namedWorkStep({ folder = root }: WorkOptions = {}): Promise<Step | undefined> {
  return namedStep(join(folder, 'work'))
}

/** The step to begin while there is no `work/`: the one that it was on last, or the first. */
export async function stepToBegin({ folder = root }: WorkOptions = {}): Promise<Step> {
  const { work } = await readProgress(folder)
  return steps.find(({ number }) => number === work) ?? findStep('1')
}

/** Writes down that `work/` is on this step now; its program stays as it is. */
export async function setWorkStep(step: Step, { folder = root }: WorkOptions = {}): Promise<void> {
  await writeFile(join(folder, 'work', stepFile), `${step.number}\n`)
  await markWork(step, folder)
}

/**
 * Replaces files in `work/`, so that none is ever written over. First a whole copy is made, and listed. Then each old file is
 * moved onto its copy: what an editor has saved since, or still writes, goes with it. Then each new file is put where none
 * is: one that an editor has made meanwhile stays. The folder itself stays, too, for editors and terminals that have it open.
 *
 * @param write writes the new files into an empty folder
 * @param leaves whether an old file goes that no new one replaces
 */
async function replaceWork(
  write: (dir: string) => Promise<void>,
  options: WorkOptions,
  leaves: (path: string) => boolean = () => true,
): Promise<Replaced> {
  const { folder = root } = options
  const work = join(folder, 'work')
  return alone(options, async (draft, inWords) => {
    const fresh = join(draft, 'fresh')
    await write(fresh)
    const [old, wanted] = [await pathsOfWork(folder), await pathsIn(fresh, 'work.saved')]
    const alike = await Promise.all(wanted.map((path) => isSameFile(join(work, path), join(fresh, path))))
    const arriving = wanted.filter((path, at) => !alike[at] && path !== stepFile)
    const leaving = old.filter(
      (path) => path !== stepFile && (wanted.includes(path) ? arriving.includes(path) : leaves(path)),
    )
    const replaceStepFile = async () => {
      if (wanted.includes(stepFile)) {
        await patiently(() => rename(join(fresh, stepFile), join(work, stepFile)))
      } else await rm(join(work, stepFile), { force: true })
      const step = await namedStep(work)
      if (step) await markWork(step, folder)
    }
    if (arriving.length + leaving.length === 0) {
      const changed = wanted.includes(stepFile) ? !alike[wanted.indexOf(stepFile)] : old.includes(stepFile)
      if (changed) await replaceStepFile()
      return { saved: undefined, changed, meanwhile: [] }
    }

    await mkdir(work, { recursive: true })
    const copy = old.length > 0 ? await copyWork(old, work, draft) : undefined
    try {
      if (copy) await moveAway(leaving, work, copy.dir)
      await removeEmptyFolders(work, new Set(wanted.map((path) => dirname(join(work, path)))))
      const placed = new Map<string, string | undefined>()
      for (const path of arriving) placed.set(path, await putWhereNoneIs(join(fresh, path), join(work, path)))
      await replaceStepFile() // Last: if this stops half way, it still tells what stood here.
      const isNeeded = copy && !(await canBeHadAgain(copy.dir))
      if (copy && !isNeeded) await rename(copy.dir, join(draft, 'needless'))
      const meanwhile: string[] = []
      for (const path of await pathsOfWork(folder)) {
        const isOurs = placed.has(path)
          ? (await lookOf(join(work, path))) === placed.get(path)
          : old.includes(path) && !leaving.includes(path)
        if (!isOurs && path !== stepFile) meanwhile.push(path)
      }
      return { saved: isNeeded ? copy : undefined, changed: true, meanwhile }
    } catch (error) {
      throw inWords(
        error,
        copy ? `What stood in work/ is safe in work.saved/${copy.name}.` : 'Nothing is lost.',
      )
    }
  })
}

/** Lists a copy once it is complete. */
async function copyWork(paths: readonly string[], work: string, draft: string): Promise<SavedCopy> {
  const dir = join(draft, 'copy')
  await copyFiles(paths, work, dir)
  return keepAsCopy(dir)
}

/** Gives a draft its name in `work.saved/`: the time, or a second later where there is a copy of that second. */
async function keepAsCopy(draft: string): Promise<SavedCopy> {
  const savedDir = dirname(dirname(draft))
  const step = await namedStep(draft)
  const others = await readdir(savedDir)
  let at = Date.now()
  while (others.some((other) => other.startsWith(timeName(new Date(at))))) at += 1_000
  const name = `${timeName(new Date(at))}_step-${step ? String(step.number).padStart(2, '0') : 'unknown'}`
  await patiently(() => rename(draft, join(savedDir, name)))
  return copyAt(join(savedDir, name))
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

async function pathsOfWork(folder: string): Promise<string[]> {
  const work = join(folder, 'work')
  const found = await lstat(work).catch(whenMissing(undefined))
  if (!found) return []
  if (found.isDirectory()) return pathsIn(work, 'work')
  throw new Advice(
    `work is ${found.isSymbolicLink() ? 'a link' : 'a file'}, and it has to be a folder of this project's own.`,
    'Move it away, and then:  npm run work',
  )
}

async function writeStep(step: Step, program: Program, dir: string): Promise<void> {
  await mkdir(dir)
  await writeProgram(program, dir)
  await writeFile(join(dir, stepFile), `${step.number}\n`)
}

/** Whether a command brings this copy back: it is a finished step, or a checkpoint of the step that it is on. */
async function canBeHadAgain(dir: string): Promise<boolean> {
  const paths = (await pathsIn(dir, 'work.saved')).filter((path) => path !== stepFile)
  const isAll = (files: readonly string[]) =>
    files.length === paths.length && files.every((file) => paths.includes(file))
  const all = async (isRight: (path: string) => Promise<boolean>) =>
    (await Promise.all(paths.map(isRight))).every(Boolean)
  for (const step of [start, ...steps]) {
    if (!isAll(programFilesIn(step.dir))) continue
    if (await all((path) => isSameFile(join(dir, path), join(step.dir, path)))) return true
  }
  const step = await namedStep(dir)
  for (const program of step ? checkpointsOf(step) : []) {
    if (!isAll([...program.keys()])) continue
    if (await all((path) => holds(join(dir, path), program.get(path) ?? ''))) return true
  }
  return false
}

/** The programs at a step's beginning and behind each of its checkpoints; none when its lesson is text alone, or broken. */
function checkpointsOf(step: Step): Program[] {
  try {
    const checkpoints = readLesson(step)?.parts.filter(({ is }) => is === 'checkpoint')
    return checkpoints ? [0, ...checkpoints.keys()].map((_, at) => programAt(step, at)) : []
  } catch (error) {
    if (error instanceof BrokenLesson) return []
    throw error
  }
}

function namesOf(given: Lesson['given'] = []): string[] {
  return given.map(({ file }) => file)
}

/** The step that a folder's step file names. */
async function namedStep(dir: string): Promise<Step | undefined> {
  const text = await readFile(join(dir, stepFile), 'utf8').catch(whenMissing(''))
  return steps.find(({ number }) => String(number) === text.trim())
}

async function textIn(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch(whenMissing(undefined))
  return text?.replaceAll('\r\n', '\n')
}
