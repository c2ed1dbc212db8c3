import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import { expect, onTestFinished, test, vi } from 'vitest'
import { overflow, violations } from '#shared/check/accessible'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { findStep, programFilesIn } from '#shared/course/course'
import { taskNames } from '#shared/course/tasks'
import { begin } from '#shared/course/work-folder'
import * as sharing from '#shared/share/open-share'
import { nameField } from '#shared/room/fields'
import type { Note, RoomNews } from '#shared/room/room-events'
import { startClassroom } from './support/classroom.ts'
import { projectCopy } from './support/folders.ts'
import { board, call, joins, report, room } from './support/room.ts'
import { type } from './support/type-command.ts'

// The room as it stands on the instructor's laptop, and laptops and phones that are clients of Socket.IO.

const escapeSequence = '\u001B]0;mine\u0007' // a terminal takes it for its title
const browser = await sharedBrowser()
if (!browser) console.log(`The board's page is not looked at: ${noBrowser}.`)

/** Why somebody is not let in. */
async function refusal(url: string, auth: object): Promise<string> {
  const socket = call(url, auth)
  const [error] = await once(socket as unknown as NodeJS.EventEmitter, 'connect_error')
  return error.message
}

test.each([30, 100])('%i laptops tell the same as the board shows, to the task', async (count) => {
  const open = await room()
  const shown = board(open)
  const seats = await Promise.all(Array.from({ length: count }, (_, n) => joins(open, `person ${n}`)))
  const passed = (n: number) => Array.from({ length: n % 7 }, (_, task): [number, number] => [task + 1, 60])
  await Promise.all(
    seats.map(({ socket }, n) =>
      report(socket, {
        step: 4,
        steps: [{ number: 4, tasks: passed(n), doneAgo: n % 7 === 6 ? 30 : undefined }],
      }),
    ),
  )
  await shown.shows(({ people }) => {
    expect(people).toHaveLength(count)
    for (const person of people) {
      const n = Number(person.name.slice(7))
      expect([person.step, person.tasks[4] ?? 0, person.done[4] !== undefined, person.isHere]).toEqual([
        4,
        n % 7,
        n % 7 === 6,
        true,
      ])
    }
  })
})

test('names that are taken get a number; a laptop under another address is known by its token', async () => {
  const open = await room()
  const [ann, other, third] = [
    await joins(open, 'Ann'),
    await joins(open, ' ann'),
    await joins(open, 'ＡＮＮ'),
  ]
  expect([ann.name, other.name, third.name]).toEqual(['Ann', 'ann 2', 'ＡＮＮ 3'])
  await report(ann.socket, { step: 2 })
  ann.socket.disconnect()
  const back = call(open.door.replace('127.0.0.1', 'localhost'), { code: open.code, token: ann.token })
  await report(back, { step: 3 })
  const shown = board(open)
  await shown.shows(({ people }) => expect(people.map(({ step }) => step)).toEqual([3, undefined, undefined]))
})

test('a wrong code, no seat, somebody else: nobody is seen or changed', async () => {
  const open = await room()
  const ann = await joins(open, 'Ann')
  await report(ann.socket, { step: 3 })
  expect(await refusal(open.door, { code: 'wrongs', token: ann.token })).toContain('not the code')
  expect(await refusal(open.door, {})).toContain('not the code')
  const guest = call(open.door, { code: open.code, token: 'made up' })
  expect(await report(guest, { step: 9 })).toMatchObject({ ok: false })
  expect(await guest.emitWithAck('leave')).toMatchObject({ ok: false })
  // What the board may do is nothing that the door knows.
  guest.emit('remove', { id: 1 })
  guest.emit('tell', { to: [1], text: 'hello' })
  expect(await report(ann.socket, { step: 3 })).toMatchObject({ ok: true, notes: [] })
  const shown = board(open)
  await shown.shows(({ people }) =>
    expect(people.map(({ name, step }) => [name, step])).toEqual([['Ann', 3]]),
  )
})

test('a long name that is taken gets a number, and stays short enough for the laptop to keep', async () => {
  const open = await room()
  const seats = [await joins(open, 'x'.repeat(24)), await joins(open, 'x'.repeat(24))]
  const emoji = [await joins(open, '😀'.repeat(12)), await joins(open, '😀'.repeat(12))]
  expect(seats.map(({ name }) => name)).toEqual(['x'.repeat(24), `${'x'.repeat(22)} 2`])
  expect(emoji[1]?.name).toBe(`${'😀'.repeat(11)} 2`)
  for (const { name } of [...seats, ...emoji]) expect(nameField.parse(name)).toBe(name)
})

