import { expect, test } from 'vitest'
import { nothingDrifts, nothingDriftsBeside } from './drift.ts'
import { projectTexts, type Texts } from './texts.ts'

// Whatever is changed in one place alone, the gate finds.

/** What is changed: a text in a file, each time that it stands there. */
interface Change {
  what: string
  /** from the project's folder */
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
    says: ['steps/04-broadcast-vs-self/hints.md', 'GLOSSARY.md'],
  },
  {
    what: 'a line of a block',
    file: 'steps/05-nicknames/README.md',
    from: '+    taken.add(name.toLowerCase())',
    to: '+    taken.add(name)',
    says: [
      "steps/05-nicknames/hints.md · the code in line 25 (ts server.ts) is the lesson's",
      'no block of steps/05-nicknames/README.md has this line of server.ts: taken.add(name.toLowerCase())',
    ],
  },
  {
    what: 'a hint, of code that the lesson does not touch,',
    file: 'steps/05-nicknames/hints.md',
    from: '    username = name\n    taken.add',
    to: "import express from 'express'\n// …\n    username = name\n    taken.add",
    says: [
      'steps/05-nicknames/hints.md · the code in line 25',
      "has this line of server.ts: import express from 'express'",
    ],
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
    file: 'steps/12-board/README.md',
    from: '## When not to use a WebSocket',
    to: '## When to use HTTP',
    says: ['GLOSSARY.md', 'there is no heading for #when-not-to-use-a-websocket'],
  },
  {
    what: "a drawing's name",
    file: 'steps/08-history/README.md',
    from: 'kept-first.svg',
    to: 'kept-last.svg',
    says: ['the picture kept-last.svg', 'there is no such file'],
  },
  {
    what: 'the minutes of one row of an agenda',
    file: 'INSTRUCTOR.md',
    from: '| 1:41 | 14 | Bench',
    to: '| 1:41 | 20 | Bench',
    says: ['the agenda of 120 minutes', 'its rows come to 126'],
  },
  {
    what: 'the minutes of a section of the deck',
    file: 'slides/part-1/90-share.md',
    from: '{8 min}',
    to: '{12 min}',
    says: ['INSTRUCTOR.md · the agenda of 124 minutes is that of the deck'],
  },
  {
    what: 'the answer of a quiz',
    file: 'steps/04-broadcast-vs-self/README.md',
    from: 'with the message `Invalid namespace`',
    to: 'with the message `Unknown namespace`',
    says: ['answer 2 of its quiz is tested', 'no answer of the quiz says that'],
  },
]

/** What the gate finds broken, a line each and below it why. */
function broken(texts: Texts): string {
  return [...nothingDrifts(texts.steps, texts), ...nothingDriftsBeside(texts)]
    .filter((kept) => kept.broken !== undefined)
    .map((kept) => `${kept.where} · ${kept.what}\n${kept.broken}\n`)
    .join('')
}

test('where nothing is changed, the gate finds nothing', () => {
  expect(broken(projectTexts)).toBe('')
})

test.each(changes)('the gate finds $what, changed in one place alone', ({ file, from, to, says }) => {
  const right = projectTexts.read(file)
  expect(right).toContain(from)
  const read = (path: string) => (path === file ? right?.replaceAll(from, to) : projectTexts.read(path))
  const found = broken({ ...projectTexts, read })
  for (const words of says) expect(found).toContain(words)
})

test('the gate finds the minutes of a step in course.ts, changed there alone', () => {
  const steps = projectTexts.steps.map((step) => (step.number === 5 ? { ...step, minutes: 25 } : step))
  const found = broken({ ...projectTexts, steps })
  expect(found).toContain('README.md · the row of step 05-nicknames')
  expect(found).toContain('not **25 minutes.**')
  expect(found).toContain('INSTRUCTOR.md · the agenda of 120')
})

test('the gate looks at slides, too', () => {
  const path = 'slides/part-of-a-test/05-nicknames.md'
  const slide =
    '# 05 · Nicknames\n\n## Who are you? {19 min}\n\n`npm run slide`, `add person`, [here](nowhere.md)\n'
  const found = broken({
    ...projectTexts,
    read: (asked) => (asked === path ? slide : projectTexts.read(asked)),
    filesIn: (folder) => [...projectTexts.filesIn(folder), ...(folder === 'slides' ? [path] : [])],
  })
  for (const words of [
    `${path} · the command npm run slide\n`,
    'the event add person',
    'the link to nowhere.md',
    'they come to 19, and course.ts gives step 5 20',
  ]) {
    expect(found).toContain(words)
  }
})
