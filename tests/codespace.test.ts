import { once } from 'node:events'
import { createServer, request } from 'node:http'
import express from 'express'
import { io } from 'socket.io-client'
import { expect, onTestFinished, test, vi } from 'vitest'
import { registration } from '#shared/check/account'
import { findStep, steps } from '#shared/course/course'
import { guard } from '#shared/classroom/server/guard'
import { runFresh } from '#shared/run/run-fresh'

// What a Codespace's door sends to a program at port 3000: github.com/symfony/demo/issues/1542.
const codespace = {
  CODESPACES: 'true',
  CODESPACE_NAME: 'fluffy-chat-4x7',
  GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN: 'app.github.dev',
}
const host = 'fluffy-chat-4x7-3000.app.github.dev'
const fromDoor = { host, 'x-forwarded-host': host, 'x-forwarded-proto': 'https' }
const ownPage = { ...fromDoor, origin: 'http://localhost:3000' } // the door has written it over its own address
const otherPage = { ...fromDoor, origin: 'https://elsewhere.example' } // the door leaves others as they were

interface Answer {
  status: number | undefined
  text: string
  cookie: string
}

/** Unlike fetch, this sends the Host that it is given. */
function ask(url: string, headers: Record<string, string>, form?: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method: form ? 'POST' : 'GET',
      headers: { ...headers, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
    })
    asked.once('error', reject)
    asked.once('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.once('end', () => {
        const cookies = (response.headers['set-cookie'] ?? []).map((line) => line.replace(/;.*/, ''))
        resolve({ status: response.statusCode, text, cookie: cookies.join('; ') })
      })
    })
    asked.end(form && String(new URLSearchParams(form)))
  })
}

const connects = (url: string, extraHeaders: Record<string, string>) =>
  new Promise<boolean>((resolve) => {
    const guest = io(url, { transports: ['websocket'], reconnection: false, extraHeaders })
    onTestFinished(() => void guest.close())
    guest.once('connect', () => resolve(true))
    guest.once('connect_error', () => resolve(false))
  })

const withAccounts = steps.filter(({ number }) => number >= 9)

test.each(withAccounts)('step $number lets its own pages in, in a Codespace', async ({ number, dir }) => {
  const program = await runFresh(dir, { compiled: true, env: codespace })
  onTestFinished(() => program.stop().then(() => undefined))
  const { status, cookie } = await ask(`${program.url}/register`, ownPage, registration('Ann'))
  expect(status).toBe(303)
  expect(await connects(program.url, { ...ownPage, cookie })).toBe(true)
  if (number < 10) return // step 10 is the one that refuses other origins
  expect((await ask(`${program.url}/register`, otherPage, registration('Eve'))).status).toBe(403)
  expect(await connects(program.url, { ...otherPage, cookie })).toBe(false)
})

test('on any other machine, an Origin that is not the Host stays foreign', async () => {
  const program = await runFresh(findStep('10').dir, { compiled: true, env: { CODESPACES: '' } })
  onTestFinished(() => program.stop().then(() => undefined))
  expect((await ask(`${program.url}/register`, ownPage, registration('Ann'))).status).toBe(403)
})

test('whatever runs programs says at a public address where it is to be had', async () => {
  for (const [name, value] of Object.entries(codespace)) vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
  const server = createServer(express().use(guard)).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`
  const { status, text } = await ask(url, { host: 'fluffy-chat-4x7-3100.app.github.dev' })
  expect(status).toBe(403)
  expect(text).toContain('gh codespace code')
})
