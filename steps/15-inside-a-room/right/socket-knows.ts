import type { Right } from '#shared/check/wrong'

export default {
  story: 'whether somebody is in the room, the socket knows as well; the history is made by itself',
  changes: [
    {
      file: 'inside-room.ts',
      from: `    if (room === undefined || !isMember(room, id)) return
    if (typingIn !== room) stopTyping()
`,
      to: `    if (room === undefined || !socket.rooms.has(\`room:\${room}\`)) return
    if (typingIn !== undefined && typingIn !== room) stopTyping()
`,
    },
    {
      file: 'inside-room.ts',
      from: `    read(room)
    return { messages: historyOf(room), members: membersOf(room) }
`,
      to: `    const answer = { members: membersOf(room), messages: historyOf(room) }
    read(room)
    return answer
`,
    },
  ],
} satisfies Right
