import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../tests/support/folders.ts'
import { root } from '../course/course.ts'
import { Advice } from '../terminal/advice.ts'
import { cacheName, copyCourse, leaveOutScripts, packagesOf } from './usb-folder.ts'

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
  const reference = join('bench', 'results', 'reference.json')
  const course = ['package-lock.json', join('steps', '06-typing', 'server.ts'), 'README.md', reference]
  const stays = ['node_modules', 'work', 'work.saved', '.data', 'usb', '.git'].map((folder) =>
    join(folder, 'file'),
  )
  const mine = [join('bench', 'results', '2026-11-27T23-35-19.json'), 'handout-part-1.pdf', '.workshop.json']
  for (const path of [...course, ...stays, ...mine]) {
    await mkdir(dirname(join(project, path)), { recursive: true })
    await writeFile(join(project, path), '{}')
  }
  await copyCourse(stick, project)
  const there = await readdir(stick, { recursive: true })
  const folders = ['steps', join('steps', '06-typing'), 'bench', join('bench', 'results')]
  expect(there.toSorted()).toEqual([...course, '.npmrc', ...folders].toSorted())
})

test('plain npm install takes all from the folder', async () => {
  const [project, stick] = [await temporaryFolder(), await temporaryFolder()]
  await copyCourse(stick, project)
  const lines = (await readFile(join(stick, '.npmrc'), 'utf8')).split('\n')
  expect(lines).toEqual(expect.arrayContaining([`cache=${cacheName}`, 'offline=true', 'audit=false']))
  await leaveOutScripts(stick)
  expect(await readFile(join(stick, '.npmrc'), 'utf8')).toMatch(/\nignore-scripts=true\n$/)
})

test('of an earlier copy nothing old stays, but the cache and what a learner made', async () => {
  const [project, stick] = [await temporaryFolder(), await temporaryFolder()]
  await writeFile(join(project, 'package-lock.json'), '{}')
  await copyCourse(stick, project)
  const stays = [join(cacheName, 'file'), join('work', 'server.ts'), '.workshop.json']
  for (const path of [...stays, 'handout-part-1.pdf', join('steps', 'old.ts')]) {
    await mkdir(dirname(join(stick, path)), { recursive: true })
    await writeFile(join(stick, path), '{}')
  }
  await copyCourse(stick, project)
  const there = await readdir(stick, { recursive: true })
  expect(there.toSorted()).toEqual([...stays, cacheName, 'work', '.npmrc', 'package-lock.json'].toSorted())
})

test('a folder of something else loses nothing', async () => {
  const [project, stick] = [await temporaryFolder(), await temporaryFolder()]
  await writeFile(join(stick, 'letter.txt'), '')
  await copyCourse(stick, project)
  expect(await readdir(stick)).toContain('letter.txt')
})

test('a file in place of the folder, and a folder in what is copied, are told in a sentence', async () => {
  const project = await temporaryFolder()
  await mkdir(join(project, 'steps'))
  await writeFile(join(project, 'a-file'), '')
  const elsewhere = join(await temporaryFolder(), 'a-file')
  await writeFile(elsewhere, '')
  const refused = (folder: string) => copyCourse(folder, project).catch((error: unknown) => error)
  expect(await refused(elsewhere)).toBeInstanceOf(Advice)
  expect(await refused(elsewhere)).toMatchObject({ message: expect.stringContaining('a file of that name') })
  expect(await refused(join(elsewhere, 'below'))).toMatchObject({
    message: expect.stringContaining('a part of its path is a file'),
  })
  expect(await refused(join(project, 'steps', 'stick'))).toMatchObject({
    message: expect.stringContaining('cannot be in steps/'),
  })
  await copyCourse(join(project, 'stick'), project)
  expect(await readdir(join(project, 'stick'))).not.toContain('stick')
})
