import { expect, test } from 'vitest'
import { hasOwnScreen, openerOf } from './open-browser.ts'

const desk = { env: { DISPLAY: ':0' }, platform: 'linux', isTerminal: true } as const

test('a browser opens where somebody sits before it', () => {
  expect(hasOwnScreen(desk)).toBe(true)
  expect(hasOwnScreen({ ...desk, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBe(true)
  expect(hasOwnScreen({ ...desk, platform: 'darwin', env: {} })).toBe(true)
  expect(hasOwnScreen({ ...desk, platform: 'win32', env: {} })).toBe(true)
})

test('it opens in no pipe, in no CI, at no far end of SSH, and on no machine without a screen', () => {
  expect(hasOwnScreen({ ...desk, isTerminal: false })).toBe(false)
  expect(hasOwnScreen({ ...desk, env: { ...desk.env, CI: 'true' } })).toBe(false)
  expect(hasOwnScreen({ ...desk, env: { ...desk.env, SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' } })).toBe(
    false,
  )
  expect(hasOwnScreen({ ...desk, env: {} })).toBe(false)
})

test('each system has its own command for it', () => {
  const url = 'http://localhost:3100'
  const words = (['darwin', 'win32', 'linux'] as const).map((platform) => openerOf(url, platform))
  expect(words.map(([program]) => program)).toEqual(['open', 'rundll32', 'xdg-open'])
  expect(words.map((all) => all.at(-1))).toEqual([url, url, url])
})
