import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page lets Ann in without reading the answer',
  changes: [
    {
      file: 'page/client.ts',
      from: `myName = answer?.ok ? name : ''`,
      to: `myName = name`,
    },
  ],
  fails: 'a name that is refused stays at the door',
  says: 'may be no',
} satisfies Wrong
