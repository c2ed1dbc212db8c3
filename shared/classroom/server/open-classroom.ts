import { once } from 'node:events'
import { unwatchFile, watchFile } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import express, { type ErrorRequestHandler, type Response } from 'express'
import { Advice } from '../../terminal/advice.ts'
import { findStep, firstWithAccounts, root, steps, workDir } from '../../course/course.ts'
import { markOpen, readProgress } from '../../course/progress.ts'
import { begin, workStep, type WorkStep } from '../../course/work-folder.ts'
import { qrAsSvg } from '../../share/qr.ts'
import { invitation, invitationFile } from '../../share/open-share.ts'
import type { Wire } from '../../wire/open-wire.ts'
import { openErrands } from './command-runner.ts'
import { guard, headers } from './guard.ts'
import { toHar } from './har.ts'
import { lessonOf } from './lesson-html.ts'
import { listenNear } from './listen-near.ts'
import type { Course, Status } from '../protocol.ts'
import { placeOf, type Room } from './live-program.ts'
import { detailOf } from './row-maker.ts'
import { openAudience } from './event-stream.ts'
import { textPages } from './text-page.ts'

const pageDir = join(import.meta.dirname, '..', 'page')
const usualPort = 3100
const longestCut = 60 // seconds

export interface ClassroomOptions {
  wire: Wire
  /** what was typed, `npm run step 6` */
  command: string
  /** the running program; left out when the wire stands in front of another address */
  room?: Room
  /** what stands behind the wire when there is no room */
  place?: string
  /** lessons, checks and progress; without it the page shows the wire alone */
  withCourse?: boolean
  /** the newest result of the bench as a page, where the lessons lead to */
  benchReport?: () => Promise<string>
  /** default: the first free one from 3100 on */
  port?: number
}

