import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Where a folder keeps a file of its page: in `page/` where the page lies there, else beside server.ts.
 *
 * @param dir a step's folder
 * @param name `index.html`, `client.ts`
 * @returns the path from the folder, `page/client.ts`, whether there is such a file or not
 */
export function pageFile(dir: string, name: string): string {
  const inFolder = ['index.html', 'client.ts'].some((file) => existsSync(join(dir, 'page', file)))
  return inFolder ? `page/${name}` : name
}
