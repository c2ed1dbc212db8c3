import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findStep, root } from '#shared/course/course'
import { temporaryFolder } from '../tests/support/folders.ts'
import { readReference } from '../bench/newest.ts'
import { quotedCode } from './code.ts'
import { quote } from './quote.ts'
import { problemsOf } from './render.ts'
import { deckNames, readDeck } from './source.ts'

/** A project with these two files alone, of step 4 and of step 5. */
async function project(before: string, now: string) {
  const folder = await temporaryFolder()
  for (const [step, text] of [
    ['4', before],
    ['5', now],
  ] as const) {
    const dir = join(folder, 'steps', findStep(step).name)
    await mkdir(dir, { recursive: true })
    await writeFile(join(dir, 'server.ts'), text)
  }
  return (reference: string) =>
    quote('steps/05-nicknames/server.ts', reference, folder).lines.map(({ text, mark }) => `${mark} ${text}`)
}

const earlier = "io.on('connection', (socket) => {\n  greet(socket)\n})\nlisten()\n"
const later =
  "const taken = 1\nio.on('connection', (socket) => {\n    greet(socket)\n    tell(socket)\n    part(socket)\n})\n"

test('of a changed line the changed words are marked, of a new one the line, and nothing where all is new', async () => {
  const folder = await temporaryFolder()
  const texts = [
    ['4', "io.emit('news', text)\nlisten()\n"],
    ['5', "io.to(room).emit('news', text)\nhear()\nlisten()\n"],
  ] as const
  for (const [step, text] of texts) {
    const dir = join(folder, 'steps', findStep(step).name)
    await mkdir(dir, { recursive: true })
    await writeFile(join(dir, 'server.ts'), text)
  }
  const marked = (reference: string) => {
    const code = String(quotedCode('ts', 'steps/05-nicknames/server.ts', reference, folder)).replaceAll(
      /<\/ins>((?:<[^>]*>)*)<ins>/g,
      '$1',
    ) // it closes where a colour begins
    return [...code.matchAll(/<ins>(.*?)<\/ins>/g)].map(([, words = '']) => words.replaceAll(/<[^>]*>/g, ''))
  }
  expect(marked('io.to … listen')).toEqual(['to(room).', 'hear()'])
  expect(marked('hear')).toEqual([])
})

test('what the slide names is marked, and nothing else; where it is not, or twice, that is an error', async () => {
  const folder = await temporaryFolder()
  const dir = join(folder, 'steps', findStep('5').name)
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'server.ts'), "test.emit('a', `${line} <b>`)\nio.emit('news', text)\n")
  const code = (named: string) =>
    String(quotedCode('ts', 'steps/05-nicknames/server.ts', `test.emit\nio.emit${named}`, folder))
  const html = code('\n! test.emit\n! ${line} <b>')
  const marked = [...html.replaceAll(/<\/mark>((?:<[^>]*>)*)<mark>/g, '$1').matchAll(/<mark>(.*?)<\/mark>/g)]
  expect(marked.map(([, words = '']) => words.replaceAll(/<[^>]*>/g, ''))).toEqual([
    'test.emit',
    '${line} &lt;b&gt;',
  ])
  expect(html).not.toMatch(/<ins>|new in this step/)
  expect(code('')).not.toContain('<mark>')
  expect(() => code('\n! .emit')).toThrow('“.emit” is to be marked, and stands in 2 of its lines')
  expect(() => code('\n! emitted')).toThrow('“emitted” is to be marked, and stands in 0 of its lines')
})

test('a line, a block, a range, and what is gone, each marked against the step before', async () => {
  const lines = await project(earlier, later)
  expect(lines('const taken')).toEqual(['new const taken = 1'])
  expect(lines("io.on('connection' …")).toEqual([
    "kept io.on('connection', (socket) => {",
    'kept     greet(socket)', // deeper than before, and otherwise the same
    'new     tell(socket)',
    'new     part(socket)',
    'kept })',
  ])
  expect(lines('greet … part')).toEqual(['kept greet(socket)', 'new tell(socket)', 'new part(socket)'])
  expect(lines('const taken\ntell\n- listen()')).toEqual([
    'new const taken = 1',
    'gap …',
    'new     tell(socket)',
    'gone listen()',
  ])
})

