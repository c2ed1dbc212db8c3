import { createServer, type IncomingMessage } from 'node:http'
import type { Socket as Connection } from 'node:net'
import { join } from 'node:path'
import express, { type Express } from 'express'
import { type DefaultEventsMap, Server, type Socket } from 'socket.io'
import { z } from 'zod'
import { root } from '../course/course.ts'
import { pageScript } from '../serve/page-script.ts'
import { allowance } from './allowance.ts'
import { answering } from './answering.ts'
import { guestFields } from './fields.ts'
import { Refusal, type Roll } from './roll.ts'
import type { DoorEvents, GuestEvents } from './room-events.ts'

const maxPacket = 64_000 // bytes; above it Socket.IO hangs up without a word
const maxConnections = 1_500
const maxFromOneAddress = 300 // connections; a class behind one address is no more
const maxOfOnePerson = 8 // connections: a classroom, a check, and what has not noticed its end yet
const maxWaiting = 200 // packets that a guest has not fetched; then the connection is closed
const maxRefusals = 200 // of one connection; then it is closed
const seatMs = 30_000 // who has the code and takes no seat for so long goes
const newsEveryMs = 500 // a hundred answers to a question in one breath are two or three pieces of news

type GuestData = { person?: number; told?: string }
type Guest = Socket<GuestEvents, DoorEvents, DefaultEventsMap, GuestData>

const pageDir = join(import.meta.dirname, 'page')

export type Door = ReturnType<typeof openDoor>

/**
 * What the class reaches: the room's protocol over Socket.IO, and the phones' page. Nothing of the classroom, of files or of
 * checks is here, and without the code the page is an empty form.
 *
 * @param onChange called when the board would show something else
 */
export function openDoor(roll: Roll, onChange: () => void) {
  const server = createServer(phonePage())
  server.maxConnections = maxConnections
  server.on('connection', countAddresses())
  const io = new Server<GuestEvents, DoorEvents, DefaultEventsMap, GuestData>(server, {
    maxHttpBufferSize: maxPacket,
    connectTimeout: 10_000,
    serveClient: false,
    allowRequest: (request, decide) => decide(null, isFromOwnPage(request)),
  })
  const mayGuess = allowance(20, 1 / 3) // wrong codes of an address: a hundred million codes take it ten years
  const mayJoin = allowance(150, 2) // seats for an address
  const maySend = allowance(30, 5) // events of a person, or of a connection that has no seat yet
  let timer: NodeJS.Timeout | undefined

  /** Soon, and once for all that has changed till then. */
  function tellNews(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      try {
        for (const guest of io.sockets.sockets.values()) tellNewsTo(guest)
      } catch (error) {
        console.error(error) // They hear it with the next change.
      }
    }, newsEveryMs)
  }

  function tellNewsTo(guest: Guest): void {
    const { person } = guest.data
    if (person === undefined) return
    const { place } = roll
    const news = { place: place && inWords(place), question: roll.question(person) }
    const text = JSON.stringify(news)
    if (text === guest.data.told) return
    guest.data.told = text
    guest.emit('news', news)
  }

  function sit(guest: Guest, person: number): void {
    guest.data.person = person
    void guest.join(seatOf(person))
    roll.heard(person)
    tellNewsTo(guest)
    onChange()
  }

  const asked = new WeakSet<object>() // connections; one could carry hundreds of guests, none of them counted yet
  const countOf = (person: number) => io.sockets.adapter.rooms.get(seatOf(person))?.size ?? 0

  io.use((guest, next) => {
    try {
      if (asked.has(guest.conn)) return next(new Error('One connection is one guest.'))
      asked.add(guest.conn)
      const { code, token } = guest.handshake.auth
      const address = addressOf(guest.request)
      const known = typeof token === 'string' ? roll.whoHas(token) : undefined
      if (!known && !mayGuess(address, 0)) {
        return next(new Error('Too many wrong codes came from your address. Wait a minute.'))
      }
      if (typeof code !== 'string' || code.trim().toLowerCase() !== roll.code) {
        mayGuess(address)
        return next(new Error('That is not the code of this room: it stands on the board.'))
      }
      if (known && countOf(known.id) >= maxOfOnePerson) {
        return next(new Error('You are connected too often. Close a window, and wait a minute.'))
      }
      guest.data.person = known?.id
      next()
    } catch (error) {
      console.error(error)
      next(new Error('The room could not look you up: try again.'))
    }
  })

  io.on('connection', (guest) => {
    const name = () => String(guest.data.person ?? guest.id)
    let refusals = 0
    let waiting = 0
    const count = () => {
      if (++refusals > maxRefusals) guest.conn.close()
    }
    guest.use(([, ...sent], next) => {
      if (maySend(name())) return next()
      count()
      const acknowledge = sent.at(-1)
      if (typeof acknowledge === 'function') acknowledge({ ok: false, error: 'Slow down.' })
    })
    guest.conn.on('flush', () => (waiting = 0))
    guest.conn.on('packetCreate', () => {
      if (++waiting > maxWaiting) guest.conn.close()
    })
    const seated = () => {
      const { person } = guest.data
      if (person === undefined) throw new Refusal('You have no seat in this room any more. Join again.')
      return person
    }

    guest.on(
      'join',
      answering(
        guestFields.join,
        ({ name: wanted }) => {
          const { person } = guest.data
          if (person !== undefined) {
            const renamed = wanted === undefined ? '' : roll.rename(person, wanted)
            onChange()
            return { token: guest.handshake.auth.token, name: renamed }
          }
          if (!mayJoin(addressOf(guest.request)))
            throw new Refusal('Too many joined from your address. Wait.')
          const { id, token, name: got } = roll.join(wanted)
          guest.handshake.auth.token = token
          sit(guest, id)
          return { token, name: got }
        },
        count,
      ),
    )
    guest.on(
      'report',
      answering(
        guestFields.report,
        (told) => {
          const answer = roll.report(seated(), told)
          onChange()
          return answer
        },
        count,
      ),
    )
    guest.on(
      'vote',
      answering(
        guestFields.vote,
        ({ question, answer }) => {
          roll.vote(seated(), question, answer)
          tellNews()
          onChange()
        },
        count,
      ),
    )
    guest.on(
      'leave',
      answering(z.unknown(), () => leave(seated()), count),
    )
    guest.once('disconnect', () => {
      try {
        if (guest.data.person !== undefined) roll.heard(guest.data.person)
      } catch (error) {
        console.error(error) // The board says of them that they were heard of a little earlier.
      }
      onChange()
    })

    try {
      if (guest.data.person === undefined) {
        const timeout = setTimeout(() => guest.data.person ?? guest.disconnect(true), seatMs)
        guest.once('disconnect', () => clearTimeout(timeout))
      } else sit(guest, guest.data.person)
    } catch (error) {
      console.error(error)
      guest.conn.close() // It comes again by itself.
    }
  })

  /** Forgets a person; whoever is connected as them has no seat any more. */
  function leave(person: number): void {
    roll.leave(person)
    const there = io.sockets.adapter.rooms.get(seatOf(person)) ?? new Set()
    for (const id of there) {
      const guest = io.sockets.sockets.get(id)
      if (guest) guest.data.person = undefined
      void guest?.leave(seatOf(person))
    }
    onChange()
  }

  return {
    server,
    tellNews,
    leave,
    isHere: (person: number) => countOf(person) > 0,
    /** to the laptops of one person */
    to: (person: number) => io.to(seatOf(person)),
    async close(): Promise<void> {
      clearTimeout(timer)
      await io.close()
    },
  }
}

