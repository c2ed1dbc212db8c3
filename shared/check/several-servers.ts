import { Redis } from 'ioredis'
import { Client } from 'pg'
import { run, type Program } from '../run/run.ts'
import { emptyDatabases } from '../run/services/empty-databases.ts'
import { startPostgresAndRedis, type PostgresAndRedis } from '../run/services/postgres-and-redis.ts'
import { howToInstall, Missing } from '../run/services/several.ts'
import { untilReady } from '../run/services/until-ready.ts'
import { register } from './account.ts'
import { Guest } from './guest.ts'
import { eventually } from './patience.ts'
import type { Transcript } from './transcript.ts'
import { Visitor } from './visitor.ts'

/** Where the servers of one task find what they share. */
type Addresses = Record<'DATABASE_URL' | 'REDIS_URL', string>

let services: Promise<PostgresAndRedis | string> | undefined // of this file: each task has a database of its own in them
let opened = 0 // databases

/** One of several servers that run the program under check. */
export class OneServer {
  readonly name: string
  readonly program: Program
  readonly #addresses: Addresses
  readonly #transcript: Transcript
  readonly #everybody: Guest[]

  /**
   * @param name how the transcript calls it, `server 2`
   * @param addresses of what it shares with the others
   * @param everybody the guests of all servers: those who come here are put into it
   */
  constructor(
    name: string,
    program: Program,
    addresses: Addresses,
    transcript: Transcript,
    everybody: Guest[],
  ) {
    this.name = name
    this.program = program
    this.#addresses = addresses
    this.#transcript = transcript
    this.#everybody = everybody
  }

  /** Makes an account here, and opens a tab here. */
  async person(name: string): Promise<Guest> {
    const account = this.visitor(name)
    await register(account)
    return this.tab(name, account.cookie)
  }

  /** Opens a tab here, for somebody who has an account. */
  async tab(name: string, cookie: string): Promise<Guest> {
    const guest = await Guest.connect(
      `${name} at ${this.name}`,
      this.program.url,
      this.#transcript,
      this.#everybody,
      { headers: { cookie } },
    )
    this.#everybody.push(guest)
    await eventually(() => guest.heard('rooms').length > 0) // By then it is in its rooms, and hears what is said there.
    return guest
  }

  /** Somebody who asks this server over plain HTTP. */
  visitor(name: string): Visitor {
    return new Visitor(name, this.program.url, this.#transcript)
  }

  /**
   * Does some work while no server can write into a table of the shared database.
   *
   * @param work gets a question: does somebody wait to write there?
   * @returns what the work returns
   */
  async whileHeld<Result>(
    table: string,
    work: (isAwaited: () => Promise<boolean>) => Promise<Result>,
  ): Promise<Result> {
    const client = new Client({ connectionString: this.#addresses.DATABASE_URL })
    await client.connect()
    try {
      await client.query('BEGIN')
      await client.query(`LOCK TABLE ${client.escapeIdentifier(table)} IN EXCLUSIVE MODE`)
      return await work(async () => {
        const { rows } = await client.query(
          'SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())',
        )
        return rows.length > 0
      })
    } finally {
      await client.end()
    }
  }

  /** Closes all connections to Redis, its own and those of the task's other servers. They are free to connect again at once. */
  async cutRedis(): Promise<void> {
    const client = new Redis(this.#addresses.REDIS_URL)
    try {
      const own = await client.client('ID')
      const list = String(await client.client('LIST')).split('\n')
      const numbers = list.map((line) => /^id=(\d+) .* db=(\d+) /.exec(line) ?? [])
      const [, , database] = numbers.find(([, id]) => Number(id) === own) ?? []
      this.#transcript.note(this.name, 'loses Redis for a moment')
      for (const [, id = '', at] of numbers)
        if (at === database && Number(id) !== own) await client.client('KILL', 'ID', id)
    } finally {
      client.disconnect()
    }
  }

  /** Whether nobody new gets in. */
  takesNobody(): Promise<boolean> {
    return fetch(this.program.url).then(
      () => false,
      () => true,
    )
  }

  /** Ends it without a warning. */
  async kill(): Promise<void> {
    this.#transcript.note(this.name, 'is killed')
    await this.program.kill()
  }

  /** Asks it to stop. @returns its exit code, null when it had to be killed */
  stop(): Promise<number | null> {
    this.#transcript.note(this.name, 'is asked to stop')
    return this.program.stop()
  }
}

/** A database and a Redis for one task, and the servers that share them. */
export class SeveralServers {
  readonly #dir: string
  readonly #transcript: Transcript
  readonly #env: Addresses
  readonly #servers: OneServer[] = []
  readonly #everybody: Guest[] = []

  private constructor(dir: string, transcript: Transcript, env: Addresses) {
    this.#dir = dir
    this.#transcript = transcript
    this.#env = env
  }

  /**
   * @param dir the folder that holds server.ts
   * @returns what to install, where Postgres or Redis is missing
   */
  static async open(dir: string, transcript: Transcript): Promise<SeveralServers | string> {
    services ??= startPostgresAndRedis().catch(whatIsMissing)
    const found = await services
    if (typeof found === 'string') return found
    const { databaseUrl, redisUrl } = await emptyDatabases(found.postgres, found.redis, opened++)
    return new SeveralServers(dir, transcript, { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl })
  }

  /**
   * Starts the program so many times, all at once, and waits until each hears the others.
   *
   * @param patienceMs how long each may take to start
   */
  async start(count: number, patienceMs: number): Promise<OneServer[]> {
    const starting = Array.from({ length: count }, async (_, index) => {
      const name = `server ${index + 1}`
      const program = await run(this.#dir, {
        env: this.#env,
        compiled: true,
        patienceMs,
        onLine: (line) => this.#transcript.server(line),
      })
      const server = new OneServer(name, program, this.#env, this.#transcript, this.#everybody)
      this.#servers.push(server)
      await untilReady(program, patienceMs)
      return server
    })
    await Promise.allSettled(starting)
    return Promise.all(starting)
  }

  /** Closes all tabs, and ends all servers. */
  async close(): Promise<void> {
    for (const guest of this.#everybody) guest.socket.disconnect()
    await Promise.all(this.#servers.map(({ program }) => program.kill()))
  }
}

/** Ends the database and the Redis of this file. */
export async function stopServices(): Promise<void> {
  const started = await services
  services = undefined
  if (typeof started === 'object') await started.stop()
}

/** @throws the same error when it says something else, or when this machine has to have everything */
function whatIsMissing(error: unknown): string {
  if (!(error instanceof Missing)) throw error
  const missing = `no ${error.message} found: install it, and the checks of several servers run too. ${howToInstall}`
  if (process.env.CI) throw new Error(missing)
  return missing.replaceAll('\n', '; ')
}
