import { execFile } from 'node:child_process'
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { Advice } from '../terminal/advice.ts'
import { root } from '../course/course.ts'

const execute = promisify(execFile)

/** The machines that a room has. */
const systems = ['win32', 'darwin', 'linux'].flatMap((platform) =>
  ['x64', 'arm64'].map((arch) => ({ platform, arch })),
)
/** One of each release of Node that the workshop runs on: a binary of better-sqlite3 fits one of them. */
const nodes = ['20.19.0', '22.14.0', '24.0.0', '26.0.0']

const packagesAtOnce = 40
const binaryMs = 120_000
const muchOutput = 10_000_000 // bytes

/** The learner's, what can be made again, and history: nothing of that goes along. */
const staysHere = new Set(['node_modules', '.git', 'work', 'work.saved', '.data', '.env', 'usb', 'pictures'])

/** Where npm's cache lies in the copied project. */
export const cacheName = 'npm-cache'

/** One binary of better-sqlite3, `linux-x64, Node 20`. */
export interface Binary {
  name: string
  /** undefined when it could not be had; else the file's path in the cache */
  file?: string
}

/** Plain `npm install` then takes all from the folder, and asks the network for nothing. */
const npmSettings = [
  `cache=${cacheName}`,
  'offline=true',
  'audit=false',
  'fund=false',
  'update-notifier=false',
]

/**
 * Copies a project without what is the learner's or can be made again, and without the instructor's figures and handouts.
 * In the copy, `npm install` works without a network once its cache is filled.
 *
 * @param folder where to, absolute; of an earlier copy, the cache and a learner's own files stay
 * @param project default: this one
 * @throws Advice when the folder cannot be made, or lies in what is copied
 */
export async function copyCourse(folder: string, project = root): Promise<void> {
  const names = (await readdir(project)).filter((name) => !isLeftOut(name))
  const around = names.find((name) => folder.startsWith(join(project, name) + sep))
  if (around || folder === normalize(project)) {
    throw new Advice(
      `The stick's folder cannot be in ${around ? `${around}/, which is copied into it` : 'this project itself'}.`,
      'Leave the folder out, or name one elsewhere:  npm run usb',
    )
  }
  try {
    await mkdir(folder, { recursive: true })
    await removeEarlierCopy(folder)
    for (const name of names) {
      const from = join(project, name)
      if (from === folder) continue
      await cp(from, join(folder, name), { recursive: true, filter: (path) => !isResult(project, path) })
    }
    await writeFile(join(folder, '.npmrc'), npmSettings.map((line) => `${line}\n`).join(''))
  } catch (error) {
    throw adviceFor(error, folder)
  }
}

/** Without one binary, `npm install` would try to compile on each laptop, and fail. */
export async function leaveOutScripts(folder: string): Promise<void> {
  await appendFile(join(folder, '.npmrc'), 'ignore-scripts=true\n')
}

function isLeftOut(name: string): boolean {
  return staysHere.has(name) || name.startsWith('.workshop') || /^handout-.*\.pdf$/.test(name)
}

/** Runs of the bench on this machine; the course's own reference goes along. */
function isResult(project: string, path: string): boolean {
  const inProject = relative(project, path).replaceAll('\\', '/')
  return /^bench\/results\/(?!reference\.)./.test(inProject)
}

/** What was copied before and is no longer in the course would stay for ever. In a folder of anything else nothing is removed. */
async function removeEarlierCopy(folder: string): Promise<void> {
  const there = await readdir(folder)
  if (!there.includes(cacheName) || !there.includes('package-lock.json')) return
  for (const name of there) {
    const goes = name !== cacheName && (!isLeftOut(name) || name.startsWith('handout-'))
    if (goes) await rm(join(folder, name), { recursive: true })
  }
}

function adviceFor(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const why =
    {
      EEXIST: 'there is a file of that name',
      ENOTDIR: 'a part of its path is a file',
      EACCES: 'you may not write there',
      EPERM: 'you may not write there',
      EROFS: 'nothing can be written there',
      ENOSPC: 'there is no room left',
    }[String(code)] ?? undefined
  if (!why) return error
  return new Advice(
    `The stick's folder cannot be made at ${folder}: ${why}.`,
    'Name another folder:  npm run usb FOLDER',
  )
}

