import { sql } from 'kysely'
import { z } from 'zod'
import { all, first } from './database.ts'
import { storable } from './text.ts'

/** What stands on the board. */
export interface Post {
  id: number
  accountId: number
  author: string
  title: string
  text: string
  /** when it was published, in ms since 1970 */
  at: number
}

const titleLength = 'A title has 1 to 100 characters.'
const textLength = 'A text has 1 to 5,000 characters.'

/** What a form has to carry, with a sentence for everything else. */
export const draft = z.object(
  {
    title: z.string(titleLength).trim().min(1, titleLength).max(100, titleLength).transform(storable),
    text: z.string(textLength).trim().min(1, textLength).max(5_000, textLength).transform(storable),
  },
  'A post has a title and a text.',
)

const posts = sql`SELECT posts.id, account_id AS "accountId", display_name AS author, title, text, at
  FROM posts JOIN accounts ON accounts.id = account_id`

/** The newest 100, the latest first. */
export function newestPosts(): Promise<Post[]> {
  return all(sql<Post>`${posts} ORDER BY posts.id DESC LIMIT 100`)
}

/** @param id anything else than a whole number is the number of no post */
export async function postOf(id: number): Promise<Post | undefined> {
  return Number.isSafeInteger(id) ? first(sql<Post>`${posts} WHERE posts.id = ${id}`) : undefined
}

/** Keeps a post, and returns its id. */
export async function addPost(author: number, { title, text }: z.infer<typeof draft>): Promise<number> {
  const [post] = await all(
    sql<{ id: number }>`INSERT INTO posts (account_id, title, text, at)
      VALUES (${author}, ${title}, ${text}, ${Date.now()}) RETURNING id`,
  )
  return post!.id
}

export async function changePost(id: number, { title, text }: z.infer<typeof draft>): Promise<void> {
  await all(sql`UPDATE posts SET title = ${title}, text = ${text} WHERE id = ${id}`)
}

export async function removePost(id: number): Promise<void> {
  await all(sql`DELETE FROM posts WHERE id = ${id}`)
}

/** This person has looked at all that is there now. */
export async function seePosts(person: number): Promise<void> {
  if ((await unseenPosts(person)) === 0) return
  await all(
    sql`INSERT INTO boards_seen (account_id, post_id)
      SELECT CAST(${person} AS bigint), coalesce(max(id), 0) FROM posts WHERE true
      ON CONFLICT (account_id) DO UPDATE SET post_id = excluded.post_id`,
  )
}

/** How many posts of others have come since this person has looked. */
export async function unseenPosts(person: number): Promise<number> {
  const unseen = await first(
    sql<{ posts: number }>`SELECT count(*) AS posts FROM posts
      WHERE account_id <> ${person}
      AND id > coalesce((SELECT post_id FROM boards_seen WHERE account_id = ${person}), 0)`,
  )
  return unseen?.posts ?? 0
}
