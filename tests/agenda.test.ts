import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { noBrowser } from '#shared/check/no-browser'
import { sharedBrowser } from '#shared/check/shared-browser'
import { findStep, root, type Step } from '#shared/course/course'
import { taskNames } from '#shared/course/tasks'
import { keepOpenBoard } from '#shared/room/open-board'
import type { RoomNews } from '#shared/room/room-events'
import * as programs from '#shared/run/run'
import { serveSlides } from '../slides/slide-server.ts'
import { readDeck, slidesOf } from '../slides/source.ts'
import { beyondEdge } from './support/beyond-edge.ts'
import { comesIn, says, windowOf } from './support/classroom.ts'
import { projectCopy } from './support/folders.ts'
import { joins, report, room } from './support/room.ts'
import { isThisMachine } from './support/this-machine.ts'
import { type } from './support/type-command.ts'

// Part one, held in a room of four as INSTRUCTOR.md says: each slide when it is due, with all that goes wrong on an evening.
// The clocks of pages and servers are set from slide to slide; timers and sockets run on as ever.

const browser = await sharedBrowser()
if (!browser) console.log(`The agenda is not held: ${noBrowser}.`)

const minute = 60_000 // ms
const begins = new Date(2026, 10, 26, 19, 0).getTime()
const clock = (ms: number) => new Date(ms).toTimeString().slice(0, 5)
const patience = { timeout: 30_000 }

/** When each section is over by the agenda in INSTRUCTOR.md, minutes after the start. */
const [, agenda = ''] = readFileSync(join(root, 'INSTRUCTOR.md'), 'utf8').split('\n## 120 minutes\n')
const rows = agenda.split('\n## ')[0]!.matchAll(/^\| (\d):(\d\d) \| (\d+) \|/gm)
const sectionEnds = [...rows].map(
  ([, hours, minutes, long]) => Number(hours) * 60 + Number(minutes) + Number(long),
)

const deckOfPart1 = readDeck('part-1')
const all = slidesOf(deckOfPart1)
const ids = all.map(({ slide }) => slide.id)

/** How many minutes after it is due a slide is shown, and what the presenter's window says then. All others are on time. */
const notOnTime: Record<string, [late: number, says: string]> = {
  '00-on-the-wire': [0, '30 minutes behind'], // by the clock of the rehearsal
  '04-watch-who-hears': [3, '2 minutes behind'], // it has a minute
  '04-your-turn': [3, 'on time'], // it has five, and the room gets what is left
  '05-who-is-ann-already': [-2, '2 minutes ahead'],
}

/** Where “Start the clock again” is pressed: behind how many minutes of break, and what the presenter's window says before. */
const clockAgain: Record<string, [minutes: number, says: string]> = {
  '00-two-windows-one-chat': [0, '29 minutes behind'],
  '06-is-ben-writing-or-in-the-kitchen': [10, '9 minutes behind'],
}

/** What crosses the wire of each live slide. */
const onWire: Record<number, RegExp> = {
  2: /GET \/messages/,
  3: /echo .*hello, Ann/,
  4: /send_to_others .*hello, Ann/,
}

