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
  { port, host, command }: { port: number; host: string; command: string },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(adviceFor(error, port, command)))
    server.listen(port, host, resolve)
  })
  return (server.address() as AddressInfo).port
}

function adviceFor(error: NodeJS.ErrnoException, port: number, command: string): Error {
  const withPort = (other: number) => `${command}${command.includes(' -- ') ? '' : ' --'} --port ${other}`
  if (error.code === 'EADDRINUSE') {
    return new Advice(
      `Port ${port} is taken, most likely by a step you left running.`,
      `Stop that one with Ctrl-C, or use another port:  ${withPort(port + 1)}`,
    )
  }
  if (error.code === 'EACCES') {
    return new Advice(
      `Port ${port} is for the system's own programs.`,
      `Use one from 1024 up:  ${withPort(3001)}`,
    )
  }
  return error
}
