import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { root } from '#shared/course/course'
import { runAtTerminal } from '#shared/run/run-at-terminal'
import { programFolder } from './support/folders.ts'

const patient = { timeout: 30_000 } // on a busy machine; what is there sooner is taken sooner

/** A server that answers with a word, its process id and where its page would wait for a reload. */
const saying = (word: string) => `import { createServer } from 'node:http'
import { listen } from '#shared/serve/listen'
const about = [${JSON.stringify(word)}, process.pid, process.env.RELOAD_URL].join(' ')
await listen(createServer((request, response) => response.end(about)))
`

/** Runs a folder live until the test is over. */
async function going(server: string) {
  const dir = await programFolder()
  await mkdir(join(dir, 'page'))
  /** As editors save: the file is there whole, or as it was. */
  const edit = async (text: string, file = 'server.ts') => {
    await writeFile(`${dir}.new`, text)
    await rename(`${dir}.new`, join(dir, file))
  }
  await edit(server)

  const lines: string[] = []
  const hear = (line: string) => lines.push(line)
  const spies = [
    vi.spyOn(console, 'log').mockImplementation(hear),
    vi.spyOn(console, 'error').mockImplementation(hear),
  ]
  const stop = new AbortController()
  const ended = runAtTerminal({
    dir,
    port: 0,
    command: 'npm run work',
    greeting: ['hello'],
    signal: stop.signal,
  })
  onTestFinished(async () => {
    stop.abort()
    await ended
    for (const spy of spies) spy.mockRestore()
  })

  const answer = async () => {
    const url = lines.find((line) => line.startsWith('http://localhost:')) ?? ''
    const response = await fetch(url).catch(() => undefined)
    const [word = '', pid = '', reloadUrl = ''] = (await response?.text())?.split(' ') ?? []
    return { word, pid, reloadUrl, url }
  }
  const says = (word: string) => expect.poll(async () => (await answer()).word, patient).toBe(word)
  const tells = (line: RegExp) =>
    expect.poll(() => lines, patient).toContainEqual(expect.stringMatching(line))
  return { dir, edit, lines, answer, says, tells }
}

/** A page that waits for reloads, and counts them. */
async function openPage({ reloadUrl, url }: { reloadUrl: string; url: string }) {
  const events: string[] = []
  const response = await fetch(reloadUrl, { headers: { origin: url } })
  void (async () => {
    for await (const chunk of response.body ?? []) {
      for (const line of new TextDecoder().decode(chunk).split('\n'))
        if (line.startsWith('event:')) events.push(line)
    }
  })().catch(() => {}) // It breaks off when the test is over.
  return { events, response }
}