const seatOf = (person: number) => `seat ${person}`

/** `05`, `05.2` */
function inWords({ step, checkpoint }: { step: number; checkpoint: number }): string {
  return `${String(step).padStart(2, '0')}${checkpoint > 0 ? `.${checkpoint}` : ''}`
}

/** A page from elsewhere has no business here, though a browser would let it open a WebSocket. */
function isFromOwnPage({ headers: { origin, host } }: IncomingMessage): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}

/** Whose request it is. A tunnel's program runs on this machine, and says for whom it asks. */
function addressOf({ socket, headers }: IncomingMessage): string {
  const address = plainAddress(socket)
  const asked = headers['x-forwarded-for']
  return isThisMachine(address) && typeof asked === 'string'
    ? (asked.split(',').at(-1)?.trim() ?? '')
    : address
}

const plainAddress = ({ remoteAddress = '' }: Connection) => remoteAddress.replace('::ffff:', '')
const isThisMachine = (address: string) => address.startsWith('127.') || address === '::1'

/** Hangs up on an address that has too many connections. Who comes through a tunnel comes from this machine. */
function countAddresses(): (connection: Connection) => void {
  const counts = new Map<string, number>()
  return (connection) => {
    const address = plainAddress(connection)
    if (isThisMachine(address)) return
    const count = (counts.get(address) ?? 0) + 1
    counts.set(address, count)
    connection.once('close', () => {
      const left = (counts.get(address) ?? 1) - 1
      if (left > 0) counts.set(address, left)
      else counts.delete(address)
    })
    if (count > maxFromOneAddress) connection.destroy()
  }
}

function phonePage(): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use((_request, response, next) => {
    response.set({
      'content-security-policy':
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    next()
  })
  app.get('/', (_request, response) => response.sendFile('phone.html', { root: pageDir }))
  app.get('/phone.css', (_request, response) => response.sendFile('phone.css', { root: pageDir }))
  app.get('/static/tokens.css', (_request, response) =>
    response.sendFile('tokens.css', { root: join(root, 'static') }),
  )
  app.get('/phone.js', async (_request, response) => {
    response.type('js').send(await pageScript(join(pageDir, 'phone.tsx')))
  })
  app.use((_request, response) => void response.status(404).type('text').send('There is nothing here.\n'))
  return app
}
