import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the field has a maxlength, so the server believes that no text is longer',
  changes: [{ file: 'server.ts', from: ' || text.length > longestMessage', to: '' }],
  fails: 'an empty or an endless text is refused, with a reason',
  says: 'Guests need not use our page, so its limits are not enough',
} satisfies Wrong
