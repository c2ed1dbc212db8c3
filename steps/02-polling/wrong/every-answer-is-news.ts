import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'each answer counts as news, the empty ones as well',
  changes: [{ file: 'page/client.ts', from: 'if (newMessages.length > 0) news += 1', to: 'news += 1' }],
  fails: 'the page counts how often it asked, and how often there was news',
  says: 'news only when messages came',
} satisfies Wrong
