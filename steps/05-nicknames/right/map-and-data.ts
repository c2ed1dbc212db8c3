import type { Right } from '#shared/check/wrong'

export default {
  story: 'socket.data and a Map from name to socket, disconnect heard once one is in, other words everywhere',
  changes: [
    {
      file: 'server.ts',
      from: `const taken = new Set<string>() // the names of all who are here, in lower case: one set for everybody
`,
      to: `const guests = new Map<string, string>() // lower-case name → socket id

const keyOf = (name: string) => name.toLowerCase()

function whatIsWrongWith(name: string): string | null {
  if (name.length < 1) return 'Please tell us who you are.'
  if (name.length > longestName) return 'That name is too long.'
  if (guests.has(keyOf(name))) return 'That name is in use, try another.'
  return null
}
`,
    },
    {
      file: 'server.ts',
      from: `  let username: string | undefined // one per guest: declared outside, all guests would share it

  socket.on('add user', (wanted, acknowledge) => {
    if (username) return refuse(\`You are \${username} already.\`, acknowledge)
    const name = isText(wanted) ? wanted.trim() : ''
    if (name === '' || name.length > longestName) {
      return refuse(\`A name has 1 to \${longestName} characters.\`, acknowledge)
    }
    if (taken.has(name.toLowerCase())) return refuse(\`Somebody here is called \${name} already.\`, acknowledge)

    username = name
    taken.add(name.toLowerCase())
    accept(acknowledge)
    socket.emit('login', { numUsers: taken.size })
    socket.broadcast.emit('user joined', { username, numUsers: taken.size })
    console.log(JSON.stringify(username), 'joined')
  })

  socket.on('new message', (message, acknowledge) => {
    if (!username) return refuse('Choose a name before you speak.', acknowledge)
    if (!isText(message))
      return refuse(\`A message is a text of 1 to \${longestMessage} characters.\`, acknowledge)
    accept(acknowledge)
    socket.broadcast.emit('new message', { username, message })
  })

  socket.on('disconnect', () => {
    if (!username) return
    taken.delete(username.toLowerCase())
    socket.broadcast.emit('user left', { username, numUsers: taken.size })
    console.log(JSON.stringify(username), 'left')
  })

  /** Says no to this guest alone: in the acknowledgement when they asked for one, else as an event. */
  function refuse(error: string, acknowledge: unknown) {
    if (typeof acknowledge === 'function') acknowledge({ ok: false, error })
    else socket.emit('refused', { error })
  }
})

function accept(acknowledge: unknown) {
  if (typeof acknowledge === 'function') acknowledge({ ok: true })
}
`,
      to: `  const no = (error: string, reply: unknown) => {
    if (typeof reply === 'function') {
      reply({ ok: false, error })
      return
    }
    socket.emit('refused', { error })
  }
  const others = socket.broadcast

  function moveIn(name: string) {
    const key = keyOf(name)
    socket.data.name = name
    guests.set(key, socket.id)
    socket.once('disconnect', () => {
      guests.delete(key)
      io.emit('user left', { username: name, numUsers: guests.size })
      console.log('<-', name)
    })
  }

  socket.on('add user', (wanted: unknown, reply: unknown) => {
    if (socket.data.name !== undefined) {
      no('One name is enough.', reply)
      return
    }
    const name = typeof wanted === 'string' ? wanted.trim() : ''
    const problem = whatIsWrongWith(name)
    if (problem) {
      no(problem, reply)
      return
    }
    moveIn(name)
    yes(reply)
    const { size: numUsers } = guests
    socket.emit('login', { numUsers })
    others.emit('user joined', { numUsers, username: name })
    console.log('->', name)
  })

  socket.on('new message', (message, reply) => {
    const { name } = socket.data
    if (!name) no('Who are you?', reply)
    else if (!isText(message)) no('Too long, or nothing at all.', reply)
    else {
      yes(reply)
      others.emit('new message', { message, username: name })
    }
  })
})

const yes = (reply: unknown) => {
  if (typeof reply === 'function') reply({ ok: true })
}
`,
    },
  ],
} satisfies Right
