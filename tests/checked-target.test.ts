import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { CheckedTarget } from '#shared/check/checked-target'
import { findStep } from '#shared/course/course'
import { programFolder, temporaryFolder } from './support/folders.ts'

const gigabyte = 1024 ** 3
const tasks = ['one', 'two', 'three', 'four', 'five', 'six']

/** A program that leaves a file behind each time it starts, and the target that a check with six tasks makes of it. */
async function target(freeMemory: number) {
  const dir = await programFolder()
  const starts = await temporaryFolder()
  const file = join(dir, 'server.ts')
  await copyFile(join(findStep('1').dir, 'server.ts'), file)
  const mark = `import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(starts)} + '/' + process.pid, '')
`
  const source = mark + (await readFile(file, 'utf8'))
  await writeFile(file, source)
  const options = { startMs: 30_000, isAlone: true, memory: () => freeMemory }
  const made = new CheckedTarget({ target: { dir } }, options)
  onTestFinished(() => made.close())
  for (const task of tasks) made.expects(task)
  await made.renew()
  return { dir, file, source, made, startCount: async () => (await readdir(starts)).length }
}

/** What the programs of all tasks answer, each once. */
async function answers(made: CheckedTarget, dir: string): Promise<Set<string>> {
  const found = new Set<string>()
  for (let left = tasks.length; left > 0; left -= 1) {
    const { program } = await made.nextProgram(dir)
    found.add(await fetch(program.url).then((response) => response.text()))
    made.dismiss(program)
  }
  return found
}

test('in calm, the programs of all tasks start, and none of them is of a source that was edited since', async () => {
  const { dir, file, source, made, startCount } = await target(4 * gigabyte)
  await made.startAhead()
  expect(await startCount()).toBe(6)
  await writeFile(file, source.replace('Hello World!', 'Hello Moon!'))
  await made.renew()
  await made.startAhead()
  expect([...(await answers(made, dir))]).toEqual(['Hello Moon!'])
  expect(await startCount()).toBe(12)
})

test('where memory is short, those of the next tasks alone start ahead', async () => {
  const { dir, made, startCount } = await target(gigabyte)
  await made.startAhead()
  expect(await startCount()).toBeLessThanOrEqual(3)
  expect([...(await answers(made, dir))]).toEqual(['Hello World!'])
  expect(await startCount()).toBe(6)
})

test('who wants the verdict meanwhile waits for no other program', async () => {
  const { made, startCount } = await target(4 * gigabyte)
  const ahead = made.startAhead()
  await made.renew() // as when somebody asks
  await ahead
  expect(await startCount()).toBeLessThanOrEqual(3)
})
