import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the page is told who is here, and does not show it',
  changes: [
    {
      file: 'page/client.ts',
      from: `socket.on('users', (users) => view.showPeople(users, me.id))
`,
      to: ``,
    },
  ],
  fails: 'two people see each other in the list',
  says: 'view.showPeople',
} satisfies Wrong
