import express, { type ErrorRequestHandler, type Express, type Response, type Router } from 'express'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { findStep, root } from '../../course/course.ts'
import { pageScript } from '../../serve/page-script.ts'
import { Advice } from '../../terminal/advice.ts'
import type { Wire } from '../../wire/open-wire.ts'
import type { ActionHandlers } from './actions.ts'
import type { EventStream } from './event-stream.ts'
import { programHeader } from './find-classroom.ts'
import { guard, headers } from './guard.ts'
import { toHar } from './har.ts'
import { lessonOf } from './lesson-html.ts'
import { detailOf } from './row-maker.ts'
import { textPages } from './text-page.ts'

interface ClassroomRoutes {
  wire: Wire
  stream: EventStream
  actions: ActionHandlers
  /** `/` has the windows of two people; otherwise it leads to the wire's page */
  withWindows: boolean
  /** lessons and the project's texts are there */
  withLessons: boolean
  /** the newest result of the bench as a page */
  benchReport?: () => Promise<string>
  /** the pages that may show it in a frame; see {@link headers} */
  framedBy?: readonly string[]
}

/** All addresses of the classroom's server. */
export function classroomApp(options: ClassroomRoutes): Express {
  const { wire, stream, actions, withWindows, withLessons, benchReport, framedBy } = options
  const app = express()
  app.disable('x-powered-by')
  app.get('/here', (_request, response) => void response.status(204).end()) // see main.tsx: does a browser know our name?
  app.use(headers(framedBy), guard)
  app.use(pageRoutes(withWindows, withLessons ? wire : undefined), wireRoutes(wire))
  app.get('/events', (request, response) => stream.open(request, response))
  if (withLessons) app.use(lessonRoutes(benchReport))
  app.use('/api', actionRoutes(actions))
  app.use((request, response) => refuse(response, 404, `There is no ${request.path} here.`))
  app.use(answerError)
  return app
}

/** @param wire of the classroom in which a step can be chosen, so that commands find it */
function pageRoutes(withWindows: boolean, wire: Wire | undefined): Router {
  const router = express.Router()
  router.get('/', (_request, response) => {
    if (!withWindows) return response.redirect('/wire')
    if (wire) response.set(programHeader, wire.url)
    response.sendFile('index.html', { root: pageDir })
  })
  router.get('/wire', (_request, response) => response.sendFile('index.html', { root: pageDir }))
  for (const style of ['page.css', 'wire.css']) {
    router.get(`/${style}`, (_request, response) => response.sendFile(style, { root: pageDir }))
  }
  router.get('/page.js', async (_request, response) => {
    response.type('js').send(await pageScript(join(pageDir, 'main.tsx')))
  })
  router.use('/static', express.static(join(root, 'static')))
  return router
}

function wireRoutes(wire: Wire): Router {
  const router = express.Router()
  router.get('/record/:id', (request, response) => {
    const id = Number(request.params.id)
    const [record] = Number.isSafeInteger(id) ? wire.records(id - 1) : []
    if (record?.id === id) response.json(detailOf(record))
    else refuse(response, 404, 'Its bytes are gone: the wire keeps those of the last 10,000 records.')
  })
  router.get('/wire.har', (request, response) => {
    const secrets = request.query.secrets === 'yes'
    response.set('x-secrets', secrets ? 'included' : 'left out; /wire.har?secrets=yes has them')
    const name = secrets ? 'on-the-wire-with-secrets.har' : 'on-the-wire.har'
    response.attachment(name).json(toHar(wire.records(), { secrets }))
  })
  return router
}

function lessonRoutes(benchReport?: () => Promise<string>): Router {
  const router = express.Router()
  router.get('/lesson/:step', async (request, response) => {
    response.type('html').send(await lessonOf(findStep(request.params.step)))
  })
  if (benchReport) {
    router.get('/project/bench/newest', async (_request, response) => {
      response.type('html').send(await benchReport())
    })
  }
  router.use('/project', textPages())
  for (const folder of ['steps', 'static', 'bench', 'slides']) {
    const files = express.static(join(root, folder), { setHeaders: showSourceAsText, index: false })
    router.use(`/project/${folder}`, files)
  }
  return router
}

function actionRoutes(actions: ActionHandlers): Router {
  const handlers = new Map(Object.entries(actions))
  const router = express.Router()
  router.post('/:action', express.json({ limit: '10kb' }), async (request, response) => {
    const { action } = request.params
    const handle = handlers.get(action)
    if (!handle) return refuse(response, 404, `Nothing here is called ${JSON.stringify(action)}.`)
    const body: unknown = request.body
    await handle(typeof body === 'object' && body !== null ? { ...body } : {})
    response.json({ ok: true })
  })
  return router
}

const answerError: ErrorRequestHandler = (error, _request, response, _next) => {
  if (error instanceof Advice) return refuse(response, 409, `${error.message} ${error.next}`)
  const status = Number(error.status ?? 500) // Express's own errors have one: 400 for broken JSON
  if (status >= 500) console.error(error)
  refuse(response, status, status >= 500 ? `That went wrong here: ${error.message}` : String(error.message))
}

function refuse(response: Response, status: number, error: string): void {
  response.status(status).json({ error })
}

function showSourceAsText(response: ServerResponse, path: string): void {
  if (/\.(ts|md|sh)$/.test(path)) response.setHeader('content-type', 'text/plain; charset=utf-8')
}

/** Where the page's own files are, absolute. */
const pageDir = join(import.meta.dirname, '..', 'page')
