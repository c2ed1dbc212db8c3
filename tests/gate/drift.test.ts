import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyProject } from '../support/project-copy.ts'
import { type } from '../support/type-command.ts'

// Whatever is changed in one place alone, the gate finds. Each in a copy of the project, by the command that a
// maintainer types.

/** What is changed: a text in a file, each time that it stands there. */
interface Change {
  what: string
  file: string
  from: string
  to: string
  /** what the gate then says: where it is broken, and how */
  says: string[]
}

const changes: Change[] = [
  {
    what: 'a line of a step',
    file: 'steps/04-broadcast-vs-self/server.ts',
    from: 'if (line) test.emit(',
    to: 'if (line) io.emit(',
    says: ['steps/04-broadcast-vs-self/README.md', 'steps/04-broadcast-vs-self/hints.md', 'GLOSSARY.md'],
  },
  {
    what: 'a line above one that the glossary points at',
    file: 'steps/03-socket-echo/server.ts',
    from: 'const app = express()\n',
    to: 'const app = express()\n\n',
    says: ['GLOSSARY.md', 'does not stand in this line; it stands in L29'],
  },
  {
    what: 'a command',
    file: 'package.json',
    from: '"usb": ',
    to: '"stick": ',
    says: ['INSTRUCTOR.md · the command npm run usb', 'package.json has no such script'],
  },
  {
    what: 'a command in a hint',
    file: 'steps/05-nicknames/hints.md',
    from: '## 1 · Where to look\n',
    to: '## 1 · Where to look\n\nType `npm run hnit`.\n',
    says: ['steps/05-nicknames/hints.md · the command npm run hnit'],
  },
  {
    what: 'an option of a command',
    file: 'INSTRUCTOR.md',
    from: 'npm run bench -- --quick',
    to: 'npm run bench -- --fast',
    says: ['INSTRUCTOR.md', 'this command has no option --fast'],
  },
  {
    what: 'an event in events.ts',
    file: 'steps/06-typing/events.ts',
    from: "'stop typing'",
    to: "'stopped typing'",
    says: ['the event stop typing', 'events.ts has no such event', 'the table of events leaves it out'],
  },
  {
    what: 'an event in what an instructor says',
    file: 'INSTRUCTOR.md',
    from: '`stop typing`',
    to: '`stopped typing`',
    says: ['INSTRUCTOR.md · the event stopped typing'],
  },
  {
    what: 'an event in the glossary',
    file: 'GLOSSARY.md',
    from: "emit('display_message'",
    to: "emit('show_message'",
    says: ['GLOSSARY.md · the event show_message'],
  },
  {
    what: 'a call that the glossary leaves out',
    file: 'steps/03-socket-echo/server.ts',
    from: "socket.emit('echo', text)",
    to: "socket.volatile.emit('echo', text)",
    says: ['the call socket.volatile.emit()', 'steps/03-socket-echo/server.ts makes it'],
  },
  {
    what: 'a heading that is linked to',
    file: 'steps/09-board/README.md',
    from: '## When not to use a WebSocket',
    to: '## When to use HTTP',
    says: ['GLOSSARY.md', 'there is no heading for #when-not-to-use-a-websocket'],
  },
  {
    what: "a drawing's name",
    file: 'steps/07-history/README.md',
    from: 'kept-first.svg',
    to: 'kept-last.svg',
    says: ['the picture kept-last.svg', 'there is no such file'],
  },
  {
    what: 'the minutes of a step in course.ts',
    file: 'shared/course/course.ts',
    from: "'names, colours, who is here', 20",
    to: "'names, colours, who is here', 25",
    says: [
      'README.md · the row of step 05-nicknames',
      'not **25 minutes.**',
      'INSTRUCTOR.md · the agenda of 120',
    ],
  },
  {
    what: 'the minutes of one row of an agenda',
    file: 'INSTRUCTOR.md',
    from: '| 1:41 | 15 | Bench',
    to: '| 1:41 | 20 | Bench',
    says: ['the agenda of 120 minutes', 'its rows come to 125'],
  },
  {
    what: 'the minutes of a section of the deck',
    file: 'slides/part-1/90-share.md',
    from: '{10 min}',
    to: '{12 min}',
    says: ['INSTRUCTOR.md · the agenda of 122 minutes is that of the deck'],
  },
  {
    what: 'the answer of a quiz',
    file: 'steps/04-broadcast-vs-self/README.md',
    from: 'with the message `Invalid namespace`',
    to: 'with the message `Unknown namespace`',
    says: ['answer 2 of its quiz is tested', 'no answer of the quiz says that'],
  },
]

let folder = '' // one copy, in which one thing after the other is changed and put back

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'on-the-wire-'))
  await copyProject(folder)
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

const gate = () => type(folder, 'test-course --promise 4').end()

test('where nothing is changed, the gate finds nothing', async () => {
  const [exitCode, output] = await gate()
  expect(output).not.toContain('BROKEN')
  expect(exitCode).toBe(0)
})

test.each(changes)('the gate finds $what, changed in one place alone', async ({ file, from, to, says }) => {
  const path = join(folder, file)
  const right = await readFile(path, 'utf8')
  expect(right).toContain(from)
  await writeFile(path, right.replaceAll(from, to))
  const [exitCode, output] = await gate()
  await writeFile(path, right)
  for (const words of says) expect(output).toContain(words)
  expect(exitCode).toBe(1)
})

test('the gate looks at slides, too', async () => {
  const deck = join(folder, 'slides', 'part-of-a-test')
  await mkdir(deck, { recursive: true })
  const slide =
    '# 05 · Nicknames\n\n## Who are you? {19 min}\n\n`npm run slide`, `add person`, [here](nowhere.md)\n'
  await writeFile(join(deck, '05-nicknames.md'), slide)
  const [exitCode, output] = await gate()
  await rm(deck, { recursive: true })
  for (const words of [
    'slides/part-of-a-test/05-nicknames.md · the command npm run slide\n',
    'the event add person',
    'the link to nowhere.md',
    'they come to 19, and course.ts gives step 5 20',
  ]) {
    expect(output).toContain(words)
  }
  expect(exitCode).toBe(1)
})
