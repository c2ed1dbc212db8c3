import { relative } from 'node:path'
import { root } from '../course/course.ts'

/** What a check is run against: a folder, or the address of a program that runs already. */
export interface Target {
  /** a folder with a server.ts, absolute */
  dir?: string
  /** `http://localhost:3000` */
  url?: string
}

/** How people name it: `work`, `steps/04-broadcast-vs-self`, or the address. */
export function nameOf({ dir, url }: Target): string {
  return url ?? relative(root, dir ?? root).replaceAll('\\', '/')
}
