import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What the files below a folder hold, each byte a character, by their path. */
export async function filesIn(dir: string): Promise<Map<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async ({ parentPath, name }): Promise<[string, string]> => {
      const path = join(parentPath, name)
      return [path, await readFile(path, 'latin1')]
    })
  return new Map(await Promise.all(files))
}
