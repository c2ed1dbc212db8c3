/** A request that a page makes by itself, to its own server. */
export interface PageRequest {
  method: 'GET' | 'POST'
  /** with its query: `/messages?after=3` */
  path: string
  /** where the page came from, `http://localhost:3000` */
  origin: string
  /** what is sent with a POST */
  body?: string
  contentType?: string
  /** what stands in `Accept`; a page's own script asks for anything */
  accept?: string
  /** the ETag of the answer that the browser still has from the same address */
  etag?: string
}

export type Headers = [name: string, value: string][]

// Chromium 156 on Linux, without the word "Headless". Other browsers send 100 bytes more or less.
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'
const brands = '"Not:A-Brand";v="8", "Chromium";v="156"'

/** The name that our guests give, and that the pages of the comparison are told to give. */
export const guestsUserAgent = userAgent

/**
 * What Chromium writes above a request of a page's own script, in its order: three quarters of it say who asks and not
 * what for. Copied from a capture; tests/browser-headers.test.ts holds it against an installed browser.
 */
export function browserHeaders({ method, origin, body = '', ...request }: PageRequest): Headers {
  const isPost = method === 'POST'
  const headers: (readonly [name: string, value: string | undefined])[] = [
    ['Host', new URL(origin).host],
    ['Connection', 'keep-alive'],
    ['Content-Length', isPost ? String(Buffer.byteLength(body)) : undefined],
    ['sec-ch-ua-platform', '"Linux"'],
    ['User-Agent', userAgent],
    ['Accept', request.accept ?? '*/*'],
    ['sec-ch-ua', brands],
    ['Content-Type', isPost ? request.contentType : undefined],
    ['sec-ch-ua-mobile', '?0'],
    ['Origin', isPost ? origin : undefined],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Sec-Fetch-Mode', 'cors'],
    ['Sec-Fetch-Dest', 'empty'],
    ['Referer', `${origin}/`],
    ['Accept-Encoding', 'gzip, deflate, br, zstd'],
    ['Accept-Language', 'en-US,en;q=0.9'],
    ['If-None-Match', request.etag],
  ]
  return headers.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
}

/** What a Node program writes when nobody tells it more: a quarter of a browser's. */
export function bareHeaders({ method, origin, body = '', contentType = '', etag }: PageRequest): Headers {
  const headers: Headers = [
    ['Host', new URL(origin).host],
    ['Connection', 'keep-alive'],
  ]
  if (method === 'POST') {
    headers.push(['Content-Length', String(Buffer.byteLength(body))], ['Content-Type', contentType])
  }
  if (etag) headers.push(['If-None-Match', etag])
  return headers
}

/** What Chromium adds to the request that asks for a WebSocket; the rest is the protocol's. */
export function webSocketHeaders(origin: string): Record<string, string> {
  return {
    Pragma: 'no-cache',
    'Cache-Control': 'no-cache',
    'User-Agent': userAgent,
    Origin: origin,
    'Accept-Encoding': 'gzip, deflate, br, zstd',
    'Accept-Language': 'en-US,en;q=0.9',
  }
}

/** How many bytes a request takes, with its body: `GET /path HTTP/1.1`, its headers, an empty line (RFC 9112 §2.1). */
export function requestBytes(request: PageRequest, headers: Headers): number {
  const lines = [`${request.method} ${request.path} HTTP/1.1`, ...headers.map((header) => header.join(': '))]
  return Buffer.byteLength(`${lines.join('\r\n')}\r\n\r\n${request.body ?? ''}`)
}
