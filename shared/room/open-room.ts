import { addresses } from '../share/open-share.ts'
import { openTunnel, type Ngrok } from '../share/tunnel.ts'
import { Advice } from '../terminal/advice.ts'
import { listenOn } from '../wire/server-address.ts'
import { openBoard, type Local } from './board-server.ts'
import { openDoor } from './door.ts'
import { openRoll } from './roll.ts'

const boardPort = 3300

export interface RoomOptions {
  /** where the room is kept, absolute */
  file: string
  /** of the door */
  port: number
  local: Local
  /** opens a tunnel to the door with it; without one, the door is open to the Wi-Fi alone */
  authtoken?: string
  ngrok?: Ngrok
}

/** A room that is open. */
export interface Room {
  /** of the board, `http://localhost:3300` */
  readonly url: string
  readonly code: string
  /** where laptops join, the likeliest first */
  readonly addresses: readonly string[]
  /** how many had joined it before */
  readonly people: number
  close(): Promise<void>
}

/**
 * Opens a room: the board for this machine alone, and a door for the class on all of its addresses.
 *
 * @throws Advice when the port is not to be had, the file is no room, or there is no network and no tunnel
 */
export async function openRoom({ file, port, local, authtoken, ngrok }: RoomOptions): Promise<Room> {
  const roll = rollIn(file)
  const door = openDoor(roll, () => board.changed())
  let reached: readonly string[] = []
  const board = openBoard(
    roll,
    () => door,
    () => reached,
    local,
  )
  let tunnel: { url: string; close(): Promise<void> } | undefined
  const close = async () => {
    await Promise.all([board.close(), door.close(), tunnel?.close()])
    roll.close()
  }
  try {
    const opened = await listenOn(door.server, port, '0.0.0.0', {}, 'npm run room')
    if (authtoken) tunnel = await openTunnel({ port: opened, authtoken, ngrok })
    const near = addresses().map(({ address }) => `http://${address}:${opened}`)
    reached = [...(tunnel ? [tunnel.url] : []), ...(near.length > 0 ? near : [`http://localhost:${opened}`])]
    const url = `http://localhost:${await local.listen(board.server, boardPort)}`
    return { url, code: roll.code, addresses: reached, people: roll.people(() => false).length, close }
  } catch (error) {
    await close()
    throw error
  }
}

function rollIn(file: string) {
  try {
    return openRoll(file)
  } catch (error) {
    throw new Advice(
      `The room in ${file} cannot be opened: ${error instanceof Error ? error.message : error}.`,
      'To begin a new one, and leave that file as it is:  npm run room -- --new',
    )
  }
}
