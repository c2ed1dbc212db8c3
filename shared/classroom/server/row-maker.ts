import { explain } from '../../wire/explain.ts'
import { isHeartbeat, type WireRecord } from '../../wire/record.ts'
import { printable } from '../../wire/format.ts'
import { shortName } from '../../wire/print-records.ts'
import { guestBehind } from '../doors.ts'
import type { Detail, Row } from '../protocol.ts'

const asset = /^GET \/(static\/|[^ ?]*\.(js|css|map|svg|png|ico|woff2?)[ ?])/
const maxExchanges = 1_000
const maxConnections = 2_000
const maxMeaningLength = 300 // characters
const maxHexBytes = 1_024
const hexWidth = 16

/**
 * Makes rows of records. It has to see them all, in their order: whether an answer carries an asset, its request tells.
 */
export function rowMaker(): (record: WireRecord) => Row {
  const assets = new Set<number>()
  const guests = new Map<number, string>() // by connection
  const servers = new Map<number, number>() // by connection

  return (record) => {
    const { id, at, connection, direction, transport, kind, bytes, meaning, exchange, within } = record
    if (kind === 'http.request') {
      guests.delete(connection)
      guests.set(connection, guestOf(record.head.toString('latin1')))
      for (const oldest of guests.keys()) {
        if (guests.size <= maxConnections) break
        guests.delete(oldest)
        servers.delete(oldest)
      }
    }
    if (guests.has(connection) && (kind === 'http.response' || kind === 'http.upgrade')) {
      const [, server] = /^x-server: *(\d+)\r$/im.exec(record.head.toString('latin1')) ?? []
      if (server !== undefined) servers.set(connection, Number(server))
    }
    if (kind === 'http.request' && exchange !== undefined && asset.test(record.head.toString('latin1'))) {
      assets.add(exchange)
      for (const oldest of assets) {
        if (assets.size <= maxExchanges) break
        assets.delete(oldest)
      }
    }
    return {
      id,
      at,
      connection,
      direction,
      transport,
      kind,
      bytes,
      meaning: meaning.length > maxMeaningLength ? `${meaning.slice(0, maxMeaningLength)}…` : meaning,
      heartbeat: isHeartbeat(record),
      asset: exchange !== undefined && assets.has(exchange),
      exchange,
      within,
      server: servers.get(connection),
      guest: guests.get(connection),
    }
  }
}

/** Who sends a request: the window's name, or what the client calls itself, and by which name it came here. */
function guestOf(head: string): string {
  const [host = '', agent = ''] = ['host', 'user-agent'].map(
    (name) => new RegExp(`^${name}: *(.*?)\\s*$`, 'im').exec(head)?.[1] ?? '',
  )
  const window = guestBehind(host)
  if (window) return window
  const name = shortName({ address: 'a client', userAgent: agent })
  const isUsual = /^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host)
  return printable(isUsual || host === '' ? name : `${name} · ${host}`)
}

/** Takes a record apart: its parts with what each is there for, and its first bytes as they were. */
export function detailOf(record: WireRecord): Detail {
  const bytes = Buffer.concat([record.head, record.body])
  const shown = bytes.subarray(0, maxHexBytes)
  const hex = Array.from({ length: Math.ceil(shown.length / hexWidth) }, (_, line) => {
    const piece = shown.subarray(line * hexWidth, (line + 1) * hexWidth)
    const digits = piece.toString('hex').replace(/..(?=.)/g, '$& ')
    const offset = (line * hexWidth).toString(16).padStart(4, '0')
    const characters = piece.toString('latin1').replaceAll(/[^ -~]/g, '·')
    return `${offset}  ${digits.padEnd(hexWidth * 3 - 1)}  ${characters}`
  })
  return {
    parts: explain(record),
    hex,
    shortened: record.shortened || bytes.length > maxHexBytes,
  }
}
