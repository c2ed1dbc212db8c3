import { askedToStop } from '#shared/run/run-at-terminal'
import { openSharing } from '#shared/share/share-at-terminal'
import { parseCommand, portOption, readPort, type CommandSpec } from '#shared/terminal/arguments'
import { say } from '#shared/terminal/wrap'

export const spec = {
  command: 'npm run share',
  does: 'Opens your running chat to others, until Ctrl-C: it prints an address and a QR code. With NGROK_AUTHTOKEN set, by a tunnel; without, in your Wi-Fi.',
  options: {
    port: portOption,
    wifi: [true, 'in your Wi-Fi, even when NGROK_AUTHTOKEN is set'],
    sure: [true, 'opens it to the Wi-Fi without asking first'],
  },
  example: 'npm run share -- --wifi',
} as const satisfies CommandSpec

/** `npm run share`: opens what is running to the world, by a tunnel, or to everybody in the same Wi-Fi. */
export default async function (typed: string[]): Promise<number> {
  const words = parseCommand(typed, spec)
  const port = readPort(words.option('port'), spec.command)
  const sharing = await openSharing({ port, wifi: words.flag('wifi'), yes: words.flag('sure') })
  await askedToStop(sharing.gone)
  await sharing.close()
  if (sharing.gone.aborted) return 1
  say('Closed. Nobody from outside can reach it now.')
  return 0
}
