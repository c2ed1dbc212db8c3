import { expect, test } from 'vitest'
import { spec as diff } from '../../commands/diff.ts'
import { spec as doctor } from '../../commands/doctor.ts'
import { spec as start } from '../../commands/start.ts'
import { spec as step } from '../../commands/step.ts'
import { spec as work } from '../../commands/work.ts'
import { parseCommand, readPort, type CommandSpec } from './arguments.ts'

const stepOptions = '--restore, --port, --share, --servers, --no-wire, --delay, --trickle, --refuse-websocket'

/** Tries what a learner types behind a command, of which npm has taken some for itself. */
const typing = (spec: CommandSpec, line: string, env = {}) =>
  parseCommand(line.split(' ').filter(Boolean), spec, env)

test('words, options and flags are told apart', () => {
  const { positionals, option, flag } = typing(step, '6 --port 3001 --share')
  expect(positionals).toEqual(['6'])
  expect([option('port'), option('delay')]).toEqual(['3001', undefined])
  expect([flag('share'), flag('no-wire')]).toEqual([true, false])
})

test.each<[CommandSpec, string, string, string]>([
  [step, '6 3001', 'npm run step takes one word, but you typed 2: 6 3001.', `For example:  ${step.example}`],
  [
    diff,
    '1 2 3',
    'npm run diff takes at most 2 words, but you typed 3: 1 2 3.',
    `For example:  ${diff.example}`,
  ],
  [start, '4', 'npm start takes no words behind it, but you typed 1: 4.', `For example:  ${start.example}`],
  [
    step,
    '6 share',
    'npm run step does not know the word share. Did you mean --share?',
    'For example:  npm run step 6 -- --share',
  ],
  [
    step,
    '6 --shar',
    'npm run step does not know --shar. Did you mean --share?',
    'What it knows:  npm run step -- --help',
  ],
  [
    step,
    '6 --protocol',
    `npm run step does not know --protocol. Its options are: ${stepOptions}.`,
    'What it knows:  npm run step -- --help',
  ],
  [
    step,
    '-d',
    'npm run step does not know -d. Did you mean --delay?',
    'What it knows:  npm run step -- --help',
  ],
  [step, '6 --port', '--port needs a value behind it.', 'For example:  npm run step 6 -- --port 3001'],
  [
    step,
    '6 --port --share',
    '--port needs a value behind it.',
    'For example:  npm run step 6 -- --port 3001',
  ],
  [step, '6 --share=yes', '--share takes no value.', 'For example:  npm run step 6 -- --share'],
  [
    doctor,
    '--all',
    'npm run doctor does not know --all. It has no options.',
    'What it knows:  npm run doctor -- --help',
  ],
])('$command $1: what is wrong, and what to type', (spec, line, message, next) => {
  expect(() => typing(spec, line)).toThrow(expect.objectContaining({ name: 'Advice', message, next }))
})

test.each<[CommandSpec, string, Record<string, string>, string]>([
  [step, '6', { npm_config_port: '3001' }, 'npm run step 6 -- --port 3001'],
  [step, '6 3001', { npm_config_port: 'true' }, 'npm run step 6 -- --port 3001'],
  [step, '6', { npm_config_refuse_websocket: 'true' }, 'npm run step 6 -- --refuse-websocket'],
  [work, '', { npm_config_port: '3001' }, 'npm run work -- --port 3001'],
  [start, '', { npm_config_port: '3001' }, 'npm start -- --port 3001'],
])('$command $1, when npm has taken the option: $2', (spec, line, env, right) => {
  expect(() => typing(spec, line, env)).toThrow(
    expect.objectContaining({
      message: expect.stringContaining('for itself, because there is no -- before it.'),
      next: `Type:  ${right}`,
    }),
  )
})

test('what npm keeps of its own is none of our options', () => {
  expect(typing(step, '6', { npm_config_registry: 'https://example.com' }).positionals).toEqual(['6'])
})

test('a port is a whole number from 0 to 65535; without one it is the one in PORT, or 3000', () => {
  const ports = [undefined, '0', '65535'].map((text) => readPort(text, step.command, { env: {} }))
  expect(ports).toEqual([3000, 0, 65_535])
  expect(readPort(undefined, step.command, { env: { PORT: '3456' } })).toBe(3456)
  expect(readPort('3001', step.command, { env: { PORT: '3456' } })).toBe(3001)
  expect(() => readPort(undefined, step.command, { env: { PORT: 'abc' } })).toThrow(
    'PORT is "abc", but a port is',
  )
})

test.each(['abc', '65536', '1.5', '-1', ''])('%j is no port', (text) => {
  expect(() => readPort(text, 'npm run work 4')).toThrow(
    expect.objectContaining({
      message: `--port is ${JSON.stringify(text)}, but a port is a whole number from 0 to 65535.`,
      next: 'For example:  npm run work 4 -- --port 3001',
    }),
  )
})

test.each(['--help', '-h', '4 --help', 'help'])('%s says what may be typed, and is no mistake', (line) => {
  const help = expect.stringMatching(/^npm run step \[STEP\] \[-- OPTIONS\]\n\nLists the steps/)
  expect(() => typing(step, line, {})).toThrow(expect.objectContaining({ name: 'Help', message: help }))
})
