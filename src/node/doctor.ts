import { sql } from 'kysely'
import { pendingMigrations } from '../store/migrate.ts'
import type { openHome } from './prepare.ts'
import { type Fault, rowFaults } from './row-faults.ts'

/** What SQLite itself finds in its file; nothing on other engines, which look after themselves. */
async function fileFaults({ ctx }: Awaited<ReturnType<typeof openHome>>): Promise<Fault[]> {
  if (!ctx.config.databaseUrl.startsWith('sqlite:')) return []
  const found = await sql<{ integrity_check: string }>`pragma integrity_check`
    .execute(ctx.store.db)
    .then(({ rows }) => rows.map((row) => row.integrity_check).filter((line) => line !== 'ok'))
    .catch((error: unknown) => [String(error)]) // where the first pages are harmed, SQLite cannot even begin
  return found.length > 0 ? [{ code: 'file_damaged', count: found.length, ids: [] }] : []
}

/** All that `madoguchi doctor` looks for: the file, migrations to come, and what the rows say. Reads only. */
export async function doctor(home: Awaited<ReturnType<typeof openHome>>): Promise<Fault[]> {
  const damaged = await fileFaults(home)
  // What is read from a damaged file says nothing: restore a backup, then ask again.
  if (damaged.length > 0) return damaged
  const pending = (await pendingMigrations(home.ctx.store, home.migrations)).map((one) => one.name)
  // Before its migrations a database cannot be asked what the code would ask it.
  if (pending.length > 0) return [{ code: 'migrations_pending', count: pending.length, ids: pending }]
  return rowFaults(home.ctx)
}
