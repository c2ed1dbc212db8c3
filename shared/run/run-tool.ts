import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../course/course.ts'

/**
 * Runs an installed package's program in the project's folder, and shows what it prints.
 *
 * @param file its JavaScript file, below node_modules
 * @param words its arguments
 * @returns its exit code
 */
export function tool(file: string, words: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'node_modules', file), ...words], {
      cwd: root,
      stdio: 'inherit',
    })
    child.once('error', reject)
    child.once('close', (exitCode) => resolve(exitCode ?? 1))
  })
}
