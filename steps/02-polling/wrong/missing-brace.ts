import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a brace was lost, so the page has no script at all',
  changes: [{ file: 'page/client.ts', from: 'async function ask() {', to: 'async function ask()' }],
  fails: "Ben's page shows what Ann sends",
  says: 'client.ts does not compile: Unexpected "}"',
} satisfies Wrong
