import { mkdir, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectCopy, temporaryFolder } from './support/folders.ts'
import { copyCourse, packagesOf } from '#shared/share/usb-folder'

test('the packages are those of Windows, macOS and Linux, and of no other system', async () => {
  const packages = await packagesOf(await projectCopy())
  const names = packages.map((one) => one.replace(/@[^@]*$/, ''))
  for (const system of [
    'win32-x64',
    'win32-arm64',
    'darwin-arm64',
    'darwin-x64',
    'linux-x64',
    'linux-arm64',
  ]) {
    expect(names).toContain(`@esbuild/${system}`)
  }
  expect(names).toEqual(
    expect.arrayContaining(['express', 'better-sqlite3', '@node-rs/argon2-win32-x64-msvc']),
  )
  expect(names.filter((name) => /freebsd|android|musl|riscv|ia32/.test(name))).toEqual([])
  expect(packages).toContainEqual(expect.stringMatching(/^better-sqlite3@12\.\d+\.\d+$/))
})

test('the course goes along; what is the learner’s, and what is fetched anew, stays here', async () => {
  const project = await projectCopy()
  for (const folder of ['work', '.data', 'usb']) await mkdir(join(project, folder))
  await writeFile(join(project, '.workshop.json'), '{}')
  const stick = await temporaryFolder()
  await copyCourse(stick, project)
  const isThere = (path: string) => existsSync(join(stick, path))
  expect(
    ['package-lock.json', 'steps/06-typing/server.ts', 'shared/course/course.ts', 'README.md'].every(isThere),
  ).toBe(true)
  expect(['node_modules', 'work', '.data', 'usb', '.workshop.json'].some(isThere)).toBe(false)
})
