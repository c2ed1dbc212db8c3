import { join, resolve } from 'node:path'
import { root } from '#shared/course/course'
import {
  cacheName,
  copyCourse,
  fetchBinaries,
  fillCache,
  fromHere,
  leaveOutScripts,
  megabytes,
} from '#shared/share/usb-folder'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { say } from '#shared/terminal/wrap'

export const spec = {
  command: 'npm run usb',
  does: 'Makes a folder for a USB stick. From it, any laptop installs the workshop without a network. Default: usb/on-the-wire.',
  words: ['[FOLDER]'],
  example: 'npm run usb',
} as const satisfies CommandSpec

/** `npm run usb [FOLDER]`: a folder for a USB stick, from which any laptop installs the workshop without a network. */
export default async function (typed: string[]): Promise<number> {
  const words = parseCommand(typed, spec)
  const [asked = join('usb', 'on-the-wire')] = words.positionals
  const folder = resolve(root, asked)
  const cache = join(folder, cacheName)

  say(`Copying the course to ${fromHere(folder)} …`)
  await copyCourse(folder)
  say('Fetching the packages for Windows, macOS and Linux …')
  const packages = await fillCache(cache)
  say('Fetching the binaries of better-sqlite3 …')
  const binaries = await fetchBinaries(cache)
  const missing = binaries.filter(({ file }) => file === undefined)

  say(`${packages} packages, ${binaries.length - missing.length} binaries, ${await megabytes(folder)} MB.`)
  if (missing.length > 0) {
    const all = missing.length === binaries.length
    const names = missing.map(({ name }) => name).join('; ')
    say(
      all
        ? 'No binary could be fetched. This network may block github.com, where better-sqlite3 publishes them.'
        : `Could not be fetched: better-sqlite3 for ${names}.`,
    )
    if (all) await leaveOutScripts(folder)
    say(
      all
        ? 'From this folder, all but SQLite is installed: steps 1 to 7 work.'
        : 'On such a laptop, steps 1 to 7 work:  npm install --ignore-scripts',
    )
  }
  say('On each laptop: copy the folder from the stick to the disk, open a terminal in it, and type:')
  say('  npm install')
  say('  npm run doctor')
  say('It tells whether that laptop is ready. Then:')
  say('  npm start')
  return 0
}
