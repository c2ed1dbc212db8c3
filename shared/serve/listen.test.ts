import { createServer } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { listen } from './listen.ts'

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

test.each(['65536', '1.5', 'http', '-1'])('PORT %j is no port', async (port) => {
  vi.stubEnv('PORT', port)
  const said = vi.spyOn(console, 'error').mockReturnValue()
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('the program has ended')
  })
  await expect(listen(createServer())).rejects.toThrow('the program has ended')
  expect(exit).toHaveBeenCalledWith(1)
  expect(said).toHaveBeenCalledWith(
    `PORT is "${port}", but a port is a whole number from 0 to 65535.\nset PORT to 3001`,
  )
})
