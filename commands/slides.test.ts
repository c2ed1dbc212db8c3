import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import slides from './slides.ts'

const example = 'For example:  npm run slides -- --pdf handout.pdf'

test.each([
  [
    '--part 9',
    'There is no part "9": there are 1, 2, 3 and hour.',
    'For example:  npm run slides -- --part 1',
  ],
  ['handout.pdf', 'npm run slides takes a file only with --pdf, and you typed handout.pdf.', example],
  [
    '--pfd',
    'npm run slides does not know --pfd. Did you mean --pdf?',
    'What it knows:  npm run slides -- --help',
  ],
  [
    '--port abc',
    '--port is "abc", but a port is a whole number from 0 to 65535.',
    'For example:  npm run slides -- --port 3001',
  ],
])('npm run slides -- %s is answered with what to type', async (typed, message, next) => {
  await expect(slides(typed.split(' '))).rejects.toMatchObject({ message, next })
})

test('a port that is taken is named', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await expect(slides(['--port', String(port)])).rejects.toMatchObject({
    message: expect.stringContaining(`Port ${port} cannot be used`),
    next: expect.stringContaining(`--port ${port + 1}`),
  })
})
