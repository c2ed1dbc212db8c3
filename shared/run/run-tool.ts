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
export function runTool(file: string, words: string[]): Promise<number> {
  return runNode(join(root, 'node_modules', file), words)
}

/**
 * Runs npm scripts of this project one after the other, goes on after one that fails, and says at the end which did.
 *
 * @param lines as behind `npm run`: `test:course -- --full`
 * @returns 0 when all went well, otherwise 1
 */
export async function runCommands(lines: readonly string[]): Promise<number> {
  const failed: string[] = []
  for (const line of lines) {
    const [name = '', ...words] = line.replace(' -- ', ' ').split(' ')
    console.log(`\nnpm run ${line}`)
    const exitCode = await runNode(join(root, 'commands', 'cli.mjs'), [name.replace(':', '-'), ...words])
    if (exitCode !== 0) failed.push(line)
  }
  console.log(
    failed.length === 0 ? '\nAll passed.' : `\nFailed: ${failed.map((line) => `npm run ${line}`).join(', ')}`,
  )
  return failed.length === 0 ? 0 : 1
}

function runNode(file: string, words: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...words], { cwd: root, stdio: 'inherit' })
    child.once('error', reject)
    child.once('close', (exitCode) => resolve(exitCode ?? 1))
  })
}