test('a reference that finds nothing, or two places, is an error that names it', async () => {
  const lines = await project(earlier, later)
  const file = 'steps/05-nicknames/server.ts'
  expect(() => lines('const gone')).toThrow(`“const gone” does not stand in ${file}`)
  expect(() => lines('(socket)')).toThrow(`“(socket)” stands in 4 lines of ${file}, and one is meant`)
  expect(() => lines('tell … const')).toThrow(`below “tell”, “const” does not stand in ${file}`)
  expect(() => lines('})  …')).toThrow('opens nothing')
  expect(() => lines('- greet(socket)')).toThrow('is not gone')
  expect(() => quote('steps/05-nicknames/nothing.ts', 'a')).toThrow(
    'there is no steps/05-nicknames/nothing.ts',
  )
  const long = await project('', Array.from({ length: 20 }, (_, line) => `line(${line}, "x")`).join('\n'))
  expect(() => long('line(0 … line(12')).toThrow('13 lines of steps/05-nicknames/server.ts: a slide holds 12')
})

const reference = await readReference()
const resultFor = () => reference

test.each(deckNames())('all that %s refers to stands in its file', (name) => {
  expect(problemsOf(readDeck(name), { resultFor })).toEqual([])
})

describe('a copy of all steps', () => {
  const file = 'steps/05-nicknames/server.ts'
  const lesson = 'steps/05-nicknames/README.md'

  /** The project with `names` for `taken` in some files. */
  async function copyWithNames(...files: string[]) {
    const folder = await temporaryFolder()
    for (const step of ['4', '5']) {
      const { name } = findStep(step)
      await cp(join(root, 'steps', name), join(folder, 'steps', name), { recursive: true })
    }
    for (const one of files) {
      const text = await readFile(join(folder, one), 'utf8')
      await writeFile(join(folder, one), text.replaceAll('taken', 'names'))
    }
    return folder
  }

  /** What is wrong with the slides of step 5 then. */
  const problems = (folder: string) => {
    const deck = readDeck('part-1')
    const sections = deck.sections.filter(({ name }) => name === '05-nicknames')
    return problemsOf({ ...deck, sections }, { resultFor, project: folder })
  }

  test('of which nothing is changed has no problem; a slide says where in the lesson its lines are', async () => {
    const folder = await copyWithNames()
    expect(problems(folder)).toEqual([])
    expect(quote(file, 'const taken', folder).sections).toEqual(['Names and messages'])
    expect(quote('steps/05-nicknames/page/view.ts', 'function colourOf …', folder).sections).toEqual([])
  })

  test('with a block that is changed and a step that is not: its slides say so', async () => {
    const folder = await copyWithNames(lesson)
    expect(problems(folder)).toContainEqual(
      expect.stringMatching(
        /^slide “Two kinds of memory” .*: the blocks of steps\/05-nicknames\/README\.md do not make/,
      ),
    )
  })

  test('with a step that is changed and its lesson is not: its slides say so', async () => {
    const folder = await copyWithNames(file)
    expect(problems(folder)).toContainEqual(expect.stringContaining(`do not make ${file}: line `))
  })

  test('with both changed: the slide misses the line that it names', async () => {
    const folder = await copyWithNames(lesson, file)
    const found = problems(folder)
    expect(found).toHaveLength(2)
    expect(found[0]).toBe(
      `slide “Two kinds of memory” (05-two-kinds-of-memory), ts ${file}: “const taken” does not stand in ${file}`,
    )
  })

  test('has lines that no block of the lesson types: a slide is not about these', async () => {
    const folder = await copyWithNames()
    expect(() => quote(file, 'const app = express()', folder)).toThrow(
      `no block of ${lesson} has one of these lines of ${file} typed`,
    )
  })
})
