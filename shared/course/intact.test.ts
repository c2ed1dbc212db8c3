import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findStep } from './course.ts'
import { describeEdited, editedFiles, listFile, listSteps, restoreStep } from './intact.ts'

/** A copy of step 3 to edit, in a folder that no git knows. */
async function copyOfThree() {
  const folder = await mkdtemp(join(tmpdir(), 'on-the-wire-intact-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const three = findStep('3')
  const step = { ...three, dir: join(folder, three.name) }
  await cp(three.dir, step.dir, { recursive: true })
  return { folder, step, server: join(step.dir, 'server.ts') }
}

// After an edit of a step:  npm test -- shared/course/intact.test.ts --update
test('the list has the steps as they are', async () => {
  await expect(listSteps()).toMatchFileSnapshot(listFile)
})

test('an edited step is noticed, and its lesson makes it again; the edit is saved', async () => {
  const { folder, step, server } = await copyOfThree()
  expect(editedFiles(step)).toEqual([])
  expect(await restoreStep(step, { folder })).toBeUndefined()

  const right = await readFile(server, 'utf8')
  await writeFile(server, right.replaceAll('\n', '\r\n'))
  expect(editedFiles(step)).toEqual([]) // as git writes it on Windows
  await writeFile(server, right.replace("socket.emit('echo'", "socket.emit('ecko'"))
  await writeFile(join(step.dir, 'page', 'mine.ts'), '')
  expect(describeEdited([step])).toEqual([
    'Somebody edited steps/03-socket-echo: server.ts, page/mine.ts. Your own code belongs in work/.',
    'To bring that step back (the edit is saved first):  npm run step 3 -- --restore',
  ])

  const saved = await restoreStep(step, { folder })
  expect(editedFiles(step)).toEqual([])
  expect(await readFile(server, 'utf8')).toBe(right)
  expect(await readFile(join(saved?.dir ?? '', 'server.ts'), 'utf8')).toContain('ecko')
})

test('what is in no second place is said, and not lost', async () => {
  const { folder, step } = await copyOfThree()
  await appendFile(join(step.dir, 'hints.md'), 'my notes')
  await expect(restoreStep(step, { folder })).rejects.toMatchObject({
    message: expect.stringMatching(
      /^steps\/03-socket-echo could not be brought back: hints\.md\. Your edit is safe in work\.saved\/.*_step-03\.$/,
    ),
  })
})
