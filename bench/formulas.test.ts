import { expect, test } from 'vitest'
import { quantile, randomFrom, spreadOf } from './numbers.ts'
import { moments, sentence } from './messages.ts'
import { layers } from './counts.ts'
import { floorBytes, frameBytes, idleBytesAMinute, overLongPolling, overWebSocket } from './formulas.ts'
import { browserHeaders, requestBytes } from './browser-headers.ts'

const hello = { speaker: 'ann', text: 'hello', acknowledgement: 1 }

test('a WebSocket frame has 2 bytes more than its text, 4 for a mask, 2 or 8 for a length that does not fit', () => {
  expect(frameBytes('2', false)).toBe(3)
  expect(frameBytes('3', true)).toBe(7)
  expect(frameBytes('x'.repeat(125), false)).toBe(127)
  expect(frameBytes('x'.repeat(126), false)).toBe(130)
  expect(frameBytes('x'.repeat(65_535), true)).toBe(65_543)
  expect(frameBytes('x'.repeat(65_536), false)).toBe(65_546)
  expect(frameBytes('é', false)).toBe(4)
})

test('one "hello" among three over WebSocket, written out', () => {
  const up = 6 + '421["new message","hello"]'.length
  const heard = 2 + '42["new message",{"username":"ann","message":"hello"}]'.length
  const accepted = 2 + '431[{"ok":true}]'.length
  expect(overWebSocket([hello], 3)).toEqual({ requests: 0, bytesUp: up, bytesDown: 2 * heard + accepted })
})

test('the same over long-polling, written out as Chromium and Engine.IO wrote it', () => {
  const address = '/socket.io/?EIO=4&transport=polling&t=ay0n73ad&sid=PVfyP6QUjlEk2iNBAAAA'
  const lines = (first: string, ...between: string[]) => [
    `${first} ${address} HTTP/1.1`,
    'Host: localhost:45713',
    'Connection: keep-alive',
    ...between.slice(0, 1),
    'sec-ch-ua-platform: "Linux"',
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36',
    'Accept: */*',
    'sec-ch-ua: "Not:A-Brand";v="8", "Chromium";v="156"',
    ...between.slice(1),
    'sec-ch-ua-mobile: ?0',
    'Sec-Fetch-Site: same-origin',
    'Sec-Fetch-Mode: cors',
    'Sec-Fetch-Dest: empty',
    'Referer: http://localhost:45713/',
    'Accept-Encoding: gzip, deflate, br, zstd',
    'Accept-Language: en-US,en;q=0.9',
  ]
  const bytesOf = (head: string[], body = '') => `${head.join('\r\n')}\r\n\r\n${body}`.length
  const body = '421["new message","hello"]'
  const post = bytesOf(
    lines(
      'POST',
      'Content-Length: 26',
      'Content-type: text/plain;charset=UTF-8',
      'Origin: http://localhost:45713',
    ),
    body,
  )
  const answer = (type: string, text: string) =>
    bytesOf(
      [
        'HTTP/1.1 200 OK',
        `Content-Type: ${type}`,
        `Content-Length: ${text.length}`,
        'cache-control: no-store',
        'Date: Sat, 21 Nov 2026 11:05:48 GMT',
        'Connection: keep-alive',
        'Keep-Alive: timeout=5',
      ],
      text,
    )
  const heard = answer('text/plain; charset=UTF-8', '42["new message",{"username":"ann","message":"hello"}]')
  const accepted = answer('text/plain; charset=UTF-8', '431[{"ok":true}]')
  expect(overLongPolling([hello], 3, 'http://localhost:45713')).toEqual({
    requests: 4,
    bytesUp: post + 3 * bytesOf(lines('GET')),
    bytesDown: answer('text/html', 'ok') + 2 * heard + accepted,
  })
})

test('a server that does not acknowledge saves the speaker a poll', () => {
  const silent = { ...hello, acknowledgement: 0 }
  expect(overLongPolling([silent], 3, 'http://localhost:3000').requests).toBe(3)
  expect(overWebSocket([silent], 1).bytesDown).toBe(0)
})

test('the floor is a frame down to each guest and a masked one up: 42 + 46 / guests for 40 characters', () => {
  expect(floorBytes(40, 10)).toBeCloseTo(42 + 46 / 10)
})

test('a quiet WebSocket takes 24 bytes a minute', () => {
  expect(idleBytesAMinute).toBeCloseTo(24)
})

test('layers: 52 bytes a packet, 22 a TLS record, and what does not fit into one packet takes more', () => {
  const counts = { connections: 1, requests: 0, bytesUp: 100, bytesDown: 200, payload: 0, messages: 3 }
  expect(layers(counts)).toEqual({ payload: 300, withHeaders: 456, underTls: 366 })
  expect(layers({ ...counts, messages: 1, bytesDown: 2_800 }).withHeaders).toBe(2_900 + 3 * 52)
})

test('a request is as long as its letters, with its body in bytes', () => {
  const page = { method: 'POST', path: '/messages', origin: 'http://localhost:1', body: 'é' } as const
  expect(requestBytes(page, [['Host', 'localhost:1']])).toBe(
    'POST /messages HTTP/1.1\r\nHost: localhost:1\r\n\r\n'.length + 2,
  )
  expect(Object.fromEntries(browserHeaders(page))['Content-Length']).toBe('2')
})

test('the same seed says the same, another one something else, and nobody says anything twice', () => {
  const say = (seed: number) => {
    const random = randomFrom(seed)
    return Array.from({ length: 1_000 }, (_, i) => sentence(random, i))
  }
  expect(say(1)).toEqual(say(1))
  expect(say(1)).not.toEqual(say(2))
  expect(new Set(say(3)).size).toBe(1_000)
})

test('moments are so many, in order, and uneven', () => {
  const found = moments(randomFrom(1), 1_000, 500, 1_500)
  const gaps = found.slice(1).map((at, i) => at - (found[i] ?? 0))
  expect(found).toHaveLength(1_000)
  expect(found[0]).toBeGreaterThanOrEqual(500)
  expect(found.at(-1)).toBeLessThan(1_500)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(0)
  // In a Poisson process 37 of 100 gaps are longer than the average one; evenly spaced, none or half would be.
  expect(gaps.filter((gap) => gap > 1).length / gaps.length).toBeCloseTo(Math.exp(-1), 1)
})

test('a median of two lies between them, and a spread has both ends', () => {
  expect(quantile([1, 3], 0.5)).toBe(2)
  expect(spreadOf([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5 })
  expect(() => spreadOf([])).toThrow('no values')
})
