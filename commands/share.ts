import { askedToStop } from '#shared/run/run-at-terminal'
import { openSharing } from '#shared/share/share-at-terminal'
import { parseCommand, readPort } from '#shared/terminal/arguments'

const command = 'npm run share'

/** `npm run share`: opens what is running to the world, by a tunnel, or to everybody in the same Wi-Fi. */
export default async function (typed: string[]): Promise<number> {
  const words = parseCommand(typed, {
    command,
    options: { port: '3001', wifi: true, sure: true },
    maxPositionals: 0,
    example: 'npm run share -- --wifi',
  })
  const port = readPort(words.option('port'), command)
  const sharing = await openSharing({ port, wifi: words.flag('wifi'), yes: words.flag('sure') })
  await askedToStop()
  await sharing.close()
  console.log('Closed. Nobody from outside can come any more.')
  return 0
}
