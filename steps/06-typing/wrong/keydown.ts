import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page listens to keys, and a pasted text comes without one',
  changes: [
    {
      file: 'page/client.ts',
      from: `input.addEventListener('input', () => {`,
      to: `input.addEventListener('keydown', () => {`,
    },
  ],
  fails: 'nobody sees their own typing',
  says: 'comes without a key',
} satisfies Wrong