describe('an edit', () => {
  test('of the server starts it again on the same port, and then the page loads again', async () => {
    const { edit, answer, says, lines } = await going(saying('one'))
    await says('one')
    const page = await openPage(await answer())
    await edit(saying('two'))
    await says('two')
    await expect.poll(() => page.events, patient).toEqual(['event: reload'])
    expect(new Set(lines.filter((line) => line.startsWith('http:'))).size).toBe(1)
    expect(lines.filter((line) => line === 'hello')).toHaveLength(1)
  })

  test('of the page loads it again, and leaves the server running', async () => {
    const { edit, answer, says, tells } = await going(saying('one'))
    await says('one')
    const before = await answer()
    const page = await openPage(before)
    for (const file of ['client.ts', 'index.html', 'page/client.ts', 'page/view.ts']) {
      page.events.length = 0
      await edit('<p>new</p>', file)
      await tells(new RegExp(`^${file} changed`))
      await expect.poll(() => page.events, patient).toEqual(['event: reload'])
    }
    expect((await answer()).pid).toBe(before.pid)
  })

  test.each(['events.ts', 'another.ts'])('of %s starts the server again', async (file) => {
    const { edit, answer, says } = await going(saying('one'))
    await says('one')
    const { pid } = await answer()
    await edit('export const a = 1', file)
    await expect.poll(async () => (await answer()).pid || pid, patient).not.toBe(pid)
  })

  test('that leaves the text as it was, or is no part of the program, does nothing', async () => {
    const { dir, edit, lines, answer, says, tells } = await going(saying('one'))
    await says('one')
    const { pid } = await answer()
    await utimes(join(dir, 'server.ts'), new Date(), new Date())
    await edit(saying('one'))
    await edit('// a check', 'check.test.ts')
    await edit('a note', 'notes.md')
    await edit('<p>the last edit</p>', 'index.html')
    await tells(/^index.html changed/)
    expect(lines.filter((line) => line.includes('changed'))).toEqual(['index.html changed'])
    expect((await answer()).pid).toBe(pid)
  })

  test('by an editor that puts a new file in the place of the old one counts once', async () => {
    const { dir, edit, lines, says } = await going(saying('one'))
    await says('one')
    await edit(saying('two'), 'server.ts.draft')
    await rename(join(dir, 'server.ts.draft'), join(dir, 'server.ts'))
    await says('two')
    const text = await readFile(join(dir, 'server.ts'), 'utf8')
    await rm(join(dir, 'server.ts'))
    await setTimeout(100) // gone for longer than one look, and shorter than a removal takes to count
    await edit('')
    await edit(text.replace('two', 'three'))
    await says('three')
    expect(lines.filter((line) => line.includes('changed'))).toHaveLength(2)
  })
})

describe('a server that is broken', () => {
  test('says where, and starts by itself once it is mended', async () => {
    const { edit, lines, says, tells } = await going(saying('one'))
    await says('one')
    await edit(`${saying('two')}\nconst const = 1\n`)
    await tells(/server\.ts does not start: SyntaxError: .* \(.*server\.ts line 6\)$/)
    await tells(/^Fix it and save the file: the program then starts by itself\.$/)
    expect(lines.join('\n')).not.toContain('    at ')
    await edit(saying('three'))
    await says('three')
  })

  test('from the start is waited for, too', async () => {
    const { edit, says, tells, lines } = await going(
      `console.log('as far as here')\nthrow new Error('boom')\n`,
    )
    await tells(/server\.ts does not start: Error: boom \(.*server\.ts line 2\)$/)
    expect(lines).toContain('as far as here')
    await edit(saying('mended'))
    await says('mended')
    expect(lines).toContain('hello')
  })

  test('starts again at the next save, though it has changed nothing: what it missed may have come meanwhile', async () => {
    const needy = `import { existsSync } from 'node:fs'
if (!existsSync(import.meta.dirname + '/is-there.txt')) throw new Error('it is not there')
${saying('one')}`
    const { edit, says, tells, lines } = await going(needy)
    await tells(/server\.ts does not start: Error: it is not there/)
    await edit('yes', 'is-there.txt')
    await edit(needy)
    await says('one')
    expect(lines.filter((line) => line.includes('does not start'))).toHaveLength(1)
  })

  test('while it runs says where, too', async () => {
    const crashing = `${saying('one')}
setTimeout(() => { throw new TypeError('too late') }, 1)
`
    const { edit, says, tells, lines } = await going(crashing)
    await tells(/server\.ts has stopped: TypeError: too late \(.*server\.ts line 6\)$/)
    await edit(saying('mended'))
    await says('mended')
    expect(lines.filter((line) => line.includes('has stopped'))).toHaveLength(1)
  })

  test('without a word of why is not blamed on what it said before', async () => {
    const ending = `${saying('one')}
console.log('a guest connected')
setTimeout(() => process.exit(1), 1)
`
    const { edit, says, tells, lines } = await going(ending)
    await tells(/server\.ts has stopped: it ended by itself$/)
    expect(lines).toContain('a guest connected')
    await edit(saying('mended'))
    await says('mended')
  })

  test('by a signal is not blamed on an error that it had got over', async () => {
    const surviving = `console.error('TypeError: one of long ago')
${saying('one')}`
    const { answer, says, tells, lines } = await going(surviving)
    await says('one')
    process.kill(Number((await answer()).pid), 'SIGKILL')
    await tells(/server\.ts has stopped: (it was killed|it ended by itself)$/)
    expect(lines).toContain('TypeError: one of long ago') // said when it came
  })

  test('because it is gone is waited for, too', async () => {
    const { dir, edit, says, tells, lines } = await going(saying('one'))
    await says('one')
    await rm(join(dir, 'server.ts'))
    await tells(/server\.ts does not start: /)
    await edit(saying('back'))
    await says('back')
    expect(lines.filter((line) => line.includes('does not start'))).toHaveLength(1)
  })
})

