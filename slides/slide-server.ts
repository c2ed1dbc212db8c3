import { createServer } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import express, { type ErrorRequestHandler } from 'express'
import { Advice } from '#shared/terminal/advice'
import { guard, headers } from '#shared/classroom/server/guard'
import { listenNear } from '#shared/classroom/server/listen-near'
import { findStep, root } from '#shared/course/course'
import { placeTeller } from '#shared/room/open-board'
import { contentsPage, deckPage, handoutPage, paperPage, presenterPage } from './deck-pages.ts'
import { newestResults } from './figures.ts'
import { deckNames, readDeck, readPaper } from './source.ts'
import { openLiveSlideServer } from './live-slides.ts'

const slideHosts = ['localhost', 'wire.localhost', '127.0.0.1']
const pageDir = join(import.meta.dirname, 'page')
/** Where the slides are, or at the first free port after it. */
export const slidesPort = 3200

export interface Slides {
  /** `http://localhost:3200`; a deck is at `/part-1` */
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves the decks, on 127.0.0.1 alone. Whoever loads a page sees what stands in the files at that moment.
 *
 * @param port default: the first free one from 3200 on
 * @param resultsDir where the bench's results for the charts are; default: those of this machine
 * @param boardFile where the room's board is; default: the one of this machine
 * @throws Error when the port is taken
 */
export async function serveSlides(port?: number, resultsDir?: string, boardFile?: string): Promise<Slides> {
  const tellPlace = placeTeller(boardFile)
  let opened = 0 // the port
  const live = openLiveSlideServer(() => slideHosts.map((host) => `http://${host}:${opened}`))
  const app = express()
  app.disable('x-powered-by')
  app.use(headers(["'self'"]), guard)

  app.get('/', (_request, response) => {
    response.send(contentsPage(deckNames().map((name) => readDeck(name))).toString())
  })
  app.get('/paper', async (_request, response) => {
    const resultFor = await newestResults(resultsDir)
    response.send(paperPage(readPaper(), { resultFor }).toString())
  })
  for (const [path, page] of [
    ['/:deck', deckPage],
    ['/:deck/presenter', presenterPage],
    ['/:deck/handout', handoutPage],
  ] as const) {
    app.get(path, async (request, response, next) => {
      if (!deckNames().includes(request.params.deck)) return next()
      const resultFor = await newestResults(resultsDir)
      const withNotes = request.query.notes !== 'none'
      response.send(page(readDeck(request.params.deck), { resultFor }, withNotes).toString())
    })
  }
  for (const name of ['deck', 'presenter', 'handout']) {
    app.get(`/${name}.css`, (_request, response) => response.sendFile(`${name}.css`, { root: pageDir }))
    if (name === 'handout') continue
    app.get(`/${name}.js`, async (_request, response) => void response.type('js').send(await script(name)))
  }
  app.get('/reveal.css', (_request, response) => {
    response.sendFile('reveal.css', { root: join(root, 'node_modules', 'reveal.js', 'dist') })
  })
  app.use('/static', express.static(join(root, 'static')))
  app.use('/project/slides', express.static(import.meta.dirname, { index: false }))
  app.use('/project/steps', express.static(join(root, 'steps'), { index: false })) // the lessons' drawings

  app.post('/run', express.json({ limit: '1kb' }), async (request, response) => {
    const wanted: unknown = request.body?.step
    const isWanted = () => !request.socket.destroyed // a page that was turned has hung up
    response.json(await live.run(findStep(String(wanted)), isWanted))
  })
  app.post('/at', express.json({ limit: '1kb' }), async (request, response) => {
    const step = findStep(String(request.body?.step)).number
    response.json({ isTold: await tellPlace(step) })
  })
  app.get('/live', (_request, response) => {
    response.set({ 'content-type': 'text/event-stream' }).flushHeaders()
    const end = live.on((news) => response.write(`data: ${JSON.stringify(news)}\n\n`))
    response.on('close', end)
  })
  app.use((request, response) => {
    response.status(404).type('text').send(`There is no ${request.path} here: the decks are at / .\n`)
  })
  app.use(failed)

  const server = createServer(app)
  opened = await listenNear(server, slidesPort, port)
  return {
    url: `http://localhost:${opened}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      await live.close()
    },
  }
}

const failed: ErrorRequestHandler = (error, _request, response, _next) => {
  const advice = error instanceof Advice
  const status = advice ? 409 : Number(error.status ?? 500)
  if (status >= 500) console.error(error)
  response
    .status(status)
    .type('text')
    .send(advice ? `${error.message}\n${error.next}\n` : `${error.message}\n`)
}

const bundles = new Map<string, Promise<string>>()

/** A page's script in one file, reveal.js with it. */
function script(name: string): Promise<string> {
  const made = bundles.get(name) ?? bundle(name)
  bundles.set(name, made)
  return made
}

async function bundle(name: string): Promise<string> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [join(pageDir, `${name}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    minify: true,
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}
