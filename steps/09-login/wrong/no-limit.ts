import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'nobody tries so often',
  changes: [
    {
      file: 'attempts.ts',
      from: 'if (known.times >= most) return known.until - now',
      to: 'if (known.times >= 10 * most) return known.until - now',
    },
  ],
  fails: 'passwords cannot be guessed, and guessing at ann does not lock out ben',
  says: '30 were looked at',
} satisfies Wrong
