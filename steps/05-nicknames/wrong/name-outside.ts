import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'username is declared outside the handler, so the last one to come in names all',
  changes: [
    {
      file: 'server.ts',
      from: `  let username: string | undefined // one per guest: declared outside, all guests would share it
`,
      to: ``,
    },
    {
      file: 'server.ts',
      from: `io.on('connection', (socket) => {`,
      to: `let username: string | undefined

io.on('connection', (socket) => {`,
    },
  ],
  fails: 'a name lets you in, and the others hear of it',
  says: 'is username declared once for all',
} satisfies Wrong
