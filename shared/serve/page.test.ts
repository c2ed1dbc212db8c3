import { once } from 'node:events'
import { mkdir, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import express from 'express'
import { expect, onTestFinished, test, vi } from 'vitest'
import { programFolder } from '../../tests/support/folders.ts'
import { page } from './page.ts'

/** A folder's page, served to whoever asks. */
async function serve(files: Record<string, string>, inDir?: string) {
  const dir = inDir ?? (await programFolder())
  const write = (name: string, text: string) => writeFile(join(dir, name), text)
  for (const [name, text] of Object.entries(files)) await write(name, text)

  const app = express()
  app.use(page(dir))
  app.use((_request, response) => void response.status(404).send('nothing'))
  const server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`)
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      text: await response.text(),
    }
  }
  return { dir, get, write }
}

test('serves index.html, the bundled script and what all steps share', async () => {
  const { get } = await serve({
    'index.html': '<head></head>',
    'client.ts': "import { word } from './events.ts'\nconsole.log(word as string)",
    'events.ts': "export const word: string = 'from events'",
  })
  expect(await get('/')).toEqual({ status: 200, type: 'text/html; charset=utf-8', text: '<head></head>' })
  const script = await get('/client.js')
  expect(script).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8' })
  expect(script.text).toContain('from events')
  expect(script.text).not.toContain('as string)\n')
  const map: { sources: string[] } = JSON.parse((await get('/client.js.map')).text)
  expect(map.sources).toContain('client.ts')
  expect((await get('/static/style.css')).status).toBe(200)
})

test('serves a page that lies in page/ just so', async () => {
  const dir = await programFolder()
  await mkdir(join(dir, 'page'))
  const { get, write } = await serve(
    {
      'page/index.html': '<p>the page</p>',
      'page/client.ts': "import { word } from '../events.ts'\nconsole.log(word)",
      'events.ts': "export const word: string = 'from events'",
    },
    dir,
  )
  expect((await get('/')).text).toBe('<p>the page</p>')
  expect((await get('/client.js')).text).toContain('from events')
  const told = vi.spyOn(console, 'error').mockReturnValue()
  onTestFinished(() => told.mockRestore())
  await write('page/client.ts', 'const const = 2')
  expect((await get('/client.js')).text).toContain('page/client.ts does not compile')
})

test('leaves everything else, and a page that is not there, to the program', async () => {
  const { get } = await serve({})
  for (const path of ['/', '/client.js', '/server.ts', '/static/nothing']) {
    expect(await get(path)).toMatchObject({ status: 404, text: 'nothing' })
  }
})

test('bundles again once one of the files has changed', async () => {
  const { get, write } = await serve({
    'client.ts': "import { word } from './events.ts'\nconsole.log(word)",
    'events.ts': "export const word = 'old'",
  })
  expect((await get('/client.js')).text).toContain('"old"')
  await write('events.ts', "export const word = 'new'")
  expect((await get('/client.js')).text).toContain('"new"')
})

test('another program takes the bundle that is there, unless a file is not the one that it was made of', async () => {
  const anHourAgo = new Date(Date.now() - 3_600_000)
  const { dir, get } = await serve({ 'client.ts': "console.log('first')" })
  const file = join(dir, 'client.ts')
  const write = async (text: string, changedAt: Date) => {
    await writeFile(file, text)
    await utimes(file, changedAt, changedAt)
  }
  await write("console.log('second')", anHourAgo)
  expect((await get('/client.js')).text).toContain('second')

  await write("console.log('third')", anHourAgo) // As old as the one before: nobody looks inside.
  expect((await (await serve({}, dir)).get('/client.js')).text).toContain('second')
  await write("console.log('fourth')", new Date(anHourAgo.getTime() - 1_000)) // Older: a saved copy was put back.
  expect((await (await serve({}, dir)).get('/client.js')).text).toContain('fourth')
})

test('a client.ts that does not compile says so in the page, until it does', async () => {
  const said = vi.spyOn(console, 'error').mockReturnValue()
  onTestFinished(() => said.mockRestore())
  const { dir, get, write } = await serve({ 'client.ts': 'const a = 1\nconst const = 2' })
  const broken = await get('/client.js')
  const words =
    'client.ts does not compile: Expected identifier but found "const" (client.ts line 2: const const = 2)'
  expect(broken).toMatchObject({ status: 200, type: 'text/javascript; charset=utf-8' })
  expect(broken.text).toContain(`line.textContent = ${JSON.stringify(words)}`)
  expect(said.mock.calls).toEqual([[words]])

  await write('client.ts', "import './another.ts'")
  await utimes(join(dir, 'client.ts'), 0, 0) // long ago: it is another file that mends it
  expect((await get('/client.js')).text).toContain('Could not resolve')
  await write('another.ts', "console.log('mended')")
  expect((await get('/client.js')).text).toContain('"mended"')
})

test('in watch mode the page waits for the word to load again', async () => {
  vi.stubEnv('RELOAD_URL', 'http://127.0.0.1:4000')
  onTestFinished(() => void vi.unstubAllEnvs())
  const { get } = await serve({ 'index.html': '<html><head><title>a</title></head></html>' })
  const { text } = await get('/')
  expect(text).toContain(
    `<title>a</title><script>new EventSource("http://127.0.0.1:4000").addEventListener('reload', () => location.reload())`,
  )
  expect(text).toContain('leave this frame') // the slides' frames listen for it
})
