import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'who leaves has a name, or so one thinks, and the server ends with the first guest who turns back at the door',
  changes: [
    {
      file: 'server.ts',
      from: `    if (!username) return
    taken`,
      to: `    taken`,
    },
  ],
  fails: 'who leaves is announced and counted out',
  says: 'Your server stopped: TypeError',
} satisfies Wrong
