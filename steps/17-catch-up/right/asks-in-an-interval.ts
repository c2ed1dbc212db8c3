import type { Right } from '#shared/check/wrong'

export default {
  story: 'the page asks in an interval, which goes on without a connection',
  changes: [
    {
      file: 'page/client.ts',
      from: `let timer: ReturnType<typeof setTimeout>
`,
      to: `let noLogin: ReturnType<typeof setTimeout>
setInterval(() => {
  if (seen && socket.connected) void catchUp(seen)
}, syncEveryMs)
`,
    },
    {
      file: 'page/client.ts',
      from: `return later(firstWaitMs, () => catchUp(from))
`,
      to: `return void setTimeout(catchUp, firstWaitMs, from)
`,
    },
    {
      file: 'page/client.ts',
      from: `  later(answer.more ? 0 : syncEveryMs, () => seen && catchUp(seen))
}

function later(ms: number, what: () => void) {
  clearTimeout(timer)
  timer = setTimeout(what, ms)
}
`,
      to: `  if (answer.more) void catchUp(seen)
}
`,
    },
    {
      file: 'page/client.ts',
      from: `  catchUp(seen)
  countUnread()
`,
      to: `  clearTimeout(noLogin)
  catchUp(seen)
  countUnread()
`,
    },
    {
      file: 'page/client.ts',
      from: `  later(syncEveryMs, () => socket.io.engine.close()) // No login by then: it was lost.
`,
      to: `  clearTimeout(noLogin)
  noLogin = setTimeout(() => socket.io.engine.close(), syncEveryMs)
`,
    },
  ],
} satisfies Right
