import express, { type Request, type Response, type Router } from 'express'
import { z } from 'zod'
import { personOf } from './accounts.ts'
import { boardPage, missingPage, postForm, type Post } from './board-pages.ts'
import { database } from './database.ts'
import type { Person } from './events.ts'

const draft = z.object(
  {
    title: z
      .string()
      .trim()
      .min(1, 'A title has 1 to 100 characters.')
      .max(100, 'A title has 1 to 100 characters.'),
    text: z
      .string()
      .trim()
      .min(1, 'A text has 1 to 5,000 characters.')
      .max(5_000, 'A text has 1 to 5,000 characters.'),
  },
  'A post has a title and a text.',
)
const typed = z.object({ title: z.string().optional(), text: z.string().optional() }).catch({})

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

/**
 * The notice board: pages and forms, and nothing that needs a connection to stay open.
 *
 * @param published is told of each new post, once it is kept
 */
export function board(published: (post: { id: number; title: string; author: string }) => void): Router {
  const router = express.Router()

  router.use((request, response, next) => {
    if (personOf(request.session)) next()
    else response.redirect(303, '/login')
  })

  router.get('/', (request, response) => {
    const person = whoAsks(request)
    const { flash } = request.session
    delete request.session.flash
    response.send(boardPage(newest.all(), person, { flash }))
    see.run(person.id)
  })

  router.get('/unread', (request, response) => {
    const { id } = whoAsks(request)
    response.json(unseen.get(id, id))
  })

  router.get('/new', (_request, response) => void response.send(postForm('/board/new')))

  router.post('/new', (request, response) => {
    const person = whoAsks(request)
    const { success, data, error } = draft.safeParse(request.body)
    if (!success) {
      const problem = error.issues[0]?.message
      return void response.status(400).send(postForm('/board/new', { ...typed.parse(request.body), problem }))
    }
    const { lastInsertRowid } = insert.run(person.id, data.title, data.text, Date.now())
    published({ id: Number(lastInsertRowid), title: data.title, author: person.username })
    backToBoard(request, response, 'Your post is on the board.')
  })

  router.get('/:id/edit', (request, response) => {
    const post = ownPost(request, response)
    if (post) response.send(postForm(`/board/${post.id}/edit`, post))
  })

  router.post('/:id/edit', (request, response) => {
    const post = ownPost(request, response)
    if (!post) return
    const { success, data, error } = draft.safeParse(request.body)
    if (!success) {
      const again = { ...typed.parse(request.body), problem: error.issues[0]?.message }
      return void response.status(400).send(postForm(`/board/${post.id}/edit`, again))
    }
    update.run(data.title, data.text, post.id)
    backToBoard(request, response, 'Your post is changed.')
  })

  router.post('/:id/delete', (request, response) => {
    const post = ownPost(request, response)
    if (!post) return
    remove.run(post.id)
    backToBoard(request, response, 'Your post is gone.')
  })

  return router
}

/** The post that the address names, when it is theirs who ask; else they have been told why not. */
function ownPost(request: Request, response: Response): Post | undefined {
  const post = byId.get(Number(request.params.id))
  if (!post) response.status(404).send(missingPage('There is no such post.'))
  else if (post.accountId !== whoAsks(request).id)
    response.status(403).send(missingPage('This post is not yours.'))
  else return post
  return undefined
}

/** With a redirect, so that loading the page again does not send the form again. */
function backToBoard(request: Request, response: Response, flash: string) {
  request.session.flash = flash
  response.redirect(303, '/board')
}

function whoAsks({ session }: Request): Person {
  const person = personOf(session)
  if (!person) throw new Error('This page is behind the login.')
  return person
}