test('a name that no room gives does not reach the terminal, and is not kept', async () => {
  const server = createServer()
  const falseRoom = new Server(server)
  onTestFinished(() => falseRoom.close())
  falseRoom.on('connection', (laptop) =>
    laptop.on('join', (_wanted, acknowledge) =>
      acknowledge({ ok: true, token: 'any', name: `Ann${escapeSequence}` }),
    ),
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const folder = await projectCopy()
  const { port } = server.address() as AddressInfo
  const [exitCode, output] = await type(folder, `join http://127.0.0.1:${port} abcdef Ann`).end()
  expect([exitCode, output]).toEqual([1, expect.stringContaining('is no room.')])
  expect(output).not.toContain(escapeSequence)
  expect(existsSync(join(folder, '.workshop.json.room'))).toBe(false)
})

test('tasks that a step does not have are refused, and what was told before stays', async () => {
  const open = await room()
  const ann = await joins(open, 'Ann')
  const count = taskNames(findStep('1')).length
  const told = (tasks: [number, number][]) => report(ann.socket, { step: 1, steps: [{ number: 1, tasks }] })
  expect(await told([[count, 5]])).toMatchObject({ ok: true })
  expect(await told([[count + 1, 5]])).toEqual({ ok: false, error: 'No such task.' })
  const tooMany = Array.from({ length: count + 1 }, (): [number, number] => [1, 5])
  expect(await told(tooMany)).toEqual({ ok: false, error: 'No such task.' })
  const shown = board(open)
  await shown.shows(({ people }) => expect(people[0]?.tasks).toEqual({ 1: 1 }))
})

test('a connection is one guest, however often it asks for a seat in one request', async () => {
  const open = await room()
  const { token } = await joins(open, 'Ann')
  const polling = `${open.door}/socket.io/?EIO=4&transport=polling`
  const { sid } = JSON.parse((await (await fetch(polling)).text()).slice(1))
  const ask = `40${JSON.stringify({ code: open.code, token })}`
  await fetch(`${polling}&sid=${sid}`, { method: 'POST', body: Array(20).fill(ask).join('\x1e') })
  let heard = ''
  await expect
    .poll(async () => (heard += await (await fetch(`${polling}&sid=${sid}`)).text()), { timeout: 20_000 })
    .toMatch(/40\{"sid"[^]*One connection is one guest|One connection is one guest[^]*40\{"sid"/)
  expect(heard.split('40{"sid"')).toHaveLength(2)
})

test('who guesses codes is slowed, and who has a seat is not', async () => {
  const open = await room()
  const ann = await joins(open, 'Ann')
  for (let n = 0; n < 20; n++) expect(await refusal(open.door, { code: 'aaaaaa' })).toContain('not the code')
  expect(await refusal(open.door, { code: open.code })).toContain('Wait a minute')
  const again = call(open.door, { code: open.code, token: ann.token })
  expect(await report(again, {})).toMatchObject({ ok: true })
})

test('what strangers send is refused, markup stays text, and the others go on', async () => {
  const open = await room()
  const ann = await joins(open, '<b>Ann</b>')
  const cleo = await joins(open, 'Cleo')
  for (const name of ['', ' ', 'x'.repeat(25), 'a\u202Eb', '\u200B', 7, null, {}]) {
    const answer = await call(open.door, { code: open.code }).emitWithAck('join', { name })
    expect(answer).toMatchObject({ ok: false })
  }
  for (const odd of [null, 'x', { steps: 'x' }, { steps: [{ number: 99, tasks: [] }] }, { step: 1e9 }]) {
    expect(await cleo.socket.emitWithAck('report', odd)).toMatchObject({ ok: false })
  }
  const flood = await Promise.all(Array.from({ length: 60 }, () => report(cleo.socket, {})))
  expect(flood.filter(({ ok }) => !ok).length).toBeGreaterThan(10)
  expect(flood.find(({ ok }) => !ok)).toEqual({ ok: false, error: 'Slow down.' })
  const gone = once(cleo.socket as unknown as NodeJS.EventEmitter, 'disconnect')
  cleo.socket.emit('report', 'x'.repeat(100_000))
  await gone
  expect(await report(ann.socket, { step: 1 })).toMatchObject({ ok: true })
})

test('the door has the API and the phones’ page, and nothing of the classroom, files or checks', async () => {
  const { door, url } = await room()
  for (const path of ['/', '/phone.css', '/phone.js', '/static/tokens.css']) {
    expect((await fetch(door + path)).status).toBe(200)
  }
  const others =
    '/board.js /events /lesson/1 /api/check /project/README.md /static/../package.json /static/%2e%2e/package.json /.data /wire'
  for (const path of others.split(' ')) expect([path, (await fetch(door + path)).status]).toEqual([path, 404])
  expect((await fetch(door, { method: 'POST' })).status).toBe(404)
  const foreign = io(door, {
    extraHeaders: { origin: 'http://elsewhere.example' },
    transports: ['websocket'],
  })
  onTestFinished(() => void foreign.disconnect())
  await once(foreign as unknown as NodeJS.EventEmitter, 'connect_error')
  const atBoard = io(url, { extraHeaders: { origin: door }, transports: ['websocket'] })
  onTestFinished(() => void atBoard.disconnect())
  await once(atBoard as unknown as NodeJS.EventEmitter, 'connect_error')
})

test('hints, words and the red note reach one person; a question reaches all, and its bars who has answered', async () => {
  const open = await room()
  const shown = board(open)
  const [ann, ben, phone] = [await joins(open, 'Ann'), await joins(open, 'Ben'), await joins(open)]
  await report(ann.socket, { step: 4, helpAgo: 70 })
  await report(ben.socket, { step: 4, helpAgo: 10 })
  await shown.shows(({ people }) =>
    expect(people.map(({ helpAt }) => helpAt !== undefined)).toEqual([true, true]),
  )
  const [id = 0] = shown.state?.people.map((person) => person.id) ?? []

  const heard = once(ann.socket as unknown as NodeJS.EventEmitter, 'note')
  expect(await shown.socket.emitWithAck('hint', { to: [id], step: 4, rung: 2 })).toEqual({ ok: true })
  const [note]: Note[] = await heard
  expect(note?.text).toMatch(/^Hint 2 of step 4 · Broadcast or self\n\n/)
  expect(await report(ben.socket, { step: 4, helpAgo: 10 })).toMatchObject({ notes: [] })
  await shown.socket.emitWithAck('helped', { id })
  expect(await report(ann.socket, { step: 4, helpAgo: 70, noted: note?.id })).toMatchObject({
    notes: [],
    isHelped: true,
  })
  await shown.shows(({ people }) =>
    expect(people.map(({ helpAt }) => helpAt !== undefined)).toEqual([false, true]),
  )

  let news: RoomNews = {}
  ben.socket.on('news', (next: RoomNews) => (news = next))
  await shown.socket.emitWithAck('ask', { text: 'Who hears it?', answers: ['me', 'all'] })
  await expect.poll(() => news.question).toMatchObject({ text: 'Who hears it?', isOpen: true })
  const question = news.question?.id
  for (const [seat, answer] of [
    [ann, 0],
    [phone, 1],
    [phone, 1],
  ] as const) {
    expect(await seat.socket.emitWithAck('vote', { question, answer })).toEqual({ ok: true })
  }
  await shown.shows((state) => expect([state.question?.counts, state.phones]).toEqual([[1, 1], 1]))
  expect(news.question?.counts).toBeUndefined()
  await ben.socket.emitWithAck('vote', { question, answer: 1 })
  await expect.poll(() => news.question).toMatchObject({ counts: [1, 2], mine: 1 })
  await shown.socket.emitWithAck('close', { away: false })
  expect(await ann.socket.emitWithAck('vote', { question, answer: 1 })).toMatchObject({ ok: false })
  await shown.socket.emitWithAck('place', { step: 5, checkpoint: 2 })
  await expect.poll(() => news.place).toBe('05.2')
})

const joinLine = /npm run join \S+:(\d+) ([a-z]{6}) NAME/

/** `npm run room` in a copy of the project. */
async function roomCommand(folder: string, port = 0) {
  const child = spawn(process.execPath, ['commands/cli.mjs', 'room', '--no-open', '--port', String(port)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', (text) => (output += text))
  await expect.poll(() => output, { timeout: 30_000 }).toContain('Ctrl-C closes it')
  const [, at = '', code = ''] = joinLine.exec(output) ?? []
  return { child, port: Number(at), door: `http://127.0.0.1:${at}`, code, output }
}

test('killed in the middle, it goes on with all that was answered', async () => {
  const folder = await projectCopy()
  const first = await roomCommand(folder)
  const seats = await Promise.all(Array.from({ length: 30 }, (_, n) => joins(first, `person ${n}`)))
  const told = await Promise.all(
    seats.map(({ socket }, n) =>
      report(socket, { step: 2, steps: [{ number: 1, tasks: [[1, n]], doneAgo: n }] }),
    ),
  )
  expect(told.every(({ ok }) => ok)).toBe(true)
  first.child.kill('SIGKILL')
  await once(first.child, 'close')
  const again = await roomCommand(folder, first.port)
  expect(again.code).toBe(first.code)
  expect(again.output).toContain('30 joined')
  const [url = ''] = /http:\/\/localhost:\d+/.exec(again.output) ?? []
  await board({ url }).shows(({ people }) => {
    expect(people).toHaveLength(30)
    expect(people.every(({ tasks, done, isHere }) => tasks[1] === 1 && done[1] && isHere)).toBe(true) // by themselves
  })
})

test('join, check, help-me and leave, as typed: the board has the tasks that passed, and no others', async () => {
  const folder = await projectCopy()
  const open = await room()
  const shown = board(open)
  const kept = join(folder, '.workshop.json.room')
  const step = findStep('1')
  await begin(step, { folder })
  for (const file of programFilesIn(step.dir)) await cp(join(step.dir, file), join(folder, 'work', file))
  const server = join(folder, 'work', 'server.ts')
  const right = await readFile(server, 'utf8')
  expect(await type(folder, 'help-me').end()).toEqual([1, expect.stringContaining('You have joined no room')])

  const [joined, said] = await type(folder, `join ${open.door} ${open.code} Ben`).end()
  expect([joined, said]).toEqual([0, expect.stringContaining('Never your code.')])
  await type(folder, 'help-me').end()
  await shown.shows(({ people }) =>
    expect(people[0]).toMatchObject({ name: 'Ben', helpAt: expect.any(Number) }),
  )

  await writeFile(server, right.replace(/Hello World!/, 'Good morning'))
  const id = shown.state?.people[0]?.id
  await shown.socket.emitWithAck('tell', { to: [id], text: 'look up\u001b[2J' })
  const [failed, words] = await type(folder, 'check').end()
  expect(failed).toBe(1)
  expect(words).toMatch(/From your instructor:\nlook up\[2J$/)
  const [, wrong = '1'] = /task (\d+) of/.exec(words) ?? []
  await shown.shows(({ people }) =>
    expect([people[0]?.tasks[1] ?? 0, people[0]?.unread]).toEqual([Number(wrong) - 1, 1]),
  )

  await writeFile(server, right)
  expect(await type(folder, 'check').end()).toEqual([0, expect.not.stringContaining('From your instructor')])
  const { tasks } = { tasks: Object.keys(JSON.parse(readFileSync(kept, 'utf8')).passed).length }
  await shown.shows(({ people: [ben] }) => {
    expect([ben?.tasks[1], ben?.done[1] !== undefined, ben?.helpAt, ben?.unread]).toEqual([
      tasks,
      true,
      undefined,
      0,
    ])
  })

  await open.close()
  expect(await type(folder, 'check').end()).toEqual([
    0,
    expect.stringMatching(/The room does not answer just now/),
  ])
  expect(await type(folder, 'join --leave').end()).toEqual([
    0,
    expect.stringContaining('You have left the room'),
  ])
  expect(await type(folder, 'check').end()).toEqual([0, expect.not.stringContaining('room')])
})

test.skipIf(!browser)(
  'the other addresses of this machine are on the board, before anybody has joined and after',
  async () => {
    const networks = ['192.0.2.7', '198.51.100.7'].map((address, n) => ({ name: `en${n}`, address }))
    const found = vi.spyOn(sharing, 'addresses').mockReturnValue(networks)
    onTestFinished(() => found.mockRestore())
    const open = await room()
    const context = await browser!.newContext({ viewport: { width: 1280, height: 720 } })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(open.url)
    const other = page
      .getByText('Other addresses of this machine: http://198.51.100.7:')
      .filter({ visible: true })
    await other.waitFor()
    const { name } = await joins(open, 'Ann')
    await page.getByRole('row', { name }).waitFor()
    await page.getByRole('region', { name: 'How to join' }).waitFor({ state: 'detached' })
    await page.getByText('Phones, other addresses').click()
    await other.waitFor()
    expect([await overflow(page), await violations(page)]).toEqual([0, []])
  },
)

test.skipIf(!browser)(
  'the board: thirty rows in one window, a note by keyboard, names hidden; a phone answers',
  async () => {
    const open = await room()
    const seats = await Promise.all(Array.from({ length: 30 }, (_, n) => joins(open, `<i>${n}</i>`)))
    await Promise.all(
      seats.map(({ socket }, n) => report(socket, { step: 3, helpAgo: n < 3 ? 100 - n : undefined })),
    )
    const context = await browser!.newContext({ viewport: { width: 1280, height: 720 } })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(open.url)
    await page.getByRole('row', { name: '<i>29</i>' }).waitFor()
    expect(
      await page.locator('.rows').evaluate((rows) => rows.scrollHeight - rows.clientHeight),
    ).toBeLessThanOrEqual(0)
    expect(await page.locator('.help li').allTextContents()).toEqual(
      [/0/, /1/, /2/].map((n) => expect.stringMatching(n)),
    )
    expect([await overflow(page), await violations(page)]).toEqual([0, []])

    const heard = once(seats[0]!.socket as unknown as NodeJS.EventEmitter, 'note')
    await page.locator('tbody').getByRole('button', { name: '<i>0</i>' }).press('Enter')
    await page.getByRole('button', { name: 'Hint 1 of step 3' }).press('Enter')
    expect((await heard)[0].text).toContain('Hint 1 of step 3')
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Hide names' }).press('Enter')
    await page.getByRole('row', { name: 'Person 1', exact: false }).first().waitFor()
    expect(await page.getByText('<i>').count()).toBe(0)

    await page.getByText('Ask the room').click()
    await page.getByRole('textbox', { name: 'Question' }).fill('Who hears it?')
    await page.getByLabel('Answer 1').fill('all')
    await page.getByLabel('Answer 2').fill('me')
    await page.getByRole('button', { name: 'Ask', exact: true }).click()
    const phone = await context.newPage()
    await phone.setViewportSize({ width: 390, height: 844 })
    await phone.goto(`${open.door}/#${open.code}`)
    await phone.getByRole('button', { name: 'me', exact: true }).click()
    await page.getByText('1 answer').waitFor()
    expect([await overflow(phone), await violations(phone), await violations(page)]).toEqual([0, [], []])
  },
)

test.skipIf(!browser)(
  'the classroom joins, asks for help, shows what is sent to it, answers, and leaves',
  async () => {
    const open = await room()
    const shown = board(open)
    const classroom = await startClassroom()
    onTestFinished(() => classroom.close())
    const context = await browser!.newContext({ viewport: { width: 1280, height: 720 } })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(classroom.url)
    await page.locator('.room summary').click()
    await page.getByLabel('Address on the board').fill(open.door.replace('http://', ''))
    await page.getByLabel('Code').fill('wrongs')
    await page.getByLabel('Your name').fill('Ben')
    await page.getByRole('button', { name: 'Join the room' }).click()
    await page.getByText('That is not the code of this room').waitFor()
    await page.getByLabel('Code').fill(open.code)
    await page.getByRole('button', { name: 'Join the room' }).click()
    await page.getByText('You are Ben. Connected.').waitFor()
    await page.locator('.room summary').click()
    await page.getByRole('button', { name: 'I need help' }).click()
    await shown.shows(({ people: [ben] }) =>
      expect([ben?.name, ben?.helpAt !== undefined]).toEqual(['Ben', true]),
    )
    const id = shown.state?.people[0]?.id
    await shown.socket.emitWithAck('place', { step: 1, checkpoint: 2 })
    await shown.socket.emitWithAck('tell', { to: [id], text: '<b>Look</b> at line 3' })
    await shown.socket.emitWithAck('ask', {
      text: 'Who speaks first?',
      answers: ['the browser', 'the server'],
    })
    await shown.socket.emitWithAck('helped', { id })
    await page.getByText('<b>Look</b> at line 3').waitFor()
    await page.getByText('Room: 01.2').waitFor()
    await shown.socket.emitWithAck('place', { step: 5, checkpoint: 2 })
    await page.getByText('We are at 05.2').waitFor()
    await page.getByRole('button', { name: 'Go to step 5' }).click()
    await page.getByRole('heading', { name: 'Nicknames', exact: false }).waitFor()
    await page.getByText('We are at 05.2').waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'I need help', pressed: false }).waitFor()
    await page.getByRole('button', { name: 'the browser' }).click()
    await page.getByRole('button', { name: 'the browser · 1', pressed: true }).waitFor()
    expect([await overflow(page), await violations(page)]).toEqual([0, []])
    await page.getByRole('button', { name: 'Put away' }).click()
    await shown.shows(({ people: [ben] }) => expect(ben?.unread).toBe(0))
    await page.locator('.room summary').click()
    await page.getByRole('button', { name: 'Leave the room' }).click()
    await page.getByRole('button', { name: 'Join the room' }).waitFor()
    await shown.shows(({ people }) => expect(people).toEqual([]))
  },
  180_000,
)
