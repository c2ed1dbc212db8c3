import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'old messages are put into the page as HTML, all at once',
  changes: [
    {
      file: 'page/client.ts',
      from: '  for (const { username, message } of kept) say(username, message)',
      to: `  messages.innerHTML = kept.map(({ username, message }) => \`<li>\${username} \${message}</li>\`).join('')`,
    },
  ],
  fails: 'a page shows it, once, also after the server was gone',
  says: 'as if it came just now',
} satisfies Wrong
