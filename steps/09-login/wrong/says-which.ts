import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the form is kind, and says which of the two is wrong',
  changes: [
    {
      file: 'accounts.ts',
      from: '    const isRight = await',
      to: `    if (!account) return void response.status(401).send(again('There is no such user.'))
    const isRight = await`,
    },
  ],
  fails: 'a wrong password and a wrong name get the same answer',
  says: 'who has an account',
} satisfies Wrong
