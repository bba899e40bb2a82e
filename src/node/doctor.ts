import { sql } from 'kysely'
import { planningWarnings } from '../planning/queries.ts'
import { pendingMigrations } from '../store/migrate.ts'
import { type Finding, findings } from './findings.ts'
import type { openHome } from './prepare.ts'

/** The result of SQLite's own integrity check. Empty on other engines, which check their files themselves. */
async function fileFindings({ ctx }: Awaited<ReturnType<typeof openHome>>): Promise<Finding[]> {
  if (!ctx.config.databaseUrl.startsWith('sqlite:')) return []
  const found = await sql<{ integrity_check: string }>`pragma integrity_check`
    .execute(ctx.store.db)
    .then(({ rows }) => rows.map((row) => row.integrity_check).filter((line) => line !== 'ok'))
    .catch((error: unknown) => [String(error)]) // if the first pages are damaged, the check itself throws
  return found.length > 0 ? [{ code: 'file_damaged', count: found.length, ids: [] }] : []
}

/**
 * Everything that `madoguchi doctor` checks: the file, missing migrations, and the rows. Reads only. Empty if all is
 * sound.
 */
export async function doctor(home: Awaited<ReturnType<typeof openHome>>): Promise<Finding[]> {
  const damaged = await fileFindings(home)
  // The rows of a damaged file say nothing: restore a backup, then run doctor again.
  if (damaged.length > 0) return damaged
  const pending = (await pendingMigrations(home.ctx.store, home.migrations)).map((one) => one.name)
  // Without its migrations, a database lacks tables that the checks read.
  if (pending.length > 0) return [{ code: 'migrations_pending', count: pending.length, ids: pending }]
  return findings(home.ctx)
}

/** The findings after which the tables cannot be read. */
const UNREADABLE = ['file_damaged', 'migrations_pending']

/** What `madoguchi doctor` warns of. A warning is no fault and leaves the exit code as it is. */
export async function warned(
  { ctx }: Awaited<ReturnType<typeof openHome>>,
  found: readonly Finding[],
): Promise<string[]> {
  return found.some(({ code }) => UNREADABLE.includes(code)) ? [] : planningWarnings(ctx)
}
