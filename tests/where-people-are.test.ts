import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findStep, root } from '#shared/course/course'
import { run } from '#shared/run/run'
import { temporaryFolder } from './support/folders.ts'
import { type } from './support/type-command.ts'

/** A folder of this name that has the way in to all commands, and no packages. */
async function folderWithoutPackages(name: string): Promise<string> {
  const folder = join(await temporaryFolder(), name)
  await mkdir(join(folder, 'commands'), { recursive: true })
  await cp(join(root, 'commands', 'cli.mjs'), join(folder, 'commands', 'cli.mjs'))
  return folder
}

// No name on Windows has a ? in it.
const unreadable = process.platform === 'win32' ? ['#', '%'] : ['#', '%', '?']

test.each(unreadable)(
  'a folder with %s in its name is named before anything else fails',
  async (character) => {
    const folder = await folderWithoutPackages(`course ${character}20 1`)
    const [exitCode, output] = await type(folder, 'doctor').end()
    expect(exitCode).toBe(1)
    expect(output).toContain(`The path of this folder has a ${character} in it: `)
    expect(output).toContain('Rename the folder')
  },
)

test('without packages, the words lead to the network, or to the stick’s own packages', async () => {
  const folder = await folderWithoutPackages('course')
  const [, online] = await type(folder, 'start').end()
  expect(online).toMatch(/In this folder, once: {2}npm install\nWithout a network: .*npm run usb/)
  await mkdir(join(folder, 'npm-cache'))
  const [, offline] = await type(folder, 'start').end()
  expect(offline).toMatch(/once: {2}npm install --offline --cache npm-cache$/)
})

test('a proxy in the environment is not asked for what is on this machine', async ({ skip }) => {
  skip(Number.parseInt(process.versions.node, 10) < 24, 'NODE_USE_ENV_PROXY is read from Node 24 on')
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  server.close() // nothing answers there, so whatever is sent to it fails
  await once(server, 'close')
  const proxy = { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: `http://127.0.0.1:${port}` }
  const [exitCode, output] = await type(root, 'check 1 --dir steps/01-hello-http', proxy).end()
  expect(output).toContain('DONE')
  expect(exitCode).toBe(0)
})

test.each([
  ['check 4 --dir nowhere', 'There is no folder nowhere.'],
  ['check 4 --dir steps', 'There is no server.ts in steps.'],
  [
    'check 4 --url http://127.0.0.1:1',
    'No program answers at http://127.0.0.1:1, so there is nothing to check.',
  ],
])('%s', async (line, words) => {
  const [exitCode, output] = await type(root, line).end()
  expect(output).toContain(words)
  expect(exitCode).toBe(1)
})

test.each([true, false])(
  'a byte order mark before the first line does no harm (compiled: %s)',
  async (compiled) => {
    const dir = join(root, '.data', `byte-order-mark-${process.pid}`)
    const { dir: step } = findStep('1')
    const source = await readFile(join(step, 'server.ts'), 'utf8')
    await mkdir(dir, { recursive: true })
    onTestFinished(() => rm(dir, { recursive: true, force: true }))
    await writeFile(join(dir, 'server.ts'), `\uFEFF${source}`)
    const program = await run(dir, { compiled })
    expect(await (await fetch(program.url)).text()).toContain('Hello')
    await program.stop()
  },
)

test('a program that asks for a port of its own is told that this one is taken', async () => {
  const other = createServer().listen(0)
  await once(other, 'listening')
  onTestFinished(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const dir = await temporaryFolder()
  await writeFile(
    join(dir, 'server.ts'),
    `import { createServer } from 'node:http'\ncreateServer().listen(${port})\n`,
  )
  await expect(run(dir)).rejects.toThrow(`port ${port} is taken, and your program asks for that one itself`)
})
