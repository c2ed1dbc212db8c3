import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'

// Where Debian and Homebrew put programs that need not be in the PATH. A * is any version, the highest one first.
const elsewhere = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/lib/postgresql/*/bin',
  '/opt/homebrew/bin',
  '/usr/local/bin',
  '/opt/homebrew/opt/postgresql*/bin',
  '/usr/local/opt/postgresql*/bin',
]

/**
 * A program of this machine.
 *
 * @param name without `.exe`
 * @returns its path; undefined when it is not installed
 */
export function findProgram(name: string): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name
  const inPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return [...inPath, ...elsewhere.flatMap(versionsOf)].map((folder) => join(folder, file)).find(existsSync)
}

function versionsOf(place: string): string[] {
  const [before = '', after] = place.split('*')
  if (after === undefined) return [place]
  const parent = before.slice(0, before.lastIndexOf('/'))
  const begins = before.slice(parent.length + 1)
  if (!existsSync(parent)) return []
  return readdirSync(parent)
    .filter((name) => name.startsWith(begins))
    .toSorted((one, other) => other.localeCompare(one, 'en', { numeric: true }))
    .map((name) => parent + '/' + name + after)
}
