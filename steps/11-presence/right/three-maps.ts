import type { Right } from '#shared/check/wrong'

export default {
  story: 'three Maps where we have one, the list before the goodbye, other words at the door',
  changes: [
    {
      file: 'presence.ts',
      from: `const here = new Map<number, { person: Person; tabs: number; leaving?: NodeJS.Timeout }>()`,
      to: `const people = new Map<number, Person>()
const tabs = new Map<number, number>()
const timers = new Map<number, NodeJS.Timeout>()`,
    },
    {
      file: 'presence.ts',
      from: `  const known = here.get(person.id)
  clearTimeout(known?.leaving)
  here.set(person.id, { person, tabs: (known?.tabs ?? 0) + 1 })
  return !known
`,
      to: `  const isNew = !people.has(person.id)
  people.set(person.id, person)
  tabs.set(person.id, (tabs.get(person.id) ?? 0) + 1)
  clearTimeout(timers.get(person.id))
  timers.delete(person.id)
  return isNew
`,
    },
    {
      file: 'presence.ts',
      from: `  const known = here.get(id)
  if (!known || --known.tabs > 0) return
  known.leaving = setTimeout(() => {
    here.delete(id)
    left()
  }, graceMs)
`,
      to: `  const others = (tabs.get(id) ?? 1) - 1
  tabs.set(id, others)
  if (others > 0) return
  timers.set(
    id,
    setTimeout(() => {
      people.delete(id)
      tabs.delete(id)
      timers.delete(id)
      left()
    }, graceMs),
  )
`,
    },
    {
      file: 'presence.ts',
      from: `[...here.values()].map(({ person }) => person)`,
      to: `[...people.values()]`,
    },
    {
      file: 'chat.ts',
      from: `    socket.broadcast.emit('users', peopleOnline())
    console`,
      to: `    io.except(mine).emit('users', peopleOnline())
    console`,
    },
    {
      file: 'chat.ts',
      from: `      io.emit('user left', { username, numUsers: peopleOnline().length })
      io.emit('users', peopleOnline())
`,
      to: `      io.emit('users', peopleOnline())
      io.emit('user left', { username, numUsers: peopleOnline().length })
`,
    },
    {
      file: 'server.ts',
      from: `next(new Error(\`You have \${maxTabs} tabs open: close one first.\`))`,
      to: `next(new Error('These are 20 tabs already. Close one, please.'))`,
    },
  ],
} satisfies Right
