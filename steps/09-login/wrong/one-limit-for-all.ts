import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'attempts are counted for the room together',
  changes: [
    {
      file: 'attempts.ts',
      from: 'failed.get(username) ?? {',
      to: "failed.get('') ?? {",
    },
    {
      file: 'attempts.ts',
      from: 'failed.set(username, known)',
      to: "failed.set('', known)",
    },
  ],
  fails: 'passwords cannot be guessed, and guessing at ann does not lock out ben',
  says: 'share one address',
} satisfies Wrong
