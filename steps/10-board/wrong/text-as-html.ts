import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'people want bold letters in a post',
  changes: [
    {
      file: 'board-pages.ts',
      from: `\${text}</p>`,
      to: `\${new Html(text)}</p>`,
    },
    {
      file: 'board-pages.ts',
      from: 'import { html } from',
      to: 'import { html, Html } from',
    },
  ],
  fails: 'what one publishes, all can read, newest first',
  says: 'keeps what is put in as text',
} satisfies Wrong
