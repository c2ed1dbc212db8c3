import express, { type Request, type Router } from 'express'
import { boardPage, postForm } from './board-pages.ts'
import type { Published } from './events.ts'
import { ownPosts } from './own-posts.ts'
import { personOf } from './people.ts'
import { addPost, draft, newestPosts, seePosts, unseenPosts } from './posts.ts'
import { flashOf } from './sessions.ts'
import { spend } from './throttle.ts'

/**
 * The notice board: pages and forms, and nothing that needs a connection to stay open.
 *
 * @param published is told of each new post, once it is kept
 */
export function board(published: (post: Published) => void): Router {
  const router = express.Router()

  router.use((request, response, next) => {
    if (personOf(request.session)) next()
    else response.redirect(303, '/login')
  })

  router.get('/', (request, response) => {
    const { id } = whoAsks(request)
    response.send(boardPage(newestPosts(), id, { flash: flashOf(request) }))
    seePosts(id)
  })

  router.get('/unread', (request, response) => {
    response.json({ posts: unseenPosts(whoAsks(request).id) })
  })

  router.get('/new', (_request, response) => void response.send(postForm('/board/new', {})))

  router.post('/new', (request, response) => {
    const { id, username } = whoAsks(request)
    const { data, error } = draft.safeParse(request.body)
    const again = (problem?: string) => postForm('/board/new', request.body, { problem })
    if (error) return void response.status(400).send(again(error.issues[0]?.message))
    if (!spend(id, 10))
      return void response.status(429).send(again('Slow down: one post a second is the most.'))
    published({ id: addPost(id, data), title: data.title, author: username })
    request.session.flash = 'Your post is on the board.'
    response.redirect(303, '/board') // so that loading the page again does not send the form again
  })

  router.use(ownPosts())
  return router
}

/** Nobody else gets past the first handler. */
function whoAsks({ session }: Request) {
  return personOf(session)!
}
