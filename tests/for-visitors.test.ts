import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { classroomPort } from '#shared/classroom/server/listen-near'
import { findStep, firstWithServers, root } from '#shared/course/course'
import { slidesPort } from '../slides/slide-server.ts'

const read = (file: string) => readFileSync(join(root, file), 'utf8')
const workflow = read('.github/workflows/ci.yml')
const ciRun = read('.ci/run')

test('the workflow has no logic of its own: at each change it types what .ci/run types', () => {
  const typed = [...(workflow.split('\n  night:')[0] ?? '').matchAll(/- run: (.+)/g)].map(
    ([, command]) => command,
  )
  expect(typed).toEqual(['bash .ci/run', 'npm ci', 'npm run types', 'npm run style', 'npm test'])
  for (const command of typed.slice(1)) expect(ciRun).toContain(command)
})

test('each night the workflow runs test:all, with all that it needs', () => {
  const [, night = ''] = workflow.split('\n  night:')
  expect(workflow).toMatch(/\n {2}schedule:\n {4}- cron: /)
  expect(night).toContain("if: github.event_name == 'schedule'")
  expect(night).toContain('- run: npm run test:all\n')
  const [, needed = ''] = /^needs="(.+)"$/m.exec(ciRun) ?? []
  for (const program of needed.split(' ').filter((one) => one !== 'chromium'))
    expect(night).toContain(program)
})

test('the workflow runs on each system, and on the oldest Node that package.json allows', () => {
  for (const system of ['ubuntu', 'windows', 'macos']) expect(workflow).toContain(`${system}-latest`)
  const [, versions = ''] = /node: \[(.+)\]/.exec(workflow) ?? []
  const { engines } = JSON.parse(read('package.json'))
  expect(versions.split(', ')).toEqual(['20', '22', '24'])
  expect(engines.node).toBe(`>=${versions.split(', ')[0]}.19`)
})

test('the container forwards the ports of chat, classroom and slides, and has what the tests need', () => {
  const container = JSON.parse(read('.devcontainer/devcontainer.json'))
  expect(container.forwardPorts).toEqual([3000, classroomPort, slidesPort])
  expect(Object.keys(container.portsAttributes).map(Number)).toEqual(container.forwardPorts)
  expect(container.postCreateCommand).toBe('npm install')
  const dockerfile = read('.devcontainer/Dockerfile')
  const [, needed = ''] = /^needs="(.+)"$/m.exec(ciRun) ?? []
  expect(needed).toContain('chromium')
  for (const program of needed.split(' ')) expect(dockerfile).toContain(program)
})

test('DEPLOYING.md has each variable that the servers read, and compose.yaml and the Procfile set no others', () => {
  const [, table = ''] = /\n## Every variable\n(.*?)\n## /s.exec(read('DEPLOYING.md')) ?? []
  const told = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name)
  const sources = [`steps/${findStep(String(firstWithServers)).name}`, 'shared/serve'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => read(join(folder, file))),
  )
  const names = sources.flatMap((source) => [
    ...[...source.matchAll(/process\.env\.([A-Z_]+)/g)].map(([, name]) => name),
    ...[...source.matchAll(/\{ (.+) \} = process\.env\b/g)].flatMap(
      ([, all = '']) => all.match(/\b[A-Z_]{2,}/g) ?? [],
    ),
  ])
  const ofTheWorkshop = ['WORKSHOP_COMMAND', 'RELOAD_URL'] // Its commands set them, for a learner's program.
  expect(told).toHaveLength(new Set(told).size)
  expect(told.toSorted()).toEqual(
    [...new Set(names)].filter((name) => !ofTheWorkshop.includes(String(name))).toSorted(),
  )

  const [, chat = ''] = /^  chat:\n(.*?)^  \w/ms.exec(read('compose.yaml')) ?? []
  const [, environment = ''] = /^    environment:\n((?: {6}.*\n)+)/m.exec(chat) ?? []
  const composed = [...environment.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name)
  expect(composed).toContain('DATABASE_URL')
  const inProcfile = [...read('Procfile').matchAll(/([A-Z_]+)=/g)].map(([, name]) => name)
  const [, command = '[]'] = /^CMD (.+)$/m.exec(read('Dockerfile')) ?? []
  expect(read('Procfile').trim()).toBe(`web: HOST=0.0.0.0 ${JSON.parse(command).join(' ')}`)
  for (const name of [...composed, ...inProcfile]) expect(told).toContain(name)
})
