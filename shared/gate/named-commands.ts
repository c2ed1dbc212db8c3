import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, steps } from '../course.ts'
import { inlineCode, type Document } from './document.ts'
import type { Kept } from './finding.ts'

const scripts: Record<string, string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

/** npm's own words that texts may name. */
const ofNpm = ['start', 'test', 'install', 'ci', 'rebuild', 'cache', 'config']

const sources = ['shared/commands', 'bench', 'slides']
  .flatMap((folder) => filesIn(join(root, folder)))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

/** Every npm command in a text's code is one of package.json's, its step is one of the course, its options are known. */
export function namedCommands(document: Document): Kept[] {
  const shell = document.blocks
    .filter(({ type, info }) => type === 'fence' && info.trim() === 'sh')
    .flatMap(({ content }) => content.split('\n'))
  return [...shell, ...inlineCode(document)].flatMap((code) => commandsIn(code, document))
}

function commandsIn(code: string, { at }: Document): Kept[] {
  const command = /\bnpm (run )?([a-z:-]+)((?: \d+\b){0,2})( -- .*)?/g
  return [...code.matchAll(command)].map(([typed, run, name = '', numbers = '', options = '']) =>
    at(`the command ${typed.trim()}`, whyNot(run !== undefined, name, numbers, options)),
  )
}

function whyNot(run: boolean, name: string, numbers: string, options: string): string | undefined {
  if (run ? !(name in scripts) : !ofNpm.includes(name)) return 'package.json has no such script'
  const wrongNumber = numbers.split(' ').find((number) => number !== '' && !steps[Number(number) - 1])
  if (wrongNumber !== undefined) return `there is no step ${wrongNumber}`
  // Behind test stand the options of vitest.
  const own =
    name === 'test' ? [] : [...options.matchAll(/--([a-z][a-z-]*)/g)].map(([, option = '']) => option)
  const unknown = own.find((option) => !new RegExp(`\\b'?${option}'?: |'${option}'`).test(sources))
  return unknown === undefined ? undefined : `no command has an option --${unknown}`
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
