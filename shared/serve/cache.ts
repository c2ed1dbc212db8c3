import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where npm has put the packages, absolute. */
export const packages = join(import.meta.dirname, '..', '..', 'node_modules')

/** Where what was compiled is kept, absolute. Inside node_modules, so that what is compiled finds its packages. */
export const cache = join(packages, '.cache', 'on-the-wire')

/** Renaming is all or nothing: another process that looks for the file finds the whole of it, or none. */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  await mkdir(cache, { recursive: true })
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, content)
  await rename(draft, file)
}
