import type { AddressInfo, Server } from 'node:net'
import { Advice } from '../terminal/advice.ts'

/**
 * @param port 0 takes any free one
 * @param command what was typed, for advice
 * @returns the port that the server listens on
 * @throws Advice when it is taken or not allowed
 */
export async function listenOn(
  server: Server,
  port: number,
  host: string,
  command = 'npm run wire',
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(adviceFor(error, port, command)))
    server.listen(port, host, resolve)
  })
  return (server.address() as AddressInfo).port
}

function adviceFor(error: NodeJS.ErrnoException, port: number, command: string): Error {
  const typed = command.includes(' -- ') ? command : `${command} --`
  if (error.code === 'EADDRINUSE') {
    const what = `Port ${port} is taken, most likely by a step you left running.`
    return new Advice(what, `Stop that one with Ctrl-C, or use another port:  ${typed} --port ${port + 1}`)
  }
  if (error.code !== 'EACCES') return error
  const what = `Port ${port} is for the system's own programs.`
  return new Advice(what, `Use one from 1024 up:  ${typed} --port 3001`)
}
