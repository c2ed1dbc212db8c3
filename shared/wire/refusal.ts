const text = 'The wire refuses WebSocket, as somebody has asked it to. Long-polling goes on.\n'

/** What a proxy answers that does not know WebSocket. Socket.IO then stays on long-polling. */
export const refusal = Buffer.from(
  [
    'HTTP/1.1 400 Bad Request',
    'Connection: close',
    'Content-Type: text/plain',
    `Content-Length: ${text.length}`,
    '',
    text,
  ].join('\r\n'),
)
