import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'what is not there is not yours either',
  changes: [
    {
      file: 'board.ts',
      from: "response.status(404).send(missingPage('There is no such post.'))",
      to: "response.status(403).send(missingPage('This post is not yours.'))",
    },
  ],
  fails: 'a post that does not exist is 404, in words',
  says: '404 before anything else',
} satisfies Wrong
