import type { Right } from '#shared/check/wrong'

export default {
  story: 'looks and keeps in one transaction of the database',
  changes: [
    {
      file: 'room-table.ts',
      from: `/** Keeps what somebody says in a room. Throws`,
      to: `/** Looks and keeps at once. */
export const keepOnce = database.transaction(
  (room: number, username: string, message: string, from: number, key: string | undefined, mayKeep: () => void) => {
    const before = byKey.get(from, key)
    if (before) return { kept: before, isNew: false }
    mayKeep()
    return { kept: keepMessage(room, username, message, from, key), isNew: true }
  },
)

/** Keeps what somebody says in a room. Throws`,
    },
    {
      file: 'chat.ts',
      from: `keepMessage, keptBefore, roomMessage`,
      to: `keepOnce, roomMessage`,
    },
    {
      file: 'chat.ts',
      from: `    const before = keptBefore(person.id, key)
    if (before) return { id: before.id, at: before.at } // sent again: the same answer, and nobody hears it twice
    if (!isMember(room, person.id)) throw new Refusal('You are not in this room.')
    const kept = keepMessage(room, username, message, person.id, key) // first of all: what is announced must not be forgotten
    socket.to(`,
      to: `    const { kept, isNew } = keepOnce(room, username, message, person.id, key, () => {
      if (!isMember(room, person.id)) throw new Refusal('You are not in this room.')
    })
    if (isNew) socket.to(`,
    },
  ],
} satisfies Right
