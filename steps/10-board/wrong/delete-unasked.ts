import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'the form to edit is looked after, and delete is forgotten',
  changes: [
    {
      file: 'board.ts',
      from: `    const post = ownPost(request, response)
    if (!post) return
    remove.run(post.id)`,
      to: '    remove.run(Number(request.params.id))',
    },
  ],
  fails: 'only the author can change or delete a post',
  says: 'in each of the three routes',
} satisfies Wrong
