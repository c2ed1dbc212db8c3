import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
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
const staysHere = new Set(['node_modules', '.git', 'work', 'work.saved', '.data', 'usb'])

/** Where npm's cache lies in the copied project. */
export const cacheName = 'npm-cache'

/** One binary of better-sqlite3, `linux-x64, Node 20`. */
export interface Binary {
  name: string
  /** undefined when it could not be had; else the file's path in the cache */
  file?: string
}

/**
 * Copies a project without what is the learner's or can be made again.
 *
 * @param folder where to; what stands there of an earlier copy stays
 * @param project default: this one
 */
export async function copyCourse(folder: string, project = root): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(project)) {
    if (staysHere.has(name) || name.startsWith('.workshop')) continue
    await cp(join(project, name), join(folder, name), { recursive: true })
  }
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
    await npm(['cache', 'add', ...wanted.slice(from, from + packagesAtOnce), '--cache', cache])
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
