import { readFile } from 'node:fs/promises'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { root } from '#shared/course/course'
import type { Machine } from './result.ts'

/** What carries the bytes; another version may carry more or fewer. */
const packages = ['socket.io', 'socket.io-client', 'engine.io', 'ws', 'express']

/** The machine that this runs on; nothing in it names a person. */
export async function thisMachine(): Promise<Machine> {
  const versions = await Promise.all(
    packages.map(async (name) => {
      const about = await readFile(join(root, 'node_modules', name, 'package.json'), 'utf8')
      const { version }: { version: string } = JSON.parse(about)
      return [name, version] as const
    }),
  )
  return {
    system: `${platform()} ${release()} ${arch()}`,
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    node: process.version,
    packages: Object.fromEntries(versions),
  }
}
