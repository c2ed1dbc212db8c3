import type { Wrong } from '#shared/check/wrong'

export default {
  story: 'everybody gets the list of the one who has created the room',
  changes: [
    {
      file: 'server.ts',
      from: "io.to(userRoom(id)).emit('rooms', roomsFor(id))",
      to: "io.to(userRoom(id)).emit('rooms', roomsFor(everybody()[0]?.id ?? id))",
    },
  ],
  fails: 'a room that is created stands in everybody’s list',
  says: 'each as they see it',
} satisfies Wrong
