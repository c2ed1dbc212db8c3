import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { BuildFailure, Plugin } from 'esbuild'
import { cache, writeWhole } from './cache.ts'

/** A page's script with all that it imports, in one file. */
export interface Bundle {
  script: string
  /** the way back to client.ts, for the browser's tools alone: it is larger than the script */
  sourceMap: string
  /** every file that went into it, absolute, and when that had changed last, ms since 1970 */
  files: Record<string, number>
  /** when it was made, ms since 1970 */
  madeAt: number
}

/**
 * Bundles a page's script, or takes the bundle that an earlier program has made of the same files.
 *
 * @param dir absolute
 * @param entry the script, from the folder: `client.ts`, `page/client.ts`
 * @param plugins esbuild's; their code tells bundles of one folder apart
 * @returns for a script that does not compile, a script that says so in the page
 */
export async function bundle(dir: string, entry: string, plugins: Plugin[]): Promise<Bundle> {
  const names = [join(dir, entry), ...plugins.map(({ name, setup }) => `${name} ${setup}`)]
  const kept = join(cache, `${createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 16)}.json`)
  const earlier = await read(kept)
  if (earlier && !(await isOld(earlier))) return earlier
  const made = await make(dir, entry, plugins)
  await writeWhole(kept, JSON.stringify(made)).catch(() => {}) // A folder that nobody may write to: the next program makes its own.
  return made
}

/** True when a file has changed, or vanished, since the bundle was made. */
export async function isOld({ files, madeAt }: Bundle): Promise<boolean> {
  const looked = Object.entries(files).map(async ([file, changedAt]) => {
    const now = (await stat(file).catch(() => undefined))?.mtimeMs
    // A file system may round times down, so what changed within the bundle's last second may have changed again.
    return now !== changedAt || changedAt > madeAt - 1_000
  })
  return (await Promise.all(looked)).includes(true)
}

async function read(file: string): Promise<Bundle | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch {
    return undefined // There is none.
  }
}

async function make(dir: string, entry: string, plugins: Plugin[]): Promise<Bundle> {
  const madeAt = Date.now()
  try {
    const { build } = await import('esbuild') // not at the top: the server is ready 30 ms sooner
    const { outputFiles, metafile } = await build({
      entryPoints: [join(dir, entry)],
      outfile: join(dir, 'client.js'), // the name that it is served under: nothing is written
      absWorkingDir: dir,
      bundle: true,
      write: false,
      metafile: true,
      format: 'esm',
      target: 'es2022',
      sourcemap: 'linked',
      logLevel: 'silent',
      plugins,
    })
    const files = Object.keys(metafile.inputs)
      .filter((file) => !file.startsWith('websocket-first:'))
      .map((file) => resolve(dir, file))
    const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? ''
    return { script: text('.js'), sourceMap: text('.map'), files: await changesOf(files), madeAt }
  } catch (error) {
    const words = inWords(entry, error as BuildFailure)
    console.error(words)
    // Which file will mend it, nobody knows: no file changed at -1, so the next request tries again.
    return { script: complaint(words), sourceMap: '{}', files: { [join(dir, entry)]: -1 }, madeAt }
  }
}

async function changesOf(files: string[]): Promise<Record<string, number>> {
  const looked = files.map(async (file) => [file, (await stat(file).catch(() => undefined))?.mtimeMs ?? -1])
  return Object.fromEntries(await Promise.all(looked))
}

function inWords(entry: string, { errors, message }: BuildFailure): string {
  const [error] = errors ?? []
  if (!error) return `${entry} does not compile: ${message}`
  const { location } = error
  const place = location ? ` (${location.file} line ${location.line}: ${location.lineText.trim()})` : ''
  return `${entry} does not compile: ${error.text}${place}`
}

/** A script that shows the words on top of the page, as text. */
function complaint(words: string): string {
  return `const line = document.createElement('p')
line.className = 'broken'
line.setAttribute('role', 'alert')
line.textContent = ${JSON.stringify(words)}
document.body.prepend(line)
`
}
