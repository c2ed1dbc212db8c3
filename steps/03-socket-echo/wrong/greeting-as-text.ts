import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the greeting is an object, glued to a text: the log says [object Object]',
  changes: [
    {
      file: 'server.ts',
      from: `console.log('a guest says', JSON.stringify(greeting.messages))`,
      to: 'console.log(`a guest says ${greeting}`)',
    },
  ],
  fails: 'the server prints what a guest says on connecting',
  says: 'which field holds the words?',
} satisfies Wrong
