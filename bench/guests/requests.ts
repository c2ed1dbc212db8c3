import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { createGunzip, createInflate } from 'node:zlib'
import { bareHeaders, browserHeaders, type PageRequest } from '../browser-headers.ts'

export interface Answer {
  status: number
  text: string
  etag: string | undefined
}

/** One guest's HTTP: the connections that a browser keeps to one server, and what it writes above each request. */
export interface Browser {
  ask(request: Omit<PageRequest, 'origin'>): Promise<Answer>
  /** The same, handed over when its head has come: the body goes on. */
  open(request: Omit<PageRequest, 'origin'>): Promise<IncomingMessage>
  close(): void
}

/**
 * @param origin the server's address, `http://localhost:3000`
 * @param bare a Node program's headers in place of a browser's
 */
export function browserAt(origin: string, bare: boolean): Browser {
  const { hostname, port } = new URL(origin)
  const agent = new Agent({ keepAlive: true, maxSockets: 6 }) // as many as a browser opens to one server

  function open(page: Omit<PageRequest, 'origin'>): Promise<IncomingMessage> {
    const asked = { ...page, origin }
    const headers = (bare ? bareHeaders(asked) : browserHeaders(asked)).flat()
    const { method, path } = page
    return new Promise((resolve, reject) => {
      const begin = () => {
        const asking = httpRequest({ hostname, port, agent, method, path, headers }, resolve)
        asking.once('error', (error: NodeJS.ErrnoException) => {
          // The server has closed a kept connection while the request was on its way: a browser asks again, and so do we.
          if (asking.reusedSocket && error.code === 'ECONNRESET') begin()
          else reject(error)
        })
        asking.end(page.body)
      }
      begin()
    })
  }

  return {
    open,
    async ask(page) {
      const answer = await open(page)
      const pieces: Buffer[] = []
      for await (const piece of unpacked(answer)) pieces.push(piece)
      return {
        status: answer.statusCode ?? 0,
        text: Buffer.concat(pieces).toString(),
        etag: answer.headers.etag,
      }
    },
    close: () => agent.destroy(),
  }
}

/** A browser says that it can unpack, and Engine.IO packs what is longer than 1,024 bytes. */
function unpacked(answer: IncomingMessage) {
  const coding = answer.headers['content-encoding']
  if (coding === 'gzip') return answer.pipe(createGunzip())
  return coding === 'deflate' ? answer.pipe(createInflate()) : answer
}
