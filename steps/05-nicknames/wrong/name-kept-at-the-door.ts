import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'myName is set when the answer is yes and otherwise left alone: who was refused after a cut stands at the door and is let in by the next cut, unasked',
  changes: [
    { file: 'page/client.ts', from: `myName = answer.ok ? name : ''`, to: `if (answer.ok) myName = name` },
  ],
  fails: 'a page that was cut off comes in again by itself, and shows each line once',
  says: 'who is refused stays at the door',
} satisfies Wrong
