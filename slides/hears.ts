import { escaped } from '#shared/serve/html'
import { arrow } from './arrow.ts'
import { BrokenSlide } from './broken-slide.ts'

/** One call, and whom it reaches. */
export interface Audience {
  /** what is called, `socket.broadcast.emit` */
  readonly call: string
  readonly speaker: string
  readonly hearers: readonly string[]
  /** who is there and hears nothing, in no other picture either */
  readonly others: readonly string[]
}

/**
 * Who hears what, from lines like `socket.broadcast.emit | ann → ben, cleo / dan`.
 *
 * @throws BrokenSlide for a line of another form
 */
export function audiencesOf(source: string): Audience[] {
  return source
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => {
      const found = /^(.+?) \| ([^→]+) → ([^/]*)(?:\/(.*))?$/.exec(line)
      if (!found) {
        throw new BrokenSlide(
          `“${line}” is not written as  what is called | who speaks → who hears it / who else`,
        )
      }
      const [, call = '', speaker = '', hearers = '', others = ''] = found
      return { call, speaker: speaker.trim(), hearers: list(hearers), others: list(others) }
    })
}

function list(names: string): string[] {
  return names
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
}

const width = 1136
const height = 352
const serverY = 76
const personY = 262

/** The same as a picture: the server above, everybody below, an arrow up from who speaks, and one down to each who hears it. */
export function hearsPicture(source: string): string {
  const audiences = audiencesOf(source)
  const named = audiences.flatMap(({ speaker, hearers, others }) => [speaker, ...hearers, ...others])
  const everybody = [...new Set(named)].toSorted() // everybody has the same place in each picture
  const panelWidth = width / audiences.length
  const panels = audiences.map((audience, index) =>
    panel(audience, everybody, index * panelWidth, panelWidth),
  )
  const words = audiences.map((audience) => inWords(audience, everybody)).join(' ')
  return (
    `<svg class="hears" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(words)}">` +
    `${panels.join('')}</svg>`
  )
}

function panel(
  { call, speaker, hearers }: Audience,
  everybody: readonly string[],
  left: number,
  wide: number,
) {
  const middle = left + wide / 2
  const gap = Math.min(190, (wide - 24) / everybody.length)
  const fromLeft = middle - (gap * (everybody.length - 1)) / 2
  const people = everybody.map((name, index) => {
    const x = fromLeft + index * gap
    const speaks = name === speaker
    const hears = hearers.includes(name)
    const both = speaks && hears
    const kind = speaks ? 'speaks' : hears ? 'hears' : 'silent'
    const said = both ? 'speaks, hears' : speaks ? 'speaks' : hears ? 'hears' : 'nothing'
    return (
      (speaks
        ? arrow('up', x - (both ? 11 : 0), personY - 34, middle - 20 + shift(x, middle), serverY + 34)
        : '') +
      (hears
        ? arrow(
            'down',
            middle + (both ? 4 : 0) + shift(x, middle),
            serverY + 32,
            x + (both ? 13 : 0),
            personY - 36,
          )
        : '') +
      `<circle class="${kind}" cx="${x}" cy="${personY}" r="30"/>` +
      `<text class="face" x="${x}" y="${personY + 9}">${escaped(name.slice(0, 1).toUpperCase())}</text>` +
      `<text class="name" x="${x}" y="${personY + 56}">${escaped(name)}</text>` +
      `<text class="said ${kind}" x="${x}" y="${personY + 78}">${said}</text>`
    )
  })
  return (
    `<text class="call" x="${middle}" y="26">${escaped(call)}</text>` +
    `<rect class="server" x="${middle - 72}" y="${serverY - 30}" width="144" height="56" rx="10"/>` +
    `<text class="label" x="${middle}" y="${serverY + 6}">server</text>` +
    people.join('')
  )
}

/** Arrows part at the server as the people stand. */
function shift(x: number, middle: number): number {
  return Math.max(-46, Math.min(46, (x - middle) / 5))
}

function inWords({ call, speaker, hearers }: Audience, everybody: readonly string[]): string {
  const deaf = everybody.filter((name) => name !== speaker && !hearers.includes(name))
  const heard = hearers.length > 0 ? `${whoHears(hearers)} it` : 'nobody hears it'
  return `${call}: ${speaker} speaks, ${heard}${deaf.length > 0 ? `; ${whoHears(deaf)} nothing` : ''}.`
}

function whoHears(names: readonly string[]): string {
  return `${names.join(' and ')} ${names.length === 1 ? 'hears' : 'hear'}`
}
