import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'innerHTML, because it is shorter',
  changes: [
    {
      file: 'page/view.ts',
      from: 'line.textContent = text',
      to: 'line.innerHTML = text',
    },
  ],
  fails: 'what Ann writes stands there twice, once as the echo',
  says: 'textContent',
} satisfies Wrong
