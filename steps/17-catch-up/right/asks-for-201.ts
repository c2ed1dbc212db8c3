import type { Right } from '#shared/check/wrong'

export default {
  story: 'the server looks for one more than it sends',
  changes: [
    {
      file: 'catch-up.ts',
      from: `    const messages = messagesSince(has.messages, id, maxAtOnce)
    const directs = directsSince(has.directs, id, maxAtOnce - messages.length)
    return { messages, directs, more: messages.length + directs.length === maxAtOnce }
`,
      to: `    const found = messagesSince(has.messages, id, maxAtOnce + 1)
    const more = directsSince(has.directs, id, maxAtOnce + 1 - found.length)
    const messages = found.slice(0, maxAtOnce)
    const directs = more.slice(0, maxAtOnce - messages.length)
    return { messages, directs, more: found.length + more.length > maxAtOnce }
`,
    },
  ],
} satisfies Right
