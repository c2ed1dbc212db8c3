import { execFile } from 'node:child_process'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { paint } from '#shared/terminal/colour'
import { findStep, root } from '#shared/course/course'
import { describeEdited } from '#shared/course/intact'
import { run } from '#shared/run/run'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { say, widthOf, wrap } from '#shared/terminal/wrap'

/** What an examination found: all well, or what is wrong and what to do about it. */
export interface Finding {
  says: string
  /** what to type, when all is not well */
  next?: string
  /** true when the workshop works without it too */
  mild?: boolean
}

const execute = promisify(execFile)
const patienceMs = 5_000

export const spec = {
  command: 'npm run doctor',
  does: 'Tests whether this machine is ready for the workshop, and says what to type if it is not.',
  example: 'npm run doctor',
} as const satisfies CommandSpec

/** `npm run doctor`: is this machine ready? One line an examination; a failure ends it with exit code 1. */
export default async function (words: string[]): Promise<number> {
  parseCommand(words, spec)
  const examinations = [
    node,
    packages,
    database,
    passwords,
    bundler,
    server,
    socket,
    port,
    folder,
    untouched,
    browser,
    codespace,
  ]
  const findings = examinations.map((examine) =>
    examine().catch((error: unknown): Finding => ({
      says: `${examine.name}: ${firstLine(error)}`,
      next: 'npm install',
    })),
  )
  const width = widthOf(process.stdout)
  const found: Finding[] = []
  for (const finding of findings) {
    const result = await finding
    if (!result) continue
    const { says, next, mild } = result
    found.push(result)
    console.log(wrap(`${mark(next, mild)}  ${says}`, width, 8))
    if (next) console.log(wrap(`        ${next}`, width))
  }
  say(whatToDo(found))
  return found.some(isFailure) ? 1 : 0
}

/**
 * The one thing to do after all examinations. The first failure comes first: what is wrong below it often has the same cause.
 *
 * @param findings in the order of the examinations
 */
export function whatToDo(findings: readonly Finding[]): string {
  const [first, ...others] = findings.filter(isFailure)
  if (!first) return 'This machine is ready.  Next: npm start'
  const more = others.length === 0 ? '' : `, and ${others.length} more that may go with it`
  return `Not ready: 1 thing to do${more}.\nDo this:  ${first.next}\nAfter it:  npm run doctor`
}

function isFailure({ next, mild }: Finding): boolean {
  return next !== undefined && !mild
}

function mark(next?: string, mild?: boolean): string {
  if (!next) return paint('green', '✓ ok  ')
  return mild ? paint('yellow', '! note') : paint('red', '✗ NO  ')
}

/** cli.mjs has refused an older one by now. */
async function node(): Promise<Finding> {
  return { says: `Node ${process.versions.node} on ${process.platform} ${process.arch}` }
}

