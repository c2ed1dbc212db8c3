import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what was fetched is counted as waiting: after a thousand packets everybody is hung up on',
  changes: [
    {
      file: 'server.ts',
      from: `    waiting = 0
`,
      to: '',
    },
  ],
  fails: 'who does not read is hung up on, once 1,000 packets wait',
  says: 'what was fetched waits no longer',
} satisfies Wrong
