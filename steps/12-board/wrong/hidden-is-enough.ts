import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'only the author sees the button, so only the author can press it',
  changes: [
    {
      file: 'own-posts.ts',
      from: `  else if (post.accountId !== personOf(request.session)?.id)
    response.status(403).send(missingPage('This post is not yours.'))
`,
      to: '',
    },
  ],
  fails: 'only the author can change or delete a post',
  says: '403 when the post is somebody else',
} satisfies Wrong
