import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { BuildFailure, Plugin } from 'esbuild'
import express, { type RequestHandler } from 'express'
import { webSocketFirst } from './websocket-first.ts'

const staticDir = join(import.meta.dirname, '..', '..', 'static')

interface Bundle {
  script: string
  /** the way back to client.ts, for the browser's tools alone: it is larger than the script */
  sourceMap: string
  /** every file that went into it, absolute */
  files: string[]
  /** when it was made, ms since 1970 */
  madeAt: number
}

/**
 * Serves a step's page: `/` is its index.html, `/client.js` is its client.ts with all that it imports in one file,
 * `/static/` is what all steps share. Any other path goes on to the next handler.
 *
 * A page that came through a proxy by https, as through a tunnel, tries WebSocket first: see websocket-first.ts.
 *
 * The script is bundled when it is first asked for and again once one of its files has changed. A client.ts that
 * does not compile is answered with a script that says so in the page.
 *
 * @param dir the step's folder, `import.meta.dirname`
 */
export function page(dir: string): RequestHandler {
  const router = express.Router()
  const bundles = new Map<boolean, Promise<Bundle>>()

  router.get('/', async (_request, response, next) => {
    const file = join(dir, 'index.html')
    if (!existsSync(file)) return next()
    const html = await readFile(file, 'utf8')
    response.type('html').send(html.replace('</head>', `${reloadTag()}</head>`))
  })

  router.get(['/client.js', '/client.js.map'], async (request, response, next) => {
    if (!existsSync(join(dir, 'client.ts'))) return next()
    const isFromAfar = request.get('x-forwarded-proto') === 'https'
    let bundle = bundles.get(isFromAfar)
    if (!bundle || (await isOld(await bundle))) bundle = makeBundle(dir, isFromAfar ? [webSocketFirst] : [])
    bundles.set(isFromAfar, bundle)
    const { script, sourceMap } = await bundle
    if (request.path === '/client.js') response.vary('X-Forwarded-Proto').type('js').send(script)
    else response.type('json').send(sourceMap)
  })

  router.use('/static', express.static(staticDir))
  return router
}

async function makeBundle(dir: string, plugins: Plugin[]): Promise<Bundle> {
  const madeAt = Date.now()
  try {
    const { build } = await import('esbuild') // not at the top: the server is ready 30 ms sooner
    const { outputFiles, metafile } = await build({
      entryPoints: [join(dir, 'client.ts')],
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
    return { script: text('.js'), sourceMap: text('.map'), files, madeAt }
  } catch (error) {
    const words = inWords(error as BuildFailure)
    console.error(words)
    // Which file will mend it, nobody knows: made at 0, it is older than any, and the next request tries again.
    return { script: complaint(words), sourceMap: '{}', files: [join(dir, 'client.ts')], madeAt: 0 }
  }
}

/** True when a file has changed, or vanished, since the bundle was made. */
async function isOld({ files, madeAt }: Bundle): Promise<boolean> {
  const changes = await Promise.all(
    files.map(async (file) => (await stat(file).catch(() => undefined))?.mtimeMs),
  )
  // A file system may round times down, so a change within the bundle's first second counts as newer.
  return changes.some((changedAt) => changedAt === undefined || changedAt > madeAt - 1_000)
}

function inWords({ errors, message }: BuildFailure): string {
  const [error] = errors ?? []
  if (!error) return `client.ts does not compile: ${message}`
  const { location } = error
  const place = location ? ` (${location.file} line ${location.line}: ${location.lineText.trim()})` : ''
  return `client.ts does not compile: ${error.text}${place}`
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

/** While a step runs in watch mode, its page listens at RELOAD_URL and loads itself again after an edit. */
function reloadTag(): string {
  const url = process.env.RELOAD_URL
  if (!url) return ''
  return (
    `<script>new EventSource(${JSON.stringify(url)}).addEventListener('reload', () => location.reload())\n` +
    // The classroom shows it in a frame, and loads what does not say this by itself.
    `if (parent !== window) parent.postMessage('reloads itself', '*')\n` +
    // In a frame of the slides, Escape gives them their keys back; a page of another origin has to ask for it.
    `addEventListener('keydown', ({ key }) => key === 'Escape' && parent !== window && parent.postMessage('leave this frame', '*'))</script>`
  )
}
