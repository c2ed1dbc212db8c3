// Runs a program for as long as whoever started this one is there: a test that is broken off leaves no database behind.
// Its only argument is JSON: { file, words, options, crash }. When standard input ends, the program gets the signal `crash`.
import { spawn } from 'node:child_process'

const { file, words, options, crash } = JSON.parse(process.argv[2])
const child = spawn(file, words, { ...options, stdio: ['ignore', 'inherit', 'inherit'] })

process.stdin.resume().on('close', () => child.kill(crash))
for (const name of ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGHUP']) process.on(name, () => child.kill(name))
child.on('error', (error) => {
  console.error(error.message)
  process.exit(1)
})
child.on('exit', (exitCode) => process.exit(exitCode ?? 1))
