import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the name of a room is put into the list as HTML',
  changes: [
    {
      file: 'page/client.ts',
      from: 'button.textContent = room ?',
      to: 'button.innerHTML = room ?',
    },
  ],
  fails: 'three pages: two in a room, and one outside',
  says: 'roomRow()',
} satisfies Wrong
