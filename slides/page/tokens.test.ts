import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '#shared/course/course'
import { readReference } from '../../bench/newest.ts'
import { reportOf } from '../../bench/report.ts'

const read = (file: string) => readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[^]*?\*\//g, '')
const tokens = read('static/tokens.css')
const sheets = ['static', 'shared', 'slides', 'bench'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.css'))
    .map((file) => `${folder}/${file}`.replaceAll('\\', '/'))
    .filter((file) => file !== 'static/tokens.css'),
)

/** `--paper: #f5f0e7;` as `['--paper', '#f5f0e7']`, each of a sheet. */
function properties(css: string): [name: string, value: string][] {
  return [...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value])
}

const [light = '', dark = ''] = tokens.split('@media (prefers-color-scheme: dark)')
const inLight = new Map(properties(light))
const inDark = new Map([...inLight, ...properties(dark).filter(([name]) => name !== '--carrier')])

test('there are sheets to look at', () => {
  expect(sheets).toContain('static/style.css')
  expect(sheets.length).toBeGreaterThan(5)
})

test('every page has the tokens: its sheet imports them, and the report, which works alone, has them inside', async () => {
  const alone = ['bench/report.css', 'slides/page/handout.css'] // the handout has deck.css before its own
  const without = sheets.filter((file) => !/@import '(\/static\/)?tokens\.css';/.test(read(file)))
  expect(without.toSorted()).toEqual(alone)
  const report = await reportOf(await readReference())
  expect(report).toContain('--websocket: #')
  expect(report).not.toContain('@import')
})

const drawings = readdirSync(join(root, 'steps'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.svg'))
  .map((file) => `steps/${file}`.replaceAll('\\', '/'))

/** The colours of a drawing that say something, and the tokens that they are. */
const said = {
  http: '--http',
  polling: '--polling',
  websocket: '--websocket',
  hot: '--copper',
  good: '--good',
  bad: '--alert',
} as const

describe.each(drawings)('%s', (file) => {
  const source = read(file)
  const [, style = ''] = /<style>([^]*?)<\/style>/.exec(source) ?? []

  test('gives what carries a message the colour that it has in the wire', () => {
    for (const [scheme, palette] of [inLight, inDark].entries()) {
      const rules = style.split('@media (prefers-color-scheme: dark)')[scheme] ?? ''
      const colours = [...rules.matchAll(/(?:text|path)\.(\w+) \{ (?:fill|stroke): (#\w+)/g)]
      expect(new Set(colours.map(([, name]) => name))).toEqual(new Set(Object.keys(said)))
      for (const [, name = '', colour] of colours)
        expect([name, colour]).toEqual([name, palette.get(said[name as keyof typeof said])])
    }
  })

  test('colours no arrow by its direction, or by how things end: by what carries it, or not at all', () => {
    const arrows = [...source.matchAll(/<path (?:class="([^"]*)" )?d="M[^"M]*L[^"M]*M[^"]*L[^"]*"/g)]
    const coloured = arrows.flatMap(([, names = '']) => names.split(' ').filter(Boolean))
    expect(
      coloured.filter((name) => !['http', 'polling', 'websocket', 'thick', 'dashed'].includes(name)),
    ).toEqual([])
  })

  test('has a rule for each class that it uses', () => {
    const used = [...source.matchAll(/class="([^"]*)"/g)].flatMap(([, names = '']) => names.split(' '))
    expect(used.filter((name) => !style.includes(`.${name} `))).toEqual([])
  })
})

describe.each(sheets)('%s', (file) => {
  const css = read(file)

  test('has no colour of its own, and defines no token', () => {
    const values = css.replaceAll(/url\("[^"]*"\)/g, '').replaceAll(/[^{};]*\{/g, '{') // `#add {` is no colour
    expect(values.match(/#[\da-f]{3,8}\b|\b(?:rgb|hsl|oklch|lab|color)a?\((?!from var)[^)]*\)/gi)).toBeNull()
    expect(properties(css).filter(([name]) => inLight.has(name))).toEqual([])
  })

  test('uses no custom property that nobody defines', () => {
    const known = new Set([
      ...inLight.keys(),
      '--carrier',
      ...properties(css).map(([name]) => name),
      ...fromScripts,
    ])
    const used = [...css.matchAll(/var\((--[\w-]+)/g)].map(([, name = '']) => name)
    expect(used.filter((name) => !known.has(name))).toEqual([])
  })
})

/** A script gives these to a bar, a name, a line of code: `style="--share: 0.5"`, `setProperty('--colour', …)`, `name="--pane-desk"`. */
const fromScripts = ['shared/classroom', 'slides', 'steps'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
    .flatMap((file) => [...read(join(folder, file)).matchAll(/(--[a-z-]+)(?:: \$\{|', |" )/g)])
    .map(([, name = '']) => name),
)

test('each token is used', () => {
  const all = [tokens, ...sheets.map(read)].join('')
  expect([...inLight.keys()].filter((name) => !all.includes(`var(${name}`))).toEqual([])
})

/** Luminance, 0 to 1: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const digits = colour.replace('#', '').replace(/^(.)(.)(.)$/, '$1$1$2$2$3$3')
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(digits.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const texts = ['ink', 'quiet', 'copper', 'alert', 'good', 'http', 'polling', 'websocket', 'other']
const pairs = [
  ...['paper', 'sheet', 'tint'].flatMap((ground) => texts.map((text) => [text, ground, 4.5] as const)),
  ['ink', 'mine', 4.5],
  ['on-copper', 'copper', 4.5],
  ['on-banner', 'banner', 4.5],
  ['edge', 'paper', 3],
  ['edge', 'sheet', 3],
] as const

test.each([
  ['light', inLight],
  ['dark', inDark],
])('every text can be read, and every edge be seen, in %s', (_name, palette) => {
  const faint = pairs.filter(([one, other, least]) => {
    const [low = 0, high = 0] = [one, other]
      .map((name) => luminance(palette.get(`--${name}`) ?? '#000'))
      .toSorted((a, b) => a - b)
    return !((high + 0.05) / (low + 0.05) >= least)
  })
  expect(faint).toEqual([])
})