export interface Classroom {
  /** `http://localhost:3100` */
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves the wire's page, and with a course the whole classroom, on 127.0.0.1 alone.
 *
 * @throws Error when none of the ports that it tries is free
 */
export async function openClassroom(options: ClassroomOptions): Promise<Classroom> {
  const { wire, command, room, place = wire.url, withCourse = false, benchReport } = options
  const born = Date.now()
  let cutUntil = 0
  const audience = openAudience(wire, (page) => {
    status().then((now) => page.tell('status', now), console.error)
  })
  const errands = openErrands(
    (said) => {
      audience.tell('said', said)
      if (said.command === 'npm run next' && said.exitCode === 0) workStep().then(openLesson, console.error)
    },
    () => tellStatus(),
  )
  // What is typed in a terminal changes these too. Looking once a second works on every file system.
  const kept = [invitationFile]
  if (withCourse) kept.push(join(root, '.workshop.json'), join(root, 'work', '.step'))
  for (const file of kept) watchFile(file, { interval: 1_000 }, tellStatus)
  room?.on('state', tellStatus)
  room?.on('line', (line, stream) => audience.tell('line', { line, stream }))

  async function status(): Promise<Status> {
    return {
      born,
      url: wire.url,
      place: room ? placeOf(room.folder) : place,
      command,
      program: room?.state,
      faults: wire.faults,
      cutUntil: cutUntil > Date.now() ? cutUntil : 0,
      shared: await sharedNow(),
      course: room && withCourse ? await courseOf(room) : undefined,
    }
  }

  async function courseOf({ folder }: Room): Promise<Course> {
    const [{ passed, open }, work] = await Promise.all([readProgress(), workStep()])
    const running =
      folder.dir === workDir && work
        ? { step: work.step.number, own: true }
        : { step: folder.step.number, own: false }
    return {
      steps: steps.map(({ number, name, title, does, minutes }) => ({
        number,
        name,
        title,
        does,
        minutes,
        passed: passed[number] !== undefined,
      })),
      open: open ?? folder.step.number,
      running,
      withAccounts: running.step >= firstWithAccounts,
      work: work?.step.number,
      busy: errands.busy,
    }
  }

  async function openLesson(work: WorkStep | undefined): Promise<void> {
    if (work) await markOpen(work.step)
    tellStatus()
  }

  function tellStatus(): void {
    status().then((now) => audience.tell('status', now), console.error)
  }

  const app = express()
  app.disable('x-powered-by')
  app.use(headers, guard)
  app.get('/', (_request, response) => {
    if (withCourse) response.sendFile('index.html', { root: pageDir })
    else response.redirect('/wire')
  })
  app.get('/wire', (_request, response) => response.sendFile('index.html', { root: pageDir }))
  app.get('/page.css', (_request, response) => response.sendFile('page.css', { root: pageDir }))
  app.get('/page.js', async (_request, response) => void response.type('js').send(await script()))
  app.use('/static', express.static(join(root, 'static')))

  app.get('/events', (request, response) => audience.welcome(request, response))
  app.get('/record/:id', (request, response) => {
    const id = Number(request.params.id)
    const [record] = Number.isSafeInteger(id) ? wire.records(id - 1) : []
    if (record?.id === id) response.json(detailOf(record))
    else sorry(response, 404, 'Its bytes are gone: the wire keeps those of the last 10,000 records.')
  })
  app.get('/wire.har', (_request, response) => {
    response.attachment('on-the-wire.har').json(toHar(wire.records()))
  })

  if (room && withCourse) {
    app.get('/lesson/:step', async (request, response) => {
      response.type('html').send(await lessonOf(findStep(request.params.step)))
    })
    if (benchReport) {
      app.get('/project/bench/newest', async (_request, response) => {
        response.type('html').send(await benchReport())
      })
    }
    app.use('/project', textPages())
    for (const folder of ['steps', 'static', 'bench', 'slides']) {
      app.use(`/project/${folder}`, express.static(join(root, folder), { setHeaders: asText, index: false }))
    }
  }

  const doings: Record<string, (words: Words) => unknown> = {
    faults: ({ delayMs, bytesPerSecond, refuseWebSocket }) => {
      wire.setFaults({
        delayMs: Number(delayMs),
        bytesPerSecond: Number(bytesPerSecond),
        refuseWebSocket: refuseWebSocket === true,
      })
      tellStatus()
    },
    cut: ({ seconds }) => {
      if (Number(seconds) > longestCut) {
        throw new Advice(`${seconds} s is longer than anybody waits.`, `Take ${longestCut} at most.`)
      }
      const over = wire.cut(Number(seconds))
      cutUntil = Date.now() + Number(seconds) * 1_000
      tellStatus()
      void over.then(tellStatus)
    },
    ...(room && withCourse && teaching(room)),
  }

  /** What the classroom does beside the wire. */
  function teaching({ run }: Room) {
    const errand = (words: readonly string[], extra?: readonly string[]) => {
      const now = errands.busy
      if (!errands.start(words, extra))
        throw new Advice(`${now} is still at work.`, 'Wait until it has ended.')
    }
    const stepOf = ({ step }: Words) => findStep(String(step))
    return {
      open: async (words: Words) => {
        await markOpen(stepOf(words))
        tellStatus()
      },
      run: async (words: Words) => {
        const step = stepOf(words)
        if (words.own !== true) return run({ dir: step.dir, step })
        const work = await workStep()
        if (!work) throw new Advice('There is no work/ yet.', `To begin:  npm run work ${step.number}`)
        return run({ dir: workDir, step: work.step })
      },
      begin: async (words: Words) => {
        const step = stepOf(words)
        const said = (line: string) => audience.tell('said', { command: `npm run work ${step.number}`, line })
        const { saved, changed } = await begin(step)
        if (saved) said(`Saved what was in work/: work.saved/${saved.name}`)
        said(
          changed
            ? `work/ now holds where step ${step.number} · ${step.title} begins. Its lesson says what to change.`
            : `work/ is where step ${step.number} begins already; nothing was changed.`,
        )
        audience.tell('said', { command: `npm run work ${step.number}`, exitCode: 0 })
        await markOpen(step)
        await run({ dir: workDir, step })
      },
      check: (words: Words) => errand(['check', String(stepOf(words).number)], ['--each']),
      hint: (words: Words) => errand(['hint', String(stepOf(words).number)]),
      diff: (words: Words) => errand(['diff', String(stepOf(words).number)]),
      next: () => errand(['next']),
    }
  }

  app.post('/do/:name', express.json({ limit: '10kb' }), async (request, response) => {
    const doing = Object.hasOwn(doings, request.params.name) && doings[request.params.name]
    if (!doing) return sorry(response, 404, `Nothing here is called ${JSON.stringify(request.params.name)}.`)
    const words: unknown = request.body
    await doing(typeof words === 'object' && words !== null ? { ...words } : {})
    response.json({ ok: true })
  })

  app.use((request, response) => sorry(response, 404, `There is no ${request.path} here.`))
  app.use(failed)

  const server = createServer(app)
  const port = await listenNear(server, usualPort, options.port)
  return {
    url: `http://localhost:${port}`,
    async close() {
      for (const file of kept) unwatchFile(file, tellStatus)
      audience.close()
      await errands.stop()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function sharedNow(): Promise<Status['shared']> {
  const found = await invitation()
  return found && { url: found.url, picture: `data:image/svg+xml,${encodeURIComponent(qrAsSvg(found.url))}` }
}

/** What a page has sent: as yet, anything. */
type Words = Record<string, unknown>

const failed: ErrorRequestHandler = (error, _request, response, _next) => {
  if (error instanceof Advice) return sorry(response, 409, `${error.message} ${error.next}`)
  const status = Number(error.status ?? 500) // Express's own errors have one: 400 for broken JSON
  if (status >= 500) console.error(error)
  sorry(response, status, status >= 500 ? `That went wrong here: ${error.message}` : String(error.message))
}

function sorry(response: Response, status: number, error: string): void {
  response.status(status).json({ error })
}

/** Sources are shown as they are. */
function asText(response: ServerResponse, path: string): void {
  if (/\.(ts|md|sh)$/.test(path)) response.setHeader('content-type', 'text/plain; charset=utf-8')
}

let bundled: Promise<string> | undefined

/** The page's script in one file. */
function script(): Promise<string> {
  bundled ??= import('esbuild').then(async ({ build }) => {
    const { outputFiles } = await build({
      entryPoints: [join(pageDir, 'main.tsx')],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      minify: true,
      logLevel: 'silent',
    })
    return outputFiles[0]?.text ?? ''
  })
  return bundled
}
