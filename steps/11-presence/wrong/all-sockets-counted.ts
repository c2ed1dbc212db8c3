import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the tabs of all people are counted together',
  changes: [
    {
      file: 'server.ts',
      from: `io.sockets.adapter.rooms.get(\`user:\${person.id}\`)?.size ?? 0`,
      to: `io.sockets.sockets.size`,
    },
  ],
  fails: 'the tab after the twentieth is turned away, and the others go on',
  says: 'You have 20 tabs open: close one first.',
} satisfies Wrong
