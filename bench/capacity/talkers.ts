// People at several servers, who talk as fast as they are answered: in a process of their own.
import { randomUUID } from 'node:crypto'
import { newAccount } from '#shared/check/account'
import { Tab } from '#shared/check/tab'
import { answerCommands } from '../child.ts'
import { openDeliveryLog } from '../guests/delivery-log.ts'
import { enterInBatches, nameOf } from '../guests/trial-guest.ts'
import { sentence } from '../messages.ts'
import { quantile, randomFrom } from '../numbers.ts'
import { isTalkCommand, type TalkCommand, type TalkReport } from './talk-commands.ts'

const general = 1 // everybody is in it
const timeoutMs = 20_000 // so long without a delivery, and what has not come is lost

const random = randomFrom(1)
let spoken = 0
let log = openDeliveryLog(0)
let hear = (_guest: number, _text: string) => {}
let people: Promise<{ tab: Tab; ownRoom: number }[]> | undefined

answerCommands(isTalkCommand, talk)

function enter({ urls, guests }: TalkCommand) {
  return enterInBatches(guests, async (index) => {
    const url = urls[index % urls.length] ?? ''
    const cookie = await newAccount(url, nameOf(index))
    const tab = await Tab.open(url, cookie ?? '')
    tab.socket.on('new message', ({ message }: { message: string }) => hear(index, message))
    const { id } = await tab.ask('create room', nameOf(index))
    return { tab, ownRoom: Number(id) }
  })
}

async function talk(command: TalkCommand): Promise<TalkReport> {
  const all = await (people ??= enter(command))
  const { isTogether, durationMs } = command
  log = openDeliveryLog(isTogether ? all.length : 1)
  hear = (guest, text) => log.heard(isTogether ? guest : 0, text)

  let messages = 0
  const before = process.cpuUsage()
  const from = performance.now()
  const seconds = () => (performance.now() - from) / 1_000
  const say = async ({ tab, ownRoom }: (typeof all)[number], guest: number) => {
    do {
      const message = sentence(random, ++spoken)
      log.sent(message, performance.now(), true)
      const said = { key: randomUUID(), room: isTogether ? general : ownRoom, message }
      const answer = await tab.ask('new message', said)
      if (answer.ok !== true) throw new Error(`a server refused a message: ${answer.error}`)
      hear(guest, message)
      messages++
    } while (performance.now() - from < durationMs)
  }
  await Promise.all(all.map(say))
  const stored = messages / seconds()
  await log.complete(timeoutMs)
  const deliveries = log.delivered / seconds()
  const { user, system } = process.cpuUsage(before)
  const sorted = log.latenciesMs.toSorted((one, other) => one - other)
  return {
    messages,
    stored,
    deliveries,
    p50Ms: quantile(sorted, 0.5),
    p99Ms: quantile(sorted, 0.99),
    guestsCpuMs: (user + system) / 1_000 / messages,
    lost: log.lost,
    doubled: log.doubled,
  }
}
