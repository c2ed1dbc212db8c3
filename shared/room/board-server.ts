import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { createServer } from 'node:http'
import { join } from 'node:path'
import express, { type RequestHandler } from 'express'
import { Server } from 'socket.io'
import { findStep, root } from '../course/course.ts'
import { forTerminal, hintsOf } from '../course/hints.ts'
import { pageScript } from '../serve/page-script.ts'
import { qrAsSvg } from '../share/qr.ts'
import { answering } from './answering.ts'
import { courseOnBoard } from './course-on-board.ts'
import type { Door } from './door.ts'
import { boardFields, type Carries } from './fields.ts'
import { Refusal, type Roll } from './roll.ts'
import type { BoardEvents, BoardState, StateEvents } from './room-events.ts'

const pageDir = join(import.meta.dirname, 'page')
const tellEveryMs = 250

/** What keeps everybody but this machine's own pages away; the classroom's, handed in by the command. */
export interface Local {
  guard: RequestHandler
  headers: RequestHandler
  /** for the handshake of Socket.IO, which Express does not see */
  whyRefused: (request: IncomingMessage) => string | undefined
  /** listens on this machine's own addresses, at that port or the next free one */
  listen: (server: HttpServer, port: number) => Promise<number>
}

/**
 * The instructor's board, for this machine's own pages alone.
 *
 * @param addresses where the class joins
 */
export function openBoard(roll: Roll, door: () => Door, addresses: () => readonly string[], local: Local) {
  const app = express()
  app.disable('x-powered-by')
  app.use(local.headers, local.guard)
  app.get('/', (_request, response) => response.sendFile('board.html', { root: pageDir }))
  app.get('/board.css', (_request, response) => response.sendFile('board.css', { root: pageDir }))
  app.get('/board.js', async (_request, response) => {
    response.type('js').send(await pageScript(join(pageDir, 'board.tsx')))
  })
  app.use('/static', express.static(join(root, 'static')))
  app.use((_request, response) => void response.status(404).type('text').send('There is nothing here.\n'))

  const server = createServer(app)
  const io = new Server<BoardEvents, StateEvents>(server, {
    serveClient: false,
    maxHttpBufferSize: 64_000,
    allowRequest: (request, decide) => decide(null, local.whyRefused(request) === undefined),
  })
  const course = courseOnBoard()
  let timer: NodeJS.Timeout | undefined

  function state(): BoardState {
    const all = addresses()
    return {
      code: roll.code,
      addresses: all,
      qr: `data:image/svg+xml,${encodeURIComponent(qrAsSvg(`${all[0]}/#${roll.code}`))}`,
      now: Date.now(),
      people: roll.people(door().isHere),
      phones: roll.phones(),
      question: roll.question(),
      place: roll.place,
      agenda: roll.agenda,
    }
  }

  /** Soon, and once for all that has changed till then. */
  function changed(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      try {
        if (io.sockets.sockets.size > 0) io.emit('state', state())
      } catch (error) {
        console.error(error) // The board shows it with the next change.
      }
    }, tellEveryMs)
  }

  function tell(to: readonly number[], text: string): void {
    for (const { to: person, note } of roll.tell(to, text)) door().to(person).emit('note', note)
  }

  /** What the board asks for, and what all hear of it. */
  const handlers: { [Name in keyof BoardEvents]: (wanted: Carries<BoardEvents, Name>) => unknown } = {
    tell: ({ to, text }) => tell(to, text),
    async hint({ to, step: number, rung }) {
      const step = findStep(String(number))
      const words = (await hintsOf(step))[rung - 1]
      if (words === undefined) throw new Refusal(`Step ${number} has no hint ${rung}.`)
      tell(to, `Hint ${rung} of step ${number} · ${step.title}\n\n${forTerminal(words)}`)
    },
    take({ to, step: number, checkpoint }) {
      const at = checkpoint > 0 ? ` -- --at ${checkpoint}` : ''
      const place = checkpoint > 0 ? `behind checkpoint ${checkpoint} of step ${number}` : `at step ${number}`
      tell(
        to,
        `Come along: we are ${place}. What you have is saved when you type:  npm run work ${number}${at}`,
      )
    },
    helped({ id }) {
      roll.helped(id)
      door().to(id).emit('helped')
    },
    remove: ({ id }) => door().leave(id),
    ask: ({ text, answers }) => roll.ask(text, answers),
    close: ({ away }) => roll.closeQuestion(away),
    place: (place) => roll.set('place', place),
    agenda: (agenda) => roll.set('agenda', agenda),
  }

  io.on('connection', (board) => {
    course.then((steps) => board.emit('course', steps), console.error)
    try {
      board.emit('state', state())
    } catch (error) {
      console.error(error)
      board.conn.close() // It comes again by itself.
    }
    const on = <Name extends keyof BoardEvents>(name: Name) => {
      const listener = answering(boardFields[name], async (wanted) => {
        await handlers[name](wanted)
        changed()
        door().tellNews()
      })
      board.on<keyof BoardEvents>(name, listener)
    }
    on('tell')
    on('hint')
    on('take')
    on('helped')
    on('remove')
    on('ask')
    on('close')
    on('place')
    on('agenda')
  })

  return {
    server,
    changed,
    async close(): Promise<void> {
      clearTimeout(timer)
      await io.close()
    },
  }
}
