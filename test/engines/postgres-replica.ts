import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../free-port.ts'
import { type PostgresProcess, serverFolder, serverIn } from './postgres-process.ts'

/**
 * A streaming replica of a PostgreSQL, on a port of its own. It begins with a copy of the files, for which the other is
 * stopped for a moment.
 */
export async function startReplica(of: PostgresProcess): Promise<PostgresProcess> {
  const folder = serverFolder('replica')
  const { port: from } = new URL(of.url)
  const conninfo = `host=127.0.0.1 port=${from} user=postgres password=postgres`
  const replica = serverIn(folder, await freePort(), ['-c', `primary_conninfo=${conninfo}`])
  const { databaseDir } = replica
  await of.stop()
  const copied = spawnSync('cp', ['-a', of.databaseDir, databaseDir], { encoding: 'utf8' })
  if (copied.status !== 0) throw new Error(copied.stderr)
  rmSync(join(databaseDir, 'postmaster.pid'), { force: true })
  writeFileSync(join(databaseDir, 'standby.signal'), '')
  await of.start()
  await replica.start()
  return replica
}
