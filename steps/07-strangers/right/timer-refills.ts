import type { Right } from '#shared/check/wrong'

export default {
  story:
    "a timer brings the tenth of a second's share and is cleared on leaving; refusals in socket.data; one function counts and closes",
  changes: [
    {
      file: 'server.ts',
      from: `  let countedAt = performance.now()
  let refusals = 0
  let waiting = 0 // packets that this guest has not fetched
`,
      to: `  const refill = setInterval(() => {
    allowance = Math.min(mostAtOnce, allowance + perSecond / 10)
  }, 100)
  socket.on('disconnect', () => clearInterval(refill))
  const counts = { refused: 0, waiting: 0 }
  const hangUp = () => void socket.conn.close()
`,
    },
    {
      file: 'server.ts',
      from: `    const now = performance.now()
    allowance = Math.min(mostAtOnce, allowance + ((now - countedAt) / 1000) * perSecond)
    countedAt = now
    if (allowance < 1) return refuse(\`Slow down: \${perSecond} a second is the most.\`, sent.at(-1))
    allowance--
    next()
`,
      to: `    if (allowance >= 1) {
      allowance -= 1
      return next()
    }
    refuse('Please breathe between two messages.', sent.at(-1))
`,
    },
    {
      file: 'server.ts',
      from: `  socket.conn.on('flush', () => {
    waiting = 0
  })
  socket.conn.on('packetCreate', () => {
    waiting++
    if (waiting > mostWaiting) socket.conn.close()
  })
`,
      to: `  socket.conn.on('packetCreate', () => ++counts.waiting > mostWaiting && hangUp())
  socket.conn.on('flush', () => (counts.waiting = 0))
`,
    },
    {
      file: 'server.ts',
      from: `    refusals++
    if (refusals > mostRefusals) return socket.conn.close()
`,
      to: `    if (++counts.refused > mostRefusals) return hangUp()
`,
    },
  ],
} satisfies Right