/**
 * Fetches every package of package-lock.json that Windows, macOS or Linux wants into a cache of npm's, whichever system
 * this is.
 *
 * @returns how many packages there are in it now
 * @throws Advice when npm cannot fetch them
 */
export async function fillCache(cache: string): Promise<number> {
  const wanted = await packagesOf(root)
  for (let from = 0; from < wanted.length; from += packagesAtOnce) {
    await npm([
      'cache',
      'add',
      ...wanted.slice(from, from + packagesAtOnce),
      '--cache',
      cache,
      '--no-offline',
    ])
  }
  return wanted.length
}

/** What package-lock.json wants on Windows, macOS and Linux, each as `express@5.3.0`. */
export async function packagesOf(project: string): Promise<string[]> {
  const file = join(project, 'package-lock.json')
  const lock: { packages: Record<string, LockEntry> } = JSON.parse(await readFile(file, 'utf8'))
  const entries = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && isForUs(entry))
  return [
    ...new Set(entries.map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`)),
  ]
}

interface LockEntry {
  version: string
  os?: string[]
  cpu?: string[]
  libc?: string[]
}

function isForUs({ os, cpu, libc }: LockEntry): boolean {
  const fits = systems.some(
    ({ platform, arch }) => (os?.includes(platform) ?? true) && (cpu?.includes(arch) ?? true),
  )
  return fits && (libc?.includes('glibc') ?? true)
}

async function npm(words: string[]): Promise<void> {
  const program = process.env.npm_execpath // npm itself, where it runs us: npm.cmd cannot be started without a shell
  if (!program) throw new Advice('This has to be started by npm.', 'Type:  npm run usb')
  await execute(process.execPath, [program, ...words], { cwd: root, maxBuffer: muchOutput }).catch(
    (error: Error & { stderr?: string }) => {
      const [line = error.message] = error.stderr?.match(/^npm error (?!code).*$/m) ?? []
      throw new Advice(`npm could not fetch the packages: ${line}`, 'With a network:  npm run usb')
    },
  )
}

/**
 * Fetches the binaries of better-sqlite3, which come from its own releases and not from npm's registry, to where its
 * install script looks for them: a folder of npm's cache.
 */
export async function fetchBinaries(cache: string): Promise<Binary[]> {
  const { resolve } = createRequire(join(root, 'package.json'))
  const packageFile = resolve('better-sqlite3/package.json')
  const bin = join(dirname(resolve('prebuild-install/package.json')), 'bin.js')
  const wanted = systems.flatMap((system) => nodes.map((node) => ({ ...system, node })))
  return Promise.all(
    wanted.map(async ({ platform, arch, node }) => {
      const name = `${platform}-${arch}, Node ${node.split('.')[0]}`
      // It unpacks what it fetches into the folder in which it runs.
      const folder = await mkdtemp(join(tmpdir(), 'on-the-wire-binary-'))
      try {
        await cp(packageFile, join(folder, 'package.json'))
        const words = [bin, '--verbose', `--platform=${platform}`, `--arch=${arch}`, `--target=${node}`]
        const { stderr } = await execute(process.execPath, words, {
          cwd: folder,
          env: { ...process.env, npm_config_cache: cache },
          timeout: binaryMs,
        })
        return { name, file: /unpacking @ (.+)$/m.exec(stderr)?.[1] }
      } catch {
        return { name } // Which ones are missing is said when all are through, with what to do about it.
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 5 })
      }
    }),
  )
}

/** The size of all files below a folder, in MB. */
export async function megabytes(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const sizes = files
    .filter((file) => file.isFile())
    .map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size)
  return Math.round((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1e6)
}

/** How people name a folder: from here, with slashes. */
export function fromHere(folder: string): string {
  return relative(root, folder).replaceAll('\\', '/')
}
