import { readdirSync, readFileSync, watch } from 'node:fs'
import { join } from 'node:path'

const settleMs = 30 // an editor writes a file in several strokes
const pulseMs = 1_000
const maxMisses = 10 // looks: some editors remove the old file before they write the new one

export interface WatchOptions {
  /** the folder, absolute; its own files are watched and those in its page/, not those of other folders */
  dir: string
  /** called with the paths, from the folder, of the files whose contents have changed since the last call */
  onEdit: (files: readonly string[]) => void
  /** whether a file is watched; default: all are */
  matters?: (file: string) => boolean
}

/**
 * Watches a folder for edits. A file that is saved without a change is no edit. Besides listening to the file system it
 * looks once a second: some file systems report nothing (a Windows drive seen from WSL, a network drive), and some
 * machines have run out of watchers.
 *
 * @returns a function that ends it
 */
export function watchEdits({ dir, onEdit, matters = () => true }: WatchOptions): () => void {
  let known = contentsOf(dir)
  let timer: NodeJS.Timeout | undefined
  let misses = 0

  function look() {
    const now = contentsOf(dir)
    const edited = [...new Set([...known.keys(), ...now.keys()])].filter(
      (file) => matters(file) && known.get(file) !== now.get(file),
    )
    if (edited.some((file) => known.has(file) && !now.get(file))) {
      misses += 1
      if (misses < maxMisses) return lookSoon()
    }
    misses = 0
    known = now
    if (edited.length > 0) onEdit(edited)
  }

  function lookSoon() {
    clearTimeout(timer)
    timer = setTimeout(look, settleMs)
  }

  const pulse = setInterval(look, pulseMs)
  const watchers = [dir, join(dir, 'page')].map((folder) => {
    const watcher = orNothing(() => watch(folder, lookSoon))
    watcher?.on('error', () => watcher.close()) // The pulse goes on.
    return watcher
  })
  return () => {
    for (const watcher of watchers) watcher?.close()
    clearInterval(pulse)
    clearTimeout(timer)
  }
}

/** What a folder's own files hold, and those in its page/, by their paths from it. A file that cannot be read right now counts as missing. */
function contentsOf(dir: string): Map<string, string> {
  const contents = new Map<string, string>()
  for (const folder of ['', 'page/']) {
    for (const entry of orNothing(() => readdirSync(join(dir, folder), { withFileTypes: true })) ?? []) {
      const path = `${folder}${entry.name}`
      const content = entry.isFile() ? orNothing(() => readFileSync(join(dir, path), 'latin1')) : undefined
      if (content !== undefined) contents.set(path, content)
    }
  }
  return contents
}

/** @returns undefined when the file system says no */
function orNothing<Result>(read: () => Result): Result | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined
    throw error
  }
}
