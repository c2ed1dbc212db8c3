import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page listens to keys: Enter is one, and a pasted text comes without one',
  changes: [
    {
      file: 'page/client.ts',
      from: `input.addEventListener('input', () => {`,
      to: `input.addEventListener('keydown', () => {`,
    },
  ],
  fails: 'sending says stop typing, before the message',
  says: 'Enter is a key that types nothing',
} satisfies Wrong
