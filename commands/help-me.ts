import { describeTold, visitRoom } from '#shared/room/call-room'
import { changeMembership, readMembership } from '#shared/room/membership'
import { Advice } from '#shared/terminal/advice'
import { parseCommand, type CommandSpec } from '#shared/terminal/arguments'
import { say } from '#shared/terminal/wrap'

export const spec = {
  command: 'npm run help-me',
  does: 'Puts up a red note on the board of the room that you have joined: you want help. It comes down when your step passes.',
  options: { done: [true, 'takes the red note down'] },
  example: 'npm run help-me -- --done',
} as const satisfies CommandSpec

/** `npm run help-me`: the red note of a learner, up or down. */
export default async function helpMe(words: string[]): Promise<number> {
  const done = parseCommand(words, spec).flag('done')
  if (!readMembership()) {
    throw new Advice(
      'You have joined no room, so nobody would see the note.',
      'To join one:  npm run join ADDRESS CODE NAME',
    )
  }
  const visit = visitRoom()
  changeMembership({ helpAt: done ? undefined : Date.now() })
  const told = await visit.tell({ waits: true })
  visit.close()
  if (told?.isTold) say(done ? 'Your red note is down.' : 'Your red note is up: somebody comes to you.')
  say(...describeTold(told))
  if (!done) say('When you need no help any more:  npm run help-me -- --done')
  return told?.isTold ? 0 : 1
}
