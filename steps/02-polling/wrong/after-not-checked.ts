import type { Wrong } from '#shared/check/wrong'

export default {
  story:
    'Number() makes a number of anything, and NaN is one: nothing is above it, so the answer is always empty',
  changes: [{ file: 'server.ts', from: '!Number.isSafeInteger(after) || after < 0', to: 'after < 0' }],
  fails: 'an after= that makes no sense is refused',
  says: 'what is Number(request.query.after) for such a value?',
} satisfies Wrong
