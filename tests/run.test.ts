import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { findStep } from '#shared/course/course'
import { DidNotStart, run } from '#shared/run/run'
import { freePort } from '#shared/run/services/service'
import { programFolder } from './support/folders.ts'

const patienceMs = 45_000 // however busy the machine is

/** What stands in a server.ts that does not start, and the line that says why. */
const broken: [what: string, text: string, message: RegExp][] = [
  ['that does not parse', 'const a = 1\nconst const = 2\n', /^SyntaxError: .* \(.*server\.ts line 2\)$/],
  ['that throws', "const a = 1\nthrow new TypeError('no')\n", /^TypeError: no \(.*server\.ts line 2\)$/],
  ['that rejects', "await Promise.reject(new Error('later'))\n", /^Error: later \(.*server\.ts line 1\)$/],
  [
    'that imports what is not there',
    "import './gone.ts'\n",
    /(Cannot find module|Could not resolve) .*gone\.ts/,
  ],
  [
    'that imports a name that is not there',
    "import { nothing } from 'node:path'\nnothing()\n",
    /^SyntaxError: .*'nothing' \(.*server\.ts line 1\)$/,
  ],
  ['that ends at once', 'export {}\n', /^it ended without printing an address$/],
]

/** tsx prints them as Node does, but for these two. */
const byTsx = broken.filter(([what]) => /parse|imports what/.test(what))

describe.each([
  { how: 'by tsx', compiled: false, programs: byTsx },
  { how: 'compiled', compiled: true, programs: broken },
])('a program that is started $how', ({ compiled, programs }) => {
  test('hands back its address, its output and its end', async () => {
    const lines: string[] = []
    const program = await run(findStep('1').dir, { compiled, patienceMs, onLine: (line) => lines.push(line) })
    onTestFinished(() => void program.stop())
    expect(await (await fetch(program.url)).text()).toBe('Hello World!')
    await expect.poll(() => lines, { timeout: 30_000 }).toEqual([program.url, 'GET / 200'])
    expect(program.output).toEqual(lines)
    expect(program.running).toBe(true)
    await program.stop()
    expect(program.running).toBe(false)
  })

  test.each(programs)('%s says so in a line', async (_what, text, message) => {
    const dir = await programFolder()
    await writeFile(join(dir, 'server.ts'), text)
    await expect(run(dir, { compiled, patienceMs })).rejects.toThrow(message)
  })
})

test('a folder without a server.ts says so in a line', async () => {
  await expect(run(await programFolder())).rejects.toThrow(/server\.ts is missing$/)
})

test('an address that a program prints before its own, and that is not its own, is another program', async () => {
  const other = createServer((_request, response) => response.end('another program'))
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  const dir = await programFolder()
  const before = `console.log('soon at http://localhost:${(other.address() as AddressInfo).port} or so')`
  const text = `import { createServer } from 'node:http'
import { listen } from '#shared/serve/listen'
${before}
await listen(createServer((_request, response) => response.end('ours')))
`
  await writeFile(join(dir, 'server.ts'), text)
  const program = await run(dir, { patienceMs })
  onTestFinished(() => void program.stop())
  expect(await (await fetch(program.url)).text()).toBe('ours')
})

test('a program may open its port by itself, and print its address before', async () => {
  const dir = await programFolder()
  const text = `import { createServer } from 'node:http'
console.log('http://localhost:' + process.env.PORT)
setTimeout(() => createServer((_request, response) => response.end('ours')).listen(process.env.PORT), 100)
`
  await writeFile(join(dir, 'server.ts'), text)
  const program = await run(dir, { patienceMs, port: await freePort() })
  onTestFinished(() => void program.stop())
  expect(await (await fetch(program.url)).text()).toBe('ours')
})

test('a program that prints no address in time is stopped', async () => {
  const dir = await programFolder()
  await writeFile(join(dir, 'server.ts'), 'console.log(process.pid)\nsetInterval(() => {}, 1_000)\n')
  await expect(run(dir, { compiled: true, patienceMs: 200 })).rejects.toThrow(
    /^it printed no address .* within 0\.2 s$/,
  )
})

test('a program can be stopped while it starts', async () => {
  const dir = await programFolder()
  await writeFile(join(dir, 'server.ts'), "console.log('starting')\nsetInterval(() => {}, 1_000)\n")
  const stop = new AbortController()
  const started = run(dir, { compiled: true, patienceMs, signal: stop.signal, onLine: () => stop.abort() })
  await expect(started).rejects.toBeInstanceOf(DidNotStart)
})
