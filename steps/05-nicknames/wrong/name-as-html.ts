import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the name is put into the page as HTML',
  changes: [
    {
      file: 'page/view.ts',
      from: `name.textContent = username`,
      to: `name.innerHTML = username`,
    },
  ],
  fails: 'markup stays text, in names and in messages',
  says: 'innerHTML makes it part of the page',
} satisfies Wrong
