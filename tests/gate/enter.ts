import type { Page } from 'playwright-core'
import { password } from '#shared/check/account'
import { firstWithAccounts, type Step } from '#shared/course/course'

/** From this step on there is a notice board. */
export const firstWithBoard = 9

/**
 * Opens a step's page, as somebody who may speak there: nameless in the first steps, by name from step 5 on, and with an
 * account of that name where it takes one.
 *
 * @param name up to 14 letters and digits
 */
export async function openAs(page: Page, url: string, step: Step, name: string): Promise<void> {
  if (step.number >= firstWithAccounts) {
    await page.goto(`${url}/register`)
    await page.getByLabel('Username').fill(name.replaceAll(' ', '-'))
    await page.getByLabel('Display name').fill(name)
    await page.getByLabel('Password').fill(password)
    await page.keyboard.press('Enter')
  } else await page.goto(url)
  await page.getByText(/connected over|asking every second/).waitFor()
}

/** Gives their name at the door of the page, where it asks for one. */
export async function enter(page: Page, step: Step, name: string): Promise<void> {
  if (step.number >= 5 && step.number < firstWithAccounts) {
    await page.getByRole('textbox', { name: 'What is your name?' }).fill(name)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
}
