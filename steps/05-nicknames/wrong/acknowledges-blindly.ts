import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'whoever sends add user wants an answer, or so one thinks',
  changes: [
    {
      file: 'server.ts',
      from: `  if (isFunction(acknowledge)) acknowledge({ ok: true })`,
      to: `  const answer = acknowledge as Acknowledge
  answer({ ok: true })`,
    },
  ],
  fails: 'an acknowledgement may be missing, or be no function',
  says: 'Your server stopped',
} satisfies Wrong
