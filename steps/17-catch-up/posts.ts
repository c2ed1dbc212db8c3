import { z } from 'zod'
import { database } from './database.ts'

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
    title: z.string(titleLength).trim().min(1, titleLength).max(100, titleLength),
    text: z.string(textLength).trim().min(1, textLength).max(5_000, textLength),
  },
  'A post has a title and a text.',
)

const columns = `posts.id, account_id AS accountId, display_name AS author, title, text, at
  FROM posts JOIN accounts ON accounts.id = account_id`
const newest = database.prepare<[], Post>(`SELECT ${columns} ORDER BY posts.id DESC LIMIT 100`)
const byId = database.prepare<[number], Post>(`SELECT ${columns} WHERE posts.id = ?`)
const insert = database.prepare('INSERT INTO posts (account_id, title, text, at) VALUES (?, ?, ?, ?)')
const update = database.prepare('UPDATE posts SET title = ?, text = ? WHERE id = ?')
const remove = database.prepare('DELETE FROM posts WHERE id = ?')
const see = database.prepare('INSERT OR REPLACE INTO boards_seen SELECT ?, coalesce(max(id), 0) FROM posts')
const unseen = database.prepare<[number, number], { posts: number }>(
  `SELECT count(*) AS posts FROM posts
   WHERE account_id <> ? AND id > coalesce((SELECT post_id FROM boards_seen WHERE account_id = ?), 0)`,
)

/** The newest 100, the latest first. */
export function newestPosts(): Post[] {
  return newest.all()
}

export function postOf(id: number): Post | undefined {
  return byId.get(id)
}

/** Keeps a post, and returns its id. */
export function addPost(author: number, { title, text }: z.infer<typeof draft>): number {
  return Number(insert.run(author, title, text, Date.now()).lastInsertRowid)
}

export function changePost(id: number, { title, text }: z.infer<typeof draft>): void {
  update.run(title, text, id)
}

export function removePost(id: number): void {
  remove.run(id)
}

/** This person has looked at all that is there now. */
export function seePosts(person: number): void {
  if (unseenPosts(person) > 0) see.run(person)
}

/** How many posts of others have come since this person has looked. */
export function unseenPosts(person: number): number {
  return unseen.get(person, person)?.posts ?? 0
}
