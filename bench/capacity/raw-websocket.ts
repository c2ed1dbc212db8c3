import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import type { Duplex } from 'node:stream'

/** A WebSocket that counts instead of reading: the generator must not be what is measured. */
export interface RawWebSocket {
  /** Sends a text as one frame. */
  send(text: string): void
  /** how many bytes have come since the last call of {@link RawWebSocket.expect} */
  readonly received: number
  /** From now on, `heard` is called for each so many bytes that have come. */
  expect(frameBytes: number, heard: () => void): void
  /** Waits until this text has come, in a frame somewhere. */
  until(text: string): Promise<void>
  close(): void
}

/**
 * Opens a WebSocket (RFC 6455 §4).
 *
 * @param url `http://localhost:3000/path`
 * @throws Error when the server does not want one
 */
export async function openRawWebSocket(url: string): Promise<RawWebSocket> {
  const asked = request(url, {
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    },
    agent: false,
  })
  asked.end()
  const [, socket, head]: [unknown, Duplex, Buffer] = await new Promise((resolve, reject) => {
    asked.once('error', reject)
    asked.once('response', ({ statusCode }) => reject(new Error(`no WebSocket, but ${statusCode}`)))
    asked.once('upgrade', (answer, duplex, rest) => resolve([answer, duplex, rest]))
  })

  let received = 0
  let frameBytes = Infinity
  let heard = () => {}
  let heardFrames = 0
  let text = head.toString('latin1') // until it is only counted
  let arrived = () => {}

  socket.on('error', () => socket.destroy()) // The server has been stopped.
  socket.on('data', (bytes: Buffer) => {
    if (frameBytes === Infinity) {
      text += bytes.toString('latin1')
      arrived()
      return
    }
    received += bytes.length
    while (heardFrames * frameBytes + frameBytes <= received) {
      heardFrames++
      heard()
    }
  })

  return {
    send: (message) => void socket.write(maskedFrame(message)),
    get received() {
      return received
    },
    expect(bytes, listener) {
      received = 0
      heardFrames = 0
      frameBytes = bytes
      heard = listener
    },
    async until(wanted) {
      while (!text.includes(wanted)) await new Promise<void>((resolve) => (arrived = resolve))
      text = ''
    },
    close() {
      socket.destroy()
      void once(socket, 'close')
    },
  }
}

/** A mask of zeros is a mask as well, and leaves the generator its time (RFC 6455 §5.3 asks for a random one). */
function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const isShort = payload.length < 126
  const head = Buffer.alloc(isShort ? 6 : 8)
  head[0] = 0x81
  head[1] = 0x80 | (isShort ? payload.length : 126)
  if (!isShort) head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}
