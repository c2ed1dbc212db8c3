import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { findStep, root } from '#shared/course/course'
import { runFresh } from '#shared/run/run-fresh'
import { comesIn, says } from '../support/classroom.ts'
import { Classroom } from './classroom.ts'
import { makeFilm } from './film.ts'

const words = [
  'hello? anybody here?',
  'yes! I saw you type that.',
  'no <b>markup</b> gets through, by the way',
  'how many requests did this take?',
  'one, and then it stayed open',
]

/**
 * Takes the README's pictures anew.
 *
 * @returns the files that were written, relative to the project's folder
 */
export async function takeReadmePictures(browser: Browser): Promise<string[]> {
  await writeFile(join(root, 'static', 'wire.svg'), await makeFilm())
  const taken = ['static/wire.svg']
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, reducedMotion: 'reduce' })
  const take = async (file: string) => {
    await page.screenshot({ path: join(root, 'static', file) })
    taken.push(`static/${file}`)
  }

  const classroom = await Classroom.open(page)
  await classroom.openLesson()
  await classroom.talk()
  await classroom.windowOf('Ben').getByRole('textbox').press('t')
  await classroom.windowOf('Ann').getByText('ben is typing').waitFor()
  await take('classroom.png')
  await classroom.refuseWebSocket()
  await page.reload()
  await classroom.talk()
  await classroom.cut(3)
  await take('cut.png')
  await classroom.close()

  const { url, stop } = await runFresh(findStep('6').dir)
  await page.setViewportSize({ width: 1416, height: 768 })
  await page.setContent(`<style>body { margin: 24px; display: flex; gap: 24px; background: #d8d0c4 }
    iframe { width: 560px; height: 600px; zoom: 1.2; border: 0; border-radius: 8px; box-shadow: 0 4px 16px #0004 }</style>
    <iframe title="Ann" src="${url}"></iframe><iframe title="Ben" src="${url}"></iframe>`)
  const [ann, ben] = [page.frameLocator('[title=Ann]'), page.frameLocator('[title=Ben]')]
  await comesIn(ann, 'Ann')
  await comesIn(ben, 'Ben')
  for (const [index, text] of words.entries()) {
    const [speaker, hearer] = index % 2 === 0 ? [ann, ben] : [ben, ann]
    await says(speaker, text)
    await hearer.getByText(text).waitFor()
  }
  await ben.getByRole('textbox').pressSequentially('so where')
  await ann.getByText('Ben is typing').waitFor()
  await take('chat.png')
  await stop()
  await page.close()
  return taken
}
