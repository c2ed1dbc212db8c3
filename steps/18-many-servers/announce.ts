import type { Chat } from './hear.ts'
import { peopleOnline, presence } from './presence.ts'

/** Tells the guests of this server who comes and who leaves, wherever. The other servers tell theirs. */
export function announce(io: Chat): void {
  presence.on('joined', ({ id, username }) => {
    const others = io.local.except(`user:${id}`)
    others.emit('user joined', { username, numUsers: peopleOnline().length })
    others.emit('users', peopleOnline())
  })

  presence.on('left', ({ username }) => {
    io.local.emit('user left', { username, numUsers: peopleOnline().length })
    io.local.emit('users', peopleOnline())
  })
}
