import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'localeCompare with sensitivity base is how one compares names: Änn is told that she is called ann already',
  changes: [
    {
      file: 'server.ts',
      from: `if (taken.has(name.toLowerCase())) return`,
      to: `if ([...taken].some((other) => other.localeCompare(name, 'en', { sensitivity: 'base' }) === 0)) return`,
    },
  ],
  fails: 'a name is taken once, whatever its case',
  says: 'two names are the same when their lower case is: Änn is not',
} satisfies Wrong