test.skipIf(!browser)(
  'the 120 minutes of part one: every slide when it is due, every live window, and all that goes wrong meanwhile',
  async () => {
    const folder = await projectCopy()
    const open = await room()
    const boardFile = join(folder, 'open-board')
    keepOpenBoard(open.url, boardFile)
    const slides = await serveSlides(0, join(folder, 'bench', 'results'), boardFile)
    onTestFinished(() => slides.close())
    const started = vi.spyOn(programs, 'run')
    onTestFinished(() => started.mockRestore())
    const context = await browser!.newContext({ viewport: { width: 1280, height: 720 } })
    onTestFinished(() => context.close())

    let shown = ''
    const wrong: string[] = []
    const isElsewhere = (url: string) => !url.startsWith('data:') && !isThisMachine(new URL(url).hostname)
    context.on('request', (request) => isElsewhere(request.url()) && wrong.push(request.url()))
    context.on('page', (page) =>
      page.on('websocket', (socket) => isElsewhere(socket.url()) && wrong.push(socket.url())),
    )
    context.on('console', (line) => {
      const isMeant = line.text().startsWith('Blocked autofocusing') // the keys are the deck's until somebody clicks into a window
      if (line.type() === 'error' && !isMeant) wrong.push(`${shown}: ${line.text()} ${line.location().url}`)
    })
    context.on('weberror', (error) => wrong.push(`${shown}: ${error.error().message}`))

    let now = 0
    const itIs = async (ms: number) => {
      expect(ms).toBeGreaterThanOrEqual(now)
      now = ms
      vi.setSystemTime(ms)
      await context.clock.setFixedTime(ms)
    }
    onTestFinished(() => void vi.useRealTimers())

    // Half an hour before: the room is opened, and the deck looked at.
    await itIs(begins - 30 * minute)
    const board = await context.newPage()
    await board.goto(open.url)
    const deck = await context.newPage()
    await deck.goto(`${slides.url}/part-1`)
    const openPresenter = async () => {
      await deck.locator('.reveal.ready').waitFor()
      const opening = context.waitForEvent('page')
      await deck.keyboard.press('s')
      const page = await opening
      await page.locator('.now h2', { hasText: ' of ' }).waitFor()
      return page
    }
    let presenter = await openPresenter()
    await presenter.getByText('the clock starts with the second slide').waitFor()
    await presenter.keyboard.press('ArrowRight')
    await windowOf(deck, 'Ann').getByText('connected over websocket').waitFor()
    await presenter.keyboard.press('ArrowLeft')
    const learners = await Promise.all(['Ann', 'Ben', 'Cleo', 'Dora'].map((name) => joins(open, name)))
    const [ann, ben] = learners
    let place: string | undefined
    ann?.socket.on('news', (news: RoomNews) => (place = news.place))

    /** What the presenter's window says, and which slide the room sees. */
    const said = async () => ({
      ...(await presenter
        .locator('.now h2, #pace, #clock, #room')
        .evaluateAll((found) => Object.fromEntries(found.map((one) => [one.id || 'head', one.textContent])))),
      wall: await deck.locator('section.present').getAttribute('id'),
    })
    const boardSays = (words: string) => board.getByText(words).waitFor()
    /** The room sees so much left of the minutes of *Your turn*. */
    const roomSees = (left: string) =>
      deck.locator('section.present').getByRole('timer').getByText(left).waitFor()

    // A clock that jumps looks to a connection as if the laptop had slept: it comes back within two seconds, and all at once.
    /** So many of the room have passed a step. */
    async function pass(step: Step, count: number): Promise<void> {
      const tasks = taskNames(step).map((_, n): [number, number] => [n + 1, 0])
      const told = { step: step.number + 1, steps: [{ number: step.number, tasks, doneAgo: 0 }] }
      const answers = await Promise.all(learners.slice(0, count).map(({ socket }) => report(socket, told)))
      expect(answers.every(({ ok }) => ok)).toBe(true)
    }

    /** Ann and Ben talk on a live slide, in the two windows of its program. */
    async function talk(step: number): Promise<void> {
      const [anns, bens] = [windowOf(deck, 'Ann'), windowOf(deck, 'Ben')]
      for (const [name, window] of Object.entries({ ann: anns, ben: bens })) {
        if (step >= 5) await comesIn(window, name)
        else await window.getByText(/connected over websocket|asking every second/).waitFor()
      }
      for (const [speaker, other, text] of [
        [anns, bens, 'hello, Ben'],
        [bens, anns, 'hello, Ann'],
      ] as const) {
        if (step === 4) {
          await speaker.getByRole('textbox').fill(text)
          await speaker.getByRole('button', { name: 'To everyone else' }).click()
        } else await says(speaker, text)
        // An echo comes back to its speaker, below the line that the page has shown by itself.
        await (step === 3 ? speaker.getByText(text).nth(1) : other.getByText(text)).waitFor()
      }
      const row = onWire[step] ?? /new message .*username: ben/
      await windowOf(deck, 'The wire').getByRole('option', { name: row }).first().waitFor()
      expect(await deck.locator('iframe').count()).toBe(3)
    }

    /** What happens on a slide, beside what happens on all like it. */
    const happens: Record<string, () => Promise<void>> = {
      '00-how-does-a-chat-room-know': async () => {
        await board.getByText('Ask the room').click()
        await board.getByRole('textbox', { name: 'Question' }).fill('How many requests?')
        const answers = ['a hundred', 'a thousand', 'ten thousand', 'a hundred thousand']
        for (const [n, answer] of answers.entries()) await board.getByLabel(`Answer ${n + 1}`).fill(answer)
        await board.getByRole('button', { name: 'Ask', exact: true }).click()
        await boardSays('0 answers')
        await Promise.all(
          learners.map(({ socket }, answer) => socket.emitWithAck('vote', { question: 1, answer })),
        )
        await boardSays('4 answers')
        await board.getByRole('button', { name: 'Put away' }).click()
      },
      '00-two-windows-one-chat': async () => {
        await board.getByLabel('Agenda').selectOption({ label: 'part one' })
        await boardSays('The room is at step 1, 4 minutes ahead.')
      },
      '01-your-turn': async () => {
        await itIs(now + 3 * minute)
        await roomSees('time is up')
        await deck.keyboard.press('t')
        await roomSees('4:00')
      },
      '02-watch-it-ask': async () => {
        const second = await context.newPage()
        await second.goto(`${slides.url}/hour#/10-watch-it-ask`)
        await windowOf(second, 'Ann').getByText('asking every second').waitFor()
        await deck.getByText('Another window of the slides has the program now').waitFor()
        await deck.locator('.way-back').waitFor({ state: 'hidden' }) // the window that had the keys is gone
        await deck.getByRole('button', { name: 'Show it here' }).click()
        await second.getByText('Another window of the slides has the program now').waitFor()
        await talk(2)
        await second.close()
      },
      '03-sixty-questions-a-minute': () =>
        boardSays('Now: step 3, until 19:37. The room is at step 3, on time.'),
      '03-your-turn': async () => {
        const helped = new Promise((resolve) => ben?.socket.once('helped', resolve))
        await report(ben!.socket, { step: 3, helpAgo: 60 })
        await board.getByRole('region', { name: 'Help' }).getByText('step 3, 1 min').waitFor()
        await board.getByRole('button', { name: 'Helped' }).click()
        await helped
        await boardSays('Nobody asks for help.')
      },
      '04-a-namespace-is-not-a-room': async () => {
        await itIs(now + 4 * minute) // it has one
        await presenter.getByText('3 minutes behind').waitFor()
      },
      '04-watch-who-hears': async () => {
        await presenter.close()
        await itIs(now + minute / 2)
        await deck.keyboard.press('Escape') // Ben's window has the keys
        await deck.locator('.way-back').waitFor({ state: 'hidden' })
        presenter = await openPresenter()
        await presenter.getByText('2 minutes behind').waitFor()
      },
      '05-your-turn': async () => {
        await deck.reload()
        await roomSees('5:00')
      },
      '06-is-ben-writing-or-in-the-kitchen': async () => {
        await boardSays('The room is at step 5, 10 minutes behind.')
        await board.getByLabel('began').fill('19:10')
        await boardSays('Now: step 6, until 20:31. The room is at step 5, on time.')
      },
      '06-watch-him-type': async () => {
        await boardSays('The room is at step 5, 5 minutes behind.')
        await pass(findStep('5'), 4)
        await boardSays('The room is at step 6, on time.')

        const { pid } = await started.mock.results.at(-1)!.value
        expect(pid).toBeGreaterThan(0)
        const isSaid = deck.waitForFunction(() => document.body.innerText.includes('It is started again…')) // at each frame: it is soon over
        process.kill(pid, 'SIGKILL')
        await isSaid
        await deck.locator('.live [role=status]').waitFor({ state: 'detached' })
        const isHeard = async () => {
          await says(windowOf(deck, 'Ann'), 'here again') // refused until her page is back, and people say it again
          return windowOf(deck, 'Ben').getByText('here again').count()
        }
        await expect.poll(isHeard, patience).toBeGreaterThan(0)
      },
      '91-your-turn-measure': async () => {
        const [exitCode, output] = await type(folder, 'bench --quick').end()
        expect([exitCode, output]).toEqual([0, expect.stringContaining('With charts:')])
        await deck.reload()
      },
    }
    /** There the network is broken on purpose, and a page says so. */
    const broken = ['02-watch-it-ask', '06-watch-him-type']
    const named = Object.keys({ ...happens, ...notOnTime, ...clockAgain })
    expect(named.filter((id) => !ids.includes(id))).toEqual([])

    let pause = 0 // minutes
    let due = 0 // minutes after the start, without the pause
    let clockBegan = now // the presenter's, with the rehearsal
    for (const [at, { slide, section }] of all.entries()) {
      shown = slide.id
      const [late, pace] = notOnTime[slide.id] ?? [0, 'on time']
      const [pausedFor, pacedBefore] = clockAgain[slide.id] ?? [0]
      pause += pausedFor
      await itIs(begins + (pause + due + late) * minute)
      if (at > 0) await presenter.keyboard.press('ArrowRight')
      if (pacedBefore !== undefined) {
        await presenter.getByText(pacedBefore).waitFor()
        await presenter.getByRole('button', { name: 'Start the clock again' }).click()
        clockBegan = begins + pause * minute
      }
      const ends = clock(clockBegan + (sectionEnds[deckOfPart1.sections.indexOf(section)] ?? 0) * minute)
      await expect.poll(said, patience).toEqual({
        head: `${at + 1} of ${all.length} · ${section.title} · ends at ${ends}`,
        clock: expect.stringMatching(`^${clock(now)} · `),
        pace,
        room: section.step ? 'the room’s board is told' : '',
        wall: slide.id,
      })
      if (section.step) await expect.poll(() => place, patience).toBe(section.name.slice(0, 2))
      expect(await beyondEdge(deck, [slide.id])).toEqual([])
      if (slide.body.includes('```chart')) {
        const newest = section.name === '91-bench' ? 'npm run bench -- --quick, ' : 'npm run bench'
        await deck.locator('.present .source').getByText(newest).waitFor()
      }
      const liveStep = /^```live (\d+)$/m.exec(slide.body)?.[1]
      if (liveStep) await talk(Number(liveStep))
      if (slide.look === 'turn') {
        await roomSees(`${slide.minutes}:00`)
        await itIs(now + minute)
        await roomSees(`${slide.minutes - 1}:00`)
      }
      await happens[slide.id]?.()
      if (section.step && slide === section.slides.at(-1)) {
        const count = section.step.number === 5 ? 1 : 4
        await pass(section.step, count)
        await boardSays(`${count} of 4 have passed step ${section.step.number}`)
      }
      due += slide.minutes
    }
    await itIs(begins + 130 * minute)
    await presenter.getByText('21:10 · 2:00:00 · this slide 0:00').waitFor()
    await presenter.getByText('on time').waitFor()
    expect(wrong.filter((one) => !broken.some((id) => one.startsWith(`${id}: `)))).toEqual([])
  },
  600_000,
)
