import { join, resolve } from 'node:path'
import { root } from '#shared/course/course'
import {
  cacheName,
  copyCourse,
  fetchBinaries,
  fillCache,
  fromHere,
  megabytes,
} from '#shared/share/usb-folder'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'

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

  console.log(`Copying the course to ${fromHere(folder)} …`)
  await copyCourse(folder)
  console.log('Fetching the packages for Windows, macOS and Linux …')
  const packages = await fillCache(cache)
  console.log('Fetching the binaries of better-sqlite3 …')
  const binaries = await fetchBinaries(cache)
  const missing = binaries.filter(({ file }) => file === undefined)

  console.log(
    `${packages} packages, ${binaries.length - missing.length} binaries, ${await megabytes(folder)} MB.`,
  )
  if (missing.length > 0) {
    const all = missing.length === binaries.length
    const names = missing.map(({ name }) => name).join('; ')
    console.log(
      all
        ? 'None of the binaries could be had: is there a way from here to where better-sqlite3 publishes its releases?'
        : `Not to be had: better-sqlite3 for ${names}.`,
    )
    console.log(
      'A laptop of that kind does steps 1 to 6:  npm ci --offline --cache npm-cache --ignore-scripts',
    )
  }
  console.log('On each laptop: copy the folder from the stick to the disk, open a terminal in it, and type:')
  console.log(`  npm ci --offline --cache ${cacheName}`)
  console.log('  npm run doctor')
  return 0
}
