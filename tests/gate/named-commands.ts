import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, steps } from '#shared/course/course'
import { inlineCode, type Document } from './document.ts'
import type { Kept } from './course-result.ts'

const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

/** npm's own words that texts may name. */
const ofNpm = ['start', 'test', 'install', 'ci', 'rebuild']

/** Every npm command in a text's code is one of package.json's, its step is one of the course, and it knows its options. */
export function namedCommands(document: Document): Kept[] {
  const shell = document.blocks
    .filter(({ type, info }) => type === 'fence' && info.trim() === 'sh')
    .flatMap(({ content }) => content.split('\n'))
  return [...shell, ...inlineCode(document)].flatMap((code) => commandsIn(code, document))
}

function commandsIn(code: string, { at }: Document): Kept[] {
  const command = /\bnpm (run )?([a-z:-]+)((?: \d+\b){0,2})(.*? -- .*)?/g
  return [...code.matchAll(command)].map(([typed, run, name = '', numbers = '', options = '']) =>
    at(`the command ${typed.trim()}`, whyNot(run !== undefined, name, numbers, options)),
  )
}

function whyNot(run: boolean, name: string, numbers: string, options: string): string | undefined {
  if (run ? !(name in scripts) : !ofNpm.includes(name)) return 'package.json has no such script'
  const wrongNumber = numbers.split(' ').find((number) => number !== '' && !steps[Number(number) - 1])
  if (wrongNumber !== undefined) return `there is no step ${wrongNumber}`
  const [, file] = /go\.mjs ([\w-]+)$/.exec(scripts[name] ?? '') ?? []
  if (file === undefined || name === 'test') return undefined // What stands behind test is vitest's.
  const typed = [...options.matchAll(/ --([a-z][a-z-]*)/g)].map(([, option = '']) => option)
  const unknown = typed.find((option) => !optionsOf(file).includes(option))
  return unknown === undefined ? undefined : `this command has no option --${unknown}`
}

/** The options in a command's grammar, as its source has them: to import all commands would be to start some. */
function optionsOf(file: string): string[] {
  const source = (name: string) => readFileSync(join(root, 'commands', `${name}.ts`), 'utf8')
  const keys = (block = '') => [...block.matchAll(/'?([a-z][a-z-]*)'?: /g)].map(([, key = '']) => key)
  const [, own = ''] = /\boptions: \{([^{}]*)\}/.exec(source(file)) ?? []
  const [, shared] = /\bfaultOptions = \{([^{}]*)\}/.exec(source('faults')) ?? []
  return [...keys(own), ...(own.includes('...faultOptions') ? keys(shared) : [])]
}
