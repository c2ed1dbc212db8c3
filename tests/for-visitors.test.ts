import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { classroomPort } from '#shared/classroom/server/listen-near'
import { root } from '#shared/course/course'
import { slidesPort } from '../slides/slide-server.ts'

const read = (file: string) => readFileSync(join(root, file), 'utf8')
const workflow = read('.github/workflows/ci.yml')
const ciRun = read('.ci/run')

test('the workflow has no logic of its own: it types what .ci/run types', () => {
  const typed = [...workflow.matchAll(/- run: (.+)/g)].map(([, command = '']) => command)
  expect(typed).toEqual(['bash .ci/run', 'npm ci', 'npm run types', 'npm run style', 'npm test'])
  for (const command of typed.slice(1)) expect(ciRun).toContain(command)
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
