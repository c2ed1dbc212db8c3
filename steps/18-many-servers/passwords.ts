import { randomUUID } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// One guess costs this much memory and, on a laptop, 25 ms: for us nothing, for ten million guesses three days.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } // KiB, rounds, lanes

// Node has four threads for such work, and for reading files: pages have to come while many people log in.
const maxAtOnce = 2
const maxWaiting = 200
const waiting: (() => void)[] = []
let atWork = 0

// Whoever asks for a name that does not exist waits as long as anybody else, or the time would tell.
const nobodysHash = hash(randomUUID(), cost)

/**
 * What is kept of a password: argon2id, with a random salt.
 *
 * @throws an error with the status 503 when too many people wait already
 */
export function hashOf(password: string): Promise<string> {
  return inTurn(() => hash(password, cost))
}

/**
 * Whether this is the password that was hashed. Without a hash it takes as long, and it is not.
 *
 * @throws an error with the status 503 when too many people wait already
 */
export function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  return inTurn(async () => (await verify(kept ?? (await nobodysHash), password)) && kept !== undefined)
}

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (waiting.length >= maxWaiting) {
    const message = 'Too many people log in at this moment: try again in a minute.'
    throw Object.assign(new Error(message), { status: 503 })
  }
  if (atWork < maxAtOnce) atWork++
  else await new Promise<void>((resolve) => waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else atWork--
  }
}
