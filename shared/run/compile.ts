import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, realpath, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Plugin } from 'esbuild'
import { root } from '../course/course.ts'
import { cache, packages, writeWhole } from '../serve/cache.ts'
import { prebundled } from './prebundle.ts'

const dayMs = 24 * 60 * 60 * 1_000

/**
 * Compiles a step's server and what it imports of this project into one file of plain JavaScript, with a source map. Its
 * packages stay outside, the large ones as one file each. Node starts that in half the time that it needs with tsx.
 *
 * @param dir the folder that holds server.ts
 * @returns the file, absolute; the same one for the same source
 * @throws BuildFailure (esbuild's) when it does not compile
 */
export async function compile(dir: string): Promise<string> {
  const { build } = await import('esbuild')
  // Never written there; a source map's paths start from it, and Node goes by real ones.
  const outfile = join(
    await realpath(packages).catch(() => packages),
    relative(packages, cache),
    'server.mjs',
  )
  const { outputFiles } = await build({
    entryPoints: [join(dir, 'server.ts')],
    absWorkingDir: root,
    outfile,
    write: false,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    sourcemap: 'inline',
    plugins: [prebundled, keepsItsPlace],
    logLevel: 'silent',
  })
  const code = outputFiles[0]?.contents ?? new Uint8Array()
  const file = join(cache, `${createHash('sha256').update(code).digest('hex').slice(0, 16)}.mjs`)
  if (existsSync(file)) return file
  await writeWhole(file, code)
  await forgetOldOnes()
  return file
}

/** Each edit leaves a file behind. */
async function forgetOldOnes(): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!/^[0-9a-f]{16}\.(mjs|json)/.test(name)) continue // a package's
    const file = join(cache, name)
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity })) // gone: another process was quicker
    if (Date.now() - mtimeMs > dayMs) await rm(file, { force: true })
  }
}

/** In one file, all would share one `import.meta`; each keeps the place that it had. */
const keepsItsPlace: Plugin = {
  name: 'keeps-its-place',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const contents = (await readFile(path, 'utf8'))
        .replaceAll('import.meta.dirname', () => JSON.stringify(dirname(path)))
        .replaceAll('import.meta.filename', () => JSON.stringify(path))
        .replaceAll('import.meta.url', () => JSON.stringify(pathToFileURL(path).href))
      return { contents, loader: 'ts' }
    })
  },
}
