import type { Right } from '#shared/check/wrong'

export default {
  story: 'asks for both highest numbers at once, and refuses last',
  changes: [
    {
      file: 'chat.ts',
      from: `    const newest = { messages: await newestMessage(), directs: await newestDirect() }
`,
      to: `    const [messages, directs] = await Promise.all([newestMessage(), newestDirect()])
    const newest = { messages, directs }
`,
    },
    {
      file: 'chat.ts',
      from: `    const before = await keptBefore(person.id, key)
    if (before) return { id: before.id, at: before.at } // sent again: the same answer, and nobody hears it twice
    if (!(await isMember(room, person.id))) throw new Refusal('You are not in this room.')
`,
      to: `    const [before, mayTalk] = await Promise.all([keptBefore(person.id, key), isMember(room, person.id)])
    if (before) return { id: before.id, at: before.at }
    if (!mayTalk) throw new Refusal('You are not in this room.')
`,
    },
  ],
} satisfies Right
