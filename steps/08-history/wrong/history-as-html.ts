import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'old messages are put into the page as HTML, all at once',
  changes: [
    {
      file: 'page/client.ts',
      from: `    view.say(username, message, username === myName ? 'mine' : 'theirs', new Date(at))`,
      to: `    document.querySelector('#messages')!.innerHTML += \`<li>\${username} \${message} \${at}</li>\``,
    },
  ],
  fails: 'a page shows it, once, also after the server was gone',
  says: 'the time at which it was said',
} satisfies Wrong
