import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the form comes again, and the browser shows it, so all is well',
  changes: [
    {
      file: 'accounts.ts',
      from: "response.status(401).send(again('Wrong",
      to: "response.send(again('Wrong",
    },
  ],
  fails: 'a wrong password and a wrong name get the same answer',
  says: 'is refused: 401',
} satisfies Wrong
