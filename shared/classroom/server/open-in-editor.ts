import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { root } from '../../course/course.ts'
import type { CrashPlace } from '../../run/crash-place.ts'
import { Advice } from '../../terminal/advice.ts'

const waitMs = 1_000 // an editor that is not there says so at once

/**
 * Opens a place in the editor that runs on this machine, or the one that EDITOR names.
 *
 * @throws Advice when there is none, or it does not start
 */
export async function openInEditor({ file, line }: Pick<CrashPlace, 'file' | 'line'>): Promise<void> {
  const { default: launchEditor } = await import('launch-editor')
  const failed = new Promise<string>((resolve) => {
    launchEditor(`${join(root, file)}:${line}`, (_file, reason) => resolve(reason ?? 'none is running'))
  })
  const reason = await Promise.race([failed, setTimeout(waitMs, undefined)])
  if (reason === undefined) return
  throw new Advice(
    `No editor could be opened: ${reason.replace(/\.$/, '')}.`,
    `Open ${file} yourself, at line ${line}; or name your editor for next time:  EDITOR=code npm start`,
  )
}
