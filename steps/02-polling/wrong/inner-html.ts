import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'view.ts draws with innerHTML, which looks the same until somebody sends markup',
  changes: [{ file: 'page/view.ts', from: 'line.textContent = text', to: 'line.innerHTML = text' }],
  fails: 'markup stays text',
  says: 'innerHTML makes it part of the page',
} satisfies Wrong
