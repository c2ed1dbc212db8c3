import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askCheckService, openCheckService } from '#shared/check/check-service'
import { findStep } from '#shared/course/course'
import { programFolder, temporaryFolder } from './support/folders.ts'

const one = findStep('1')

/** A service of this test's own: the user may have one running. */
async function service() {
  const dir = await programFolder()
  await cp(join(one.dir, 'server.ts'), join(dir, 'server.ts'))
  const address =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\on-the-wire-test-${process.pid}-${Date.now()}`
      : join(await temporaryFolder(), 'check.sock')
  const opened = await openCheckService({ step: 1, dir }, address)
  onTestFinished(() => opened?.close())
  const ask = (step = one) => askCheckService({ step, target: { dir }, stopAtFirst: true }, () => {}, address)
  const states = async () => (await ask())?.tasks.map(({ state }) => state)
  return { dir, address, opened, ask, states }
}

test('a check that waits gives the verdict of the program as it is now, again and again', async () => {
  const { dir, opened, states } = await service()
  expect(await states()).toEqual(['passed', 'passed', 'passed'])
  const file = join(dir, 'server.ts')
  const source = await readFile(file, 'utf8')
  await opened?.waits() // with programs of the source as it was
  await writeFile(file, source.replace('Hello World!', 'Hello Moon!')) // nobody tells the service
  expect(await states()).toContain('failed')
  await opened?.waits()
  await writeFile(file, source)
  expect(await states()).toEqual(['passed', 'passed', 'passed'])
})

test('another check than the prepared one is for the caller to run, and is prepared from then on', async () => {
  const { ask } = await service()
  const two = findStep('2')
  expect(await ask(two)).toBeUndefined()
  expect((await ask(two))?.step).toBe(two)
})

test('who waits for one check is never answered by another one', async () => {
  const { ask, states } = await service()
  const waiting = states()
  expect(await ask(findStep('2'))).toBeUndefined() // and now that one is prepared
  expect([undefined, ['passed', 'passed', 'passed']]).toContainEqual(await waiting)
})

test('a second service of the same project does not open, and after the first has gone nobody answers', async () => {
  const { dir, address, opened, ask } = await service()
  expect(await openCheckService({ step: 1, dir }, address)).toBeUndefined()
  await opened?.close()
  expect(await ask()).toBeUndefined()
})
