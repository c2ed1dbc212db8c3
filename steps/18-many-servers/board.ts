import express, { type Request, type Router } from 'express'
import { boardPage, postForm } from './board-pages.ts'
import type { Published } from './events.ts'
import { logError } from './log.ts'
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

  router.use(async (request, response, next) => {
    if (await personOf(request.session)) next()
    else response.redirect(303, '/login')
  })

  router.get('/', async (request, response) => {
    const { id } = await whoAsks(request)
    const posts = await newestPosts()
    await seePosts(id).catch(logError) // The posts are worth more than the count of new ones.
    response.send(boardPage(posts, id, { flash: flashOf(request) }))
  })

  router.get('/unread', async (request, response) => {
    const { id } = await whoAsks(request)
    response.json({ posts: await unseenPosts(id) })
  })

  router.get('/new', (_request, response) => void response.send(postForm('/board/new', {})))

  router.post('/new', async (request, response) => {
    const { id, username } = await whoAsks(request)
    const { data, error } = draft.safeParse(request.body)
    const again = (problem?: string) => postForm('/board/new', request.body, { problem })
    if (error) return void response.status(400).send(again(error.issues[0]?.message))
    if (!(await spend(id, 10)))
      return void response.status(429).send(again('Slow down: one post a second is the most.'))
    published({ id: await addPost(id, data), title: data.title, author: username })
    request.session.flash = 'Your post is on the board.'
    response.redirect(303, '/board') // so that loading the page again does not send the form again
  })

  router.use(ownPosts())
  return router
}

/** Nobody else gets past the first handler. */
async function whoAsks({ session }: Request) {
  const person = await personOf(session)
  return person!
}
