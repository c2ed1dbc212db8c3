import { createServer, type ServerResponse } from 'node:http'

/** Where open pages wait to be told to load again. */
export interface ReloadServer {
  /** `http://127.0.0.1:49152`, for a page's EventSource */
  readonly url: string
  /** Tells all pages that wait. */
  reload(): void
  close(): void
}

/**
 * Opens it at an address of its own, so that it neither takes one of a browser's six connections to the program nor
 * shows up among the program's bytes.
 */
export async function openReloadServer(): Promise<ReloadServer> {
  const waiting = new Set<ServerResponse>()
  const server = createServer((request, response) => {
    const { host = '', origin } = request.headers
    // Any name may be made to point here; a page that came by another one is not ours.
    // From which port, nobody knows here: a wire may stand in front of the program.
    const isOurs = !origin || /^http:\/\/(([a-z0-9-]+\.)*localhost|127\.0\.0\.1):\d+$/.test(origin)
    if (!/^(localhost|127\.0\.0\.1):\d+$/.test(host) || !isOurs) {
      response.writeHead(403).end()
      return
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      ...(origin && { 'access-control-allow-origin': origin, vary: 'origin' }),
    })
    response.write('retry: 500\n\n')
    waiting.add(response)
    response.once('close', () => waiting.delete(response))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')

  return {
    url: `http://127.0.0.1:${address.port}`,
    reload() {
      for (const response of waiting) response.write('event: reload\ndata:\n\n')
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
