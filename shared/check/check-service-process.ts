// The process that keeps a check prepared beside a running program: check-service-process.ts <step> <folder>
import { unwatchFile, watchFile } from 'node:fs'
import { join } from 'node:path'
import { workDir } from '../course/course.ts'
import { namedWorkStep } from '../course/work-folder.ts'
import { openCheckService } from './check-service.ts'
import { isServiceOrder } from './start-check-service.ts'

const [step, dir = ''] = process.argv.slice(2)
const service = await openCheckService({ step: Number(step), dir })
if (!service || !process.connected) process.exit(0)

process.on('message', (order) => {
  if (!isServiceOrder(order)) return
  if (order.do === 'prepare') service.prepare(order.wanted)
  else service.edited()
})

// npm run next moves work/ on. Looking once a second works on every file system.
const stepFile = join(workDir, '.step')
if (dir === workDir) {
  watchFile(stepFile, { interval: 1_000 }, async () => {
    const work = await namedWorkStep()
    if (work) service.prepare({ step: work.number, dir: workDir })
  })
}

const ignore = () => {} // Ctrl-C reaches the whole terminal: the process that started this one ends it.
process.on('SIGINT', ignore)
process.once('disconnect', async () => {
  unwatchFile(stepFile)
  await service.close()
  process.exit(0)
})
