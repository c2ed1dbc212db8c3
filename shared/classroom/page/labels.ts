import type { Status } from '../protocol.ts'

/** `12:04:09.123` */
export function clock(at: number): string {
  const date = new Date(at)
  return `${date.toTimeString().slice(0, 8)}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

/** `3 ms`, `1.4 s`, `2 min` */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`
  return ms < 120_000 ? `${(ms / 1_000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`
}

/** `1,234` */
export function count(figure: number): string {
  return figure.toLocaleString('en')
}

/** The command that would have set these faults, `npm run step 6 -- --delay 200 --refuse-websocket`. */
export function faultCommand({ command, faults }: Status): string {
  const { delayMs, bytesPerSecond, refuseWebSocket } = faults
  const options = [
    delayMs.up > 0 && `--delay ${delayMs.up}`,
    bytesPerSecond.up > 0 && `--trickle ${bytesPerSecond.up}`,
    refuseWebSocket && '--refuse-websocket',
  ].filter(Boolean)
  if (options.length === 0) return command
  return `${command}${command.includes(' -- ') ? '' : ' --'} ${options.join(' ')}`
}
