import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a type and a length are checked, and a text of nothing has both',
  changes: [{ file: 'server.ts', from: ` || text.trim() === ''`, to: '' }],
  fails: 'an empty or an endless text is refused, with a reason',
  says: 'the text "" is answered 400',
} satisfies Wrong
