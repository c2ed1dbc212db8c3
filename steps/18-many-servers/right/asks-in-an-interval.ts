import type { Right } from '#shared/check/wrong'

export default {
  story: 'the page asks in an interval, which goes on without a connection',
  changes: [
    {
      file: 'page/client.ts',
      from: `let nextSync: ReturnType<typeof setTimeout>
`,
      to: `setInterval(() => {
  if (seen && socket.connected) void catchUp(seen)
}, syncEveryMs)
`,
    },
    {
      file: 'page/client.ts',
      from: `  clearTimeout(nextSync)
  typing = false
`,
      to: `  typing = false
`,
    },
    {
      file: 'page/client.ts',
      from: `  if (!answer.ok) return askAgain(firstWaitMs)
`,
      to: `  if (!answer.ok) return void setTimeout(catchUp, firstWaitMs, from)
`,
    },
    {
      file: 'page/client.ts',
      from: `  askAgain(answer.more ? 0 : syncEveryMs)
}

function askAgain(afterMs: number) {
  clearTimeout(nextSync)
  nextSync = setTimeout(() => seen && catchUp(seen), afterMs)
}
`,
      to: `  if (answer.more) void catchUp(seen)
}
`,
    },
  ],
} satisfies Right
