// Runs inside a server that is measured, before anything of its own (node --import): it tells the bench what the
// process has used, and what its sockets say that they have carried. Plain JavaScript, because nothing that
// understands types is loaded yet.
import { subscribe } from 'node:diagnostics_channel'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const open = new Set()
const carried = { up: 0, down: 0, connections: 0 }

subscribe('net.server.socket', ({ socket }) => {
  carried.connections++
  open.add(socket)
  socket.once('close', () => {
    open.delete(socket)
    carried.up += socket.bytesRead
    carried.down += socket.bytesWritten
  })
})

// A process that this one starts inherits the variable, and is not the server.
const { BENCH_PROBE: port } = process.env
delete process.env.BENCH_PROBE
if (port) {
  const bench = connect(Number(port), '127.0.0.1')
  bench.on('error', () => bench.destroy()) // The bench is gone; the server's own channel says so, too.
  bench.unref()
  createInterface({ input: bench }).on('line', (question) => {
    if (question === 'tidy') collectGarbage()
    bench.write(`${JSON.stringify(sample())}\n`)
  })
}

function collectGarbage() {
  setFlagsFromString('--expose-gc') // as a flag of the process it would not be allowed in NODE_OPTIONS
  runInNewContext('gc')()
}

function sample() {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed, external } = process.memoryUsage()
  let { up, down } = carried
  for (const socket of open) {
    up += socket.bytesRead
    down += socket.bytesWritten
  }
  return {
    cpuSeconds: (user + system) / 1e6,
    memoryBytes: rss,
    heldBytes: heapUsed + external,
    connections: carried.connections,
    bytesUp: up,
    bytesDown: down,
  }
}
