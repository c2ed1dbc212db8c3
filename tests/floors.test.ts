import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '#shared/course/course'

/** The floors of the house, from the top down. Two folders on one floor do not know each other. */
const floors = [
  ['commands'], // They alone know of tests/, which stands beside the house.
  ['tests'],
  ['slides'],
  ['bench'],
  ['shared/classroom'],
  ['shared/room'],
  ['shared/share'],
  ['shared/check', 'shared/wire'],
  ['shared/run'],
  ['shared/course'],
  ['shared/serve', 'shared/terminal'],
]

interface Import {
  from: string
  to: string
}

const files = ['commands', 'shared', 'bench', 'slides', 'steps']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  )
  .toSorted()
const programs = files.filter((file) => !file.endsWith('.test.ts') && !/\/(wrong|right)\//.test(file))
const imports = programs.flatMap(importsOf)

/** Types included: a reader follows those as well. */
function importsOf(from: string): Import[] {
  const source = readFileSync(join(root, from), 'utf8')
  return [...source.matchAll(/\b(?:from|import)\s*\(?\s*'((?:\.{1,2}\/|#shared\/)[^']+)'/g)].map(
    ([, name = '']) => ({
      from,
      to: name.startsWith('#shared/')
        ? `${name.slice(1)}.ts`
        : join(dirname(from), name).replaceAll('\\', '/'),
    }),
  )
}

/** `shared/wire` for one of its files, `bench` for all below it, `steps/04-…` for a step. */
function folderOf(file: string): string {
  const [first = '', second = ''] = file.split('/')
  return first === 'shared' || first === 'steps' ? `${first}/${second}` : first
}

function floorOf(file: string): number {
  return floors.findIndex((folders) => folders.includes(folderOf(file)))
}

const arrow = ({ from, to }: Import) => `${from} → ${to}`

describe('the house', () => {
  test('there is something to look at', () => {
    expect(imports.length).toBeGreaterThan(300)
  })

  test('every folder has its floor', () => {
    const homeless = programs.filter((file) => !file.startsWith('steps/') && floorOf(file) < 0)
    expect(homeless).toEqual([])
  })

  test('an import leads to its own folder, or to a lower floor', () => {
    const up = imports.filter(
      ({ from, to }) =>
        !from.startsWith('steps/') && folderOf(from) !== folderOf(to) && floorOf(from) >= floorOf(to),
    )
    expect(up.map(arrow)).toEqual([])
  })

  test("a step's program imports its own files and shared/serve", () => {
    const strange = imports.filter(
      ({ from, to }) =>
        from.startsWith('steps/') && folderOf(from) !== folderOf(to) && folderOf(to) !== 'shared/serve',
    )
    expect(strange.map(arrow)).toEqual([])
  })

  test('no file imports itself, however long the way', () => {
    expect(circles()).toEqual([])
  })

  test("a file's name occurs once", () => {
    // A command is named like what stands below it, a bench's program as each program is: server.ts.
    const names = programs
      .filter((file) => !/^(commands|steps)\//.test(file) && basename(file) !== 'server.ts')
      .map((file) => basename(file))
    expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([])
  })
})

/** Each way that leads back to where it began. */
function circles(): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to])
  const found: string[] = []
  const done = new Set<string>()
  const walk = (file: string, way: string[]) => {
    if (way.includes(file)) found.push([...way.slice(way.indexOf(file)), file].join(' → '))
    if (done.has(file) || way.includes(file)) return
    for (const other of next.get(file) ?? []) walk(other, [...way, file])
    done.add(file)
  }
  for (const file of programs) walk(file, [])
  return found
}
