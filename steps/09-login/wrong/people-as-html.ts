import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the list of people is put together as HTML',
  changes: [
    {
      file: 'page/client.ts',
      from: `  row.append(nameTag(username))
  return row`,
      to: `  row.innerHTML = username
  return row`,
    },
  ],
  fails: 'two people register by the forms, and chat',
  says: 'one row a person',
} satisfies Wrong