describe('the door at which pages wait', () => {
  test("lets in the program's own pages, by both names of this machine, and nobody else's", async () => {
    const { answer, says } = await going(saying('one'))
    await says('one')
    const { reloadUrl, url } = await answer()
    const asked = async (headers: Record<string, string>) => {
      const asking = request(reloadUrl, { headers }).end()
      const [response] = await once(asking, 'response')
      asking.destroy()
      return [response.statusCode, response.headers['access-control-allow-origin']]
    }
    const numeric = url.replace('localhost', '127.0.0.1')
    expect(await asked({ origin: url })).toEqual([200, url])
    expect(await asked({ origin: numeric })).toEqual([200, numeric])
    expect(await asked({ origin: 'http://evil.example' })).toEqual([403, undefined])
    expect(await asked({ origin: url, host: `evil.example:${new URL(reloadUrl).port}` })).toEqual([
      403,
      undefined,
    ])
  })
})

test('a port that is taken ends it with exit code 1, and only says so', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0

  const dir = await programFolder()
  await writeFile(join(dir, 'server.ts'), saying('one'))
  const said = vi.spyOn(console, 'error').mockReturnValue()
  onTestFinished(() => said.mockRestore())
  expect(await runAtTerminal({ dir, port, command: 'npm run step 5' })).toBe(1)
  expect(said.mock.calls.flat()).toEqual([
    `Port ${port} is taken, most likely by a step you left running.`,
    `Stop that one with Ctrl-C, or use another port:  npm run step 5 -- --port ${port + 1}`,
  ])
})

describe('nothing is left running', () => {
  /** A parent of its own, as go.mjs is one. */
  async function parent() {
    const dir = await programFolder()
    await writeFile(join(dir, 'server.ts'), saying('one'))
    const script = join(dir, 'parent.mts')
    const module = pathToFileURL(join(root, 'shared', 'run', 'run-at-terminal.ts')).href
    await writeFile(
      script,
      `import { runAtTerminal } from ${JSON.stringify(module)}
process.exitCode = await runAtTerminal({ dir: ${JSON.stringify(dir)}, port: 0, command: 'npm run work' })
`,
    )
    const child = spawn(process.execPath, ['--import', 'tsx', script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill('SIGKILL'))
    let url = ''
    for await (const line of createInterface({ input: child.stdout })) {
      url = line
      break
    }
    const [, pid] = (await (await fetch(url)).text()).split(' ')
    return { child, pid: Number(pid) }
  }

  function isRunning(pid: number): boolean {
    try {
      return process.kill(pid, 0)
    } catch {
      return false // no such process
    }
  }

  test.runIf(process.platform !== 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'after %s, and the exit code is 0',
    async (signal) => {
      const { child, pid } = await parent()
      child.kill(signal)
      expect(await once(child, 'close')).toEqual([0, null])
      expect(isRunning(pid)).toBe(false)
    },
  )

  test('after the command itself was killed', async () => {
    const { child, pid } = await parent()
    child.kill('SIGKILL')
    await expect.poll(() => isRunning(pid), patient).toBe(false)
  })
})
