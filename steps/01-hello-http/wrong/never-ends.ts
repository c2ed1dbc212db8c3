import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'write() sends the words, and leaves the answer open: the page shows them, and loads for ever',
  changes: [
    { file: 'server.ts', from: "response.send('Hello World!')", to: "response.write('Hello World!')" },
  ],
  fails: 'the home page says Hello World!',
  says: 'never ended',
} satisfies Wrong
