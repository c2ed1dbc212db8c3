import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each connection has an allowance of its own, as in step 7',
  changes: [
    {
      file: 'throttle.ts',
      from: `export function throttle(socket: Guest): void {`,
      to: `let lastSocket = 0

export function throttle(socket: Guest): void {
  const own = ++lastSocket`,
    },
    {
      file: 'throttle.ts',
      from: `spend(socket.data.person.id)`,
      to: `spend(own)`,
    },
  ],
  fails: 'who floods is told to slow down, in all their tabs together, and nobody else is',
  says: 'share one allowance',
} satisfies Wrong
