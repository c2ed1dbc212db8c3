import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a locked database is a refusal for good',
  changes: [
    {
      file: 'hear.ts',
      from: `      else refuse(socket, { error: 'It could not be kept: try again.', again: true }, acknowledge)
`,
      to: `      else refuse(socket, { error: 'It could not be kept: try again.' }, acknowledge)
`,
    },
  ],
  fails: 'what cannot be kept just now is tried again',
  says: 'what is no Refusal may be accepted later',
} satisfies Wrong
