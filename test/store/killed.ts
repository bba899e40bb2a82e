import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Migration } from '../../src/store/migrate.ts'
import { program } from '../programs.ts'

/** Migrates in a process of its own and kills it (SIGKILL) so many milliseconds after it began; the signal it died of. */
export async function killedWhileMigrating(address: string, migrations: Migration[], after: number): Promise<unknown> {
  const child = spawn(process.execPath, [program('migrator'), address, JSON.stringify(migrations)])
  const gone = once(child, 'exit')
  await once(child.stdout, 'data')
  await new Promise((resolve) => setTimeout(resolve, after))
  child.kill('SIGKILL')
  const [, signal] = (await gone) as unknown[]
  return signal
}
