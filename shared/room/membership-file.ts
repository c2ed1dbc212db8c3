import { join } from 'node:path'
import { root } from '../course/course.ts'

/** Where it is kept which room this laptop has joined, absolute; while there is no such file, no room is spoken to. */
export const membershipFile = join(root, '.workshop.json.room')
