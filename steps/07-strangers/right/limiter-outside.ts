import type { Right } from '#shared/check/wrong'

export default {
  story:
    'the limiter is a function outside that gives back a function, the pile is the write buffer itself, name rules in a list, log lines as templates',
  changes: [
    {
      file: 'server.ts',
      from: `  let allowance = mostAtOnce // what this guest may still send
  let countedAt = performance.now()
  let refusals = 0
  let waiting = 0 // packets that this guest has not fetched

  // Each event costs one. Who has none left is told so, and the others hear nothing of it.
  socket.use(([, ...sent], next) => {
    const now = performance.now()
    allowance = Math.min(mostAtOnce, allowance + ((now - countedAt) / 1000) * perSecond)
    countedAt = now
    if (allowance < 1) return refuse(\`Slow down: \${perSecond} a second is the most.\`, sent.at(-1))
    allowance--
    next()
  })

  socket.conn.on('flush', () => {
    waiting = 0
  })
  socket.conn.on('packetCreate', () => {
    waiting++
    if (waiting > mostWaiting) socket.conn.close()
  })
`,
      to: `  const mayPass = limiter(mostAtOnce, perSecond)
  let refusals = 0

  socket.use((packet, next) => {
    if (mayPass()) next()
    else refuse('You are too fast for us.', packet[packet.length - 1])
  })

  const connection = socket.conn
  connection.on('packetCreate', () => {
    if (connection['writeBuffer'].length >= mostWaiting) connection.close()
  })
`,
    },
    {
      file: 'server.ts',
      from: `function accept(acknowledge: unknown) {`,
      to: `/** A function that says yes as often as it may. */
function limiter(most: number, each: number) {
  let tokens = most
  let last = Date.now()
  return () => {
    const seconds = (Date.now() - last) / 1_000
    last += seconds * 1_000
    tokens = Math.min(most, tokens + seconds * each)
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}

function accept(acknowledge: unknown) {`,
    },
    {
      file: 'server.ts',
      from: `    if (unseen.test(name) || !seen.test(name)) {
      return refuse('A name may only have characters that can be seen.', acknowledge)
    }
    if (taken.has(name.toLowerCase())) return refuse(\`Somebody here is called \${name} already.\`, acknowledge)
`,
      to: `    if (taken.has(name.toLowerCase())) return refuse('Taken!', acknowledge)
    const isVisible = seen.test(name) && !unseen.test(name)
    if (!isVisible) return refuse('We want to read your name.', acknowledge)
`,
    },
    {
      file: 'server.ts',
      from: `console.log('%s joined', JSON.stringify(username))`,
      to: `console.log(\`\${JSON.stringify(username)} joined\`)`,
    },
    {
      file: 'server.ts',
      from: `console.log('%s left', JSON.stringify(username))`,
      to: `console.log(\`\${JSON.stringify(username)} left\`)`,
    },
  ],
} satisfies Right
