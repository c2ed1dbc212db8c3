import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../tests/support/folders.ts'
import { root } from '../course/course.ts'
import { copyCourse, packagesOf } from './usb-folder.ts'

test('the packages are those of Windows, macOS and Linux, and of no other system', async () => {
  const packages = await packagesOf(root)
  const names = packages.map((one) => one.replace(/@[^@]*$/, ''))
  const systems = ['win32-x64', 'win32-arm64', 'darwin-arm64', 'darwin-x64', 'linux-x64', 'linux-arm64']
  expect(names).toEqual(expect.arrayContaining(systems.map((system) => `@esbuild/${system}`)))
  expect(names).toEqual(
    expect.arrayContaining(['express', 'better-sqlite3', '@node-rs/argon2-win32-x64-msvc']),
  )
  expect(names.filter((name) => /freebsd|android|musl|riscv|ia32/.test(name))).toEqual([])
  expect(packages).toContainEqual(expect.stringMatching(/^better-sqlite3@12\.\d+\.\d+$/))
})

test('the course goes along; what is the learner’s, and what is fetched anew, stays here', async () => {
  const [project, stick] = [await temporaryFolder(), await temporaryFolder()]
  const course = ['package-lock.json', join('steps', '06-typing', 'server.ts'), 'README.md']
  const stays = ['node_modules', 'work', 'work.saved', '.data', 'usb', '.git'].map((folder) =>
    join(folder, 'file'),
  )
  for (const path of [...course, ...stays, '.workshop.json']) {
    await mkdir(dirname(join(project, path)), { recursive: true })
    await writeFile(join(project, path), '{}')
  }
  await copyCourse(stick, project)
  const there = await readdir(stick, { recursive: true })
  expect(there.toSorted()).toEqual([...course, 'steps', join('steps', '06-typing')].toSorted())
})
