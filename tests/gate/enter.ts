import type { Page } from 'playwright-core'
import { io, type Socket } from 'socket.io-client'
import { newAccount, registration } from '#shared/check/account'
import { firstWithLogin, firstWithSession, type Step } from '#shared/course/course'

/** From this step on there is a notice board. */
export const firstWithBoard = 12

const firstWithNames = 5

/** Whether a step's guests say a name, which need not be that of an account. */
const asksForName = ({ number }: Step) => number >= firstWithNames && number < firstWithSession

/**
 * Opens a step's page, as somebody who may speak there: nameless in the first steps, by name from step 5 on, and with an
 * account of that name where the page is behind a login.
 *
 * @param name up to 14 letters and digits
 */
export async function openAs(page: Page, url: string, step: Step, name: string): Promise<void> {
  if (step.number >= firstWithLogin) {
    const { username, displayName, password } = registration(name)
    await page.goto(`${url}/register`)
    await page.getByLabel('Username').fill(username)
    await page.getByLabel('Display name').fill(displayName)
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
  } else await page.goto(url)
  await page.getByText(/connected over|asking every second/).waitFor()
}

/** Gives their name at the door of the page, where it asks for one. */
export async function enter(page: Page, step: Step, name: string): Promise<void> {
  if (asksForName(step)) {
    await page.getByRole('textbox', { name: 'What is your name?' }).fill(name)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
}

/** Where a step's guests talk. */
export const namespaceOf = ({ number }: Step) => (number === 4 ? '/test' : '/')

/**
 * Connects somebody who may speak in a step, from step 3 on, without a page. A connection that breaks stays broken.
 *
 * @param name as for {@link openAs}
 * @param cookie of an account that is there already; default a new one, where the socket has to belong to one
 * @throws Error when the program does not let them in, or says nothing for 30 s
 */
export async function connectAs(url: string, step: Step, name: string, cookie?: string): Promise<Socket> {
  cookie ??= step.number >= firstWithSession ? await newAccount(url, name) : ''
  const socket = io(url + namespaceOf(step), {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie: cookie ?? '' },
  })
  await new Promise<void>((resolve, reject) => {
    const fail = (why: unknown) => reject(new Error(`${name} is not let in: ${why}`))
    socket.once('connect', resolve)
    socket.once('connect_error', fail)
    socket.once('disconnect', fail) // before it was let in
    setTimeout(fail, 60_000, 'no answer').unref()
  })
  if (asksForName(step)) await socket.emitWithAck('add user', name)
  return socket
}
