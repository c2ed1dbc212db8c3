import { expect, test, vi } from 'vitest'
import * as browsers from '#shared/check/browser'
import { writeHandout } from './handout.ts'

test('without a browser it says what to do', async () => {
  vi.spyOn(browsers, 'launchBrowser').mockResolvedValue(undefined)
  await expect(writeHandout('part-1', 'never.pdf')).rejects.toMatchObject({
    message: expect.stringContaining('Chrome, Edge or Chromium'),
    next: expect.stringContaining('/part-1/handout'),
  })
})
