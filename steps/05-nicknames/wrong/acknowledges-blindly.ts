import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'whoever sends add user wants an answer, or so one thinks',
  changes: [
    {
      file: 'server.ts',
      from: `  if (typeof acknowledge === 'function') acknowledge({ ok: true })`,
      to: `  const answer = acknowledge as (answer: unknown) => void
  answer({ ok: true })`,
    },
  ],
  fails: 'an acknowledgement may be missing, or be no function',
  says: 'Your server stopped',
} satisfies Wrong
