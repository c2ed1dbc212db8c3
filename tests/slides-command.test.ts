import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { root } from '#shared/course/course'
import { type } from './support/type-command.ts'

const options = '--port 3201, --pdf, --part 2'
const example = 'For example:  npm run slides -- --pdf handout.pdf'

test.concurrent.for([
  ['slides --part 9', 'There is no part "9": there are 1 and 2.\nFor example:  npm run slides -- --part 1'],
  [
    'slides handout.pdf',
    `npm run slides takes a file behind --pdf only, and here is handout.pdf.\n${example}`,
  ],
  ['slides --pfd', `npm run slides does not know --pfd. Its options are: ${options}.\n${example}`],
  [
    'slides --port abc',
    '--port is "abc", and a port is a whole number from 0 to 65535.\nFor example:  npm run slides -- --port 3001',
  ],
] as const)('%s is answered with what to type', async ([line, answer], { onTestFinished: whenFinished }) => {
  expect(await type(root, line, {}, whenFinished).end()).toEqual([1, answer])
})

test('a port that is taken is named', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const [exitCode, words] = await type(root, `slides --port ${port}`).end()
  expect(exitCode).toBe(1)
  expect(words).toMatch(new RegExp(`Port ${port} could not be had.*\n.*--port ${port + 1}`))
})

test('the decks are served until Ctrl-C', async () => {
  const slides = type(root, 'slides --port 0')
  await slides.prints('Ctrl-C ends it')
  const url = /On the Wire: {2}(\S+)/.exec(slides.output())?.[1] ?? ''
  expect((await fetch(url)).status).toBe(200)
  expect(slides.output()).toContain(`for the presenter:  ${url}/presenter`)
  expect(await slides.stop()).toBe(0)
})
