import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import express, { type RequestHandler } from 'express'
import { bundle, isOld, type Bundle } from './bundle.ts'
import { pageFile } from './page-file.ts'
import { webSocketFirst } from './websocket-first.ts'

const staticDir = join(import.meta.dirname, '..', '..', 'static')

/**
 * Serves a step's page: `/` is its index.html, `/client.js` is its client.ts with all that it imports in one file,
 * `/static/` is what all steps share. Any other path goes on to the next handler. The two files lie in `page/`, or in the
 * step's folder itself.
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
    const file = join(dir, pageFile(dir, 'index.html'))
    if (!existsSync(file)) return next()
    const html = await readFile(file, 'utf8')
    response.type('html').send(html.replace('</head>', `${reloadTag()}</head>`))
  })

  router.get(['/client.js', '/client.js.map'], async (request, response, next) => {
    const entry = pageFile(dir, 'client.ts')
    if (!existsSync(join(dir, entry))) return next()
    const isFromAfar = request.get('x-forwarded-proto') === 'https'
    let making = bundles.get(isFromAfar)
    if (!making || (await isOld(await making)))
      making = bundle(dir, entry, isFromAfar ? [webSocketFirst] : [])
    bundles.set(isFromAfar, making)
    const { script, sourceMap } = await making
    if (request.path === '/client.js') response.vary('X-Forwarded-Proto').type('js').send(script)
    else response.type('json').send(sourceMap)
  })

  router.use('/static', express.static(staticDir))
  return router
}

/** While a step runs in watch mode, its page listens at RELOAD_URL and loads itself again after an edit. */
function reloadTag(): string {
  const url = process.env.RELOAD_URL
  if (!url) return ''
  return (
    `<script>new EventSource(${JSON.stringify(url)}).addEventListener('reload', () => location.reload())\n` +
    `if (parent !== window) {${inFrame}}</script>`
  )
}

/**
 * What a page does in a frame of another origin. It says that it loads itself again: the classroom loads what does not. It
 * hands on Escape, which gives the slides their keys back. And the classroom's wire and the chat show each other what
 * belongs together: this page says over which line the mouse is, and marks the lines that it is told.
 */
const inFrame = `
  const tell = (words) => parent.postMessage(words, '*')
  tell('reloads itself')
  addEventListener('keydown', ({ key }) => key === 'Escape' && tell('leave this frame'))
  const over = (line) => tell({ over: line?.textContent ?? '' })
  addEventListener('mouseover', ({ target }) => over(target.closest('[role="log"] li')))
  addEventListener('mouseout', ({ relatedTarget }) => relatedTarget ?? over())
  addEventListener('message', ({ data: { mark } = {} }) => {
    if (typeof mark !== 'string') return
    for (const line of document.querySelectorAll('[role="log"] li')) {
      line.style.outline = mark && line.textContent.trim().endsWith(mark) ? '2px solid' : ''
    }
  })
`
