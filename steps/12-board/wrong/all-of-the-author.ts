import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'a change finds the posts by their author, who has two',
  changes: [
    {
      file: 'posts.ts',
      from: `'UPDATE posts SET title = ?, text = ? WHERE id = ?'`,
      to: `'UPDATE posts SET title = ?, text = ? WHERE account_id = (SELECT account_id FROM posts WHERE id = ?)'`,
    },
  ],
  fails: 'only the author can change or delete a post',
  says: 'her other post is as it was',
} satisfies Wrong
