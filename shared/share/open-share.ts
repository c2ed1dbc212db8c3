import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import { Advice } from '../terminal/advice.ts'
import { root } from '../course/course.ts'
import { openWire, type Wire } from '../wire/open-wire.ts'
import { type Ngrok, openTunnel } from './tunnel.ts'
import { type Chat, type ChatNews, watchChat } from './watch-chat.ts'

/** Where the chat is to be had from outside, for the classroom, which runs in another process. */
interface Invitation {
  /** `https://….ngrok-free.app`, or `http://192.168.1.23:3080` */
  readonly url: string
  /** the process that keeps it open */
  readonly pid: number
}

const shutSeconds = 24 * 60 * 60

const place = join(root, '.data', 'invitation.json')

interface ShareOptions {
  /** what is opened, as `findChat` has found it */
  chat: Chat
  /** opens a tunnel with it; without one, the chat is opened to the Wi-Fi */
  authtoken?: string
  ngrok?: Ngrok
  /** called when the chat is away, back, or gone; once it is gone, sharing has ended */
  onNews?: (news: ChatNews) => void
  /** how long the chat may be away before it is gone, ms; default 30,000 */
  goneMs?: number
}

/** A chat that others can reach. */
export interface Shared extends Invitation {
  readonly kind: 'tunnel' | 'wifi'
  /** the same chat under this machine's other addresses */
  readonly others: readonly string[]
  /** counts who comes through here */
  readonly door: Wire
  close(): Promise<void>
}

/**
 * Opens the chat to the world by a tunnel, or to everybody in the same network. Guests come in by a door of their own, so
 * that the chat itself goes on listening on this machine alone, and the classroom is never behind it. While the chat is
 * away, the door lets nobody through; when something else answers in its place, sharing ends.
 *
 * @throws Advice when there is no network, or no tunnel
 */
export async function share(options: ShareOptions): Promise<Shared> {
  const opened = await open(options)
  const { door } = opened
  const stopWatching = watchChat(
    options.chat,
    (news) => {
      if (news.is === 'away') void door.cut(shutSeconds)
      if (news.is === 'back') void door.cut(0)
      if (news.is !== 'gone') return options.onNews?.(news)
      void door.cut(shutSeconds) // closing a tunnel takes its time
      shared.close().then(() => options.onNews?.(news), reportFailure)
    },
    { goneMs: options.goneMs },
  )
  const shared = {
    ...opened,
    async close() {
      stopWatching()
      await opened.close()
    },
  }
  return shared
}

function reportFailure(error: unknown): void {
  console.error(error)
  process.exit(1) // what cannot be closed ends with its process
}

async function open({ chat, authtoken, ngrok }: ShareOptions): Promise<Shared> {
  const to = chat.url // the one that was looked at: localhost may be another program
  if (authtoken) {
    const door = await openWire({ to })
    const tunnel = await openTunnel({ port: door.port, authtoken, ngrok }).catch(async (error: unknown) => {
      await door.close()
      throw error
    })
    return announce({ kind: 'tunnel', url: tunnel.url, others: [], door }, () => tunnel.close())
  }
  const [first, ...rest] = addresses()
  if (!first) {
    throw new Advice(
      'This machine is not in a network, so nobody can reach it.',
      'Join the Wi-Fi, or open a hotspot on your phone, and then:  npm run share',
    )
  }
  const door = await openWire({ to, host: '0.0.0.0' })
  const at = ({ address }: { address: string }) => `http://${address}:${door.port}`
  return announce({ kind: 'wifi', url: at(first), others: rest.map(at), door }, async () => {})
}

async function announce(
  shared: Omit<Shared, 'close' | 'pid'>,
  closeTunnel: () => Promise<void>,
): Promise<Shared> {
  const { url, door } = shared
  const written: Invitation = { url, pid: process.pid }
  await mkdir(dirname(place), { recursive: true })
  await writeFile(place, JSON.stringify(written))
  return {
    ...shared,
    ...written,
    async close() {
      await rm(place, { force: true })
      await closeTunnel()
      await door.close()
    },
  }
}

/** The file that tells of it; it changes when sharing begins and ends. */
export const invitationFile = place

/** Where the chat is shared just now; undefined when it is not. */
export async function invitation(): Promise<Invitation | undefined> {
  const text = await readFile(place, 'utf8').catch(() => undefined) // not shared: there is no file
  if (text === undefined) return undefined
  try {
    const found: unknown = JSON.parse(text)
    return isInvitation(found) && isRunning(found.pid) ? found : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined // being written just now; it is looked at again
    throw error
  }
}

function isInvitation(value: unknown): value is Invitation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'url' in value &&
    typeof value.url === 'string' &&
    'pid' in value &&
    typeof value.pid === 'number'
  )
}

/** A process that was killed has left its file behind. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0) // signal 0 asks, and does nothing
    return true
  } catch {
    return false
  }
}

/** An address of this machine in a network. */
interface Address {
  /** as the system calls the interface: `wlan0`, `en0`, `Wi-Fi` */
  readonly name: string
  /** `192.168.1.23` */
  readonly address: string
}

// What the systems call them: wlan0 and wlp2s0 on Linux, en0 on a Mac, Wi-Fi on Windows (in some languages WLAN).
const wireless = /^(wl|wi-?fi|wlan|en0$|airport)/i
const wired = /^(eth|en\d|enp|eno|ens|ethernet)/i
// Networks between programs of this machine, and tunnels: no phone is there.
const virtual =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|vethernet|utun|tun|tap|tailscale|wg|zt|podman|lxc|cni|llw|awdl|bridge)/i

/**
 * The addresses at which other devices may reach this machine, the likely Wi-Fi one first.
 *
 * Only IPv4: a link-local IPv6 address does not work in a phone's address bar. Addresses of 169.254.0.0/16 are left out,
 * which a machine gives itself when nobody gave it one (RFC 3927).
 *
 * @param interfaces as `os.networkInterfaces()` gives them
 */
export function addresses(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]> = networkInterfaces()): Address[] {
  const rank = (name: string) => (wireless.test(name) ? 0 : virtual.test(name) ? 3 : wired.test(name) ? 1 : 2)
  return Object.entries(interfaces)
    .flatMap(([name, found = []]) => found.map((info) => ({ name, info })))
    .filter(({ info }) => info.family === 'IPv4' && !info.internal && !info.address.startsWith('169.254.'))
    .map(({ name, info }) => ({ name, address: info.address }))
    .toSorted((a, b) => rank(a.name) - rank(b.name))
}
