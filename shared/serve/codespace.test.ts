import { expect, test } from 'vitest'
import { portInCodespace } from './codespace.ts'

const codespace = {
  CODESPACES: 'true',
  CODESPACE_NAME: 'fluffy-chat-4x7',
  GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: 'app.github.dev',
}

test.each([
  ['fluffy-chat-4x7-3000.app.github.dev', '3000'],
  ['fluffy-chat-4x7-41234.app.github.dev', '41234'],
  ['somebody-else-3000.app.github.dev', undefined],
  ['fluffy-chat-4x7-3000.app.github.dev.elsewhere.example', undefined],
  ['fluffy-chat-4x7-.app.github.dev', undefined],
  ['localhost:3000', undefined],
  [undefined, undefined],
])('in a Codespace, the Host %s stands for port %s', (host, port) => {
  expect(portInCodespace(host, codespace)).toBe(port)
})

test('outside of a Codespace no Host stands for one', () => {
  const host = 'fluffy-chat-4x7-3000.app.github.dev'
  expect(portInCodespace(host, { ...codespace, CODESPACES: undefined })).toBeUndefined()
})
