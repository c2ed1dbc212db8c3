// The types of ws leave its Receiver out, which the package exports all the same.
import type { Writable } from 'node:stream'

declare module 'ws' {
  export class Receiver extends Writable {
    constructor(options: { isServer: boolean; maxFragments: number; skipUTF8Validation: boolean })
    on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): this
    on(event: 'ping' | 'pong', listener: (data: Buffer) => void): this
    on(event: 'conclude', listener: (code: number, reason: Buffer) => void): this
    on(event: 'error', listener: (error: Error) => void): this
  }
}
