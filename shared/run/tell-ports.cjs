// Loaded by run.ts into the process of a step's program, before it: tells on which ports that process listens. What a
// program prints may be anybody's address.
const { Server } = require('node:net')

const { listen } = Server.prototype

/** @this {import('node:net').Server} */
Server.prototype.listen = function (...where) {
  this.once('listening', () => {
    const address = this.address()
    if (process.connected && address?.port) process.send({ listensOn: address.port })
  })
  return listen.apply(this, where)
}