/** npm writes down what it really installed, in a file of the same form as package-lock.json. */
async function packages(): Promise<Finding> {
  const other = otherInstaller(await readdir(join(root, 'node_modules')))
  if (other) {
    return {
      says: `packages: ${other} has installed them, and only npm takes the versions of package-lock.json`,
      next: 'Delete the folder node_modules, and then:  npm install',
    }
  }
  const wanted = await lockedVersions(join(root, 'package-lock.json'))
  const installed = await lockedVersions(join(root, 'node_modules', '.package-lock.json'))
  const wrong = [...wanted].filter(([name, { version, optional }]) => {
    const found = installed.get(name)
    return found ? found.version !== version : !optional // an optional one may be for another system
  })
  const [first] = wrong
  if (!first) return { says: `${installed.size} packages, as package-lock.json has them` }
  const name = first[0].replace(/^.*node_modules\//, '')
  const have = installed.get(first[0])?.version ?? 'none'
  return {
    says: `packages: ${wrong.length} differ from package-lock.json; ${name} is ${have} instead of ${first[1].version}`,
    next: 'npm install',
  }
}

/**
 * Who else than npm has filled a node_modules folder.
 *
 * @param names what is in the folder
 */
export function otherInstaller(names: readonly string[]): 'pnpm' | 'yarn' | undefined {
  if (names.includes('.package-lock.json')) return undefined
  if (names.includes('.pnpm') || names.includes('.modules.yaml')) return 'pnpm'
  return names.includes('.yarn-integrity') || names.includes('.yarn-state.yml') ? 'yarn' : undefined
}

async function lockedVersions(file: string) {
  const lock: unknown = JSON.parse(await readFile(file, 'utf8'))
  const versions = new Map<string, { version: string; optional: boolean }>()
  if (!isObject(lock) || !isObject(lock.packages)) throw new Error(`${file} is no package-lock.json`)
  for (const [name, entry] of Object.entries(lock.packages)) {
    if (name === '' || !isObject(entry) || typeof entry.version !== 'string') continue
    versions.set(name, { version: entry.version, optional: entry.optional === true || entry.peer === true })
  }
  return versions
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** In a process of its own: a native module that does not fit may take its process down with it. */
async function database(): Promise<Finding> {
  const open = "const Database = require('better-sqlite3'); new Database(':memory:').close()"
  try {
    await execute(process.execPath, ['-e', open], { cwd: root })
    return { says: 'SQLite (better-sqlite3) opens a database' }
  } catch (error) {
    const compiler =
      {
        win32: 'the "Desktop development with C++" of Visual Studio Build Tools',
        darwin: 'xcode-select --install',
      }[String(process.platform)] ?? 'the packages build-essential and python3'
    return {
      says: `SQLite (better-sqlite3) does not load; steps from 8 on need it: ${errorLine(error)}`,
      next: `npm rebuild better-sqlite3      (if that asks for a compiler: ${compiler})`,
    }
  }
}

/** It comes ready-made in a package for each system, which npm is to choose; in a process of its own, as above. */
async function passwords(): Promise<Finding> {
  const verify = "const { hashSync, verifySync } = require('@node-rs/argon2'); verifySync(hashSync('x'), 'x')"
  try {
    await execute(process.execPath, ['-e', verify], { cwd: root })
    return { says: '@node-rs/argon2 hashes passwords' }
  } catch (error) {
    return {
      says: `@node-rs/argon2 does not load; steps from 9 on need it: ${errorLine(error)}`,
      next: 'npm install --force',
    }
  }
}

async function bundler(): Promise<Finding> {
  try {
    const { build } = await import('esbuild')
    const { outputFiles } = await build({
      stdin: { contents: 'const port: number = 3000; console.log(port)', loader: 'ts' },
      bundle: true,
      write: false,
      logLevel: 'silent',
    })
    if (!outputFiles[0]?.text.includes('3e3') && !outputFiles[0]?.text.includes('3000'))
      throw new Error('an empty bundle')
    return { says: 'esbuild bundles a page script' }
  } catch (error) {
    return { says: `esbuild does not bundle: ${firstLine(error)}`, next: 'npm install --force' }
  }
}

async function server(): Promise<Finding> {
  try {
    const program = await run(findStep('1').dir)
    try {
      const status = await statusOf(program.url)
      if (status !== 200) throw new Error(`it answered with status ${status}`)
      return { says: `a step's server starts and answers at ${program.url}` }
    } finally {
      await program.stop()
    }
  } catch (error) {
    return {
      says: `a step's server does not start and answer: ${firstLine(error)}`,
      next: 'npm run step 1      (shows its error; a firewall or security program may block it)',
    }
  }
}

async function socket(): Promise<Finding> {
  try {
    const { io } = await import('socket.io-client')
    const program = await run(findStep('3').dir)
    const guest = io(program.url, { transports: ['websocket'], reconnection: false, timeout: patienceMs })
    try {
      await new Promise<void>((resolve, reject) => {
        guest.once('connect', resolve)
        guest.once('connect_error', reject)
      })
      return { says: 'a WebSocket connects' }
    } finally {
      guest.close()
      await program.stop()
    }
  } catch (error) {
    return {
      says: `no WebSocket connects on this machine: ${firstLine(error)}`,
      next: 'Let your firewall or security program allow connections to 127.0.0.1, then:  npm run doctor',
    }
  }
}

async function port(): Promise<Finding> {
  const taken = await new Promise<boolean>((resolve) => {
    const knock = connect(3000, 'localhost')
    knock.once('connect', () => {
      knock.destroy()
      resolve(true)
    })
    knock.once('error', () => resolve(false))
  })
  if (!taken) return { says: 'port 3000 is free' }
  return {
    says: 'port 3000 is taken, most likely by a step you left running',
    next: 'Stop that one with Ctrl-C, or use another port:  npm start -- --port 3001',
    mild: true,
  }
}

async function folder(): Promise<Finding> {
  const file = join(root, `.workshop.doctor.${process.pid}`)
  try {
    await writeFile(file, '')
    await rm(file)
    return { says: 'this folder can be written to' }
  } catch (error) {
    return {
      says: `this folder cannot be written to: ${firstLine(error)}`,
      next: 'Move the project into your home folder, and there:  npm run doctor',
    }
  }
}

async function untouched(): Promise<Finding> {
  const [says, next] = describeEdited()
  return says ? { says, next } : { says: 'the finished steps are as the course has them' }
}

async function browser(): Promise<Finding> {
  const next = 'Install Chrome, Edge or Chromium: then the checks of the pages run, too.'
  try {
    const { findBrowser } = await import('#shared/check/browser')
    const found = await findBrowser()
    if (found) return { says: `${found.name} ${found.version}, for the checks of the pages` }
    return { says: 'no Chrome, Edge or Chromium, so no checks of the pages', next, mild: true }
  } catch (error) {
    return { says: `a browser is installed, but does not start: ${firstLine(error)}`, next, mild: true }
  }
}

/** Says nothing on a machine that is none. */
async function codespace(): Promise<Finding | undefined> {
  if (process.env.CODESPACES !== 'true') return undefined
  return {
    says: 'this is a Codespace: steps and checks work in it, the classroom and the slides only at localhost',
    next: 'For those two, open it in VS Code on your laptop:  gh codespace code',
    mild: true,
  }
}

/** Of an address; asked with node:http, which goes through no proxy of the environment's. */
function statusOf(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = get(url, { timeout: patienceMs }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    request.once('timeout', () => request.destroy(new Error(`no answer within ${patienceMs / 1000} s`)))
    request.once('error', reject)
  })
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}

/** The line of a failed process's trace that names the error. */
function errorLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n')
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines[0] ?? ''
}
