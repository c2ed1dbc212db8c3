import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '#shared/course/course'
import { helpText, type CommandSpec } from '#shared/terminal/arguments'

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -3))

const specs = await Promise.all(
  names.map(async (name): Promise<CommandSpec> => {
    const { spec }: { spec: CommandSpec } = await import(`../commands/${name}.ts`)
    return spec
  }),
)

test.each(specs)('$command says what it does, and what each of its options does', (spec) => {
  const { command, does, options = {}, example } = spec
  expect(does).toMatch(/^[A-Z].*\.$/)
  for (const [, sentence] of Object.values(options)) expect(sentence).toMatch(/^[^.]+$/)
  expect(example).toContain(command)
  for (const width of [80, 50]) {
    const tooLong = helpText(spec, width)
      .split('\n')
      .filter((line) => line.length > width)
    expect(tooLong.filter((line) => !/^ *npm /.test(line))).toEqual([])
    expect(width < 80 || tooLong.length === 0).toBe(true)
  }
})

test('every command that the README lists is one that helps', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8')
  const listed = [...readme.matchAll(/^\| `(npm (?:run )?[\w-]+)/gm)].map(([, command]) => command)
  expect(listed.length).toBeGreaterThan(5)
  for (const command of listed) expect(specs.map((spec) => spec.command)).toContain(command)
})
