import type { Right } from '#shared/check/wrong'

export default {
  story: 'sends in one loop, and sleeps between two tries',
  changes: [
    {
      file: 'page/client.ts',
      from: `  if (!answer.ok && answer.again) return tryAgain()
  waitMs = firstWaitMs
  if (answer.ok) outbox.remove(next.key)
  else outbox.refuse(next, answer.error)
  send()
`,
      to: `  if (answer.ok) outbox.remove(next.key)
  else if (!answer.again) outbox.refuse(next, answer.error)
  else await new Promise((resolve) => setTimeout(resolve, 700))
  await send()
`,
    },
    {
      file: 'page/client.ts',
      from: `function tryAgain() {
  clearTimeout(nextTry)
  nextTry = setTimeout(send, waitMs)
  waitMs = Math.min(waitMs * 2, longestWaitMs)
}

`,
      to: ``,
    },
    {
      file: 'page/client.ts',
      from: `const firstWaitMs = 1_000
const longestWaitMs = 30_000
`,
      to: ``,
    },
    {
      file: 'page/client.ts',
      from: `let waitMs = firstWaitMs // before the next try
let nextTry: ReturnType<typeof setTimeout>
`,
      to: ``,
    },
  ],
} satisfies Right
