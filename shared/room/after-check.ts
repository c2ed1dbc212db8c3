import { existsSync } from 'node:fs'
import type { CheckResult } from '../check/job.ts'
import { membershipFile } from './membership-file.ts'

/**
 * For a command that checks `work/`: begins to call the room that was joined, if any, while the check is at work. Who has
 * joined none loads nothing and waits for nothing.
 *
 * @returns a function that remembers a check, tells the room, and gives back what a terminal shows of it; `isDone` says that
 *   the step has passed and broke nothing earlier
 */
export function roomAfterCheck(): (result: CheckResult, isDone: boolean) => Promise<string[]> {
  let visiting: ReturnType<typeof visit> | undefined
  const begin = () => (existsSync(membershipFile) ? (visiting ??= visit()) : undefined)
  void begin()
  return async ({ step, tasks }, isDone) => {
    const room = await begin()
    if (!room) return []
    const passed = tasks.filter(({ state }) => state === 'passed').map(({ name }) => name)
    room.recordCheck(step, passed, isDone)
    return room.describeTold(await room.tell())
  }
}

async function visit() {
  const [{ visitRoom, describeTold }, { recordCheck }] = await Promise.all([
    import('./call-room.ts'),
    import('./membership.ts'),
  ])
  return { ...visitRoom(), describeTold, recordCheck }
}
