import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'esbuild'
import { root } from '../course/course.ts'
import { cache, writeWhole } from '../serve/cache.ts'

/** What most of the steps import. Together they are 200 files, which a program would read one by one. */
const packages = ['express', 'express-session', 'socket.io', 'zod']

/** For esbuild: a program imports the packages of {@link packages} as one file each. */
export const prebundled: Plugin = {
  name: 'prebundled',
  setup({ onResolve }) {
    onResolve(
      { filter: new RegExp(`^(${packages.join('|').replaceAll('.', '\\.')})$`) },
      async ({ path }) => {
        const name = await prebundle(path)
        return { path: `./${name}`, external: true }
      },
    )
  },
}

/** Bundles a package, when that has not been done for its installed version, and gives the file's name in the cache. */
async function prebundle(name: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8'))
  const file = `${name}-${version}.mjs`
  if (existsSync(join(cache, file))) return file
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    stdin: { contents: await reexports(name), resolveDir: root },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    keepNames: true,
    external: ['bufferutil', 'utf-8-validate'], // ws tries them, and goes on without
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
    logLevel: 'silent',
  })
  await writeWhole(join(cache, file), outputFiles[0]?.contents ?? new Uint8Array())
  return file
}

/** A CommonJS package's names are known once it is loaded, and not to a bundler. */
async function reexports(name: string): Promise<string> {
  const names = Object.keys(await import(name)).filter((one) => /^\w+$/.test(one) && one !== 'default')
  const values = names.map((one, index) => `const value${index} = all[${JSON.stringify(one)}]`)
  const exported = names.map((one, index) => `value${index} as ${one}`)
  return [
    `import * as all from ${JSON.stringify(name)}`,
    ...values,
    `export { ${exported.join(', ')} }`,
    'export default all.default',
  ].join('\n')
}
