import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'who has an account is trusted to behave',
  changes: [
    {
      file: 'throttle.ts',
      from: `    if (spend(socket.data.person.id)) return next()
    refuse(socket, \`Slow down: \${perSecond} a second is the most.\`, sent.at(-1))`,
      to: `    if (spend(socket.data.person.id)) return next()
    next()`,
    },
  ],
  fails: 'who floods is told to slow down, in all their tabs together, and nobody else is',
  says: 'all were accepted',
} satisfies Wrong
