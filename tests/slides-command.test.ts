import { expect, test } from 'vitest'
import { root } from '#shared/course/course'
import { type } from './support/type-command.ts'

test('the decks are served until Ctrl-C', async () => {
  const slides = type(root, 'slides --port 0')
  await slides.prints('Ctrl-C stops it')
  const url = /On the Wire: {2}(\S+)/.exec(slides.output())?.[1] ?? ''
  expect((await fetch(url)).status).toBe(200)
  expect(slides.output()).toContain(`for the presenter:  ${url}/presenter`)
  expect(await slides.stop()).toBe(0)
})
