import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the name is taken as it was typed, spaces and all',
  changes: [
    { file: 'server.ts', from: `isText(wanted) ? wanted.trim() : ''`, to: `isText(wanted) ? wanted : ''` },
  ],
  fails: 'a name has 1 to 14 characters, without the spaces around it',
  says: 'trim first, then measure',
} satisfies Wrong
