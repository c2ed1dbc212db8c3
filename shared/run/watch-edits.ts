import { readdirSync, readFileSync, statSync, watch } from 'node:fs'
import { join } from 'node:path'

const settleMs = 30 // an editor writes a file in several strokes
const pulseMs = 1_000
const maxMisses = 10 // looks: some editors remove the old file before they write the new one

export interface WatchOptions {
  /** the folder, absolute; its own files are watched and those in its page/, not those of other folders */
  dir: string
  /** called with the paths, from the folder, of the files that were edited since the last call */
  onEdit: (files: readonly string[]) => void
  /** whether a file is watched; default: all are */
  matters?: (file: string) => boolean
  /** whether a file that is saved without a change is an edit, too, just now; default: it is none */
  countsUnchanged?: () => boolean
}

/**
 * Watches a folder for edits. Besides listening to the file system it
 * looks once a second: some file systems report nothing (a Windows drive seen from WSL, a network drive), and some
 * machines have run out of watchers.
 *
 * @returns a function that ends it
 */
export function watchEdits(options: WatchOptions): () => void {
  const { dir, onEdit, matters = () => true, countsUnchanged = () => false } = options
  let known = savesIn(dir, matters)
  let timer: NodeJS.Timeout | undefined
  let misses = 0

  function look() {
    const now = savesIn(dir, matters)
    const edited = [...new Set([...known.keys(), ...now.keys()])].filter((file) =>
      isEdited(known.get(file), now.get(file), countsUnchanged()),
    )
    if (edited.some((file) => known.has(file) && !now.get(file)?.content)) {
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

/** A file as it was saved last. */
interface Save {
  readonly content: string
  /** ms since 1970 */
  readonly at: number
}

function isEdited(before: Save | undefined, now: Save | undefined, countsUnchanged: boolean): boolean {
  return before?.content !== now?.content || (countsUnchanged && before?.at !== now?.at)
}

/** A folder's own files that matter, and those in its page/, by their paths from it. A file that cannot be read right now counts as missing. */
function savesIn(dir: string, matters: (file: string) => boolean): Map<string, Save> {
  const saves = new Map<string, Save>()
  for (const folder of ['', 'page/']) {
    for (const entry of orNothing(() => readdirSync(join(dir, folder), { withFileTypes: true })) ?? []) {
      const path = `${folder}${entry.name}`
      const save = entry.isFile() && matters(path) ? orNothing(() => readSave(join(dir, path))) : undefined
      if (save) saves.set(path, save)
    }
  }
  return saves
}

function readSave(file: string): Save {
  return { content: readFileSync(file, 'latin1'), at: statSync(file).mtimeMs }
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
