import express, { type Request, type Response, type Router } from 'express'
import { missingPage, postForm } from './board-pages.ts'
import { personOf } from './people.ts'
import { changePost, draft, postOf, removePost, type Post } from './posts.ts'

/** What an author can do with a post, and nobody else. */
export function ownPosts(): Router {
  const router = express.Router()

  router.get('/:id/edit', async (request, response) => {
    const post = await ownPost(request, response)
    if (post) response.send(postForm(`/board/${post.id}/edit`, post))
  })

  router.post('/:id/edit', async (request, response) => {
    const post = await ownPost(request, response)
    if (!post) return
    const { data, error } = draft.safeParse(request.body)
    if (error) {
      const again = postForm(`/board/${post.id}/edit`, request.body, { problem: error.issues[0]?.message })
      return void response.status(400).send(again)
    }
    await changePost(post.id, data)
    request.session.flash = 'Your post is changed.'
    response.redirect(303, '/board')
  })

  router.post('/:id/delete', async (request, response) => {
    const post = await ownPost(request, response)
    if (!post) return
    await removePost(post.id)
    request.session.flash = 'Your post is gone.'
    response.redirect(303, '/board')
  })

  return router
}

/** The post that the address names, when it is theirs who ask; else they have been told why not. */
async function ownPost(request: Request, response: Response): Promise<Post | undefined> {
  const post = await postOf(Number(request.params.id))
  if (!post) response.status(404).send(missingPage('There is no such post.'))
  else if (post.accountId !== (await personOf(request.session))?.id)
    response.status(403).send(missingPage('This post is not yours.'))
  else return post
  return undefined
}
