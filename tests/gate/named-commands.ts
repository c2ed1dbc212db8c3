import { inlineCode, type Document } from './document.ts'
import type { CourseResult } from './course-result.ts'
import type { Texts } from './texts.ts'

/** npm's own words that texts may name. */
const ofNpm = ['start', 'test', 'install', 'ci', 'rebuild']

/** Every npm command in a text's code is one of package.json's, its step is one of the course, and it knows its options. */
export function namedCommands(document: Document, texts: Texts): CourseResult[] {
  const shell = document.blocks
    .filter(({ type, info }) => type === 'fence' && info.trim() === 'sh')
    .flatMap(({ content }) => content.split('\n'))
  const command = /\bnpm (run )?([a-z:-]+)((?: \d+\b){0,2})(.*? -- .*)?/g
  return [...shell, ...inlineCode(document)]
    .flatMap((code) => [...code.matchAll(command)])
    .map(([typed, run, name = '', numbers = '', options = '']) =>
      document.at(`the command ${typed.trim()}`, whyNot(run !== undefined, name, numbers, options, texts)),
    )
}

function whyNot(
  run: boolean,
  name: string,
  numbers: string,
  options: string,
  texts: Texts,
): string | undefined {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(texts.read('package.json') ?? '')
  if (run ? !(name in scripts) : !ofNpm.includes(name)) return 'package.json has no such script'
  const wrongNumber = numbers
    .split(' ')
    .find((number) => number !== '' && !texts.steps.some((step) => step.number === Number(number)))
  if (wrongNumber !== undefined) return `there is no step ${wrongNumber}`
  const [, file] = /cli\.mjs ([\w-]+)$/.exec(scripts[name] ?? '') ?? []
  if (file === undefined || name === 'test') return undefined // What stands behind test is vitest's.
  const typed = [...options.matchAll(/ --([a-z][a-z-]*)/g)].map(([, option = '']) => option)
  const unknown = typed.find((option) => !optionsOf(file, texts).includes(option))
  return unknown === undefined ? undefined : `this command has no option --${unknown}`
}

/** The options that a command takes, as its source has them. */
function optionsOf(file: string, { read }: Texts): string[] {
  const keys = (block = '') =>
    [...block.matchAll(/'?([a-z][a-z-]*)'?: (?:\[|portOption)/g)].map(([, key = '']) => key)
  const [, own = ''] = /\boptions: \{([^{}]*)\}/.exec(read(`commands/${file}.ts`) ?? '') ?? []
  const shared = ['shared/wire/fault-options.ts', 'shared/terminal/arguments.ts'].map(read).join('\n')
  const spread = [...own.matchAll(/\.\.\.(\w+)/g)].map(
    ([, name]) => new RegExp(`\\b${name} = \\{([^{}]*)\\}`).exec(shared)?.[1],
  )
  return ['help', ...[own, ...spread].flatMap(keys)]
}
