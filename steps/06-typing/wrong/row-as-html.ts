import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a name is put into the row as HTML',
  changes: [
    {
      file: 'page/view.ts',
      from: `row.textContent = \`\${username} is typing\``,
      to: `row.innerHTML = \`\${username} is typing\``,
    },
  ],
  fails: 'a name in a row stays text',
  says: 'textContent shows a name as it is',
} satisfies Wrong
